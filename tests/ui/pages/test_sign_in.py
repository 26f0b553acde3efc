"""Signing in: with the server, without it, and what stands in the way."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import ConflictError, OpsError, OutOfReachError, SignInError
from app.domain.permissions import Rights
from app.domain.words import Language
from app.store.users import KnownUser, Person
from app.sync.sign_in import Session
from app.ui.pages.sign_in.page import Setting, SignInPage
from app.ui.tasks import Tasks
from tests.clocks import HandClock
from tests.factories import CLERK, SUPERVISOR
from tests.ui.pseudo import PseudoTranslator
from tests.ui.sight import nameless, untranslated

ZONE = ZoneInfo("Asia/Shanghai")
OUT = OutOfReachError("server_out_of_reach")


class Gate:
    """Knows two people, and lets them in by one password."""

    def __init__(self, clock: HandClock) -> None:
        now = clock.now()
        self.known = [
            KnownUser(
                Person(user_id, login, name, None, title, title_en),
                Rights(user_id),
                frozenset(),
                1,
                now - timedelta(days=days),
                now + timedelta(days=14),
            )
            for user_id, login, name, title, title_en, days in (
                (CLERK, "lin", "林晓雨", "前台", "Front desk", 0),
                (SUPERVISOR, "luo", "罗建平", "工程主管", "Supervisor", 1),
                ("someone", "xie", "谢婷婷", "前台", "Front desk", 5),
            )
        ]
        self.error: OpsError | None = None
        self.reach: OpsError | None = None
        self.tried: list[tuple[str, str]] = []

    def people(self) -> list[KnownUser]:
        return self.known

    def sign_in(self, login: str, password: str) -> Session:
        self.tried.append((login, password))
        if self.error is not None:
            raise self.error
        if password != "correct":
            raise SignInError("sign_in_wrong")
        known = next(one for one in self.known if one.person.login == login)
        return Session(known.person, known.rights, known.streams, is_offline=self.reach is not None)

    def probe(self) -> object:
        if self.reach is not None:
            raise self.reach
        return "there"


class Shown:
    """The page, and what it told."""

    def __init__(self, qtbot: QtBot, clock: HandClock, gate: Gate, desk: str = "07") -> None:
        self.qtbot, self.gate = qtbot, gate
        self.tasks = Tasks()
        setting = Setting("https://ops.example.com", desk, "1.0.0", ZONE, clock.now, gate.probe)
        self.page = SignInPage(self.tasks, gate, setting)
        self.sessions: list[Session] = []
        self.told: list[object] = []
        self.page.signed_in.connect(self.sessions.append)
        self.page.language_wanted.connect(self.told.append)
        self.page.server_wanted.connect(self.told.append)
        self.page.resize(1440, 900)

    def show(self) -> SignInPage:
        """Show it and wait until it knows who may sign in, and whether the server is there."""
        self.page.show()
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)
        self.qtbot.waitUntil(lambda: self.page._is_online is not None and list(self.page._people) == self.gate.known)
        return self.page

    def wait_error(self) -> str:
        self.qtbot.waitUntil(lambda: bool(self.page._password.error()))
        return self.page._password.error()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def gate(clock: HandClock) -> Gate:
    return Gate(clock)


@pytest.fixture
def shown(qtbot: QtBot, clock: HandClock, gate: Gate) -> Iterator[Shown]:
    """Lend the page, not yet shown."""
    shown = Shown(qtbot, clock, gate)
    yield shown
    shown.page.hide()
    shown.page.deleteLater()
    shown.tasks.close()


def test_with_the_server_a_number_and_a_password_let_in(shown: Shown, gate: Gate) -> None:
    page = shown.show()
    assert page._server.text() == "The server is there"
    assert (page._address.text(), page._desk.text()) == ("ops.example.com", "desk 07")
    assert [part.isVisible() for part in (page._band, page._list, page._again)] == [False] * 3
    assert page.login_field().text() == "lin"
    assert page.password_field().hasFocus()
    page.password_field().setText("correct")
    shown.qtbot.keyClick(page.password_field(), Qt.Key.Key_Return)
    shown.qtbot.waitUntil(lambda: [found.user_id for found in shown.sessions] == [CLERK])
    assert page.password_field().text() == ""
    assert gate.tried == [("lin", "correct")]


def test_it_tells_when_there_is_nothing_left_but_to_type(shown: Shown) -> None:
    with shown.qtbot.waitSignal(shown.page.looked):
        shown.page.show()
    assert shown.page.login_field().text() == "lin"


def test_without_the_server_the_people_known_here_are_listed_and_may_enter(shown: Shown, gate: Gate) -> None:
    gate.reach = OUT
    page = shown.show()
    shown.qtbot.waitUntil(page._list.isVisible)
    assert page._band.isVisible()
    assert (page._login.isVisible(), page._server_row.isVisible()) == (False, False)
    assert page._button.text() == "Sign in on this computer"
    assert "until Wed 30 Sep" in page._note.text()
    page._list.setCurrentIndex(page._list.model().index(1, 0))
    assert page.login_field().text() == "luo"
    assert page.password_field().hasFocus()
    page.password_field().setText("correct")
    page._button.click()
    shown.qtbot.waitUntil(lambda: [found.user_id for found in shown.sessions] == [SUPERVISOR])
    assert shown.sessions[0].is_offline
    assert page._list.grab().toImage().width() > 0


def test_the_list_says_when_each_signed_in_last(shown: Shown, clock: HandClock) -> None:
    page = shown.show()
    last = page._list.itemDelegate()._last  # type: ignore[attr-defined]
    now = clock.now()
    assert last(now) == "last with the server today 09:00"
    assert last(now - timedelta(days=1)) == "last with the server yesterday 09:00"
    assert last(now - timedelta(days=5)) == "last with the server Fri 11 Sep"


def test_without_server_and_people_the_first_time_is_said_to_need_the_server(shown: Shown, gate: Gate) -> None:
    gate.reach, gate.known = OUT, []
    page = shown.show()
    shown.qtbot.waitUntil(page._band.isVisible)
    assert (page._list.isVisible(), page._login.isVisible()) == (False, True)
    assert page._note.text() == "Nobody has signed in on this computer yet; the first time needs the server."


def test_the_server_is_looked_for_again_when_asked(shown: Shown, gate: Gate) -> None:
    gate.reach = OUT
    page = shown.show()
    shown.qtbot.waitUntil(page._again.isVisible)
    gate.reach = None
    page._again.click()
    shown.qtbot.waitUntil(page._server_row.isVisible)
    assert not page._band.isVisible()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (None, "The employee number or the password is wrong."),
        (SignInError("sign_in_locked", minutes=2), "Too many failed tries; try again in 2 minutes."),
        (ConflictError("other_server"), "This cache belongs to another server; go back to its address"),
    ],
)
def test_what_stands_in_the_way_is_said_and_the_password_typed_anew(
    error: OpsError | None, words: str, shown: Shown, gate: Gate
) -> None:
    gate.error = error
    page = shown.show()
    page.password_field().setText("wrong")
    page._button.click()
    assert not page._button.isEnabled()
    assert shown.wait_error().startswith(words)
    assert page._button.isEnabled()
    assert page.password_field().selectedText() == "wrong"
    assert page.password_field().hasFocus()
    gate.error = None
    page.password_field().setText("correct")
    page._button.click()
    assert page._password.error() == ""
    shown.qtbot.waitUntil(lambda: len(shown.sessions) == 1)


def test_a_server_that_went_away_meanwhile_leaves_the_people_known_here(shown: Shown, gate: Gate) -> None:
    page = shown.show()
    page.login_field().setText("feng")
    page.password_field().setText("correct")
    gate.reach, gate.error = OUT, SignInError("sign_in_not_here")
    page._button.click()
    shown.qtbot.waitUntil(page._list.isVisible)
    assert shown.wait_error().startswith("Without the network only those can sign in")
    assert (page.login_field().text(), page.password_field().text()) == ("lin", "")
    assert "until Wed 30 Sep" in page._note.text()
    gate.error = None
    page.password_field().setText("correct")
    page._button.click()
    shown.qtbot.waitUntil(lambda: [found.user_id for found in shown.sessions] == [CLERK])


def test_who_was_typed_is_the_one_chosen_when_the_server_goes_away(shown: Shown, gate: Gate) -> None:
    page = shown.show()
    page.login_field().setText("luo")
    page.password_field().setText("corr")
    gate.reach = OUT
    page.look()
    shown.qtbot.waitUntil(page._list.isVisible)
    assert (page._list.currentIndex().row(), page.login_field().text()) == (1, "luo")
    assert page.password_field().text() == "corr"


def test_an_empty_password_asks_nobody(shown: Shown, gate: Gate) -> None:
    page = shown.show()
    page._button.click()
    assert page._password.error() == "Type your employee number and your password."
    assert gate.tried == []


def test_a_server_of_another_kind_is_said_at_once(shown: Shown, gate: Gate) -> None:
    gate.reach = ConflictError("not_a_steward_server")
    page = shown.show()
    assert shown.wait_error().startswith("What answers at this address is no Steward server")
    assert page._band.isVisible()


def test_another_server_can_be_named_with_the_network_and_without(shown: Shown, gate: Gate) -> None:
    gate.reach = OUT
    page = shown.show()
    assert page._change_server.isVisible()
    page._change_server.click()
    assert (page._server_field.text(), page._server_field.hasFocus()) == ("https://ops.example.com", True)
    shown.qtbot.keyClick(page._server_field, Qt.Key.Key_Return)
    assert (page._server_field.isVisible(), shown.told) == (False, [])
    page._change_server.click()
    page._server_field.setText(" http://127.0.0.1:8000 ")
    shown.qtbot.keyClick(page._server_field, Qt.Key.Key_Return)
    assert shown.told == ["http://127.0.0.1:8000"]


def test_the_other_language_is_one_press_away(shown: Shown) -> None:
    shown.show()._language.click()
    assert shown.told == [Language.CHINESE]


def test_a_console_without_a_desk_number_names_none(qtbot: QtBot, clock: HandClock, gate: Gate) -> None:
    shown = Shown(qtbot, clock, gate, desk="")
    assert shown.show()._desk.text() == ""
    shown.page.hide()
    shown.page.deleteLater()
    shown.tasks.close()


def test_an_answer_that_comes_after_the_page_has_gone_finds_nobody(qtbot: QtBot, clock: HandClock, gate: Gate) -> None:
    shown = Shown(qtbot, clock, gate)
    shown.show()
    shown.page.look()
    shown.page.hide()
    shown.page.deleteLater()
    QApplication.sendPostedEvents(shown.page, QEvent.Type.DeferredDelete)
    landed: list[object] = []
    shown.tasks.run(gate.probe, done=landed.append)
    qtbot.waitUntil(lambda: landed == ["there"])
    shown.tasks.close()


@pytest.mark.parametrize("is_offline", [False, True])
def test_every_part_has_a_name_and_every_text_is_translated(
    is_offline: bool, shown: Shown, gate: Gate, qapp: QApplication
) -> None:
    gate.reach = OUT if is_offline else None
    page = shown.show()
    page.complain(SignInError("sign_in_wrong"))
    shown.qtbot.waitUntil(lambda: page._again.isVisible() is is_offline)
    assert nameless(page) == []
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    QApplication.sendEvent(page._list, QEvent(QEvent.Type.LanguageChange))
    try:
        data = ("ops.example.com", "lin", "中文 / English", "Wed 16 Sep", "Steward")
        assert untranslated(page, data) == []
    finally:
        qapp.removeTranslator(translator)
