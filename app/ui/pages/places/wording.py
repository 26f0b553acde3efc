"""How floors, flags and dates of places are said and typed."""

import re
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.ui.glyphs.marks import Tag
from app.ui.translation import say_here

_DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})")


def floor_words(floor: int) -> str:
    """A floor as people say it; nothing for one that is not known (0)."""
    if not floor:
        return ""
    if floor < 0:
        return QCoreApplication.translate("Floors", "Basement {number}").format(number=-floor)
    return QCoreApplication.translate("Floors", "Floor {number}").format(number=floor)


def exemption_tag(kind: str, until: str | None) -> Tag:
    """A flag as a tag: what it is, and until when."""
    words = say_here(f"exemption.{kind}")
    if until:
        words = QCoreApplication.translate("Flags", "{flag}, until {day}").format(flag=words, day=until)
    return Tag(words, "info", "accessible")


def read_day(typed: str) -> str | None:
    """The day that was typed, as ``2027-06-30``; ``None`` for what is no day."""
    found = _DAY.fullmatch(typed.strip())
    if found is None:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None
