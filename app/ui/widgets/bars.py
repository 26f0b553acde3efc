"""Bars of a page: header, chips, what is done to the checked rows, the foot of a pane, the status bar's parts."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QProgressBar, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.glyphs.marks import Tag
from app.ui.theme.layouts import row
from app.ui.theme.painting import paint_box
from app.ui.theme.style import current_theme
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.grounds import Ground, Line
from app.ui.widgets.marks import IconMark, TagMark
from app.ui.widgets.texts import ElidedText, Text


class PageHeader(Ground):
    """Title, count, at most two tags, actions at the right; 48 high."""

    def __init__(self, title: str, *actions: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("surface", height=48, parent=parent)
        self._title = Text(title, "page", bold=True)
        self._count = Text("", "strong", token="text_muted")
        self._tags: list[TagMark] = []
        self._places = row(gap=8)
        row(self._title, self._count, self._places, None, *actions, gap=8, margins=(16, 4, 12, 0), parent=self)

    def set_title(self, title: str, detail: str = "") -> None:
        """Say another title, and after it a count or a few muted words."""
        self._title.setText(title)
        self._count.setText(detail)

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Show other tags."""
        while len(self._tags) < len(tags):
            self._tags.append(TagMark(tags[len(self._tags)]))
            self._places.put(self._tags[-1])
        for place, mark in enumerate(self._tags):
            mark.setVisible(place < len(tags))
            if place < len(tags):
                mark.set_tag(tags[place])


class PaneFooter(Ground):
    """The foot of a pane, 52 high with a line above: the main button first, others after it, the rest at the right."""

    def __init__(self, *parts: QWidget | QLayout | None, parent: QWidget | None = None) -> None:
        super().__init__("surface", lines="top", height=52, parent=parent)
        row(*parts, gap=8, margins=(16, 0, 16, 0), parent=self)


class BulkBar(Ground):
    """Says how many rows are checked and does things to all of them; shown only while there are some."""

    cancelled = Signal()

    def __init__(self, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("selection", height=44, parent=parent)
        self._count, self._detail = Text("", bold=True), Text("", "caption", token="text_secondary")
        self._cancel = Button(self.tr("Cancel"), role="text", key="Esc")
        self._cancel.clicked.connect(self.cancelled)
        said = row(self._count, self._detail, gap=8)
        row(said, Line(down=True), *buttons, None, self._cancel, gap=8, margins=(12, 8, 4, 8), parent=self)
        self.hide()

    def say(self, count: str, detail: str = "") -> None:
        """Say how many are checked, and of what."""
        self._count.setText(count)
        self._detail.setText(detail)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, self.width(), 1, current_theme().base.accent)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._cancel.setText(self.tr("Cancel"))


class StatusPart(QWidget):
    """Icon, words and muted words in the status bar; with a tone, on its fill. A press emits ``pressed``."""

    pressed = Signal()

    def __init__(self, icon: str = "", text: str = "", detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone: Tone | None = None
        self._icon = IconMark("", side=16)
        self._text, self._detail = Text("", "caption"), Text("", "caption", token="text_secondary")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row(self._icon, self._text, self._detail, gap=6, margins=(8, 2, 8, 2), parent=self)
        self.say(text, detail, icon=icon)

    def say(self, text: str, detail: str = "", *, icon: str = "", tone: Tone | None = None) -> None:
        """Show other words; a tone makes it stand out."""
        self._tone = tone
        self._icon.set_icon(icon, f"{tone}.text" if tone else "text_secondary")
        self._icon.setVisible(bool(icon))
        self._text.setText(text)
        self._text.set_token(f"{tone}.text" if tone else "text")
        self._text.set_bold(bold=tone is not None)
        self._detail.setText(detail)
        self._detail.set_token(f"{tone}.text" if tone else "text_secondary")
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{text} {detail}".strip())
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._tone is not None:
            theme = current_theme()
            fill = theme.status(self._tone).fill
            paint_box(QPainter(self), QRectF(self.rect()), fill=fill, radius=theme.radius.control)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()


class TaskPart(QWidget):
    """Long work in the status bar: what, how far, and a cross to stop it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._share = ElidedText("", "caption"), Text("", "caption", token="text_secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = IconButton("x", self.tr("Stop"), size="small")
        self._cancel.clicked.connect(self.cancelled)
        row(self._text, self._bar, self._share, self._cancel, gap=8, margins=(8, 0, 0, 0), parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fit()
        self.hide()

    def say(self, text: str, done: int = 0, total: int = 0, *, can_cancel: bool = True) -> None:
        """Show how far the work is; a total of 0 means that nobody knows."""
        self._cancel.setVisible(can_cancel)
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._share.setText(f"{done * 100 // total} %" if total else "")
        self.show()

    def share(self) -> str:
        """How far it is, as shown."""
        return self._share.text()

    def _fit(self) -> None:
        theme = current_theme()
        self._bar.setFixedSize(theme.px(120), theme.px(16))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()
        elif event.type() is QEvent.Type.LanguageChange:
            self._cancel.set_name(self.tr("Stop"))


class StatusBar(Ground):
    """The window's foot, 28 high: parts at the left, parts at the right."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__("window", lines="top", height=28, parent=parent)
        row(*left, None, *right, gap=4, margins=(4, 1, 4, 0), parent=self)
