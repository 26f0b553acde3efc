"""What can be filled from a file: the fields of each kind of row, and what each must look like."""

from collections.abc import Mapping
from enum import Enum, StrEnum, auto
from typing import NamedTuple

from app.domain.work_orders import CancelReason, Priority

SHIFT_LIMIT_HOURS = 48
"""How wrong the clock of a source may be."""


class Kind(StrEnum):
    """What a file holds a table of."""

    ORDERS = "orders"
    RESIDENTS = "residents"
    PLACES = "places"
    CATEGORIES = "categories"


class Form(Enum):
    """How the cells of a field are read."""

    LINE = auto()
    """One line of at most 500 characters."""
    TEXT = auto()
    """Lines, at most 16,000 characters."""
    PATH = auto()
    """Names from the top of a tree down."""
    MOMENT = auto()
    """A day and a time, or a day alone."""
    DAY = auto()
    CHOICE = auto()
    """One of a few words."""
    PHONE = auto()
    PHONES = auto()
    WHOLE = auto()
    """A whole number."""
    AREA = auto()
    """Square metres; kept as whole hundredths."""


class Field(NamedTuple):
    """One field: its form, the words it allows if it is a choice, whether every row must have it."""

    form: Form
    choices: tuple[str, ...] = ()
    is_required: bool = False


_PLACE = {
    "building": Field(Form.LINE),
    "entrance": Field(Form.LINE),
    "floor": Field(Form.WHOLE),
    "unit": Field(Form.LINE),
    "place": Field(Form.LINE),
    "place_label": Field(Form.LINE),
}
_PRIORITIES = tuple(Priority)

FIELDS: Mapping[Kind, Mapping[str, Field]] = {
    Kind.ORDERS: {
        "number": Field(Form.LINE),
        "category": Field(Form.PATH),
        "description": Field(Form.TEXT, is_required=True),
        "reported_at": Field(Form.MOMENT, is_required=True),
        "closed_at": Field(Form.MOMENT),
        "state": Field(Form.CHOICE, ("reported", "closed", "cancelled"), is_required=True),
        "cancel_reason": Field(Form.CHOICE, tuple(CancelReason)),
        "priority": Field(Form.CHOICE, _PRIORITIES),
        **_PLACE,
        "reporter_name": Field(Form.LINE),
        "reporter_phone": Field(Form.PHONE),
        "answer": Field(Form.TEXT),
        "answered_at": Field(Form.MOMENT),
    },
    Kind.RESIDENTS: {
        "name": Field(Form.LINE, is_required=True),
        "phones": Field(Form.PHONES),
        **_PLACE,
        "building": Field(Form.LINE, is_required=True),
        "unit": Field(Form.LINE, is_required=True),
        "relation": Field(Form.CHOICE, ("owner", "tenant", "family")),
        "since": Field(Form.DAY),
        "note": Field(Form.TEXT),
    },
    Kind.PLACES: {**_PLACE, "area": Field(Form.AREA), "layout": Field(Form.LINE)},
    Kind.CATEGORIES: {
        "path": Field(Form.PATH, is_required=True),
        "path_en": Field(Form.PATH),
        "priority": Field(Form.CHOICE, _PRIORITIES),
        "keywords": Field(Form.TEXT),
    },
}
