"""The one table model: ids in memory, rows fetched by the page as they come into sight."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from app.ui.models.columns import CellKind, Column
from app.ui.models.list_change import MOST_STRETCHES, ListChange, moved_row, places_of, runs
from app.ui.theme.tips import plain_tip

_Row = TypeVar("_Row")
_Index = QModelIndex | QPersistentModelIndex

_WITH_HINT = "QList<QPersistentModelIndex>,QAbstractItemModel::LayoutChangeHint"
PAGE = 200
_KEPT_ROWS = 4000
ROOT = QModelIndex()
# Joined once: Qt asks for the flags of every cell it paints.
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_CHECKABLE = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable

Deliver = Callable[[Sequence[_Row]], None]
Fetch = Callable[[Sequence[str], Deliver[_Row]], None]
"""Gets the rows of some ids, on another thread, and delivers them in any order on this one."""


def row_id(row: Any) -> str:
    """The id of a row that has one."""
    return str(row.id)


class RowTable(QAbstractTableModel, Generic[_Row]):
    """Rows by id, in the order the source gave.

    ``set_ids`` takes the order; rows are asked of ``fetch`` in pages of 200 when the view first shows them, and are
    placeholders until they come. Without ``fetch``, ``set_rows`` gives all rows at once and the model sorts itself.
    Which rows are checked is kept by id, also while they are out of sight.
    """

    sort_requested = Signal(str, bool)
    """Key of the column and whether descending: the page asks its source for the ids in that order."""
    checked_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[_Row]],
        fetch: Fetch[_Row] | None = None,
        key: Callable[[_Row], str] = row_id,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns: Sequence[Column[_Row]] = tuple(columns)
        self._fetch, self._key = fetch, key
        self._ids: list[str] = []
        self._position: dict[str, int] = {}
        self._rows: dict[str, _Row] = {}
        self._asked: set[str] = set()
        self._checked: set[str] = set()
        self._order: tuple[int, bool] | None = None

    # ------------------------------------------------------------------------------------------------------- reading

    def ids(self) -> Sequence[str]:
        """The ids in the order shown."""
        return self._ids

    def id_at(self, row: int) -> str | None:
        """The id at a place."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def position(self, row_id: str) -> int | None:
        """The place of an id, if it is shown."""
        return self._position.get(row_id)

    def row(self, row_id: str) -> _Row | None:
        """The row of an id, if it has been fetched."""
        return self._rows.get(row_id)

    def row_at(self, place: int) -> _Row | None:
        """The row at a place; asks for its page and returns None while it is not here."""
        row_id = self._ids[place]
        row = self._rows.get(row_id)
        if row is None and row_id not in self._asked:
            self._ask(place)
        return row

    @override
    def rowCount(self, parent: _Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: _Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if column.kind is CellKind.CHECK:
            return self._check_data(index.row(), role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row_at(index.row())
            return "" if row is None else column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip is not None:
            row = self.row_at(index.row())
            return None if row is None else plain_tip(column.tip(row))
        if role == Qt.ItemDataRole.TextAlignmentRole and column.kind is CellKind.NUMBER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _check_data(self, place: int, role: int) -> object:
        if role == Qt.ItemDataRole.CheckStateRole:
            is_checked = self._ids[place] in self._checked
            return Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row_at(place)
            return "" if row is None else ", ".join(self._said(row))
        return None

    def _said(self, row: _Row) -> Iterator[str]:
        """The whole row in words: screen readers go through a table cell by cell."""
        for column in self.columns:
            if column.kind is not CellKind.CHECK and (words := column.text(row)):
                yield words

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title() if column.shows_title else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return column.title()
        if role == Qt.ItemDataRole.TextAlignmentRole and column.kind is CellKind.NUMBER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _CHECKABLE if self.columns[index.column()].kind is CellKind.CHECK else _PLAIN

    @override
    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or self.columns[index.column()].kind is not CellKind.CHECK:
            return False
        is_on = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        self.set_checked([self._ids[index.row()]], on=is_on)
        return True

    # ------------------------------------------------------------------------------------------------------ fetching

    def _ask(self, place: int) -> None:
        if self._fetch is None:
            return
        first = place - place % PAGE
        wanted = [row_id for row_id in self._ids[first : first + PAGE] if self._is_wanted(row_id)]
        self._asked.update(wanted)
        self._fetch(wanted, self._on_fetched)

    def _is_wanted(self, row_id: str) -> bool:
        return row_id not in self._rows and row_id not in self._asked

    def _on_fetched(self, rows: Sequence[_Row]) -> None:
        self._asked.difference_update(self._key(row) for row in rows)
        self.update(rows)

    def refresh(self, ids: Iterable[str]) -> None:
        """Ask again for those of ``ids`` that were asked for; until they come, what is known stays in sight."""
        stale = [row_id for row_id in ids if row_id in self._rows or row_id in self._asked]
        if stale and self._fetch is not None:
            self._fetch(stale, self._on_fetched)

    def _forget(self) -> None:
        """Keep what was fetched last, some thousands of rows."""
        for row_id in list(self._rows)[: max(len(self._rows) - _KEPT_ROWS, 0)]:
            del self._rows[row_id]

    # ------------------------------------------------------------------------------------------------------ changing

    def update(self, rows: Sequence[_Row], gone: Iterable[str] = ()) -> None:
        """Take in rows that changed or came, and take out those that are ``gone``; places stay as they are.

        A row that is not among the ids is not shown: whether it belongs here is for the page's query to say.
        """
        places = []
        for row in rows:
            row_id = self._key(row)
            if row_id in self._position:
                self._rows.pop(row_id, None)
                self._rows[row_id] = row
                places.append(self._position[row_id])
        for first, last in runs(sorted(places)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        leaving = set(gone) & self._position.keys()
        if leaving:
            self._remove(leaving)
        self._forget_when_sourced()

    def _forget_when_sourced(self) -> None:
        if self._fetch is not None:
            self._forget()

    def set_rows(self, rows: Sequence[_Row]) -> None:
        """Show exactly these rows; without a source, in the order the person sorted them."""
        for row in rows:
            self._rows[self._key(row)] = row
        ids = [self._key(row) for row in (self._sorted(rows) if self._fetch is None else rows)]
        known = [row_id for row_id in ids if row_id in self._position]
        self.set_ids(ids)
        self.update([self._rows[row_id] for row_id in known])

    def set_ids(self, ids: Sequence[str]) -> None:
        """Show exactly these ids in this order.

        Where old and new are near, rows are taken out, moved and put in, so that place, current row and checks stay;
        else the model is reset, and the view puts its current row back by id.
        """
        wanted = list(ids)
        if wanted == self._ids:
            return
        places = places_of(wanted)
        if len(places) != len(wanted):
            wanted = list(places)
            places = places_of(wanted)
        if wanted == self._ids:
            return
        change = ListChange(self._ids, wanted, self._position, places)
        lost = self._checked - places.keys()
        self._checked -= lost
        self._asked &= places.keys()
        self._rows = {row_id: row for row_id, row in self._rows.items() if row_id in places}
        if change.is_near:
            self._position = places
            self._come_near(change, wanted)
        else:
            self._reset(wanted, places)
        if lost:
            self.checked_changed.emit()

    def _reset(self, ids: list[str], places: dict[str, int]) -> None:
        self.beginResetModel()
        self._ids, self._position = ids, places
        self._asked.clear()
        self.endResetModel()

    def _come_near(self, change: ListChange, wanted: list[str]) -> None:
        """Take out, reorder, put in; places are those of the end already."""
        for first, last in reversed(change.leaving):
            self.beginRemoveRows(ROOT, first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()
        kept = [row_id for first, last in change.staying() for row_id in wanted[first : last + 1]]
        if (move := moved_row(self._ids, kept)) is not None:
            self._move_row(*move)
        else:
            self._reorder(kept)
        for first, last in change.coming:
            self.beginInsertRows(ROOT, first, last)
            self._ids[first:first] = wanted[first : last + 1]
            self.endInsertRows()

    def _move_row(self, place: int, to: int) -> None:
        """Move one row; Qt names the row before which it comes, as places are before the move."""
        self.beginMoveRows(ROOT, place, place, ROOT, to + 1 if to > place else to)
        self._ids.insert(to, self._ids.pop(place))
        self.endMoveRows()

    def _remove(self, leaving: Iterable[str]) -> None:
        gone = set(leaving)
        self.set_ids([row_id for row_id in self._ids if row_id not in gone])

    def _reorder(self, kept: list[str]) -> None:
        if kept == self._ids:
            return
        # Of rows alone: told of columns too, a header would size them anew, and take that for somebody's wish.
        rows = QAbstractItemModel.LayoutChangeHint.VerticalSortHint
        self.layoutAboutToBeChanged[_WITH_HINT].emit([], rows)  # type: ignore[index]  # the stub lacks it
        before = self.persistentIndexList()
        held = [(index, self._ids[index.row()]) for index in before]
        self._ids = kept
        places = places_of(kept) if held else {}
        after = [self.index(places[row_id], index.column()) for index, row_id in held]
        self.changePersistentIndexList(before, after)
        self.layoutChanged[_WITH_HINT].emit([], rows)  # type: ignore[index]  # the stub lacks it

    # ------------------------------------------------------------------------------------------------------- sorting

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column: here if all rows are here, else by asking the source."""
        if not 0 <= column < len(self.columns) or not self.columns[column].is_sortable:
            return
        is_descending = order is Qt.SortOrder.DescendingOrder
        self._order = (column, is_descending)
        if self._fetch is not None:
            self.sort_requested.emit(self.columns[column].key, is_descending)
            return
        self.set_ids([self._key(row) for row in self._sorted([self._rows[row_id] for row_id in self._ids])])

    def _sorted(self, rows: Sequence[_Row]) -> Sequence[_Row]:
        if self._order is None:
            return rows
        column, is_descending = self.columns[self._order[0]], self._order[1]
        return sorted(rows, key=column.sort_key or column.text, reverse=is_descending)

    # ------------------------------------------------------------------------------------------------------ checking

    def checked(self) -> list[str]:
        """The ids that are checked, in the order shown."""
        return sorted(self._checked, key=self._position.__getitem__)

    def is_checked(self, row_id: str) -> bool:
        """Whether a row is checked."""
        return row_id in self._checked

    def set_checked(self, ids: Iterable[str], *, on: bool = True) -> None:
        """Check some rows, or take the checks away."""
        found = set(ids) & self._position.keys()
        changed = found - self._checked if on else found & self._checked
        if changed:
            self._checked ^= changed
            self._tell_checks(changed)

    def toggle(self, row_id: str) -> None:
        """Check a row, or take the check away."""
        self.set_checked([row_id], on=row_id not in self._checked)

    def check_all(self) -> None:
        """Check every row of the filter, in sight or not."""
        self.set_checked(self._ids)

    def check_none(self) -> None:
        """Take all checks away."""
        self.set_checked(list(self._checked), on=False)

    def check_state(self) -> Qt.CheckState:
        """What the box in the header shows."""
        if not self._checked:
            return Qt.CheckState.Unchecked
        is_all = len(self._checked) == len(self._ids)
        return Qt.CheckState.Checked if is_all else Qt.CheckState.PartiallyChecked

    def _tell_checks(self, changed: set[str]) -> None:
        places = sorted(self._position[row_id] for row_id in changed)
        for first, last in runs(places) if len(places) < MOST_STRETCHES else [(places[0], places[-1])]:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self.checked_changed.emit()

    # ----------------------------------------------------------------------------------------------------- repainting

    def tick(self, column_key: str, first: int, last: int) -> None:
        """Say that a column's cells from ``first`` to ``last`` look different because time went by."""
        place = next(place for place, column in enumerate(self.columns) if column.key == column_key)
        last = min(last, len(self._ids) - 1)
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, place), self.index(last, place))

    def retranslate(self) -> None:
        """Say titles and cells in the language of the moment."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))
