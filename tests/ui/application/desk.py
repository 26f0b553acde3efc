"""A desk with the whole program on it, beside a real server whose cable can be pulled."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.config import Config
from app.ui.application.look import wearing
from app.ui.application.program import Program
from app.ui.application.seat import Seat
from app.ui.pages.first_run.page import FirstRunPage
from app.ui.pages.sign_in.page import SignInPage
from app.ui.preferences import Preferences, PreferencesFile
from tests.clocks import ConsoleClock
from tests.fault_proxy import FaultProxy
from tests.plant import Plant
from tests.served import PASSWORD


class ProgramDesk:
    """One PC: its data folder, its cable, and the program that runs on it, if one does."""

    def __init__(self, plant: Plant, qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
        self.plant, self.qtbot, self.qapp, self.folder = plant, qtbot, qapp, folder
        self.clock = ConsoleClock(plant.clock)
        self.proxy = FaultProxy(plant.server.port)
        self._program: Program | None = None
        self._worn = ExitStack()
        folder.mkdir(parents=True, exist_ok=True)
        self.prefer(language="en")

    def prefer(self, **choices: Any) -> None:
        """Have chosen these before the program starts."""
        PreferencesFile(self.folder).write(Preferences(**choices))

    def preferences(self) -> Preferences:
        """What is kept."""
        return PreferencesFile(self.folder).read()

    def start(self, *, server: str | None = "", language: str | None = None) -> Program:
        """Start the program; without a server named it finds one in its preferences, or asks."""
        config = Config(self.folder, self.proxy.address if server == "" else server, language)
        look = self._worn.enter_context(wearing(self.qapp, config))
        self._program = Program(look, config, self.clock)
        self._program.start()
        self._program.shell.activateWindow()
        self.qtbot.waitUntil(self._program.shell.isActiveWindow)
        return self._program

    def stop(self) -> None:
        """Close the program as a person does."""
        if self._program is not None:
            self._program.shell.close()
            self._program.close()
            self._program.shell.deleteLater()
            self._program.deleteLater()
            self._program = None
        self._worn.close()

    @property
    def program(self) -> Program:
        assert self._program is not None
        return self._program

    @property
    def seat(self) -> Seat:
        assert self.program.seat is not None
        return self.program.seat

    @property
    def sign_in_page(self) -> SignInPage:
        page = self.program.shell.currentWidget()
        assert isinstance(page, SignInPage)
        return page

    @property
    def first_run_page(self) -> FirstRunPage:
        page = self.program.shell.currentWidget()
        assert isinstance(page, FirstRunPage)
        return page

    def type_in(self, login: str = "lin", password: str = PASSWORD) -> SignInPage:
        """Fill in the sign-in page and press Enter."""
        page = self.sign_in_page
        self.qtbot.waitUntil(lambda: page._is_online is not None)
        page.login_field().setText(login)
        page.password_field().setText(password)
        self.qtbot.keyClick(page.password_field(), Qt.Key.Key_Return)
        return page

    def enter(self, login: str = "lin", password: str = PASSWORD) -> Seat:
        """Sign in and wait for the window."""
        self.type_in(login, password)
        self.wait(lambda: self.program.seat is not None)
        return self.seat

    def wait_in_step(self) -> None:
        """Wait until cache and server agree, as the person is told."""
        self.wait(lambda: self.seat.engine.state.last_synced_at is not None and self.seat.connection._state.is_online)
        self.wait(lambda: self.seat.engine.state.pending == 0 and self.seat.engine.state.fetching is None)

    def wait_sign_in_page(self) -> SignInPage:
        self.wait(lambda: isinstance(self.program.shell.currentWidget(), SignInPage))
        return self.sign_in_page

    def wait(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=20_000)

    def page(self, page_id: str) -> QWidget:
        return self.seat.window.show_page(page_id)

    def close(self) -> None:
        """Stop the program and take the PC away."""
        self.stop()
        self.proxy.close()


@contextmanager
def a_desk(plant: Plant, qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[ProgramDesk]:
    """A desk that is cleared at the end; the language of the tests is put back."""
    desk = ProgramDesk(plant, qtbot, qapp, folder)
    before = QLocale()
    try:
        yield desk
    finally:
        desk.close()
        QLocale.setDefault(before)
