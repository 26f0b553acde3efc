"""A caller who is on no record, or whose record is wrong: entered or mended on the spot, without leaving the call."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.domain.phones import phone_digits, spaced_phone
from app.store.queries.intake_choices import PlaceHit
from app.ui.pages.intake.found_rows import FoundRows
from app.ui.pages.intake.pick_field import PickField
from app.ui.pages.intake.rows import place_row
from app.ui.pages.intake.wording import Speaking
from app.ui.theme.layouts import column, row
from app.ui.translation import say_here
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import Field, SearchField
from app.ui.widgets.grounds import Panel
from app.ui.widgets.segments import Option, Segments
from app.ui.widgets.texts import Text

LABEL = 64
_RELATIONS = ("owner", "tenant", "family")
_LEAST_DIGITS = 3


class CallerGiven(NamedTuple):
    """What was entered of a caller."""

    name: str
    phone: str
    """Digits."""
    unit: PlaceHit | None
    relation: str


class CallerPanel(Speaking):
    """Name, telephone and home. Enter takes them for this order alone, or mends the record; Alt 2 writes a new one."""

    toggled = Signal()
    """It was shown, or put away."""
    taken = Signal(object)
    """A :class:`CallerGiven` for the order alone, or the mended record."""
    recorded = Signal(object)
    """A :class:`CallerGiven` to be kept: as a new resident, or as one more number."""
    unit_searched = Signal(str)

    def __init__(self, record_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_mending = False
        self._on_record = ""
        self._unit: PlaceHit | None = None
        self._title, self._detail = Text("", bold=True), Text("", "caption", token="text_muted")
        self.name, self.phone = QLineEdit(), QLineEdit()
        self.unit: PickField[PlaceHit] = PickField(SearchField(icon="home-check"), FoundRows(""))
        self._relation = Segments([Option(relation, "") for relation in _RELATIONS])
        self._fields = [Field("", control, label_width=LABEL) for control in (self.name, self.phone, self.unit)]
        self._take = Button("", role="primary", key="Enter", size="main")
        self._record = Button("", key=record_key, icon="user-plus", size="main")
        self._build()
        self.retranslate()

    def _build(self) -> None:
        panel = Panel()
        name, phone, unit = self._fields
        head = row(self._title, None, self._detail)
        buttons = row(self._take, self._record, None)
        column(head, name, phone, unit, row(None, self._relation), buttons, gap=8, margins=12, parent=panel)
        column(panel, gap=0, parent=self)
        self._relation.hide()
        for line in (self.name, self.phone):
            line.returnPressed.connect(self.take)
        self.unit.entered.connect(self.take)
        self.unit.typed.connect(self._on_unit_typed)
        self.unit.searched.connect(self.unit_searched)
        self.unit.picked.connect(self._on_unit)
        self._take.clicked.connect(self.take)
        self._record.clicked.connect(self.record)

    def begin(self, name: str, phone: str, *, is_mending: bool, record_phone: str = "") -> None:
        """Start with what is known; when mending, ``record_phone`` is the number on record."""
        self.is_mending = is_mending
        self._unit = None
        self.name.setText(name)
        self.phone.setText(spaced_phone(phone))
        self.unit.set_text("")
        self._relation.hide()
        self._fields[2].setVisible(not is_mending)
        self._on_record = record_phone
        for field in self._fields:
            field.set_error("")
        self.retranslate()
        self.show()
        (self.phone if is_mending or (name and not phone) else self.name).setFocus()
        if is_mending:
            self.phone.selectAll()

    def set_may_record(self, *, may_record: bool) -> None:
        """Offer to write the caller down, or only to take them for this order."""
        self._record.setVisible(may_record)

    def offer_units(self, hits: Sequence[PlaceHit]) -> None:
        """Show the units that were found."""
        units = [hit for hit in hits if hit.kind == "unit"]
        self.unit.offer(units, [place_row(hit, self.unit.text()) for hit in units])

    def take(self) -> None:
        """Give what was entered for the order alone, or as the mended record."""
        given = self._given()
        if self._is_complete(given, is_record=self.is_mending):
            self.taken.emit(given)

    def record(self) -> None:
        """Give what was entered to be written down: a new resident, or one more number."""
        if self._record.isHidden():
            return
        given = self._given()
        if self._is_complete(given, is_record=True):
            self.recorded.emit(given)

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the number."""
        self._fields[1].set_error(sentence)

    def _given(self) -> CallerGiven:
        return CallerGiven(
            self.name.text().strip(), phone_digits(self.phone.text()), self._unit, self._relation.current()
        )

    def _is_complete(self, given: CallerGiven, *, is_record: bool) -> bool:
        nameless = self.tr("Enter a name.") if is_record else self.tr("Enter a name or a number.")
        is_named = bool(given.name or (given.phone and not is_record))
        self._fields[0].set_error("" if is_named else nameless)
        typed = self.phone.text().strip()
        is_number = not typed or len(given.phone) >= _LEAST_DIGITS
        wrong = "" if is_number else say_here("phone_invalid", phone=typed)
        if self.is_mending and not given.phone and not wrong:
            wrong = self.tr("Enter the number.")
        self._fields[1].set_error(wrong)
        return is_named and not wrong

    def _on_unit_typed(self, _text: str) -> None:
        self._unit = None
        self._relation.hide()

    def _on_unit(self, hit: PlaceHit) -> None:
        self._unit = hit
        self.unit.set_text(hit.label)
        self._relation.show()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.toggled.emit()
        return super().event(event)

    @override
    def retranslate(self) -> None:
        on_record = self.tr("on record: {phone}").format(phone=spaced_phone(self._on_record))
        self._detail.setText(on_record if self._on_record else "")
        self._title.setText(self.tr("Mend the record") if self.is_mending else self.tr("Not on record"))
        for field, label in zip(self._fields, (self.tr("Name"), self.tr("Phone"), self.tr("Home")), strict=True):
            field.set_label(label)
        self.unit.line.set_placeholder(self.tr("Flat, if they live here"))
        self.unit.rows.setAccessibleName(self.tr("Flats found"))
        self._relation.setAccessibleName(self.tr("Owner, tenant or family"))
        self._relation.set_options([Option(relation, say_here(f"relation.{relation}")) for relation in _RELATIONS])
        self._take.setText(self.tr("Mend") if self.is_mending else self.tr("For this order only"))
        self._record.setText(self.tr("Add as another number") if self.is_mending else self.tr("Add as resident"))
