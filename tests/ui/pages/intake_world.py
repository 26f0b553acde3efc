"""An estate with callers, and a dock at a desk of it with somebody signed in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.commands.command import Command
from app.commands.residents import AddExemption, AddPhone, AddResident, ExemptionKind
from app.db.companies import Category, CategorySkill, Skill
from app.db.places import Unit
from app.domain.ids import COMPANY_STREAM, stream_id
from app.domain.permissions import Rights, Role
from app.store.changing import Author
from app.store.drafts import DraftItem, list_drafts
from app.store.scopes import next_fetches
from app.store.settling import News
from app.store.store import Store
from app.store.users import Person as SignedIn
from app.ui.actions import Actions
from app.ui.changes import ChangesBridge
from app.ui.desk import Desk, Person, Said
from app.ui.pages.intake.dock import IntakeDock
from app.ui.preferences import PreferencesFile
from app.ui.tasks import Tasks
from tests.clocks import HandClock
from tests.factories import BUILDING, CLERK, OTHER_SITE, OTHER_UNIT, PLUMBING, SITE, SUPERVISOR, UNIT, an_id
from tests.gathering import gather_changes
from tests.unit.store.little_server import LittleServer, a_scope

WU, WEI, WANG, CHEN, MEI = (an_id(name) for name in ("wu", "wei", "wang", "chen", "mei"))
DOORS, READER, TRIPPED = an_id("doors"), an_id("reader"), an_id("tripped")
THIRD_UNIT = an_id("third unit")
SHARED = "057188001234"
PEOPLE_AT_DESK = {
    CLERK: Person(CLERK, "lin", "林晓雨", {"zh": "前台", "en": "Front desk"}, Rights(CLERK), frozenset()),
    SUPERVISOR: Person(
        SUPERVISOR, "xie", "谢婷婷", {"zh": "前台", "en": "Front desk"}, Rights(SUPERVISOR), frozenset()
    ),
}


def rows_of_estate() -> list[Any]:
    """Kinds of order with words and skills, and a third flat."""
    return [
        Skill(id=an_id("access"), code="access", name_zh="门禁", name_en="Access control"),
        Skill(id=an_id("water"), code="water", name_zh="水暖", name_en="Plumbing"),
        Category(id=DOORS, name_zh="门禁", name_en="Access", keywords="门禁", priority="P3", sort=4),
        Category(
            id=READER,
            parent_id=DOORS,
            name_zh="读卡器",
            name_en="Reader",
            keywords="刷卡没反应 刷卡 reader",
            priority="P2",
            sort=5,
        ),
        Category(
            id=TRIPPED,
            parent_id=PLUMBING,
            name_zh="跳闸",
            name_en="Tripped",
            keywords="跳闸 tripped",
            priority="P3",
            sort=1,
        ),
        CategorySkill(id=an_id("access 2"), category_id=READER, skill_id=an_id("access"), level=2),
        CategorySkill(id=an_id("water 1"), category_id=PLUMBING, skill_id=an_id("water"), level=1),
        Unit(
            id=THIRD_UNIT,
            site_id=SITE,
            building_id=BUILDING,
            entrance="2",
            floor=3,
            number="0304",
            label="3 幢 0304",
        ),
    ]


def callers() -> list[Command]:
    """Who lives there, and how they are reached."""
    return [
        AddResident(
            site_id=SITE, id=WU, name="吴桂芳", phone="13800132046", unit_id=UNIT, relation="owner", since="2019-05-01"
        ),
        AddExemption(site_id=SITE, id=an_id("old"), resident_id=WU, kind=ExemptionKind.ELDERLY, until="2027-06-30"),
        AddResident(site_id=SITE, id=WEI, name="魏国富", phone="13922075518", unit_id=OTHER_UNIT, since="2019-03-01"),
        AddResident(site_id=SITE, id=WANG, name="汪桂凤", phone="13766409021", unit_id=THIRD_UNIT, relation="tenant"),
        AddResident(site_id=SITE, id=CHEN, name="陈国栋", phone=SHARED, unit_id=OTHER_UNIT, relation="tenant"),
        AddResident(site_id=SITE, id=MEI, name="陈晓梅", phone="13766402283", unit_id=OTHER_UNIT, relation="family"),
        AddPhone(site_id=SITE, id=an_id("shared"), resident_id=MEI, phone=SHARED),
    ]


def build_estate(folder: Path) -> None:
    """Fetch the estate into a console's data folder."""
    server = LittleServer()
    changes = gather_changes(server._session)
    for row in rows_of_estate():
        row.stream_id = COMPANY_STREAM if not isinstance(row, Unit) else stream_id(SITE, "work")
        server._session.add(row)
        server._session.flush()
    server._number(changes.rows)
    server._session.commit()
    for command in callers():
        server.do(command)
    clock = HandClock()
    store = Store.open(folder, clock)
    store.enrol("console 07", "07", {})
    for person in PEOPLE_AT_DESK.values():
        signed_in = SignedIn(person.user_id, person.login, person.name, None, person.title["zh"], person.title["en"])
        store.users.remember(signed_in, None, clock.now() + timedelta(days=14))
        store.settle(News(scope=a_scope(SITE, OTHER_SITE), user_id=person.user_id))
    fetch(store, server)
    store.close()
    server.close()


