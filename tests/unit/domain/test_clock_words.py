"""How a clock is told."""

import pytest

from app.domain.clock_words import say_length, say_length_shortly, say_remaining
from app.domain.sla import Remaining, Standing
from app.domain.words import Language


@pytest.mark.parametrize(
    ("remaining", "chinese", "english"),
    [
        (Remaining(Standing.OK, 59), "剩 59 分", "59m left"),
        (Remaining(Standing.DUE_SOON, 0), "剩 0 分", "0m left"),
        (Remaining(Standing.OK, 72), "剩 1:12", "1:12 left"),
        (Remaining(Standing.OK, 60), "剩 1:00", "1:00 left"),
        (Remaining(Standing.OK, 24 * 60), "剩 1 天 0 时", "1d 0h left"),
        (Remaining(Standing.OK, 30 * 60 + 59), "剩 1 天 6 时", "1d 6h left"),
        (Remaining(Standing.OVERDUE, 41), "超时 41 分", "41m over"),
        (Remaining(Standing.OVERDUE, 125), "超时 2:05", "2:05 over"),
        (Remaining(Standing.OVERDUE, 49 * 60), "超时 2 天 1 时", "2d 1h over"),
        (Remaining(Standing.MET, 0), "达标", "met"),
        (Remaining(Standing.BREACHED, 0), "未达标", "missed"),
        (Remaining(Standing.NONE, 0), "", ""),
    ],
)
def test_time_is_told_in_minutes_hours_or_days(remaining: Remaining, chinese: str, english: str) -> None:
    assert say_remaining(remaining, None, Language.CHINESE) == chinese
    assert say_remaining(remaining, None, Language.ENGLISH) == english


def test_a_paused_clock_tells_what_it_waits_for() -> None:
    paused = Remaining(Standing.PAUSED, 90)
    assert say_remaining(paused, "parts", Language.CHINESE) == "等配件"
    assert say_remaining(paused, None, Language.ENGLISH) == "Paused"


@pytest.mark.parametrize(
    ("minutes", "chinese", "english"),
    [
        (30, "30 分", "30 min"),
        (240, "4 小时", "4 h"),
        (150, "2 小时 30 分", "2 h 30 min"),
        (1800, "1 天 6 小时", "1 d 6 h"),
        (2880, "2 天", "2 d"),
    ],
)
def test_lengths_are_told_in_the_largest_two_units(minutes: int, chinese: str, english: str) -> None:
    assert say_length(minutes, Language.CHINESE) == chinese
    assert say_length(minutes, Language.ENGLISH) == english


def test_lengths_are_short_in_a_narrow_column() -> None:
    assert [say_length_shortly(minutes, Language.CHINESE) for minutes in (6, 113, 1800)] == [
        "6 分",
        "1:53",
        "1 天 6 时",
    ]
    assert [say_length_shortly(minutes, Language.ENGLISH) for minutes in (6, 113, 1800)] == ["6m", "1:53", "1d 6h"]
