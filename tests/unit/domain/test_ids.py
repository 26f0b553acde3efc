"""Identifiers, numbers, changes and moments."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.domain.changes import Changes
from app.domain.clock import SystemClock, cut_to_minute, from_micros, to_micros
from app.domain.errors import OpsError
from app.domain.ids import derived_id, named_id, new_id, stream_id
from app.domain.numbers import format_number, short_number


def test_new_ids_are_version_seven_and_sort_by_time() -> None:
    first, second = UUID(new_id()), UUID(new_id())
    assert first.version == 7
    assert first.variant == "specified in RFC 4122"
    assert first.int >> 80 <= second.int >> 80
    assert first != second


def test_derived_ids_are_the_same_wherever_they_are_made() -> None:
    parent = named_id("somebody")
    assert derived_id(parent, "line", 0) == derived_id(parent, "line", 0) != derived_id(parent, "line", 1)
    assert named_id("a", "bc") != named_id("ab", "c")
    assert stream_id(parent, "work") != stream_id(parent, "people")
    with pytest.raises(ValueError, match="company"):
        stream_id(parent, "company")


def test_numbers_are_digits_read_out_and_short_in_the_lists_of_the_year() -> None:
    number = format_number(date(2026, 9, 16), "07", 31)
    assert number == "260916-07-031"
    assert short_number(number, 2026) == "0916-07-031"
    assert short_number(number, 2027) == number
    assert short_number("SR-9", 2026) == "SR-9"


def test_moments_survive_being_kept_as_microseconds() -> None:
    moment = datetime(2026, 9, 16, 9, 41, 26, 123456, tzinfo=UTC)
    assert from_micros(to_micros(moment)) == moment
    assert from_micros(-1).year == 1969
    assert cut_to_minute(moment) == datetime(2026, 9, 16, 9, 41, tzinfo=UTC)
    assert SystemClock().now().tzinfo is UTC


def test_changes_gather_and_tell_what_they_touch() -> None:
    changes = Changes()
    assert not changes
    changes.add("work_order", [])
    assert not changes
    changes.add("work_order", ["a"])
    other = Changes(everything=True)
    other.add("unit", ["b"])
    assert changes.touches("work_order", "unit")
    assert not changes.touches("unit")
    changes.merge(other)
    assert changes.of("unit") == {"b"}
    assert changes.touches("anything")


def test_an_error_reads_well_in_a_log() -> None:
    assert str(OpsError("gone")) == "gone"
    assert str(OpsError("gone", a=1, b="x")) == "gone (a=1, b=x)"
