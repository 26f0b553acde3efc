"""Second step: the company's server, and signing in with it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.domain.errors import OpsError
from app.domain.words import say_error
from app.ui.probing import Probed, probed_words
from app.ui.theme.layouts import column, row
from app.ui.translation import spoken_language
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import Field, PasswordField
from app.ui.widgets.texts import Text


class ServerStep(QWidget):
    """Address with a test beside it; under it number and password."""

    test_wanted = Signal(str)
    """Ask the server at this address what it is."""
    ready = Signal()
    """Enter was pressed in the last field that was empty."""

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address, self.login, self.password = QLineEdit(address), QLineEdit(), PasswordField()
        self.test = Button(size="main")
        self.test.clicked.connect(lambda: self.test_wanted.emit(self.address.text().strip()))
        self.address.textChanged.connect(self._on_address)
        self._outcome = Text(wrap=True)
        beside = QWidget()
        row((self.address, 1), self.test, parent=beside)
        beside.setFocusProxy(self.address)
        self._address_field = Field("", beside)
        self._login_field, self._password_field = Field("", self.login), Field("", self.password)
        for field in (self.address, self.login, self.password):
            field.returnPressed.connect(self._on_return)
        column(
            self._address_field,
            self._outcome,
            row((self._login_field, 1), (self._password_field, 1), gap=12),
            None,
            gap=12,
            parent=self,
        )
        self._on_address("")
        self.retranslate()

    def take_focus(self) -> None:
        """Start with the address."""
        self.address.setFocus()
        self.address.selectAll()

    def show_asking(self) -> None:
        """Say that the server is being asked."""
        self._say("text_muted", self.tr("Asking…"))

    def show_probed(self, probed: Probed) -> None:
        """Say which server answered."""
        self._say("ok.text" if probed.is_same_version else "warning.text", probed_words(probed))

    def show_error(self, error: OpsError) -> None:
        """Say what stands in the way."""
        self._say("danger.text", say_error(error, spoken_language()))

    def _say(self, token: str, words: str) -> None:
        self._outcome.set_token(token)
        self._outcome.setText(words)

    def outcome(self) -> str:
        """What is said under the address."""
        return self._outcome.text()

    def _on_address(self, _text: str) -> None:
        self.test.setEnabled(bool(self.address.text().strip()))
        self._say("text_muted", "")

    def _on_return(self) -> None:
        """Go on to the next field that is empty, or tell that all are filled in."""
        empty = [field for field in (self.address, self.login, self.password) if not field.text().strip()]
        if empty:
            empty[0].setFocus()
        else:
            self.ready.emit()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._address_field.set_label(self.tr("Address of the server"))
        self.address.setAccessibleName(self.tr("Address of the server"))
        self.address.setPlaceholderText("https://ops.example.com")
        self.test.setText(self.tr("Test the connection"))
        self._login_field.set_label(self.tr("Employee number"))
        self._password_field.set_label(self.tr("Password"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
