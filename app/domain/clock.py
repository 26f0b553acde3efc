"""The one clock of a program: corrected by the server's, replaced by a hand-cranked one in tests."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock plus what it is known to be off by."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self.offset


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC; ``moment`` must be aware."""
    return (moment - EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware UTC moment ``micros`` microseconds after 1970."""
    return EPOCH + timedelta(microseconds=micros)


def cut_to_minute(moment: datetime) -> datetime:
    """``moment`` without its seconds, as the clocks of an order read it."""
    return moment.replace(second=0, microsecond=0)
