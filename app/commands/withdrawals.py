"""Taking one's own step back: what it changed is kept with its line, and put in place again."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.clocks import refresh_clocks
from app.commands.command import Command, Context, RowId
from app.commands.lines import Line, add_line, last_step
from app.commands.orders import OrderCommand, crew_of, find_order, set_lead
from app.db.work_orders import Timeline, WorkOrder
from app.domain.errors import ForbiddenError, NotFoundError, RefusedError
from app.domain.permissions import Rights
from app.domain.work_orders import CrewState

_STEPPED = ("state", "held_from", "hold_reason", "round")
"""What steps alone change; with the crew it tells whether a step was taken since."""
_NOTED = ("cancel_reason", "duplicate_of_id", "result", "cause_id", "minutes")
_TIMES = ("done_at", "closed_at", "reopened_at")


class WithdrawStep(OrderCommand):
    """Take back one's own step while nothing stands after it; the clocks ignore both."""

    line_id: RowId

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order, line = find_order(session, self.work_order_id), session.get(Timeline, self.line_id)
        if not rights.sees(order.site_id) or (line is not None and line.user_id != rights.user_id):
            raise ForbiddenError("step_not_yours")

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        line = session.get(Timeline, self.line_id)
        if line is None or line.work_order_id != order.id or line.undo is None or line.is_withdrawn:
            raise NotFoundError("row_gone")
        last, undo = last_step(session, order.id), json.loads(line.undo)
        if last is None or last.id != line.id or not _is_as_left(remember(session, order), undo["after"]):
            raise RefusedError("step_not_last")
        for line_id in (line.id, *undo["lines"]):
            session.get_one(Timeline, line_id).is_withdrawn = 1
        _recall(session, order, undo["before"], undo["after"])
        add_line(session, order, context, Line("withdrawn", "line_withdrawn", {"line": line.id, "step": line.code}))
        refresh_clocks(session, order)


def remember(session: Session, order: WorkOrder) -> dict[str, Any]:
    """What a step may change, as it is now."""
    times = {name: getattr(order, name) for name in _TIMES}
    return {
        **{name: getattr(order, name) for name in _STEPPED + _NOTED},
        **{name: moment.isoformat() if moment else None for name, moment in times.items()},
        "crew": {member.id: member.state for member in crew_of(session, order.id)},
    }


def undo_of(session: Session, order: WorkOrder, before: dict[str, Any], *lines: str) -> dict[str, Any]:
    """What a step keeps, so that it can be withdrawn: how it found the order, and how it leaves it.

    ``before`` is what :func:`remember` gave before the step; ``lines`` are the ids of those that go with its own.
    """
    return {"before": before, "after": remember(session, order), "lines": lines}


def _is_as_left(now: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether no step was taken since: one that was taken earlier, offline, may have arrived later."""
    return all(now[name] == after[name] for name in (*_STEPPED, "crew"))


def _recall(session: Session, order: WorkOrder, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Put an order back; what somebody has changed since is left, and a member who was added is taken off."""
    now = remember(session, order)
    for name in _STEPPED + _NOTED + _TIMES:
        if now[name] == after[name]:
            value = before[name]
            setattr(order, name, datetime.fromisoformat(value) if value and name in _TIMES else value)
    for member in crew_of(session, order.id):
        member.state = before["crew"].get(member.id, CrewState.REMOVED)
    session.flush()
    set_lead(session, order)


KINDS: tuple[type[Command], ...] = (WithdrawStep,)
