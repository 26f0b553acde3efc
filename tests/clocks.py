"""Clocks that tests crank by hand."""

from datetime import UTC, datetime, timedelta

from typing_extensions import override

from app.domain.clock import SystemClock

START = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
"""A Wednesday, nine in the morning in Shanghai."""


class HandClock(SystemClock):
    """Stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        super().__init__()
        self._at = at

    @override
    def now(self) -> datetime:
        return self._at + self.offset

    def forward(self, **by: float) -> datetime:
        """Move on by hours, minutes, seconds and return the new time."""
        self._at += timedelta(**by)
        return self.now()


class ConsoleClock(SystemClock):
    """The clock of a PC: off from the true one by ``error``, which a program may correct."""

    def __init__(self, truth: HandClock) -> None:
        super().__init__()
        self._truth = truth
        self.error = timedelta()

    @override
    def now(self) -> datetime:
        return self._truth.now() + self.error + self.offset
