"""Finding what a script names in words."""

import pytest
from sqlalchemy.orm import Session

from app.db.companies import Staff
from app.db.ownership import stream_of
from app.db.work_orders import NumberAlias, WorkOrder
from app.domain.errors import InvalidError, NotFoundError
from app.store.queries.lookup import (
    Assignee,
    find_assignee,
    find_category,
    find_order,
    find_place,
    find_site,
    sites_seen,
)
from tests.factories import HE, LIFT_FIRM, OTHER_SITE, PLACE, PLUMBING, SITE, SUN, UNIT, a_report, an_id
from tests.unit.store.desks import STREAMS, Desk


def change(desk: Desk, *rows: object) -> None:
    """Put rows straight into the cache."""

    def add(session: Session, _changes: object) -> None:
        for row in rows:
            session.merge(row)

    desk.store._writer.run(add)


@pytest.fixture
def order(desk: Desk) -> WorkOrder:
    """An order that goes by several numbers."""
    order_id = desk.report()
    alias = NumberAlias(
        id=an_id("alias"), stream_id=stream_of("number_alias", SITE), number="260916-09-001", work_order_id=order_id
    )
    with desk.store.reading() as session:
        found = session.get_one(WorkOrder, order_id)
    found.source_number = "A-17"
    change(desk, alias, found)
    return found


@pytest.mark.parametrize(
    "number", ["260916-07-001", "0916-07-001", "07-001", " 260916-07-001 ", "A-17", "260916-09-001"]
)
def test_an_order_is_found_by_every_number_it_goes_by(desk: Desk, order: WorkOrder, number: str) -> None:
    assert desk.read(find_order, number, STREAMS) == (order.id, "260916-07-001")


@pytest.mark.parametrize("number", ["", "999", "%", "260916-07-00_"])
def test_an_order_that_is_not_there_is_said_to_be_so(desk: Desk, order: WorkOrder, number: str) -> None:
    with pytest.raises(NotFoundError):
        desk.read(find_order, number, STREAMS)


def test_an_order_of_another_site_is_not_found(desk: Desk, order: WorkOrder) -> None:
    with pytest.raises(NotFoundError):
        desk.read(find_order, "260916-07-001", frozenset[str]())


def test_an_end_that_fits_several_orders_names_them(desk: Desk, order: WorkOrder) -> None:
    desk.do(a_report(number="260916-17-001"))
    with pytest.raises(InvalidError) as caught:
        desk.read(find_order, "7-001", STREAMS)
    assert caught.value.params["found"] == "260916-17-001, 260916-07-001"


def test_only_sites_that_one_may_see_are_found(desk: Desk) -> None:
    assert [site.id for site in desk.read(sites_seen, STREAMS)] == [SITE]
    for wanted in (SITE, "澜湾雅苑", "LANWAN court"):
        assert desk.read(find_site, wanted, STREAMS).id == SITE
    for wanted in (OTHER_SITE, "启明广场", "nowhere"):
        with pytest.raises(NotFoundError):
            desk.read(find_site, wanted, STREAMS)


@pytest.mark.parametrize("wanted", ["3 幢 1502", "3幢1502", "3-1502", "1502"])
def test_a_unit_is_found_as_people_say_it(desk: Desk, wanted: str) -> None:
    assert desk.read(find_place, wanted, "unit", [SITE]).id == UNIT


def test_a_common_place_is_found_by_name_or_part_of_it(desk: Desk) -> None:
    assert desk.read(find_place, "地库 B1", "place", [SITE]).id == PLACE
    assert desk.read(find_place, "地库", "place", [SITE]).id == PLACE


def test_a_place_that_fits_several_or_none_is_said_to_be_so(desk: Desk) -> None:
    with pytest.raises(InvalidError, match="place_ambiguous"):
        desk.read(find_place, "3 幢", "unit", [SITE])
    with pytest.raises(NotFoundError):
        desk.read(find_place, "9 幢", "unit", [SITE])
    with pytest.raises(NotFoundError):
        desk.read(find_place, "3 幢 1502", "unit", [OTHER_SITE])


def test_a_category_is_found_by_either_name(desk: Desk) -> None:
    assert desk.read(find_category, "水电维修") == desk.read(find_category, "plumbing") == (PLUMBING, "P3")
    with pytest.raises(NotFoundError):
        desk.read(find_category, "nothing")


def test_who_is_sent_is_found_by_name_number_or_firm(desk: Desk) -> None:
    assert desk.read(find_assignee, "孙志远") == Assignee(SUN, None, "孙志远")
    assert desk.read(find_assignee, "1102") == Assignee(HE, None, "何文斌")
    assert desk.read(find_assignee, "lanjie lift service") == Assignee(None, LIFT_FIRM, "澜捷电梯维保")
    with pytest.raises(NotFoundError):
        desk.read(find_assignee, "nobody")


def test_of_two_of_one_name_the_one_in_the_crew_is_meant_else_both_are_named(desk: Desk) -> None:
    with desk.store.reading() as session:
        other = session.get_one(Staff, HE)
    other.name = "孙志远"
    change(desk, other)
    assert desk.read(find_assignee, "孙志远", [HE]).staff_id == HE
    with pytest.raises(InvalidError) as caught:
        desk.read(find_assignee, "孙志远")
    assert caught.value.params["found"] == "孙志远 1101, 孙志远 1102"
