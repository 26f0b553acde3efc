"""Steps that are heard of late, or out of order: from consoles that were offline, or told with a time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.command import Command
from app.commands.crews import RemoveFromCrew
from app.commands.steps import CancelWorkOrder, HoldWorkOrder, ReopenWorkOrder, ResumeWorkOrder, StepWorkOrder
from app.commands.withdrawals import WithdrawStep
from app.commands.work_orders import EditWorkOrder, MoveWorkOrder, WorkOrderFields
from app.db.work_orders import Timeline, WorkOrder
from app.domain.errors import ConflictError, RefusedError
from app.domain.work_orders import CancelReason, HoldReason, State
from tests.factories import (
    HE,
    NOON,
    OTHER_SITE,
    QUESTION,
    SITE,
    SUN,
    a_context,
    a_report,
    a_step,
    an_assignment,
    do,
)

MINUTE = timedelta(minutes=1)


def at(minutes: float, **more: Any) -> Any:
    """The context of something done so many minutes after the report, whenever it is heard of."""
    return a_context(NOON + minutes * MINUTE, **more)


def sent(session: Session, *crew: str, **values: Any) -> WorkOrder:
    """An order that a crew was sent to at once."""
    report = a_report(**values)
    do(session, report)
    do(session, an_assignment(report.id, *crew), at(1))
    return session.get_one(WorkOrder, report.id)


def hold(order: WorkOrder, from_state: State = State.DISPATCHED) -> HoldWorkOrder:
    return HoldWorkOrder(work_order_id=order.id, from_state=from_state, reason=HoldReason.PARTS)


def resume(order: WorkOrder) -> ResumeWorkOrder:
    return ResumeWorkOrder(work_order_id=order.id, from_state=State.ON_HOLD)


def lines(session: Session, order: WorkOrder) -> list[tuple[str, str, str | None, float]]:
    """Code, kind, state and minute of what stands, as it happened."""
    query = select(Timeline).where(Timeline.work_order_id == order.id, Timeline.is_withdrawn == 0)
    found = session.scalars(query.order_by(Timeline.happened_at, Timeline.recorded_at, Timeline.position))
    return [(line.code, line.kind, line.state, (line.happened_at - NOON) / MINUTE) for line in found]


@pytest.mark.parametrize(
    "late",
    [
        hold,
        lambda order: an_assignment(order.id, HE, seen=(SUN,)),
        lambda order: CancelWorkOrder(work_order_id=order.id, from_state=State.DISPATCHED, reason=CancelReason.OTHER),
        lambda order: StepWorkOrder(work_order_id=order.id, from_state=State.DISPATCHED, to=State.TRIAGED),
    ],
)
def test_what_was_done_before_a_step_that_left_the_same_state_is_a_conflict(
    session: Session, late: Callable[[WorkOrder], Command]
) -> None:
    order = sent(session)
    do(session, hold(order), at(10))
    do(session, resume(order), at(20))
    with pytest.raises(ConflictError, match="state_changed_meanwhile"), session.begin_nested():
        late(order).apply(session, at(15))
    late(order).apply(session, at(20))


def test_a_hold_of_before_is_not_ended_by_who_had_not_heard_of_the_next(session: Session) -> None:
    order = sent(session)
    for minute, command in ((10, hold(order)), (20, resume(order)), (30, hold(order))):
        do(session, command, at(minute))
    with pytest.raises(ConflictError, match="state_changed_meanwhile"):
        resume(order).apply(session, at(15))
    assert (order.state, order.paused_since) == ("on_hold", NOON + 30 * MINUTE)


def test_taking_one_off_earlier_than_the_last_step_is_a_conflict_only_where_it_steps_the_order(
    session: Session,
) -> None:
    order = sent(session, SUN, HE)
    do(session, a_step(order.id, State.ON_SITE), at(10))
    remove = RemoveFromCrew(work_order_id=order.id, staff_id=SUN)
    with pytest.raises(ConflictError, match="state_changed_meanwhile"), session.begin_nested():
        remove.apply(session, at(5))
    RemoveFromCrew(work_order_id=order.id, staff_id=HE).apply(session, at(5))


def test_the_first_to_arrive_ends_the_response_though_heard_of_later(session: Session) -> None:
    order = sent(session, SUN, HE)
    do(session, a_step(order.id, State.ON_SITE), at(70))
    assert order.response_verdict == "breached"
    do(session, a_step(order.id, State.ON_SITE, staff_id=HE), at(50))
    assert (order.response_verdict, order.response_elapsed) == ("met", 50)
    assert ("line_on_site", "step", "on_site", 50.0) in lines(session, order)


def _last(session: Session, order: WorkOrder, staff_id: str) -> str:
    query = select(Timeline).where(Timeline.work_order_id == order.id, Timeline.staff_id == staff_id)
    return max(session.scalars(query), key=lambda line: (line.recorded_at, line.position)).id


def test_the_first_to_accept_answers_where_nobody_need_go_though_heard_of_later(session: Session) -> None:
    order = sent(session, SUN, HE, category_id=QUESTION)
    do(session, a_step(order.id, State.ACCEPTED), at(30))
    do(session, a_step(order.id, State.ACCEPTED, staff_id=HE), at(20))
    assert order.response_elapsed == 20


def test_one_who_arrives_after_the_first_leaves_the_order_where_it_is(session: Session) -> None:
    order = sent(session, SUN, HE)
    do(session, a_step(order.id, State.ON_SITE), at(30))
    do(session, a_step(order.id, State.ACCEPTED, staff_id=HE), at(40))
    assert lines(session, order)[-1] == ("line_accepted", "crew", None, 40.0)
    assert order.response_elapsed == 30


def test_the_order_is_done_when_the_last_has_finished_though_another_is_heard_of_later(session: Session) -> None:
    order = sent(session, SUN, HE)
    for who in (SUN, HE):
        do(session, a_step(order.id, State.ON_SITE, staff_id=who), at(10))
    do(session, a_step(order.id, State.DONE), at(50))
    do(session, a_step(order.id, State.DONE, staff_id=HE), at(30))
    assert (order.state, order.done_at, order.resolution_elapsed) == ("done", NOON + 50 * MINUTE, 50)
    assert lines(session, order)[-3:] == [
        ("line_done", "crew", None, 30.0),
        ("line_all_done", "step", "done", 50.0),
        ("line_done", "crew", None, 50.0),
    ]
    for who in (SUN, HE):
        with pytest.raises(RefusedError, match="step_not_last"):
            WithdrawStep(work_order_id=order.id, line_id=_last(session, order, who)).apply(session, at(60))


def test_a_step_of_the_round_before_is_a_conflict(session: Session) -> None:
    order = sent(session)
    do(session, a_step(order.id, State.ON_SITE), at(10))
    do(session, a_step(order.id, State.DONE), at(20))
    do(session, ReopenWorkOrder(work_order_id=order.id, from_state=State.DONE), at(30))
    do(session, an_assignment(order.id), at(40))
    with pytest.raises(ConflictError, match="state_changed_meanwhile"), session.begin_nested():
        a_step(order.id, State.ON_SITE).apply(session, at(25))
    do(session, a_step(order.id, State.ON_SITE), at(35))  # before the desk had entered that it sent them
    assert (order.state, order.response_elapsed) == ("on_site", 5)


def test_a_time_told_lies_between_the_last_step_and_now_whoever_tells_it(session: Session) -> None:
    order = sent(session)
    steps: list[Command] = [
        StepWorkOrder(work_order_id=order.id, from_state=State.DISPATCHED, to=State.TRIAGED, happened_at=NOON),
        an_assignment(order.id, HE, seen=(SUN,), happened_at=NOON),
        a_step(order.id, State.ACCEPTED, happened_at=NOON),
        hold(order).model_copy(update={"happened_at": NOON}),
    ]
    for command in steps:
        for minute in (0, 11):
            with pytest.raises(RefusedError, match="step_out_of_time"), session.begin_nested():
                command.apply(session, at(10, happened_at=NOON + minute * MINUTE))
        with session.begin_nested() as step:
            command.apply(session, at(10, happened_at=NOON + 5 * MINUTE))
            step.rollback()


def test_a_priority_that_went_there_and_back_is_not_set_by_who_saw_the_first(session: Session) -> None:
    order = sent(session)
    for minute, priority in ((20, "P2"), (30, "P3")):
        do(session, EditWorkOrder(id=order.id, set=WorkOrderFields(priority=priority)), at(minute))  # type: ignore[arg-type]
    late = EditWorkOrder(id=order.id, set=WorkOrderFields(priority="P1"))
    with pytest.raises(ConflictError, match="field_changed_meanwhile"), session.begin_nested():
        late.apply(session, at(10))
    do(session, EditWorkOrder(id=order.id, set=WorkOrderFields(category_id=QUESTION)), at(10))
    assert (order.priority, order.category_id, order.response_due_at) == ("P3", QUESTION, NOON + 60 * MINUTE)


def test_an_order_that_went_elsewhere_and_came_back_is_not_moved_by_who_saw_the_first(session: Session) -> None:
    order = sent(session)
    away = MoveWorkOrder(work_order_id=order.id, from_site_id=SITE, to_site_id=OTHER_SITE)
    do(session, away, at(20))
    do(session, MoveWorkOrder(work_order_id=order.id, from_site_id=OTHER_SITE, to_site_id=SITE), at(30))
    with pytest.raises(ConflictError, match="work_order_gone"):
        away.apply(session, at(10))
