"""Forms that ask why: hold, cancel, reopen; and the first answer to a complaint."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from app.commands.command import Command
from app.commands.contacts import AnswerWorkOrder
from app.commands.steps import CancelWorkOrder, HoldWorkOrder, ReopenWorkOrder, StepWorkOrder
from app.domain.work_orders import CancelReason, HoldReason, State
from app.store.queries.crews import Stand
from app.ui.pages.work_orders.forms.choices import Choices
from app.ui.pages.work_orders.forms.form import OrderForm
from app.ui.theme.style import current_theme
from app.ui.translation import say_here
from app.ui.widgets.fields import Field

_NOTE_HEIGHT = 64


def note_edit() -> QPlainTextEdit:
    """A field for a few lines of plain text; Tab goes on."""
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(current_theme().px(_NOTE_HEIGHT))
    return edit


class NoteForm(OrderForm):
    """A form with one text."""

    def __init__(self, stands: Sequence[Stand], year: int, label: str, parent: QWidget | None = None) -> None:
        super().__init__(stands, year, parent)
        self._note = note_edit()
        self._note_field = Field(label, self._note)
        self.put(self._note_field)

    def note(self) -> str:
        """What is typed."""
        return self._note.toPlainText()

    @override
    def is_complete(self) -> bool:
        return self.check_length(self._note_field, "note", self.note())

    @override
    def values(self) -> Mapping[str, Any]:
        return {"note": self.note()}

    @override
    def restore(self, values: Mapping[str, Any]) -> None:
        self._note.setPlainText(values["note"])

    @override
    def focus_first(self) -> None:
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)


class ReasonForm(OrderForm):
    """A form with a reason, which must be chosen, and a note."""

    missing_code = ""

    def __init__(self, stands: Sequence[Stand], year: int, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__(stands, year)
        self._reason, self._note = Choices(reasons), note_edit()
        self._reason_field = Field(self.tr("Reason"), self._reason)
        self._reason.chosen.connect(self._on_chosen)
        self._note_field = Field(self.tr("Note"), self._note)
        self.put(self._reason_field, self._note_field)

    def reason(self) -> str:
        """The reason chosen."""
        return self._reason.current()

    def note(self) -> str:
        """What is typed."""
        return self._note.toPlainText()

    def _on_chosen(self) -> None:
        self._reason_field.set_error("")

    @override
    def is_complete(self) -> bool:
        missing = not self.reason()
        self._reason_field.set_error(say_here(self.missing_code) if missing else "")
        return self.check_length(self._note_field, "note", self.note()) and not missing

    @override
    def values(self) -> Mapping[str, Any]:
        return {"reason": self.reason(), "note": self.note()}

    @override
    def restore(self, values: Mapping[str, Any]) -> None:
        self._reason.choose(values["reason"])
        self._note.setPlainText(values["note"])

    @override
    def focus_first(self) -> None:
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)


class HoldForm(ReasonForm):
    """What an order waits for."""

    missing_code = "hold_reason_missing"

    def __init__(self, stands: Sequence[Stand], year: int) -> None:
        super().__init__(stands, year, [(reason.value, say_here(f"hold.{reason}")) for reason in HoldReason])
        self.set_title(self.tr("Hold"))

    @override
    def command(self, stand: Stand) -> Command:
        return HoldWorkOrder(
            work_order_id=stand.id,
            from_state=State(stand.state),
            reason=HoldReason(self.reason()),
            note=self.note(),
        )

    @override
    def done_words(self) -> str:
        return self.about(self.tr("On hold:"))


class CancelForm(ReasonForm):
    """Why an order is not done at all; a double is merged, by a form that asks into which."""

    missing_code = "cancel_reason_missing"

    def __init__(self, stands: Sequence[Stand], year: int) -> None:
        reasons = [reason for reason in CancelReason if reason is not CancelReason.DUPLICATE]
        super().__init__(stands, year, [(reason.value, say_here(f"cancel.{reason}")) for reason in reasons])
        self.set_title(self.tr("Cancel"), self.tr("Cancel it"))

    @override
    def command(self, stand: Stand) -> Command:
        return CancelWorkOrder(
            work_order_id=stand.id,
            from_state=State(stand.state),
            reason=CancelReason(self.reason()),
            note=self.note(),
        )

    @override
    def done_words(self) -> str:
        return self.about(self.tr("Cancelled:"))


class ReopenForm(NoteForm):
    """Why what was done is not."""

    def __init__(self, stands: Sequence[Stand], year: int) -> None:
        super().__init__(stands, year, "")
        self._note_field.set_label(self.tr("What is still wrong"))
        self.set_title(self.tr("Reopen"))

    @override
    def command(self, stand: Stand) -> Command:
        return ReopenWorkOrder(work_order_id=stand.id, from_state=State(stand.state), note=self.note())

    @override
    def done_words(self) -> str:
        return self.about(self.tr("Reopened:"))


class AnswerForm(NoteForm):
    """The first answer to somebody who complained: it ends the response clock."""

    def __init__(self, stands: Sequence[Stand], year: int) -> None:
        super().__init__(stands, year, "")
        self._note_field.set_label(self.tr("What was answered"))
        self.set_title(self.tr("First answer"))

    @override
    def command(self, stand: Stand) -> Command:
        return AnswerWorkOrder(work_order_id=stand.id, text=self.note())

    @override
    def done_words(self) -> str:
        return self.about(self.tr("Answered:"))


class CloseAnsweredForm(NoteForm):
    """What was told to somebody who only asked something: the order is closed at once."""

    def __init__(self, stands: Sequence[Stand], year: int) -> None:
        super().__init__(stands, year, "")
        self._note_field.set_label(self.tr("What was answered"))
        self.set_title(self.tr("Close as answered"), self.tr("Close"))

    @override
    def command(self, stand: Stand) -> Command:
        return StepWorkOrder(work_order_id=stand.id, from_state=State(stand.state), to=State.CLOSED, note=self.note())

    @override
    def done_words(self) -> str:
        return self.about(self.tr("Closed:"))
