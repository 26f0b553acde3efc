"""Looks up what is typed into the fields for places and categories."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.store.queries.intake_choices import PlaceHit, find_categories, find_places
from app.ui.desk import Desk
from app.ui.pages.intake.call import Call
from app.ui.pages.intake.caller_panel import CallerPanel
from app.ui.pages.intake.order_form import OrderForm
from app.ui.pages.intake.pick_field import PickField

SEARCHED = 200
"""Characters of what is typed that are looked for."""
CATEGORIES_SHOWN = 8


class Finding(QObject):
    """Reads for the form and the caller's panel; what comes after the typing has gone on is not shown."""

    def __init__(self, desk: Desk, call: Call, form: OrderForm, caller: CallerPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._call, self._form, self._caller = desk, call, form, caller
        form.place_searched.connect(self._on_place)
        form.category_searched.connect(self._on_category)
        caller.unit_searched.connect(self._on_unit)

    def _on_place(self, text: str) -> None:
        self._find_places(text, self._form.place, self._form.offer_places, "intake.places")

    def _on_unit(self, text: str) -> None:
        self._find_places(text, self._caller.unit, self._caller.offer_units, "intake.units")

    def _find_places(
        self, text: str, field: PickField[PlaceHit], offer: Callable[[Sequence[PlaceHit]], object], latest: str
    ) -> None:
        wanted = text.strip()[:SEARCHED]
        if not wanted:
            field.close_rows()
            return

        def show(found: Sequence[PlaceHit]) -> None:
            if field.text() == text:
                offer(found)

        site_id = self._call.entry.site_id or self._desk.site_id
        self._desk.read(find_places, wanted, site_id, self._desk.person.streams, done=show, latest=latest)

    def _on_category(self, text: str) -> None:
        wanted = text.strip()[:SEARCHED]
        if not wanted:
            self._form.offer_categories(self._call.choices)
            return

        def show(ids: Sequence[str]) -> None:
            by_id = {choice.id: choice for choice in self._call.choices}
            if self._form.category.text() == text:
                self._form.offer_categories([by_id[row_id] for row_id in ids if row_id in by_id])

        streams = self._desk.person.streams
        self._desk.read(find_categories, wanted, streams, CATEGORIES_SHOWN, done=show, latest="intake.categories")
