"""The steps of an order and what they leave behind."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.contacts import AnswerWorkOrder, ChaseWorkOrder
from app.commands.crews import AddToCrew, RemoveFromCrew
from app.commands.registry import KINDS, body_of, parse
from app.commands.steps import (
    CancelWorkOrder,
    HoldWorkOrder,
    ReopenWorkOrder,
    ResumeWorkOrder,
    StepWorkOrder,
    TakeStep,
)
from app.commands.withdrawals import WithdrawStep
from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.db.work_orders import Assignment, Notice, Timeline, WorkOrder
from app.domain.errors import ConflictError, ForbiddenError, RefusedError
from app.domain.permissions import Role
from app.domain.work_orders import CancelReason, HoldReason, State
from tests.factories import (
    CLERK,
    COMPLAINT,
    HE,
    NOON,
    QUESTION,
    SUN,
    SUPERVISOR,
    TECHNICIAN,
    a_context,
    a_report,
    a_step,
    an_assignment,
    do,
    rights,
)

MINUTE = timedelta(minutes=1)


def reported(session: Session, **values: object) -> WorkOrder:
    report = a_report(**values)
    do(session, report)
    return session.get_one(WorkOrder, report.id)


def lines(session: Session, order: WorkOrder) -> list[str]:
    query = select(Timeline).where(Timeline.work_order_id == order.id, Timeline.is_withdrawn == 0)
    return [line.code for line in session.scalars(query.order_by(Timeline.happened_at, Timeline.recorded_at))]


def test_an_order_goes_from_report_to_closed_and_meets_both_clocks(session: Session) -> None:
    order = reported(session)
    assert order.response_due_at == NOON + 60 * MINUTE
    assert order.resolution_due_at == NOON + 240 * MINUTE
    assert order.warn_at == NOON + 48 * MINUTE
    do(session, an_assignment(order.id), a_context(NOON + 2 * MINUTE))
    do(session, a_step(order.id, State.ACCEPTED), a_context(NOON + 3 * MINUTE))
    do(session, a_step(order.id, State.ON_SITE), a_context(NOON + 20 * MINUTE))
    assert (order.state, order.response_verdict, order.due_at) == ("on_site", "met", NOON + 240 * MINUTE)
    do(session, a_step(order.id, State.DONE, result="换了接头", minutes=35), a_context(NOON + 60 * MINUTE))
    assert (order.state, order.resolution_verdict, order.due_at) == ("done", "met", None)
    assert (order.result, order.minutes) == ("换了接头", 35)
    steps: list[tuple[Any, int]] = [(State.VERIFIED, 70), (State.CLOSED, 71)]
    for to, at in steps:
        do(
            session,
            StepWorkOrder(work_order_id=order.id, from_state=State(order.state), to=to),
            a_context(NOON + at * MINUTE),
        )
    assert order.closed_at == NOON + 71 * MINUTE
    assert lines(session, order) == [
        "line_reported",
        "line_triaged",
        "line_dispatched",
        "line_accepted",
        "line_on_site",
        "line_done",
        "line_verified",
        "line_closed",
    ]


def test_arriving_without_accepting_enters_both_at_the_same_minute_and_withdrawing_takes_back_both(
    session: Session,
) -> None:
    order = reported(session)
    do(session, an_assignment(order.id))
    done = do(session, a_step(order.id, State.ON_SITE), a_context(NOON + 9 * MINUTE))
    assert lines(session, order)[-2:] in (["line_accepted", "line_on_site"], ["line_on_site", "line_accepted"])
    assert order.response_verdict == "met"
    do(session, WithdrawStep(work_order_id=order.id, line_id=done.row_id(0)), a_context(NOON + 10 * MINUTE))
    assert order.state == "dispatched"
    assert session.scalars(select(WorkOrder.response_verdict)).one() is None


def test_a_step_by_phone_counts_from_when_it_happened_and_not_before_the_last_one(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id), a_context(NOON + 5 * MINUTE))
    late = a_step(order.id, State.ON_SITE, is_by_phone=True)
    with pytest.raises(RefusedError, match="step_out_of_time"):
        late.apply(session, a_context(NOON + 70 * MINUTE, happened_at=NOON + 4 * MINUTE))
    do(session, late, a_context(NOON + 70 * MINUTE, happened_at=NOON + 50 * MINUTE))
    assert order.response_verdict == "met"
    line = session.scalars(select(Timeline).where(Timeline.code == "line_on_site")).one()
    assert (line.happened_at, line.recorded_at) == (NOON + 50 * MINUTE, NOON + 70 * MINUTE)
    assert (line.staff_id, line.user_id, line.is_by_phone) == (SUN, CLERK, 1)


def test_a_hold_that_the_policy_lets_pause_stops_both_clocks_and_another_does_not(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id))
    hold = HoldWorkOrder(work_order_id=order.id, from_state=State.DISPATCHED, reason=HoldReason.ACCESS)
    do(session, hold, a_context(NOON + 10 * MINUTE))
    assert (order.state, order.due_at, order.paused_since) == ("on_hold", None, NOON + 10 * MINUTE)
    do(session, ResumeWorkOrder(work_order_id=order.id, from_state=State.ON_HOLD), a_context(NOON + 40 * MINUTE))
    assert (order.state, order.due_at, order.paused_since) == ("dispatched", NOON + 90 * MINUTE, None)
    weather = HoldWorkOrder(work_order_id=order.id, from_state=State.DISPATCHED, reason=HoldReason.WEATHER)
    do(session, weather, a_context(NOON + 41 * MINUTE))
    assert (order.due_at, order.paused_since) == (NOON + 90 * MINUTE, None)


def test_an_order_whose_crew_changed_on_hold_resumes_as_dispatched(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id))
    do(session, a_step(order.id, State.ON_SITE))
    do(session, HoldWorkOrder(work_order_id=order.id, from_state=State.ON_SITE, reason=HoldReason.PARTS))
    do(session, an_assignment(order.id, HE, seen=(SUN,)))
    assert (order.state, order.held_from, order.lead_staff_id) == ("on_hold", "dispatched", HE)
    do(session, ResumeWorkOrder(work_order_id=order.id, from_state=State.ON_HOLD))
    assert order.state == "dispatched"


def test_the_order_follows_the_first_of_a_crew_to_arrive_and_the_last_to_finish(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id, SUN, HE))
    do(session, a_step(order.id, State.ACCEPTED))
    do(session, a_step(order.id, State.ON_SITE, staff_id=HE))
    assert order.state == "on_site"
    do(session, a_step(order.id, State.ON_SITE))
    do(session, a_step(order.id, State.DONE, minutes=30))
    assert order.state == "on_site"
    do(session, a_step(order.id, State.DONE, staff_id=HE, minutes=20))
    assert (order.state, order.minutes) == ("done", 50)


def test_a_member_behind_the_first_of_a_crew_may_take_their_own_steps(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id, SUN, HE))
    do(session, a_step(order.id, State.ON_SITE))
    technician = rights(TECHNICIAN, Role.TECHNICIAN, staff_id=HE)
    a_step(order.id, State.ACCEPTED, staff_id=HE).authorize(session, technician)
    a_step(order.id, State.ON_SITE, staff_id=HE, is_by_phone=True).authorize(session, rights())
    with pytest.raises(RefusedError, match="step_not_allowed"):
        a_step(order.id, State.ACCEPTED, is_by_phone=True).authorize(session, rights())


def test_a_refusal_takes_out_that_member_only_and_the_last_one_sends_the_order_back(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id, SUN, HE))
    do(session, a_step(order.id, State.TRIAGED))
    assert (order.state, order.lead_staff_id) == ("dispatched", HE)
    do(session, a_step(order.id, State.TRIAGED, staff_id=HE))
    assert (order.state, order.lead_staff_id) == ("triaged", None)


def test_somebody_who_is_not_of_the_crew_cannot_step_it(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id))
    with pytest.raises(ConflictError, match="not_in_crew"):
        a_step(order.id, State.ACCEPTED, staff_id=HE).apply(session, a_context())


def test_two_who_send_different_people_do_not_overwrite_each_other(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id, SUN))
    with pytest.raises(ConflictError, match="assignee_changed_meanwhile") as refused:
        an_assignment(order.id, HE).apply(session, a_context())
    assert refused.value.params == {"name": "孙志远"}


def test_withdrawing_an_assignment_puts_back_the_crew_before_it(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id, SUN))
    again = do(session, an_assignment(order.id, HE, seen=(SUN,)), a_context(NOON + MINUTE))
    do(session, WithdrawStep(work_order_id=order.id, line_id=again.row_id(0)), a_context(NOON + 2 * MINUTE))
    states = {member.staff_id: member.state for member in session.scalars(select(Assignment))}
    assert states == {SUN: "assigned", HE: "removed"}
    assert order.lead_staff_id == SUN


def test_a_step_with_another_after_it_cannot_be_withdrawn_nor_one_of_somebody_else(session: Session) -> None:
    order = reported(session)
    sent = do(session, an_assignment(order.id))
    withdraw = WithdrawStep(work_order_id=order.id, line_id=sent.row_id(0))
    with pytest.raises(ForbiddenError, match="step_not_yours"):
        withdraw.authorize(session, rights(SUPERVISOR, Role.SUPERVISOR))
    do(session, a_step(order.id, State.ACCEPTED), a_context(NOON + MINUTE))
    with pytest.raises(RefusedError, match="step_not_last"):
        withdraw.apply(session, a_context(NOON + 2 * MINUTE))


def test_reopening_starts_a_new_response_and_resolution_goes_on(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id))
    do(session, a_step(order.id, State.ON_SITE), a_context(NOON + 10 * MINUTE))
    do(session, a_step(order.id, State.DONE), a_context(NOON + 40 * MINUTE))
    reopen = ReopenWorkOrder(work_order_id=order.id, from_state=State.DONE, note="又漏了")
    do(session, reopen, a_context(NOON + 100 * MINUTE))
    assert (order.state, order.round, order.lead_staff_id) == ("reopened", 1, None)
    assert order.response_due_at == NOON + 160 * MINUTE
    assert order.resolution_due_at == NOON + 300 * MINUTE


def test_an_order_closed_over_thirty_days_ago_is_not_reopened(session: Session) -> None:
    order = reported(session)
    do(session, StepWorkOrder(work_order_id=order.id, from_state=State.REPORTED, to=State.CLOSED))
    reopen = ReopenWorkOrder(work_order_id=order.id, from_state=State.CLOSED)
    with pytest.raises(RefusedError, match="reopen_too_late"):
        reopen.apply(session, a_context(NOON + timedelta(days=30, minutes=1)))


def test_cancelling_stops_both_clocks_without_a_verdict(session: Session) -> None:
    order = reported(session)
    do(session, CancelWorkOrder(work_order_id=order.id, from_state=State.REPORTED, reason=CancelReason.MISTAKEN))
    assert (order.state, order.due_at, order.response_verdict, order.resolution_verdict) == (
        "cancelled",
        None,
        None,
        None,
    )


def test_a_category_without_a_visit_is_answered_when_accepted_and_done_from_there(session: Session) -> None:
    order = reported(session, category_id=QUESTION)
    do(session, an_assignment(order.id))
    do(session, a_step(order.id, State.ACCEPTED), a_context(NOON + 4 * MINUTE))
    assert order.response_verdict == "met"
    do(session, a_step(order.id, State.DONE), a_context(NOON + 5 * MINUTE))
    assert order.state == "done"


def test_the_first_answer_ends_the_response_to_a_complaint(session: Session) -> None:
    order = reported(session, category_id=COMPLAINT)
    do(session, AnswerWorkOrder(work_order_id=order.id, text="已联系"), a_context(NOON + 6 * MINUTE))
    assert order.response_verdict == "met"


def test_a_change_of_priority_keeps_the_minutes_used(session: Session) -> None:
    order = reported(session)
    edit = EditWorkOrder(id=order.id, set=WorkOrderFields(priority="P1"), is_correction=True)
    do(session, edit, a_context(NOON + 10 * MINUTE))
    assert order.response_due_at == NOON + 30 * MINUTE
    undo = EditWorkOrder(id=order.id, set=WorkOrderFields(priority="P3"))
    do(session, undo, a_context(NOON + 20 * MINUTE))
    assert order.response_due_at == NOON + 60 * MINUTE


def test_the_second_chase_and_one_past_due_tell_the_supervisor(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id))
    do(session, ChaseWorkOrder(work_order_id=order.id), a_context(NOON + MINUTE))
    assert session.scalars(select(Notice)).all() == []
    do(session, ChaseWorkOrder(work_order_id=order.id), a_context(NOON + 2 * MINUTE))
    do(session, ChaseWorkOrder(work_order_id=order.id), a_context(NOON + 90 * MINUTE))
    codes = sorted(notice.code for notice in session.scalars(select(Notice)))
    assert codes == ["notice_chased", "notice_chased_late"]
    assert order.chase_count == 3
    assert session.scalars(select(Assignment)).one().chased_at == NOON + 90 * MINUTE


def test_adding_and_removing_one_of_a_crew_leaves_the_others_where_they_are(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id, SUN))
    do(session, a_step(order.id, State.ON_SITE))
    do(session, AddToCrew(work_order_id=order.id, staff_id=HE))
    assert order.state == "on_site"
    do(session, RemoveFromCrew(work_order_id=order.id, staff_id=SUN))
    assert (order.state, order.lead_staff_id) == ("dispatched", HE)


def test_rights_follow_the_table_of_roles(session: Session) -> None:
    order = reported(session)
    do(session, an_assignment(order.id))
    by_phone = a_step(order.id, State.ON_SITE, is_by_phone=True)
    by_phone.authorize(session, rights())
    a_step(order.id, State.ON_SITE).authorize(session, rights("", Role.TECHNICIAN, staff_id=SUN))
    with pytest.raises(ForbiddenError):
        a_step(order.id, State.ON_SITE).authorize(session, rights("", Role.TECHNICIAN, staff_id=HE))
    with pytest.raises(ForbiddenError):
        by_phone.authorize(session, rights("", Role.MANAGER))
    with pytest.raises(ForbiddenError):
        an_assignment(order.id, HE).authorize(session, rights("", Role.OPERATOR))
    order.priority = "P2"
    an_assignment(order.id, HE).authorize(session, rights("", Role.OPERATOR))


def test_every_kind_is_read_back_from_its_own_body(session: Session) -> None:
    order = reported(session)
    command = a_step(order.id, State.DONE, happened_at=NOON, is_by_phone=True)
    again = parse("TakeStep", 1, json.loads(json.dumps(body_of(command))))
    assert again == command
    assert isinstance(again, TakeStep)
    assert set(KINDS) >= {"ReportWorkOrder", "ImportRows", "WithdrawStep"}
