"""The program's mark."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import paint_box
from app.ui.theme.style import current_theme


class Logo(QWidget):
    """The house with a tick that stands for the program."""

    def __init__(self, side: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Steward"))

    @override
    def sizeHint(self) -> QSize:
        side = current_theme().px(self._side)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, box = current_theme(), QRectF(self.rect())
        painter = QPainter(self)
        paint_box(painter, box, fill=theme.base.accent, radius=box.width() / 5)
        inset = box.width() / 6
        paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), "home-check", theme.base.accent_text)
