"""Editing in place: a field over a cell; Enter keeps, Tab keeps and goes on to the next cell, Esc leaves."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from typing_extensions import override

from app.domain.work_orders import LINE_LIMIT, TEXT_LIMIT, Priority
from app.store.queries.order import OrderDetail
from app.store.queries.queue_choices import QueueChoices
from app.ui.theme.style import current_theme
from app.ui.translation import spoken
from app.ui.widgets.fields import LineEdit
from app.ui.widgets.table import Table

_FIELDS = {"priority": "priority", "text": "description", "category": "category_id", "place": "place_label"}
"""Column → field of the order."""
EDITABLE = tuple(_FIELDS)
_LEAST_WIDTH = 96


class CellEdit(NamedTuple):
    """What a person made of a cell."""

    order: OrderDetail
    field: str
    value: str | None
    before: str | None


class InlineEditor(QObject):
    """Opens a field over a cell of the current row."""

    edited = Signal(object)
    """A :class:`CellEdit`, when the value is another one."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table
        self._order: OrderDetail | None = None
        self._column = ""
        self._allowed: Sequence[str] = ()
        self._field: QWidget | None = None
        self._typed: dict[tuple[str, str], str] = {}
        """Order and field → what was typed there and is not known to be kept yet."""
        self._ids: list[str] = []
        self._choices = QueueChoices((), (), ())
        table.verticalScrollBar().valueChanged.connect(self.leave)

    def is_open(self) -> bool:
        """Whether a cell is being edited."""
        return self._field is not None

    def field(self) -> QWidget | None:
        """The field that is open."""
        return self._field

    def open(self, order: OrderDetail, column: str, choices: QueueChoices, *, can_set_priority: bool) -> bool:
        """Edit a cell of ``order``; False if it is not in sight, or holds more than a line."""
        self.leave()
        self._order, self._choices = order, choices
        self._allowed = [name for name in _FIELDS if name != "priority" or can_set_priority]
        return self._open(column)

    def _open(self, column: str) -> bool:
        box = self._box(column)
        if box is None or self._order is None or column not in self._allowed:
            return False
        if column == "text" and "\n" in self._order.description:
            return False
        self._column = column
        field = self._make(column)
        field.setParent(self._table.viewport())
        field.setGeometry(box)
        field.installEventFilter(self)
        self._field = field
        field.show()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _box(self, column: str) -> QRect | None:
        if self._order is None:
            return None
        place = self._table.rows.position(self._order.id)
        sections = {one.key: section for section, one in enumerate(self._table.rows.columns)}
        if place is None or column not in sections or self._table.isColumnHidden(sections[column]):
            return None
        box = self._table.visualRect(self._table.rows.index(place, sections[column]))
        box.setWidth(max(box.width(), current_theme().px(_LEAST_WIDTH)))
        return box

    def _make(self, column: str) -> QWidget:
        before = self._before(column)
        title = next(one.title() for one in self._table.rows.columns if one.key == column)
        if column in ("text", "place"):
            line = LineEdit(
                self._typed.get(self._cell(column), before or ""), limit=TEXT_LIMIT if column == "text" else LINE_LIMIT
            )
            line.setAccessibleName(title)
            line.selectAll()
            return line
        names = self._names(column)
        combo = QComboBox()
        combo.setAccessibleName(title)
        self._ids = list(names)
        combo.addItems(list(names.values()))
        if before in self._ids:
            combo.setCurrentIndex(self._ids.index(before))
        return combo

    def _cell(self, column: str) -> tuple[str, str]:
        return (self._order.id if self._order else "", _FIELDS[column])

    def _names(self, column: str) -> Mapping[str, str]:
        if column == "priority":
            return {priority.value: priority.value for priority in Priority}
        return {node.id: f"{'    ' * node.depth}{spoken(node.name)}" for node in self._choices.categories}

    def _before(self, column: str) -> str | None:
        values = {
            "text": self._order.description if self._order else "",
            "place": self._order.place if self._order else "",
            "priority": self._order.priority if self._order else "",
            "category": self._order.category_id if self._order else None,
        }
        return values[column]

    def _value(self) -> str | None:
        if isinstance(self._field, QComboBox):
            place = self._field.currentIndex()
            return self._ids[place] if place >= 0 else None
        return self._field.text().strip() if isinstance(self._field, QLineEdit) else None

    def keep(self) -> None:
        """Keep what is typed and close."""
        if self._field is None or self._order is None:
            return
        value, before = self._value(), self._before(self._column)
        made = CellEdit(self._order, _FIELDS[self._column], value, before)
        self.leave()
        if value != before and (value or self._column == "place"):
            self._typed[made.order.id, made.field] = value or ""
            self.edited.emit(made)

    def forget(self, made: CellEdit) -> None:
        """It is kept: the next to open that cell sees what stands there."""
        self._typed.pop((made.order.id, made.field), None)

    def leave(self, _value: Any = None) -> None:
        """Close without keeping."""
        field, self._field = self._field, None
        if field is not None:
            field.removeEventFilter(self)
            field.hide()
            field.deleteLater()
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self, by: int) -> None:
        visible = [one.key for one in self._in_order() if one.key in self._allowed and self._box(one.key) is not None]
        at = visible.index(self._column) if self._column in visible else 0
        self.keep()
        if visible:
            self._open(visible[(at + by) % len(visible)])

    def _in_order(self) -> Sequence[Any]:
        header = self._table.header
        return [self._table.rows.columns[header.logicalIndex(place)] for place in range(header.count())]

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._field:
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.keep()
            elif key == Qt.Key.Key_Escape:
                self.leave()
            elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._go_on(1 if key == Qt.Key.Key_Tab else -1)
            else:
                return False
            return True
        return False
