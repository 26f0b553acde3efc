"""Order numbers: digits only, because they are read out over the telephone sixty times a day."""

import re
from datetime import date

_NUMBER = re.compile(r"(\d{6})-(\d{2,4})-(\d{3,})")


def format_number(day: date, desk: str, counter: int) -> str:
    """``260916-07-031``: local day, desk, that desk's counter of the day."""
    return f"{day:%y%m%d}-{desk}-{counter:03d}"


def short_number(number: str, this_year: int) -> str:
    """``0916-07-031`` for a number of this year, else the number whole."""
    if _NUMBER.fullmatch(number) and number[:2] == f"{this_year % 100:02d}":
        return number[2:]
    return number
