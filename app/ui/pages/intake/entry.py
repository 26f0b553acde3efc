"""What has been taken down of one call so far, as a value that a draft can keep."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from app.domain.ids import new_id
from app.domain.phones import spaced_phone
from app.store.queries.intake_choices import PlaceHit

FIRST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """One call. Every keystroke makes another of these; nothing else remembers what was typed."""

    id: str
    typed: str = ""
    """In the search for the caller."""
    resident_id: str = ""
    name: str = ""
    phone: str = ""
    """Digits: of the caller on record, or as given."""
    called_from: str = ""
    """Digits of the number that was searched for, which need not be on record."""
    site_id: str = ""
    """Of the caller; the place outweighs it."""
    place: PlaceHit | None = None
    place_text: str = ""
    """As it stands in the field: the place's label, words after it, or words alone."""
    description: str = ""
    category_id: str = ""
    """Chosen by hand; empty while the words decide."""
    priority: str = ""
    """Chosen by hand; empty while the category decides."""
    appointment: str = ""
    """As typed."""
    chase_note: str = ""
    is_new_matter: bool = False
    """The caller's open order was seen; this call is about something else."""
    said_again: tuple[str, ...] = ()
    """Facts on record that the caller had to say again."""
    not_same: tuple[str, ...] = ()
    """Orders that were offered as the same matter and are not."""
    corrects: str = ""
    """The order just saved that this corrects."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it: a search alone is not worth a draft, the number called from is."""
        caller = self.name or self.phone or (self.typed.strip() and self.called_from)
        return not (caller or self.place_text or self.description or self.appointment or self.chase_note)

    @property
    def has_caller(self) -> bool:
        """Whether somebody was chosen or entered."""
        return bool(self.resident_id or self.name or self.phone)

    @property
    def place_note(self) -> str:
        """The words for where that no row stands for."""
        text = self.place_text.strip()
        return text if self.place is None else text.removeprefix(self.place.label).strip()

    @property
    def caller(self) -> str:
        """Who calls, in a word; empty when nobody is known."""
        return self.name or spaced_phone(self.phone or self.called_from)

    @property
    def first_words(self) -> str:
        """What the call is about, for a list of drafts."""
        return " ".join((self.description or self.chase_note).split())[:FIRST_WORDS]

    def to_body(self) -> dict[str, Any]:
        """As JSON, without what is empty."""
        found = {name: value for name, value in asdict(self).items() if value and name != "id"}
        if self.place is not None:
            found["place"] = self.place._asdict()
        return json.loads(json.dumps(found))  # type: ignore[no-any-return]  # tuples become lists, as they come back


def new_entry() -> Entry:
    """An empty one."""
    return Entry(new_id())


def entry_from_body(entry_id: str, body: Mapping[str, Any]) -> Entry:
    """A kept entry; what another version of the program wrote and this one does not know is left out."""
    blank = Entry(entry_id)
    known: dict[str, Any] = {}
    for field in fields(Entry):
        value: Any = body.get(field.name)
        if field.name == "place":
            known["place"] = _place(value)
        elif isinstance(value, list):
            known[field.name] = tuple(str(part) for part in value)
        elif isinstance(value, type(getattr(blank, field.name))):
            known[field.name] = value
    return Entry(**{**known, "id": entry_id})


def _place(value: object) -> PlaceHit | None:
    if not isinstance(value, Mapping) or not {"kind", "id", "label", "site_id"} <= value.keys():
        return None
    known: dict[str, Any] = {name: value.get(name) for name in PlaceHit._fields}
    return PlaceHit(**known)
