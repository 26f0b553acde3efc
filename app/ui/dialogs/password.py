"""Changing one's password: only the server can, so it needs to be in reach."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from app.domain.errors import OpsError
from app.domain.words import say_error
from app.ui.tasks import Tasks
from app.ui.theme.layouts import column, row
from app.ui.translation import spoken_language
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import Field, PasswordField

LEAST = 8
"""Characters of a new password."""


class PasswordDialog(QDialog):
    """Old, new, new again; closes itself when the server has taken it."""

    def __init__(self, tasks: Tasks, change: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._change = tasks, change
        self.setWindowTitle(self.tr("Change my password"))
        self._controls = (PasswordField(), PasswordField(), PasswordField())
        self._old, self._new, self._again = (
            Field(self.tr("Password now"), self._controls[0]),
            Field(
                self.tr("New password"),
                self._controls[1],
                hint=self.tr("At least {count} characters").format(count=LEAST),
            ),
            Field(self.tr("New password again"), self._controls[2]),
        )
        self._keep = Button(self.tr("Change it"), role="primary", key="Enter", size="main")
        self._keep.setAutoDefault(False)  # Enter is told by the fields
        self._keep.clicked.connect(self._on_keep)
        leave = Button(self.tr("Cancel"), key="Esc", size="main")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        for control in self._controls:
            control.returnPressed.connect(self._on_enter)
        column(self._old, self._new, self._again, row(None, leave, self._keep), gap=12, margins=24, parent=self)
        self.setMinimumWidth(420)

    def _on_enter(self) -> None:
        """Go on to the next field that is empty, or change it when all are filled in."""
        empty = next((control for control in self._controls if not control.text()), None)
        if empty is None:
            self._on_keep()
        else:
            empty.setFocus()

    def _on_keep(self) -> None:
        old, new, again = (control.text() for control in self._controls)
        self._new.set_error(
            "" if len(new) >= LEAST else self.tr("Too short: at least {count} characters").format(count=LEAST)
        )
        self._again.set_error("" if new == again else self.tr("The two are not the same"))
        if len(new) < LEAST or new != again:
            return
        self._keep.setEnabled(False)  # Qt's own signature
        self._tasks.run(self._change, old, new, done=self._on_changed, failed=self._on_refused)

    def _on_changed(self, _done: None) -> None:
        self.accept()

    def _on_refused(self, error: OpsError) -> None:
        self._keep.setEnabled(True)
        self._old.set_error(say_error(error, spoken_language()))
