"""How a draft that was put by is told: who called, about what, why it waits, and since when."""

from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.clock_words import say_length
from app.store.drafts import DraftItem
from app.ui.glyphs.marks import Tag
from app.ui.glyphs.shapes import Shape
from app.ui.pages.intake.wording import day_text
from app.ui.translation import spoken_language, time_text

OLD_AFTER = timedelta(minutes=15)


class Why(StrEnum):
    """Why a draft was put by."""

    NEXT_CALL = "next_call"
    SET_ASIDE = "set_aside"
    REFUSED = "refused"


def since(item: DraftItem) -> datetime:
    """Since when it waits."""
    return item.parked_at or item.updated_at


def age_tag(item: DraftItem, now: datetime) -> Tag:
    """How long it has waited, in amber after a quarter of an hour."""
    age = now - since(item)
    length = say_length(max(0, age // timedelta(minutes=1)), spoken_language())
    words = QCoreApplication.translate("Drafts", "waits {length}").format(length=length)
    is_old = age >= OLD_AFTER
    return Tag(words, "warning" if is_old else "neutral", Shape.DIAMOND if is_old else "", is_bold=is_old)


def caller_of(item: DraftItem) -> str:
    """Who called."""
    return item.caller or QCoreApplication.translate("Drafts", "Unknown caller")


def author_of(item: DraftItem) -> str:
    """Who took it down."""
    return QCoreApplication.translate("Drafts", "by {name}").format(name=item.author_name)


def why_of(item: DraftItem, now: datetime, zone: tzinfo) -> str:
    """Why it waits: ``14:38 停放，接下一个电话``."""
    at = since(item)
    is_today = at.astimezone(zone).date() == now.astimezone(zone).date()
    time = time_text(at, zone) if is_today else f"{day_text(at, zone)} {time_text(at, zone)}"
    patterns = {
        Why.NEXT_CALL: QCoreApplication.translate("Drafts", "put by {time} for the next call"),
        Why.SET_ASIDE: QCoreApplication.translate("Drafts", "put by {time}"),
        Why.REFUSED: QCoreApplication.translate("Drafts", "refused at {time}"),
    }
    broken_off = QCoreApplication.translate("Drafts", "broken off at {time}, kept by itself")
    why = item.body.get("why")
    pattern = patterns.get(Why(why), broken_off) if item.parked_at and why in set(Why) else broken_off
    return pattern.format(time=time)
