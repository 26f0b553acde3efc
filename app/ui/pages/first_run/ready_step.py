"""Last step: what to know before the first call comes."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme.layouts import column, row
from app.ui.widgets.grounds import Ground
from app.ui.widgets.marks import KeyHint
from app.ui.widgets.texts import Text

KEYS = 64


class ReadyStep(QWidget):
    """The keys that matter most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = {key: Text() for key in ("Ctrl N", "Ctrl K", "F1")}
        self._note = Text(token="text_secondary", wrap=True)
        keys = Ground("surface", width=KEYS)
        column(*(row(KeyHint(key), None) for key in self._lines), gap=12, parent=keys)
        words = column(*self._lines.values(), gap=12)
        column(row(keys, (words, 1)), self._note, None, gap=16, parent=self)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._lines["Ctrl N"].setText(self.tr("take a call and open an order"))
        self._lines["Ctrl K"].setText(self.tr("find an order, a resident, a place, an action"))
        self._lines["F1"].setText(self.tr("the keys of the page you are on"))
        self._note.setText(
            self.tr("The data is fetched while you work; what is here can be used, with the network or without.")
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
