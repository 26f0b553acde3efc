"""Which fields a place has to correct, and the command that corrects them."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.command import Command
from app.commands.places import AssetFields, EditAsset, EditPlace, EditUnit, PlaceFields, UnitFields
from app.domain.work_orders import TEXT_LIMIT
from app.store.queries.place_cards import PlaceCard, UnitCard
from app.store.store import Done
from app.ui.desk import Desk
from app.ui.pages.places.edit_form import FormField, PlaceForm
from app.ui.translation import say_here

_OCCUPANCIES = ("lived_in", "vacant", "fitting_out")


class Editing(QWidget):
    """Holds the form of the place being corrected."""

    ended = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card: UnitCard | PlaceCard | None = None
        self._form: PlaceForm | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def start(self, card: UnitCard | PlaceCard) -> bool:
        """Open the form of a place; false where it has nothing to correct."""
        fields = self._unit_fields(card) if isinstance(card, UnitCard) else self._place_fields(card)
        if not fields:
            return False
        self._card = card
        self._drop()
        self._form = PlaceForm(self.tr("Edit {name}").format(name=fields[0].value), fields)
        self._form.kept.connect(self._on_kept)
        self._form.left.connect(self._on_left)
        self._box.addWidget(self._form)
        self._form.take_focus()
        return True

    def _unit_fields(self, card: UnitCard) -> list[FormField]:
        occupancies = [(value, say_here(f"occupancy.{value}")) for value in _OCCUPANCIES]
        return [
            FormField("label", say_here("field.label"), card.label),
            FormField("aliases", say_here("field.aliases"), card.aliases, limit=TEXT_LIMIT),
            FormField("layout", say_here("field.layout"), card.layout),
            FormField("occupancy", say_here("field.occupancy"), card.occupancy, occupancies),
        ]

    def _place_fields(self, card: PlaceCard) -> list[FormField]:
        if card.kind == "place":
            return [FormField("name", say_here("field.label"), card.name)]
        if card.kind == "asset":
            return [
                FormField("name", say_here("field.label"), card.name),
                FormField("code", self.tr("Code"), card.code),
                FormField("note", say_here("field.note"), card.note, limit=TEXT_LIMIT),
            ]
        return []

    def _on_kept(self, changed: dict[str, Any], before: dict[str, Any]) -> None:
        if self._card is None:
            return
        command: Command
        where = {"id": self._card.id, "site_id": self._card.site_id}
        if isinstance(self._card, UnitCard):
            command = EditUnit(**where, set=UnitFields(**changed))
        elif self._card.kind == "place":
            command = EditPlace(**where, set=PlaceFields(**changed))
        else:
            command = EditAsset(**where, set=AssetFields(**changed))
        # It stays open until it is kept: what a full disk or a rule refuses can be mended there.
        self._desk.do(command, words=self.tr("Kept"), base=before, done=partial(self._on_done, self._form))

    def _on_done(self, form: PlaceForm | None, _done: Done) -> None:
        if form is self._form:
            self._on_left()

    def _on_left(self) -> None:
        self._drop()
        self.ended.emit()

    def _drop(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
