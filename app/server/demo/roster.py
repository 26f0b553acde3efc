"""Shifts: who is on duty when, by patterns that keep the rest and hours that labour law asks for.

Early 07–15, late 15–23, night 23–07; at least 11 hours between two shifts, at most six days in a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
SHIFT = timedelta(hours=8)
DAY = timedelta(days=1)
_BEGINS = {"E": time(7), "L": time(15), "N": time(23)}

AROUND_THE_CLOCK = "EELLNN.."
"""Eight days; eight people hold every shift with two of them."""
DESK = "LLLLL.L...E.EEEEE.EL."
"""Three weeks; three people hold the early and the late shift every day."""
WORKSHOP = "EEEEE..EEEE..NNN..EEEEEE.E..LLLLL..EEEE.LL..NNNN."
"""Seven weeks; seven people hold each shift, the early one of a working day with three or four."""
WORKING_DAYS = "EEEEE.."
ON_CALL = ""
"""An outside firm's technician: comes when called, and keeps no roster here."""


_LONGEST_REST_DAYS = 14
"""No pattern rests longer."""


class Span(NamedTuple):
    """From a moment to before another, UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Rota:
    """The shifts of one person: ``pattern`` read a day a character, from ``phase`` on the Monday ``monday``."""

    pattern: str
    phase: int
    monday: date

    def shift_on(self, day: date) -> Span | None:
        """The shift that begins on the local ``day``."""
        code = self.pattern[((day - self.monday).days + self.phase) % len(self.pattern)]
        if code not in _BEGINS:
            return None
        start = datetime.combine(day, _BEGINS[code], ZONE).astimezone(UTC)
        return Span(start, start + SHIFT)

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether one shift holds all of ``start`` … ``end``."""
        if not self.pattern:
            return True
        today = start.astimezone(ZONE).date()
        shifts = (self.shift_on(day) for day in (today - DAY, today))
        return any(shift is not None and shift.start <= start < shift.end and end <= shift.end for shift in shifts)

    def shifts_from(self, start: datetime, days: int) -> Iterator[Span]:
        """The shifts that end after ``start``, of the next ``days``; on call, one long shift."""
        if not self.pattern:
            yield Span(start - DAY, start + days * DAY)
            return
        today = start.astimezone(ZONE).date()
        for count in range(-1, days):
            shift = self.shift_on(today + count * DAY)
            if shift is not None and shift.end > start:
                yield shift

    def next_shift(self, start: datetime) -> Span:
        """The shift at ``start``, or the one after."""
        return next(self.shifts_from(start, _LONGEST_REST_DAYS))


def monday_of(moment: datetime) -> date:
    """The Monday of the local week of ``moment``: where all patterns begin."""
    today = moment.astimezone(ZONE).date()
    return today - timedelta(days=today.weekday())
