"""What people at a desk may do next, chosen by numbers, so that a failing history can be told and shrunk."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.commands.command import Command
from app.commands.contacts import AnswerWorkOrder, ChaseWorkOrder, CommentWorkOrder, MergeReport, ReadNotice
from app.commands.crews import AddToCrew, AssignWorkOrder, RemoveFromCrew
from app.commands.places import AddPlace, AddSite, AddStaff, EditAsset, EditPlace, EditUnit
from app.commands.policies import Promise, SetCalendarDay, SetServiceCalendar, SetSlaPolicy
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
from app.commands.steps import (
    CancelWorkOrder,
    HoldWorkOrder,
    ReopenWorkOrder,
    ResumeWorkOrder,
    StepWorkOrder,
    TakeStep,
)
from app.commands.withdrawals import WithdrawStep
from app.commands.work_orders import (
    EditReporter,
    EditWorkOrder,
    MoveWorkOrder,
    Reporter,
    ReportWorkOrder,
    WorkOrderFields,
)
from app.db.base import Base
from app.domain.ids import new_id
from app.domain.work_orders import CancelReason, CrewState, HoldReason, State
from tests.factories import (
    ALWAYS,
    COMPLAINT,
    HE,
    LIFT,
    OFFICE_HOURS,
    ORDINARY_POLICY,
    OTHER_SITE,
    OTHER_UNIT,
    PLACE,
    PLUMBING,
    QUESTION,
    SITE,
    SUN,
    UNIT,
    URGENT_POLICY,
    ZHOU,
)
from tests.plant import Console

Row = Mapping[str, Any]
STAFF = (SUN, HE, ZHOU)
AHEAD: Mapping[str, tuple[State, ...]] = {
    CrewState.ASSIGNED: (State.ACCEPTED, State.ON_SITE, State.ACCEPTED, State.TRIAGED),
    CrewState.ACCEPTED: (State.ON_SITE, State.ON_SITE, State.DONE),
    CrewState.ON_SITE: (State.DONE,),
}
DESK_STEPS = {State.DONE: State.VERIFIED, State.VERIFIED: State.CLOSED}
CATEGORIES = (PLUMBING, QUESTION, COMPLAINT, None)
PRIORITIES = ("P1", "P2", "P3", "P4")
SOMEBODY = Reporter(name="周先生", phone="13800132046")


class Shown:
    """What a console shows to who must choose: ``which`` row, and ``how`` to go on."""

    def __init__(self, console: Console, which: int, how: int) -> None:
        self.console = console
        self.how = how
        self._which = which
        self._rows = console.rows()

    def rows(self, table: str, **where: Any) -> Sequence[Row]:
        """The rows of a table with these values."""
        names = [column.name for column in Base.metadata.tables[table].columns]
        found = [dict(zip(names, row, strict=True)) for (name, _), row in sorted(self._rows.items()) if name == table]
        return [row for row in found if all(row[name] == value for name, value in where.items())]

    def one(self, table: str, **where: Any) -> Row:
        """One of them. Raises ``LookupError`` where there is none."""
        found = self.rows(table, **where)
        return found[self._which % max(1, len(found))]

    @property
    def order(self) -> Row:
        """An order."""
        return self.one("work_order")

    @property
    def crew(self) -> Sequence[Row]:
        """Who was sent to it."""
        return self.rows("assignment", work_order_id=self.order["id"])

    def choose(self, *ways: Any) -> Any:
        """One of several."""
        return ways[self.how % len(ways)]

    @property
    def day(self) -> str:
        """A day within a few."""
        return f"{self.console.clock.now() + timedelta(days=self.how % 5):%Y-%m-%d}"


def _report(shown: Shown) -> Command:
    how, now = shown.how, shown.console.clock.now()
    return ReportWorkOrder(
        id=new_id(),
        number=shown.console.store.reserve_number(now.date()),
        site_id=SITE,
        unit_id=shown.choose(UNIT, OTHER_UNIT, None),
        asset_id=LIFT if how % 5 == 0 else None,
        description=f"报修 {how}",
        category_id=shown.choose(*CATEGORIES),
        priority=shown.choose(*PRIORITIES),
        reporter=SOMEBODY if how % 2 else Reporter(),
        happened_at=now - timedelta(minutes=how % 90) if how % 3 == 0 else None,
    )


def _assign(shown: Shown) -> Command:
    seen = tuple(row["staff_id"] for row in shown.crew if row["state"] not in (CrewState.REFUSED, CrewState.REMOVED))
    staff_ids = shown.choose((SUN,), (SUN, HE), (HE,), (HE, ZHOU))
    return AssignWorkOrder(work_order_id=shown.order["id"], staff_ids=staff_ids, seen_crew=seen)


def _take(shown: Shown) -> Command:
    """A step of one's own, or one that is told on the phone."""
    own = shown.console.author.rights.staff_id
    crew = [row for row in shown.crew if row["state"] in AHEAD and own in (None, row["staff_id"])]
    member = crew[shown.how % max(1, len(crew))]
    return TakeStep(
        work_order_id=shown.order["id"],
        from_state=shown.order["state"],
        to=shown.choose(*AHEAD[member["state"]]),
        staff_id=member["staff_id"],
        is_by_phone=own is None,
        happened_at=None if own else shown.console.clock.now() - timedelta(minutes=shown.how % 7),
    )


