"""The first run: language and look, the server, then work."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import OpsError, OutOfReachError, SignInError
from app.ui.pages.first_run.page import LOOK, READY, SERVER, FirstRunHooks, FirstRunPage
from app.ui.preferences import Preferences
from app.ui.probing import Probed
from app.ui.tasks import Tasks
from app.ui.theme.apply import apply_theme
from app.ui.theme.theme import make_theme
from tests.ui.pseudo import PseudoTranslator
from tests.ui.sight import nameless, untranslated


class Shown:
    """The page, and what it asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.tasks = Tasks()
        self.chosen: list[Preferences] = []
        self.tried: list[tuple[str, str, str]] = []
        self.error: OpsError | None = None
        self.sessions: list[object] = []
        self.ended: list[bool] = []
        hooks = FirstRunHooks(self.chosen.append, self.probe, self.sign_in)
        self.page = FirstRunPage(self.tasks, hooks, Preferences(language="en"))
        self.page.signed_in.connect(self.sessions.append)
        self.page.ended.connect(lambda: self.ended.append(True))
        self.page.resize(1440, 900)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def probe(self, address: str) -> Probed:
        if self.error is not None:
            raise self.error
        return Probed("澜湾物业", 12, is_same_version=True)

    def sign_in(self, address: str, login: str, password: str) -> str:
        self.tried.append((address, login, password))
        if self.error is not None:
            raise self.error
        return "session"

    def enter(self) -> None:
        """Press Enter where the focus is."""
        self.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    def fill(self) -> None:
        """Go to the server and type everything."""
        self.enter()
        server = self.page.server
        server.address.setText(" ops.example.com ")
        server.login.setText("lin")
        server.password.setText("correct")


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    """Lend the page, shown."""
    shown = Shown(qtbot)
    yield shown
    shown.page.hide()
    shown.page.deleteLater()
    shown.tasks.close()


def test_enter_leads_through_the_three_steps(shown: Shown) -> None:
    page = shown.page
    assert page.step() == LOOK
    shown.enter()
    assert page.step() == SERVER
    assert page.server.address.hasFocus()
    page.server.address.setText("ops.example.com")
    shown.enter()
    assert page.server.login.hasFocus()
    page.server.login.setText("lin")
    shown.enter()
    assert page.server.password.hasFocus()
    page.server.password.setText("correct")
    shown.enter()
    shown.qtbot.waitUntil(lambda: page.step() == READY)
    assert shown.sessions == ["session"]
    assert shown.tried == [("ops.example.com", "lin", "correct")]
    shown.enter()
    assert shown.ended == [True]


def test_language_and_look_are_told_as_they_are_chosen(shown: Shown) -> None:
    page = shown.page
    page.look.languages["zh"].click()
    page.look.themes["dark"].click()
    assert [(found.language, found.theme) for found in shown.chosen] == [("zh", "light"), ("zh", "dark")]


def test_a_connection_is_tested(shown: Shown) -> None:
    shown.fill()
    server = shown.page.server
    server.test.click()
    shown.qtbot.waitUntil(lambda: server.outcome() == "澜湾物业 answered in 12 ms, the versions agree.")
    shown.error = OutOfReachError("server_out_of_reach")
    server.test.click()
    assert server.outcome() == "Asking…"
    shown.qtbot.waitUntil(lambda: server.outcome().startswith("The server is out of reach"))
    server.address.clear()
    assert (server.outcome(), server.test.isEnabled()) == ("", False)


def test_a_wrong_password_is_said_and_typed_anew(shown: Shown) -> None:
    shown.fill()
    shown.error = SignInError("sign_in_wrong")
    page = shown.page
    page.go_on.click()
    assert not page.go_on.isEnabled()
    shown.qtbot.waitUntil(lambda: page.server.outcome() == "The employee number or the password is wrong.")
    assert page.go_on.isEnabled()
    assert page.server.password.hasFocus()
    assert page.step() == SERVER


def test_what_is_missing_is_asked_for(shown: Shown) -> None:
    shown.enter()
    shown.page.go_on.click()
    assert shown.page.server.outcome() == "Type your employee number and your password."
    assert shown.tried == []


def test_one_can_go_back_to_the_look(shown: Shown) -> None:
    shown.enter()
    shown.page.back.click()
    assert shown.page.step() == LOOK
    assert not shown.page.back.isVisible()


def test_other_keys_do_nothing_and_the_card_grows_with_the_text(shown: Shown, qapp: QApplication) -> None:
    shown.qtbot.keyClick(shown.page, Qt.Key.Key_A)
    assert shown.page.step() == LOOK
    apply_theme(qapp, make_theme("dark", "en", 1.15))
    assert shown.page._card.width() == 1012
    assert shown.page.grab().toImage().width() > 0


def test_every_part_has_a_name_and_every_text_is_translated(shown: Shown, qapp: QApplication) -> None:
    page = shown.page
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    try:
        for step in (LOOK, SERVER, READY):
            page._go(step)
            for part in (page, page.look, page.server, page.ready_step):
                QApplication.sendEvent(part, QEvent(QEvent.Type.LanguageChange))
            assert nameless(page) == []
            assert untranslated(page, ("Steward", "English", "https")) == []
    finally:
        qapp.removeTranslator(translator)
