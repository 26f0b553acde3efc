"""The residents of a unit, and adding one."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from app.commands.residents import AddResident
from app.domain.errors import OpsError
from app.domain.ids import new_id
from app.domain.permissions import Right
from app.store.queries.place_cards import UnitCard
from app.store.queries.residents import ResidentRow
from app.store.store import Done
from app.ui.desk import Desk
from app.ui.models.row_table import RowTable
from app.ui.pages.places.resident_columns import resident_columns
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.translation import say_here
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import LineEdit
from app.ui.widgets.grounds import Ground
from app.ui.widgets.table import Table
from app.ui.widgets.texts import Text

MOST_SHOWN = 6
_RELATIONS = ("owner", "tenant", "family")


class ResidentList(Ground):
    """A table as tall as its rows, under a title; adding opens one line of fields over it."""

    chosen = Signal(str)
    """The residence that was gone to."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("surface", lines="bottom", parent=parent)
        self._desk = desk
        self._card: UnitCard | None = None
        self._model: RowTable[ResidentRow] = RowTable(resident_columns(), key=lambda found: found.residence_id)
        self.table = Table(self._model, "")
        self.table.current_changed.connect(self._on_current)
        self.table.horizontalScrollBar().rangeChanged.connect(self._fit_height)
        self._nobody = Text(token="text_muted", wrap=True)
        self._nobody.setContentsMargins(16, 0, 16, 12)
        self._title, self._count = Text(size="strong", bold=True), Text(token="text_muted")
        self._add = Button(icon="plus")
        self._add.clicked.connect(self.add)
        self._name, self._phone, self._relation = LineEdit(), LineEdit(), QComboBox()
        self._keep = Button(role="primary", key="Enter")
        self._keep.clicked.connect(self._on_keep)
        for field in (self._name, self._phone):
            field.returnPressed.connect(self._on_keep)
        self._form = QWidget()
        row(
            (self._name, 2),
            (self._phone, 2),
            (self._relation, 1),
            self._keep,
            margins=(16, 0, 16, 8),
            parent=self._form,
        )
        self._form.hide()
        head = row(self._title, self._count, None, self._add, margins=(16, 8, 16, 8))
        column(head, self._form, self._nobody, self.table, gap=0, margins=(0, 0, 0, 1), parent=self)
        self.retranslate()

    def show_unit(self, card: UnitCard) -> None:
        """Show the people of a unit."""
        if self._card is None or card.id != self._card.id:
            self._form.hide()
        self._card = card
        self._model.set_rows(card.residents)
        here = sum(one.until is None for one in card.residents)
        self._count.setText(self.tr("%n person(s)", "", here))
        self._add.setVisible(self._desk.person.rights.has(Right.EDIT_PEOPLE, card.site_id))
        self._count.setVisible(card.sees_people)
        nobody = self.tr("Nobody is on record here yet.")
        self._nobody.setText(nobody if card.sees_people else self.tr("Residents are not visible to you."))
        self._nobody.setVisible(not card.residents)
        self.table.setVisible(bool(card.residents))
        self._fit_height()
        if not self.table.current_id():
            self.table.go_to_row(0)

    def add(self) -> None:
        """Open the line that enters a resident."""
        if self._card is not None and not self._add.isHidden():
            self._form.show()
            self._name.setFocus()

    def _on_keep(self) -> None:
        name = self._name.text().strip()
        if self._card is None or not name:
            self._name.setFocus()
            return
        command = AddResident(
            id=new_id(),
            site_id=self._card.site_id,
            name=name,
            phone=self._phone.text().strip(),
            unit_id=self._card.id,
            relation=self._relation.currentData(),
            since=self._desk.today().isoformat(),
        )
        words = self.tr("{name} was entered").format(name=name)
        self._form.hide()
        self._desk.do(command, words=words, done=self._on_kept, failed=self._on_refused)

    def _on_kept(self, _done: Done) -> None:
        for field in (self._name, self._phone):
            field.clear()

    def _on_refused(self, error: OpsError) -> None:
        """What was typed can be mended and kept once more."""
        self._desk.complain(error)
        self.add()

    def _on_current(self, residence_id: str) -> None:
        if residence_id:
            self.chosen.emit(residence_id)

    def _fit_height(self, *_range: int) -> None:
        theme = current_theme()
        shown = min(max(len(self._model.ids()), 1), MOST_SHOWN)
        bar = self.table.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        self.table.setFixedHeight(theme.row.header + shown * theme.row_height + 2 + below)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(self.tr("Residents"))
        self.table.setAccessibleName(self.tr("Residents"))
        self._add.setText(self.tr("Add a resident"))
        for field, words in ((self._name, self.tr("Name")), (self._phone, self.tr("Telephone"))):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
        self._keep.setText(self.tr("Save"))
        self._relation.setAccessibleName(self.tr("Relation"))
        self._relation.clear()
        for relation in _RELATIONS:
            self._relation.addItem(say_here(f"relation.{relation}"), relation)
        if self._card is not None:
            self.show_unit(self._card)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self._fit_height()
