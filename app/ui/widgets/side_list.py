"""The list at the left of a page: groups of filters with counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.ui.glyphs.shapes import Shape, paint_shape
from app.ui.models.short_list import ShortList
from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import LEFT, RIGHT, paint_text
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme
from app.ui.theme.tokens import Tone

_MOST = 999
_SHAPES: dict[Tone, Shape] = {"danger": Shape.TRIANGLE, "warning": Shape.DIAMOND}


@dataclass(frozen=True, slots=True)
class SideItem:
    """One row: ``count`` None shows none; ``tone`` danger or warning marks a count that means trouble.

    ``is_strong`` makes the count bold; ``is_action`` a muted row with a plus, such as "save this filter".
    """

    id: str
    text: str
    count: int | None = None
    tone: Tone | None = None
    icon: str = ""
    is_strong: bool = False
    is_action: bool = False


class SideGroup(NamedTuple):
    """A caption and its rows; an empty caption is left out."""

    caption: str
    items: Sequence[SideItem]


_Row = SideItem | str
"""A row of the view: an item, or a caption."""


class SideList(QListView):
    """Rows of 28 px under captions; the current one has the selection's ground and a bar at its left."""

    chosen = Signal(str)
    """The id of the row a person went to, by key or pointer, or of the action pressed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = ShortList[_Row](_words, lambda row: isinstance(row, SideItem), self)
        self._current = ""
        self.setModel(self._rows)
        self.setItemDelegate(_SideDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._on_clicked)

    def set_groups(self, groups: Sequence[SideGroup]) -> None:
        """Show other rows or counts; the current row stays current if it is still there."""
        rows: list[_Row] = []
        for group in groups:
            if group.caption:
                rows.append(group.caption)
            rows.extend(group.items)
        self._rows.set_values(rows)
        self.choose(self._current)
        self.updateGeometry()

    def set_count(self, item_id: str, count: int | None) -> None:
        """Show another count in one row."""
        rows = [
            replace(row, count=count) if isinstance(row, SideItem) and row.id == item_id else row
            for row in self._rows.values()
        ]
        self._rows.set_values(rows)

    def choose(self, item_id: str) -> None:
        """Make a row current without telling."""
        self._current = item_id
        for place, row in enumerate(self._rows.values()):
            if isinstance(row, SideItem) and row.id == item_id:
                self.setCurrentIndex(self._rows.index(place))
                return
        self.setCurrentIndex(QModelIndex())

    def current(self) -> str:
        """The id of the current row, empty if there is none."""
        return self._current

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self._rows.value(index.row())
        if isinstance(row, SideItem):
            self._go(row)

    def _go(self, row: SideItem) -> None:
        if not row.is_action:
            self._current = row.id
        self.choose(self._current)
        self.chosen.emit(row.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        index = self.currentIndex()
        if not index.isValid():
            return
        row = self._rows.value(index.row())
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if isinstance(row, SideItem) and (is_enter or (index.row() != before and not row.is_action)):
            self._go(row)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        height = sum(_row_height(row, place, theme) for place, row in enumerate(self._rows.values()))
        return QSize(theme.size.side_list, height + theme.px(16))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(120), current_theme().px(56))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()


def _words(row: _Row) -> str:
    if isinstance(row, str):
        return row
    return row.text if row.count is None else f"{row.text} {count_text(row.count)}"


def count_text(count: int) -> str:
    """A count as a side list shows it."""
    return str(count) if count <= _MOST else f"{_MOST}+"


def _row_height(row: _Row, place: int, theme: Theme) -> int:
    if isinstance(row, SideItem):
        return theme.row.side_list + (theme.px(12) if row.is_action else 0)
    return theme.px(28) + (theme.px(6) if place else 0)


class _SideDelegate(QStyledItemDelegate):
    """Paints captions and rows."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: _Row = index.data(Qt.ItemDataRole.UserRole)
        return QSize(0, _row_height(row, index.row(), current_theme()))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, row = current_theme(), index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect)
        if isinstance(row, str):
            room = QRectF(box.left() + theme.px(16), box.bottom() - theme.px(28), box.width(), theme.px(28))
            paint_text(painter, room, row, theme.font("caption"), theme.base.text_muted)
        elif row.is_action:
            self._paint_action(painter, theme, box.adjusted(0, theme.px(12), 0, 0), option, row)
        else:
            self._paint_item(painter, theme, box, option, row)

    def _paint_action(
        self, painter: QPainter, theme: Theme, box: QRectF, option: QStyleOptionViewItem, row: SideItem
    ) -> None:
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.base.hover)
        side = theme.px(14)
        icon = QRectF(box.left() + theme.px(16), round(box.center().y() - side / 2), side, side)
        paint_icon(painter, icon, row.icon or "plus", theme.base.text_muted)
        room = box.adjusted(theme.px(36), 0, -theme.px(8), 0)
        paint_text(painter, room, row.text, theme.font("body"), theme.base.text_secondary)

    def _paint_item(
        self, painter: QPainter, theme: Theme, box: QRectF, option: QStyleOptionViewItem, row: SideItem
    ) -> None:
        base = theme.base
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.fillRect(box, base.selection)
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), base.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, base.hover)
        right = box.right() - theme.px(12)
        if row.count is not None:
            right = self._paint_count(painter, theme, box, right, row, is_current=is_current) - theme.px(8)
        left = box.left() + theme.px(16)
        if row.icon:
            side = theme.icon.row
            icon = QRectF(left, round(box.center().y() - side / 2), side, side)
            paint_icon(painter, icon, row.icon, base.text_secondary)
            left = icon.right() + theme.px(8)
        room = QRectF(left, box.top(), right - left, box.height())
        paint_text(painter, room, row.text, theme.font("body", bold=is_current), base.text, LEFT)

    def _paint_count(
        self, painter: QPainter, theme: Theme, box: QRectF, right: float, row: SideItem, *, is_current: bool
    ) -> float:
        """Paint the count and its mark; returns where they begin."""
        words = count_text(row.count or 0)
        tone = row.tone if row.count else None
        bold = row.is_strong or tone is not None
        font = theme.font("body", bold=bold)
        width = QFontMetricsF(font).horizontalAdvance(words)
        plain = theme.base.text if is_current or row.is_strong else theme.base.text_muted
        ink = theme.status(tone).text if tone else plain
        room = QRectF(right - width - 1, box.top(), width + 1, box.height())
        paint_text(painter, room, words, font, ink, RIGHT)
        if tone is None:
            return room.left()
        side = theme.px(11)
        mark = QRectF(room.left() - theme.px(5) - side, round(box.center().y() - side / 2), side, side)
        paint_shape(painter, mark, _SHAPES.get(tone, Shape.DOT), theme.status(tone).shape)
        return mark.left()
