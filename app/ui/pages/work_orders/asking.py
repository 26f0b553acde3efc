"""Opens the forms of the reading pane about the orders at hand, and keeps what is half typed in them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.work_orders import State
from app.store.queries.crews import (
    Candidate,
    CauseChoice,
    MergeChoice,
    Stand,
    candidates,
    causes,
    merge_choices,
    stands,
)
from app.store.queries.order import CrewMember, OrderDetail
from app.store.queries.queue import QueueRow, queue_rows
from app.store.queries.queue_choices import QueueChoices
from app.ui.desk import Desk, Said
from app.ui.pages.work_orders.forms.assign import AssignForm
from app.ui.pages.work_orders.forms.edit import EditForm
from app.ui.pages.work_orders.forms.finish import FinishForm, Finishing
from app.ui.pages.work_orders.forms.form import OrderForm
from app.ui.pages.work_orders.forms.merge import MergeForm
from app.ui.pages.work_orders.forms.reasons import AnswerForm, CancelForm, CloseAnsweredForm, HoldForm, ReopenForm
from app.ui.pages.work_orders.forms.report import BulkReport, Refused
from app.ui.pages.work_orders.giving import MOST_AT_ONCE, Giving
from app.ui.pages.work_orders.order_words import when_exactly
from app.ui.pages.work_orders.reading_pane import ReadingPane
from app.ui.pages.work_orders.subjects import stand_of
from app.ui.translation import spoken
from app.ui.widgets.table import Table

Take = Callable[[list[Stand]], object]
MakeForm = Callable[[Sequence[Stand], int], OrderForm]


class Asking(QObject):
    """One form at a time; leaving it keeps what is typed until the same is asked of the same orders again."""

    opened = Signal()
    """A form was put into the pane, which must be in sight."""

    def __init__(self, desk: Desk, pane: ReadingPane, table: Table, giving: Giving) -> None:
        super().__init__(pane)
        self._desk, self._pane, self._table, self._giving = desk, pane, table, giving
        self._typed: dict[tuple[str, ...], Mapping[str, Any]] = {}
        self._key: tuple[str, ...] = ()
        giving.reported.connect(self._on_reported)

    # ----------------------------------------------------------------------------------------------- which orders

    def targets(self, take: Take) -> None:
        """Give ``take`` the checked orders, or the one of the pane when none is checked."""
        checked = self._table.rows.checked()
        if len(checked) > MOST_AT_ONCE:
            text = self.tr("{count} orders are too many at once, {limit} at most. Narrow the filter first.")
            self._desk.said.emit(Said(text.format(count=len(checked), limit=MOST_AT_ONCE), tone="warning"))
        elif checked:
            self._desk.read(stands, checked, done=take, latest="queue.targets")
        elif self._pane.order is not None:
            take([stand_of(self._pane.order)])

    def _year(self) -> int:
        return self._desk.today().year

    # -------------------------------------------------------------------------------------------------------- asking

    def hold(self) -> None:
        """Ask what the orders wait for."""
        self.targets(partial(self._ask, HoldForm))

    def cancel(self) -> None:
        """Ask why the orders are not done at all."""
        self.targets(partial(self._ask, CancelForm))

    def reopen(self) -> None:
        """Ask what is still wrong."""
        self.targets(partial(self._ask, ReopenForm))

    def answer(self) -> None:
        """Ask what was answered first."""
        self.targets(partial(self._ask, AnswerForm))

    def close_answered(self) -> None:
        """Ask what was told to somebody who only asked."""
        self.targets(partial(self._ask, CloseAnsweredForm))

    def _ask(self, make: MakeForm, found: list[Stand]) -> None:
        if found:
            self._open(make(found, self._year()))

    def assign(self) -> None:
        """Ask who goes."""
        self.targets(self._ask_who)

    def assign_one(self, order_id: str) -> None:
        """Ask who goes to one order, whatever is checked."""
        self._desk.read(stands, [order_id], done=self._ask_who, latest="queue.targets")

    def _ask_who(self, found: list[Stand]) -> None:
        if len({stand.site_id for stand in found}) > 1:
            self._desk.said.emit(Said(self.tr("Check orders of one site to assign them together."), tone="warning"))
        elif found:
            ids = [stand.id for stand in found]
            self._desk.read(candidates, found[0].site_id, ids, done=partial(self._on_candidates, found))

    def _on_candidates(self, found: list[Stand], who: list[Candidate]) -> None:
        self._open(AssignForm(found, self._year(), who))

    def add(self) -> None:
        """Ask who goes besides; always about the one order of the pane."""
        order = self._pane.order
        if order is not None:
            self._desk.read(candidates, order.site_id, [order.id], done=partial(self._on_more, [stand_of(order)]))

    def _on_more(self, found: list[Stand], who: list[Candidate]) -> None:
        self._open(AssignForm(found, self._year(), who, is_adding=True))

    def merge(self) -> None:
        """Ask which order is kept: one of those checked, or one that the order of the pane may be a double of."""
        checked = self._table.rows.checked()
        if len(checked) > 1:
            self._desk.read(queue_rows, checked, done=self._on_checked_rows)
        elif self._pane.order is not None:
            order, viewer = self._pane.order, self._desk.viewer()
            done = partial(self._on_choices, [stand_of(order)])
            self._desk.read(merge_choices, order.id, viewer.streams, viewer.now, done=done)

    def _on_checked_rows(self, rows: list[QueueRow]) -> None:
        choices = [MergeChoice(row.id, row.number, row.state, row.text, row.place, row.reported_at) for row in rows]
        choices.sort(key=lambda choice: choice.reported_at)
        self.targets(partial(self._on_merge_targets, choices))

    def _on_merge_targets(self, choices: list[MergeChoice], found: list[Stand]) -> None:
        self._on_choices(found, choices)

    def _on_choices(self, found: list[Stand], choices: list[MergeChoice]) -> None:
        self._open(MergeForm(found, self._year(), choices))

    def edit(self, choices: QueueChoices, *, can_set_priority: bool) -> None:
        """Ask what is to be corrected."""
        if self._pane.order is not None:
            self._open(EditForm(self._pane.order, self._year(), choices, can_set_priority=can_set_priority))

    def finish(self, order: OrderDetail, member: CrewMember, at: datetime | None) -> None:
        """Ask what was done; ``at`` is when, if it is told on the phone."""
        arrived = next((step.at for step in order.track if step.state is State.ON_SITE), None)
        ended, today, zone = at or self._desk.clock.now(), self._desk.today(), self._desk.zone()
        minutes = max(0, int((ended - arrived).total_seconds()) // 60) if arrived else 0
        finishing = Finishing(
            staff_id=member.staff_id,
            supplier_id=member.supplier_id,
            name=spoken(member.name),
            at=at,
            is_by_phone=at is not None,
            minutes_so_far=minutes,
            arrived=when_exactly(arrived, today, zone) if arrived else "",
        )

        when = when_exactly(ended, today, zone)
        self._desk.read(causes, done=partial(self._on_causes, stand_of(order), finishing, when))

    def _on_causes(self, stand: Stand, finishing: Finishing, when: str, known: list[CauseChoice]) -> None:
        self._open(FinishForm([stand], self._year(), finishing, known, when))

    # --------------------------------------------------------------------------------------------------------- forms

    def _open(self, form: OrderForm) -> None:
        self.keep_typed()
        self._key = (type(form).__name__, *(stand.id for stand in form.stands))
        if typed := self._typed.pop(self._key, None):
            form.restore(typed)
        form.submitted.connect(self._on_submitted)
        form.left.connect(self.leave)
        self._put(form)

    def _put(self, form: QWidget) -> None:
        self.opened.emit()
        self._pane.open_form(form)

    def keep_typed(self) -> None:
        """Keep what is typed in the form that is open."""
        form = self._pane.form
        if isinstance(form, OrderForm) and (values := form.values()):
            self._typed[self._key] = values

    def leave(self) -> None:
        """Go back to the order; what is typed is kept."""
        self.keep_typed()
        self._pane.drop_form()
        self._table.setFocus()

    def _on_submitted(self, and_next: bool) -> None:  # a signal's value
        form = self._pane.form
        if not isinstance(form, OrderForm):
            return
        kept = form.kept_id() if isinstance(form, MergeForm) else ""
        made = [(stand, form.command(stand)) for stand in form.stands if stand.id != kept]
        commands = {stand.id: command for stand, command in made}
        words, base = form.done_words(), form.base()
        self.leave()
        done = partial(self._typed.pop, self._key, None)  # until then it is there again when the form is opened anew
        self._giving.give([stand for stand, _ in made], lambda stand: commands[stand.id], words, base=base, done=done)
        if len(made) > 1:
            self._table.rows.check_none()
        if and_next:
            self._table.step(1)

    def _on_reported(self, done: int, refused: list[Refused]) -> None:
        report = BulkReport(done, refused, self._year())
        report.left.connect(self.leave)
        report.asked_for_order.connect(self._desk.asked_for_order)
        report.check_wanted.connect(self._on_check_wanted)
        self._put(report)

    def _on_check_wanted(self, ids: list[str]) -> None:
        self._table.rows.check_none()
        self._table.rows.set_checked(ids)
        self.leave()
