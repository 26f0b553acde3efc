"""Service calendars: which minutes are open, by opening hours, weekdays and the holidays of a country or site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
HORIZON = timedelta(days=3660)
"""How far a projection looks ahead: what does not open within ten years never does."""
_DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """What a day is by decree; a day without a row is what its weekday makes it."""

    WORKING = "working"
    REST = "rest"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"


class CalendarKind(StrEnum):
    """Round the clock, or in the working hours of working days."""

    ALWAYS = "always"
    WORKING = "working"


_OPEN_KINDS = frozenset({DayKind.WORKING, DayKind.MAKEUP})


@dataclass(frozen=True, slots=True)
class ServiceCalendar:
    """The open minutes at one site.

    ``opens_minute`` and ``closes_minute`` are minutes of the local day (0 … 1440), ``timezone`` an IANA name, ``days``
    the rows of the site's country overridden by its own. Moments are aware and cut to the minute; minute *t* is the one
    that begins at *t*. On the day the clocks change, a local time that does not exist is read with the offset before
    the change and one that exists twice is the first of the two (PEP 495, fold 0).
    """

    kind: CalendarKind
    opens_minute: int = 0
    closes_minute: int = 1440
    timezone: str = "Asia/Shanghai"
    days: Mapping[date, DayKind] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Whether the local ``day`` is worked: as its row says, else Monday to Friday."""
        kind = self.days.get(day)
        return day.weekday() < _SATURDAY if kind is None else kind in _OPEN_KINDS

    def is_open(self, minute: datetime) -> bool:
        """Whether the minute that begins at ``minute`` is open."""
        return self.open_minutes_between(minute, minute + MINUTE) > 0

    def open_minutes_between(self, start: datetime, end: datetime) -> int:
        """How many open minutes begin from ``start`` to before ``end``; 0 when ``end`` is not after ``start``."""
        return sum((closes - opens) // MINUTE for opens, closes in self._openings(start, end))

    def add_open_minutes(self, start: datetime, count: int) -> datetime | None:
        """The first moment from ``start`` at which ``count`` open minutes have passed, or ``None`` beyond ``HORIZON``.

        A count that is used up at closing time ends there, not at the next opening.
        """
        if count <= 0:
            return start
        for opens, closes in self._openings(start, start + HORIZON):
            length = (closes - opens) // MINUTE
            if count <= length:
                return opens + count * MINUTE
            count -= length
        return None

    def _openings(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open stretches within ``start`` … ``end``, a local day at a time, oldest first."""
        if self.kind is CalendarKind.ALWAYS:
            if start < end:
                yield start, end
            return
        zone = ZoneInfo(self.timezone)
        day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        while day <= last:
            if self.is_working_day(day):
                midnight = datetime.combine(day, time.min, zone)
                opens = max(start, (midnight + self.opens_minute * MINUTE).astimezone(UTC))
                closes = min(end, (midnight + self.closes_minute * MINUTE).astimezone(UTC))
                if opens < closes:
                    yield opens, closes
            day += _DAY
