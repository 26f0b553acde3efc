"""Words and pills that the list and the reading pane share."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.clock_words import say_remaining
from app.domain.sla import Remaining, Standing, Verdict, remaining
from app.domain.words import Language, say
from app.store.queries.queue import QueueRow
from app.ui.glyphs.sla import Pill, PillKind
from app.ui.translation import spoken_language

_KINDS = {
    Standing.OVERDUE: PillKind.OVERDUE,
    Standing.DUE_SOON: PillKind.DUE_SOON,
    Standing.OK: PillKind.RUNNING,
    Standing.PAUSED: PillKind.PAUSED,
    Standing.MET: PillKind.MET,
}


def spoken(name: Mapping[str, str]) -> str:
    """A name that is data, in the language of the windows; in Chinese where the other is missing."""
    return name.get(spoken_language().value) or name.get("zh", "")


def spoken_path(path: Sequence[Mapping[str, str]]) -> str:
    """Names from the top of a tree down: ``水电维修 / 下水``."""
    return " / ".join(spoken(name) for name in path)


def say_here(code: str, **params: str | int) -> str:
    """The sentence of a code in the language of the windows."""
    return say(code, params, spoken_language())


def state_text(state: str) -> str:
    """A state in words."""
    return say_here(f"state.{state}")


def how_it_stands(row: QueueRow, now: datetime) -> Remaining:
    """How the clock of a row stands; the verdict counts only when no clock runs or is paused any more."""
    is_over = row.due_at is None and row.paused_since is None
    verdict = Verdict(row.verdict) if is_over and row.verdict in set(Verdict) else None
    return remaining(now, row.due_at, row.warn_at, row.paused_since, verdict)


def pill_of(standing: Remaining, hold_reason: str | None, language: Language | None = None) -> Pill | None:
    """The pill of a clock, ``None`` for an order without one or one that ended too late."""
    kind = _KINDS.get(standing.standing)
    if kind is None:
        return None
    return Pill(kind, say_remaining(standing, hold_reason, language or spoken_language()))


def left_words(row: QueueRow, now: datetime) -> str:
    """The pill of a row in words, also for an order that ended too late, which shows none."""
    return say_remaining(how_it_stands(row, now), row.hold_reason, spoken_language())
