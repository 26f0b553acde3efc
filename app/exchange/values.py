"""What single cells mean: text made tidy, times of another clock, telephone numbers, areas."""

import html
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.errors import InvalidError
from app.domain.phones import phone_digits
from app.domain.work_orders import TEXT_LIMIT, check_text
from app.exchange.rows import Cell

LINE_LIMIT = 500
"""Characters that a name or number may have."""
USUAL_FORMATS = tuple(
    f"{day}{clock}"
    for day in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
    for clock in (" %H:%M:%S", " %H:%M", "")
)
"""What is tried where the mapping names no format."""

_EXACT = 10**15
"""From here on a number of a sheet has lost its last digits: it is a float there."""
_TAG = re.compile(
    r"</?(?:a|article|b|blockquote|br|center|div|em|font|form|h[1-6]|hr|i|iframe|img|input|label|li|o:p|ol|p|pre|section"
    r"|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_LINE_END = re.compile(r"<br\s*/?>|</(?:div|h[1-6]|li|p|tr)\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")


class Moment(NamedTuple):
    """A time of the file, and whether it is a day without a time (``at`` is then its first minute)."""

    at: datetime
    is_day: bool


class SourceClock(NamedTuple):
    """What the times in a file mean."""

    zone: ZoneInfo
    shift: timedelta
    """To be added to every time: what the clock of the source was slow. A day without a time stays the day it is."""

    def moment(self, local: datetime, *, is_day: bool) -> Moment:
        """A time as the file says it, as what it was."""
        at = local if is_day else local + self.shift
        return Moment((at if at.tzinfo else at.replace(tzinfo=self.zone)).astimezone(UTC), is_day)


def text_of(cell: Cell) -> str:
    """What a cell says; raises ``InvalidError`` for a number that has lost digits, as long ones do in a sheet."""
    if isinstance(cell, (int, float)) and abs(cell) >= _EXACT:
        raise InvalidError("number_lost_digits")
    return str(cell)


def line_of(text: str) -> str:
    """The text on one line, its spaces single; raises ``InvalidError`` beyond ``LINE_LIMIT``."""
    line = " ".join(text.split())
    if len(line) > LINE_LIMIT:
        raise InvalidError("cell_text_too_long", length=len(line), limit=LINE_LIMIT)
    return check_text("name", line)


def text_block_of(text: str) -> str:
    """The text without padding or more than one blank line; raises ``InvalidError`` beyond ``TEXT_LIMIT``."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    block = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if len(block) > TEXT_LIMIT:
        raise InvalidError("cell_text_too_long", length=len(block), limit=TEXT_LIMIT)
    return check_text("description", block)


def without_html(text: str) -> str:
    """The text without the tags of HTML and with its entities read; other angle brackets stay (``<某某方案>``)."""
    plain = _TAG.sub("", _LINE_END.sub("\n", _HIDDEN.sub("", text)))
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), plain)


def moment_of(cell: Cell, formats: Sequence[str], clock: SourceClock, *, midnight_is_day: bool) -> Moment:
    """The time that a cell says, by the first format that fits; raises ``InvalidError`` if none does."""
    local, is_day = _local(cell, formats or USUAL_FORMATS)
    if midnight_is_day and local.time() == time():
        is_day = True
    try:
        moment = clock.moment(local, is_day=is_day)
    except OverflowError as error:
        raise InvalidError("time_unlikely") from error
    if moment.at.year < 1970:
        raise InvalidError("time_unlikely")  # 1899 and 1900 are an empty or a small number read as a day
    return moment


def _local(cell: Cell, formats: Sequence[str]) -> tuple[datetime, bool]:
    if isinstance(cell, datetime):
        return cell, False
    if isinstance(cell, date):
        return datetime.combine(cell, time()), True
    text = " ".join(text_of(cell).split())
    for form in formats:
        try:
            return datetime.strptime(text, form), not re.search("%[HIcX]", form)  # noqa: DTZ007  # the clock knows the zone
        except ValueError:
            continue
    raise InvalidError("time_unreadable", formats=", ".join(formats[:6]))


def phones_of(text: str) -> tuple[str, ...]:
    """The numbers in a cell, each in digits; raises ``InvalidError`` for what cannot be one."""
    return tuple(dict.fromkeys(_phone(part) for part in re.split(r"[/;；,，、|\n]", text) if part.strip()))


def _phone(text: str) -> str:
    if re.fullmatch(r"\s*\d(?:\.\d+)?[eE]\+?\d+\s*", text):
        raise InvalidError("number_lost_digits")
    digits = phone_digits(text)
    if not 3 <= len(digits) <= 15 or not digits.isascii():
        raise InvalidError("phone_invalid", phone=text[:LINE_LIMIT].strip())
    if re.fullmatch(r"1[3-9]\d{10}", digits):
        raise InvalidError("phone_one_digit_more")
    return digits


def whole_of(text: str) -> int:
    """A whole number, as floors are written: ``15``, ``15层``, ``-1``, ``B1``; raises ``InvalidError``."""
    found = re.fullmatch(r"(?P<below>-|[Bb]|负|地下)?\s*(?P<digits>\d{1,4})\s*(?:[Ff]|层|楼)?", text.strip())
    if found is None:
        raise InvalidError("number_unreadable")
    return int(found["digits"]) * (-1 if found["below"] else 1)


def area_of(text: str) -> int:
    """An area in m², as 1/100 m²; raises ``InvalidError``."""
    plain = re.sub(r"\s*(?:m²|m2|㎡|平方米|平米)$", "", text.strip()).replace(",", "")
    try:
        area = Decimal(plain)
        if 0 <= area <= 10_000_000:  # raises for "NaN"
            return round(area * 100)
    except InvalidOperation:
        pass
    raise InvalidError("number_unreadable")
