"""When people ring, what about, and how long it takes until a matter is closed: facts from public records.

The hours of ordinary matters and the kinds are those of 2,163 letters of residents to an authority, the weekdays the
mean of those letters and of a city's service requests, the night share of urgent matters and the closing times those
of city service requests. Seasons are assumed.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from math import exp, log
from random import Random
from typing import NamedTuple

from app.server.demo.kinds import Kind
from app.server.demo.roster import ZONE

HOURS = (
    1.2, 0.6, 0.4, 0.3, 0.3, 0.4, 0.8, 1.8, 4.5, 5.9, 11.6, 8.8,
    4.6, 4.3, 6.4, 9.2, 7.0, 8.5, 4.5, 4.0, 4.1, 3.8, 4.2, 2.8,
)  # fmt: skip
"""Share of a day's ordinary matters in each hour, in %."""
URGENT_HOURS = (
    3.0, 2.4, 2.0, 1.8, 1.8, 2.2, 2.8, 3.2, 5.2, 6.0, 6.6, 6.2,
    4.8, 4.8, 5.0, 5.2, 5.0, 5.2, 4.8, 5.0, 4.8, 4.4, 4.2, 3.6,
)  # fmt: skip
"""Share of a day's urgent matters in each hour, in %."""
WEEKDAYS = (16.3, 20.3, 19.5, 15.9, 14.5, 6.2, 7.3)
"""Share of a week's matters, Monday … Sunday, in %."""
_SEASONS: dict[str, tuple[float, ...]] = {
    "climate": (1.2, 1.1, 0.6, 0.5, 0.8, 1.6, 2.4, 2.4, 1.4, 0.6, 0.6, 1.1),
    "water_power": (1.1, 1.0, 0.9, 0.9, 1.0, 1.4, 1.3, 1.1, 1.0, 0.8, 0.8, 1.0),
    "green": (0.4, 0.4, 1.0, 1.4, 1.5, 1.3, 1.2, 1.2, 1.1, 1.0, 0.8, 0.5),
}
_LEVEL = (1.0,) * 12
_Z90 = 1.2816
"""Standard deviations from the median to the 90th percentile of a normal distribution."""


class Closing(NamedTuple):
    """Hours from report to closed: the median, and what nine of ten keep within."""

    p50: float
    p90: float

    def draw(self, random: Random) -> timedelta:
        """Hours from the log-normal distribution with these two; never more than 60 days."""
        hours = exp(random.gauss(log(self.p50), log(self.p90 / self.p50) / _Z90))
        return timedelta(hours=min(hours, 1440.0))


_STREET_LIGHT = Closing(20.1, 90.9)
_PARKING = Closing(2.0, 5.9)
_NOISE = Closing(1.3, 4.5)
_SANITATION = Closing(70.0, 216.0)
_HEATING = Closing(72.0, 134.0)
_PAINT = Closing(264.0, 936.0)
_LEAK = Closing(86.0, 600.0)
_POTHOLE = Closing(25.0, 91.0)
_CLOSINGS: dict[str, Closing] = {
    **dict.fromkeys(("leak", "roof"), _LEAK),
    "supply": Closing(13.0, 172.0),  # 17 hours, once the night is over in which nobody closes it
    **dict.fromkeys(("space", "card", "fee"), _PARKING),
    **dict.fromkeys(("lane", "ebike"), Closing(1.6, 6.7)),
    **dict.fromkeys(("neighbours", "works", "stranger", "dispute", "throwing", "lost", "detector"), _NOISE),
    **dict.fromkeys(("rubbish", "stairs", "pets"), _SANITATION),
    "bulky": Closing(414.0, 868.0),
    **dict.fromkeys(("cooling", "air"), _HEATING),
    **dict.fromkeys(("wall", "facade"), _PAINT),
    **dict.fromkeys(("window", "paving", "trim", "plants", "pests", "hydrant"), _POTHOLE),
    "trapped": Closing(6.0, 30.0),
}


def closing(kind: Kind) -> Closing:
    """How long a kind takes until it is closed; what nobody has measured is taken as a street light out."""
    return _CLOSINGS.get(kind.code, _STREET_LIGHT)


class Arrivals:
    """Draws when matters are reported, within so many days before ``until``."""

    def __init__(self, until: datetime, days: int, random: Random) -> None:
        self._random = random
        last = until.astimezone(ZONE).date()
        self._days = [last - timedelta(days=count) for count in reversed(range(days + 1))]
        self._until = until
        self._begin = until - timedelta(days=days)
        self._weights: dict[str, list[float]] = {}

    def draw(self, kind: Kind) -> datetime:
        """When a matter of a kind is reported, to the second."""
        while True:
            day = self._random.choices(self._days, cum_weights=self._weights_of(kind.group))[0]
            shares = URGENT_HOURS if kind.is_urgent else HOURS
            hour = self._random.choices(range(24), shares)[0]
            local = datetime.combine(day, time(hour), ZONE) + timedelta(seconds=self._random.randrange(3600))
            moment = local.astimezone(UTC)
            if self._begin <= moment < self._until:
                return moment

    def _weights_of(self, group: str) -> list[float]:
        if group not in self._weights:
            season = _SEASONS.get(group, _LEVEL)
            self._weights[group] = list(accumulate(_weight(day, season) for day in self._days))
        return self._weights[group]


def _weight(day: date, season: tuple[float, ...]) -> float:
    return WEEKDAYS[day.weekday()] * season[day.month - 1]
