"""A control with its label at the left, what the caller had to say again marked on it, and what is wrong below."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.widgets.marks import IconMark
from app.ui.widgets.texts import Text

LABEL_WIDTH = 64


class Labelled(QWidget):
    """``fact`` is what the row holds, by the name that the record of errors knows."""

    def __init__(self, fact: str, body: QWidget | QLayout, *, is_needed: bool = False) -> None:
        super().__init__()
        self.fact = fact
        self._label, self._star = Text("", token="text_secondary"), Text("*" if is_needed else "", token="danger.text")
        self._again = IconMark("rotate-clockwise", "warning.text", side=14)
        self._again.hide()
        if not is_needed:
            self._star.hide()
        self._mark, self._error = IconMark("alert-circle", "danger.shape", side=14), Text("", "caption", wrap=True)
        self._error.set_token("danger.text")
        self._wrong = QWidget()
        row(self._mark, (self._error, 1), gap=4, parent=self._wrong)
        self._wrong.hide()
        self._head = QWidget()
        row(self._label, self._star, self._again, None, gap=2, parent=self._head)
        self._head.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        box = row(self._head, (column(body, self._wrong, gap=4), 1), gap=8, parent=self)
        box.setAlignment(self._head, Qt.AlignmentFlag.AlignTop)
        self._fit()

    def set_label(self, label: str) -> None:
        """Say what is asked for."""
        self._label.setText(label)

    def set_again(self, *, is_again: bool, words: str) -> None:
        """Mark that it was on record and had to be said again; ``words`` say so."""
        self._again.setVisible(is_again)
        self._again.setToolTip(words)
        self._again.setAccessibleName(words)

    def set_error(self, sentence: str) -> None:
        """Say what is wrong; empty for nothing."""
        self._error.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def error(self) -> str:
        """What is said to be wrong."""
        return self._error.text()

    def _fit(self) -> None:
        theme = current_theme()
        self._head.setFixedSize(theme.px(LABEL_WIDTH), theme.size.field)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()
