"""Rows and commands with defaults, so that a test names only what it is about."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.commands.command import Command, Context
from app.commands.crews import AssignWorkOrder
from app.commands.steps import TakeStep
from app.commands.work_orders import ReportWorkOrder
from app.db.companies import (
    AppUser,
    Category,
    ServiceCalendar,
    Site,
    SlaPolicy,
    SlaPolicyVersion,
    Staff,
    Supplier,
)
from app.db.ownership import stream_of
from app.db.places import Asset, Building, Place, Unit
from app.domain.ids import named_id, new_id
from app.domain.permissions import Rights, Role
from app.domain.work_orders import State

NOON = datetime(2026, 9, 16, 4, 0, tzinfo=UTC)
"""Wednesday 2026-09-16, 12:00 in Shanghai."""


def an_id(name: str) -> str:
    """The id that tests call ``name``."""
    return named_id("test", name)


SITE, OTHER_SITE = an_id("site"), an_id("other site")
UNIT, OTHER_UNIT, BUILDING, PLACE, LIFT = (an_id(name) for name in ("unit", "other unit", "building", "garage", "lift"))
CLERK, TECHNICIAN, SUPERVISOR, ADMINISTRATOR = (an_id(name) for name in ("clerk", "technician", "supervisor", "admin"))
SUN, HE, ZHOU = (an_id(name) for name in ("sun", "he", "zhou"))
LIFT_FIRM = an_id("lift firm")
PLUMBING, QUESTION, COMPLAINT = (an_id(name) for name in ("plumbing", "question", "complaint"))
ALWAYS, OFFICE_HOURS = an_id("always"), an_id("office hours")
URGENT_POLICY, ORDINARY_POLICY = an_id("urgent"), an_id("ordinary")


def rights(user_id: str = CLERK, *roles: Role, site_id: str = SITE, staff_id: str | None = None) -> Rights:
    """The rights of a person at one site (a clerk's by default)."""
    return Rights(user_id, staff_id, {site_id: frozenset(roles or (Role.CLERK,))})


def a_context(at: datetime = NOON, *, actor: str | None = CLERK, command_id: str | None = None, **more: Any) -> Context:
    """The context of a command entered at ``at``."""
    values: dict[str, Any] = {"happened_at": at, "recorded_at": at, "is_offline": False, "origin": "07", **more}
    return Context(command_id=command_id or new_id(), actor=actor, **values)


def small_world() -> Iterable[Any]:
    """Rows of a small company: two sites, two units, three who work, three kinds of order, two policies."""
    begun = NOON - timedelta(days=900)
    rows = [
        Site(id=SITE, name_zh="澜湾雅苑", name_en="Lanwan Court", kind="housing"),
        Site(id=OTHER_SITE, name_zh="启明广场", name_en="Qiming Plaza", kind="office"),
        Supplier(id=LIFT_FIRM, name_zh="澜捷电梯维保", name_en="Lanjie Lift Service"),
        Staff(id=SUN, name="孙志远", employee_no="1101", home_site_id=SITE, trade_zh="水暖工", trade_en="Plumber"),
        Staff(id=HE, name="何文斌", employee_no="1102", home_site_id=SITE, trade_zh="电工", trade_en="Electrician"),
        Staff(
            id=ZHOU,
            name="周铁生",
            employee_no="9001",
            home_site_id=SITE,
            trade_zh="电梯工",
            trade_en="Lift mechanic",
            supplier_id=LIFT_FIRM,
        ),
        AppUser(id=CLERK, name="林晓雨", title_zh="前台", title_en="Front desk"),
        AppUser(id=TECHNICIAN, name="孙志远", staff_id=SUN),
        AppUser(id=SUPERVISOR, name="罗建平"),
        AppUser(id=ADMINISTRATOR, name="管理员"),
        Category(id=PLUMBING, name_zh="水电维修", name_en="Plumbing", keywords="漏水 渗水 leak", priority="P3"),
        Category(id=QUESTION, name_zh="咨询", name_en="Question", needs_visit=0, priority="P4"),
        Category(id=COMPLAINT, name_zh="投诉", name_en="Complaint", needs_visit=0, is_opinion=1, priority="P3"),
        ServiceCalendar(id=ALWAYS, name_zh="全天", name_en="Always", kind="always"),
        ServiceCalendar(
            id=OFFICE_HOURS,
            name_zh="工作时间",
            name_en="Office hours",
            kind="working",
            opens_minute=540,
            closes_minute=1080,
        ),
        SlaPolicy(id=URGENT_POLICY, name_zh="紧急", name_en="Emergency", priority="P1"),
        SlaPolicy(id=ORDINARY_POLICY, name_zh="普通", name_en="Ordinary"),
        SlaPolicyVersion(
            id=an_id("urgent 1"),
            policy_id=URGENT_POLICY,
            from_at=begun,
            calendar_id=ALWAYS,
            response_minutes=30,
            resolution_minutes=45,
        ),
        SlaPolicyVersion(
            id=an_id("ordinary 1"),
            policy_id=ORDINARY_POLICY,
            from_at=begun,
            calendar_id=ALWAYS,
            response_minutes=60,
            resolution_minutes=240,
            pausing_reasons="access parts",
        ),
        Building(id=BUILDING, site_id=SITE, name="3 幢"),
        Unit(id=UNIT, site_id=SITE, building_id=BUILDING, entrance="1", floor=15, number="1502", label="3 幢 1502"),
        Unit(
            id=OTHER_UNIT, site_id=SITE, building_id=BUILDING, entrance="1", floor=9, number="0902", label="3 幢 0902"
        ),
        Place(id=PLACE, site_id=SITE, name="地库 B1"),
        Asset(id=LIFT, site_id=SITE, building_id=BUILDING, kind="lift", name="3-1-1# 客梯"),
    ]
    for row in map(_any, rows):
        row.stream_id = stream_of(row.__tablename__, getattr(row, "site_id", None) or SITE)
    return rows


def _any(row: Any) -> Any:
    return row


def fill(session: Session) -> None:
    """Put the small world into an empty database."""
    for row in small_world():
        session.add(row)
        session.flush()


def a_report(**values: Any) -> ReportWorkOrder:
    """A leak reported by phone."""
    given: dict[str, Any] = {
        "id": new_id(),
        "number": "260916-07-001",
        "site_id": SITE,
        "unit_id": UNIT,
        "description": "厨房下水管漏水",
        "category_id": PLUMBING,
        "priority": "P3",
        **values,
    }
    return ReportWorkOrder(**given)


def do(session: Session, command: Command, context: Context | None = None) -> Context:
    """Apply a command, and say under which context."""
    context = context or a_context(command.happened() or NOON)
    command.apply(session, context)
    session.flush()
    return context


def an_assignment(order_id: str, *staff_ids: str, seen: tuple[str, ...] = (), **values: Any) -> AssignWorkOrder:
    """Sending somebody (孙志远 by default) to an order."""
    return AssignWorkOrder(work_order_id=order_id, staff_ids=staff_ids or (SUN,), seen_crew=seen, **values)


def a_step(order_id: str, to: Any, *, staff_id: str | None = SUN, **values: Any) -> TakeStep:
    """A step of one of the crew."""
    return TakeStep(
        work_order_id=order_id,
        from_state=values.pop("from_state", State.DISPATCHED),
        to=to,
        staff_id=staff_id,
        **values,
    )
