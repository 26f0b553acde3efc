"""Taking one's own step back: what it changed is kept with its line, and put in place again."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.clocks import refresh_clocks
from app.commands.command import Command, Context, RowId
from app.commands.lines import Line, add_line, last_step
from app.commands.orders import crew_of, find_order, order_streams, set_lead
from app.db.work_orders import Timeline, WorkOrder
from app.domain.errors import ForbiddenError, NotFoundError, RefusedError
from app.domain.permissions import Rights
from app.domain.work_orders import CrewState

_REMEMBERED = (
    "state",
    "held_from",
    "hold_reason",
    "cancel_reason",
    "duplicate_of_id",
    "result",
    "cause_id",
    "minutes",
    "round",
)
_REMEMBERED_TIMES = ("done_at", "closed_at", "reopened_at")


class WithdrawStep(Command):
    """Take back one's own step while nothing stands after it; the clocks ignore both."""

    work_order_id: RowId
    line_id: RowId

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return order_streams(session, self.work_order_id)

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
        last = last_step(session, order.id)
        if last is None or last.id != line.id:
            raise RefusedError("step_not_last")
        line.is_withdrawn = 1
        accepted = _sibling(session, order, line)
        if accepted is not None:
            accepted.is_withdrawn = 1
        recall(session, order, json.loads(line.undo))
        add_line(session, order, context, Line("withdrawn", "line_withdrawn", {"line": line.id, "step": line.code}))
        refresh_clocks(session, order)


def _sibling(session: Session, order: WorkOrder, line: Timeline) -> Timeline | None:
    """The acceptance that an arrival entered at the same minute, which goes with it."""
    for other in session.query(Timeline).filter_by(work_order_id=order.id, code="line_accepted", is_withdrawn=0):
        if other.undo is None and other.recorded_at == line.recorded_at and other.staff_id == line.staff_id:
            return other
    return None


def remember(session: Session, order: WorkOrder) -> dict[str, Any]:
    """What withdrawing the coming step must put back."""
    times = {name: getattr(order, name) for name in _REMEMBERED_TIMES}
    return {
        **{name: getattr(order, name) for name in _REMEMBERED},
        **{name: moment.isoformat() if moment else None for name, moment in times.items()},
        "crew": {member.id: member.state for member in crew_of(session, order.id)},
    }


def recall(session: Session, order: WorkOrder, before: dict[str, Any]) -> None:
    """Put back what :func:`remember` kept; a member who was added since is taken off."""
    for name in _REMEMBERED:
        setattr(order, name, before[name])
    for name in _REMEMBERED_TIMES:
        setattr(order, name, datetime.fromisoformat(before[name]) if before[name] else None)
    for member in crew_of(session, order.id):
        member.state = before["crew"].get(member.id, CrewState.REMOVED)
    session.flush()
    set_lead(session, order)


KINDS: tuple[type[Command], ...] = (WithdrawStep,)
