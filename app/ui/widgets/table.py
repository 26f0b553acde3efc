"""The table of the program: a current row, checked rows, hover, keys that an input method cannot swallow."""

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.ui.models.columns import CellKind
from app.ui.models.row_table import RowTable
from app.ui.theme.style import current_theme
from app.ui.widgets.cells import Cell, link_box, paint_cell
from app.ui.widgets.table_header import TableHeader

_Index = QModelIndex | QPersistentModelIndex


class Table(QTableView):
    """Shows a :class:`RowTable`. One row is current; any number are checked.

    A press makes a row current; with Ctrl it checks the row, with Shift all from the current one to it. Space checks
    the current row, Ctrl A all; Home and End go to the first and the last; Enter and a double press open.
    """

    current_changed = Signal(str)
    """The id of the row that is current now; empty if none is."""
    opened = Signal(str)
    link_pressed = Signal(str, str)
    """The row's id and the column's key, for a link in an empty cell."""
    menu_requested = Signal(str, QPoint)
    """The row's id and the place on the screen."""

    def __init__(self, model: RowTable[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.header = TableHeader(model, self)
        self._hovered, self._is_over_link = -1, False
        self._current = ""
        self._held: str | None = None
        self.setAccessibleName(name)
        self.setHorizontalHeader(self.header)
        self.setItemDelegate(_CellDelegate(self))
        self._set_manners()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        self.setModel(model)
        model.modelReset.connect(self._on_reset)
        model.rowsRemoved.connect(self._tell_current)
        self.customContextMenuRequested.connect(self._on_menu)
        self.header.lay_out()
        self._fit_rows()

    def _set_manners(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()

    # ------------------------------------------------------------------------------------------------------- current

    def current_id(self) -> str:
        """The id of the current row, empty if there is none."""
        return self.rows.id_at(self.currentIndex().row()) or ""

    def go_to(self, row_id: str) -> bool:
        """Make a row current and bring it into sight; False if it is not shown."""
        place = self.rows.position(row_id)
        if place is None:
            return False
        self.go_to_row(place)
        return True

    def go_to_row(self, place: int) -> None:
        """Make the row at a place current, or the nearest there is."""
        count = self.rows.rowCount()
        if not count:
            return
        index = self.rows.index(max(0, min(place, count - 1)), self.header.first_visible())
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Make the next (1) or previous (-1) row current."""
        at = self.currentIndex().row()
        self.go_to_row(at + by if at >= 0 else 0)

    def anchor(self, row_id: str) -> QRect:
        """Where a row lies in the window's coordinates, for a popover under it."""
        place = self.rows.position(row_id)
        if place is None:
            return QRect()
        top = self.rowViewportPosition(place)
        corner = self.viewport().mapTo(self.window(), QPoint(self.columnViewportPosition(self._text_section()), top))
        return QRect(corner.x(), corner.y(), self.viewport().width(), self.rowHeight(place))

    def visible_rows(self) -> range:
        """The places in sight."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return range(0)
        return range(first, (last if last >= 0 else self.rows.rowCount() - 1) + 1)

    def tick(self, column_key: str) -> None:
        """Paint the cells in sight of a column anew, because time went by."""
        seen = self.visible_rows()
        if seen:
            self.rows.tick(column_key, seen[0], seen[-1])

    def _text_section(self) -> int:
        kinds = (CellKind.TEXT, CellKind.LINK)
        found = (place for place, column in enumerate(self.rows.columns) if column.kind in kinds)
        return next((place for place in found if not self.isColumnHidden(place)), 0)

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        # Qt lets the input method in for a cell; a letter would then write pinyin instead of doing its action.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        for index in (current, previous):
            self._update_row(index.row())
        self._tell_current()

    def _tell_current(self) -> None:
        now = self.current_id()
        if now != self._current and self._held is None:
            self._current = now
            self.current_changed.emit(now)

    def _on_about_to_reset(self) -> None:
        self._held = self.current_id()
        self.scrollToTop()  # a reset while scrolled down costs ten times as much

    def _on_reset(self) -> None:
        self.executeDelayedItemsLayout()  # or everything would be painted once more when its time comes
        held, self._held = self._held, None
        if not held or not self.go_to(held):
            self._tell_current()

    # ------------------------------------------------------------------------------------------------ pointer and key

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            super().mousePressEvent(event)
            return
        row_id = self.rows.id_at(index.row()) or ""
        is_check = self.rows.columns[index.column()].kind is CellKind.CHECK
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._check_to(index.row())
        elif is_check or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.rows.toggle(row_id)
        elif self._is_link_at(index, event.position().toPoint()):
            self.go_to(row_id)
            self.link_pressed.emit(row_id, self.rows.columns[index.column()].key)
            return
        if not is_check:
            self.go_to_row(index.row())
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _check_to(self, place: int) -> None:
        at = max(self.currentIndex().row(), 0)
        first, last = sorted((at, place))
        self.rows.set_checked(self.rows.ids()[first : last + 1])

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Everything happens at the press; Qt's own release would toggle a check box once more."""
        event.accept()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.rows.columns[index.column()].kind is not CellKind.CHECK:
            self.opened.emit(self.rows.id_at(index.row()) or "")
        elif index.isValid():
            self.rows.toggle(self.rows.id_at(index.row()) or "")

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        self._hover(index.row(), is_over_link=self._is_link_at(index, place))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1, is_over_link=False)

    def _hover(self, place: int, *, is_over_link: bool) -> None:
        if (place, is_over_link) == (self._hovered, self._is_over_link):
            return
        before, self._hovered, self._is_over_link = self._hovered, place, is_over_link
        shape = Qt.CursorShape.PointingHandCursor if is_over_link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._update_row(before)
        self._update_row(place)

    def _is_link_at(self, index: QModelIndex, place: QPoint) -> bool:
        if not index.isValid():
            return False
        column = self.rows.columns[index.column()]
        row = self.rows.row(self.rows.id_at(index.row()) or "")
        if row is None or not column.calls_in(row):
            return False
        return link_box(column, QRectF(self.visualRect(index)), current_theme()).contains(place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        row_id = self.current_id()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers and row_id:
            self.opened.emit(row_id)
        elif key == Qt.Key.Key_Space and not modifiers and row_id:
            self.rows.toggle(row_id)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not modifiers:
            self.go_to_row(0 if key == Qt.Key.Key_Home else self.rows.rowCount() - 1)
        elif key == Qt.Key.Key_A and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.rows.check_all()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and modifiers == Qt.KeyboardModifier.ShiftModifier:
            at = self.currentIndex().row()
            self.step(1 if key == Qt.Key.Key_Down else -1)
            self.rows.set_checked(self.rows.id_at(place) or "" for place in (at, self.currentIndex().row()))
        else:
            super().keyPressEvent(event)

    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.go_to_row(index.row())
            self.menu_requested.emit(self.rows.id_at(index.row()) or "", self.viewport().mapToGlobal(place))

    # ------------------------------------------------------------------------------------------------------- painting

    def is_hovered(self, place: int) -> bool:
        """Whether the pointer is over the row at a place."""
        return place == self._hovered

    def is_over_link(self) -> bool:
        """Whether the pointer is over a link."""
        return self._is_over_link

    def _update_row(self, place: int) -> None:
        if 0 <= place < self.rows.rowCount():
            height = self.rowHeight(place)
            self.viewport().update(0, self.rowViewportPosition(place), self.viewport().width(), height)

    def _fit_rows(self) -> None:
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(1)
        vertical.setDefaultSectionSize(current_theme().row_height)
        vertical.setSectionResizeMode(vertical.ResizeMode.Fixed)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit_rows()
            self.header.rescale()
        elif event.type() is QEvent.Type.LanguageChange:
            self.rows.retranslate()
        elif event.type() is QEvent.Type.ActivationChange:
            self.viewport().update()


class _CellDelegate(QStyledItemDelegate):
    """Paints a cell's ground, then its contents, straight from the model's rows: no roles are asked for."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, table, place, box = current_theme(), self._table, index.row(), QRectF(option.rect)
        base, row_id = theme.base, table.rows.id_at(place) or ""
        is_current = place == table.currentIndex().row()
        is_checked = table.rows.is_checked(row_id)
        if is_current or is_checked:
            painter.fillRect(box, base.selection if table.isActiveWindow() else base.selection_inactive)
        elif table.is_hovered(place):
            painter.fillRect(box, base.hover)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), base.grid)
        if is_current and index.column() == table.header.first_visible():
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), base.accent)
        inner = box.adjusted(0, 0, 0, -1)
        column = table.rows.columns[index.column()]
        is_hovered = table.is_hovered(place) and table.is_over_link()
        paint_cell(Cell(painter, inner, theme, column, table.rows.row_at(place), is_checked, is_hovered))
