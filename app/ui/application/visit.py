"""Walks through the running program as a person would, for the pictures and the self-test."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import NamedTuple, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox

from app.config import Config
from app.domain.errors import OpsError
from app.domain.work_orders import State
from app.store.queries.order import OrderDetail
from app.store.queries.queue import QueueRow
from app.ui.application.director import Script, press, type_text
from app.ui.application.look import wearing
from app.ui.application.program import FIRST_SIZE, Program
from app.ui.application.seat import Seat
from app.ui.pages.first_run.page import FirstRunPage
from app.ui.pages.intake.dock import IntakeDock
from app.ui.pages.work_orders.page import WorkOrdersPage

Part = TypeVar("Part")
_SHORT_MS = 1500
"""A single-shot timer shorter than this is a pause after which something is still to be shown."""
_BLIND = ("offscreen", "minimal", "vnc")


class Account(NamedTuple):
    """Somebody who may sign in."""

    login: str
    password: str


def has_display() -> bool:
    """Whether windows can be shown to somebody here."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in _BLIND:
        return False
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def offscreen_application() -> QApplication:
    """The one application, drawing to memory; carets stand still."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101  # nobody else makes one
    application.setCursorFlashTime(0)
    return application


@contextmanager
def running(application: QApplication, config: Config) -> Iterator[Program]:
    """A program that is closed at the end, however it comes to it."""
    config.data.mkdir(parents=True, exist_ok=True)
    with wearing(application, config) as look, closing(Program(look, config)) as program:
        program.start()
        program.shell.resize(*FIRST_SIZE)
        yield program


class Visit:
    """What one does on the way, and what may be waited for; everything through keys, actions and signals."""

    def __init__(self, program: Program) -> None:
        self.program = program

    # ------------------------------------------------------------------------------------------------------- who, where

    @property
    def seat(self) -> Seat:
        """The desk of who is signed in."""
        return there(self.program.seat)

    @property
    def queue(self) -> WorkOrdersPage:
        """The queue page, brought to the front."""
        page = self.seat.window.show_page("work_orders")
        assert isinstance(page, WorkOrdersPage)  # noqa: S101  # as the seat makes it
        return page

    @property
    def intake(self) -> IntakeDock:
        """The dock in which calls are taken."""
        return self.seat.intake

    @property
    def order(self) -> OrderDetail:
        """The order that is read."""
        return there(self.queue.pane.order)

    def rows(self) -> Sequence[QueueRow]:
        """The orders listed."""
        rows = self.queue.listing.rows
        return [row for row in map(rows.row, rows.ids()) if row is not None]

    def first(self, is_wanted: Callable[[QueueRow], bool]) -> QueueRow:
        """The first order listed that is as wanted."""
        return there(next((row for row in self.rows() if is_wanted(row)), None))

    # ----------------------------------------------------------------------------------------------- what is waited for

    def is_quiet(self) -> bool:
        """Whether nothing is being read or written, and nothing waits for a pause in the typing."""
        timers = self.program.shell.findChildren(QTimer)
        is_pausing = any(timer.isActive() and timer.isSingleShot() and timer.interval() < _SHORT_MS for timer in timers)
        seat = self.program.seat
        return not is_pausing and self.program.tasks.is_idle and (seat is None or seat.desk.tasks.is_idle)

    def is_synced(self) -> bool:
        """Whether everything has been sent and fetched."""
        state = self.seat.engine.state
        return state.last_synced_at is not None and state.fetching is None and not state.pending

    def is_seated(self) -> bool:
        """Whether somebody has signed in."""
        return self.program.seat is not None

    # ----------------------------------------------------------------------------------------------------- what is done

    def run(self, action_id: str) -> None:
        """Do what an action's key does. Raises ``OpsError`` where it cannot be done now."""
        actions = self.seat.desk.actions
        if not actions.is_enabled(action_id):
            raise OpsError("self_test_stuck", step=action_id)
        actions.run(action_id)

    def go(self, page_id: str) -> Script:
        """Go to a page, and wait until it has read what it shows."""
        self.run(f"page.{page_id}")
        yield self.is_quiet

    def first_run(self, address: str, account: Account) -> Script:
        """Fill in the second step of the first run."""
        page: FirstRunPage = there(self.program.first_run_page)
        step = page.server
        for field, text in ((step.address, address), (step.login, account.login), (step.password, account.password)):
            field.setFocus()
            field.selectAll()
            type_text(text)
        step.test.click()
        yield self.is_quiet

    def sign_in(self, account: Account) -> Script:
        """Type who one is, and wait for the window."""
        page = there(self.program.sign_in_page)
        yield self.is_quiet
        page.login_field().setFocus()
        page.login_field().selectAll()
        type_text(account.login)
        page.password_field().setFocus()
        type_text(account.password)
        press(Qt.Key.Key_Return)
        yield self.is_seated

    def sign_out(self) -> Script:
        """Leave the desk to somebody else."""
        self.run("sign_out")
        yield lambda: not self.is_seated()
        yield self.is_quiet

    def choose_site(self) -> Script:
        """Look at the first site alone: down in the list of sites."""
        sites = there(self.seat.window.top.findChild(QComboBox))
        yield lambda: sites.count() > 1
        sites.setFocus()
        press(Qt.Key.Key_Down)
        yield lambda: self.seat.desk.site_id is not None
        yield self.is_quiet

    def take_call(self, search: str) -> Script:
        """Open the intake for the first caller that is found."""
        self.run("intake.open")
        type_text(search)
        yield lambda: bool(self.intake.page.search.offered())
        press(Qt.Key.Key_Return)
        yield lambda: self.intake.call.card is not None
        yield self.is_quiet

    def open(self, *states: State, priority: str = "") -> Script:
        """Read the first order of the list that stands so."""
        yield from self.open_id(self.first(lambda row: row.state in states and priority in ("", row.priority)).id)

    def open_id(self, order_id: str) -> Script:
        """Read an order."""
        pane = self.queue.pane
        self.seat.desk.asked_for_order.emit(order_id)
        yield lambda: pane.order is not None and pane.order.id == order_id
        yield self.is_quiet


def there(part: Part | None) -> Part:
    """What must be there by now. Raises ``OpsError`` where it is not."""
    if part is None:
        raise OpsError("self_test_stuck", step="…")
    return part
