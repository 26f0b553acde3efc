"""One command of every kind, each on an order, a resident or a place that it may be done to."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.command import Command, Context
from app.commands.contacts import AnswerWorkOrder, ChaseWorkOrder, CommentWorkOrder, MergeReport, ReadNotice
from app.commands.crews import AddToCrew, RemoveFromCrew
from app.commands.imported_rows import CategoryRow, OrderRow, PlaceRow, ResidentRow, WhereRow
from app.commands.imports import ImportRows
from app.commands.places import AddPlace, AddSite, AddStaff, EditAsset, EditPlace, EditUnit
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
)
from app.commands.steps import (
    CancelWorkOrder,
    HoldWorkOrder,
    ReopenWorkOrder,
    ResumeWorkOrder,
    StepWorkOrder,
    TakeStep,
)
from app.commands.withdrawals import WithdrawStep
from app.commands.work_orders import EditReporter, EditWorkOrder, MoveWorkOrder, Reporter
from app.db.work_orders import Notice
from app.domain.ids import new_id
from app.domain.work_orders import CancelReason, HoldReason, State
from tests.factories import (
    ALWAYS,
    CLERK,
    HE,
    LIFT,
    NOON,
    ORDINARY_POLICY,
    OTHER_SITE,
    OTHER_UNIT,
    PLACE,
    SITE,
    SUN,
    SUPERVISOR,
    UNIT,
    a_context,
    a_report,
    a_step,
    an_assignment,
    an_id,
    do,
)

CALLER = Reporter(name="吴桂芳", phone="13800132046")


class World(NamedTuple):
    """The small world with people in it, and what its orders are called."""

    session: Session
    resident: str
    phone: str
    home: str
    flag: str

    def order(self, *steps: Callable[[str], Command], actor: str = CLERK, priority: str = "P3") -> str:
        """A new order that has gone through some steps; returns its id."""
        report = a_report(number=f"260916-07-{len(self.session.info):03d}", reporter=CALLER, priority=priority)
        self.session.info[report.id] = "an order"
        for n, command in enumerate((report, *(step(report.id) for step in steps))):
            do(self.session, command, a_context(NOON + timedelta(minutes=n), actor=actor))
        return report.id

    def unit_of_order(self) -> str:
        """A unit with an open order."""
        self.order()
        return UNIT


def peopled(session: Session) -> World:
    """The small world with a resident in it, of whom everything is known."""
    world = World(session, new_id(), new_id(), new_id(), new_id())
    of_resident = {"site_id": SITE, "resident_id": world.resident}
    do(session, AddResident(id=world.resident, site_id=SITE, name="吴桂芳"))
    do(session, AddPhone(id=world.phone, phone="13800132046", is_primary=True, **of_resident))
    do(session, AddResidence(id=world.home, unit_id=UNIT, relation="owner", **of_resident))
    do(session, AddExemption(id=world.flag, kind=ExemptionKind.ELDERLY, **of_resident))
    return world


def later(command: Command, minutes: int = 60) -> Context:
    """The context of a command entered after all that a case needs has happened."""
    at = NOON + timedelta(minutes=minutes)
    return a_context(at, happened_at=command.happened() or at)


def _triage(order_id: str) -> Command:
    return StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.TRIAGED)


def _arrive(order_id: str) -> Command:
    return a_step(order_id, State.ON_SITE)


def _finish(order_id: str) -> Command:
    return a_step(order_id, State.DONE)


def _hold(order_id: str) -> Command:
    return HoldWorkOrder(work_order_id=order_id, from_state=State.DISPATCHED, reason=HoldReason.PARTS)


def _hold_on_site(order_id: str) -> Command:
    return HoldWorkOrder(work_order_id=order_id, from_state=State.ON_SITE, reason=HoldReason.PARTS)


def _chase(order_id: str) -> Command:
    return ChaseWorkOrder(work_order_id=order_id)


def _withdrawal(world: World, actor: str) -> Command:
    order_id = world.order()
    step = do(world.session, _triage(order_id), a_context(NOON + timedelta(minutes=5), actor=actor))
    return WithdrawStep(work_order_id=order_id, line_id=step.row_id(0))


def _read_notice(world: World) -> Command:
    order_id = world.order(_chase, _chase)
    notice = world.session.scalars(select(Notice.id).where(Notice.work_order_id == order_id)).one()
    return ReadNotice(notice_id=notice, work_order_id=order_id)


def _policy(policy_id: str) -> Command:
    return SetSlaPolicy(
        id=policy_id, name_zh="新", name_en="New", promise=Promise(calendar_id=ALWAYS, response_minutes=5)
    )


def _recomputing(world: World) -> Command:
    order_id = world.order()
    do(world.session, _policy(ORDINARY_POLICY))
    return RecomputeClocks(site_id=SITE, work_order_ids=(order_id,))


def _import(world: World) -> Command:
    where = WhereRow(building="9 幢", unit="0101")
    return ImportRows(
        source="old",
        site_id=SITE,
        is_creating_places=True,
        orders=(OrderRow(key="1", description="灯不亮", reported_at=NOON, closed_at=NOON, reporter_name="王女士"),),
        residents=(ResidentRow(key="2", name="王女士", phones=("13900000000",), where=where),),
        places=(PlaceRow(key="3", where=WhereRow(place="东门")),),
    )


def _import_categories(world: World) -> Command:
    return ImportRows(source="old", site_id=SITE, categories=(CategoryRow(key="1", path=("绿化", "浇水")),))


def _of_resident(world: World) -> dict[str, str]:
    return {"site_id": SITE, "resident_id": world.resident}


CASES: Mapping[str, Callable[[World], Command]] = {
    "ReportWorkOrder": lambda world: a_report(number="260916-07-900", reporter=CALLER, asked_again=("phone",)),
    "EditWorkOrder": lambda world: EditWorkOrder.model_validate(
        {"id": world.order(), "set": {"description": "卫生间漏水", "unit_id": OTHER_UNIT}, "is_correction": True}
    ),
    "EditWorkOrder, the priority once triaged": lambda world: EditWorkOrder.model_validate(
        {"id": world.order(_triage), "set": {"priority": "P1"}}
    ),
    "EditReporter": lambda world: EditReporter(work_order_id=world.order(), reporter=Reporter(name="吴桂花")),
    "MoveWorkOrder": lambda world: MoveWorkOrder(
        work_order_id=world.order(an_assignment, _chase, _chase), from_site_id=SITE, to_site_id=OTHER_SITE
    ),
    "StepWorkOrder, triage": lambda world: _triage(world.order()),
    "StepWorkOrder, recall": lambda world: StepWorkOrder(
        work_order_id=world.order(an_assignment), from_state=State.DISPATCHED, to=State.TRIAGED
    ),
    "StepWorkOrder, verify": lambda world: StepWorkOrder(
        work_order_id=world.order(an_assignment, _arrive, _finish), from_state=State.DONE, to=State.VERIFIED
    ),
    "AssignWorkOrder": lambda world: an_assignment(world.order(), HE),
    "AssignWorkOrder, of an urgent one": lambda world: an_assignment(world.order(priority="P1"), HE),
    "AddToCrew": lambda world: AddToCrew(work_order_id=world.order(an_assignment), staff_id=HE),
    "RemoveFromCrew": lambda world: RemoveFromCrew(work_order_id=world.order(an_assignment), staff_id=SUN),
    "TakeStep, one's own": lambda world: a_step(world.order(an_assignment), State.ON_SITE),
    "TakeStep, told by phone": lambda world: TakeStep(
        work_order_id=world.order(an_assignment),
        from_state=State.DISPATCHED,
        to=State.ON_SITE,
        staff_id=SUN,
        is_by_phone=True,
        happened_at=NOON + timedelta(minutes=1),
    ),
    "HoldWorkOrder": lambda world: _hold(world.order(an_assignment)),
    "HoldWorkOrder, told by phone": lambda world: HoldWorkOrder(
        work_order_id=world.order(an_assignment),
        from_state=State.DISPATCHED,
        reason=HoldReason.ACCESS,
        staff_id=SUN,
        is_by_phone=True,
        happened_at=NOON + timedelta(minutes=1),
    ),
    "ResumeWorkOrder": lambda world: ResumeWorkOrder(
        work_order_id=world.order(an_assignment, _hold), from_state=State.ON_HOLD
    ),
    "CancelWorkOrder": lambda world: CancelWorkOrder(
        work_order_id=world.order(),
        from_state=State.REPORTED,
        reason=CancelReason.DUPLICATE,
        duplicate_of_id=world.order(),
    ),
    "CancelWorkOrder, of another's report": lambda world: CancelWorkOrder(
        work_order_id=world.order(actor=SUPERVISOR), from_state=State.REPORTED, reason=CancelReason.MISTAKEN
    ),
    "CancelWorkOrder, of one on site": lambda world: CancelWorkOrder(
        work_order_id=world.order(an_assignment, _arrive), from_state=State.ON_SITE, reason=CancelReason.OTHER
    ),
    "CancelWorkOrder, of one held on site": lambda world: CancelWorkOrder(
        work_order_id=world.order(an_assignment, _arrive, _hold_on_site),
        from_state=State.ON_HOLD,
        reason=CancelReason.OTHER,
    ),
    "ReopenWorkOrder": lambda world: ReopenWorkOrder(
        work_order_id=world.order(an_assignment, _arrive, _finish), from_state=State.DONE
    ),
    "WithdrawStep": lambda world: _withdrawal(world, CLERK),
    "WithdrawStep, of another's step": lambda world: _withdrawal(world, SUPERVISOR),
    "ChaseWorkOrder": lambda world: ChaseWorkOrder(work_order_id=world.order(an_assignment, _chase)),
    "CommentWorkOrder": lambda world: CommentWorkOrder(work_order_id=world.order(), text="已通知业主"),
    "AnswerWorkOrder": lambda world: AnswerWorkOrder(work_order_id=world.order()),
    "MergeReport": lambda world: MergeReport(work_order_id=world.order(), reporter=CALLER),
    "ReadNotice": _read_notice,
    "AddResident": lambda world: AddResident(
        id=new_id(), site_id=SITE, name="李先生", phone="13900000000", unit_id=UNIT
    ),
    "EditResident": lambda world: EditResident.model_validate(
        {"id": world.resident, "site_id": SITE, "set": {"name": "吴桂花"}}
    ),
    "AddPhone": lambda world: AddPhone(id=new_id(), phone="13900000000", is_primary=True, **_of_resident(world)),
    "EditPhone": lambda world: EditPhone(site_id=SITE, id=world.phone, phone="13900000000", seen_digits="13800132046"),
    "RemovePhone": lambda world: RemovePhone(site_id=SITE, id=world.phone),
    "AddResidence": lambda world: AddResidence(
        id=new_id(), unit_id=OTHER_UNIT, relation="tenant", **_of_resident(world)
    ),
    "EndResidence": lambda world: EndResidence(site_id=SITE, id=world.home, until="2026-09-01"),
    "AddExemption": lambda world: AddExemption(id=new_id(), kind=ExemptionKind.INFANT, **_of_resident(world)),
    "RemoveExemption": lambda world: RemoveExemption(site_id=SITE, id=world.flag),
    "AddPlace": lambda world: AddPlace(id=new_id(), site_id=SITE, name="东门"),
    "EditUnit": lambda world: EditUnit.model_validate(
        {"id": world.unit_of_order(), "site_id": SITE, "set": {"label": "3 幢 1502 东"}}
    ),
    "EditPlace": lambda world: EditPlace.model_validate({"id": PLACE, "site_id": SITE, "set": {"name": "地库 B2"}}),
    "EditAsset": lambda world: EditAsset.model_validate({"id": LIFT, "site_id": SITE, "set": {"code": "TX-1"}}),
    "AddSite": lambda world: AddSite(id=new_id(), name_zh="新苑", name_en="New Court", kind="housing"),
    "AddStaff": lambda world: AddStaff(
        id=new_id(), name="钱工", employee_no="1103", home_site_id=SITE, trade_zh="电工", trade_en="Electrician"
    ),
    "SetSlaPolicy": lambda world: _policy(an_id("new policy")),
    "SetServiceCalendar": lambda world: SetServiceCalendar(id=new_id(), name_zh="全天", name_en="Day", kind="always"),
    "SetCalendarDay": lambda world: SetCalendarDay(day="2026-10-01", kind="holiday"),
    "RecomputeClocks": _recomputing,
    "ImportRows": _import,
    "ImportRows, categories": _import_categories,
}
"""What is done → a command that does it; what stands before the comma is its kind."""
