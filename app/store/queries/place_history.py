"""The orders of a place."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.db.companies import Staff, Supplier
from app.db.work_orders import WorkOrder
from app.domain.work_orders import OPEN_STATES
from app.store.queries.order import LEAD

HISTORY_PAGE = 6


class HistoryRow(NamedTuple):
    """An order in the history of a place."""

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
    cancel_reason: str | None
    verdict: str | None
    resolution_elapsed: int


class PlaceOrders(NamedTuple):
    """Orders of a place, and how many there are in each scope."""

    rows: list[HistoryRow]
    counts: dict[str, int]


def place_orders(session: Session, kind: str, row_id: str, scope: str, now: datetime, limit: int) -> PlaceOrders:
    """The orders of a place in one scope, and the counts of all."""
    rows = history(session, kind, row_id, scope=scope, now=now, limit=limit)
    return PlaceOrders(rows, history_counts(session, kind, row_id, now))


def history(session: Session, kind: str, row_id: str, *, scope: str, now: datetime, limit: int) -> list[HistoryRow]:
    """Orders of a ``unit``, ``building``, ``place`` or ``asset``: the open ones first, then the newest.

    ``scope`` is ``all``, ``open`` or ``year``.
    """
    column = getattr(WorkOrder, f"{kind}_id")
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
            WorkOrder.cancel_reason,
            func.coalesce(WorkOrder.resolution_verdict, WorkOrder.response_verdict),
            WorkOrder.resolution_elapsed,
        )
        .outerjoin(Staff, Staff.id == WorkOrder.lead_staff_id)
        .outerjoin(Supplier, Supplier.id == WorkOrder.lead_supplier_id)
        .where(column == row_id, *_scope(scope, now))
        .order_by(WorkOrder.state.not_in(OPEN_STATES), WorkOrder.reported_at.desc(), WorkOrder.id)
        .limit(limit)
    )
    return [HistoryRow(*row) for row in session.execute(query)]


def history_counts(session: Session, kind: str, row_id: str, now: datetime) -> dict[str, int]:
    """How many orders each scope of :func:`history` has."""
    column = getattr(WorkOrder, f"{kind}_id")
    counts = {}
    for scope in ("all", "open", "year"):
        query = select(func.count()).select_from(WorkOrder).where(column == row_id, *_scope(scope, now))
        counts[scope] = session.scalars(query).one()
    return counts


def _scope(scope: str, now: datetime) -> list[ColumnElement[bool]]:
    if scope == "open":
        return [WorkOrder.state.in_(OPEN_STATES)]
    if scope == "year":
        return [WorkOrder.reported_at >= now.replace(year=now.year - 1, day=min(now.day, 28))]
    return []
