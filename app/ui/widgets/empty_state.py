"""What a page shows when it has nothing to show: one sentence and one way on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.theme.layouts import column, row
from app.ui.widgets.buttons import Button
from app.ui.widgets.marks import IconMark
from app.ui.widgets.texts import Text

_TEXT_WIDTH = 360


class EmptyState(QWidget):
    """An icon, a sentence, why it is so, and buttons, in the middle of the room it gets."""

    def __init__(
        self,
        icon: str,
        sentence: str,
        explanation: str = "",
        buttons: Sequence[Button] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence = Text(sentence, "strong", bold=True, wrap=True)
        self._explanation = Text(explanation, token="text_muted", wrap=True, parent=self)
        self._mark = IconMark(icon, "text_muted", side=32)
        for text in (self._sentence, self._explanation):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setMinimumWidth(_TEXT_WIDTH)
        self._explanation.setVisible(bool(explanation))
        parts = [row(None, part, None) for part in (self._mark, self._sentence, self._explanation)]
        column(None, *parts, row(None, *buttons, None), (None, 2), gap=8, margins=24, parent=self)

    def say(self, sentence: str, explanation: str = "", icon: str = "") -> None:
        """Say another sentence, or the same in another language."""
        self._sentence.setText(sentence)
        self._explanation.setText(explanation)
        self._explanation.setVisible(bool(explanation))
        if icon:
            self._mark.set_icon(icon, "text_muted")
