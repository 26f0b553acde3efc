"""Notices: what is wrong or new and stays until it is dealt with, and what to do about it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.theme.layouts import row
from app.ui.theme.style import current_theme
from app.ui.theme.tips import plain_tip
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.marks import IconMark
from app.ui.widgets.texts import Spans, SpanText, plain

FIRST_HEIGHT, NEXT_HEIGHT = 44, 36
_MARGIN, _MOST_LINES = 4, 3
_ICONS: dict[Tone, str] = {
    "danger": "alert-circle",
    "warning": "alert-triangle",
    "info": "info-circle",
    "ok": "circle-check",
    "neutral": "info-circle",
}
_ORDER: dict[Tone, int] = {"danger": 0, "warning": 1, "info": 2, "ok": 3, "neutral": 4}

NoticeButton = tuple[str, Callable[[], object]]
"""Words, and what they do."""


class NoticeData(NamedTuple):
    """A notice as data: tone, sentence (bold parts allowed), buttons, an icon other than the tone's own."""

    tone: Tone
    spans: Spans
    buttons: Sequence[NoticeButton] = ()
    icon: str = ""
    can_close: bool = True


class Notice(QWidget):
    """One notice as a bar: 4 px of the tone, icon, sentence, buttons, close."""

    closed = Signal()

    def __init__(self, data: NoticeData, height: int = FIRST_HEIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = data
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(plain(data.spans))
        icon = IconMark(data.icon or _ICONS[data.tone], f"{data.tone}.text", side=18)
        self._sentence = SpanText(data.spans, most_lines=_MOST_LINES)
        self._sentence.setToolTip(plain_tip(plain(data.spans)))
        buttons = [self._button(*button) for button in data.buttons]
        self._close = IconButton("x", self.tr("Close"), size="small", parent=self)
        self._close.setVisible(data.can_close)
        self._close.clicked.connect(self.closed)
        row(icon, (self._sentence, 1), *buttons, self._close, gap=12, margins=(16, _MARGIN, 12, _MARGIN), parent=self)
        self.set_height(height)

    def _button(self, words: str, slot: Callable[[], object]) -> Button:
        button = Button(words, size="small")
        button.clicked.connect(slot)
        return button

    def set_height(self, height: int) -> None:
        """Be ``height`` px high at 100 %, unless the sentence needs more."""
        self._height = height
        theme = current_theme()
        needed = self._sentence.heightForWidth(self._sentence.width()) + 2 * theme.px(_MARGIN)
        self.setFixedHeight(max(theme.px(height), needed))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_height(self._height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        status = theme.status(self.data.tone)
        painter.fillRect(self.rect(), status.fill)
        painter.fillRect(QRectF(0, 0, theme.px(4), self.height()), status.solid)
        painter.fillRect(QRectF(theme.px(4), self.height() - 1, self.width(), 1), theme.base.border)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._close.set_name(self.tr("Close"))
        elif event.type() is QEvent.Type.StyleChange:
            self.set_height(self._height)


class NoticeStack(QWidget):
    """The notices of a page or of the window, the gravest first; takes no room while there is none."""

    closed = Signal(str)
    """The name of a notice that a person closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: dict[str, Notice] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def put(self, name: str, data: NoticeData) -> None:
        """Show a notice under ``name``, instead of the one that had this name."""
        before = self._notices.get(name)
        if before is not None and before.data == data:
            return
        if before is not None:
            self._drop(before)
        notice = Notice(data, parent=self)
        notice.closed.connect(self._on_closed)
        self._notices[name] = notice
        self._arrange()

    def remove(self, name: str) -> None:
        """Take the notice away, if it is there."""
        if notice := self._notices.pop(name, None):
            self._drop(notice)
            self._arrange()

    def names(self) -> list[str]:
        """The notices shown, from the top."""
        return sorted(self._notices, key=lambda name: _ORDER[self._notices[name].data.tone])

    def notice(self, name: str) -> Notice:
        """The bar under ``name``; ``KeyError`` if there is none."""
        return self._notices[name]

    def _drop(self, notice: Notice) -> None:
        self._box.removeWidget(notice)
        notice.hide()
        notice.deleteLater()

    def _arrange(self) -> None:
        for place, name in enumerate(self.names()):
            notice = self._notices[name]
            notice.set_height(NEXT_HEIGHT if place else FIRST_HEIGHT)
            self._box.removeWidget(notice)
            self._box.addWidget(notice)
            notice.show()
        self.setVisible(bool(self._notices))

    def _on_closed(self) -> None:
        name = next((name for name, notice in self._notices.items() if notice is self.sender()), None)
        if name is not None:
            self.remove(name)
            self.closed.emit(name)
