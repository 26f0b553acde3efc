"""A line that says what was noticed, with what can be done about it by a key."""

from PySide6.QtWidgets import QWidget

from app.ui.theme.layouts import row
from app.ui.widgets.buttons import Button
from app.ui.widgets.grounds import Band
from app.ui.widgets.texts import SpanText


class HintBand(Band):
    """A sentence on a tone's fill, and one or two buttons with their keys."""

    def __init__(self, tone: str, first_key: str, second_key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(tone, parent=parent)
        self._is_active = True
        self._text = SpanText("", token=f"{tone}.text")
        self.first = Button("", key=first_key, size="small")
        self.second = Button("", key=second_key, size="small")
        row((self._text, 1), self.first, self.second, gap=8, margins=(12, 8, 12, 8), parent=self)

    def say(self, sentence: str, first: str, second: str) -> None:
        """Say a sentence; a button without words is not shown."""
        self._text.set_spans(sentence)
        self.first.setText(first)
        self.second.setText(second)
        self._show_buttons()

    def set_active(self, *, is_active: bool) -> None:
        """Offer the buttons, or only say the sentence."""
        self._is_active = is_active
        self._show_buttons()

    def _show_buttons(self) -> None:
        for button in (self.first, self.second):
            button.setVisible(self._is_active and bool(button.text()))

    def text(self) -> str:
        """The sentence."""
        return self._text.text()
