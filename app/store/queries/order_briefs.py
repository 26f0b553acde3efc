"""Orders in a few words, for lists beside something else: a caller's, a place's."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.db.companies import Staff, Supplier
from app.db.work_orders import WorkOrder
from app.domain.work_orders import OPEN_STATES

LEAD = (func.coalesce(Staff.name, Supplier.name_zh, ""), func.coalesce(Staff.name, Supplier.name_en, ""))
"""The first of an order's crew, in Chinese and in English; join both tables."""


class OrderBrief(NamedTuple):
    """An order in a few words: one line of a list beside something else."""

    id: str
    number: str
    state: str
    priority: str
    text: str
    place: str
    assignee_zh: str
    assignee_en: str
    reported_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    warn_at: datetime | None
    paused_since: datetime | None
    hold_reason: str | None
    chase_count: int
    cancel_reason: str | None
    verdict: str | None
    resolution_elapsed: int


def order_briefs(
    session: Session, *conditions: ColumnElement[bool], limit: int, is_open_first: bool = False
) -> list[OrderBrief]:
    """The newest orders that meet ``conditions``, or the open ones and then the newest."""
    first = [WorkOrder.state.not_in(OPEN_STATES)] if is_open_first else []
    query = (
        select(
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.state,
            WorkOrder.priority,
            func.substr(WorkOrder.description, 1, 200),
            WorkOrder.place_label,
            *LEAD,
            WorkOrder.reported_at,
            WorkOrder.closed_at,
            WorkOrder.due_at,
            WorkOrder.warn_at,
            WorkOrder.paused_since,
            WorkOrder.hold_reason,
            WorkOrder.chase_count,
            WorkOrder.cancel_reason,
            func.coalesce(WorkOrder.resolution_verdict, WorkOrder.response_verdict),
            WorkOrder.resolution_elapsed,
        )
        .outerjoin(Staff, Staff.id == WorkOrder.lead_staff_id)
        .outerjoin(Supplier, Supplier.id == WorkOrder.lead_supplier_id)
        .where(*conditions)
        .order_by(*first, WorkOrder.reported_at.desc(), WorkOrder.id)
        .limit(limit)
    )
    return [OrderBrief(*row) for row in session.execute(query)]
