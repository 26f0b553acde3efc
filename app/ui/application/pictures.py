"""Pictures of every page, of the program as it runs on the demo estate, for a computer without a display."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.config import Config
from app.domain.errors import OpsError
from app.domain.work_orders import State
from app.store.queries.queue import QueueRow
from app.sync.direct import DirectLine
from app.ui.application.director import Condition, Script, play, press, type_text
from app.ui.application.program import Program
from app.ui.application.seat import Seat
from app.ui.pages.intake.dock import IntakeDock
from app.ui.pages.places.page import PlacesPage
from app.ui.pages.work_orders.forms.edit import EditForm
from app.ui.pages.work_orders.forms.finish import FinishForm
from app.ui.pages.work_orders.page import WorkOrdersPage

THEMES = ("light", "dark")
_SHORT_MS = 1500
"""A single-shot timer shorter than this is a pause after which something is still to be shown."""
_BLIND = ("offscreen", "minimal", "vnc")


class Account(NamedTuple):
    """Somebody who may sign in."""

    login: str
    password: str


class Estate(NamedTuple):
    """What is drawn: a server with the demo estate, and people who work there."""

    address: str
    stop: Callable[[], None]
    """End the server: the console goes on without it."""
    clerk: Account
    colleague: Account
    """Signs in at the same computer."""
    supervisor: Account
    """Works at another one."""


def has_display() -> bool:
    """Whether windows can be shown to somebody here."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in _BLIND:
        return False
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def offscreen_application() -> QApplication:
    """The one application, drawing to memory where there is no display; carets stand still."""
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101  # nobody else makes one
    application.setCursorFlashTime(0)
    return application


@contextmanager
def running(application: QApplication, config: Config) -> Iterator[Program]:
    """A program that is closed at the end, however it comes to it."""
    config.data.mkdir(parents=True, exist_ok=True)
    program = Program(application, config)
    try:
        program.start()
        yield program
    finally:
        program.close()


def draw(config: Config, estate: Estate, folder: Path, tell: Callable[[str], object]) -> None:
    """Write a picture of every page in the language of ``config``, light and dark, into ``folder``.

    ``tell`` is given the name of each file. The server is stopped on the way. Raises ``OpsError`` for a page that
    never comes to what it should show.
    """
    folder.mkdir(parents=True, exist_ok=True)
    application = offscreen_application()
    with running(application, config) as program:
        play(application, Album(program, estate, folder, tell).script())


class Visit:
    """A program that is walked through: what may be waited for, and how one signs in."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @property
    def seat(self) -> Seat:
        """The desk of who is signed in."""
        if self.program.seat is None:
            raise OpsError("self_test_stuck", step="seat")
        return self.program.seat

    def page(self, page_id: str) -> object:
        """Go to a page."""
        return self.seat.window.show_page(page_id)

    @property
    def queue(self) -> WorkOrdersPage:
        """The queue page."""
        page = self.page("work_orders")
        assert isinstance(page, WorkOrdersPage)  # noqa: S101  # as the seat makes it
        return page

    @property
    def intake(self) -> IntakeDock:
        """The dock in which calls are taken."""
        return self.seat.intake

    def run(self, action_id: str) -> None:
        """Do what an action's key does. Raises ``OpsError`` where it cannot be done now."""
        actions = self.seat.desk.actions
        if not actions.is_enabled(action_id):
            raise OpsError("self_test_stuck", step=action_id)
        actions.run(action_id)

    def is_quiet(self) -> bool:
        """Whether nothing is being read or written, and nothing waits for a pause in the typing."""
        timers = self.program.shell.findChildren(QTimer)
        is_pausing = any(timer.isActive() and timer.isSingleShot() and timer.interval() < _SHORT_MS for timer in timers)
        return self.program.tasks.is_idle and not is_pausing

    def is_synced(self) -> bool:
        """Whether everything has been sent and fetched."""
        state = self.seat.engine.state
        return state.last_synced_at is not None and state.fetching is None and not state.pending

    def sign_in(self, account: Account) -> Script:
        """Type who one is, and wait for the window."""
        page = self.program.sign_in_page
        if page is None:
            raise OpsError("self_test_stuck", step="sign-in")
        yield self.is_quiet
        print(QApplication.activeWindow(), QApplication.focusWidget(), self.program.shell.isActiveWindow(), page.isVisible())
        page.login_field().setFocus()
        page.login_field().selectAll()
        type_text(account.login)
        page.password_field().setFocus()
        type_text(account.password)
        press(Qt.Key.Key_Return)
        yield lambda: self.program.seat is not None

    def sign_out(self) -> Script:
        """Leave the desk to somebody else."""
        self.run("sign_out")
        yield lambda: self.program.sign_in_page is not None and self.program.seat is None


