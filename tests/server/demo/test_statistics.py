"""The demo world is as busy as public records say such places are (the figures of the records are written out here)."""

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import median, quantiles

import pytest

from app.db.work_orders import DataError, WorkOrder
from app.domain.work_orders import State
from app.server.demo.roster import ZONE
from tests.server.demo.seeded import Seeded

pytestmark = pytest.mark.timeout(300)  # whoever comes first seeds a world for all

LETTERS_BY_HOUR = {9: 5.9, 10: 11.6, 11: 8.8, 15: 9.2, 16: 7.0, 17: 8.5}
"""Share of 2,163 letters of residents by hour, in %."""
LETTERS_BY_WEEKDAY = (14.8, 20.7, 20.6, 15.6, 13.6, 6.6, 8.1)
REQUESTS_BY_WEEKDAY = (17.8, 19.9, 18.3, 16.2, 15.4, 5.8, 6.5)
"""The same of a city's service requests."""
HOURS_TO_CLOSED = {
    ("lighting",): 20.1,
    ("space",): 2.0,
    ("lane", "ebike"): 1.6,
    ("neighbours", "works"): 1.3,
    ("rubbish", "stairs", "pets"): 70.0,
    ("bulky",): 414.0,
    ("cooling", "air"): 72.0,
    ("wall",): 264.0,
    ("paving", "window"): 25.0,
    ("leak", "roof"): 86.0,
    ("supply",): 17.0,
}
"""Median hours from created to closed: street light out, parking complaint, blocked driveway, noise, sanitation, bulk
collection, heating, paint and plaster, pothole, water leak, water system.
"""
NAMED_IN_LETTERS = {
    ("neighbours", "works"): 155,
    ("space", "barrier", "fee"): 145,
    ("lane", "ebike", "detector", "hydrant"): 108,
    ("rubbish",): 81,
    ("trapped", "stopped", "jolting", "car"): 74,
    ("leak",): 70,
    ("supply",): 53,
    ("power",): 14,
}
"""How many of the letters name noise, parking, fire, rubbish, lifts, leaks, water, power."""


@pytest.fixture
def reports(demo: Seeded) -> list[WorkOrder]:
    """Orders that came by themselves: without the last day, whose queue is set by hand."""
    last = demo.world.now - timedelta(days=4)
    return [order for order in demo.orders if order.reported_at < last]


def test_reports_come_at_the_hours_of_letters(reports: list[WorkOrder]) -> None:
    hours = Counter(order.reported_at.astimezone(ZONE).hour for order in reports)
    for hour, share in LETTERS_BY_HOUR.items():
        assert 100 * hours[hour] / len(reports) == pytest.approx(share, abs=1.3)
    assert 100 * sum(hours[hour] for hour in range(1, 7)) / len(reports) == pytest.approx(2.8, abs=1.5)
    assert 100 * (hours[22] + hours[23]) / len(reports) == pytest.approx(7.0, abs=1.3)


def test_reports_come_on_the_weekdays_of_the_records(reports: list[WorkOrder]) -> None:
    weekdays = Counter(order.reported_at.astimezone(ZONE).weekday() for order in reports)
    for weekday, pair in enumerate(zip(LETTERS_BY_WEEKDAY, REQUESTS_BY_WEEKDAY, strict=True)):
        assert min(pair) - 1.5 < 100 * weekdays[weekday] / len(reports) < max(pair) + 1.5


def test_urgent_matters_come_through_the_night(demo: Seeded, reports: list[WorkOrder]) -> None:
    urgent = [order for order in reports if demo.kind(order).is_urgent]
    hours = Counter(order.reported_at.astimezone(ZONE).hour for order in urgent)
    assert 100 * sum(hours[hour] for hour in range(1, 7)) / len(urgent) == pytest.approx(13, abs=6)


def test_kinds_take_as_long_to_close_as_the_records_say(demo: Seeded) -> None:
    hours: dict[str, list[float]] = defaultdict(list)
    for order in demo.orders:
        if order.state == State.CLOSED and order.closed_at and not order.round:
            hours[demo.kind(order).code].append((order.closed_at - order.reported_at) / timedelta(hours=1))
    for codes, expected in HOURS_TO_CLOSED.items():
        found = [value for code in codes for value in hours[code]]
        assert len(found) > 25, codes
        assert median(found) == pytest.approx(expected, rel=0.45), codes
        assert 1.5 < quantiles(found, n=10)[-1] / median(found) < 30, codes


def test_the_estate_hears_of_things_as_often_as_letters_name_them(demo: Seeded, reports: list[WorkOrder]) -> None:
    estate = demo.world.estates[0].row.id
    counts = Counter(demo.kind(order).code for order in reports if order.site_id == estate)
    named = sum(counts[code] for codes in NAMED_IN_LETTERS for code in codes)
    for codes, letters in NAMED_IN_LETTERS.items():
        share = 100 * letters / sum(NAMED_IN_LETTERS.values())
        assert 100 * sum(counts[code] for code in codes) / named == pytest.approx(share, abs=4), codes


def test_promises_are_kept_as_often_as_the_records_say(demo: Seeded) -> None:
    judged = [order for order in demo.orders if order.resolution_verdict]
    visits = [order for order in judged if demo.kind(order).needs_visit]
    assert _kept(judged) == pytest.approx(81.9, abs=3.5)
    assert _kept(visits) == pytest.approx(78.2, abs=3.5)


def test_doubles_and_repeats_are_as_frequent_as_the_records_say(demo: Seeded) -> None:
    doubles = sum(order.cancel_reason == "duplicate" for order in demo.orders)
    assert 100 * doubles / len(demo.orders) == pytest.approx(2.3, abs=1.0)
    seen: dict[tuple[str, str | None], WorkOrder] = {}
    repeats = 0
    for order in demo.orders:
        earlier = seen.get((order.place_label, order.category_id))
        is_near = earlier is not None and order.reported_at - earlier.reported_at < timedelta(days=30)
        repeats += is_near and order.unit_id is not None and order.cancel_reason != "duplicate"
        seen[order.place_label, order.category_id] = order
    assert 1.0 < 100 * repeats / len(demo.orders) < 4.0


def test_repairs_last_and_reports_are_right_as_the_company_promises(demo: Seeded) -> None:
    visits = [order for order in demo.orders if demo.kind(order).needs_visit and order.state == State.CLOSED]
    assert 2 < 100 * sum(order.round > 0 for order in visits) / len(visits) < 8
    wrong = {error.work_order_id for error in demo.all(DataError)}
    assert 2 < 100 * len(wrong) / len(demo.orders) < 6


def test_residents_say_things_in_hundreds_of_ways(demo: Seeded) -> None:
    said = Counter(order.description for order in demo.orders)
    assert len(said) > 800
    assert said.most_common(1)[0][1] < len(demo.orders) / 50


def _kept(judged: list[WorkOrder]) -> float:
    return 100 * sum(order.resolution_verdict == "met" for order in judged) / len(judged)
