"""The console, put together: one data folder, one window, one person at a time."""

import logging
import sys
import time
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version as version_of
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QStackedWidget, QWidget
from typing_extensions import override

from app.config import Config
from app.domain.clock import SystemClock
from app.domain.errors import OpsError, Param
from app.domain.words import say, say_error
from app.protocol import PROTOCOL_MAX
from app.store import meta
from app.store.doorbell import Doorbell
from app.store.store import Store
from app.store.users import known_users
from app.sync.credentials import Credentials, find_keyring
from app.sync.identity import ADDRESS
from app.sync.sign_in import Session, SignIn
from app.sync.transport import Transport, checked_address
from app.ui.application.look import Look, wearing
from app.ui.application.seat import Room, Seat, load_furniture
from app.ui.crash import CrashWatch
from app.ui.desk import LOCAL_ZONE
from app.ui.pages.first_run.page import FirstRunHooks, FirstRunPage
from app.ui.pages.settings.page import Hooks
from app.ui.pages.sign_in.page import Setting, SignInPage
from app.ui.probing import Probed
from app.ui.tasks import Tasks
from app.ui.translation import spoken_language
from app.ui.widgets.notices import NoticeData

logger = logging.getLogger(__name__)
VERSION = version_of("steward")
LEAST_SIZE = (1120, 640)
FIRST_SIZE = (1440, 900)
NO_SERVER = "http://127.0.0.1:8000"
"""What is tried where nobody has named a server yet."""
_PAINTED_MS = 50
"""What has changed on a page is painted by then."""


