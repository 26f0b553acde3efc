"""Forms that choose who goes: a crew in place of the one before, or one more person."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from typing_extensions import override

from app.commands.command import Command
from app.commands.crews import AddToCrew, AssignWorkOrder
from app.store.queries.crews import Candidate, Stand
from app.ui.pages.work_orders.forms.form import OrderForm
from app.ui.pages.work_orders.forms.pick_list import Pick, PickList
from app.ui.translation import listed_here, say_here, spoken
from app.ui.widgets.fields import Field


class AssignForm(OrderForm):
    """Who goes: one or several people, or an outside firm."""

    def __init__(
        self, stands: Sequence[Stand], year: int, candidates: Sequence[Candidate], *, is_adding: bool = False
    ) -> None:
        super().__init__(stands, year)
        self._is_adding = is_adding
        there = {one for stand in stands for one in stand.crew} if is_adding else set()
        self._candidates = {
            one.id: one for one in candidates if one.id not in there and (one.staff_id or not is_adding)
        }
        placeholder = self.tr("Name, pinyin, initials or trade")
        self._list = PickList(self._answers, placeholder=placeholder, is_single=is_adding)
        self._list.set_picks([self._pick(one) for one in self._candidates.values()])
        self._list.picked.connect(self._on_main)
        self._list.changed.connect(self._on_changed)
        self._field = Field(self.tr("Who goes"), self._list)
        self.put(self._field)
        self.set_title(self.tr("Add a person") if is_adding else self.tr("Assign"), self._main_words())

    def _answers(self, pick_id: str, typed: str) -> bool:
        return self._candidates[pick_id].answers_to(typed)

    def _pick(self, one: Candidate) -> Pick:
        busy = self.tr("%n open", None, one.open_orders)
        detail = spoken(one.detail) if one.staff_id else self.tr("outside firm")
        return Pick(one.id, spoken(one.name), detail, busy)

    def _main_words(self) -> str:
        return self.tr("Add") if self._is_adding else self.tr("Assign")

    def _on_changed(self) -> None:
        self._field.set_error("")

    def _chosen(self) -> list[Candidate]:
        return [self._candidates[row_id] for row_id in self._list.checked()]

    @override
    def is_complete(self) -> bool:
        chosen = self._chosen()
        firms = [one for one in chosen if one.staff_id is None]
        if not chosen:
            self._field.set_error(say_here("assignee_missing"))
        elif len(firms) > 1:
            self._field.set_error(self.tr("One outside firm at a time."))
        else:
            return True
        return False

    @override
    def command(self, stand: Stand) -> Command:
        chosen = self._chosen()
        if self._is_adding:
            return AddToCrew(work_order_id=stand.id, staff_id=chosen[0].id)
        staff = tuple(one.staff_id for one in chosen if one.staff_id is not None)
        firm = next((one.supplier_id for one in chosen if one.staff_id is None), None)
        return AssignWorkOrder(work_order_id=stand.id, staff_ids=staff, supplier_id=firm, seen_crew=stand.crew)

    @override
    def done_words(self) -> str:
        names = listed_here([spoken(one.name) for one in self._chosen()])
        count = len(self.stands)
        if count == 1:
            return self.about(self.tr("Sent {names}:").format(names=names))
        return self.tr("%n order(s) assigned to {names}", None, count).format(names=names)

    @override
    def values(self) -> Mapping[str, Any]:
        return {"checked": self._list.checked()}

    @override
    def restore(self, values: Mapping[str, Any]) -> None:
        self._list.set_checked([row_id for row_id in values["checked"] if row_id in self._candidates])

    @override
    def focus_first(self) -> None:
        self._list.search.setFocus(Qt.FocusReason.OtherFocusReason)
