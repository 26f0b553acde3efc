"""Real records of four cities are read, and every row that is not taken is explained.

The files are no part of the project: where they are not at hand, these tests are skipped and say so.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.commands.imported_rows import CategoryRow, OrderRow
from app.domain.words import Language
from app.exchange.mapping import load_mapping
from app.exchange.records import Record, read_records
from app.exchange.rows import Rejection
from app.exchange.tables import open_table
from tests.conftest import ROOT

pytestmark = pytest.mark.records

FILES = {
    "baltimore-311.csv.gz": (5000, {}),
    "nyc-311-one-day-three-boroughs.csv.gz": (1304, {"closed_before_reported": 1, "closed_time_of_open": 3}),
    "cn-letters-with-replies.csv.gz": (1408, {}),
    "cn-letters.csv.gz": (2163, {}),
    "cn-category-tree.csv": (517, {}),
}


def read(records: Path, name: str) -> list[Record | Rejection]:
    mapping = load_mapping(ROOT / "tests" / "records" / f"{name.partition('.')[0]}.toml")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with open_table(records / name, mapping.file) as table:
        return list(read_records(table, mapping, timezone="Asia/Shanghai", now=now))


def orders(records: Path, name: str) -> list[OrderRow]:
    return [found.row for found in read(records, name) if isinstance(found, Record) and isinstance(found.row, OrderRow)]


def test_every_file_has_its_mapping(records: Path) -> None:
    tables = {file.name.partition(".")[0] for file in records.iterdir() if ".csv" in file.suffixes}
    assert tables == {file.stem for file in (ROOT / "tests" / "records").glob("*.toml")}


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_taken_or_explained(records: Path, name: str) -> None:
    rows, reasons = FILES[name]
    found = read(records, name)
    rejections = [rejection for rejection in found if isinstance(rejection, Rejection)]
    assert len(found) == rows
    assert Counter(rejection.code for rejection in rejections) == reasons
    for rejection in rejections:
        for language in Language:
            assert "{" not in rejection.say(language)
    assert len({record.row.key for record in found if isinstance(record, Record)}) == rows - len(rejections)


def test_the_request_that_was_closed_before_it_came_is_named(records: Path) -> None:
    rejections = [r for r in read(records, "nyc-311-one-day-three-boroughs.csv.gz") if isinstance(r, Rejection)]
    (early,) = [r for r in rejections if r.code == "closed_before_reported"]
    assert early.say(Language.ENGLISH) == (
        "Line 1119, column “Closed Date”: Closed at 2013-10-30, before it was reported at 2013-12-25. "
        "(it says: 10/30/2013 12:00:00 AM)"
    )


def test_states_and_reasons_are_taken_apart(records: Path) -> None:
    states = Counter((row.state, row.cancel_reason) for row in orders(records, "baltimore-311.csv.gz"))
    assert states == {("closed", None): 4839, ("cancelled", "duplicate"): 117, ("reported", None): 44}


def test_a_slow_clock_is_set_right(records: Path) -> None:
    row = next(row for row in orders(records, "baltimore-311.csv.gz") if row.key == "14-00293539")
    assert row.reported_at == datetime(2014, 4, 22, 17, 7, 39, tzinfo=UTC) + timedelta(hours=4)
    assert row.category == ("Solid Waste", "SW-Bulk Scheduled")
    assert row.where.place == "3035 JANICE AVE, BALTIMORE CITY, MD, 21230"


def test_requests_of_a_day_without_a_time_are_those_of_two_offices(records: Path) -> None:
    midnight = datetime(2013, 12, 25, 5, tzinfo=UTC)
    rows = orders(records, "nyc-311-one-day-three-boroughs.csv.gz")
    assert sum(row.reported_at == midnight for row in rows) == 795  # 796, and one of them is rejected
    assert sum("reported_at" in row.days for row in rows) == 795
    assert all(row.closed_at is None or row.closed_at >= row.reported_at for row in rows)
    assert sum(row.closed_at is None for row in rows) == 50


def test_a_letter_and_its_reply_become_an_order_and_its_answer(records: Path) -> None:
    rows = orders(records, "cn-letters-with-replies.csv.gz")
    assert all(row.answer and row.answered_at == row.closed_at for row in rows)
    late = next(row for row in rows if row.key == "27610")
    assert late.answered_at == datetime(2018, 4, 23, 16, tzinfo=UTC)  # a day without a time
    days = sorted((row.closed_at - row.reported_at) / timedelta(days=1) for row in rows if row.closed_at)
    assert round(days[len(days) // 2], 1) == 12.2
    assert sum("<A市新图>" in row.description for row in rows) == 1


def test_letters_keep_their_words_and_lose_their_padding(records: Path) -> None:
    for name, repeats in (("cn-letters-with-replies.csv.gz", 14), ("cn-letters.csv.gz", 49)):
        rows = orders(records, name)
        for row in rows:
            assert row.description == row.description.strip()
            assert not {"\t", "\r", "\xa0", "\u3000"} & set(row.description)
            assert "\n\n\n" not in row.description
        texts = Counter(row.description.partition("\n")[2] for row in rows)
        assert sum(texts.values()) - len(texts) >= repeats  # a text under another number is another letter


def test_the_tree_has_three_levels(records: Path) -> None:
    rows = [r.row for r in read(records, "cn-category-tree.csv") if isinstance(r, Record)]
    assert all(isinstance(row, CategoryRow) and len(row.path) == 3 for row in rows)
