"""Lines of an order's timeline: written by every command that touches an order, read by the rules that look back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.command import Context
from app.db.work_orders import Timeline, WorkOrder
from app.domain.clock import cut_to_minute
from app.domain.errors import Param
from app.domain.work_orders import State


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says; the context adds who, when and from where."""

    kind: str
    code: str
    params: Mapping[str, Param] | None = None
    state: State | None = None
    staff_id: str | None = None
    supplier_id: str | None = None
    is_by_phone: bool = False
    happened_at: datetime | None = None
    undo: Mapping[str, Any] | None = None
    part: object = 0
    """Tells apart the lines of one command; the main one is 0."""
    position: int = 0
    """Where it stands among them: a step that another implies comes before it, at -1."""


def read_params(text: str) -> dict[str, Any]:
    """The blanks of a line or notice; none where a newer program keeps them in another form."""
    try:
        params = json.loads(text)
    except ValueError:
        return {}
    return params if isinstance(params, dict) else {}


def add_line(session: Session, order: WorkOrder, context: Context, line: Line) -> Timeline:
    """Write ``line`` under ``order``."""
    row = Timeline(
        id=context.row_id(line.part),
        stream_id=order.stream_id,
        work_order_id=order.id,
        kind=line.kind,
        state=line.state,
        code=line.code,
        params=dump(line.params or {}),
        happened_at=line.happened_at or context.happened_at,
        recorded_at=context.recorded_at,
        position=line.position,
        user_id=context.actor,
        staff_id=line.staff_id,
        supplier_id=line.supplier_id,
        is_by_phone=int(line.is_by_phone),
        is_offline=int(context.is_offline),
        is_withdrawn=0,
        origin=context.origin,
        undo=None if line.undo is None else dump(line.undo),
    )
    session.add(row)
    session.flush()
    return row


def dump(value: Mapping[str, Any]) -> str:
    """JSON with its keys in order, so that equal values are equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def standing_lines(session: Session, order_id: str) -> Sequence[Timeline]:
    """The lines of an order that were not withdrawn, as they happened."""
    query = (
        select(Timeline)
        .where(Timeline.work_order_id == order_id, Timeline.is_withdrawn == 0)
        .order_by(Timeline.happened_at, Timeline.recorded_at, Timeline.position, Timeline.id)
    )
    return session.scalars(query).all()


def is_before(context: Context, line: Timeline) -> bool:
    """Whether what is entered now comes before ``line``: it happened minutes earlier, or was entered earlier."""
    mine = (cut_to_minute(context.happened_at), context.recorded_at)
    return mine < (cut_to_minute(line.happened_at), line.recorded_at)


def last_step(session: Session, order_id: str) -> Timeline | None:
    """The step that made the order what it is."""
    steps = [line for line in standing_lines(session, order_id) if line.kind in ("step", "crew")]
    return max(steps, key=lambda line: (line.recorded_at, line.position, line.id), default=None)
