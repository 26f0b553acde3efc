"""Reads a time as it is told on the phone and typed without a colon."""

import re
from datetime import datetime, timedelta, tzinfo

_TYPED = re.compile(r"(\d{1,2})(?::?(\d{2}))?")


def told_time(typed: str, earliest: datetime, latest: datetime, zone: tzinfo) -> datetime | None:
    """``909`` and ``9:09`` are 09:09, ``9`` is 09:00: today's, or the day's before if only that lies in the bounds.

    ``None`` for what is no time. A time out of bounds is returned as today's, for the caller to refuse in words.
    """
    found = _TYPED.fullmatch(typed.strip().replace("：", ":").replace(" ", ""))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        return None
    today = latest.astimezone(zone).replace(hour=hour, minute=minute, second=0, microsecond=0)
    for day in range((latest - earliest).days + 2):
        at = today - timedelta(days=day)
        if is_within(at, earliest, latest):
            return at
    return today


def is_within(at: datetime, earliest: datetime, latest: datetime) -> bool:
    """Whether ``at`` lies between the minutes of the bounds."""
    return earliest.replace(second=0, microsecond=0) <= at <= latest
