"""Service calendars with the holidays of the country, and what the company promises: its SLA policies."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from holidays import country_holidays

from app.db.base import Synced
from app.db.companies import CalendarDay, ServiceCalendar, SlaPolicy, SlaPolicyVersion
from app.domain.ids import COMPANY_STREAM, named_id
from app.server.demo.kinds import category_id
from app.server.demo.said import Said

TIGHTENED_DAYS = 400
"""How long ago the promises were made stricter."""
_ALWAYS, _OFFICE, _WORKING_DAYS = "always", "office hours", "working days"
_HOUR, _OFFICE_DAY, _WORKING_DAY = 60, 9 * 60, 24 * 60
_PAUSING = "parts access supplier weather"


class _Promise(NamedTuple):
    """A policy: whom it is for, and its minutes at first and as they are now (response, resolution)."""

    key: str
    name: Said
    calendar: str
    at_first: tuple[int, int]
    now: tuple[int, int]
    pausing: str
    priority: str | None = None
    category: str | None = None


_PROMISES = (
    _Promise("p1", Said("紧急 P1", "Emergency P1"), _ALWAYS, (30, 60), (30, 45), "", priority="P1"),
    _Promise("p2", Said("加急 P2", "Urgent P2"), _ALWAYS, (45, 3 * _HOUR), (30, 2 * _HOUR), _PAUSING, priority="P2"),
    _Promise(
        "p3", Said("普通 P3", "Ordinary P3"), _ALWAYS, (4 * _HOUR, 8 * _HOUR), (2 * _HOUR, 4 * _HOUR), _PAUSING, "P3"
    ),
    _Promise(
        "p4", Said("计划 P4", "Planned P4"), _OFFICE, (_OFFICE_DAY, 4 * _OFFICE_DAY), (_OFFICE_DAY, 3 * _OFFICE_DAY),
        _PAUSING, "P4",
    ),
    _Promise(
        "wall", Said("墙面粉刷", "Walls and paint"), _OFFICE, (3 * _OFFICE_DAY, 20 * _OFFICE_DAY),
        (2 * _OFFICE_DAY, 15 * _OFFICE_DAY), _PAUSING, category="wall",
    ),
    _Promise(
        "bulky", Said("大件清运", "Bulky waste"), _OFFICE, (3 * _OFFICE_DAY, 30 * _OFFICE_DAY),
        (2 * _OFFICE_DAY, 20 * _OFFICE_DAY), _PAUSING, category="bulky",
    ),
    _Promise(
        "opinion", Said("意见与投诉", "Opinions and complaints"), _WORKING_DAYS, (2 * _WORKING_DAY, 10 * _WORKING_DAY),
        (_WORKING_DAY, 7 * _WORKING_DAY), "", category="group opinion",
    ),
)  # fmt: skip
_CALENDARS = (
    (_ALWAYS, Said("全天", "Round the clock"), "always", 0, 1440),
    (_OFFICE, Said("工作时间 8:30–17:30", "Office hours 8:30–17:30"), "working", 510, 1050),
    (_WORKING_DAYS, Said("工作日", "Working days"), "working", 0, 1440),
)


def promise_rows(now: datetime) -> Iterator[Synced]:
    """Calendars, days and policies, each with a version from before the first order and one from later on."""
    for key, name, kind, opens, closes in _CALENDARS:
        yield ServiceCalendar(
            id=_calendar_id(key),
            stream_id=COMPANY_STREAM,
            name_zh=name.zh,
            name_en=name.en,
            kind=kind,
            opens_minute=opens,
            closes_minute=closes,
            country="CN",
        )
    for year in range(now.year - 2, now.year + 2):
        yield from _days(year)
    yield from _policies(now)


def _policies(now: datetime) -> Iterator[Synced]:
    begun = datetime(now.year - 2, 1, 1, tzinfo=now.tzinfo)
    tightened = (now - timedelta(days=TIGHTENED_DAYS)).replace(second=0, microsecond=0)
    for promise in _PROMISES:
        yield SlaPolicy(
            id=_policy_id(promise.key),
            stream_id=COMPANY_STREAM,
            name_zh=promise.name.zh,
            name_en=promise.name.en,
            category_id=category_id(promise.category) if promise.category else None,
            priority=promise.priority,
        )
        for from_at, (response, resolution) in ((begun, promise.at_first), (tightened, promise.now)):
            yield SlaPolicyVersion(
                id=named_id("demo", "policy version", promise.key, from_at == begun),
                stream_id=COMPANY_STREAM,
                policy_id=_policy_id(promise.key),
                from_at=from_at,
                calendar_id=_calendar_id(promise.calendar),
                response_minutes=response,
                resolution_minutes=resolution,
                warn_percent=80,
                pausing_reasons=promise.pausing,
            )


def _days(year: int) -> Iterator[CalendarDay]:
    """The days of a year that are not as their weekday says, as the ``holidays`` library knows them."""
    chinese = country_holidays("CN", years=year, language="zh_CN")
    english = country_holidays("CN", years=year, language="en_US")
    for day in sorted(chinese):
        if day.year != year:
            continue
        name = Said(chinese[day], english[day])
        is_moved = "substituted" in name.en or "observed" in name.en
        if "substituted" in name.en:
            name = Said("调休", "Day off, moved")
        yield _day(day, "rest" if is_moved else "holiday", name)
    for day in sorted(chinese.weekend_workdays):
        if day.year == year:
            yield _day(day, "makeup", Said("调休上班", "Make-up working day"))


def _day(day: date, kind: str, name: Said) -> CalendarDay:
    return CalendarDay(
        id=named_id("demo", "day", day),
        stream_id=COMPANY_STREAM,
        country="CN",
        day=day.isoformat(),
        kind=kind,
        name_zh=name.zh,
        name_en=name.en,
    )


def _calendar_id(key: str) -> str:
    return named_id("demo", "calendar", key)


def _policy_id(key: str) -> str:
    return named_id("demo", "policy", key)
