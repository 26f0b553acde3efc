"""Calendars count open minutes by hours, weekdays, decreed days and the clock on the site's wall."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendars import HORIZON, MINUTE, CalendarKind, DayKind, ServiceCalendar
from tests.unit.domain.literal_sla import is_open
from tests.unit.domain.strategies import SETTINGS, Setting, calendars, moments

OFFICE = ServiceCalendar(
    CalendarKind.WORKING,
    opens_minute=510,  # 8:30
    closes_minute=1050,  # 17:30
    days={
        date(2026, 9, 20): DayKind.MAKEUP,  # a Sunday worked for the holiday
        date(2026, 9, 25): DayKind.HOLIDAY,  # a Friday
        date(2026, 9, 28): DayKind.REST,  # a Monday off by the site's own rule
        date(2026, 10, 10): DayKind.WORKING,  # a Saturday worked by the site's own rule
    },
)
ALWAYS = ServiceCalendar(CalendarKind.ALWAYS)


def shanghai(day: int, clock: str, month: int = 9) -> datetime:
    """A moment of September 2026 by the clock on a wall in Shanghai (UTC+8)."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (shanghai(15, "8:29"), False),  # a Tuesday, a minute early
        (shanghai(15, "8:30"), True),
        (shanghai(15, "17:29"), True),
        (shanghai(15, "17:30"), False),
        (shanghai(19, "10:00"), False),  # Saturday
        (shanghai(20, "10:00"), True),  # make-up Sunday
        (shanghai(25, "10:00"), False),  # holiday Friday
        (shanghai(28, "10:00"), False),  # rest Monday
        (shanghai(10, "10:00", month=10), True),  # working Saturday
    ],
)
def test_working_hours_are_those_of_working_days(minute: datetime, expected: bool) -> None:
    assert OFFICE.is_open(minute) is expected
    assert ALWAYS.is_open(minute)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (shanghai(15, "8:00"), shanghai(15, "9:00"), 30),
        (shanghai(15, "17:00"), shanghai(16, "9:00"), 60),  # over night
        (shanghai(18, "17:00"), shanghai(21, "9:00"), 600),  # Friday to Monday over a make-up Sunday
        (shanghai(24, "17:00"), shanghai(29, "9:00"), 60),  # holiday, weekend and rest day
        (shanghai(15, "9:00"), shanghai(15, "9:00"), 0),
        (shanghai(15, "9:00"), shanghai(14, "9:00"), 0),
    ],
)
def test_open_minutes_between_two_moments_leave_out_nights_and_days_off(
    start: datetime, end: datetime, expected: int
) -> None:
    assert OFFICE.open_minutes_between(start, end) == expected
    assert ALWAYS.open_minutes_between(start, end) == max(0, (end - start) // MINUTE)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (shanghai(15, "9:00"), 30, shanghai(15, "9:30")),
        (shanghai(15, "20:00"), 0, shanghai(15, "20:00")),  # nothing to wait for
        (shanghai(15, "17:00"), 30, shanghai(15, "17:30")),  # used up at closing time, not next morning
        (shanghai(15, "17:00"), 31, shanghai(16, "8:31")),
        (shanghai(15, "20:00"), 540, shanghai(16, "17:30")),  # one whole day
        (shanghai(24, "17:00"), 60, shanghai(29, "9:00")),
    ],
)
def test_adding_open_minutes_ends_at_the_first_moment_they_have_passed(
    start: datetime, count: int, expected: datetime
) -> None:
    assert OFFICE.add_open_minutes(start, count) == expected
    assert ALWAYS.add_open_minutes(start, count) == start + count * MINUTE


def test_what_does_not_open_within_ten_years_never_does() -> None:
    never = ServiceCalendar(CalendarKind.WORKING, opens_minute=600, closes_minute=600)
    assert never.add_open_minutes(shanghai(15, "9:00"), 1) is None
    assert ALWAYS.add_open_minutes(shanghai(15, "9:00"), HORIZON // MINUTE + 1) is None


@pytest.mark.parametrize(
    ("day", "opens", "closes", "expected"),
    [
        (date(2026, 3, 28), 0, 1440, 1440),  # an ordinary Saturday
        (date(2026, 3, 29), 0, 1440, 1380),  # the clocks go forward at 2:00
        (date(2026, 10, 25), 0, 1440, 1500),  # and back at 3:00
        (date(2026, 3, 29), 60, 240, 120),
        (date(2026, 10, 25), 60, 240, 240),
        (date(2026, 3, 29), 150, 240, 30),  # 2:30 does not exist: with the offset before, it is 3:30
        (date(2026, 10, 25), 150, 240, 150),  # 2:30 comes twice: it opens at the first
        (date(2026, 10, 25), 60, 150, 90),  # and closes at the first
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(day: date, opens: int, closes: int, expected: int) -> None:
    rows = {day + timedelta(days=apart): DayKind.HOLIDAY for apart in (-1, 1)} | {day: DayKind.WORKING}
    calendar = ServiceCalendar(CalendarKind.WORKING, opens, closes, "Europe/Berlin", rows)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    around = (noon - timedelta(hours=20), noon + timedelta(hours=20))
    assert calendar.open_minutes_between(*around) == expected


@given(st.sampled_from(SETTINGS).flatmap(lambda setting: st.tuples(st.just(setting), calendars(setting))), st.data())
def test_every_count_equals_the_clock_on_the_wall_read_minute_by_minute(
    placed: tuple[Setting, ServiceCalendar], data: st.DataObject
) -> None:
    setting, calendar = placed
    start = data.draw(moments(setting)).replace(second=0)
    length = data.draw(st.integers(0, 2000))
    open_minutes = [start + count * MINUTE for count in range(length) if is_open(calendar, start + count * MINUTE)]

    assert calendar.open_minutes_between(start, start + length * MINUTE) == len(open_minutes)
    if open_minutes:
        assert calendar.is_open(open_minutes[0])
        assert calendar.add_open_minutes(start, len(open_minutes)) == open_minutes[-1] + MINUTE