def fetch(store: Store, server: LittleServer) -> None:
    """Fetch all there is."""
    while True:
        with store.reading() as session:
            fetches = next_fetches(session)
        if not fetches:
            return
        store.settle(News(snapshot=server.snapshot(*fetches[0], limit=500)))


class WatchedTasks(Tasks):
    """Knows whether anything is under way."""

    under_way = 0

    @override
    def _submit(self, call: Any, function: Any, *args: object) -> None:
        self.under_way += 1
        super()._submit(call, function, *args)

    @override
    def _on_landed(self, call: Any) -> None:
        self.under_way -= 1
        super()._on_landed(call)


class Station:
    """A desk with a window that holds the dock; keys go to whatever has the focus."""

    def __init__(self, qtbot: QtBot, folder: Path, clock: HandClock, user_id: str = CLERK) -> None:
        self.qtbot, self.clock = qtbot, clock
        self.store = Store.open(folder, clock)
        self.tasks, self.bridge, self.actions = WatchedTasks(), ChangesBridge(), Actions()
        self._unsubscribe = self.store.subscribe(self.bridge.deliver)
        streams = frozenset(
            {COMPANY_STREAM} | {stream_id(site, part) for site in (SITE, OTHER_SITE) for part in ("work", "people")}
        )
        rights = Rights(user_id, None, {SITE: frozenset({Role.CLERK}), OTHER_SITE: frozenset({Role.CLERK})})
        self.desk = Desk(
            self.store,
            clock,
            PEOPLE_AT_DESK[user_id]._replace(rights=rights, streams=streams),
            tasks=self.tasks,
            changes=self.bridge,
            actions=self.actions,
            preferences=PreferencesFile(folder),
        )
        self.desk.choose_site(SITE)
        self.said: list[Said] = []
        self.desk.said.connect(self.said.append)
        self.dock = IntakeDock(self.desk)
        self.window = QWidget()
        self.page = QLabel("", self.window)
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box = QHBoxLayout(self.window)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.page, 1)
        box.addWidget(self.dock)
        self.dock.hide()
        self.desk.asked_for_intake.connect(self._on_intake)
        self.dock.show_requested.connect(self.dock.show)
        self.dock.close_requested.connect(self.dock.hide)
        self.window.resize(900, 856)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.page.setFocus()
        self.settle()

    def _on_intake(self, text: str) -> None:
        self.dock.show()
        self.dock.open(text)

    # --------------------------------------------------------------------------------------------------- by keyboard

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def type(self, text: str) -> None:
        """Type letters and digits as keys, anything else through the input method, as Chinese is."""
        if text.isascii() and "\n" not in text:
            self.qtbot.keyClicks(self.focus(), text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self.focus(), event)

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.qtbot.keyClick(self.focus(), key, held)

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def alt(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.AltModifier)

    def settle(self) -> None:
        """Wait until nothing is being read or written, and nothing waits for a pause in the typing."""
        self.qtbot.waitUntil(self._is_quiet)

    def _is_quiet(self) -> bool:
        timers = [timer for timer in self.dock.findChildren(QTimer) if timer.isSingleShot() and timer.interval() < 500]
        is_waiting = any(timer.isActive() for timer in timers)
        return self.tasks.under_way == 0 and self.bridge._waiting is None and not is_waiting

    def find_caller(self, typed: str) -> None:
        """Type into the search and take the only one found."""
        self.type(typed)
        self.press(Qt.Key.Key_Return)
        self.settle()

    # ------------------------------------------------------------------------------------------------------- looking

    def read(self, query: Any, *arguments: Any) -> Any:
        with self.store.reading() as session:
            return query(session, *arguments)

    def rows(self, table: str, columns: str = "*") -> list[dict[str, Any]]:
        with self.store.reading() as session:
            found = session.connection().exec_driver_sql(f"SELECT {columns} FROM {table}")
            return [dict(row._mapping) for row in found]

    def orders(self) -> list[dict[str, Any]]:
        return self.rows("work_order")

    def drafts(self) -> list[DraftItem]:
        found: list[DraftItem] = self.read(list_drafts)
        return found

    def do(self, command: Command) -> None:
        author = Author(CLERK, Rights(CLERK, None, {SITE: frozenset({Role.CLERK, Role.SUPERVISOR})}), is_offline=False)
        self.store.execute(command, author)

    def close(self) -> None:
        self.dock.keep_now()
        self.kill()

    def kill(self) -> None:
        """End without keeping anything more."""
        self._unsubscribe()
        self.bridge._waiting = None
        self.dock.keeper._wanted.clear()
        self.dock.keeper._due = None
        self.tasks.close()
        self.window.close()
        self.window.deleteLater()
        self.store.close()


@contextmanager
def a_station(qtbot: QtBot, folder: Path, clock: HandClock, user_id: str = CLERK) -> Iterator[Station]:
    """Lend a desk on a data folder with somebody signed in, and close it."""
    station = Station(qtbot, folder, clock, user_id)
    try:
        yield station
    finally:
        station.close()


def copy_of(estate: Path, to: Path) -> Path:
    """A data folder of one's own."""
    return Path(shutil.copytree(estate, to))