class Shell(QStackedWidget):
    """The one window: first who you are, then your desk."""

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*FIRST_SIZE)

        self.retranslate()

    def retranslate(self) -> None:
        """Say the title in the language of the moment."""
        self.setWindowTitle(self.tr("Steward"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        event.accept()


class Program(QObject):
    """Owns everything that must be closed, and closes it in the opposite order."""

    ready = Signal()
    """Somebody has signed in and their window is there."""
    _rung = Signal(str)

    def __init__(self, look: Look, config: Config, clock: SystemClock | None = None) -> None:
        """Open the data folder. Raises ``StorageError`` in words."""
        super().__init__()
        self.clock = clock or SystemClock()
        self._config = config
        self.look, self.preferences = look, look.preferences
        self.store = Store.open(config.data, self.clock)
        try:
            with self.store.reading() as session:
                self._desk, self._is_new = meta.desk(session), not known_users(session)
                known = meta.get(session, ADDRESS)
        except OpsError:
            self.store.close()
            raise
        self.tasks = Tasks(self)
        self.shell = Shell()
        self.seat: Seat | None = None
        self.sign_in_page: SignInPage | None = None
        self.first_run_page: FirstRunPage | None = None
        self._caller: str | None = None
        """Who calls while nobody is signed in."""
        self._rung.connect(self._on_rung)
        self._doorbell = Doorbell(config.data, self._rung.emit)
        self._address = config.server_url or self.look.chosen.server or known or NO_SERVER
        self._sign_in = SignIn(self.store, self._address, self.clock)
        self._restore_window()
        self.shell.closing.connect(self._keep_window)

    def start(self) -> None:
        """Ask who is there, or, on a new computer, which server."""
        if self._is_new and not (self._config.server_url or self.look.chosen.server):
            self._show_first_run()
        else:
            self._show_sign_in()
        self.shell.show()
        if self._config.account is not None:
            self.tasks.run(self._sign_in.sign_in, *self._config.account, done=self.enter, failed=self._show_sign_in)

    def close(self) -> None:
        """Close everything; returns when no thread is left."""
        self._leave_seat()
        self._doorbell.close()
        self.tasks.close()
        self.store.close()
        self.preferences.close()

    # ------------------------------------------------------------------------------------------------------- signing in

    def _show_first_run(self) -> None:
        hooks = FirstRunHooks(self.look.choose, self._probe, self._sign_in_first)
        page = FirstRunPage(self.tasks, hooks, self.look.chosen)
        entered: list[Session] = []
        page.signed_in.connect(entered.append)
        page.signed_in.connect(self._keep_server)
        page.ended.connect(lambda: self.enter(entered[-1]))
        self.first_run_page = page
        self._show(page)

    def _sign_in_first(self, address: str, login: str, password: str) -> Session:
        """Sign in at the server of an address, and keep to it once it has let somebody in."""
        checked = checked_address(address)
        sign_in = SignIn(self.store, checked, self.clock)
        session = sign_in.online(login, password)
        self._address, self._sign_in = checked, sign_in
        return session

    def _keep_server(self) -> None:
        self.look.choose(replace(self.look.chosen, server=self._address))

    def _show_sign_in(self, error: OpsError | None = None) -> None:
        page = SignInPage(self.tasks, self._sign_in, self._setting())
        page.signed_in.connect(self.enter)
        page.language_wanted.connect(
            lambda language: self.look.choose(replace(self.look.chosen, language=str(language)))
        )
        page.server_wanted.connect(self._on_server)
        page.looked.connect(self._on_looked)
        self.sign_in_page = page
        self._show(page)
        if error is not None:
            page.complain(error)

    def _on_looked(self) -> None:
        """Get ready while somebody types."""
        self.tasks.run(find_keyring)
        QTimer.singleShot(_PAINTED_MS, load_furniture)

    def _setting(self) -> Setting:
        return Setting(
            address=self._address,
            desk=self._desk,
            version=VERSION,
            zone=ZoneInfo(LOCAL_ZONE),
            now=self.clock.now,
            probe=lambda: self._probe(self._address),
        )

    def enter(self, session: Session) -> None:
        """Give the desk to somebody who was let in."""
        self._desk = session.desk
        hooks = Hooks(self.look.choose, self._probe, self._on_server, self._address, self._about)
        room = Room(self.store, self.clock, self.tasks, self.preferences, self._sign_in, hooks)
        self.seat = Seat(room, session)
        self.seat.left.connect(self._on_left)
        self._show(self.seat.window)
        self.sign_in_page = self.first_run_page = None
        if self.store.set_aside is not None:
            aside = self.store.set_aside
            params: dict[str, Param] = {"file": aside.file.name, "commands": aside.commands, "drafts": aside.drafts}
            words = say("cache_set_aside", params, spoken_language())
            self.seat.window.put_notice("set_aside", NoticeData("info", words, icon="archive"))
        self.seat.start()
        self.ready.emit()
        if self._caller is not None:
            self.seat.desk.asked_for_intake.emit(self._caller)
            self._caller = None

    def _on_left(self, error: OpsError | None = None) -> None:
        self._leave_seat()
        self._show_sign_in(error)

    def _leave_seat(self) -> None:
        if self.seat is not None:
            self.seat.close()
            self.seat.deleteLater()
            self.seat = None

    def _show(self, page: QWidget) -> None:
        while (old := self.shell.currentWidget()) is not None:
            self.shell.removeWidget(old)
            old.deleteLater()
        self.shell.addWidget(page)

    # ------------------------------------------------------------------------------------------------------- the server

    def _on_server(self, address: str) -> None:
        """Speak to another server from now on; whoever is there signs in anew."""
        try:
            checked = checked_address(address)
        except OpsError as error:
            if self.seat is not None:
                self.seat.desk.complain(error)
            return
        self._address = checked
        self.look.choose(replace(self.look.chosen, server=checked))
        self._sign_in = SignIn(self.store, checked, self.clock)
        self._on_left()

    def _probe(self, address: str) -> Probed:
        began = time.monotonic()
        transport = Transport(checked_address(address), Credentials(), SystemClock())
        try:
            health = transport.health()
        finally:
            transport.close()
        milliseconds = round((time.monotonic() - began) * 1000)
        is_same = health.protocol_min <= PROTOCOL_MAX <= health.protocol_max
        return Probed(health.company, milliseconds, is_same)

    def _about(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Version"), VERSION),
            (self.tr("Data folder"), str(self._config.data)),
            (self.tr("Desk number"), self._desk or "–"),
        )

    # ------------------------------------------------------------------------------------------------------- the window

    def _on_rung(self, number: str) -> None:
        self.shell.setWindowState(self.shell.windowState() & ~Qt.WindowState.WindowMinimized)
        self.shell.raise_()
        self.shell.activateWindow()
        if self.seat is not None:
            self.seat.desk.asked_for_intake.emit(number)
        else:
            self._caller = number

    def _restore_window(self) -> None:
        geometry = self.preferences.geometry("shell")
        if not geometry.isEmpty():
            self.shell.restoreGeometry(geometry)

    def _keep_window(self) -> None:
        self.preferences.keep_geometry("shell", self.shell.saveGeometry())


def run(config: Config) -> int:
    """Show the console until it is closed; returns the exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101  # nobody else makes one
    application.setApplicationName("Steward")
    with closing(CrashWatch(VERSION)), wearing(application, config) as look:
        try:
            program = Program(look, config)
        except OpsError as error:
            _say_no(say_error(error, spoken_language()))
            return 1
        program.start()
        code = application.exec()
        program.close()
        return code


def _say_no(sentence: str) -> None:
    """Say why the program cannot start."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Steward", sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
