"""A desk at a cache of its own, for tests of the queue page: the small world, a clock to crank, orders on demand."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.command import Command
from app.db.work_orders import WorkOrder
from app.domain.changes import Changes
from app.domain.ids import stream_id
from app.domain.permissions import Rights, Role
from app.store.changing import Author
from app.store.store import Done, Store
from app.ui.actions import Actions
from app.ui.changes import ChangesBridge
from app.ui.desk import Desk, Person, Said
from app.ui.pages.work_orders.filter_picker import FilterPicker
from app.ui.pages.work_orders.page import WorkOrdersPage
from app.ui.preferences import PreferencesFile
from app.ui.tasks import Tasks
from tests.clocks import HandClock
from tests.factories import CLERK, NOON, OTHER_SITE, SITE, SUN, a_report, an_assignment, small_world

Form = TypeVar("Form", bound=QWidget)
STREAMS = frozenset(stream_id(site, kind) for site in (SITE, OTHER_SITE) for kind in ("work", "people"))


def clerk_rights(*roles: Role) -> Rights:
    """A clerk's rights at both sites."""
    held = frozenset(roles or (Role.CLERK,))
    return Rights(CLERK, None, {SITE: held, OTHER_SITE: held})


class QueueDesk:
    """Everything a page stands on; close it when done."""

    def __init__(
        self, folder: Path, *, rights: Rights | None = None, streams: frozenset[str] = STREAMS, at: datetime = NOON
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.clock = HandClock(at)
        self.store = Store.open(folder, self.clock)
        self.store.enrol("0191f0a0-0000-7000-8000-000000000001", "07", {})
        self.put(small_world())
        self.tasks, self.changes, self.actions = Tasks(), ChangesBridge(), Actions()
        self._unsubscribe = self.store.subscribe(self.changes.deliver)
        self.preferences = PreferencesFile(folder)
        person = Person(CLERK, "lin", "林晓雨", {"zh": "前台", "en": "Front desk"}, rights or clerk_rights(), streams)
        self.desk = Desk(
            self.store,
            self.clock,
            person,
            tasks=self.tasks,
            changes=self.changes,
            actions=self.actions,
            preferences=self.preferences,
        )
        self.said: list[Said] = []
        self.desk.said.connect(self.said.append)

    def put(self, rows: Iterable[Any]) -> None:
        """Put rows into the cache as a pull would."""

        def task(session: Session, changes: Changes) -> None:
            for row in rows:
                session.merge(row)
                session.flush()
                changes.add(row.__tablename__, [row.id])

        self.store._writer.run(task)

    def do(self, command: Command, *, author: Author | None = None, base: Mapping[str, Any] | None = None) -> Done:
        """Give a command as somebody at another window would."""
        return self.store.execute(command, author or self.desk.author(), base=base)

    def order(self, text: str = "厨房下水管漏水", *, minutes_ago: float = 0, **values: Any) -> str:
        """An order reported ``minutes_ago``; its id."""
        now = self.clock.now()
        number = self.store.reserve_number(self.desk.today())
        made = a_report(description=text, number=number, happened_at=now - timedelta(minutes=minutes_ago), **values)
        self.do(made)
        return made.id

    def sent(self, text: str = "厨房下水管漏水", *staff: str, minutes_ago: float = 10, **values: Any) -> str:
        """An order that 孙志远, or others, were sent to."""
        order_id = self.order(text, minutes_ago=minutes_ago, **values)
        at = self.clock.now() - timedelta(minutes=minutes_ago - 1)
        self.do(an_assignment(order_id, *(staff or (SUN,)), happened_at=at))
        return order_id

    def read(self, query: Callable[..., Any], *args: Any) -> Any:
        """Run a query now."""
        with self.store.reading() as session:
            return query(session, *args)

    def grant(self, *roles: Role, staff_id: str | None = None) -> None:
        """Give the person other roles, before a page is made."""
        rights = Rights(CLERK, staff_id, {SITE: frozenset(roles)})
        self.desk.person = self.desk.person._replace(rights=rights)

    def close(self) -> None:
        """Let go of everything."""
        self._unsubscribe()
        self.changes._breath.stop()
        self.tasks.close()
        self.store.close()


_WINDOWS_OF_QT = ("QComboBoxPrivateContainer", "QTipLabel")


class Flashes(QObject):
    """Notes every part of a page that is shown as a window of its own, as one without a parent is."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            is_meant = isinstance(watched, WorkOrdersPage | QMenu | QDialog)
            if not is_meant and watched.metaObject().className() not in _WINDOWS_OF_QT:
                self.seen.append(repr(watched))
        return False


class Shown:
    """The page in a window of its own; made when first asked for."""

    def __init__(self, queue: QueueDesk, qtbot: QtBot) -> None:
        self.queue, self.qtbot = queue, qtbot
        self.is_made = False
        self.flashes = Flashes()

    @cached_property
    def page(self) -> WorkOrdersPage:
        """The page, its list read."""
        self.is_made = True
        page = WorkOrdersPage(self.queue.desk)
        page.resize(1376, 828)
        page.show()
        page.activateWindow()
        self.qtbot.waitUntil(page.isActiveWindow)
        self.qtbot.waitUntil(lambda: page.listing.is_loaded)
        return page

    def close(self) -> None:
        """Put the page away."""
        if self.is_made:
            self.page.hide()
            self.page.deleteLater()

    def ids(self) -> list[str]:
        """The orders listed."""
        return list(self.page.listing.rows.ids())

    def wait_ids(self, *ids: str) -> None:
        """Wait until exactly these are listed, in this order."""
        self.qtbot.waitUntil(lambda: self.ids() == list(ids))

    def read(self, order_id: str) -> None:
        """Go to an order and wait until the pane shows it."""
        self.page.reading.open(order_id)
        self.wait_read(order_id)

    def wait_read(self, order_id: str) -> None:
        """Wait until the pane shows an order."""
        pane = self.page.pane
        self.qtbot.waitUntil(lambda: pane.order is not None and pane.order.id == order_id)

    def wait_state(self, state: str) -> None:
        """Wait until the order of the pane stands so."""
        pane = self.page.pane
        self.qtbot.waitUntil(lambda: pane.order is not None and pane.order.state == state)

    def wait_form(self, kind: type[Form]) -> Form:
        """Wait for a form in the pane."""
        self.qtbot.waitUntil(lambda: isinstance(self.page.pane.form, kind))
        form = self.page.pane.form
        assert isinstance(form, kind)
        return form

    def wait_said(self, tone: str = "ok") -> Said:
        """Wait until something was said in a tone."""
        self.qtbot.waitUntil(lambda: any(said.tone == tone for said in self.queue.said))
        return next(said for said in reversed(self.queue.said) if said.tone == tone)

    def open_picker(self, facet_id: str) -> FilterPicker:
        """Open the popover of a facet of the filter."""
        page = self.page
        self.qtbot.waitUntil(lambda: bool(page.listing.choices().categories))
        page.list.chips._on_pick_asked(facet_id)
        self.qtbot.waitUntil(lambda: page.viewing._picker is not None and page.viewing._picker.isVisible())
        picker = page.viewing._picker
        assert picker is not None
        return picker

    def run(self, name: str) -> None:
        """Do an action as if its key had been pressed."""
        assert self.queue.actions.is_enabled(f"orders.{name}"), f"{name} is not possible"
        self.queue.actions.run(f"orders.{name}")

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier, at: QWidget | None = None) -> None:
        """Press a key in the list, or at a widget."""
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.qtbot.keyClick(at or self.page.table, key, held)

    def order(self, order_id: str) -> WorkOrder:
        """An order as it is in the cache."""
        with self.queue.store.reading() as session:
            order = session.get_one(WorkOrder, order_id)
            session.expunge(order)
            return order
