"""How the palette paints its rows."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from app.ui.glyphs.keys import key_size, paint_key
from app.ui.main_window.palette_rows import Row
from app.ui.models.short_list import VALUE_ROLE
from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import paint_box, paint_text, text_width
from app.ui.theme.style import current_theme

ROW, CAPTION = 36, 28


class RowDelegate(QStyledItemDelegate):
    """Paints captions, and rows with icon, words, muted words and key."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        found: Row = index.data(VALUE_ROLE)
        return QSize(0, current_theme().px(ROW if found.run is not None else CAPTION))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, found, box = current_theme(), index.data(VALUE_ROLE), QRectF(option.rect)
        if found.run is None:
            words = box.adjusted(theme.px(16), theme.px(4), 0, 0)
            paint_text(painter, words, found.text, theme.font("caption"), theme.base.text_muted)
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.base.selection)
            painter.fillRect(QRectF(box.left(), box.top(), theme.px(3), box.height()), theme.base.accent)
        side = theme.icon.row
        icon = QRectF(box.left() + theme.px(16), round(box.center().y() - side / 2), side, side)
        paint_icon(painter, icon, found.icon, theme.base.text_secondary)
        right = box.right() - theme.px(16)
        if found.key:
            right -= key_size(found.key, theme).width()
            paint_key(painter, QRectF(right, box.top(), box.right() - right, box.height()), found.key, theme)
            right -= theme.px(12)
        left = icon.right() + theme.px(12)
        room = QRectF(left, box.top(), right - left, box.height())
        left += _paint_marked(painter, room, found) + theme.px(12)
        detail = QRectF(left, box.top(), max(0.0, right - left), box.height())
        if detail.width() > theme.px(24):
            paint_text(painter, detail, found.detail, theme.font("body"), theme.base.text_muted)


def _paint_marked(painter: QPainter, room: QRectF, found: Row) -> float:
    """Paint the words of a row, those that were typed bold on a ground of their own; returns the width used in px."""
    theme = current_theme()
    start, length = found.mark or (0, 0)
    parts = (found.text[:start], found.text[start : start + length], found.text[start + length :])
    used = 0.0
    for part, is_marked in zip(parts, (False, True, False), strict=True):
        rest = room.adjusted(used, 0, 0, 0)
        if not part or rest.width() < theme.px(12):
            continue
        font = theme.font("body", bold=is_marked)
        if is_marked:
            ground = QRectF(rest.left() - 1, 0, min(text_width(part, font) + 2, rest.width()), theme.px(20))
            ground.moveTop(round(rest.center().y() - ground.height() / 2))
            paint_box(painter, ground, fill=theme.colour("warning.fill"), radius=theme.radius.cell)
        used += paint_text(painter, rest, part, font, theme.colour("warning.text") if is_marked else theme.base.text)
    return used
