"""Saved filters belong to a person and a page."""

import pytest

from app.domain.errors import NotFoundError
from app.store.filters import FilterItem, list_filters
from tests.factories import CLERK, SUPERVISOR
from tests.unit.store.desks import Desk


def test_filters_are_kept_by_person_and_page_in_their_order(desk: Desk) -> None:
    second = FilterItem("a", CLERK, "queue", "漏水", {"text": "漏水"}, is_starred=True, sort=2)
    first = FilterItem("b", CLERK, "queue", "我的", {}, sort=1)
    for item in (
        second,
        first,
        FilterItem("c", SUPERVISOR, "queue", "x", {}),
        FilterItem("d", CLERK, "places", "x", {}),
    ):
        desk.store.filters.save(item)
    assert desk.read(list_filters, CLERK, "queue") == [first, second]
    assert desk.heard[0].of("saved_filter") == {"a"}

    desk.store.filters.save(second._replace(name="水", sort=0))
    assert [item.name for item in desk.read(list_filters, CLERK, "queue")] == ["水", "我的"]


def test_a_deleted_filter_can_be_put_back(desk: Desk) -> None:
    item = FilterItem("a", CLERK, "queue", "漏水", {"text": "漏水"}, is_starred=True, sort=2)
    desk.store.filters.save(item)
    assert desk.store.filters.remove("a") == item
    assert desk.read(list_filters, CLERK, "queue") == []
    with pytest.raises(NotFoundError, match="filter_gone"):
        desk.store.filters.remove("a")
