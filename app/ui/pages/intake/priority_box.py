"""The choice of a priority, shown by its mark."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QWidget
from typing_extensions import override

from app.domain.work_orders import Priority
from app.ui.glyphs.marks import paint_priority
from app.ui.theme.style import current_theme


class PriorityBox(QComboBox):
    """P1 to P4; up and down change it, ``textActivated`` tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItems([priority.value for priority in Priority])

    def show_priority(self, priority: str) -> None:
        """Show one without telling."""
        self.setCurrentText(priority)

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(74), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, option = current_theme(), QPainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
        box = QRectF(self.rect()).adjusted(theme.px(9), 0, 0, 0)
        paint_priority(painter, box, self.currentText(), theme)
