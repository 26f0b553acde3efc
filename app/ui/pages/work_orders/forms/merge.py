"""The form that merges one order, or several, into another of the same site."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from typing_extensions import override

from app.commands.command import Command
from app.commands.steps import CancelWorkOrder
from app.domain.numbers import short_number
from app.domain.work_orders import CancelReason, State
from app.store.queries.crews import MergeChoice, Stand
from app.ui.pages.work_orders.forms.form import OrderForm
from app.ui.pages.work_orders.forms.pick_list import Pick, PickList
from app.ui.pages.work_orders.phrasing import state_text
from app.ui.widgets.fields import Field


class MergeForm(OrderForm):
    """Which order is kept; the others are cancelled as its doubles, and their callers are told of the one kept."""

    def __init__(self, stands: Sequence[Stand], year: int, choices: Sequence[MergeChoice]) -> None:
        super().__init__(stands, year)
        self._choices = {choice.id: choice for choice in choices}
        self._list = PickList(self._answers, placeholder=self.tr("Number, place or words"), is_single=True)
        self._list.set_picks([self._pick(choice) for choice in choices])
        self._list.picked.connect(self._on_main)
        self._list.changed.connect(self._on_changed)
        hint = "" if choices else self.tr("No open order of the same place or category.")
        self._field = Field(self.tr("Keep this one"), self._list, hint=hint)
        self.put(self._field)
        self.set_title(self.tr("Merge"))

    def _answers(self, pick_id: str, typed: str) -> bool:
        choice, wanted = self._choices[pick_id], typed.strip().lower()
        return any(wanted in part.lower() for part in (choice.number, choice.text, choice.place))

    def _pick(self, choice: MergeChoice) -> Pick:
        number = short_number(choice.number, self._year)
        return Pick(choice.id, number, f"{choice.text} ({choice.place})", state_text(choice.state))

    def _on_changed(self) -> None:
        self._field.set_error("")

    @override
    def is_complete(self) -> bool:
        is_chosen = bool(self._list.checked())
        self._field.set_error("" if is_chosen else self.tr("Choose the order that is kept."))
        return is_chosen

    def kept_id(self) -> str:
        """The order that is kept."""
        return next(iter(self._list.checked()), "")

    @override
    def command(self, stand: Stand) -> Command:
        return CancelWorkOrder(
            work_order_id=stand.id,
            from_state=State(stand.state),
            reason=CancelReason.DUPLICATE,
            duplicate_of_id=self.kept_id(),
        )

    @override
    def done_words(self) -> str:
        return self.about(self.tr("Merged:"))

    @override
    def focus_first(self) -> None:
        self._list.search.setFocus(Qt.FocusReason.OtherFocusReason)
