"""The form that ends the work on an order: result, cause, minutes, three things at most."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QLineEdit
from typing_extensions import override

from app.commands.command import Command
from app.commands.steps import MINUTES_LIMIT, TakeStep
from app.domain.work_orders import State
from app.store.queries.crews import CauseChoice, Stand
from app.ui.pages.work_orders.forms.form import OrderForm
from app.ui.pages.work_orders.forms.reasons import note_edit
from app.ui.translation import spoken_path
from app.ui.widgets.fields import Field
from app.ui.widgets.texts import Text


class Finishing(NamedTuple):
    """Whose work ends, and when; ``at`` is ``None`` for now, and given when they told it on the phone."""

    staff_id: str | None
    supplier_id: str | None
    name: str
    at: datetime | None
    is_by_phone: bool
    minutes_so_far: int
    """Since they arrived."""
    arrived: str
    """That time in words, empty if they never did."""


class FinishForm(OrderForm):
    """What was done, why it broke, how long it took."""

    def __init__(
        self, stands: Sequence[Stand], year: int, finishing: Finishing, causes: Sequence[CauseChoice], when: str
    ) -> None:
        super().__init__(stands, year)
        self._finishing, self._causes = finishing, list(causes)
        self.set_title(self.tr("Done"))
        self._result, self._cause, self._minutes = note_edit(), QComboBox(), QLineEdit()
        self._minutes.setValidator(QIntValidator(0, MINUTES_LIMIT, self._minutes))
        self._minutes.setText(str(min(finishing.minutes_so_far, MINUTES_LIMIT)) if finishing.arrived else "")
        self._cause.addItem(self.tr("Choose a cause"))
        self._cause.addItems([spoken_path(cause.path) for cause in self._causes])
        self._result_field = Field(self.tr("Result *"), self._result)
        self._cause_field = Field(self.tr("Cause *"), self._cause)
        hint = self.tr("counted from {time} on site").format(time=finishing.arrived) if finishing.arrived else ""
        self._minutes_field = Field(self.tr("Minutes *"), self._minutes, hint=hint)
        if finishing.is_by_phone:
            said = self.tr("{time} {name}, told on the phone").format(time=when, name=finishing.name)
            self.put(Text(said, "caption", token="text_secondary", wrap=True))
        self.put(self._result_field)
        if self._causes:
            self.put(self._cause_field)
        self.put(self._minutes_field)
        self.put(Text(self.tr("Only these; the rest can be added later."), "caption", token="text_muted", wrap=True))
        self._result.textChanged.connect(self._on_result)
        self._cause.currentIndexChanged.connect(self._on_cause)
        self._minutes.textEdited.connect(self._on_minutes)

    def _on_result(self) -> None:
        self._result_field.set_error("")

    def _on_cause(self) -> None:
        self._cause_field.set_error("")

    def _on_minutes(self) -> None:
        self._minutes_field.set_error("")

    def _cause_id(self) -> str | None:
        place = self._cause.currentIndex() - 1
        return self._causes[place].id if place >= 0 else None

    @override
    def is_complete(self) -> bool:
        lacks_result = not self._result.toPlainText().strip()
        lacks_cause = bool(self._causes) and self._cause_id() is None
        lacks_minutes = not self._minutes.text()
        self._result_field.set_error(self.tr("Say in a few words what was done.") if lacks_result else "")
        self._cause_field.set_error(self.tr("Choose a cause; “unknown” if it is not clear.") if lacks_cause else "")
        self._minutes_field.set_error(self.tr("How many minutes of work was it?") if lacks_minutes else "")
        for lacks, control in (
            (lacks_result, self._result),
            (lacks_cause, self._cause),
            (lacks_minutes, self._minutes),
        ):
            if lacks:
                control.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return self.check_length(self._result_field, "result", self._result.toPlainText())

    @override
    def command(self, stand: Stand) -> Command:
        return TakeStep(
            work_order_id=stand.id,
            from_state=State(stand.state),
            to=State.DONE,
            staff_id=self._finishing.staff_id,
            supplier_id=self._finishing.supplier_id,
            is_by_phone=self._finishing.is_by_phone,
            happened_at=self._finishing.at,
            result=self._result.toPlainText(),
            cause_id=self._cause_id(),
            minutes=int(self._minutes.text()),
        )

    @override
    def done_words(self) -> str:
        return self.about(self.tr("Done:"))

    @override
    def values(self) -> Mapping[str, Any]:
        return {
            "result": self._result.toPlainText(),
            "cause": self._cause.currentIndex(),
            "minutes": self._minutes.text(),
        }

    @override
    def restore(self, values: Mapping[str, Any]) -> None:
        self._result.setPlainText(values["result"])
        self._cause.setCurrentIndex(values["cause"])
        self._minutes.setText(values["minutes"])

    @override
    def focus_first(self) -> None:
        self._result.setFocus(Qt.FocusReason.OtherFocusReason)
