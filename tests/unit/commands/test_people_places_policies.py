"""Residents, places, policies and calendars."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.command import Command
from app.commands.places import (
    AddPlace,
    AddSite,
    AddStaff,
    AssetFields,
    EditAsset,
    EditPlace,
    EditUnit,
    PlaceFields,
    UnitFields,
)
from app.commands.policies import Promise, RecomputeClocks, SetCalendarDay, SetServiceCalendar, SetSlaPolicy
from app.commands.residents import (
    AddExemption,
    AddPhone,
    AddResidence,
    AddResident,
    EditPhone,
    EditResident,
    EndResidence,
    ExemptionKind,
    RemoveExemption,
    RemovePhone,
    ResidentFields,
)
from app.db.companies import CalendarDay, ServiceCalendar, Site, SlaPolicy, SlaPolicyVersion, Staff
from app.db.places import Asset, Place, Unit
from app.db.residents import Exemption, Residence, Resident, ResidentPhone
from app.db.work_orders import WorkOrder
from app.domain.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from app.domain.ids import COMPANY_STREAM, new_id, stream_id
from app.domain.permissions import Rights, Role
from app.domain.work_orders import HoldReason
from tests.factories import (
    ADMINISTRATOR,
    ALWAYS,
    BUILDING,
    LIFT,
    NOON,
    OFFICE_HOURS,
    ORDINARY_POLICY,
    OTHER_SITE,
    OTHER_UNIT,
    PLACE,
    SITE,
    UNIT,
    a_context,
    a_report,
    an_id,
    do,
    rights,
)

MINUTE = timedelta(minutes=1)
WU = an_id("wu")
EVERYWHERE = Rights(ADMINISTRATOR, None, {"": frozenset({Role.ADMINISTRATOR})})


@pytest.fixture
def wu(session: Session) -> Resident:
    """A resident of the unit, with one telephone."""
    do(
        session,
        AddResident(id=WU, site_id=SITE, name="吴桂芳", phone="138 0013 2046", unit_id=UNIT, since="2019-04-12"),
    )
    return session.get_one(Resident, WU)


def undone(session: Session, command: Command) -> None:
    """Do a command and what undoes it."""
    inverse = command.inverse(session, a_context())
    assert inverse
    do(session, command)
    for step in inverse:
        do(session, step)


def digits(session: Session) -> list[str]:
    return sorted(session.scalars(select(ResidentPhone.digits)))


def test_a_resident_is_entered_with_telephone_and_unit_the_first_as_the_main_one(
    session: Session, wu: Resident
) -> None:
    assert digits(session) == ["13800132046"]
    do(session, AddResident(id=an_id("he"), site_id=SITE, name="贺远航", unit_id=UNIT, relation="family"))
    homes = {row.resident_id: (row.relation, row.is_primary) for row in session.scalars(select(Residence))}
    assert homes == {WU: ("owner", 1), an_id("he"): ("family", 0)}
    with pytest.raises(ConflictError, match="id_taken"):
        AddResident(id=WU, site_id=SITE, name="又一个").apply(session, a_context())
    with pytest.raises(InvalidError, match="place_of_other_site"), session.begin_nested():
        AddResident(id=new_id(), site_id=OTHER_SITE, name="外人", unit_id=UNIT).apply(session, a_context())


def test_people_are_the_desk_s_to_edit_in_both_streams_of_the_site(session: Session, wu: Resident) -> None:
    for command in (
        AddPhone(id=new_id(), site_id=SITE, resident_id=WU, phone="8021"),
        EditResident(id=WU, site_id=SITE, set=ResidentFields(name="吴桂芬")),
    ):
        command.authorize(session, rights())
        with pytest.raises(ForbiddenError):
            command.authorize(session, rights("", Role.MANAGER))
        assert set(command.streams(session)) == {stream_id(SITE, "work"), stream_id(SITE, "people")}


def test_name_and_note_are_corrected_and_put_back(session: Session, wu: Resident) -> None:
    undone(session, EditResident(id=WU, site_id=SITE, set=ResidentFields(name="吴桂芬", note="先打电话")))
    assert (wu.name, wu.note) == ("吴桂芳", "")
    with pytest.raises(InvalidError, match="text_missing"):
        EditResident(id=WU, site_id=SITE, set=ResidentFields(name=" ")).apply(session, a_context())
    with pytest.raises(InvalidError, match="place_of_other_site"):
        EditResident(id=WU, site_id=OTHER_SITE, set=ResidentFields(name="甲")).apply(session, a_context())


def test_telephones_are_added_mended_and_removed_and_each_can_be_undone(session: Session, wu: Resident) -> None:
    add = AddPhone(
        id=an_id("second"), site_id=SITE, resident_id=WU, phone="0571-88001234", label="家里", is_primary=True
    )
    undone(session, add)
    do(session, add)
    main = session.scalars(select(ResidentPhone.digits).where(ResidentPhone.is_primary == 1)).all()
    assert main == ["057188001234"]
    undone(session, EditPhone(id=an_id("second"), site_id=SITE, phone="0571-88001235", seen_digits="057188001234"))
    undone(session, RemovePhone(id=an_id("second"), site_id=SITE))
    assert digits(session) == ["057188001234", "13800132046"]
    with pytest.raises(ConflictError, match="field_changed_meanwhile"):
        EditPhone(id=an_id("second"), site_id=SITE, phone="1234", seen_digits="999").apply(session, a_context())
    with pytest.raises(InvalidError, match="phone_invalid"):
        AddPhone(id=new_id(), site_id=SITE, resident_id=WU, phone="没有").apply(session, a_context())
    with pytest.raises(NotFoundError, match="row_gone"):
        RemovePhone(id=an_id("none"), site_id=SITE).apply(session, a_context())


def test_a_second_home_begins_and_ends_in_that_order(session: Session, wu: Resident) -> None:
    second = AddResidence(
        id=an_id("home"), site_id=SITE, resident_id=WU, unit_id=OTHER_UNIT, relation="tenant", since="2026-01-01"
    )
    do(session, second)
    undone(session, EndResidence(id=an_id("home"), site_id=SITE, until="2026-08-31"))
    assert session.get_one(Residence, an_id("home")).until is None
    with pytest.raises(InvalidError, match="date_reversed"):
        EndResidence(id=an_id("home"), site_id=SITE, until="2025-12-31").apply(session, a_context())


def test_a_flag_is_set_and_taken_off(session: Session, wu: Resident) -> None:
    add = AddExemption(id=an_id("flag"), site_id=SITE, resident_id=WU, kind=ExemptionKind.ELDERLY, until="2027-06-30")
    undone(session, add)
    assert session.scalars(select(Exemption)).all() == []
    do(session, add)
    undone(session, RemoveExemption(id=an_id("flag"), site_id=SITE))
    assert session.get_one(Exemption, an_id("flag")).until == "2027-06-30"
    with pytest.raises(NotFoundError, match="resident_gone"):
        AddExemption(id=new_id(), site_id=SITE, resident_id=an_id("x"), kind=ExemptionKind.INFANT).apply(
            session, a_context()
        )


# -------------------------------------------------------------------------------------------------------------- places


def test_a_unit_s_new_name_reaches_its_open_orders_only(session: Session) -> None:
    opened, closed = a_report(place_note="厨房"), a_report(number="260916-07-002")
    do(session, opened)
    do(session, closed)
    session.get_one(WorkOrder, closed.id).state = "closed"
    edit = EditUnit(id=UNIT, site_id=SITE, set=UnitFields(label="3-1502", occupancy="vacant"))
    edit.authorize(session, rights())
    assert list(edit.streams(session)) == [stream_id(SITE, "work")]
    inverse = edit.inverse(session, a_context())
    do(session, edit)
    assert session.get_one(WorkOrder, opened.id).place_label == "3-1502 厨房"
    assert session.get_one(WorkOrder, closed.id).place_label == "3 幢 1502"
    for command in inverse:
        do(session, command)
    assert session.get_one(Unit, UNIT).label == "3 幢 1502"
    do(session, EditUnit(id=UNIT, site_id=SITE, set=UnitFields(area_dm2=11860)))
    with pytest.raises(InvalidError, match="text_missing"):
        EditUnit(id=UNIT, site_id=SITE, set=UnitFields(label="")).apply(session, a_context())


def test_places_and_assets_are_corrected_and_put_back(session: Session) -> None:
    undone(session, EditPlace(id=PLACE, site_id=SITE, set=PlaceFields(name="地库 B1 东")))
    undone(session, EditAsset(id=LIFT, site_id=SITE, set=AssetFields(code="DT-31", installed_on="2019-05-01")))
    assert session.get_one(Place, PLACE).name == "地库 B1"
    assert session.get_one(Asset, LIFT).code == ""
    add = AddPlace(id=an_id("lobby"), site_id=SITE, name="大堂", building_id=BUILDING)
    add.authorize(session, rights())
    assert list(add.streams(session)) == [stream_id(SITE, "work")]
    do(session, add)
    assert session.get_one(Place, an_id("lobby")).stream_id == stream_id(SITE, "work")


def test_sites_and_staff_are_the_administrator_s(session: Session) -> None:
    site = AddSite(id=an_id("mall"), name_zh="澄悦汇", name_en="Chengyue Mall", kind="mall")
    staff = AddStaff(
        id=an_id("new"),
        name="新人",
        employee_no="1",
        home_site_id=an_id("mall"),
        trade_zh="电工",
        trade_en="Electrician",
    )
    for command in (site, staff):
        assert list(command.streams(session)) == [COMPANY_STREAM]
        command.authorize(session, EVERYWHERE)
        with pytest.raises(ForbiddenError):
            command.authorize(session, rights())
        do(session, command)
    assert session.get_one(Site, an_id("mall")).kind == "mall"
    assert session.get_one(Staff, an_id("new")).is_active == 1
    with pytest.raises(ConflictError, match="id_taken"):
        site.apply(session, a_context())


# ------------------------------------------------------------------------------------------------------------ policies


def test_a_policy_edit_is_a_version_from_its_minute_and_open_orders_follow_when_recomputed(session: Session) -> None:
    report = a_report()
    do(session, report)
    order = session.get_one(WorkOrder, report.id)
    edit = SetSlaPolicy(
        id=ORDINARY_POLICY,
        name_zh="普通",
        name_en="Ordinary",
        promise=Promise(
            calendar_id=ALWAYS, response_minutes=30, resolution_minutes=120, pausing_reasons=(HoldReason.PARTS,)
        ),
    )
    edit.authorize(session, EVERYWHERE)
    do(session, edit, a_context(NOON + 10 * MINUTE))
    assert session.scalars(select(SlaPolicyVersion.from_at).where(SlaPolicyVersion.policy_id == ORDINARY_POLICY)).all()[
        -1:
    ]
    recompute = RecomputeClocks(site_id=SITE, work_order_ids=(report.id, an_id("gone")))
    assert set(recompute.streams(session)) == {COMPANY_STREAM, stream_id(SITE, "work")}
    recompute.authorize(session, EVERYWHERE)
    do(session, recompute, a_context(NOON + 11 * MINUTE))
    assert (order.response_due_at, order.resolution_due_at) == (NOON + 30 * MINUTE, NOON + 120 * MINUTE)


def test_of_two_edits_of_a_policy_in_one_minute_the_last_holds(session: Session) -> None:
    for seconds, minutes in ((10, 30), (50, 20)):
        promise = Promise(calendar_id=ALWAYS, response_minutes=minutes)
        edit = SetSlaPolicy(id=ORDINARY_POLICY, name_zh="普通", name_en="Ordinary", promise=promise)
        do(session, edit, a_context(NOON + timedelta(seconds=seconds)))
    versions = select(SlaPolicyVersion).where(SlaPolicyVersion.policy_id == ORDINARY_POLICY)
    newest = [version for version in session.scalars(versions) if version.from_at == NOON]
    assert [version.response_minutes for version in newest] == [20]
    report = a_report()
    do(session, report, a_context(NOON + 5 * MINUTE))
    assert session.get_one(WorkOrder, report.id).response_due_at == NOON + 25 * MINUTE


def test_a_new_policy_and_a_new_calendar_can_be_made_and_changed(session: Session) -> None:
    calendar = SetServiceCalendar(
        id=an_id("late"), name_zh="晚班", name_en="Late", kind="working", opens_minute=600, closes_minute=1200
    )
    do(session, calendar)
    do(session, calendar.model_copy(update={"closes_minute": 1260}))
    assert session.get_one(ServiceCalendar, an_id("late")).closes_minute == 1260
    with pytest.raises(InvalidError, match="calendar_hours_invalid"):
        calendar.model_copy(update={"opens_minute": 1300}).apply(session, a_context())
    policy = SetSlaPolicy(
        id=an_id("late policy"), name_zh="晚", name_en="Late", priority="P4", promise=Promise(calendar_id=an_id("late"))
    )
    do(session, policy)
    assert session.get_one(SlaPolicy, an_id("late policy")).priority == "P4"
    with pytest.raises(NotFoundError, match="row_gone"):
        policy.model_copy(update={"promise": Promise(calendar_id=an_id("none"))}).apply(session, a_context())


def test_a_holiday_moves_what_is_due_in_office_hours_and_can_be_taken_back(session: Session) -> None:
    session.get_one(SlaPolicyVersion, an_id("ordinary 1")).calendar_id = OFFICE_HOURS
    day = SetCalendarDay(day="2026-09-16", kind="holiday", name_zh="节日", name_en="Holiday")
    day.authorize(session, EVERYWHERE)
    assert list(day.streams(session)) == [COMPANY_STREAM]
    do(session, day)
    report = a_report()
    do(session, report)
    order = session.get_one(WorkOrder, report.id)
    opening = NOON + timedelta(hours=21)  # 09:00 in Shanghai, the next day
    assert order.response_due_at == opening + 60 * MINUTE
    do(session, day.model_copy(update={"kind": "makeup"}))
    assert session.scalars(select(CalendarDay.kind)).one() == "makeup"
    do(session, day.model_copy(update={"kind": None}))
    do(session, day.model_copy(update={"kind": None}))
    do(session, SetCalendarDay(day="2026-09-17", kind="rest", site_id=SITE))
    assert [row.site_id for row in session.scalars(select(CalendarDay))] == [SITE]
    with pytest.raises(NotFoundError, match="site_not_visible"):
        SetCalendarDay(day="2026-09-17", kind="rest", site_id=an_id("nowhere")).apply(session, a_context())


def test_a_calendar_or_zone_that_a_newer_server_sent_rules_nothing_and_harms_nobody(session: Session) -> None:
    session.get_one(ServiceCalendar, ALWAYS).kind = "lunar"
    session.get_one(Site, OTHER_SITE).timezone = "Mars/Olympus"
    report = a_report()
    do(session, report)
    assert session.get_one(WorkOrder, report.id).due_at is None
