"""What the queue shows: which orders pass a filter, in what order, their rows, and how many each saved filter has."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session

from app.db.companies import Category, Staff, Supplier
from app.db.work_orders import Assignment, WorkOrder
from app.domain.clock import cut_to_minute
from app.domain.work_orders import OPEN_STATES, CrewState, State
from app.store.queries.order_briefs import LEAD
from app.store.queries.queue_sort import Sort, listed_ids, place_of, sorted_ids, stands_right
from app.store.search import matching
from app.store.tables import BaseRow, Fetch

TEXT_SHOWN = 200
"""Characters of a description that a row may need."""
COUNT_CAP = 1_000
"""Counting stops here: a badge says 999+."""


class Due(StrEnum):
    """How an order stands by its clocks."""

    ANY = "any"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which orders are wanted; what is empty asks for nothing."""

    states: tuple[State, ...] = OPEN_STATES
    site_ids: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    category_ids: tuple[str, ...] = ()
    """A category stands for those below it."""
    staff_ids: tuple[str, ...] = ()
    is_unassigned: bool = False
    is_mine: bool = False
    """The person signed in is of the crew, or stands for the case and must act."""
    is_chased: bool = False
    reopened_within_days: int | None = None
    reported_within_days: int | None = None
    due: Due = Due.ANY
    text: str = ""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, and when: what makes one filter mean different orders to different people."""

    user_id: str
    staff_id: str | None
    streams: frozenset[str]
    now: datetime
    day_ends_at: datetime
    """The end of the local day."""


class QueueRow(NamedTuple):
    """One order in the list."""

    id: str
    number: str
    source_number: str | None
    site_id: str
    state: str
    priority: str
    text: str
    chase_count: int
    place: str
    assignee_zh: str
    assignee_en: str
    others: int
    """Members of the crew besides."""
    category_zh: str
    category_en: str
    reported_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    paused_since: datetime | None
    hold_reason: str | None
    verdict: str | None
    """Of the clock that ended last, when none runs."""
    has_clocks: int
    version: int
    is_unsynced: int
    """Something done to it here waits to be sent."""


def queue_ids(session: Session, wanted: QueueFilter, sort: Sort, viewer: Viewer) -> list[str]:
    """The ids of all orders that pass, sorted; the model fetches rows as they come into view."""
    return sorted_ids(session, _conditions(wanted, viewer), sort)


class QueuePage(NamedTuple):
    """A list as it is first shown."""

    ids: list[str]
    rows: list[QueueRow]
    """The first of them."""
    base: list[str]
    """All ids that pass the filter without its text."""


def queue_page(
    session: Session,
    wanted: QueueFilter,
    sort: Sort,
    viewer: Viewer,
    count: int,
    around: str = "",
    base: list[str] | None = None,
) -> QueuePage:
    """All ids, and ``count`` rows at the beginning and around the order ``around``, as they were at one moment.

    ``base``, where it is known from before, spares sorting: a text only picks from it.
    """
    if base is None:
        base = queue_ids(session, replace(wanted, text=""), sort, viewer)
    ids = base
    if wanted.text:
        hits = set(listed_ids(session, matching(wanted.text, WorkOrder.__tablename__, viewer.streams)))
        ids = list(filter(hits.__contains__, base))
    first = ids[:count]
    with suppress(ValueError):  # it is not among them; looked for once, as they may be a hundred thousand
        place = ids.index(around)
        first = list(dict.fromkeys([*first, *ids[max(0, place - count // 2) : place + count // 2]]))
    return QueuePage(ids, queue_rows(session, first), base)


def orders_of_members(session: Session, assignment_ids: Collection[str]) -> set[str]:
    """The orders that these members of crews are sent to."""
    return set(session.scalars(select(Assignment.work_order_id).where(Assignment.id.in_(assignment_ids))))


def passes(session: Session, ids: Collection[str], wanted: QueueFilter, viewer: Viewer) -> set[str]:
    """Those of ``ids`` that pass: what a change does to a list that is on screen."""
    return set(session.scalars(select(WorkOrder.id).where(WorkOrder.id.in_(ids), *_conditions(wanted, viewer))))


def queue_rows(session: Session, ids: Sequence[str], text_shown: int = TEXT_SHOWN) -> list[QueueRow]:
    """The rows of ``ids`` in their order, with so many characters of their text; those that are gone are left out."""
    query = _ROWS.where(WorkOrder.id.in_(ids))
    found = {row[0]: QueueRow(*row) for row in session.execute(query, {"text_shown": text_shown})}
    return [found[row_id] for row_id in ids if row_id in found]


class QueueUpdate(NamedTuple):
    """A list on screen after orders have changed."""

    ids: Sequence[str]
    rows: tuple[QueueRow, ...]
    """Those of the changed orders that are in it."""


def queue_update(
    session: Session,
    ids: Sequence[str],
    touched: Collection[str],
    members: Collection[str],
    wanted: QueueFilter,
    sort: Sort,
    viewer: Viewer,
) -> QueueUpdate:
    """The list ``ids`` now that the orders ``touched`` and those of ``members`` of crews have changed.

    Cheaper than sorting anew for up to some hundred of them.
    """
    changed = set(touched) | orders_of_members(session, members)
    passing = passes(session, changed, wanted, viewer)
    rows = queue_rows(session, sorted(passing))
    if len(changed) == 1 and (passing or changed.isdisjoint(ids)):
        # One order that only looks different is what mostly comes; it is told by its neighbours.
        place = ids.index(rows[0].id) if rows and not changed.isdisjoint(ids) else -1
        if not passing or (place >= 0 and stands_right(session, ids, place, sort)):
            return QueueUpdate(ids, tuple(rows))
    left = [row_id for row_id in ids if row_id not in changed]
    for row in rows:
        left.insert(place_of(session, left, row.id, sort), row.id)
    return QueueUpdate(left, tuple(rows))


class Emptiness(NamedTuple):
    """Why a list may be empty."""

    has_no_orders: bool
    """There is none at all, of any state, that the viewer may read."""
    is_fetching: bool
    """The first fetch is under way."""


def emptiness(session: Session, streams: Collection[str]) -> Emptiness:
    """Why a list may be empty."""
    first = session.scalars(select(WorkOrder.id).where(WorkOrder.stream_id.in_(streams)).limit(1)).first()
    fetch = session.scalars(select(Fetch.stream_id).limit(1)).first()
    return Emptiness(first is None, fetch is not None)


def queue_counts(session: Session, filters: Sequence[QueueFilter], viewer: Viewer) -> list[int]:
    """How many orders pass each filter, counted up to ``COUNT_CAP``."""
    return [_count(session, wanted, viewer) for wanted in filters]


def _count(session: Session, wanted: QueueFilter, viewer: Viewer) -> int:
    passing = select(WorkOrder.id).where(*_conditions(wanted, viewer)).limit(COUNT_CAP).subquery()
    return session.scalars(select(func.count()).select_from(passing)).one()


_CREW_SIZE = (
    select(func.count())
    .where(Assignment.work_order_id == WorkOrder.id, Assignment.state.not_in((CrewState.REFUSED, CrewState.REMOVED)))
    .scalar_subquery()
)
_ROWS = (
    select(
        WorkOrder.id,
        WorkOrder.number,
        WorkOrder.source_number,
        WorkOrder.site_id,
        WorkOrder.state,
        WorkOrder.priority,
        func.substr(WorkOrder.description, 1, bindparam("text_shown")),
        WorkOrder.chase_count,
        WorkOrder.place_label,
        *LEAD,
        func.max(_CREW_SIZE - 1, 0),
        func.coalesce(Category.name_zh, ""),
        func.coalesce(Category.name_en, ""),
        WorkOrder.reported_at,
        WorkOrder.due_at,
        WorkOrder.warn_at,
        WorkOrder.paused_since,
        WorkOrder.hold_reason,
        func.coalesce(WorkOrder.resolution_verdict, WorkOrder.response_verdict),
        WorkOrder.has_clocks,
        WorkOrder.version,
        exists().where(BaseRow.table_name == WorkOrder.__tablename__, BaseRow.row_id == WorkOrder.id),
    )
    .outerjoin(Staff, Staff.id == WorkOrder.lead_staff_id)
    .outerjoin(Supplier, Supplier.id == WorkOrder.lead_supplier_id)
    .outerjoin(Category, Category.id == WorkOrder.category_id)
)


_WALKED_STATE: ColumnElement[str] = literal_column("+work_order.state")
"""Nearly every order is closed: with the plus SQLite walks what is sorted already, instead of looking each up."""


def _conditions(wanted: QueueFilter, viewer: Viewer) -> list[ColumnElement[bool]]:
    """What an order must be to pass; the cheapest and most telling conditions first."""
    # Nearly every order in the cache is of the viewer's streams: said, lest that index be taken and all sorted anew.
    found: list[ColumnElement[bool]] = [func.likely(WorkOrder.stream_id.in_(viewer.streams))]
    for column, values in (
        (_WALKED_STATE if State.CLOSED in wanted.states else WorkOrder.state, wanted.states),
        (WorkOrder.site_id, wanted.site_ids),
        (WorkOrder.priority, wanted.priorities),
    ):
        if values:
            found.append(column.in_(values))
    if wanted.category_ids:
        found.append(WorkOrder.category_id.in_(_with_descendants(wanted.category_ids)))
    if wanted.staff_ids:
        found.append(WorkOrder.id.in_(_orders_of(wanted.staff_ids)))
    if wanted.is_unassigned:
        found += [WorkOrder.lead_staff_id.is_(None), WorkOrder.lead_supplier_id.is_(None)]
    if wanted.is_mine:
        found.append(_mine(viewer))
    if wanted.is_chased:
        found.append(WorkOrder.chase_count > 0)
    found += _recent(WorkOrder.reopened_at, wanted.reopened_within_days, viewer)
    found += _recent(WorkOrder.reported_at, wanted.reported_within_days, viewer)
    found += _due(wanted.due, viewer)
    if wanted.text:
        found.append(WorkOrder.id.in_(matching(wanted.text, "work_order", viewer.streams)))
    return found


def _due(due: Due, viewer: Viewer) -> list[ColumnElement[bool]]:
    minute = cut_to_minute(viewer.now)
    if due is Due.OVERDUE:
        return [WorkOrder.due_at < minute]
    if due is Due.DUE_SOON:
        return [WorkOrder.warn_at <= minute, WorkOrder.due_at >= minute]
    if due is Due.TODAY:
        return [WorkOrder.due_at <= viewer.day_ends_at]
    return []


def _recent(column: Any, days: int | None, viewer: Viewer) -> list[ColumnElement[bool]]:
    return [] if days is None else [column >= viewer.now - timedelta(days=days)]


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    """Orders the viewer works on, and those they stand for that wait for the desk."""
    waits_for_desk = WorkOrder.state.in_((State.REPORTED, State.TRIAGED, State.DONE, State.VERIFIED, State.REOPENED))
    stands_for = and_(WorkOrder.steward_user_id == viewer.user_id, waits_for_desk)
    if viewer.staff_id is None:
        return stands_for
    return or_(stands_for, WorkOrder.id.in_(_orders_of((viewer.staff_id,))))


def _orders_of(staff_ids: Collection[str]) -> Select[Any]:
    return select(Assignment.work_order_id).where(
        Assignment.staff_id.in_(staff_ids), Assignment.state.not_in((CrewState.REFUSED, CrewState.REMOVED))
    )


def _with_descendants(category_ids: Collection[str]) -> Select[Any]:
    tree = select(Category.id).where(Category.id.in_(category_ids)).cte("wanted_category", recursive=True)
    tree = tree.union(select(Category.id).where(Category.parent_id == tree.c.id))
    return select(tree.c.id)
