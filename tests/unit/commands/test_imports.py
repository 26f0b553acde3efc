"""Rows of other systems: made once, left alone when they are there."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.commands.imported_rows import CategoryRow, OrderRow, PlaceRow, ResidentRow, WhereRow
from app.commands.imports import ImportRows
from app.commands.steps import ReopenWorkOrder
from app.db.companies import Category
from app.db.places import Building, Place, Unit
from app.db.residents import OrderReporter, Residence, Resident, ResidentPhone
from app.db.work_orders import Timeline, WorkOrder
from app.domain.errors import ForbiddenError, InvalidError
from app.domain.ids import COMPANY_STREAM, stream_id
from app.domain.permissions import Rights, Role
from app.domain.work_orders import CancelReason, State
from tests.factories import ADMINISTRATOR, COMPLAINT, NOON, PLACE, PLUMBING, SITE, UNIT, a_context, do, rights

DAY = timedelta(days=1)


def an_import(**values: Any) -> ImportRows:
    return ImportRows(**{"source": "old system", "site_id": SITE, **values})


def an_order(key: str, **values: Any) -> OrderRow:
    return OrderRow(
        **{"key": key, "description": "漏水", "reported_at": NOON - 3 * DAY, "closed_at": NOON - 2 * DAY, **values}
    )


def count(session: Session, table: Any) -> int:
    return session.scalars(select(func.count()).select_from(table)).one()


def test_an_import_asks_for_its_right_and_names_every_stream_it_may_touch(session: Session) -> None:
    command = an_import(orders=(an_order("1"),))
    command.authorize(session, rights("", Role.SUPERVISOR))
    with pytest.raises(ForbiddenError):
        command.authorize(session, rights())
    categories = an_import(categories=(CategoryRow(key="1", path=("绿化",)),))
    with pytest.raises(ForbiddenError):
        categories.authorize(session, rights("", Role.SUPERVISOR))
    categories.authorize(session, Rights(ADMINISTRATOR, None, {"": frozenset({Role.ADMINISTRATOR})}))
    assert set(command.streams(session)) == {COMPANY_STREAM, stream_id(SITE, "work"), stream_id(SITE, "people")}


def test_a_second_run_adds_nothing_and_says_so(session: Session) -> None:
    command = an_import(
        orders=(
            an_order("1", reporter_name="吴桂芳", reporter_phone="138 0013 2046"),
            an_order("2", state="reported", closed_at=None),
        ),
        residents=(ResidentRow(key="a", name="吴桂芳", phones=("13800132046", "13800132046", "0571-88001234")),),
    )
    assert command.counts(session) == {"added": 3, "kept": 0}
    do(session, command)
    lines = count(session, Timeline)
    assert command.counts(session) == {"added": 0, "kept": 3}
    do(session, command)
    assert (count(session, WorkOrder), count(session, Timeline), count(session, ResidentPhone)) == (2, lines, 2)
    assert session.scalars(select(OrderReporter.phone)).all() == ["13800132046"]


def test_an_imported_order_carries_history_and_no_clocks_until_its_first_step_here(session: Session) -> None:
    command = an_import(orders=(an_order("1", number="SR-77", answer="已处理", answered_at=NOON - 2 * DAY),))
    do(session, command)
    order = session.scalars(select(WorkOrder)).one()
    assert (order.source_number, order.state, order.has_clocks, order.due_at) == ("SR-77", "closed", 0, None)
    assert order.number == "260913-07-001"
    codes = session.scalars(select(Timeline.code).order_by(Timeline.position)).all()
    assert codes == ["line_reported", "line_answer", "line_closed"]
    reopen = ReopenWorkOrder(work_order_id=order.id, from_state=State.CLOSED)
    context = do(session, reopen, a_context(NOON))
    assert (order.has_clocks, order.resolution_due_at) == (1, NOON + timedelta(minutes=240))
    assert context.recorded_at == NOON


def test_numbers_go_on_from_the_highest_of_that_desk_and_day(session: Session) -> None:
    do(session, an_import(orders=(an_order("1"), an_order("2"))))
    do(session, an_import(source="another", orders=(an_order("1"), an_order("3", reported_at=NOON))))
    numbers = session.scalars(select(WorkOrder.number).order_by(WorkOrder.number)).all()
    assert numbers == ["260913-07-001", "260913-07-002", "260913-07-003", "260916-07-001"]


def test_a_cancelled_order_keeps_its_reason(session: Session) -> None:
    do(session, an_import(orders=(an_order("1", state="cancelled", cancel_reason=CancelReason.DUPLICATE),)))
    assert session.scalars(select(WorkOrder.cancel_reason)).one() == "duplicate"


def test_places_are_found_by_name_and_made_only_when_that_is_asked(session: Session) -> None:
    known = WhereRow(building="3 幢", entrance="1", unit="1502")
    unknown = WhereRow(building="9 幢", entrance="2", floor=3, unit="301")
    common = WhereRow(place="地库 B1")
    rows = (an_order("1", where=known), an_order("2", where=unknown), an_order("3", where=common))
    do(session, an_import(orders=rows))
    places = {order.place_label: (order.unit_id, order.place_id) for order in session.scalars(select(WorkOrder))}
    assert places == {"3 幢 1502": (UNIT, None), "9 幢 2 301": (None, None), "地库 B1": (None, PLACE)}
    do(session, an_import(source="again", is_creating_places=True, orders=rows))
    made = session.scalars(select(Unit).where(Unit.number == "301")).one()
    assert (made.floor, made.entrance, made.label) == (3, "2", "9 幢 2 301")
    assert count(session, Building) == 2


def test_place_rows_make_buildings_units_and_common_places_once(session: Session) -> None:
    rows = (
        PlaceRow(key="1", where=WhereRow(building="5 幢")),
        PlaceRow(key="2", where=WhereRow(building="5 幢", unit="101"), area_dm2=8_000, layout="两室"),
        PlaceRow(key="3", where=WhereRow(building="5 幢", place="大堂")),
    )
    command = an_import(places=rows)
    do(session, command)
    assert command.counts(session) == {"added": 0, "kept": 3}
    unit = session.scalars(select(Unit).where(Unit.number == "101")).one()
    assert (unit.area_dm2, unit.layout) == (8_000, "两室")
    lobby = session.scalars(select(Place).where(Place.name == "大堂")).one()
    assert lobby.building_id == unit.building_id


def test_what_was_entered_by_hand_is_left_as_it_is_and_counted_so(session: Session) -> None:
    command = an_import(
        places=(
            PlaceRow(key="1", where=WhereRow(building="3 幢")),
            PlaceRow(key="2", where=WhereRow(building="3 幢", unit="1502"), layout="三室"),
            PlaceRow(key="3", where=WhereRow(place="地库 B1")),
            PlaceRow(key="4", where=WhereRow(place="地库 B1")),
        ),
        categories=(CategoryRow(key="1", path=("投诉",)), CategoryRow(key="2", path=("投诉", "物业"))),
    )
    assert command.counts(session) == {"added": 1, "kept": 5}
    do(session, command)
    assert (count(session, Building), count(session, Unit), count(session, Place)) == (1, 2, 1)
    assert session.get_one(Unit, UNIT).layout == ""
    below = session.scalars(select(Category).where(Category.name_zh == "物业")).one()
    assert below.parent_id == COMPLAINT
    assert command.counts(session) == {"added": 0, "kept": 6}


def test_a_name_that_fits_several_places_is_none_of_them(session: Session) -> None:
    rows = [PlaceRow(key=name, where=WhereRow(building=name, place="大堂")) for name in ("5 幢", "6 幢")]
    rows += [PlaceRow(key=one, where=WhereRow(building="5 幢", entrance=one, unit="101")) for one in ("1", "2")]
    do(session, an_import(places=tuple(rows)))
    assert count(session, Place) == 3
    asked = {
        "1": WhereRow(building="6 幢", place="大堂"),
        "2": WhereRow(place="大堂"),
        "3": WhereRow(building="5 幢", entrance="2", unit="101"),
        "4": WhereRow(building="5 幢", unit="101"),
    }
    do(session, an_import(orders=tuple(an_order(key, number=key, where=where) for key, where in asked.items())))
    found = {order.source_number: order for order in session.scalars(select(WorkOrder))}
    assert (found["1"].place_label, found["1"].place_id is None) == ("大堂", False)
    assert (found["2"].place_label, found["2"].place_id) == ("大堂", None)
    assert session.get_one(Unit, found["3"].unit_id).entrance == "2"
    assert (found["4"].place_label, found["4"].unit_id) == ("5 幢 101", None)


def test_a_day_without_a_time_is_marked_as_one(session: Session) -> None:
    row = an_order("1", answer="已处理", days=("reported_at", "closed_at"))
    do(session, an_import(orders=(row, an_order("2"))))
    lines = session.scalars(select(Timeline).order_by(Timeline.work_order_id, Timeline.position)).all()
    days = Counter(line.code for line in lines if json.loads(line.params).get("is_day"))
    assert days == {"line_reported": 1, "line_answer": 1, "line_closed": 1}


def test_residents_are_put_into_the_units_they_name(session: Session) -> None:
    row = ResidentRow(
        key="1", name="贺远航", where=WhereRow(building="3 幢", entrance="1", unit="1502"), relation="tenant"
    )
    do(session, an_import(residents=(row, ResidentRow(key="2", name="无住处"))))
    home = session.scalars(select(Residence)).one()
    assert (home.unit_id, home.relation) == (UNIT, "tenant")
    assert count(session, Resident) == 2


def test_categories_grow_a_tree_and_orders_find_theirs_by_path_or_last_name(session: Session) -> None:
    rows = (
        CategoryRow(key="1", path=("园林", "绿化", "修剪"), path_en=("Garden", "Green", "Trim"), priority="P4"),
        CategoryRow(key="2", path=("园林",)),
    )
    command = an_import(categories=rows)
    do(session, command)
    assert command.counts(session) == {"added": 0, "kept": 2}
    trim = session.scalars(select(Category).where(Category.name_en == "Trim")).one()
    parent = session.get_one(Category, trim.parent_id)
    assert (parent.name_zh, parent.name_en) == ("绿化", "Green")
    orders = (
        an_order("1", category=("园林", "绿化", "修剪")),
        an_order("2", category=("Plumbing",)),
        an_order("3", category=("没有这类",)),
    )
    do(session, an_import(orders=orders))
    found = {order.category_id: order.priority for order in session.scalars(select(WorkOrder))}
    assert found == {trim.id: "P4", PLUMBING: "P3", None: "P3"}


def test_a_unit_without_a_building_is_no_unit(session: Session) -> None:
    with pytest.raises(InvalidError, match="text_missing"), session.begin_nested():
        an_import(orders=(an_order("1", description=" "),)).apply(session, a_context())
    do(session, an_import(is_creating_places=True, orders=(an_order("1", where=WhereRow(unit="301")),)))
    assert session.scalars(select(WorkOrder.unit_id)).one() is None
