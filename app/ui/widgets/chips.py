"""Chips: a filter that is on, with a cross to take it off."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.controls import came_by_key
from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import paint_box, paint_text, text_width
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme

_PADDING, _GAP, _CROSS, _ICON = 10, 4, 12, 14


class Chip(QAbstractButton):
    """A muted key and a plain value in a rounded box; press it to change the filter, its cross or Del to remove it."""

    removed = Signal()

    def __init__(
        self,
        value: str,
        key: str = "",
        *,
        icon: str = "",
        is_removable: bool = False,
        is_active: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._icon, self._is_removable, self._is_active = key, icon, is_removable, is_active
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.set_words(value, key)

    def set_words(self, value: str, key: str = "") -> None:
        """Say another key and value."""
        self._key = key
        self.setText(value)
        self.setAccessibleName(f"{key} {value}".strip())
        if self._is_removable:
            self.setAccessibleDescription(self.tr("Press Del to remove this filter"))
        self.updateGeometry()

    def set_active(self, *, is_active: bool) -> None:
        """Show that the filter is being changed."""
        self._is_active = is_active
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        font = theme.font("caption")
        width = text_width(self.text(), font) + 2 * theme.px(_PADDING)
        if self._key:
            width += text_width(self._key, font) + theme.px(_GAP)
        if self._icon:
            width += theme.px(_ICON + _GAP)
        if self._is_removable:
            width += theme.px(_CROSS)
        return QSize(round(width) + 1, theme.size.chip)

    def _cross(self, theme: Theme) -> QRectF:
        side = theme.px(_CROSS)
        left = self.width() - side - theme.px(8)
        return QRectF(left, round((self.height() - side) / 2), side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, box = current_theme(), QPainter(self), QRectF(self.rect())
        self._paint_box(painter, theme, box)
        left, font = theme.px(_PADDING), theme.font("caption")
        if self._icon:
            side = theme.px(_ICON)
            icon = QRectF(left - theme.px(2), round((self.height() - side) / 2), side, side)
            paint_icon(painter, icon, self._icon, theme.base.text_secondary)
            left += side + theme.px(_GAP) - theme.px(2)
        if self._key:
            room = QRectF(left, 0, box.width() - left, box.height())
            used = paint_text(painter, room, self._key, font, theme.base.text_muted)
            left += round(used) + theme.px(_GAP)
        ink = theme.base.rail_active_text if self._is_active else theme.base.text
        paint_text(painter, QRectF(left, 0, box.width() - left, box.height()), self.text(), font, ink)
        if self._is_removable:
            is_over = self._cross(theme).adjusted(-4, -4, 4, 4).contains(self.mapFromGlobal(self.cursor().pos()))
            ink = theme.base.text if is_over and self.underMouse() else theme.base.text_secondary
            paint_icon(painter, self._cross(theme), "x", ink)

    def _paint_box(self, painter: QPainter, theme: Theme, box: QRectF) -> None:
        base, radius = theme.base, box.height() / 2
        if self.hasFocus() and came_by_key(self):
            paint_box(painter, box, fill=base.surface_sunken, line=base.focus, width=2, radius=radius)
        elif self._is_active:
            paint_box(painter, box, fill=base.accent_soft, line=base.accent, radius=radius)
        elif self._is_removable:
            fill = base.hover if self.underMouse() else base.surface_sunken
            paint_box(painter, box, fill=fill, line=base.border, radius=radius)
        else:
            fill = base.hover if self.underMouse() else base.surface
            paint_box(painter, box, fill=fill, line=base.border_strong, radius=radius)

    def _is_on_cross(self, point: QPoint) -> bool:
        return self._is_removable and point.x() >= self._cross(current_theme()).left() - 4

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_on_cross(event.position().toPoint()):
            event.accept()
            return
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_on_cross(event.position().toPoint()) and not self.isDown():
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.update()
        super().mouseMoveEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
