"""What the person at the desk may do with an order as it stands: what is not possible is not offered."""

from dataclasses import dataclass

from app.domain.permissions import Right, Rights, StepQuestion
from app.domain.work_orders import CLOSED_STATES, CrewState, Priority, State, following, next_step
from app.store.queries.order import CrewMember, OrderDetail

_FIELD = (State.ACCEPTED, State.ON_SITE, State.DONE, State.TRIAGED)
"""Steps of the crew, in the order they are offered on the phone; going back to triaged is giving it back."""
_MEMBER_TO = {
    State.ACCEPTED: CrewState.ACCEPTED,
    State.ON_SITE: CrewState.ON_SITE,
    State.DONE: CrewState.FINISHED,
    State.TRIAGED: CrewState.REFUSED,
}
_MEMBER_FOLLOWS = {
    CrewState.ASSIGNED: {CrewState.ACCEPTED, CrewState.ON_SITE, CrewState.REFUSED},
    CrewState.ACCEPTED: {CrewState.ON_SITE, CrewState.FINISHED, CrewState.REFUSED},
    CrewState.ON_SITE: {CrewState.FINISHED},
}


@dataclass(frozen=True, slots=True)
class Possible:
    """What may be done now."""

    next: State | None = None
    """The step that leads on; ``None`` when there is none for this person."""
    is_own: bool = False
    """The person is of the crew, so that the crew's steps are their own."""
    resume: bool = False
    assign: bool = False
    add: bool = False
    hold: bool = False
    cancel: bool = False
    reopen: bool = False
    recall: bool = False
    close_answered: bool = False
    """Close what was only asked, and answered on the phone."""
    edit: bool = False
    priority: bool = False
    merge: bool = False
    comment: bool = False
    chase: bool = False
    answer: bool = False
    phone: bool = False
    """Enter a step for one of the crew who rings in."""


_STATE_OF_MEMBER = {
    CrewState.ASSIGNED: State.DISPATCHED,
    CrewState.ACCEPTED: State.ACCEPTED,
    CrewState.ON_SITE: State.ON_SITE,
}
"""From where a member's own step is asked for: others may be ahead of them."""
NOTHING = Possible()


def possible(order: OrderDetail, rights: Rights) -> Possible:
    """What ``rights`` allow with ``order``."""
    state, site = order.state, order.site_id
    after = following(state, order.held_from, needs_visit=order.needs_visit)
    is_open = state not in CLOSED_STATES
    sending = _may(order, rights, State.DISPATCHED, by=State.TRIAGED)
    phone = bool(order.crew) and any(phone_steps(order, rights, member) for member in order.crew)
    leading = next_step(state, needs_visit=order.needs_visit)
    return Possible(
        next=leading if leading is not None and _may_lead(order, rights, leading) else None,
        is_own=_is_own(order, rights),
        resume=state is State.ON_HOLD and order.held_from is not None and _may(order, rights, order.held_from),
        assign=sending and (State.DISPATCHED in after or state in (State.REPORTED, State.ON_HOLD)),
        add=sending and bool(order.crew) and state in (State.DISPATCHED, State.ACCEPTED, State.ON_SITE, State.ON_HOLD),
        hold=State.ON_HOLD in after and _may(order, rights, State.ON_HOLD),
        cancel=State.CANCELLED in after and _may(order, rights, State.CANCELLED),
        reopen=State.REOPENED in after and _may(order, rights, State.REOPENED),
        recall=state in (State.DISPATCHED, State.ACCEPTED) and _may(order, rights, State.TRIAGED),
        close_answered=State.CLOSED in after and state is State.REPORTED and _may(order, rights, State.CLOSED),
        edit=is_open and rights.has(Right.EDIT_ORDER, site),
        priority=is_open
        and rights.has(Right.EDIT_ORDER, site)
        and (state is State.REPORTED or rights.has(Right.SET_PRIORITY, site)),
        merge=State.CANCELLED in after and _may(order, rights, State.CANCELLED),
        comment=rights.has(Right.COMMENT, site),
        chase=is_open and rights.has(Right.CHASE, site),
        answer=is_open and order.is_opinion and rights.has(Right.EDIT_ORDER, site) and not _is_answered(order),
        phone=phone,
    )


def phone_steps(order: OrderDetail, rights: Rights, member: CrewMember) -> tuple[State, ...]:
    """The steps that may be entered now for ``member``, who rings in; ON_HOLD and the resumed state among them."""
    if order.state is State.ON_HOLD:
        held = order.held_from
        return (held,) if held is not None and _may(order, rights, held, is_for_another=True) else ()
    if order.state not in (State.DISPATCHED, State.ACCEPTED, State.ON_SITE):
        return ()
    follows = _MEMBER_FOLLOWS.get(member.state, set())
    steps = [to for to in _FIELD if _MEMBER_TO[to] in follows and _is_open_to(order, rights, to, member)]
    if _may(order, rights, State.ON_HOLD, is_for_another=True):
        steps.append(State.ON_HOLD)
    return tuple(steps)


def _is_open_to(order: OrderDetail, rights: Rights, to: State, member: CrewMember) -> bool:
    if to is State.DONE and member.state is CrewState.ACCEPTED and order.needs_visit:
        return False
    return _may(order, rights, to, by=_STATE_OF_MEMBER.get(member.state), is_for_another=True)


def _may_lead(order: OrderDetail, rights: Rights, to: State) -> bool:
    if to is State.DISPATCHED:
        return _may(order, rights, to, by=State.TRIAGED)
    if to in (State.ACCEPTED, State.ON_SITE, State.DONE) and not _is_own(order, rights):
        return any(to in phone_steps(order, rights, member) for member in order.crew)
    return _may(order, rights, to)


def _may(
    order: OrderDetail, rights: Rights, to: State, *, by: State | None = None, is_for_another: bool = False
) -> bool:
    """Ask the table of rights; ``by`` is a state from which the same right would be asked."""
    asked = StepQuestion(
        state=by or order.state,
        to=to,
        priority=Priority(order.priority) if order.priority in set(Priority) else Priority.P4,
        is_own=_is_own(order, rights),
        is_reporter=order.reported_by_user_id == rights.user_id,
        is_for_another=is_for_another,
        held_from=order.held_from,
    )
    return rights.may_step(order.site_id, asked)


def _is_own(order: OrderDetail, rights: Rights) -> bool:
    return rights.staff_id is not None and any(member.staff_id == rights.staff_id for member in order.crew)


def _is_answered(order: OrderDetail) -> bool:
    return any(line.kind == "answer" for line in order.lines)
