"""Steps taken back: what they changed is put back, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.command import Command
from app.commands.crews import AddToCrew, RemoveFromCrew
from app.commands.steps import CancelWorkOrder, HoldWorkOrder, ReopenWorkOrder, ResumeWorkOrder, StepWorkOrder
from app.commands.withdrawals import WithdrawStep
from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.db.work_orders import Assignment, Timeline, WorkOrder
from app.domain.errors import NotFoundError, RefusedError
from app.domain.permissions import Role
from app.domain.work_orders import CancelReason, HoldReason, State
from tests.factories import HE, NOON, SUN, TECHNICIAN, a_context, a_report, a_step, an_assignment, do, rights

MINUTE = timedelta(minutes=1)
FACTS = ("state", "held_from", "hold_reason", "cancel_reason", "duplicate_of_id", "round", "result", "minutes")
TIMES = ("done_at", "closed_at", "reopened_at", "paused_since", "response_due_at", "resolution_due_at")
VERDICTS = ("response_verdict", "resolution_verdict", "lead_staff_id")


class Told:
    """An order, and what was done to it, one thing a minute."""

    def __init__(self, session: Session, **values: Any) -> None:
        self._session = session
        self._minute = 0
        report = a_report(**values)
        do(session, report)
        self.order = session.get_one(WorkOrder, report.id)

    def do(self, *commands: Command) -> str:
        """Do these; returns the id of the main line of the last."""
        line_id = ""
        for command in commands:
            self._minute += 1
            line_id = do(self._session, command, a_context(NOON + self._minute * MINUTE)).row_id(0)
        return line_id

    def withdraw(self, line_id: str) -> None:
        """Take a step back."""
        self.do(WithdrawStep(work_order_id=self.order.id, line_id=line_id))

    def facts(self) -> dict[str, Any]:
        """What steps change, on the order and its crew."""
        crew = self._session.scalars(select(Assignment).where(Assignment.work_order_id == self.order.id))
        found = {name: getattr(self.order, name) for name in (*FACTS, *TIMES, *VERDICTS)}
        return {**found, "crew": {row.staff_id: row.state for row in crew if row.state != "removed"}}

    def codes(self) -> list[str]:
        """What stands in the timeline."""
        query = select(Timeline.code).where(Timeline.work_order_id == self.order.id, Timeline.is_withdrawn == 0)
        return sorted(self._session.scalars(query))


def arrived(session: Session) -> Told:
    told = Told(session)
    told.do(an_assignment(told.order.id), a_step(told.order.id, State.ON_SITE))
    return told


def hold(told: Told, from_state: State) -> Command:
    return HoldWorkOrder(work_order_id=told.order.id, from_state=from_state, reason=HoldReason.PARTS)


def test_every_step_withdrawn_leaves_the_order_as_it_was(session: Session) -> None:
    told = Told(session)
    order_id = told.order.id
    steps = [
        lambda: an_assignment(order_id, SUN, HE),
        lambda: hold(told, State.DISPATCHED),
        lambda: an_assignment(order_id, HE, seen=(SUN, HE)),
        lambda: ResumeWorkOrder(work_order_id=order_id, from_state=State.ON_HOLD),
        lambda: AddToCrew(work_order_id=order_id, staff_id=SUN),
        lambda: a_step(order_id, State.ACCEPTED),
        lambda: a_step(order_id, State.ON_SITE, staff_id=HE),
        lambda: RemoveFromCrew(work_order_id=order_id, staff_id=SUN),
        lambda: a_step(order_id, State.DONE, staff_id=HE, result="换了接头", minutes=20),
        lambda: StepWorkOrder(work_order_id=order_id, from_state=State.DONE, to=State.VERIFIED),
        lambda: StepWorkOrder(work_order_id=order_id, from_state=State.VERIFIED, to=State.CLOSED),
        lambda: ReopenWorkOrder(work_order_id=order_id, from_state=State.CLOSED),
        lambda: an_assignment(order_id, SUN),
        lambda: StepWorkOrder(work_order_id=order_id, from_state=State.DISPATCHED, to=State.TRIAGED),
        lambda: CancelWorkOrder(work_order_id=order_id, from_state=State.TRIAGED, reason=CancelReason.OTHER),
    ]
    for step in steps:
        before, codes = told.facts(), told.codes()
        command = step()
        line_id = told.do(command)
        if not isinstance(command, AddToCrew):  # taken back by taking off
            told.withdraw(line_id)
            assert (told.facts(), told.codes()) == (before, sorted([*codes, "line_withdrawn"])), command
            told.do(step())


def test_a_hold_withdrawn_was_never_there_and_a_resumption_withdrawn_leaves_it_on_hold(session: Session) -> None:
    told = arrived(session)
    told.withdraw(told.do(hold(told, State.ON_SITE)))
    assert told.order.resolution_due_at == NOON + 240 * MINUTE
    told.do(hold(told, State.ON_SITE))
    since = told.order.paused_since
    told.withdraw(told.do(ResumeWorkOrder(work_order_id=told.order.id, from_state=State.ON_HOLD)))
    assert (told.order.state, told.order.paused_since) == ("on_hold", since)


def test_a_step_that_another_was_built_on_stays_also_when_that_one_was_entered_before_it(session: Session) -> None:
    told = Told(session)
    told.do(an_assignment(told.order.id, SUN, HE))
    accepted = do(session, a_step(told.order.id, State.ACCEPTED), a_context(NOON + 20 * MINUTE))
    do(session, a_step(told.order.id, State.ON_SITE, staff_id=HE), a_context(NOON + 10 * MINUTE))
    with pytest.raises(RefusedError, match="step_not_last"):
        told.withdraw(accepted.row_id(0))
    assert told.facts()["crew"] == {SUN: "accepted", HE: "on_site"}


def test_what_was_corrected_after_a_step_stays_when_the_step_is_taken_back(session: Session) -> None:
    told = arrived(session)
    done = told.do(a_step(told.order.id, State.DONE, result="换了接头", minutes=20))
    told.do(EditWorkOrder(id=told.order.id, set=WorkOrderFields(result="换了接头和垫圈")))
    told.withdraw(done)
    assert (told.order.state, told.order.result, told.order.minutes) == ("on_site", "换了接头和垫圈", None)


def test_a_double_that_is_one_no_more_leaves_nothing_with_the_order_that_was_kept(session: Session) -> None:
    kept, double = Told(session), Told(session, number="260916-07-002")
    cancel = CancelWorkOrder(
        work_order_id=double.order.id,
        from_state=State.REPORTED,
        reason=CancelReason.DUPLICATE,
        duplicate_of_id=kept.order.id,
    )
    double.withdraw(double.do(cancel))
    assert (double.order.state, double.order.duplicate_of_id) == ("reported", None)
    assert kept.codes() == ["line_reported"]


def test_a_step_is_withdrawn_once_and_a_report_never(session: Session) -> None:
    told = arrived(session)
    hold_id = told.do(hold(told, State.ON_SITE))
    told.withdraw(hold_id)
    for line_id in (hold_id, session.scalars(select(Timeline.id).where(Timeline.code == "line_reported")).one()):
        with pytest.raises(NotFoundError, match="row_gone"):
            told.withdraw(line_id)


@pytest.mark.parametrize(
    ("off", "resumed"),
    [((HE,), "on_site"), ((SUN,), "dispatched"), ((SUN, HE), "triaged")],
)
def test_an_order_on_hold_is_taken_up_where_those_left_of_its_crew_stand(
    session: Session, off: tuple[str, ...], resumed: str
) -> None:
    told = Told(session)
    told.do(an_assignment(told.order.id, SUN, HE), a_step(told.order.id, State.ON_SITE), hold(told, State.ON_SITE))
    told.do(*(RemoveFromCrew(work_order_id=told.order.id, staff_id=staff_id) for staff_id in off))
    assert told.order.state == "on_hold"
    told.do(ResumeWorkOrder(work_order_id=told.order.id, from_state=State.ON_HOLD))
    assert told.order.state == resumed


def test_an_order_on_hold_is_taken_up_by_resuming_it_alone(session: Session) -> None:
    told = Told(session)
    told.do(StepWorkOrder(work_order_id=told.order.id, from_state=State.REPORTED, to=State.TRIAGED))
    told.do(hold(told, State.TRIAGED))
    with pytest.raises(RefusedError, match="step_not_allowed"):
        told.do(StepWorkOrder(work_order_id=told.order.id, from_state=State.ON_HOLD, to=State.TRIAGED))


def test_a_technician_need_not_name_themselves(session: Session) -> None:
    told = Told(session)
    told.do(an_assignment(told.order.id))
    technician = rights(TECHNICIAN, Role.TECHNICIAN, staff_id=SUN)
    a_step(told.order.id, State.ACCEPTED, staff_id=None).authorize(session, technician)
