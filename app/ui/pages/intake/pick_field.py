"""A field to search in, with what was found in rows under it."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.pages.intake.found_rows import Found, FoundRows
from app.ui.theme.layouts import column
from app.ui.widgets.fields import SearchField

_T = TypeVar("_T")
SEARCH_AFTER_MS = 60
"""A quick typist's keystrokes are searched for as one."""


class PickField(QWidget, Generic[_T]):
    """``searched`` asks for what is typed to be looked up; :meth:`offer` shows it; ``picked`` tells which was taken.

    Down and Up move in the rows, Enter takes the current one; the text stays as it was typed.
    """

    typed = Signal(str)
    """At every keystroke."""
    searched = Signal(str)
    """Once the typing pauses, and again by Down over no rows."""
    picked = Signal(object)
    current_changed = Signal(object)
    entered = Signal()
    """Enter was pressed with nothing to take."""

    def __init__(self, line: SearchField, rows: FoundRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.rows = line, rows
        self._values: list[_T] = []
        self._is_stale = self._is_awaited = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_AFTER_MS)
        self._pause.timeout.connect(self._on_pause)
        line.textEdited.connect(self._on_edited)
        line.installEventFilter(self)
        rows.picked.connect(self._take)
        rows.current_changed.connect(self._on_current)
        self.setFocusProxy(line)
        column(line, rows, gap=4, parent=self)

    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show a text without searching for it; the place of the cursor stays where it can."""
        if text != self.line.text():
            self.line.setText(text)

    def offer(self, values: Sequence[_T], rows: Sequence[Found]) -> None:
        """Show what was found; nothing closes the rows. The only one is taken at once if Enter was pressed already."""
        is_awaited, self._is_awaited, self._is_stale = self._is_awaited, False, False
        self._values = list(values)
        self.rows.set_rows(rows)
        if is_awaited and len(self._values) == 1:
            self._take(0)
        elif is_awaited and not self._values:
            self.entered.emit()

    def offered(self) -> Sequence[_T]:
        """What can be taken now."""
        return self._values if self.is_open() else ()

    def is_open(self) -> bool:
        """Whether rows are shown."""
        return not self.rows.isHidden()

    def search_and_take(self) -> None:
        """Search for what stands in the field; the only thing found is taken at once."""
        self._is_stale = self._is_awaited = True
        self._pause.stop()
        self._on_pause()

    def is_searching(self) -> bool:
        """Whether what stands in the field is not what the rows are of: they must not be taken for it."""
        return self._is_stale

    def close_rows(self) -> None:
        """Put the rows away."""
        self._pause.stop()
        self._is_awaited = False
        self.offer((), ())

    def _on_edited(self, text: str) -> None:
        self.typed.emit(text)
        self._is_stale, self._is_awaited = True, False
        self._pause.start()

    def _on_pause(self) -> None:
        self.searched.emit(self.line.text())

    def _on_current(self, place: int) -> None:
        if 0 <= place < len(self._values):
            self.current_changed.emit(self._values[place])

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._values):
            value = self._values[place]
            self.close_rows()
            self.picked.emit(value)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, step = event.key(), {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            if self.is_open():
                self.rows.go_to(self.rows.current() + step)
            elif step > 0:
                self.searched.emit(self.line.text())
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
            return True
        return False

    def _on_enter(self) -> None:
        if self._is_stale:
            self._is_awaited = True
            if self._pause.isActive():
                self._pause.stop()
                self._on_pause()
        elif self.is_open():
            self._take(self.rows.current())
        else:
            self.entered.emit()
