"""What a search found, in rows of 32 px under its field: no popup, so that nothing covers what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.ui.glyphs.keys import key_size, paint_key
from app.ui.models.short_list import VALUE_ROLE, ShortList
from app.ui.pages.intake.matching import Stretch
from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import LEFT, paint_box, paint_text, text_width
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme

ROWS_SHOWN = 8
_EDGE, _GAP = 10, 8


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a row with the letters that were typed; ``width`` is px at 100 %, 0 takes what it needs."""

    text: str
    marks: tuple[Stretch, ...] = ()
    width: int = 0
    is_bold: bool = False
    is_muted: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One row: an icon if any, parts from the left, one at the right."""

    id: str
    parts: tuple[Part, ...]
    right: Part = Part("")
    icon: str = ""

    @property
    def words(self) -> str:
        """The row as it is read out."""
        return ", ".join(part.text for part in (*self.parts, self.right) if part.text)


class FoundRows(QListView):
    """The rows; the focus stays in the field, which moves the current row and takes it by Enter."""

    picked = Signal(int)
    """The place of a row that was pressed."""
    current_changed = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = ShortList[Found](lambda found: found.words, parent=self)
        self.setModel(self._rows)
        self.setItemDelegate(_FoundDelegate(self))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.clicked.connect(lambda index: self.picked.emit(index.row()))
        self.hide()

    def set_rows(self, rows: Sequence[Found]) -> None:
        """Show other rows, the first of them current; none takes no room."""
        self._rows.set_values(rows)
        self.scrollToTop()
        self.go_to(0)
        self.setVisible(bool(rows))
        self.updateGeometry()

    def rows(self) -> Sequence[Found]:
        """What is shown."""
        return self._rows.values()

    def current(self) -> int:
        """The place of the current row; -1 when there is none."""
        return self.currentIndex().row()

    def go_to(self, place: int) -> None:
        """Make a row current, the last or the first beyond the ends."""
        if self._rows.values():
            index = self._rows.index(max(0, min(place, len(self._rows.values()) - 1)))
            self.setCurrentIndex(index)
            self.current_changed.emit(index.row())

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        shown = min(len(self._rows.values()), ROWS_SHOWN)
        return QSize(theme.px(200), shown * theme.row.normal + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()


class _FoundDelegate(QStyledItemDelegate):
    """Paints a row: the current one on the selection's ground, with the key that takes it."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, current_theme().row.normal)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, box = current_theme(), QRectF(option.rect)
        found: Found = index.data(VALUE_ROLE)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.fillRect(box, theme.base.selection)
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.base.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.base.hover)
        key = "Enter" if is_current else "↓"
        right = box.right() - theme.px(_EDGE) - key_size("Enter", theme).width()
        room = key_size(key, theme).width()
        paint_key(painter, QRectF(box.right() - theme.px(_EDGE) - room, box.top(), room, box.height()), key, theme)
        right -= theme.px(_GAP)
        if found.right.text:
            width = text_width(found.right.text, theme.font("body")) + 1
            self._paint_part(painter, theme, QRectF(right - width, box.top(), width, box.height()), found.right)
            right -= width + theme.px(_GAP)
        self._paint_parts(painter, theme, QRectF(box.left(), box.top(), right - box.left(), box.height()), found)

    def _paint_parts(self, painter: QPainter, theme: Theme, box: QRectF, found: Found) -> None:
        left = box.left() + theme.px(_EDGE)
        if found.icon:
            side = theme.icon.row
            icon = QRectF(left, round(box.center().y() - side / 2), side, side)
            paint_icon(painter, icon, found.icon, theme.base.text_secondary)
            left += side + theme.px(8)
        for part in found.parts:
            room = box.right() - left
            if room <= 0:
                return
            width = theme.px(part.width) if part.width else text_width(part.text, _font(theme, part)) + 1
            self._paint_part(painter, theme, QRectF(left, box.top(), min(width, room), box.height()), part)
            left += width + theme.px(_GAP)

    def _paint_part(self, painter: QPainter, theme: Theme, box: QRectF, part: Part) -> None:
        font = _font(theme, part)
        ink = theme.base.text_muted if part.is_muted else theme.base.text
        if part.marks and text_width(part.text, font) <= box.width() + 1:
            _paint_marked(painter, theme, box, part, ink)
        else:
            paint_text(painter, box, part.text, font, ink, LEFT)


def _font(theme: Theme, part: Part) -> QFont:
    return theme.font("strong" if part.is_bold else "body", bold=part.is_bold)


def _paint_marked(painter: QPainter, theme: Theme, box: QRectF, part: Part, ink: QColor) -> None:
    """Paint the words with the marked letters bold on the warning's ground."""
    plain, bold = _font(theme, part), theme.font("strong" if part.is_bold else "body", bold=True)
    left, place = box.left(), 0
    for start, length in (*part.marks, (len(part.text), 0)):
        for text, font, is_marked in (
            (part.text[place:start], plain, False),
            (part.text[start : start + length], bold, True),
        ):
            if not text:
                continue
            width = text_width(text, font)
            room = QRectF(left, box.top(), width + 1, box.height())
            if is_marked:
                ground = QRectF(left, box.center().y() - theme.px(9), width, theme.px(18))
                paint_box(painter, ground, fill=theme.status("warning").fill, radius=theme.radius.cell)
            paint_text(painter, room, text, font, theme.base.text if is_marked else ink, LEFT)
            left += width
        place = start + length
