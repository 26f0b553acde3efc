"""The orders of a place."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.db.work_orders import WorkOrder
from app.domain.work_orders import OPEN_STATES
from app.store.queries.order_briefs import OrderBrief, order_briefs

HISTORY_PAGE = 6


class PlaceOrders(NamedTuple):
    """Orders of a place, and how many there are in each scope."""

    rows: list[OrderBrief]
    counts: dict[str, int]


def place_orders(session: Session, kind: str, row_id: str, scope: str, now: datetime, limit: int) -> PlaceOrders:
    """The orders of a place in one scope, and the counts of all."""
    rows = history(session, kind, row_id, scope=scope, now=now, limit=limit)
    return PlaceOrders(rows, history_counts(session, kind, row_id, now))


def history(session: Session, kind: str, row_id: str, *, scope: str, now: datetime, limit: int) -> list[OrderBrief]:
    """Orders of a ``unit``, ``building``, ``place`` or ``asset``: the open ones first, then the newest.

    ``scope`` is ``all``, ``open`` or ``year``.
    """
    is_here = getattr(WorkOrder, f"{kind}_id") == row_id
    return order_briefs(session, is_here, *_scope(scope, now), limit=limit, is_open_first=True)


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
