"""What was found, as rows: people, places, categories."""

from app.domain.phones import looks_like_phone, masked_phone, spaced_phone
from app.store.queries.intake import PersonHit
from app.store.queries.intake_choices import CategoryChoice, PlaceHit
from app.ui.pages.intake.found_rows import Found, Part
from app.ui.pages.intake.matching import marks_in_number, marks_in_spelling, marks_in_text
from app.ui.translation import entrance_words, say_here, spoken_path

_ICONS = {"unit": "home-check", "place": "map-pin", "building": "building", "asset": "tool"}
_NAME, _SPELLING, _HOME = 52, 96, 70
"""Columns in px at 100 %."""


def person_row(hit: PersonHit, typed: str, unknown: str) -> Found:
    """A person: name, how it is read, home, relation, telephone; ``unknown`` is said of one who is on no record.

    A number is shown whole only to somebody who typed digits: of the others on the list it is nobody's business.
    """
    is_number = looks_like_phone(typed)
    spelling = "" if is_number else " ".join(hit.spelling)
    phone = spaced_phone(hit.phone) if is_number else masked_phone(hit.phone)
    relation = say_here(f"relation.{hit.relation}") if hit.relation else "" if hit.resident_id else unknown
    spelt = (Part(spelling, tuple(marks_in_spelling(hit.spelling, typed)), width=_SPELLING, is_muted=True),)
    name_width = _NAME if spelling else _NAME + _SPELLING // 2  # a name in letters is its own spelling, and longer
    return Found(
        f"{hit.resident_id}:{hit.unit_id}",
        (
            Part(hit.name, tuple(marks_in_text(hit.name, typed)), width=name_width, is_bold=True),
            *(spelt if spelling else ()),
            Part(hit.unit, tuple(marks_in_text(hit.unit, typed)), width=_HOME),
            Part(relation, is_muted=True),
        ),
        Part(phone, tuple(marks_in_number(phone, typed))),
    )


def place_row(hit: PlaceHit, typed: str) -> Found:
    """A place: what it is called, and its stairwell or code."""
    detail = entrance_words(hit.detail) if hit.kind == "unit" else hit.detail
    return Found(
        f"{hit.kind}:{hit.id}",
        (Part(hit.label, tuple(marks_in_text(hit.label, typed))), Part(detail, is_muted=True)),
        icon=_ICONS.get(hit.kind, "map-pin"),
    )


def category_row(choice: CategoryChoice, typed: str) -> Found:
    """A category under those above it, with the priority it suggests."""
    path = spoken_path(choice.path)
    return Found(choice.id, (Part(path, tuple(marks_in_text(path, typed))),), Part(choice.priority, is_muted=True))
