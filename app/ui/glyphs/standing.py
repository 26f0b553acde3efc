"""How an order stands with its time, as the pill that says so."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from app.domain.clock_words import say_remaining
from app.domain.sla import Remaining, Standing, Verdict, remaining
from app.domain.words import Language
from app.ui.glyphs.sla import Pill, PillKind
from app.ui.translation import spoken_language

KINDS: Mapping[Standing, PillKind] = {
    Standing.OVERDUE: PillKind.OVERDUE,
    Standing.DUE_SOON: PillKind.DUE_SOON,
    Standing.OK: PillKind.RUNNING,
    Standing.PAUSED: PillKind.PAUSED,
    Standing.MET: PillKind.MET,
}


class Clocked(Protocol):
    """A row that carries what is stored of an order's clocks."""

    @property
    def due_at(self) -> datetime | None:
        """When the nearer of the running clocks is due."""

    @property
    def warn_at(self) -> datetime | None:
        """From when it is due soon."""

    @property
    def paused_since(self) -> datetime | None:
        """Since when both stand still."""

    @property
    def hold_reason(self) -> str | None:
        """What the order waits for."""

    @property
    def verdict(self) -> str | None:
        """How the clock that ended last ended."""


def how_it_stands(row: Clocked, now: datetime) -> Remaining:
    """How the clock of a row stands; the verdict counts only when no clock runs or is paused any more."""
    is_over = row.due_at is None and row.paused_since is None
    verdict = Verdict(row.verdict) if is_over and row.verdict in set(Verdict) else None
    return remaining(now, row.due_at, row.warn_at, row.paused_since, verdict)


def pill_of(standing: Remaining, hold_reason: str | None, language: Language | None = None) -> Pill | None:
    """The pill of a clock, ``None`` for an order without one or one that ended too late."""
    kind = KINDS.get(standing.standing)
    if kind is None:
        return None
    return Pill(kind, say_remaining(standing, hold_reason, language or spoken_language()))


def row_pill(row: Clocked, now: datetime) -> Pill | None:
    """The pill of a row."""
    return pill_of(how_it_stands(row, now), row.hold_reason)
