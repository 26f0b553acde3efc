"""Who may do what."""

from typing import Any

import pytest

from app.domain.errors import ForbiddenError, RefusedError
from app.domain.permissions import Right, Rights, Role, StepQuestion, role_may_step
from app.domain.work_orders import Priority, State

P3 = Priority.P3


def may(role: Role, state: State, to: State, priority: Priority = P3, **more: Any) -> bool:
    return role_may_step(role, StepQuestion(state, to, priority, **more))


def test_a_clerk_does_the_desk_s_steps_and_enters_a_technician_s_only_for_them() -> None:
    assert may(Role.CLERK, State.REPORTED, State.TRIAGED)
    assert may(Role.CLERK, State.DONE, State.VERIFIED)
    assert may(Role.CLERK, State.ACCEPTED, State.CANCELLED)
    assert not may(Role.CLERK, State.ON_SITE, State.CANCELLED)
    assert not may(Role.CLERK, State.DISPATCHED, State.ACCEPTED)
    assert may(Role.CLERK, State.DISPATCHED, State.ACCEPTED, is_for_another=True)
    assert may(Role.CLERK, State.ON_SITE, State.ON_HOLD, is_for_another=True)


def test_a_technician_steps_own_orders_only() -> None:
    assert may(Role.TECHNICIAN, State.DISPATCHED, State.ON_SITE, is_own=True)
    assert may(Role.TECHNICIAN, State.ACCEPTED, State.TRIAGED, is_own=True)
    assert may(Role.TECHNICIAN, State.ON_HOLD, State.ON_SITE, is_own=True)
    assert not may(Role.TECHNICIAN, State.DISPATCHED, State.ON_SITE)
    assert not may(Role.TECHNICIAN, State.DONE, State.VERIFIED, is_own=True)


def test_an_operator_dispatches_what_is_urgent_and_cancels_own_reports() -> None:
    assert may(Role.OPERATOR, State.TRIAGED, State.DISPATCHED, Priority.P2)
    assert not may(Role.OPERATOR, State.TRIAGED, State.DISPATCHED, P3)
    assert may(Role.OPERATOR, State.DISPATCHED, State.CANCELLED, is_reporter=True)
    assert not may(Role.OPERATOR, State.DISPATCHED, State.CANCELLED)
    assert not may(Role.OPERATOR, State.ON_SITE, State.CANCELLED, is_reporter=True)


def test_a_supervisor_cancels_at_any_time_and_a_manager_only_reopens() -> None:
    assert may(Role.SUPERVISOR, State.ON_SITE, State.CANCELLED)
    assert may(Role.MANAGER, State.CLOSED, State.REOPENED)
    assert not may(Role.MANAGER, State.REPORTED, State.TRIAGED)


def test_an_administrator_takes_no_step_and_automation_triages_and_dispatches() -> None:
    assert not any(may(Role.ADMINISTRATOR, state, to) for state in State for to in State)
    assert may(Role.AUTOMATION, State.REOPENED, State.DISPATCHED)
    assert not may(Role.AUTOMATION, State.DISPATCHED, State.ACCEPTED)


def test_rights_hold_at_a_site_or_everywhere() -> None:
    here = Rights("u", None, {"a": frozenset({Role.CLERK})})
    everywhere = Rights("u", None, {"": frozenset({Role.ADMINISTRATOR})})
    assert here.sees("a")
    assert not here.sees("b")
    here.require(Right.REPORT, "a")
    with pytest.raises(ForbiddenError, match="no_right"):
        here.require(Right.REPORT, "b")
    with pytest.raises(ForbiddenError, match="no_right"):
        here.require_anywhere(Right.EDIT_POLICIES)
    everywhere.require_anywhere(Right.EDIT_POLICIES)
    everywhere.require(Right.EDIT_COMPANY, "b")
    with pytest.raises(ForbiddenError, match="no_right_to_step"):
        here.require_step("b", StepQuestion(State.REPORTED, State.TRIAGED, P3))


def test_a_step_that_nobody_may_ever_take_is_no_question_of_rights() -> None:
    here = Rights("u", None, {"a": frozenset({Role.CLERK})})
    with pytest.raises(RefusedError, match="step_not_allowed"):
        here.require_step("a", StepQuestion(State.ON_SITE, State.ON_SITE, P3))
    with pytest.raises(ForbiddenError, match="no_right_to_step"):
        here.require_step("a", StepQuestion(State.ACCEPTED, State.DONE, P3))
    with pytest.raises(ForbiddenError, match="no_right_to_step"):
        here.require_step("b", StepQuestion(State.ON_HOLD, State.ON_SITE, P3))


def test_sending_is_a_right_at_the_site_and_for_some_only_of_urgent_orders() -> None:
    clerk = Rights("u", None, {"a": frozenset({Role.CLERK})})
    operator = Rights("u", None, {"a": frozenset({Role.OPERATOR})})
    assert clerk.may_send("a", "P4")
    assert not clerk.may_send("b", "P1")
    assert operator.may_send("a", "P2")
    assert not operator.may_send("a", "P3")
    assert not operator.may_send("a", "P0")  # of another version
