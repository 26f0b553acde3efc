"""Sees to it that no two orders bear one number: the later one yields, and its old number stays findable."""

import re
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.command import Context
from app.commands.numbers import highest_counter
from app.db.companies import Site
from app.db.ownership import stream_of
from app.db.work_orders import NumberAlias, WorkOrder
from app.domain.numbers import format_number
from app.server.changelog import Touched
from app.server.tables import SERVER_DESK, Console

_DESK = re.compile(r"\d{6}-(\d{2,4})-\d+")


def settle_numbers(session: Session, touched: Touched, context: Context) -> str | None:
    """Give each new order whose number is taken one of the server's own desk, and return the last one given."""
    orders = _new_orders(session, touched)
    if not orders:
        return None
    _lock_desks(session, {match[1] for order in orders if (match := _DESK.fullmatch(order.number))} - {context.origin})
    given = None
    for order in _doubles(session, orders):
        given = _renumber(session, order, context)
    return given


def _new_orders(session: Session, touched: Touched) -> list[WorkOrder]:
    ids = [
        entry.row_id
        for entry, change in touched.changes.items()
        if entry.table == WorkOrder.__tablename__ and change.op == "put" and change.version == 1
    ]
    found = (
        {order.id: order for order in session.scalars(select(WorkOrder).where(WorkOrder.id.in_(ids)))} if ids else {}
    )
    return [found[row_id] for row_id in ids]


def _lock_desks(session: Session, desks: set[str]) -> None:
    """Whoever writes a number of a desk holds that desk's row, so that two cannot take one number unseen."""
    if desks:
        query = select(Console.id).where(Console.number_prefix.in_(desks)).order_by(Console.id).with_for_update()
        session.execute(query)


def _doubles(session: Session, orders: Sequence[WorkOrder]) -> list[WorkOrder]:
    """Of new orders, those whose number an older order has, or one before them in the list."""
    numbers, ids = {order.number for order in orders}, {order.id for order in orders}
    query = select(WorkOrder.number).where(WorkOrder.number.in_(numbers), WorkOrder.id.not_in(ids))
    seen = set(session.scalars(query))
    doubles = []
    for order in orders:
        if order.number in seen:
            doubles.append(order)
        seen.add(order.number)
    return doubles


def _renumber(session: Session, order: WorkOrder, context: Context) -> str:
    _lock_desks(session, {SERVER_DESK})
    day = _local_day(session, order)
    alias = NumberAlias(
        id=context.row_id(f"number_alias:{order.id}"),
        stream_id=stream_of(NumberAlias.__tablename__, order.site_id),
        number=order.number,
        work_order_id=order.id,
    )
    session.add(alias)
    order.number = format_number(day, SERVER_DESK, highest_counter(session, day, SERVER_DESK) + 1)
    session.flush()
    return order.number


def _local_day(session: Session, order: WorkOrder) -> date:
    return order.reported_at.astimezone(ZoneInfo(session.get_one(Site, order.site_id).timezone)).date()
