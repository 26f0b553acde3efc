"""Words that the parts of the intake share."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.clock_words import say_remaining
from app.domain.numbers import short_number
from app.domain.sla import Remaining, Standing, Verdict, remaining
from app.domain.words import say
from app.store.queries.intake import OrderBrief
from app.ui.glyphs.marks import Tag
from app.ui.glyphs.sla import Pill, PillKind
from app.ui.translation import spoken_language

_KINDS = {
    Standing.OVERDUE: PillKind.OVERDUE,
    Standing.DUE_SOON: PillKind.DUE_SOON,
    Standing.OK: PillKind.RUNNING,
    Standing.PAUSED: PillKind.PAUSED,
    Standing.MET: PillKind.MET,
}


class Speaking(QWidget):
    """A widget whose own words follow the language of the moment."""

    def retranslate(self) -> None:
        """Say everything anew."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()


def spoken(name: Mapping[str, str]) -> str:
    """A name that is data, in the language of the windows; in Chinese where the other is missing."""
    return name.get(spoken_language().value) or name.get("zh", "")


def spoken_path(path: Sequence[Mapping[str, str]]) -> str:
    """Names from the top of a tree down: ``水电维修 › 下水``."""
    return " › ".join(spoken(name) for name in path)


def say_here(code: str, **params: str | int) -> str:
    """The sentence of a code in the language of the windows."""
    return say(code, params, spoken_language())


def number_text(number: str, now: datetime, zone: tzinfo) -> str:
    """An order's number as lists show it."""
    return short_number(number, now.astimezone(zone).year)


def day_text(at: datetime, zone: tzinfo) -> str:
    """A day in as few signs as possible: ``9-11``."""
    local = at.astimezone(zone)
    return f"{local.month}-{local.day:02}"


def standing_of(brief: OrderBrief, now: datetime) -> Remaining:
    """How an order's clock stands."""
    is_over = brief.due_at is None and brief.paused_since is None
    verdict = Verdict(brief.verdict) if is_over and brief.verdict in set(Verdict) else None
    return remaining(now, brief.due_at, brief.warn_at, brief.paused_since, verdict)


def pill_of(brief: OrderBrief, now: datetime) -> Pill | None:
    """The pill of an order's clock, if it has one."""
    standing = standing_of(brief, now)
    kind = _KINDS.get(standing.standing)
    words = say_remaining(standing, brief.hold_reason, spoken_language())
    return None if kind is None else Pill(kind, words)


def exemption_tag(kind: str, until: str | None, pattern: str) -> Tag:
    """An exemption flag as a tag; ``pattern`` is "{flag}, until {day}"."""
    flag = say_here(f"exemption.{kind}")
    return Tag(pattern.format(flag=flag, day=until) if until else flag, "info", "accessible")
