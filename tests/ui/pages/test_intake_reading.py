"""Tests of what the intake reads out of what is typed: times, and which letters are marked."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.ui.pages.intake.appointment import read_appointment
from app.ui.pages.intake.matching import marks_in_number, marks_in_spelling, marks_in_text

ZONE = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1430", "2026-09-16 14:30"),
        ("14:30", "2026-09-16 14:30"),
        ("14：30", "2026-09-16 14:30"),
        ("14点30分", "2026-09-16 14:30"),
        ("930", "2026-09-16 09:30"),
        ("9", "2026-09-16 09:00"),
        ("830", "2026-09-17 08:30"),
        ("明天 9", "2026-09-17 09:00"),
        ("tomorrow 9:15", "2026-09-17 09:15"),
        ("9-18 9:00", "2026-09-18 09:00"),
        ("9月18日 10点", "2026-09-18 10:00"),
        ("0918 0900", "2026-09-18 09:00"),
        ("1-2 8:00", "2027-01-02 08:00"),
    ],
)
def test_a_time_is_read_as_it_is_said_on_the_telephone(typed: str, meant: str) -> None:
    found = read_appointment(typed, NINE, ZONE)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize("typed", ["", "soon", "25:00", "12:75", "2-30 9:00", "1 2 3", "99", "9-18"])
def test_what_is_no_time_is_not_guessed_at(typed: str) -> None:
    assert read_appointment(typed, NINE, ZONE) is None


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("wgf", [(0, 1), (4, 1), (8, 1)]),
        ("gf", [(4, 1), (8, 1)]),
        ("weig", [(0, 3), (4, 1)]),
        ("guof", [(4, 3), (8, 1)]),
        ("xyz", []),
        ("魏", []),
        ("", []),
    ],
)
def test_the_letters_of_a_spelling_that_were_typed_are_marked(typed: str, marked: list[tuple[int, int]]) -> None:
    assert marks_in_spelling(("wei", "guo", "fu"), typed) == marked


def test_the_digits_of_a_number_that_were_typed_are_marked_across_its_spaces() -> None:
    assert marks_in_number("139 2207 5518", "2207-5") == [(4, 1), (5, 1), (6, 1), (7, 1), (9, 1)]
    assert marks_in_number("139 2207 5518", "wei") == []


def test_a_part_of_a_name_is_marked_where_it_stands() -> None:
    assert marks_in_text("3 幢 0902", "0902") == [(4, 4)]
