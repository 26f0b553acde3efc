"""Words that the parts of the intake share."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.clock_words import say_remaining
from app.domain.sla import Remaining, Standing, Verdict, remaining
from app.store.queries.order_briefs import OrderBrief
from app.ui.glyphs.marks import Tag
from app.ui.glyphs.sla import Pill, PillKind
from app.ui.translation import say_here, spoken_language

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