def _edit_order(shown: Shown) -> Command:
    fields = shown.choose(
        {"description": f"改过 {shown.how}"},
        {"priority": PRIORITIES[shown.how // 5 % 4]},
        {"category_id": CATEGORIES[shown.how // 5 % 3]},
        {"unit_id": OTHER_UNIT},
        {"result": f"修好 {shown.how}", "minutes": shown.how % 60},
        {"description": f"又改 {shown.how}", "priority": PRIORITIES[shown.how // 5 % 4]},
    )
    set_ = WorkOrderFields.model_validate(fields)
    return EditWorkOrder(id=shown.order["id"], set=set_, is_correction=shown.how % 2 == 0)


def _withdraw(shown: Shown) -> Command:
    lines = shown.rows("timeline", work_order_id=shown.order["id"], user_id=shown.console.author.user_id)
    own = [line for line in lines if line["undo"] is not None and not line["is_withdrawn"]]
    last = sorted(own, key=lambda line: line["recorded_at"])[-1]
    return WithdrawStep(work_order_id=shown.order["id"], line_id=last["id"])


def _read_notice(shown: Shown) -> Command:
    notice = shown.one("notice")
    return ReadNotice(notice_id=notice["id"], work_order_id=notice["work_order_id"])


def _add_resident(shown: Shown) -> Command:
    return AddResident(id=new_id(), site_id=SITE, name=f"住户 {shown.how}", phone="13800132046", unit_id=UNIT)


def _edit_phone(shown: Shown) -> Command:
    row = shown.one("resident_phone")
    return EditPhone(site_id=SITE, id=row["id"], phone=_phone(shown), seen_digits=row["digits"])


def _phone(shown: Shown) -> str:
    return f"1380013{shown.how % 10_000:04d}"


def _policy(shown: Shown) -> Command:
    minutes = 10 + shown.how % 100
    promise = Promise(
        calendar_id=shown.choose(ALWAYS, OFFICE_HOURS, ALWAYS),
        response_minutes=minutes,
        resolution_minutes=minutes * 3,
        pausing_reasons=shown.choose((HoldReason.PARTS,), ()),
    )
    policy_id = shown.choose(URGENT_POLICY, ORDINARY_POLICY)
    return SetSlaPolicy(id=policy_id, name_zh=f"约定 {shown.how}", name_en="Promise", promise=promise)


def _calendar(shown: Shown) -> Command:
    return SetServiceCalendar(
        id=OFFICE_HOURS,
        name_zh="工作时间",
        name_en="Office hours",
        kind=shown.choose("working", "always", "working"),
        opens_minute=shown.how % 600,
        closes_minute=700 + shown.how % 600,
    )


def _staff(shown: Shown) -> Command:
    return AddStaff(
        id=new_id(),
        name=f"工 {shown.how}",
        employee_no=f"{shown.how}",
        home_site_id=SITE,
        trade_zh="杂",
        trade_en="Any",
    )


def _move(shown: Shown) -> Command:
    here = shown.order["site_id"]
    to = OTHER_SITE if here == SITE else SITE
    return MoveWorkOrder(work_order_id=shown.order["id"], from_site_id=here, to_site_id=to)


def _on_order(kind: type[Command], /, **fields: Callable[[Shown], Any]) -> Callable[[Shown], Command]:
    """A command on an order, of these fields; one that is a step names the state that its author saw."""

    def make(shown: Shown) -> Command:
        seen = {"from_state": shown.order["state"]} if "from_state" in kind.model_fields else {}
        given = {name: choose(shown) for name, choose in fields.items()}
        return kind.model_validate({"work_order_id": shown.order["id"], **seen, **given})

    return make


def _at_site(kind: type[Command], table: str, /, **fields: Callable[[Shown], Any]) -> Callable[[Shown], Command]:
    """A command at the site, on a row of a table: of a resident, or on the row itself."""

    def make(shown: Shown) -> Command:
        row = shown.one(table)["id"]
        which = {"id": new_id(), "resident_id": row} if "resident_id" in kind.model_fields else {"id": row}
        given = {name: choose(shown) for name, choose in fields.items()}
        return kind.model_validate({"site_id": SITE, **which, **given})

    return make


ACTIONS: Mapping[type[Command], Callable[[Shown], Command]] = {
    ReportWorkOrder: _report,
    AssignWorkOrder: _assign,
    TakeStep: _take,
    StepWorkOrder: _on_order(StepWorkOrder, to=lambda shown: DESK_STEPS.get(shown.order["state"], State.TRIAGED)),
    HoldWorkOrder: _on_order(HoldWorkOrder, reason=lambda shown: shown.choose(*HoldReason)),
    ResumeWorkOrder: _on_order(ResumeWorkOrder),
    CancelWorkOrder: _on_order(CancelWorkOrder, reason=lambda shown: shown.choose(*CancelReason)),
    ReopenWorkOrder: _on_order(ReopenWorkOrder),
    WithdrawStep: _withdraw,
    AddToCrew: _on_order(AddToCrew, staff_id=lambda shown: shown.choose(*STAFF)),
    RemoveFromCrew: _on_order(RemoveFromCrew, staff_id=lambda shown: shown.choose(*STAFF)),
    EditWorkOrder: _edit_order,
    EditReporter: _on_order(EditReporter, reporter=lambda shown: Reporter(name=f"改过 {shown.how}")),
    MoveWorkOrder: _move,
    ChaseWorkOrder: _on_order(ChaseWorkOrder),
    CommentWorkOrder: _on_order(CommentWorkOrder, text=lambda shown: f"备注 {shown.how}"),
    AnswerWorkOrder: _on_order(AnswerWorkOrder, text=lambda _: "已答复"),
    MergeReport: _on_order(MergeReport, reporter=lambda _: SOMEBODY),
    ReadNotice: _read_notice,
    AddResident: _add_resident,
    EditResident: _at_site(
        EditResident,
        "resident",
        set=lambda shown: ResidentFields(note=f"备注 {shown.how}").model_dump(exclude_unset=True),
    ),
    AddPhone: _at_site(AddPhone, "resident", phone=_phone),
    EditPhone: _edit_phone,
    RemovePhone: _at_site(RemovePhone, "resident_phone"),
    AddResidence: _at_site(
        AddResidence, "resident", unit_id=lambda _: OTHER_UNIT, relation=lambda shown: shown.choose("tenant", "family")
    ),
    EndResidence: _at_site(EndResidence, "residence", until=lambda shown: shown.day),
    AddExemption: _at_site(AddExemption, "resident", kind=lambda shown: shown.choose(*ExemptionKind)),
    RemoveExemption: _at_site(RemoveExemption, "exemption"),
    AddPlace: lambda shown: AddPlace(id=new_id(), site_id=SITE, name=f"角落 {shown.how}"),
    EditUnit: _at_site(EditUnit, "unit", set=lambda shown: {"label": f"3 幢 {shown.how}"}),
    EditPlace: lambda shown: EditPlace.model_validate({"id": PLACE, "site_id": SITE, "set": {"name": f"{shown.how}"}}),
    EditAsset: _at_site(EditAsset, "asset", set=lambda shown: {"code": f"{shown.how}"}),
    AddSite: lambda shown: AddSite(id=new_id(), name_zh=f"苑 {shown.how}", name_en="Court", kind="housing"),
    AddStaff: _staff,
    SetSlaPolicy: _policy,
    SetServiceCalendar: _calendar,
    SetCalendarDay: lambda shown: SetCalendarDay(day=shown.day, kind=shown.choose("holiday", "makeup", None)),
}
"""Every kind that may be given at a console → how it is made."""
ONWARD: Mapping[str, tuple[type[Command], ...]] = {
    State.REPORTED: (AssignWorkOrder, StepWorkOrder, AssignWorkOrder, EditWorkOrder),
    State.TRIAGED: (AssignWorkOrder, AssignWorkOrder, HoldWorkOrder),
    State.REOPENED: (AssignWorkOrder,),
    **dict.fromkeys((State.DISPATCHED, State.ACCEPTED, State.ON_SITE), (TakeStep, TakeStep, TakeStep, HoldWorkOrder)),
    State.ON_HOLD: (ResumeWorkOrder,),
    **dict.fromkeys((State.DONE, State.VERIFIED), (StepWorkOrder, ReopenWorkOrder)),
    State.CLOSED: (ReopenWorkOrder,),
    State.CANCELLED: (ReportWorkOrder,),
}
"""What makes an order in a state go on, so that there are some in every state."""


def act(console: Console, what: int, which: int, how: int) -> None:
    """Do one thing at a console, to what its cache shows, if it shows any. Raises what forbids it."""
    if what % 10 == 0 and console.given:
        console.store.undo([console.given[-1 - which % len(console.given)]], console.author)
        return
    shown = Shown(console, which, how)
    kinds: Sequence[type[Command]] = [ReportWorkOrder]
    if shown.rows("work_order"):
        kinds = ONWARD[shown.order["state"]] if what % 2 else tuple(ACTIONS)
    try:
        command = ACTIONS[kinds[what // 10 % len(kinds)]](shown)
    except LookupError:
        return
    console.do(command)
