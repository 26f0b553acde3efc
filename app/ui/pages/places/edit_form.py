"""Correcting a unit, a common place or an asset: only what was changed is sent."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from typing_extensions import override

from app.domain.work_orders import LINE_LIMIT
from app.ui.theme.layouts import column
from app.ui.widgets.bars import PaneFooter
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import LineEdit
from app.ui.widgets.grounds import Ground
from app.ui.widgets.texts import Text


class FormField(NamedTuple):
    """A field: its name in the command, its label, its value now; with choices (value, words) a list of them."""

    name: str
    label: str
    value: str
    choices: Sequence[tuple[str, str]] = ()
    limit: int = LINE_LIMIT
    """Characters."""


class PlaceForm(Ground):
    """Labels over fields; Ctrl Enter keeps, Esc leaves."""

    kept = Signal(object, object)
    """What was changed (name → value), and what these fields held before."""
    left = Signal()

    def __init__(self, title: str, fields: Sequence[FormField], parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._fields = fields
        self._inputs: dict[str, QLineEdit | QComboBox] = {field.name: _input(field) for field in fields}
        rows = []
        for field in fields:
            made = QWidget()
            column(Text(field.label, "caption", token="text_muted"), self._inputs[field.name], gap=4, parent=made)
            rows.append(made)
        keep = Button(self.tr("Save"), role="primary", key="Ctrl Enter", size="main")
        keep.clicked.connect(self._on_keep)
        leave = Button(self.tr("Cancel"), key="Esc", size="main")
        leave.clicked.connect(self.left)
        body = column(Text(title, "title", bold=True), *rows, None, gap=12, margins=16)
        column((body, 1), PaneFooter(keep, leave, None), gap=0, parent=self)

    def take_focus(self) -> None:
        """Start with the first field."""
        first = self._inputs[self._fields[0].name]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def values(self) -> Mapping[str, str]:
        """What the fields hold now."""
        return {name: _value(given) for name, given in self._inputs.items()}

    def _on_keep(self) -> None:
        before = {field.name: field.value for field in self._fields}
        changed: dict[str, Any] = {name: value for name, value in self.values().items() if value != before[name]}
        if changed:
            self.kept.emit(changed, {name: before[name] for name in changed})
        else:
            self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _input(field: FormField) -> QLineEdit | QComboBox:
    if not field.choices:
        line = LineEdit(field.value, limit=field.limit)
        line.setAccessibleName(field.label)
        return line
    box = QComboBox()
    box.setAccessibleName(field.label)
    for value, words in field.choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(field.value)))
    return box


def _value(given: QLineEdit | QComboBox) -> str:
    return given.text().strip() if isinstance(given, QLineEdit) else str(given.currentData())
