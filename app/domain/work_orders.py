"""The life of a work order: its states, which follows which, and what a crew's steps make of it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from app.domain.errors import InvalidError, RefusedError

_Value = TypeVar("_Value", bound=StrEnum)
TEXT_LIMIT = 16_000
"""Characters that a text of a synced row may hold; longer is refused in words, never cut."""
LINE_LIMIT = 500
"""Characters of a name, a label or another text of one line."""
REOPEN_DAYS = 30
"""Days after closing within which an order may be reopened."""
CHASES_TO_SUPERVISOR = 2
"""From this chase on the supervisor is told, and at any chase of an order past due."""


class State(StrEnum):
    """Where an order stands (Chinese words: ``words.py``)."""

    REPORTED = "reported"
    TRIAGED = "triaged"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    ON_SITE = "on_site"
    DONE = "done"
    VERIFIED = "verified"
    CLOSED = "closed"
    ON_HOLD = "on_hold"
    CANCELLED = "cancelled"
    REOPENED = "reopened"


class Priority(StrEnum):
    """P1 emergency … P4 planned."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class Source(StrEnum):
    """How the order came."""

    PHONE = "phone"
    DESK = "desk"
    SCRIPT = "script"
    IMPORTED = "imported"


class HoldReason(StrEnum):
    """What an order on hold waits for."""

    PARTS = "parts"
    ACCESS = "access"
    SUPPLIER = "supplier"
    WEATHER = "weather"


class CancelReason(StrEnum):
    """Why an order was cancelled."""

    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    MISTAKEN = "mistaken"
    NOT_OURS = "not_ours"
    OTHER = "other"


class CrewState(StrEnum):
    """Where one member of the crew stands."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    ON_SITE = "on_site"
    FINISHED = "finished"
    REFUSED = "refused"
    REMOVED = "removed"


TRACK = (
    State.REPORTED,
    State.TRIAGED,
    State.DISPATCHED,
    State.ACCEPTED,
    State.ON_SITE,
    State.DONE,
    State.VERIFIED,
    State.CLOSED,
)
"""The eight steps that an order passes when nothing goes wrong."""

CLOSED_STATES = frozenset({State.CLOSED, State.CANCELLED})
OPEN_STATES = tuple(state for state in State if state not in CLOSED_STATES)
ACTIVE_CREW = frozenset({CrewState.ASSIGNED, CrewState.ACCEPTED, CrewState.ON_SITE})

FOLLOWS: dict[State, frozenset[State]] = {
    State.REPORTED: frozenset({State.TRIAGED, State.CANCELLED, State.CLOSED}),
    State.TRIAGED: frozenset({State.DISPATCHED, State.ON_HOLD, State.CANCELLED}),
    State.DISPATCHED: frozenset(
        {State.ACCEPTED, State.ON_SITE, State.TRIAGED, State.DISPATCHED, State.ON_HOLD, State.CANCELLED}
    ),
    State.ACCEPTED: frozenset(
        {State.ON_SITE, State.DONE, State.TRIAGED, State.DISPATCHED, State.ON_HOLD, State.CANCELLED}
    ),
    State.ON_SITE: frozenset({State.DONE, State.DISPATCHED, State.ON_HOLD, State.CANCELLED}),
    State.DONE: frozenset({State.VERIFIED, State.REOPENED}),
    State.VERIFIED: frozenset({State.CLOSED, State.REOPENED}),
    State.CLOSED: frozenset({State.REOPENED}),
    State.REOPENED: frozenset({State.DISPATCHED, State.ON_HOLD, State.CANCELLED}),
    State.ON_HOLD: frozenset({State.CANCELLED}),
    State.CANCELLED: frozenset(),
}
"""Which state may follow which; an order on hold besides goes back to the state it was held from."""


def following(state: State, held_from: State | None = None, *, needs_visit: bool = True) -> frozenset[State]:
    """The states that may come next.

    ``held_from`` is where an order on hold resumes; ``needs_visit`` false opens accepted → done.
    """
    after = FOLLOWS[state]
    if state is State.ON_HOLD and held_from is not None:
        return after | {held_from}
    if state is State.ACCEPTED and needs_visit:
        return after - {State.DONE}
    return after


def check_transition(state: State, to: State, held_from: State | None = None, *, needs_visit: bool = True) -> None:
    """Raise ``RefusedError`` when ``to`` may not follow ``state``."""
    if to not in following(state, held_from, needs_visit=needs_visit):
        code = "step_needs_visit" if (state, to) == (State.ACCEPTED, State.DONE) else "step_not_allowed"
        raise RefusedError(code, state=f"@state.{state}", to=f"@state.{to}")


def next_step(state: State, *, needs_visit: bool = True) -> State | None:
    """The one step that leads on along the track, or ``None`` when there is none or it asks for more than a key."""
    if state is State.ACCEPTED:
        return State.ON_SITE if needs_visit else State.DONE
    ahead = {
        State.REPORTED: State.TRIAGED,
        State.TRIAGED: State.DISPATCHED,
        State.DISPATCHED: State.ACCEPTED,
        State.ON_SITE: State.DONE,
        State.DONE: State.VERIFIED,
        State.VERIFIED: State.CLOSED,
        State.REOPENED: State.DISPATCHED,
    }
    return ahead.get(state)


_RANK = (CrewState.ASSIGNED, CrewState.ACCEPTED, CrewState.ON_SITE)


def state_of_crew(members: Iterable[CrewState]) -> State:
    """What an order is by its crew: the first to accept or arrive leads, the last to finish ends it.

    A refusal takes out that member only; with nobody left the order goes back to triaged.
    """
    crew = [member for member in members if member not in (CrewState.REFUSED, CrewState.REMOVED)]
    if not crew:
        return State.TRIAGED
    if all(member is CrewState.FINISHED for member in crew):
        return State.DONE
    # A member who has finished was on site, so the order stays there while the others work or come.
    furthest = max(_RANK.index(CrewState.ON_SITE if member is CrewState.FINISHED else member) for member in crew)
    return (State.DISPATCHED, State.ACCEPTED, State.ON_SITE)[furthest]


def known(kind: type[_Value], value: str) -> _Value:
    """What stands in a row as one of ``kind``; raises ``InvalidError`` for what only a newer program knows."""
    try:
        return kind(value)
    except ValueError as error:
        raise InvalidError("from_newer_program", value=value) from error


def check_text(field: str, text: str, *, required: bool = False) -> str:
    """``text`` without control and direction marks; raises ``InvalidError`` when empty though required, or too long.

    Line breaks and tabs stay, other spaces become plain ones, the joiner of emoji stays. Bidirectional overrides go:
    they make a name read as another one.
    """
    clean = without_marks(text).strip()
    if required and not clean:
        raise InvalidError("text_missing", field=f"@field.{field}")
    if len(clean) > TEXT_LIMIT:
        raise InvalidError("text_too_long", field=f"@field.{field}", length=len(clean), limit=TEXT_LIMIT)
    return clean


def without_marks(text: str) -> str:
    """``text`` without the marks that :func:`check_text` takes out, and otherwise as it is."""
    return text if text.isprintable() else "".join(map(_kept, text))


def _kept(char: str) -> str:
    if char in _KEPT_MARKS or (char.isprintable() and char not in _DIRECTION):
        return char
    return " " if char.isspace() and char != "\r" else ""


_KEPT_MARKS = frozenset("\n\t\u200d")
_DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
