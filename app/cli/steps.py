"""Makes the command for a step that a script names in one word."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeVar

from app.cli.arguments import RESUMED
from app.cli.terminal import UsageError
from app.commands.command import Command
from app.commands.crews import AssignWorkOrder
from app.commands.steps import (
    CancelWorkOrder,
    HoldWorkOrder,
    ReopenWorkOrder,
    ResumeWorkOrder,
    StepWorkOrder,
    TakeStep,
)
from app.domain.words import listed
from app.domain.work_orders import CancelReason, HoldReason, State
from app.store.queries.lookup import Assignee
from app.store.queries.order import CrewMember

Reason = TypeVar("Reason", HoldReason, CancelReason)


@dataclass(frozen=True, slots=True)
class Step:
    """What was asked for."""

    order_id: str
    state: State
    """The state of the order, as the script saw it."""
    crew: tuple[CrewMember, ...]
    """Who was sent and has not been taken off again."""
    whose: Assignee | None
    """The one named, or the only member of the crew."""
    is_by_phone: bool
    """The step is entered for somebody else."""
    happened_at: datetime | None
    reason: str | None
    note: str

    @property
    def crew_ids(self) -> tuple[str, ...]:
        """Staff and supplier ids of the crew."""
        return tuple(sorted(member.staff_id or member.supplier_id or "" for member in self.crew))


def make_step(to: str, step: Step) -> Command:
    """The command that takes the step. Raises ``UsageError`` where something must be said with it."""
    return _MAKERS[to](step)


def _assign(step: Step) -> Command:
    if step.whose is None:
        raise UsageError("cli.assignee_missing")
    return AssignWorkOrder(
        work_order_id=step.order_id,
        staff_ids=(step.whose.staff_id,) if step.whose.staff_id else (),
        supplier_id=step.whose.supplier_id,
        seen_crew=step.crew_ids,
        note=step.note,
        happened_at=step.happened_at,
    )


def _triage(step: Step) -> Command:
    """Triage, or what the crew gives back; the desk recalls an order when nobody is named."""
    if step.crew and step.is_by_phone:
        return _take(step, State.TRIAGED)
    return _desk(step, State.TRIAGED)


def _desk(step: Step, to: Literal[State.TRIAGED, State.VERIFIED, State.CLOSED]) -> Command:
    return StepWorkOrder(
        work_order_id=step.order_id, from_state=step.state, to=to, note=step.note, happened_at=step.happened_at
    )


def _take(step: Step, to: Literal[State.ACCEPTED, State.ON_SITE, State.DONE, State.TRIAGED]) -> Command:
    if step.whose is None:
        raise UsageError(
            "cli.whose_step_missing", found=listed([member.name for member in step.crew]) if step.crew else "-"
        )
    is_done = to is State.DONE
    return TakeStep(
        work_order_id=step.order_id,
        from_state=step.state,
        to=to,
        staff_id=step.whose.staff_id,
        supplier_id=step.whose.supplier_id,
        is_by_phone=step.is_by_phone,
        note="" if is_done else step.note,
        result=step.note if is_done else "",
        happened_at=step.happened_at,
    )


def _hold(step: Step) -> Command:
    return HoldWorkOrder(
        work_order_id=step.order_id,
        from_state=step.state,
        reason=_reason(HoldReason, step, "hold_reason_missing"),
        note=step.note,
        happened_at=step.happened_at,
    )


def _resume(step: Step) -> Command:
    return ResumeWorkOrder(work_order_id=step.order_id, from_state=step.state, happened_at=step.happened_at)


def _cancel(step: Step) -> Command:
    return CancelWorkOrder(
        work_order_id=step.order_id,
        from_state=step.state,
        reason=_reason(CancelReason, step, "cancel_reason_missing"),
        note=step.note,
        happened_at=step.happened_at,
    )


def _reopen(step: Step) -> Command:
    return ReopenWorkOrder(
        work_order_id=step.order_id, from_state=step.state, note=step.note, happened_at=step.happened_at
    )


def _reason(kind: type[Reason], step: Step, missing: str) -> Reason:
    if step.reason not in tuple(kind):
        raise UsageError(missing)
    return kind(step.reason)


_MAKERS: Mapping[str, Callable[[Step], Command]] = {
    State.TRIAGED: _triage,
    State.DISPATCHED: _assign,
    State.ACCEPTED: lambda step: _take(step, State.ACCEPTED),
    State.ON_SITE: lambda step: _take(step, State.ON_SITE),
    State.DONE: lambda step: _take(step, State.DONE),
    State.VERIFIED: lambda step: _desk(step, State.VERIFIED),
    State.CLOSED: lambda step: _desk(step, State.CLOSED),
    State.ON_HOLD: _hold,
    State.CANCELLED: _cancel,
    State.REOPENED: _reopen,
    RESUMED: _resume,
}
