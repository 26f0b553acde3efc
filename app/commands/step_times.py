"""When a step may be entered, and what those of a crew make of their order in whatever order they arrive."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.commands.clocks import local_time
from app.commands.command import Context
from app.commands.lines import is_before, last_step, standing_lines
from app.db.work_orders import Timeline, WorkOrder
from app.domain.clock import cut_to_minute
from app.domain.errors import ConflictError, RefusedError
from app.domain.work_orders import State

_REACHED = {State.ACCEPTED: (State.ACCEPTED, State.ON_SITE), State.ON_SITE: (State.ON_SITE,)}


def check_told(session: Session, order: WorkOrder, context: Context) -> None:
    """Raise ``RefusedError`` unless a step told with a time happened after the last one, and not in the future."""
    last = last_step(session, order.id)
    earliest = cut_to_minute(last.happened_at if last else order.reported_at)
    if not earliest <= cut_to_minute(context.happened_at) <= context.recorded_at:
        raise RefusedError(
            "step_out_of_time",
            earliest=local_time(session, order.site_id, earliest),
            latest=local_time(session, order.site_id, context.recorded_at),
        )


def check_latest(session: Session, order: WorkOrder, context: Context) -> None:
    """Raise ``ConflictError`` when the order took a step after this: who took this one had not heard of it."""
    if any(line.kind == "step" and is_before(context, line) for line in standing_lines(session, order.id)):
        raise ConflictError("state_changed_meanwhile", state=f"@state.{order.state}")


def check_round(session: Session, order: WorkOrder, context: Context) -> None:
    """Raise ``ConflictError`` when the order was reopened after this, which was a step of the round before."""
    lines = standing_lines(session, order.id)
    if any(line.code == "line_reopened" and is_before(context, line) for line in lines):
        raise ConflictError("state_changed_meanwhile", state=f"@state.{order.state}")


def is_first(session: Session, order: WorkOrder, to: State, context: Context) -> bool:
    """Whether nobody had accepted, or arrived, before the one who now says they had."""
    reached = _REACHED.get(to, ())
    steps = [line for line in _round(session, order) if line.kind == "step" and line.state in reached]
    return bool(reached) and all(is_before(context, line) for line in steps)


def finished_later(session: Session, order: WorkOrder, context: Context) -> Timeline | None:
    """The line of whoever finished last, when that was after this finish."""
    finished = [line for line in _round(session, order) if line.code == "line_done"]
    return finished[-1] if finished and is_before(context, finished[-1]) else None


def _round(session: Session, order: WorkOrder) -> Sequence[Timeline]:
    """The lines since the order was last reopened."""
    lines = standing_lines(session, order.id)
    starts = [place for place, line in enumerate(lines) if line.code == "line_reopened"]
    return lines[starts[-1] :] if starts else lines
