"""What every page is given: the store, the person at the desk, and the ways to do a thing and to say a thing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from app.commands.command import Command
from app.domain.changes import Changes
from app.domain.clock import Clock
from app.domain.errors import OpsError
from app.domain.permissions import Rights
from app.domain.words import say_error
from app.store.changing import Author
from app.store.queries.queue import Viewer
from app.store.store import Done, Report, Store
from app.ui.actions import Actions
from app.ui.changes import ChangesBridge
from app.ui.preferences import PreferencesFile
from app.ui.tasks import Tasks
from app.ui.translation import spoken_language

_R = TypeVar("_R")
UNDO_STEPS = 100
LOCAL_ZONE = "Asia/Shanghai"


class Person(NamedTuple):
    """Who is signed in at this desk."""

    user_id: str
    login: str
    name: str
    title: Mapping[str, str]
    """``{"zh": …, "en": …}``: 前台, Front desk."""
    rights: Rights
    streams: frozenset[str]
    """What they may read."""


class Said(NamedTuple):
    """Something to tell the person: a notice that stays (``tone`` danger, warning, info) or a toast (``ok``)."""

    text: str
    tone: str = "ok"
    can_undo: bool = False
    """Offer to take the last thing back."""
    buttons: tuple[tuple[str, Callable[[], object]], ...] = ()


class _Undoable(NamedTuple):
    """Something done here, as it was said."""

    command_ids: tuple[str, ...]
    words: str


class Desk(QObject):
    """The one thing that pages share; it opens no file and asks no network on the GUI thread."""

    said = Signal(object)
    """A :class:`Said`, for the main window to show."""
    changed = Signal(object)
    """:class:`Changes` of the cache: the only reason for a page to look again."""
    site_changed = Signal(object)
    """The site chosen in the top bar, or ``None`` for all."""
    connection_changed = Signal()
    asked_for_order = Signal(str)
    """Show this order on the queue page."""
    asked_for_place = Signal(str, str)
    """Show this ``unit``, ``building``, ``place`` or ``asset`` (kind, id) on the places page."""
    asked_for_intake = Signal(str)
    """Open the intake dock with this typed into its search (may be empty)."""
    asked_for_dispatch = Signal(str)
    """Show this order on the queue page and ask who should go."""
    undo_changed = Signal()

    def __init__(
        self,
        store: Store,
        clock: Clock,
        person: Person,
        *,
        tasks: Tasks,
        changes: ChangesBridge,
        actions: Actions,
        preferences: PreferencesFile,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.clock = clock
        self.person = person
        self.tasks = tasks
        self.actions = actions
        self.preferences = preferences
        self.is_offline = False
        self.site_id: str | None = None
        self._undo: list[_Undoable] = []
        self._redo: list[_Undoable] = []
        changes.changed.connect(self._on_changes)

    # ---------------------------------------------------------------------------------------------- who, when, where

    def author(self) -> Author:
        """Who gives the commands from here."""
        return Author(self.person.user_id, self.person.rights, self.is_offline)

    def viewer(self) -> Viewer:
        """Who looks at the queue, at this moment."""
        now = self.clock.now()
        local = now.astimezone(self.zone())
        midnight = datetime.combine(local.date() + timedelta(days=1), time(), self.zone())
        return Viewer(
            user_id=self.person.user_id,
            staff_id=self.person.rights.staff_id,
            streams=self.person.streams,
            now=now,
            day_ends_at=midnight.astimezone(UTC),
        )

    def zone(self) -> ZoneInfo:
        """The zone in which times are shown."""
        return ZoneInfo(LOCAL_ZONE)

    def today(self) -> date:
        """The local day."""
        return self.clock.now().astimezone(self.zone()).date()

    def choose_site(self, site_id: str | None) -> None:
        """Look at one site, or at all."""
        if site_id != self.site_id:
            self.site_id = site_id
            self.site_changed.emit(site_id)

    def set_offline(self, *, is_offline: bool) -> None:
        """Say whether the server is out of reach."""
        if is_offline != self.is_offline:
            self.is_offline = is_offline
            self.connection_changed.emit()

    # -------------------------------------------------------------------------------------------------- read and do

    def read(
        self,
        query: Callable[..., _R],
        *args: object,
        done: Callable[[_R], object],
        latest: str = "",
        failed: Callable[[OpsError], object] | None = None,
    ) -> None:
        """Run ``query(session, *args)`` on a reading connection and give its result to ``done`` on this thread."""

        def reading() -> _R:
            with self.store.reading() as session:
                return query(session, *args)

        self.tasks.run(reading, done=done, failed=failed or self.complain, latest=latest)

    def do(
        self,
        command: Command,
        *,
        base: Mapping[str, Any] | None = None,
        words: str = "",
        draft_id: str | None = None,
        done: Callable[[Done], object] | None = None,
        failed: Callable[[OpsError], object] | None = None,
    ) -> None:
        """Give a command. ``words`` say it was done, in a toast that offers to undo what can be undone.

        The draft that became the command goes with it. A refusal is said by itself.
        """

        def after(result: Done) -> None:
            if result.can_undo:
                self._remember((result.command_id,), words)
            if words:
                self.said.emit(Said(words, can_undo=result.can_undo))
            if done is not None:
                done(result)

        def executing() -> Done:
            return self.store.execute(command, self.author(), base=base, draft_id=draft_id)

        self.tasks.run(executing, done=after, failed=failed or self.complain)

    def do_many(self, commands: Sequence[Command], *, words: str, done: Callable[[Report], object]) -> None:
        """Give several commands at once: one undo, named by ``words``, and a report of those refused."""

        def after(report: Report) -> None:
            if report.done:
                self._remember(report.done, words)
            done(report)

        self.tasks.run(self.store.execute_many, commands, self.author(), done=after, failed=self.complain)

    def undo(self) -> None:
        """Take back the last thing done here."""

        def said(words: str) -> Said:
            return Said(self.tr("Undone: {words}").format(words=words) if words else self.tr("Undone"))

        self._take_back(self._undo, self._redo, said)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._take_back(self._redo, self._undo, lambda words: Said(words or self.tr("Done again"), can_undo=True))

    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._undo)

    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._redo)

    def complain(self, error: OpsError) -> None:
        """Say why something was not done."""
        self.said.emit(Said(say_error(error, spoken_language()), tone="danger"))

    def _remember(self, command_ids: tuple[str, ...], words: str) -> None:
        self._undo.append(_Undoable(command_ids, words))
        del self._undo[:-UNDO_STEPS]
        self._redo.clear()
        self.undo_changed.emit()

    def _take_back(self, source: list[_Undoable], target: list[_Undoable], said: Callable[[str], Said]) -> None:
        if not source:
            return
        last = source.pop()

        def after(report: Report) -> None:
            if report.done:
                target.append(_Undoable(report.done, last.words))
                self.said.emit(said(last.words))
            for _, error in report.refused[:1]:
                self.complain(error)
            self.undo_changed.emit()

        self.tasks.run(self.store.undo, last.command_ids, self.author(), done=after, failed=self.complain)

    def _on_changes(self, changes: Changes) -> None:
        self.changed.emit(changes)
