"""Who may do what: one table of roles, read by console and server alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.errors import ForbiddenError
from app.domain.work_orders import Priority, State, check_transition


class Role(StrEnum):
    """What a person is at a site."""

    CLERK = "clerk"
    TECHNICIAN = "technician"
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    AUTOMATION = "automation"


class Right(StrEnum):
    """What a command asks for, apart from the steps of an order."""

    REPORT = "report"
    EDIT_ORDER = "edit_order"
    CHASE = "chase"
    COMMENT = "comment"
    SET_PRIORITY = "set_priority"
    MOVE_ORDER = "move_order"
    EDIT_PEOPLE = "edit_people"
    EDIT_PLACES = "edit_places"
    EDIT_POLICIES = "edit_policies"
    IMPORT = "import"
    EDIT_COMPANY = "edit_company"


_DESK = frozenset({Right.REPORT, Right.EDIT_ORDER, Right.CHASE, Right.COMMENT, Right.EDIT_PEOPLE, Right.EDIT_PLACES})
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.CLERK: _DESK,
    Role.TECHNICIAN: frozenset({Right.REPORT, Right.COMMENT}),
    Role.OPERATOR: frozenset({Right.REPORT, Right.COMMENT, Right.CHASE}),
    Role.SUPERVISOR: _DESK | {Right.SET_PRIORITY, Right.MOVE_ORDER, Right.IMPORT, Right.EDIT_POLICIES},
    Role.MANAGER: frozenset({Right.COMMENT}),
    Role.ADMINISTRATOR: frozenset({Right.EDIT_COMPANY, Right.IMPORT, Right.EDIT_POLICIES, Right.EDIT_PLACES}),
    Role.AUTOMATION: frozenset({Right.REPORT, Right.COMMENT, Right.EDIT_POLICIES}),
}
"""What each role may do at the sites it is held for."""

Step = tuple[State, State]
_BEFORE_ON_SITE = (State.REPORTED, State.TRIAGED, State.DISPATCHED, State.ACCEPTED, State.REOPENED)
_HOLDABLE = (State.TRIAGED, State.DISPATCHED, State.ACCEPTED, State.ON_SITE, State.REOPENED)
_DISPATCH = {(state, State.DISPATCHED) for state in (State.TRIAGED, State.DISPATCHED, State.ACCEPTED, State.ON_SITE)}
_DISPATCH |= {(State.REOPENED, State.DISPATCHED)}
_REOPEN = {(state, State.REOPENED) for state in (State.DONE, State.VERIFIED, State.CLOSED)}
_FIELD_STEPS = frozenset(
    {
        (State.DISPATCHED, State.ACCEPTED),
        (State.DISPATCHED, State.ON_SITE),
        (State.DISPATCHED, State.TRIAGED),
        (State.ACCEPTED, State.ON_SITE),
        (State.ACCEPTED, State.DONE),
        (State.ACCEPTED, State.TRIAGED),
        (State.ON_SITE, State.DONE),
    }
)
"""What the one who works on the order does: accept, arrive, refuse, give back, finish."""
_HOLD = frozenset((state, State.ON_HOLD) for state in _HOLDABLE)
_RESUME = frozenset((State.ON_HOLD, state) for state in _HOLDABLE)
_DESK_STEPS = frozenset(
    {
        (State.REPORTED, State.TRIAGED),
        (State.REPORTED, State.CLOSED),
        (State.DISPATCHED, State.TRIAGED),
        (State.ACCEPTED, State.TRIAGED),
        (State.DONE, State.VERIFIED),
        (State.VERIFIED, State.CLOSED),
        *_DISPATCH,
        *_REOPEN,
        *_HOLD,
        *_RESUME,
        *((state, State.CANCELLED) for state in _BEFORE_ON_SITE),
    }
)
_SUPERVISOR_STEPS = _DESK_STEPS | {(State.ON_SITE, State.CANCELLED)}
_OPERATOR_STEPS = frozenset({(State.REPORTED, State.TRIAGED), *_HOLD, *_RESUME})
_NO_STEPS: frozenset[Step] = frozenset()
_STEPS: Mapping[Role, frozenset[Step]] = {
    Role.CLERK: _DESK_STEPS,
    Role.OPERATOR: _OPERATOR_STEPS,
    Role.SUPERVISOR: _SUPERVISOR_STEPS,
    Role.MANAGER: frozenset(_REOPEN),
    Role.AUTOMATION: frozenset({(State.REPORTED, State.TRIAGED), *_DISPATCH}),
}
_URGENT = frozenset({Priority.P1, Priority.P2})


@dataclass(frozen=True, slots=True)
class StepQuestion:
    """What must be known to say whether a person may take a step."""

    state: State
    to: State
    priority: Priority
    is_own: bool = False
    """The person is of the crew."""
    is_reporter: bool = False
    """The person reported the order."""
    is_for_another: bool = False
    """A technician's or outside firm's step, entered for them by phone."""
    held_from: State | None = None
    """Where an order on hold was held: it takes the same right to cancel it as there."""


def role_may_step(role: Role, question: StepQuestion) -> bool:
    """Whether ``role`` may take this step (model: the table of roles)."""
    state = question.state
    if question.to is State.CANCELLED and question.held_from is not None:
        state = question.held_from
    step = (state, question.to)
    if question.is_for_another:
        return role in (Role.CLERK, Role.SUPERVISOR) and step in _FIELD_STEPS | _HOLD | _RESUME
    if question.is_own and role in (Role.TECHNICIAN, Role.SUPERVISOR) and step in _FIELD_STEPS | _HOLD | _RESUME:
        return True
    if role is Role.OPERATOR and step in _DISPATCH:
        return question.priority in _URGENT
    if role is Role.OPERATOR and question.to is State.CANCELLED:
        return question.is_reporter and state in _BEFORE_ON_SITE
    return step in _STEPS.get(role, _NO_STEPS)


@dataclass(frozen=True, slots=True)
class Rights:
    """The roles one person holds, by site; under ``""`` those held at every site."""

    user_id: str
    staff_id: str | None = None
    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)

    def at(self, site_id: str) -> frozenset[Role]:
        """The roles held at one site."""
        return self.roles.get(site_id, frozenset()) | self.roles.get("", frozenset())

    def sees(self, site_id: str) -> bool:
        """Whether the person may read this site at all."""
        return bool(self.at(site_id))

    def has(self, right: Right, site_id: str) -> bool:
        """Whether the person has ``right`` at the site."""
        return any(right in RIGHTS[role] for role in self.at(site_id))

    def require(self, right: Right, site_id: str) -> None:
        """Raise ``ForbiddenError`` unless the person has ``right`` at the site."""
        if not self.has(right, site_id):
            raise ForbiddenError("no_right", right=f"@right.{right}")

    def require_anywhere(self, right: Right) -> None:
        """Raise ``ForbiddenError`` unless the person has ``right`` at every site (company data)."""
        if not any(right in RIGHTS[role] for role in self.roles.get("", ())):
            raise ForbiddenError("no_right", right=f"@right.{right}")

    def may_step(self, site_id: str, question: StepQuestion) -> bool:
        """Whether any of the person's roles at the site may take the step."""
        return any(role_may_step(role, question) for role in self.at(site_id))

    def may_send(self, site_id: str, priority: str) -> bool:
        """Whether somebody may be sent to an order; a priority that only another version knows counts as the least."""
        known = Priority(priority) if priority in set(Priority) else Priority.P4
        return self.may_step(site_id, StepQuestion(State.TRIAGED, State.DISPATCHED, known))

    def require_step(self, site_id: str, question: StepQuestion) -> None:
        """Raise ``ForbiddenError`` unless the person may take the step, ``RefusedError`` where nobody ever may."""
        if self.may_step(site_id, question):
            return
        if question.state is not State.ON_HOLD:
            check_transition(question.state, question.to, needs_visit=False)
        raise ForbiddenError("no_right_to_step", state=f"@state.{question.state}", to=f"@state.{question.to}")
