"""What people at a desk may do next, chosen by numbers, so that a failing history can be told and shrunk."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from app.commands.command import Command
from app.commands.contacts import AnswerWorkOrder, ChaseWorkOrder, CommentWorkOrder, MergeReport
from app.commands.crews import AddToCrew, AssignWorkOrder, RemoveFromCrew
from app.commands.residents import AddPhone, AddResident, EditResident, ResidentFields
from app.commands.steps import (
    CancelWorkOrder,
    HoldWorkOrder,
    ReopenWorkOrder,
    ResumeWorkOrder,
    StepWorkOrder,
    TakeStep,
)
from app.commands.work_orders import (
    EditReporter,
    EditWorkOrder,
    MoveWorkOrder,
    Reporter,
    ReportWorkOrder,
    WorkOrderFields,
)
from app.domain.ids import new_id
from app.domain.work_orders import CancelReason, HoldReason, State
from tests.factories import COMPLAINT, HE, LIFT, OTHER_SITE, OTHER_UNIT, PLUMBING, QUESTION, SITE, SUN, UNIT, ZHOU
from tests.plant import Console

Row = Mapping[str, Any]
STAFF = (SUN, HE, ZHOU)
CATEGORIES = (PLUMBING, QUESTION, COMPLAINT, None)
PRIORITIES = ("P1", "P2", "P3", "P4")


def act(console: Console, what: int, which: int, how: int) -> None:
    """Do one thing at a console, to an order or resident that its cache shows. Raises what forbids it."""
    orders, residents = _table(console, "work_order"), _table(console, "resident")
    if what % 8 == 0 or not orders:
        console.do(_report(console, how))
    elif what % 8 == 1:
        console.do(_about_people(residents[which % len(residents)] if residents else None, how))
    elif what % 8 == 2 and console.given:
        console.store.undo([console.given[-1 - which % len(console.given)]], console.author)
    else:
        order = orders[which % len(orders)]
        crew = [row for row in _table(console, "assignment") if row["work_order_id"] == order["id"]]
        make = _ON_ORDERS[(what // 8) % len(_ON_ORDERS)]
        console.do(make(order, crew, how, console))


def _table(console: Console, table: str) -> list[Row]:
    return [console.row(table, row_id) for name, row_id in sorted(console.rows()) if name == table]


def _report(console: Console, how: int) -> Command:
    number = console.store.reserve_number(console.clock.now().date())
    return ReportWorkOrder(
        id=new_id(),
        number=number,
        site_id=SITE,
        unit_id=(UNIT, OTHER_UNIT, None)[how % 3],
        asset_id=LIFT if how % 5 == 0 else None,
        description=f"报修 {how}",
        category_id=CATEGORIES[how % 4],
        priority=PRIORITIES[how % 4],  # type: ignore[arg-type]
        reporter=Reporter(name="周先生", phone="13800132046") if how % 2 else Reporter(),
        happened_at=console.clock.now() - timedelta(minutes=how % 90) if how % 3 == 0 else None,
    )


def _about_people(resident: Row | None, how: int) -> Command:
    if resident is None or how % 3 == 0:
        return AddResident(id=new_id(), site_id=SITE, name=f"住户 {how}", phone="13800132046", unit_id=UNIT)
    if how % 3 == 1:
        return AddPhone(id=new_id(), site_id=SITE, resident_id=resident["id"], phone=f"1380013{how % 10_000:04d}")
    return EditResident(id=resident["id"], site_id=SITE, set=ResidentFields(note=f"备注 {how}"))


def _step(order: Row, _crew: list[Row], how: int, _console: Console) -> Command:
    to = (State.TRIAGED, State.VERIFIED, State.CLOSED)[how % 3]
    return StepWorkOrder(work_order_id=order["id"], from_state=order["state"], to=to)  # type: ignore[arg-type]


def _assign(order: Row, crew: list[Row], how: int, _console: Console) -> Command:
    seen = tuple(row["staff_id"] for row in crew if row["state"] not in ("refused", "removed"))
    staff_ids = (STAFF[how % 3],) if how % 2 else (STAFF[how % 3], STAFF[(how + 1) % 3])
    return AssignWorkOrder(work_order_id=order["id"], staff_ids=staff_ids, seen_crew=seen)


def _take(order: Row, crew: list[Row], how: int, console: Console) -> Command:
    staff_id = crew[how % len(crew)]["staff_id"] if crew else SUN
    to = (State.ACCEPTED, State.ON_SITE, State.DONE, State.TRIAGED)[how % 4]
    return TakeStep(
        work_order_id=order["id"],
        from_state=order["state"],
        to=to,  # type: ignore[arg-type]
        staff_id=staff_id,
        is_by_phone=True,
        happened_at=console.clock.now() - timedelta(minutes=how % 7),
    )


def _crew_change(order: Row, _crew: list[Row], how: int, _console: Console) -> Command:
    kind = AddToCrew if how % 2 else RemoveFromCrew
    return kind(work_order_id=order["id"], staff_id=STAFF[how % 3])


def _hold(order: Row, _crew: list[Row], how: int, _console: Console) -> Command:
    if order["state"] == State.ON_HOLD:
        return ResumeWorkOrder(work_order_id=order["id"], from_state=State.ON_HOLD)
    reason = tuple(HoldReason)[how % 4]
    return HoldWorkOrder(work_order_id=order["id"], from_state=order["state"], reason=reason)


def _end(order: Row, _crew: list[Row], how: int, _console: Console) -> Command:
    if order["state"] in (State.DONE, State.VERIFIED, State.CLOSED):
        return ReopenWorkOrder(work_order_id=order["id"], from_state=order["state"])
    reason = tuple(CancelReason)[how % 5]
    return CancelWorkOrder(work_order_id=order["id"], from_state=order["state"], reason=reason)


def _contact(order: Row, _crew: list[Row], how: int, _console: Console) -> Command:
    order_id = order["id"]
    return (
        ChaseWorkOrder(work_order_id=order_id),
        CommentWorkOrder(work_order_id=order_id, text=f"备注 {how}"),
        AnswerWorkOrder(work_order_id=order_id, text="已答复"),
        MergeReport(work_order_id=order_id, reporter=Reporter(name="另一位", phone="13900000001")),
        EditReporter(work_order_id=order_id, reporter=Reporter(name=f"改过 {how}")),
    )[how % 5]


def _edit(order: Row, _crew: list[Row], how: int, _console: Console) -> Command:
    fields = (
        {"description": f"改过 {how}"},
        {"priority": PRIORITIES[how % 4]},
        {"category_id": CATEGORIES[how % 3]},
        {"unit_id": OTHER_UNIT},
        {"description": f"又改 {how}", "priority": PRIORITIES[how % 4]},
    )[how % 5]
    return EditWorkOrder(id=order["id"], set=WorkOrderFields.model_validate(fields), is_correction=how % 2 == 0)


def _move(order: Row, _crew: list[Row], how: int, _console: Console) -> Command:
    to = OTHER_SITE if order["site_id"] == SITE else SITE
    return MoveWorkOrder(work_order_id=order["id"], from_site_id=order["site_id"], to_site_id=to)


_ON_ORDERS: tuple[Callable[[Row, list[Row], int, Console], Command], ...] = (
    _step,
    _assign,
    _take,
    _take,
    _hold,
    _contact,
    _edit,
    _crew_change,
    _end,
    _move,
)
