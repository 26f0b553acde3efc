"""Gives the commands of the queue page, and says what became of them: a toast, a notice with a way on, a report."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.commands.command import Command
from app.commands.crews import AssignWorkOrder
from app.domain.errors import ConflictError, OpsError
from app.domain.numbers import short_number
from app.domain.words import say_error
from app.store.queries.crews import Stand, stands
from app.store.store import Report
from app.ui.desk import Desk, Said
from app.ui.pages.work_orders.forms.report import Refused
from app.ui.translation import said_here, spoken_language

MOST_AT_ONCE = 1000
"""Orders that one thing is done to at once: all are changed in one transaction."""


def _nothing() -> None:
    """What is there is kept."""


class Giving(QObject):
    """One command, or one for each of several orders; each of these is one step of undo."""

    reported = Signal(int, object)
    """How many were done, and a list of :class:`Refused`; only when some were refused."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def give(
        self,
        targets: Sequence[Stand],
        make: Callable[[Stand], Command],
        words: str,
        *,
        base: Mapping[str, Any] | None = None,
        done: Callable[[], object] = _nothing,
    ) -> None:
        """Give ``make(stand)`` for each target; ``words`` say that it was done, ``done`` is called if all of it was."""
        if len(targets) > MOST_AT_ONCE:
            text = self.tr("{count} orders are too many at once, {limit} at most. Narrow the filter first.")
            self._desk.said.emit(Said(text.format(count=len(targets), limit=MOST_AT_ONCE), tone="warning"))
            return
        if len(targets) == 1:
            self._give_one(targets[0], make(targets[0]), words, base, done)
            return

        done_many = partial(self._on_report, targets, words, done)
        self._desk.do_many([make(stand) for stand in targets], words=words, done=done_many)

    def _give_one(
        self,
        stand: Stand,
        command: Command,
        words: str,
        base: Mapping[str, Any] | None,
        done: Callable[[], object] = _nothing,
    ) -> None:
        refused = partial(self._on_refused, stand, command, words)
        self._desk.do(command, base=base, words=words, done=lambda _done: done(), failed=refused)

    def _on_refused(self, stand: Stand, command: Command, words: str, error: OpsError) -> None:
        """Say which order, why, and what may be done about it."""
        number = short_number(stand.number, self._desk.today().year)
        sentence = self.tr("{number} was not changed. {reason}")
        text = sentence.format(number=number, reason=say_error(error, spoken_language()))
        buttons: list[tuple[str, Callable[[], object]]] = [
            (self.tr("See the order"), partial(self._desk.asked_for_order.emit, stand.id))
        ]
        if isinstance(error, ConflictError) and isinstance(command, AssignWorkOrder):
            name = said_here(error.params.get("name", ""))
            keep = self.tr("Keep {name}").format(name=name)
            buttons = [(keep, _nothing), (self.tr("Send mine instead"), partial(self._again, command, words))]
        self._desk.said.emit(Said(text, tone="danger", buttons=tuple(buttons)))

    def _again(self, command: AssignWorkOrder, words: str) -> None:
        """Assign once more, knowing now who is there."""

        self._desk.read(stands, [command.work_order_id], done=partial(self._on_seen, command, words))

    def _on_seen(self, command: AssignWorkOrder, words: str, seen: list[Stand]) -> None:
        for stand in seen:
            self._give_one(stand, command.model_copy(update={"seen_crew": stand.crew}), words, None)

    def _on_report(self, targets: Sequence[Stand], words: str, done: Callable[[], object], report: Report) -> None:
        if not report.refused:
            done()
            self._desk.said.emit(Said(words, can_undo=True))
            return
        language = spoken_language()
        refused = [Refused(targets[place], say_error(error, language)) for place, error in report.refused]
        if report.done:
            text = self.tr("{words}: {done} done, {refused} not")
            said = text.format(words=words, done=len(report.done), refused=len(refused))
            self._desk.said.emit(Said(said, can_undo=True))
        self.reported.emit(len(report.done), refused)
