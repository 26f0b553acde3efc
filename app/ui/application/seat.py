"""One person at the desk: their window, and the thread that keeps their console in step."""

import importlib
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes
from app.domain.clock import SystemClock
from app.domain.errors import OpsError, SignInError
from app.store.store import Store
from app.sync.engine import SyncEngine
from app.sync.sign_in import Session, SignIn
from app.sync.state import SyncState
from app.ui.actions import Actions
from app.ui.changes import ChangesBridge
from app.ui.desk import Desk, Person, Said
from app.ui.dialogs.password import PasswordDialog
from app.ui.pages.settings.page import Hooks
from app.ui.preferences import PreferencesFile
from app.ui.tasks import Tasks
from app.ui.translation import say_here


class Room(NamedTuple):
    """What stays when one person leaves the desk and another comes."""

    store: Store
    clock: SystemClock
    tasks: Tasks
    preferences: PreferencesFile
    sign_in: SignIn
    hooks: Hooks


class Seat(QObject):
    """Made when somebody has signed in, closed when they leave."""

    left = Signal(object)
    """They signed out (``None``), or must sign in anew for a reason (``OpsError``)."""
    _told = Signal(object)

    def __init__(self, room: Room, session: Session) -> None:
        super().__init__()
        self._room = room
        self._session = session
        self._tasks = Tasks(self)  # of its own: what is still being read when the person leaves must find nobody
        self._bridge = ChangesBridge(self)
        self._unsubscribe = room.store.subscribe(self._bridge.deliver)
        self.desk = Desk(
            room.store,
            room.clock,
            person_of(session),
            tasks=self._tasks,
            changes=self._bridge,
            actions=Actions(self),
            preferences=room.preferences,
            parent=self,
        )
        self.desk.set_offline(is_offline=session.is_offline)
        from app.ui.application.furniture import furnish  # noqa: PLC0415  # docs/decisions: heavy libraries

        self.window, self.intake, self.connection = furnish(self.desk, room.hooks)
        self.engine = SyncEngine(room.store, room.sign_in, room.clock, self._told.emit)
        self._connect()
        self.window.show_page(self._last_page())

    def start(self) -> None:
        """Begin to sync."""
        self.engine.start()

    def close(self) -> None:
        """Stop reading, syncing and listening; the window is its owner's to remove."""
        self._room.preferences.keep_state("page", self.window.page_id())
        self._told.disconnect(self._on_told)
        self._unsubscribe()
        self.intake.keep_now()
        self._tasks.close()
        self.engine.close()

    def _connect(self) -> None:
        self._told.connect(self._on_told)
        self.connection.retry_wanted.connect(self.engine.retry_now)
        self.connection.sign_in_wanted.connect(self.left)
        self.window.sign_out_wanted.connect(self._on_sign_out)
        self.window.password_wanted.connect(self._on_password)
        self.desk.changed.connect(self._on_changed)
        self.desk.asked_for_intake.connect(self._on_intake)
        self.intake.show_requested.connect(lambda: self.window.set_intake_shown(is_shown=True))
        self.intake.close_requested.connect(lambda: self.window.set_intake_shown(is_shown=False))

    def _last_page(self) -> str:
        last = self._room.preferences.state("page")
        return last if last in ("work_orders", "places") else "work_orders"

    def _on_told(self, state: SyncState) -> None:
        if state.notice is not None and state.notice.code == "account_disabled":
            self._room.tasks.run(self._room.store.users.shut_out, self._session.user_id)
            self.left.emit(state.notice)
        elif state.notice is not None and state.notice.code == "console_revoked":
            self.left.emit(state.notice)
        else:
            self.connection.take(state)

    def _on_intake(self, text: str) -> None:
        self.window.set_intake_shown(is_shown=True)
        self.intake.open(text)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("local_user"):
            user_id = self._session.user_id
            self._room.tasks.run(
                lambda: self._room.sign_in.session(user_id, is_offline=self.desk.is_offline),
                done=self._on_rights,
                failed=self._on_rights_lost,
            )

    def _on_rights(self, session: Session) -> None:
        """Rights or sites changed while the person works: what follows is judged by the new ones."""
        if not session.rights.roles:
            self.left.emit(SignInError("rights_gone"))
        elif (session.rights, session.streams) != (self.desk.person.rights, self.desk.person.streams):
            self.desk.person = person_of(session)
            self.desk.changed.emit(Changes(everything=True))

    def _on_rights_lost(self, error: OpsError) -> None:
        if isinstance(error, SignInError):
            self.left.emit(error)
        else:
            self.desk.complain(error)

    def _on_sign_out(self) -> None:
        self._room.tasks.run(self._room.sign_in.sign_out, done=self._on_signed_out, failed=self.desk.complain)

    def _on_signed_out(self, _done: None) -> None:
        self.left.emit(None)

    def _on_password(self) -> None:
        dialog = PasswordDialog(self._room.tasks, self._room.sign_in.change_password, _top(self.window))
        dialog.accepted.connect(lambda: self.desk.said.emit(Said(say_here("password_changed"))))
        dialog.setModal(True)  # Qt's own signature
        dialog.open()


def load_furniture() -> None:
    """Load beforehand what a desk is furnished with, while nobody waits for it; takes 0.15 s."""
    importlib.import_module("app.ui.application.furniture")


def person_of(session: Session) -> Person:
    """Who is signed in, as the desk knows them."""
    known = session.person
    title: Mapping[str, str] = {"zh": known.title_zh, "en": known.title_en}
    return Person(known.user_id, known.login, known.name, title, session.rights, session.streams)


def _top(widget: QWidget) -> QWidget:
    return widget.window()
