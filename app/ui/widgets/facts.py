"""Captions of sections, and facts: a muted label and what it says."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.layouts import row
from app.ui.theme.style import current_theme
from app.ui.widgets.texts import Spans, SpanText, Text

LABEL_WIDTH = 64


class SectionHeader(QWidget):
    """A section's muted caption, and at its right what can be done there."""

    def __init__(self, text: str, *actions: QWidget, is_strong: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Text(text, bold=is_strong, token="text" if is_strong else "text_muted")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row(self._text, None, *actions, gap=6, parent=self)

    def set_text(self, text: str) -> None:
        """Say another caption."""
        self._text.setText(text)


class Fact(QWidget):
    """A label of 64 px and words beside it, which break into lines."""

    def __init__(
        self,
        label: str,
        spans: Spans = "",
        *,
        token: str = "text",
        width: int = LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._width = width
        self._label = Text(label, token="text_muted")
        self._words = SpanText(spans, token=token)
        # Not fixed: Qt would hold it to the height of one line.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        box = row(self._label, (self._words, 1), gap=8, parent=self)
        box.setAlignment(self._label, Qt.AlignmentFlag.AlignTop)
        self._fit()

    def set_fact(self, label: str, spans: Spans) -> None:
        """Say another fact."""
        self._label.setText(label)
        self._words.set_spans(spans)

    def _fit(self) -> None:
        theme = current_theme()
        self._label.setFixedSize(theme.px(self._width), theme.px(20))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()
