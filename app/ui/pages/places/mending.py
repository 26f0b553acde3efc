"""Lines of fields that open in the pane of a resident: a telephone, a flag."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from app.commands.residents import ExemptionKind
from app.ui.pages.places.wording import read_day
from app.ui.theme.layouts import column, row
from app.ui.translation import say_here
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import LineEdit


class _Form(QWidget):
    """Fields over a button; Enter keeps, Esc leaves."""

    ended = Signal()
    """Closed by the person: the keyboard must go on somewhere."""

    def __init__(self, *fields: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keep, self._leave = Button(role="primary", key="Enter"), Button(key="Esc")
        self._keep.clicked.connect(self.keep)
        self._leave.clicked.connect(self.end)
        column(*fields, row(self._keep, self._leave, None), gap=6, margins=(0, 4, 0, 4), parent=self)
        self.hide()
        self.retranslate()

    def keep(self) -> None:
        """Tell what was typed, if it will do."""

    def end(self) -> None:
        """Close."""
        self.ended.emit()
        self.hide()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._keep.setText(self.tr("Save"))
        self._leave.setText(self.tr("Cancel"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()


class PhoneForm(_Form):
    """A number, and what is to be known of it ("home, after six")."""

    kept = Signal(str, str)
    """Number and label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.number, self.label = LineEdit(), LineEdit()
        super().__init__(self.number, self.label, parent=parent)

    def open(self, digits: str, label: str) -> None:
        """Ask for a number, beginning with what it is now."""
        self.number.setText(digits)
        self.label.setText(label)
        self.show()
        self.number.selectAll()
        self.number.setFocus()

    @override
    def keep(self) -> None:
        if number := self.number.text().strip():
            self.end()
            self.kept.emit(number, self.label.text().strip())

    @override
    def retranslate(self) -> None:
        super().retranslate()
        for field, name, hint in (
            (self.number, self.tr("Telephone"), self.tr("Number")),
            (self.label, self.tr("What is to be known of it"), self.tr("such as: home, after six")),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)


class FlagForm(_Form):
    """What kind, what is to be known, until when."""

    kept = Signal(str, str, object)
    """Kind, note, and the last day or ``None``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.kind, self.note, self.until = QComboBox(), LineEdit(), LineEdit()
        self.until.textChanged.connect(self._on_until)
        super().__init__(self.kind, self.note, self.until, parent=parent)

    def open(self) -> None:
        """Ask for a new flag."""
        self.note.clear()
        self.until.clear()
        self.show()
        self.kind.setFocus()

    @override
    def keep(self) -> None:
        typed = self.until.text().strip()
        until = read_day(typed)
        if typed and until is None:
            self._mark_until(is_wrong=True)
            self.until.setFocus()
            return
        self.end()
        self.kept.emit(self.kind.currentData(), self.note.text().strip(), until)

    def _on_until(self) -> None:
        self._mark_until(is_wrong=False)

    def _mark_until(self, *, is_wrong: bool) -> None:
        self.until.setProperty("error", is_wrong)
        self.until.setAccessibleDescription(self.tr("Type a day such as 2027-06-30") if is_wrong else "")
        self.until.update()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        chosen = max(0, self.kind.currentIndex())
        self.kind.clear()
        for kind in ExemptionKind:
            self.kind.addItem(say_here(f"exemption.{kind}"), str(kind))
        self.kind.setCurrentIndex(chosen)
        self.kind.setAccessibleName(self.tr("Needs care"))
        for field, name, hint in (
            (self.note, self.tr("Note"), self.tr("what to mind, such as: ring first")),
            (self.until, self.tr("Last day"), self.tr("until, such as 2027-06-30; may be empty")),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
