"""Reads a time that was agreed on the telephone, typed with digits only or nearly so."""

import re
from datetime import date, datetime, time, timedelta, tzinfo

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:：.点时]?(?P<minute>\d{2}))?[点时分]?")
_DAY = re.compile(r"(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?")
_DAY_WORDS = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2}


def read_appointment(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment that ``text`` means: ``1430``, ``14:30``, ``明天 9``, ``9-18 9:00``, ``0918 0900``; ``None`` if none.

    A time alone is today, or tomorrow when it is past; a day without a year is the next one to come.
    """
    words = text.lower().split()
    local = now.astimezone(zone)
    if not 1 <= len(words) <= 2:
        return None
    at = _time(words[-1])
    if at is None:
        return None
    if len(words) == 1:
        found = datetime.combine(local.date(), at, zone)
        return found if found >= local.replace(second=0, microsecond=0) else found + timedelta(days=1)
    day = _day(words[0], local.date())
    return None if day is None else datetime.combine(day, at, zone)


def _time(word: str) -> time | None:
    if len(word) == 3 and word.isdigit():
        word = f"0{word}"
    found = _TIME.fullmatch(word)
    if found is None or int(found["hour"]) > 23 or int(found["minute"] or 0) > 59:
        return None
    return time(int(found["hour"]), int(found["minute"] or 0))


def _day(word: str, today: date) -> date | None:
    if word in _DAY_WORDS:
        return today + timedelta(days=_DAY_WORDS[word])
    found = _DAY.fullmatch(f"{word[:2]}-{word[2:]}" if len(word) == 4 and word.isdigit() else word)
    if found is None:
        return None
    for year in (today.year, today.year + 1):
        try:
            day = date(year, int(found["month"]), int(found["day"]))
        except ValueError:
            continue
        if day >= today:
            return day
    return None
