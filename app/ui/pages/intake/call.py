"""A call as it goes on: what was taken down, what is known of the caller, and what the program makes of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.domain.phones import looks_like_phone, phone_digits
from app.store.queries.intake import PersonCard, PersonHit, number_card, person_card
from app.store.queries.intake_choices import CategoryChoice, PlaceHit, Promise, categories, duplicates_of, promise
from app.store.queries.lookup import SiteFound, sites_seen
from app.store.queries.order_briefs import OrderBrief
from app.ui.desk import Desk
from app.ui.pages.intake.advice import advise
from app.ui.pages.intake.appointment import read_appointment
from app.ui.pages.intake.entry import Entry, new_entry

NOTHING_PROMISED = Promise(None, None)
_MOBILE, _AREA = 11, 10
_CARD_TABLES = ("resident", "resident_phone", "residence", "exemption", "order_reporter", "work_order", "timeline")


class Call(QObject):
    """Holds one :class:`Entry` and reads what belongs to it; the page shows it, :class:`Saving` acts on it."""

    changed = Signal()
    """Anything may look different now."""
    typed = Signal(object)
    """The entry after something was typed or chosen: worth keeping."""
    caller_chosen = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.entry = new_entry()
        self.is_shown_again = False
        """It was folded away and is looked at again: who is typed next is another caller."""
        self.card: PersonCard | None = None
        self.choices: Sequence[CategoryChoice] = ()
        self.sites: Sequence[SiteFound] = ()
        self.promise = NOTHING_PROMISED
        self.duplicates: Sequence[OrderBrief] = ()
        self.advice = advise(self.entry, (), ())
        self._promised_for: object = None
        self._doubled_for: object = None
        self._record_unit_id = ""
        desk.changed.connect(self._on_changed)
        desk.site_changed.connect(self._on_site_changed)
        self._read_choices()

    # ---------------------------------------------------------------------------------------------- what follows

    def site_id(self) -> str:
        """Where it is: by the place, the caller, the top bar, or because there is only one; empty if none tells."""
        if self.entry.place is not None:
            return self.entry.place.site_id
        only = self.sites[0].id if len(self.sites) == 1 else ""
        return self.entry.site_id or self._desk.site_id or only

    def is_site_asked(self) -> bool:
        """Whether nothing but the person at the desk can say which site it is, now that there is a matter."""
        entry = self.entry
        is_told = entry.place is not None or bool(self._desk.site_id or entry.resident_id)
        is_begun = entry.has_caller or bool(entry.place_text.strip() or entry.description.strip())
        return len(self.sites) > 1 and not is_told and is_begun

    def appointment_at(self) -> datetime | None:
        """The moment that was agreed, as far as it can be read."""
        return read_appointment(self.entry.appointment, self._desk.clock.now(), self._desk.zone())

    def exemptions(self) -> tuple[str, ...]:
        """Flags of the caller that are in force."""
        return tuple(kind for kind, _ in self.card.exemptions) if self.card else ()

    def has_open_order(self) -> bool:
        """Whether the caller has an order open that must be looked at first."""
        return (
            self.card is not None
            and bool(self.card.open_orders)
            and not self.entry.is_new_matter
            and not self.entry.corrects
        )

    def is_lookup(self) -> bool:
        """Whether somebody on record was found and nothing said of a matter: it can be done again."""
        entry = self.entry
        homes = {home[0] for home in self.card.homes} if self.card else set()
        is_home = entry.place is not None and entry.place.unit_id in homes and not entry.place_note
        is_about = entry.description.strip() or entry.appointment.strip() or entry.chase_note.strip()
        return bool(entry.resident_id) and (is_home or not entry.place_text.strip()) and not is_about

    def offered(self) -> Sequence[OrderBrief]:
        """Orders that may be the same matter and were not said to be another."""
        if self.entry.corrects:
            return ()
        return [brief for brief in self.duplicates if brief.id not in self.entry.not_same]

    def unknown_number(self) -> str:
        """Digits that were called from and are not on the caller's record; empty otherwise."""
        digits, card = self.entry.called_from, self.card
        if card is None or not card.resident_id or not digits:
            return ""
        return "" if any(digits == phone[1] for phone in card.phones) else digits

    # ------------------------------------------------------------------------------------------------- what is typed

    def begin(self, entry: Entry) -> None:
        """Go on with another entry: an empty one, or a draft that is taken up."""
        self.entry, self.card, self.is_shown_again = entry, None, False
        self.duplicates, self.promise = (), NOTHING_PROMISED
        self._promised_for = self._doubled_for = None
        self._record_unit_id = entry.place.unit_id or "" if entry.place and entry.resident_id else ""
        if entry.has_caller:
            self._read_card()
        self._think()

    def write(self, **values: Any) -> None:
        """Take something down."""
        after = replace(self.entry, **values)
        if after != self.entry:
            self.entry, self.is_shown_again = after, False
            self._think()
            self.typed.emit(after)

    def search(self, text: str) -> None:
        """Somebody is being looked for; a number that is typed is the one they call from."""
        digits = phone_digits(text) if looks_like_phone(text) else ""
        self.write(typed=text, called_from=digits if _is_whole_number(digits) else self.entry.called_from)

    def choose(self, hit: PersonHit) -> None:
        """It is this person; the place is prefilled by their home unless one was chosen."""
        home = None
        if hit.unit_id is not None and (self.entry.place is None and not self.entry.place_text.strip()):
            home = PlaceHit("unit", hit.unit_id, hit.unit, "", None, hit.unit_id, None, None, hit.site_id)
        self._record_unit_id = hit.unit_id or ""
        self.card = None
        self.write(
            resident_id=hit.resident_id,
            name=hit.name,
            phone=hit.phone,
            site_id=hit.site_id,
            place=home or self.entry.place,
            place_text=home.label if home else self.entry.place_text,
        )
        self._read_card()

    def give_caller(self, name: str, phone: str, place: PlaceHit | None) -> None:
        """It is somebody who is on no record."""
        self.card = None
        values: dict[str, Any] = {"resident_id": "", "name": name, "phone": phone, "called_from": phone}
        if place is not None and self.entry.place is None:
            values |= {"place": place, "place_text": place.label}
        self.write(**values)
        self._read_card()

    def forget_caller(self) -> None:
        """It is somebody else after all; what was typed of the matter stays."""
        if not self.entry.has_caller:
            return
        self.card = None
        is_home = self.entry.place is not None and self.entry.place.unit_id == self._record_unit_id
        home: dict[str, Any] = {"place": None, "place_text": ""} if is_home else {}
        self._record_unit_id = ""
        self.write(resident_id="", name="", phone="", site_id="", is_new_matter=False, **home)

    def type_place(self, text: str) -> None:
        """Words for where; a place stays chosen while its label stands at their beginning."""
        place = self.entry.place
        keeps = place is not None and text.startswith(place.label)
        self.write(place_text=text, place=place if keeps else None)

    def pick_place(self, hit: PlaceHit) -> None:
        """It is there. A home that stood there already and was chosen anew had to be said again."""
        is_again = self.entry.place is None and bool(hit.unit_id) and hit.unit_id == self._record_unit_id
        again = (*self.entry.said_again, "place") if is_again and "place" not in self.entry.said_again else None
        self.write(place=hit, place_text=hit.label, said_again=again or self.entry.said_again)

    def toggle_again(self, fact: str) -> None:
        """The caller had to say this although it is on record; or did not after all."""
        before = self.entry.said_again
        after = tuple(one for one in before if one != fact) if fact in before else (*before, fact)
        self.write(said_again=after)

    # -------------------------------------------------------------------------------------------------------- reading

    def _think(self) -> None:
        self.advice = advise(self.entry, self.choices, self.exemptions())
        self._read_promise()
        self._read_duplicates()
        self.changed.emit()

    def _read_choices(self) -> None:
        streams = self._desk.person.streams
        self._desk.read(categories, done=self._on_choices, latest="intake.choices")
        self._desk.read(sites_seen, streams, done=self._on_sites, latest="intake.sites")

    def _on_choices(self, found: Sequence[CategoryChoice]) -> None:
        self.choices = found
        self._think()

    def _on_sites(self, found: Sequence[SiteFound]) -> None:
        self.sites = found
        self._think()

    def _read_card(self) -> None:
        entry, now = self.entry, self._desk.clock.now()
        is_new = self.card is None

        def show(card: PersonCard | None) -> None:
            self._on_card(entry.id, card, is_new=is_new)

        if entry.resident_id:
            self._desk.read(person_card, entry.resident_id, now, done=show, latest="intake.card")
        elif entry.name or entry.phone:
            site_id = entry.site_id
            args = (entry.phone, entry.name, site_id, now)
            self._desk.read(number_card, *args, done=show, latest="intake.card")

    def _on_card(self, entry_id: str, card: PersonCard | None, *, is_new: bool) -> None:
        if entry_id != self.entry.id or (card is not None and card.resident_id != self.entry.resident_id):
            return  # the call has gone on to somebody else meanwhile
        self.card = card
        self._think()
        if is_new and card is not None:
            self.caller_chosen.emit()

    def _read_promise(self) -> None:
        category = self.advice.category
        asked = (self.site_id(), category.id if category else None, self.advice.priority)
        if not asked[0] or asked == self._promised_for:
            return
        self._promised_for = asked
        now = self._desk.clock.now()
        self._desk.read(promise, *asked, now, done=self._on_promise, latest="intake.promise")

    def _on_promise(self, found: Promise) -> None:
        self.promise = found
        self.changed.emit()

    def _read_duplicates(self) -> None:
        category = self.advice.category
        asked = (self.entry.place, category.id if category else None)
        if asked == self._doubled_for:
            return
        self._doubled_for = asked
        if None in asked:
            self.duplicates = ()
        self._desk.read(
            duplicates_of,
            self._desk.person.streams,
            *asked,
            done=self.take_duplicates,
            latest="intake.duplicates",
        )

    def take_duplicates(self, found: Sequence[OrderBrief]) -> None:
        """These may be the same matter."""
        self.duplicates = found
        self.changed.emit()

    # -------------------------------------------------------------------------------------------------- what changes

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("category", "site"):
            self._read_choices()
        if self.entry.has_caller and changes.touches(*_CARD_TABLES):
            self._read_card()
        if changes.touches("work_order"):
            self._doubled_for = None
            self._read_duplicates()
        if changes.touches("sla_policy", "sla_policy_version"):
            self._promised_for = None
            self._read_promise()

    def _on_site_changed(self, _site_id: str | None) -> None:
        self._think()


def _is_whole_number(digits: str) -> bool:
    """A mobile number, or one with its area code: what is shorter may be a flat, or the beginning of a number."""
    return (len(digits) == _MOBILE and digits.startswith("1")) or (digits.startswith("0") and len(digits) >= _AREA)
