"""When a command was given, by the server's clock: its console's word, kept within what can be true."""

from datetime import UTC, datetime, timedelta

from app.protocol import AppliedContext, Envelope
from app.server.tables import Console

LONGEST_OFFLINE = timedelta(days=30)
"""Longer than a console lets anybody in without the server: nothing it sends was given longer before it enrolled."""
TICK = timedelta(microseconds=1)
"""What parts commands of a console that would be of the same moment, as when its clock was set back."""
LONGEST_BACK = timedelta(days=366)
"""How long before it was entered something may have happened; the rules of the order mostly allow less."""


def applied_context(
    envelope: Envelope, happened_at: datetime | None, console: Console, handled_at: datetime
) -> AppliedContext:
    """The times a command is applied with, for good.

    Recorded: as made, corrected by the console's offset, not after now, but always after the console's previous
    command: what was done first is read first. Happened: as its author says, never after it was recorded.
    """
    last = console.last_recorded_at
    earliest = last + TICK if last else console.enrolled_at - LONGEST_OFFLINE
    recorded_at = max(earliest, min(_made_at(envelope, handled_at), handled_at))
    if happened_at is None:
        return AppliedContext(happened_at=recorded_at, recorded_at=recorded_at)
    happened_at = max(recorded_at - LONGEST_BACK, min(happened_at, recorded_at))
    return AppliedContext(happened_at=happened_at.astimezone(UTC), recorded_at=recorded_at)


def _made_at(envelope: Envelope, otherwise: datetime) -> datetime:
    try:
        return (envelope.made_at + timedelta(milliseconds=envelope.clock_offset_ms)).astimezone(UTC)
    except OverflowError:
        return otherwise
