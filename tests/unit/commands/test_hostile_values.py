"""Values that could be written and never read again, that no column holds, or that read as something else."""

import json
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.commands.registry import body_of, parse
from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.db.companies import Staff
from app.db.places import Unit
from app.db.work_orders import WorkOrder
from app.domain.errors import ConflictError, InvalidError, NotFoundError
from app.domain.ids import new_id
from tests.factories import (
    ALWAYS,
    BUILDING,
    HE,
    ORDINARY_POLICY,
    PLACE,
    SITE,
    UNIT,
    a_context,
    a_report,
    do,
)

NOBODY = new_id()


@pytest.mark.parametrize(
    ("kind", "body", "where"),
    [
        ("ReportWorkOrder", {"appointment_at": "0001-01-01T00:00:00+14:00"}, "appointment_at"),
        ("ReportWorkOrder", {"happened_at": "9999-12-31T23:59:59-14:00"}, "happened_at"),
        ("ReportWorkOrder", {"number": "0916"}, "number"),
        ("ReportWorkOrder", {"number": "260916-07-00x"}, "number"),
        ("ReportWorkOrder", {"number": "٢٦٠٩١٦-07-001"}, "number"),
        ("ReportWorkOrder", {"number": "260916-07-" + "9" * 40}, "number"),
    ],
)
def test_a_report_with_a_time_or_number_of_no_use_is_malformed(kind: str, body: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidError, match="command_malformed") as refused:
        parse(kind, 1, {**body_of(a_report()), **body})
    assert str(refused.value.params["detail"]).startswith(where)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-99-99", "0001-01-01", "٢٠٢٦-٠١-٠١"])
def test_a_day_that_no_calendar_has_is_malformed(day: str) -> None:
    with pytest.raises(InvalidError, match="command_malformed"):
        parse("SetCalendarDay", 1, {"day": day, "kind": "holiday"})


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("EditWorkOrder", {"id": NOBODY, "set": {"priority": None}}),
        ("EditWorkOrder", {"id": NOBODY, "set": {"place_label": None}}),
        ("EditUnit", {"id": UNIT, "site_id": SITE, "set": {"label": None}}),
        ("EditUnit", {"id": UNIT, "site_id": SITE, "set": {"area_dm2": 10**30}}),
        ("EditUnit", {"id": UNIT, "site_id": SITE, "set": {"area_dm2": -1}}),
        ("EditAsset", {"id": UNIT, "site_id": SITE, "set": {"code": None}}),
        ("EditPlace", {"id": PLACE, "site_id": SITE, "set": {"name": None}}),
        ("ImportRows", {"source": "x", "site_id": SITE, "places": [{"key": "1", "where": {"floor": 10**30}}]}),
        ("ImportRows", {"source": "x", "site_id": SITE, "places": [{"key": "1", "where": {}, "area_dm2": 10**30}]}),
    ],
)
def test_nothing_is_set_that_its_column_cannot_hold(kind: str, body: dict[str, Any]) -> None:
    with pytest.raises(InvalidError, match="command_malformed"):
        parse(kind, 1, body)


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("ReportWorkOrder", {"steward_user_id": NOBODY}, "staff_gone"),
        ("ReportWorkOrder", {"reporter": {"resident_id": NOBODY}}, "resident_gone"),
        ("AddStaff", {"supplier_id": NOBODY}, "row_gone"),
        ("AddPlace", {"building_id": NOBODY}, "row_gone"),
        ("EditUnit", {"set": {"steward_user_id": NOBODY}}, "staff_gone"),
        ("SetSlaPolicy", {"site_id": NOBODY}, "site_not_visible"),
        ("SetSlaPolicy", {"category_id": NOBODY}, "category_gone"),
    ],
)
def test_what_a_body_names_must_be_there(session: Session, kind: str, body: dict[str, Any], code: str) -> None:
    promise = {"calendar_id": ALWAYS}
    begun: dict[str, Any] = {
        "ReportWorkOrder": body_of(a_report()),
        "AddStaff": {
            "id": new_id(),
            "name": "新人",
            "employee_no": "7",
            "home_site_id": SITE,
            "trade_zh": "工",
            "trade_en": "w",
        },
        "AddPlace": {"id": new_id(), "site_id": SITE, "name": "大堂"},
        "EditUnit": {"id": UNIT, "site_id": SITE},
        "SetSlaPolicy": {"id": ORDINARY_POLICY, "name_zh": "普通", "name_en": "Ordinary", "promise": promise},
    }
    with pytest.raises(NotFoundError, match=code):
        do(session, parse(kind, 1, {**begun[kind], **body}))


def test_an_edit_names_only_people_and_causes_that_are_there_and_minutes_that_can_be(session: Session) -> None:
    report = a_report()
    do(session, report)
    for fields, code in (
        ({"steward_user_id": NOBODY}, "staff_gone"),
        ({"cause_id": NOBODY}, "row_gone"),
        ({"minutes": 10**20}, "minutes_invalid"),
        ({"minutes": -1}, "minutes_invalid"),
    ):
        command = EditWorkOrder(id=report.id, set=WorkOrderFields.model_validate(fields))
        with pytest.raises((NotFoundError, InvalidError), match=code):
            command.apply(session, a_context())


def test_an_id_that_is_taken_is_refused_in_words(session: Session) -> None:
    staff = {"name": "新人", "employee_no": "7", "home_site_id": SITE, "trade_zh": "工", "trade_en": "w"}
    with pytest.raises(ConflictError, match="id_taken"):
        do(session, parse("AddStaff", 1, {"id": HE, **staff}))
    with pytest.raises(ConflictError, match="id_taken"):
        do(session, parse("AddPlace", 1, {"id": PLACE, "site_id": SITE, "name": "大堂"}))


def test_a_site_in_no_time_zone_is_refused(session: Session) -> None:
    body = {"id": new_id(), "name_zh": "新", "name_en": "New", "kind": "mall", "timezone": "Moon/Tranquility"}
    with pytest.raises(InvalidError, match="timezone_unknown"):
        do(session, parse("AddSite", 1, body))


def test_every_text_that_enters_leaves_its_control_and_direction_marks_behind(session: Session) -> None:
    evil = "a\x00\x1b[31m\u202eb"
    staff = {"id": new_id(), "home_site_id": SITE, "trade_zh": evil, "trade_en": evil, "name": evil}
    do(session, parse("AddStaff", 1, {**staff, "employee_no": evil, "phone": evil}))
    row = session.get_one(Staff, staff["id"])
    assert {row.name, row.trade_zh, row.trade_en, row.employee_no, row.phone} == {"a[31mb"}
    report = a_report(place_note=evil)
    do(session, report)
    fields = WorkOrderFields(result=evil, place_label=evil)
    do(session, EditWorkOrder(id=report.id, set=fields))
    order = session.get_one(WorkOrder, report.id)
    assert (order.result, order.place_label) == ("a[31mb", "a[31mb")


def test_an_imported_place_is_called_without_marks(session: Session) -> None:
    where = {"building": "9\u202e幢", "unit": "1\x00", "entrance": "2\x1b"}
    body = {"source": "x", "site_id": SITE, "places": [{"key": "1", "where": where, "layout": "3\x00室"}]}
    do(session, parse("ImportRows", 1, json.loads(json.dumps(body))))
    unit = session.query(Unit).filter_by(number="1").one()
    assert (unit.label, unit.entrance, unit.layout) == ("9幢 2 1", "2", "3室")
    assert unit.building_id != BUILDING