class Album(Visit):
    """Leads through the program and takes the pictures."""

    def __init__(
        self, program: Program, estate: Estate, folder: Path, tell: Callable[[str], object] = lambda _name: None
    ) -> None:
        super().__init__(program)
        self._estate, self._folder, self._tell = estate, folder, tell
        self._count = 0

    def script(self) -> Script:
        """Everything there is to see, in the order of a day."""
        yield from self._signing_in()
        yield from self._queue()
        yield from self._intake()
        yield from self._other_pages()
        yield from self._trouble()
        yield from self._signing_in_offline()

    def shoot(self, name: str, *conditions: Condition) -> Script:
        """Take a picture in every theme once the conditions hold and nothing moves any more."""
        self._count += 1
        for condition in (*conditions, self.is_quiet):
            yield condition
        look = self.program.look
        for theme in THEMES:
            look.choose(replace(look.chosen, theme=theme))
            yield self.is_quiet
            file = f"{self._count:02}-{name}-{look.chosen.language}-{theme}.png"
            self.program.shell.grab().save(str(self._folder / file))
            self._tell(file)
        look.choose(replace(look.chosen, theme=THEMES[0]))
        yield self.is_quiet

    # ------------------------------------------------------------------------------------------------------- signing in

    def _signing_in(self) -> Script:
        yield from self.sign_in(self._estate.colleague)
        yield from self.sign_out()
        page = self.program.sign_in_page
        if page is not None:
            yield self.is_quiet
            page.login_field().setText(self._estate.clerk.login)
            yield from self.shoot("sign-in")
        yield from self.sign_in(self._estate.clerk)
        yield self.is_synced
        yield from self._choose_site()

    def _choose_site(self) -> Script:
        """Look at the first site alone, by the key that goes down in the list of sites."""
        sites = self.seat.window.top.findChild(QComboBox)
        if sites is not None:
            yield lambda: sites.count() > 1
            sites.setFocus()
            press(Qt.Key.Key_Down)
        yield lambda: self.seat.desk.site_id is not None
        yield self.is_quiet

    def _signing_in_offline(self) -> Script:
        yield from self.sign_out()
        yield self.is_quiet
        page = self.program.sign_in_page
        if page is not None:
            page.password_field().setFocus()
            type_text("not this one")
            press(Qt.Key.Key_Return)
            yield from self.shoot("sign-in-offline")

    # ------------------------------------------------------------------------------------------------------- the queue

    def _rows(self) -> Sequence[QueueRow]:
        rows = self.queue.listing.rows
        return [row for row in map(rows.row, rows.ids()) if row is not None]

    def _open(self, *states: State, priority: str = "") -> Script:
        """Read the first order of the list that stands so."""
        yield from self._open_id(self._first(lambda row: row.state in states and priority in ("", row.priority)).id)

    def _first(self, is_wanted: Callable[[QueueRow], bool]) -> QueueRow:
        return next(row for row in self._rows() if is_wanted(row))

    def _open_id(self, order_id: str) -> Script:
        pane = self.queue.pane
        self.seat.desk.asked_for_order.emit(order_id)
        yield lambda: pane.order is not None and pane.order.id == order_id
        yield self.is_quiet

    def _queue(self) -> Script:
        queue = self.queue
        yield lambda: bool(self._rows())
        yield from self._open(State.ON_SITE, priority="P1")
        yield from self.shoot("queue")
        for place in (1, 6, 9):
            queue.table.go_to_row(place)
            self.run("orders.check")
        yield from self.shoot("queue-bulk")
        self.run("orders.uncheck")
        yield from self._open(State.DISPATCHED, State.ACCEPTED)
        self.run("orders.phone")
        yield from self.shoot("step-by-phone")
        press(Qt.Key.Key_Escape)
        yield from self._empty_filter()

    def _empty_filter(self) -> Script:
        queue = self.queue
        queue.list.chips.search.setFocus()
        type_text("wgff")
        yield from self.shoot("queue-empty", lambda: not queue.listing.rows.ids())
        queue.list.focus_table()
        press(Qt.Key.Key_Escape)
        yield lambda: bool(queue.listing.rows.ids())

    # ------------------------------------------------------------------------------------------------------- the intake

    def _intake(self) -> Script:
        self.run("intake.open")
        type_text(self._said("wgf", "gu"))
        yield from self.shoot("intake-search", lambda: len(self.intake.page.search.offered()) > 1)
        press(Qt.Key.Key_Escape)
        yield from self._double()
        yield from self._drafts()
        yield from self._repeat_caller()
        self.run("intake.close")

    def _said(self, chinese: str, english: str) -> str:
        return chinese if self.program.look.chosen.language == "zh" else english

    def _choose_free_caller(self) -> Script:
        """Take somebody who has no order open."""
        self.run("intake.open")
        type_text(self._said("5-902", "5-902"))
        search = self.intake.page.search
        yield lambda: bool(search.offered())
        press(Qt.Key.Key_Return)
        yield lambda: self.intake.call.card is not None
        yield self.is_quiet

    def _double(self) -> Script:
        """Report again what was reported already: the place and words of an order that nobody has taken up."""
        waiting = self._first(lambda row: row.state == State.REPORTED)
        yield from self._choose_free_caller()
        form = self.intake.page.form
        form.place.line.setFocus()
        form.place.line.selectAll()
        type_text(waiting.place)
        yield lambda: bool(form.place.offered())
        press(Qt.Key.Key_Return)
        yield self.is_quiet
        form.what.setFocus()
        type_text(
            self._said(
                "单元门刷卡没反应，好几户都进不去，楼下还有老人在等。",
                "The entrance reader is dead, several flats cannot get in.",
            )
        )
        yield from self.shoot("intake", lambda: bool(self.intake.call.offered()))

    def _drafts(self) -> Script:
        """Another call comes while one is being typed, and then another."""
        self.run("intake.open")
        yield self.is_quiet
        type_text(self._said("15922077731", "15922077731"))
        self.intake.page.form.what.setFocus()
        type_text(self._said("说地库有人按喇叭，没讲完", "Somebody sounds a horn in the garage, did not finish"))
        yield self.is_quiet
        self.run("intake.open")
        yield self.is_quiet
        self.run("intake.drafts")
        yield from self.shoot("drafts", lambda: len(self.intake.drafts.items()) > 1)

    def _repeat_caller(self) -> Script:
        """The caller of an order that was chased once calls again."""
        self.run("intake.close")
        chased = self._first(lambda row: row.chase_count == 1)
        yield from self._open_id(chased.id)
        order = self.queue.pane.order
        phone = order.callers[0].phone if order is not None else ""
        self.run("intake.open")
        type_text(phone)
        press(Qt.Key.Key_Return)
        yield self.intake.call.has_open_order
        yield self.is_quiet
        self.intake.page.order.note.setFocus()
        type_text(self._said("水已漫到客厅地板", "Water has reached the living room"))
        yield from self.shoot("intake-repeat-caller")
        self.intake.page.order.note.clear()

    # ------------------------------------------------------------------------------------------------------ other pages

    def _other_pages(self) -> Script:
        chased = self._first(lambda row: row.chase_count == 1)
        yield from self._open_id(chased.id)
        order = self.queue.pane.order
        self.run("page.places")
        if order is not None and order.unit_id is not None:
            self.seat.desk.asked_for_place.emit("unit", order.unit_id)
        page = self.page("places")
        assert isinstance(page, PlacesPage)  # noqa: S101  # as the seat makes it
        yield from self.shoot("places", lambda: page.person.person_id() != "")
        self.run("page.work_orders")
        self.run("keys")
        self.run("palette")
        type_text(self._said("pd", "dis"))
        yield from self.shoot("palette-and-keys")
        press(Qt.Key.Key_Escape)
        self.run("keys")
        self.run("page.settings")
        yield from self.shoot("settings")
        self.run("page.sync")
        yield from self.shoot("sync-empty")
        self.run("page.work_orders")

    # ---------------------------------------------------------------------------------------------------------- trouble

    def _trouble(self) -> Script:
        """A colleague is quicker, then the server goes away while work goes on."""
        yield from self._clash()
        self.run("page.sync")
        yield from self.shoot("sync", lambda: bool(self.seat.engine.state.refused))
        self.run("page.work_orders")
        self._estate.stop()
        self.seat.engine.retry_now()
        yield lambda: not self.seat.engine.state.is_online
        yield from self._work_on()

    def _clash(self) -> Script:
        queue = self.queue
        yield from self._open(State.TRIAGED)
        order = queue.pane.order
        assert order is not None  # noqa: S101  # it was opened just now
        self.run("orders.edit")
        yield lambda: isinstance(queue.pane.form, EditForm)
        form = queue.pane.form
        command = EditWorkOrder(id=order.id, set=WorkOrderFields(place_label=f"{order.place} 2"))
        with self.program.store.reading() as session:
            streams = tuple(command.streams(session))
        supervisor = self._estate.supervisor
        line = DirectLine(self._estate.address, supervisor.login, supervisor.password)
        line.give(command, streams, {"place_label": order.place})
        line.close()
        if isinstance(form, EditForm) and (place := form.findChild(QLineEdit)) is not None:
            place.setFocus()
            place.end(False)  # Qt's own signature
            type_text(" 3")
        self.run("orders.step")
        yield lambda: not isinstance(queue.pane.form, EditForm)

    def _work_on(self) -> Script:
        queue = self.queue
        yield from self._open(State.REPORTED)
        self.run("orders.step")
        yield lambda: self.seat.engine.state.pending > 0
        yield from self._open(State.ON_SITE, priority="P3")
        self.run("orders.phone")
        yield self.is_quiet
        press(Qt.Key.Key_3)
        press(Qt.Key.Key_Return)
        yield lambda: isinstance(queue.pane.form, FinishForm)
        type_text(self._said("冷凝水管接口松脱，已重新接牢。", "Drain joint was loose, put back and tested."))
        self.run("orders.step")
        yield from self.shoot("trouble", lambda: self.seat.window.toast.isVisible())
