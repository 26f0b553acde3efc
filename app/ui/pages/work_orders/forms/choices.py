"""One of a few reasons, chosen by its digit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget
from typing_extensions import override

from app.ui.theme.layouts import column


class Choices(QWidget):
    """Radio buttons under one another, numbered from 1; a digit chooses while one of them has the focus."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._ids = [option_id for option_id, _ in options]
        box = column(gap=6, parent=self)
        for place, (_, text) in enumerate(options):
            button = QRadioButton(f"{place + 1}  {text}".replace("&", "&&"))
            button.setAccessibleName(text)
            self._group.addButton(button, place)
            box.put(button)
        self._group.idClicked.connect(self._on_clicked)
        self.setFocusProxy(self._group.button(0))

    def current(self) -> str:
        """The id of the choice, empty if there is none."""
        place = self._group.checkedId()
        return self._ids[place] if place >= 0 else ""

    def choose(self, option_id: str) -> None:
        """Choose."""
        if option_id in self._ids:
            self._group.button(self._ids.index(option_id)).setChecked(True)

    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(self._ids[place])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self._ids):
            button = self._group.button(place)
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()
        else:
            super().keyPressEvent(event)
