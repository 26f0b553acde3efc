"""A list model for a few values that are painted by a delegate: filters, suggestions, results."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

_T = TypeVar("_T")
VALUE_ROLE = Qt.ItemDataRole.UserRole
"""The value itself."""


class ShortList(QAbstractListModel, Generic[_T]):
    """Values by row; ``words`` says one as text, ``is_choosable`` whether it can be chosen (a caption cannot)."""

    def __init__(
        self,
        words: Callable[[_T], str] = str,
        is_choosable: Callable[[_T], bool] = lambda _value: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._is_choosable = words, is_choosable
        self._values: list[_T] = []

    def values(self) -> Sequence[_T]:
        """All values."""
        return self._values

    def value(self, row: int) -> _T:
        """The value of a row."""
        return self._values[row]

    def set_values(self, values: Sequence[_T]) -> None:
        """Show other values; where as many as before are shown, places and selection stay as they are."""
        if len(values) != len(self._values):
            self.beginResetModel()
            self._values = list(values)
            self.endResetModel()
            return
        before, self._values = self._values, list(values)
        for row, (old, new) in enumerate(zip(before, self._values, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own
        return 0 if parent.isValid() else len(self._values)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == VALUE_ROLE:
            return self._values[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(self._values[index.row()])
        return None

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not index.isValid() or not self._is_choosable(self._values[index.row()]):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
