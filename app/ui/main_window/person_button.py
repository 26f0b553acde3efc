"""The button that says who is at the desk: initial, name, what they are."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget
from typing_extensions import override

from app.ui.glyphs.marks import paint_avatar
from app.ui.theme.painting import paint_text, text_width
from app.ui.theme.style import current_theme

HEIGHT, AVATAR, GAP, PADDING = 32, 24, 6, 6
MOST = 220
"""A longer name and title are cut at this width, px at 100 %."""


class PersonButton(QPushButton):
    """The name is bold, the title muted; a press asks what to do with the sign-in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = self._title = ""
        self.setProperty("role", "text")
        self.setAutoDefault(False)  # Qt's own signature
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, name: str, title: str) -> None:
        """Say who is there."""
        self._name, self._title = name, title
        self.setAccessibleName(f"{name} {title}".strip())
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        width = text_width(self._name, theme.font("body", bold=True)) + theme.px(AVATAR + GAP + 2 * PADDING)
        if self._title:
            width += theme.px(GAP) + text_width(self._title, theme.font("body"))
        return QSize(min(round(width) + 2, theme.px(MOST)), theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, option = current_theme(), QPainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelButtonCommand, option, painter, self)
        side, box = theme.px(AVATAR), QRectF(self.rect()).adjusted(theme.px(PADDING), 0, -theme.px(PADDING), 0)
        paint_avatar(painter, QRectF(box.left(), (box.height() - side) / 2, side, side), self._name, theme)
        box.setLeft(box.left() + side + theme.px(GAP))
        used = paint_text(painter, box, self._name, theme.font("body", bold=True), theme.base.text)
        box.setLeft(min(box.left() + used + theme.px(GAP), box.right()))
        paint_text(painter, box, self._title, theme.font("body"), theme.base.text_secondary)
