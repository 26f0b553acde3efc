"""The dock while a call is taken: who, what they have open, the form, what it may double."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from app.domain.clock_words import say_length
from app.domain.phones import looks_like_phone, phone_digits, spaced_phone
from app.store.queries.intake import PersonHit, find_people
from app.store.queries.intake_choices import CategoryChoice, PlaceHit
from app.ui.desk import Desk
from app.ui.pages.intake.call import Call
from app.ui.pages.intake.caller_panel import CallerPanel
from app.ui.pages.intake.duplicates_box import DuplicatesBox
from app.ui.pages.intake.finding import SEARCHED, Finding
from app.ui.pages.intake.found_rows import FoundRows
from app.ui.pages.intake.hint_band import HintBand
from app.ui.pages.intake.order_box import OrderBox
from app.ui.pages.intake.order_form import OrderForm
from app.ui.pages.intake.past_orders import PastOrders
from app.ui.pages.intake.person_card import PersonCardPanel, PersonHead
from app.ui.pages.intake.pick_field import PickField
from app.ui.pages.intake.rows import person_row
from app.ui.pages.intake.wording import Speaking
from app.ui.theme.layouts import column, row
from app.ui.translation import spoken_language
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.grounds import Ground, Panel
from app.ui.widgets.texts import Text

TICK_MS = 5_000
"""How often what a clock has left is said anew; it is said to the minute."""


class CallPage(Speaking):
    """Shows a :class:`Call` whenever it changes, and tells it what is typed."""

    caller_wanted = Signal()
    """Nobody was found: the caller is to be entered."""
    another_wanted = Signal()
    """Somebody else is typed over a call that was folded away: it is to give way."""

    def __init__(self, desk: Desk, call: Call, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._call = desk, call
        keys, zone = desk.actions.key, desk.zone()
        self.search: PickField[PersonHit] = PickField(SearchField(), FoundRows(""))
        self.last = HintBand("ok", keys("intake.correct"))
        self._several = Text("", "caption", token="warning.text", wrap=True)
        self.nobody = HintBand("neutral", keys("intake.record"))
        self.unknown_number = HintBand("warning", keys("intake.record"), keys("intake.mend"))
        self.caller = CallerPanel(keys("intake.record"))
        self._head = PersonHead()
        self.card = PersonCardPanel(zone)
        self.order = OrderBox(keys, zone, desk.clock.now)
        self._past, self._past_box = PastOrders(zone), Panel()
        self._past_title, self._past_all = Text("", "caption", token="text_muted"), LinkButton("")
        self.form = OrderForm(keys("intake.more"))
        self.duplicates = DuplicatesBox(keys, zone, desk.clock.now)
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self.order.tick)
        self._clock.timeout.connect(self.duplicates.tick)
        Finding(desk, call, self.form, self.caller, self)
        self._build()
        self._connect()
        self.retranslate()
        self.show_call()

    def _build(self) -> None:
        head = row(self._past_title, None, self._past_all)
        column(head, self._past, gap=4, margins=12, parent=self._past_box)
        parts = (
            self.last,
            column(self.search, self._several, gap=4),
            self.nobody,
            self._head,
            self.unknown_number,
            self.caller,
            self.card,
            self.order,
            self._past_box,
            self.form,
            self.duplicates,
        )
        ground = Ground("surface_sunken")
        column(*parts, None, gap=12, margins=(16, 12, 16, 16), parent=ground)
        self.area = QScrollArea()
        self.area.setWidget(ground)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column(self.area, gap=0, parent=self)
        for part in (self.last, self._several, self.nobody, self.unknown_number, self.caller):
            part.hide()

    def _connect(self) -> None:
        call, form = self._call, self.form
        call.changed.connect(self.show_call)
        call.caller_chosen.connect(self._on_caller_chosen)
        self.search.typed.connect(self._on_search_typed)
        self.search.searched.connect(self._on_searched)
        self.search.picked.connect(self._on_picked)
        self.search.entered.connect(self._on_entered)
        self.nobody.first.clicked.connect(self.caller_wanted)
        for link in (self.card.asked_for_all, self._past_all.clicked):
            link.connect(self._on_all_wanted)
        self.order.note_edited.connect(lambda note: call.write(chase_note=note))
        form.place_typed.connect(call.type_place)
        form.place_picked.connect(self._on_place_picked)
        form.described.connect(lambda text: call.write(description=text))
        form.category_picked.connect(self._on_category_picked)
        form.category_cleared.connect(lambda: call.write(category_id=""))
        form.priority_picked.connect(lambda priority: call.write(priority=priority))
        form.appointment_typed.connect(lambda text: call.write(appointment=text))
        form.site_picked.connect(lambda site_id: call.write(site_id=site_id))
        form.more_wanted.connect(self.open_more)

    # --------------------------------------------------------------------------------------------------------- showing

    def show_call(self) -> None:
        """Show the call as it is now."""
        call, entry = self._call, self._call.entry
        card = call.card
        has_order = call.has_open_order()
        self.search.set_text(entry.typed)
        self._head.setVisible(card is not None and has_order)
        is_entered = not self.caller.isHidden() and not self.caller.is_mending
        self.card.setVisible(card is not None and not has_order and not is_entered)
        self.order.setVisible(has_order)
        self._past_box.setVisible(has_order and card is not None and bool(card.recent))
        self.form.setVisible(not has_order)
        if card is not None:
            phone = entry.called_from or entry.phone or (card.phones[0][1] if card.phones else "")
            unit_id = entry.place.unit_id if entry.place is not None else None
            for shown in (self._head, self.card):
                shown.show_card(card, unit_id or "", phone)
            self._past.show_orders(card.recent)
            self._past_all.setText(self.tr("all %n order(s)", "", card.orders_in_all))
            self._past_all.setVisible(bool(card.homes))
            if has_order:
                self.order.show_orders(card.open_orders)
                if self.order.note.text() != entry.chase_note:
                    self.order.note.setText(entry.chase_note)
        self._show_number()
        self._show_form()

    def _show_number(self) -> None:
        digits = self._call.unknown_number()
        self.unknown_number.setVisible(bool(digits) and self.caller.isHidden())
        said = self.tr("{phone} is not on record").format(phone=spaced_phone(digits))
        self.unknown_number.say(said, self.tr("Add it"), self.tr("Replace the old one"))

    def _show_form(self) -> None:
        call, form = self._call, self.form
        form.show_entry(call.entry)
        form.show_advice(call.advice, self._promise_words())
        form.show_sites(call.sites, call.site_id(), is_asked=call.is_site_asked())
        if call.entry.appointment.strip():
            at = call.appointment_at()
            words = at.strftime("%m-%d %H:%M") if at else self.tr("This is no time that can be read.")
            form.show_appointment(words, is_wrong=at is None)
        self.duplicates.show_briefs([] if call.has_open_order() else call.offered())

    def _promise_words(self) -> str:
        call = self._call
        minutes = call.promise.response
        if minutes is None or not call.site_id():
            return ""
        category = call.advice.category
        pattern = self.tr("response in {length}")
        if category is not None and category.is_opinion:
            pattern = self.tr("first answer in {length}")
        return pattern.format(length=say_length(minutes, spoken_language()))

    def show_last(self, said: str, *, may_correct: bool) -> None:
        """Say which order was saved last, while nothing else is being typed; empty for none."""
        self.last.setVisible(bool(said))
        self.last.say(said, self.tr("Correct") if may_correct else "", "")

    def set_may_record(self, *, may_record: bool) -> None:
        """Say whether residents may be written down here."""
        self.caller.set_may_record(may_record=may_record)
        self.unknown_number.set_active(is_active=may_record)

    def show_wrong(self, wrong: dict[str, str]) -> None:
        """Say what is missing or wrong, and go to the first of it."""
        fields = {"place": self.form.place, "description": self.form.what, "site": self.form.site}
        fields |= {"appointment": self.form.appointment, "note": self.order.note}
        for fact, labelled in self.form.rows.items():
            labelled.set_error(wrong.get(fact, ""))
        first = next((fact for fact in fields if fact in wrong), None)
        if first is not None:
            self.form.rows["site"].setVisible("site" in wrong or self._call.is_site_asked())
            fields[first].setFocus()
            self.area.ensureWidgetVisible(fields[first])

    # ---------------------------------------------------------------------------------------------------- the caller

    def look_for(self, text: str) -> None:
        """Search for a caller who was told from outside; the only one found is chosen."""
        self.search.set_text(text)
        self._on_search_typed(text)
        self.search.search_and_take()

    def open_caller(self, *, is_mending: bool) -> None:
        """Enter a caller who is on no record, or mend the record of the one who was chosen."""
        entry, card = self._call.entry, self._call.card
        self.search.close_rows()
        self.nobody.hide()
        if is_mending and card is not None:
            on_record = card.phones[0][1] if card.phones else ""
            number = self._call.unknown_number() or entry.phone or on_record
            self.caller.begin(card.name, number, is_mending=True, record_phone=on_record)
        else:
            typed = entry.typed.strip()
            digits = phone_digits(typed) if looks_like_phone(typed) else ""
            name = entry.name or ("" if digits else typed)
            self.caller.begin(name, entry.phone or entry.called_from or digits, is_mending=False)
        self.show_call()

    def close_caller(self) -> None:
        """Put the panel away and go on."""
        self.caller.hide()
        self.show_call()
        self.take_focus()

    def _on_search_typed(self, text: str) -> None:
        if self._call.is_shown_again:
            self.another_wanted.emit()
            self.search.set_text(text)
        self._several.hide()
        self.nobody.hide()
        self.caller.hide()
        self._call.forget_caller()
        self._call.search(text)

    def _on_searched(self, text: str) -> None:
        wanted = text.strip()[:SEARCHED]
        if not wanted:
            self.search.close_rows()
            return
        self._desk.read(
            find_people,
            wanted,
            self._desk.person.streams,
            done=lambda found: self._on_people(wanted, found),
            latest="intake.people",
        )

    def _on_people(self, wanted: str, found: Sequence[PersonHit]) -> None:
        if self.search.text().strip()[:SEARCHED] != wanted or self._call.entry.has_caller:
            return  # the typing has gone on
        unknown = self.tr("not on record")
        self.nobody.setVisible(not found)
        if not found:
            self.nobody.say(self.tr("Nobody found for “{text}”").format(text=wanted), self.tr("Enter the caller"), "")
        people = {hit.resident_id or hit.name for hit in found}
        is_shared = looks_like_phone(wanted) and len(people) > 1 and len({hit.phone for hit in found}) == 1
        self._several.setVisible(is_shared)
        self._several.setText(self.tr("%n people use this number: ask who speaks", "", len(people)))
        self.search.offer(found, [person_row(hit, wanted, unknown) for hit in found])

    def _on_entered(self) -> None:
        was_shown_again, self._call.is_shown_again = self._call.is_shown_again, False
        if was_shown_again or self._call.entry.has_caller:
            self.take_focus()
        elif not self.nobody.isHidden():
            self.caller_wanted.emit()
        elif not self.search.text().strip():
            self.form.place.setFocus()

    def _on_picked(self, hit: PersonHit) -> None:
        self._several.hide()
        self.nobody.hide()
        self._call.choose(hit)
        self.take_focus()  # at once: what is typed while the card is read belongs to the matter

    def _on_caller_chosen(self) -> None:
        self.caller.hide()
        self.show_call()
        is_filled = self._call.entry.place is not None and self.form.place.line.hasFocus()
        if is_filled or self._call.has_open_order():
            self.take_focus()

    def take_focus(self) -> None:
        """Go to what is asked next: who, the open order's note, where, what."""
        entry = self._call.entry
        if self._call.is_shown_again:
            self.search.setFocus()
            self.search.line.selectAll()
        elif not entry.has_caller and entry.is_empty:
            self.search.setFocus()
        elif self._call.has_open_order():
            self.order.note.setFocus()
        elif not entry.place_text.strip():
            self.form.place.setFocus()
        else:
            self.form.what.setFocus()

    def open_more(self) -> None:
        """Show the field for a time that was agreed, and go there."""
        self.form.show_more()
        self.form.appointment.setFocus()

    def close_rows(self) -> bool:
        """Put away what was found, or the panel for a caller; whether there was anything."""
        if not self.caller.isHidden():
            self.close_caller()
            return True
        for field in (self.search, self.form.place, self.form.category, self.caller.unit):
            if field.is_open():
                field.close_rows()
                return True
        return False

    def fact_in_focus(self) -> str:
        """The fact that is being asked for: of the form's field with the focus, else of the caller."""
        return self.form.fact_in_focus() or ("phone" if looks_like_phone(self._call.entry.typed) else "name")

    def reset(self) -> None:
        """Forget what was shown of the call before."""
        for field in (self.search, self.form.place, self.form.category):
            field.close_rows()
        for part in (self._several, self.nobody, self.caller):
            part.hide()
        for labelled in self.form.rows.values():
            labelled.set_error("")
        self.form.show_less()
        self.show_call()
        self.area.verticalScrollBar().setValue(0)

    def _on_all_wanted(self) -> None:
        card = self._call.card
        if card is not None and card.homes:
            self._desk.asked_for_place.emit("unit", card.homes[0][0])

    # ---------------------------------------------------------------------------------------------- places, categories

    def _on_place_picked(self, hit: PlaceHit) -> None:
        self._call.pick_place(hit)
        self.form.what.setFocus()

    def _on_category_picked(self, choice: CategoryChoice) -> None:
        self._call.write(category_id=choice.id)
        self.show_call()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    @override
    def retranslate(self) -> None:
        self.search.line.set_placeholder(self.tr("Who calls?"))
        self.search.line.set_hints(self.tr("name"), self.tr("pinyin"), self.tr("flat"), self.tr("phone"))
        self.search.rows.setAccessibleName(self.tr("People found"))
        self._past_title.setText(self.tr("Earlier orders"))
        self.show_call()
