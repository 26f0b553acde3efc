"""Signing in: with the server, or by what this computer remembers while it is out of reach (picture 27)."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple, Protocol

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from app.domain.errors import InvalidError, OpsError, OutOfReachError
from app.domain.words import Language, say_error
from app.store.users import KnownUser
from app.sync.sign_in import Session
from app.ui.pages.sign_in.people import PeopleList
from app.ui.tasks import Tasks
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.translation import day_text, moment_text, spoken_language
from app.ui.widgets.buttons import Button, LinkButton
from app.ui.widgets.fields import Field, PasswordField
from app.ui.widgets.grounds import Band, Ground, Panel
from app.ui.widgets.logo import Logo
from app.ui.widgets.marks import IconMark
from app.ui.widgets.texts import ElidedText, Text

CARD = 400
_CLOCK_MS = 1000


class Gate(Protocol):
    """What lets people in; its methods take a second and are called beside the GUI thread."""

    def people(self) -> list[KnownUser]:
        """Who may sign in here without the network."""
        ...

    def sign_in(self, login: str, password: str) -> Session:
        """Let somebody in, with the server or without."""
        ...


class Setting(NamedTuple):
    """What the page needs to know of this computer."""

    address: str
    """Of the server, as it was given."""
    desk: str
    """What this desk is called: its number, empty before it has one."""
    version: str
    zone: tzinfo
    now: Callable[[], datetime]
    probe: Callable[[], object]
    """Ask the server whether it is there. Raises ``OpsError``."""


class SignInPage(Ground):
    """A card in the middle: who, password, one button; offline a list of who may."""

    signed_in = Signal(object)
    """A :class:`Session`."""
    language_wanted = Signal(object)
    """A :class:`Language`."""
    server_wanted = Signal(str)
    """Use the server at this address."""
    looked = Signal()
    """It is known who may sign in here: there is nothing to do now but to type."""

    def __init__(self, tasks: Tasks, gate: Gate, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__("window", parent=parent)
        self._tasks, self._gate, self._setting = tasks, gate, setting
        self._is_online: bool | None = None
        self._people: Sequence[KnownUser] = ()
        self._title, self._desk = Text(size="page", bold=True), Text(token="text_muted")
        self._server_mark, self._server = IconMark("cloud-check", "ok.text"), Text()
        self._address = ElidedText(token="text_muted")
        self._change_server = LinkButton("")
        self._change_server.clicked.connect(self._on_change_server)
        self._server_field = QLineEdit()
        self._server_field.returnPressed.connect(self._on_server)
        self._warning, self._warning_detail = Text(bold=True, wrap=True), Text(wrap=True)
        self._band = Band("warning")
        self._list = PeopleList(setting.zone, setting.now)
        self._list.chosen.connect(self._on_person)
        self._login = Field("", QLineEdit())
        self._password = Field("", PasswordField())
        self._button = Button(role="primary", key="Enter", size="main")
        self._button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._again = LinkButton("")
        self._note = Text(size="caption", token="text_muted", wrap=True)
        self._language = LinkButton("", icon="language")
        self._version, self._clock = Text(size="caption", token="text_muted"), Text(size="caption", token="text_muted")
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        band = column(self._warning, self._warning_detail, gap=2)
        mark = IconMark("cloud-off", "warning.text")
        warned = row(mark, (band, 1), gap=10, margins=(12, 8, 12, 8), parent=self._band)
        warned.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        self._server_row = QWidget()
        row(self._server_mark, self._server, (self._address, 1), gap=6, parent=self._server_row)
        card = Panel()
        column(
            row(Logo(28), self._title, self._desk, None, gap=8),
            self._server_row,
            self._server_field,
            self._band,
            self._list,
            self._login,
            self._password,
            self._button,
            row(self._again, None, self._change_server),
            gap=16,
            margins=32,
            parent=card,
        )
        self._server_field.hide()
        self._card = QWidget()
        column(card, self._note, gap=12, parent=self._card)
        foot = row(self._version, self._language, None, self._clock, gap=16, margins=(24, 8, 24, 16))
        column(None, row(None, self._card, None), None, foot, parent=self)
        self.rescale()

    def _connect(self) -> None:
        self._button.clicked.connect(self._on_sign_in)
        for field in (self.login_field(), self.password_field()):
            field.returnPressed.connect(self._on_sign_in)
        self._again.clicked.connect(self.look)
        self._language.clicked.connect(self._on_language)
        self._second = QTimer(self)
        self._second.setInterval(_CLOCK_MS)
        self._second.timeout.connect(self._on_second)
        self._second.start()

    # -------------------------------------------------------------------------------------------------------- looking

    def look(self) -> None:
        """Ask who may sign in here, and whether the server is there."""
        self._tasks.run(self._gate.people, done=self._on_people, failed=self.complain)
        self._probe()

    def _probe(self) -> None:
        self._tasks.run(self._setting.probe, done=self._on_reached, failed=self._on_reach)

    def _on_people(self, people: Sequence[KnownUser]) -> None:
        self._people = people
        self._list.set_people(people)
        if people and not self.login_field().text():
            self.login_field().setText(people[0].person.login)
            self.password_field().setFocus()
        self._show_reach()
        self.looked.emit()

    def _on_reached(self, _answer: object) -> None:
        self._on_reach(None)

    def _on_reach(self, error: OpsError | None) -> None:
        self._is_online = error is None
        self._show_reach()
        if error is not None and not isinstance(error, OutOfReachError):
            self.complain(error)

    def _show_reach(self) -> None:
        is_offline = self._is_online is False
        self._server_row.setVisible(not is_offline)
        self._band.setVisible(is_offline)
        self._list.setVisible(is_offline and bool(self._people))
        self._login.setVisible(not is_offline or not self._people)
        self._again.setVisible(is_offline)
        if is_offline and self._people and (login := self._list.go_to(typed := self.login_field().text())) != typed:
            self._on_person(login)  # who was typed cannot sign in here, and is not asked for any more
        self._server_mark.set_icon(
            "cloud-check" if self._is_online else "cloud-off", "ok.text" if self._is_online else "text_muted"
        )
        self._server.setText(self.tr("The server is there") if self._is_online else self.tr("Looking for the server…"))
        self._button.set_icon("lock" if is_offline else "")
        self._button.setText(self.tr("Sign in on this computer") if is_offline else self.tr("Sign in"))
        self._say_note()

    def _say_note(self) -> None:
        if self._is_online is not False:
            self._note.setText(
                self.tr(
                    "Sign in once, and this computer remembers how to check you; the password itself it does not keep."
                )
            )
            return
        chosen = self._chosen()
        if chosen is None:
            self._note.setText(self.tr("Nobody has signed in on this computer yet; the first time needs the server."))
            return
        day = day_text(chosen.offline_until, self._setting.zone)
        self._note.setText(
            self.tr(
                "Without the server you can sign in here until {day}. Rights are as they were. "
                "Who is not on the list must first sign in once with it."
            ).format(day=day)
        )

    # ---------------------------------------------------------------------------------------------------------- doing

    def login_field(self) -> QLineEdit:
        """Where the name is typed."""
        assert isinstance(self._login.control, QLineEdit)  # noqa: S101  # made above
        return self._login.control

    def password_field(self) -> QLineEdit:
        """Where the password is typed."""
        assert isinstance(self._password.control, QLineEdit)  # noqa: S101  # made above
        return self._password.control

    def _chosen(self) -> KnownUser | None:
        login = self.login_field().text()
        return next((known for known in self._people if known.person.login == login), None)

    def _on_person(self, login: str) -> None:
        if login != self.login_field().text():
            self.login_field().setText(login)
            self.password_field().clear()
        self.password_field().setFocus()
        self._say_note()

    def _on_sign_in(self) -> None:
        login, password = self.login_field().text().strip(), self.password_field().text()
        if not login or not password:
            self.complain(InvalidError("sign_in_incomplete"))
            return
        self._password.set_error("")
        self._button.setEnabled(False)  # Qt's own signature
        self._tasks.run(self._gate.sign_in, login, password, done=self._on_let_in, failed=self._on_refused)

    def _on_let_in(self, session: Session) -> None:
        self._button.setEnabled(True)
        self.password_field().clear()
        self.signed_in.emit(session)

    def _on_refused(self, error: OpsError) -> None:
        self._button.setEnabled(True)
        self.password_field().selectAll()
        self.password_field().setFocus()
        self.complain(error)
        self._probe()  # the server may have come or gone since

    def complain(self, error: OpsError) -> None:
        """Say why somebody is not let in, or no longer."""
        self._password.set_error(say_error(error, spoken_language()))

    def _on_change_server(self) -> None:
        self._server_field.setText(self._setting.address)
        self._server_field.show()
        self._server_field.selectAll()
        self._server_field.setFocus()

    def _on_server(self) -> None:
        self._server_field.hide()
        if (address := self._server_field.text().strip()) not in ("", self._setting.address):
            self.server_wanted.emit(address)

    def _on_language(self) -> None:
        is_chinese = spoken_language() is Language.CHINESE
        self.language_wanted.emit(Language.ENGLISH if is_chinese else Language.CHINESE)

    def _on_second(self) -> None:
        self._clock.setText(moment_text(self._setting.now(), self._setting.zone))

    # --------------------------------------------------------------------------------------------------------- saying

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(self.tr("Steward"))
        desk = self._setting.desk
        self._desk.setText(self.tr("desk {number}").format(number=desk) if desk else "")
        self._address.setText(self._setting.address.removeprefix("https://").removeprefix("http://"))
        self._change_server.setText(self.tr("Another server"))
        self._server_field.setAccessibleName(self.tr("Server"))
        self._server_field.setPlaceholderText("https://ops.example.com")
        self._warning.setText(self.tr("The server is out of reach: sign in on this computer"))
        self._warning_detail.setText(
            self.tr(
                "You can read and change everything; it is sent when the server is back. Passwords change only then."
            )
        )
        self._login.set_label(self.tr("Employee number"))
        self._password.set_label(self.tr("Password"))
        self._again.setText(self.tr("Look for the server again"))
        self._language.setText("中文 / English")
        self._version.setText(self.tr("Version {version}").format(version=self._setting.version))
        self._on_second()
        self._show_reach()

    def rescale(self) -> None:
        """Grow with the user's scale."""
        self._card.setFixedWidth(current_theme().px(CARD))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        (self.password_field() if self.login_field().text() else self.login_field()).setFocus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self.rescale()
