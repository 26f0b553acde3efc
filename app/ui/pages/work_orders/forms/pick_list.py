"""A list to pick from by typing: a field, and under it rows that can be checked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
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

from app.ui.models.short_list import VALUE_ROLE, ShortList
from app.ui.theme.layouts import column
from app.ui.theme.painting import RIGHT, paint_box, paint_check_mark, paint_text, text_width
from app.ui.theme.style import current_theme
from app.ui.widgets.fields import SearchField

_ROW = 32
_ROWS_SHOWN = 11


@dataclass(frozen=True, slots=True)
class Pick:
    """A row: its words, muted words after them, a muted remark at the right."""

    id: str
    text: str
    detail: str = ""
    remark: str = ""
    is_checked: bool = False


def _words(pick: Pick) -> str:
    return ", ".join(part for part in (pick.text, pick.detail, pick.remark) if part)


class PickList(QWidget):
    """Type to narrow, Down to go on to the rows, Space to check, Enter to pick and be done."""

    picked = Signal()
    """Enter: what is checked, or the first row, is meant."""
    changed = Signal()

    def __init__(
        self,
        answers: Callable[[str, str], bool],
        *,
        placeholder: str,
        is_single: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``answers(id, typed)`` says whether a row may be meant by what is typed."""
        super().__init__(parent)
        self._answers, self._is_single = answers, is_single
        self._picks: list[Pick] = []
        self._checked: list[str] = []
        self.search = SearchField(placeholder)
        self.search.textChanged.connect(self._narrow)
        self.search.left_by_key.connect(self._on_left)
        self.search.installEventFilter(self)
        self._rows = ShortList[Pick](_words, parent=self)
        self._view = QListView()
        self._view.setModel(self._rows)
        self._view.setItemDelegate(_PickDelegate(self._view))
        self._view.setFrameShape(QFrame.Shape.StyledPanel)
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setMouseTracking(True)
        self._view.setAccessibleName(placeholder)
        self._view.clicked.connect(self._on_clicked)
        self._view.installEventFilter(self)
        column(self.search, self._view, gap=6, parent=self)
        self.setFocusProxy(self.search)

    def set_picks(self, picks: Sequence[Pick]) -> None:
        """Offer other rows; those checked stay so if they are still there."""
        self._picks = list(picks)
        ids = {pick.id for pick in picks}
        self._checked = [pick_id for pick_id in self._checked if pick_id in ids]
        self._narrow()
        self._view.setFixedHeight(current_theme().px(_ROW) * min(max(len(picks), 3), _ROWS_SHOWN) + 2)

    def checked(self) -> list[str]:
        """The ids that are checked, in the order of checking."""
        return list(self._checked)

    def set_checked(self, ids: Sequence[str]) -> None:
        """Check exactly these."""
        self._checked = list(ids)
        self._narrow()

    def take_first(self) -> None:
        """Check the row the keys are at if nothing is checked."""
        if not self._checked and self._rows.rowCount():
            place = max(self._view.currentIndex().row(), 0)
            self._toggle(self._rows.value(place).id)

    def _narrow(self) -> None:
        typed = self.search.text()
        shown = [pick for pick in self._picks if not typed.strip() or self._answers(pick.id, typed)]
        current = self._view.currentIndex().row()
        self._rows.set_values([_checked(pick, pick.id in self._checked) for pick in shown])
        if shown:
            self._view.setCurrentIndex(self._rows.index(min(max(current, 0), len(shown) - 1) if not typed else 0))

    def _toggle(self, pick_id: str) -> None:
        if pick_id in self._checked:
            self._checked.remove(pick_id)
        elif self._is_single:
            self._checked = [pick_id]
        else:
            self._checked.append(pick_id)
        place = self._view.currentIndex().row()
        self._narrow()
        self._view.setCurrentIndex(self._rows.index(min(place, self._rows.rowCount() - 1)))
        self.changed.emit()

    def _on_clicked(self, index: QModelIndex) -> None:
        self._toggle(self._rows.value(index.row()).id)

    def _on_left(self) -> None:
        """Down, or Enter, in the field."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if is_enter:
            self.take_first()
            self.picked.emit()
            return True
        if watched is self._view and event.key() == Qt.Key.Key_Space and self._view.currentIndex().isValid():
            self._toggle(self._rows.value(self._view.currentIndex().row()).id)
            return True
        if watched is self._view and event.text().isprintable() and event.text().strip() and not event.modifiers():
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            self.search.insert(event.text())
            return True
        return False


def _checked(pick: Pick, is_checked: bool) -> Pick:  # a value, not a switch
    return Pick(pick.id, pick.text, pick.detail, pick.remark, is_checked)


class _PickDelegate(QStyledItemDelegate):
    """Paints a check box, bold words, muted words, and a remark at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, current_theme().px(_ROW))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, box = current_theme(), QRectF(option.rect)
        base = theme.base
        pick: Pick = index.data(VALUE_ROLE)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, base.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, base.hover)
        side = theme.px(16)
        check = QRectF(box.left() + theme.px(8), round(box.center().y() - side / 2), side, side)
        if pick.is_checked:
            paint_box(painter, check, fill=base.accent, radius=3)
            paint_check_mark(painter, check, base.accent_text)
        else:
            paint_box(painter, check, fill=base.surface, line=base.border_strong, radius=3)
        right = box.right() - theme.px(8)
        if pick.remark:
            width = text_width(pick.remark, theme.font("caption")) + 1
            room = QRectF(right - width, box.top(), width, box.height())
            paint_text(painter, room, pick.remark, theme.font("caption"), base.text_muted, RIGHT)
            right = room.left() - theme.px(8)
        left = check.right() + theme.px(8)
        room = QRectF(left, box.top(), right - left, box.height())
        left += paint_text(painter, room, pick.text, theme.font("body", bold=True), base.text) + theme.px(8)
        if pick.detail and left < right - theme.px(24):
            room = QRectF(left, box.top(), right - left, box.height())
            paint_text(painter, room, pick.detail, theme.font("caption"), base.text_secondary)
