"""The order in which the queue lists what passes its filter, and where in it a changed row belongs."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, text
from sqlalchemy.orm import Session
from typing_extensions import override

from app.db.companies import Staff
from app.db.work_orders import WorkOrder
from app.domain.work_orders import State

_HEAD_LENGTH = 24


class SortKey(StrEnum):
    """What the queue can be sorted by."""

    DUE = "due"
    NUMBER = "number"
    PRIORITY = "priority"
    STATE = "state"
    TEXT = "text"
    PLACE = "place"
    ASSIGNEE = "assignee"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Sort:
    """A column and its direction."""

    key: SortKey = SortKey.DUE
    is_descending: bool = False


BY_TIME_LEFT = Sort()
"""What the queue is sorted by unless somebody says otherwise."""
_HEAD = func.substr(WorkOrder.description, text("1"), text(str(_HEAD_LENGTH)))
"""Enough of a text to sort by; indexed, so that long texts are not read."""
_RANKS = {state: rank for rank, state in enumerate(State)}
_SORTED: dict[SortKey, tuple[Any, ...]] = {
    SortKey.DUE: (WorkOrder.due_at,),
    SortKey.NUMBER: (WorkOrder.number,),
    SortKey.PRIORITY: (WorkOrder.priority, WorkOrder.due_at),
    SortKey.TEXT: (_HEAD,),
    SortKey.PLACE: (WorkOrder.place_label,),
    SortKey.REPORTED: (WorkOrder.reported_at,),
}
_GROUPED: dict[SortKey, Any] = {SortKey.STATE: WorkOrder.state, SortKey.ASSIGNEE: WorkOrder.lead_staff_id}
_HAS_NO_DUE = literal_column("+work_order.due_at").is_(None)
"""With the plus SQLite walks the reports, which are sorted already, instead of looking every such row up."""
_NEWEST = Sort(SortKey.REPORTED, is_descending=True)


def sorted_ids(session: Session, conditions: Sequence[ColumnElement[bool]], sort: Sort) -> list[str]:
    """The ids of all orders that meet ``conditions``, sorted."""
    if sort.key in _GROUPED:
        return _grouped(session, conditions, sort)
    if sort.key is SortKey.DUE:
        # Orders without a due time stand at the end either way, the newest report first.
        timed = _sorted(session, [*conditions, WorkOrder.due_at.is_not(None)], sort)
        return timed + _sorted(session, [*conditions, _HAS_NO_DUE], _NEWEST)
    return _sorted(session, conditions, sort)


def _sorted(session: Session, conditions: Sequence[ColumnElement[bool]], sort: Sort) -> list[str]:
    keys = [key.desc() if sort.is_descending else key for key in (*_SORTED[sort.key], WorkOrder.id)]
    return listed_ids(session, select(WorkOrder.id).where(*conditions).order_by(*keys))


def listed_ids(session: Session, query: Select[str]) -> list[str]:
    """The ids that ``query`` gives, in its order.

    SQLite strings them together: a hundred thousand rows that cross into Python one by one take twice as long, and
    hold the window up meanwhile. It keeps the order of a subquery under this aggregate.
    """
    listed = query.subquery()
    found = session.scalar(select(func.group_concat(listed.c[0])))
    return found.split(",") if found else []


def _grouped(session: Session, conditions: Sequence[ColumnElement[bool]], sort: Sort) -> list[str]:
    """Sort by something that takes few values: each by itself, which an index does, and the groups put in order."""
    column = _GROUPED[sort.key]
    groups = session.scalars(select(column).where(*conditions).distinct()).all()
    ranks = _ranks(session, sort)
    known = sorted((group for group in groups if group in ranks), key=lambda group: ranks[group])
    if sort.is_descending:
        known.reverse()
    last = sorted((group for group in groups if group not in ranks), key=lambda group: group or "")
    found: list[str] = []
    for group in (*known, *last):
        found += listed_ids(session, select(WorkOrder.id).where(*conditions, column == group).order_by(WorkOrder.id))
    return found


def _ranks(session: Session, sort: Sort) -> dict[Any, Any]:
    """What the groups are put in order by: of equal names the one with the lower id comes first."""
    if sort.key is SortKey.STATE:
        return dict(_RANKS)
    return {row_id: (name, row_id) for row_id, name in session.execute(select(Staff.id, Staff.name))}


def place_of(session: Session, ids: Sequence[str], row_id: str, sort: Sort) -> int:
    """Where ``row_id`` belongs among ``ids``, which are sorted: a few look-ups instead of sorting all anew."""
    key = _key_of(session, sort)
    return bisect_left(ids, key(row_id), key=key)


def stands_right(session: Session, ids: Sequence[str], place: int, sort: Sort) -> bool:
    """Whether the row at a place of a sorted list still belongs there though it has changed."""
    key = _key_of(session, sort)
    here = key(ids[place])
    is_after = place == 0 or key(ids[place - 1]) < here
    return is_after and (place == len(ids) - 1 or here < key(ids[place + 1]))


class _Backwards(tuple[Any, ...]):
    """A key that compares the other way round."""

    __slots__ = ()

    @override
    def __lt__(self, other: tuple[Any, ...]) -> bool:
        return tuple(self) > tuple(other)


def _key_of(session: Session, sort: Sort) -> Callable[[str], tuple[Any, ...]]:
    """What tells the key of an order by its id, such that keys sort as :func:`sorted_ids` does."""
    if sort.key in _GROUPED:
        return _group_key(session, sort)
    columns = (*_SORTED[sort.key], WorkOrder.reported_at)
    turned = _Backwards if sort.is_descending else tuple

    def key(row_id: str) -> tuple[Any, ...]:
        *values, reported_at = session.execute(select(*columns).where(WorkOrder.id == row_id)).one()
        if sort.key is SortKey.DUE and values[0] is None:
            return (1, _Backwards((reported_at, row_id)))
        return (0, turned((*_comparable(values), row_id)))

    return key


def _group_key(session: Session, sort: Sort) -> Callable[[str], tuple[Any, ...]]:
    column, ranks = _GROUPED[sort.key], _ranks(session, sort)
    turned = _Backwards if sort.is_descending else tuple

    def key(row_id: str) -> tuple[Any, ...]:
        group = session.scalars(select(column).where(WorkOrder.id == row_id)).one()
        if group not in ranks:
            return (1, (group or "",), row_id)
        return (0, turned((ranks[group],)), row_id)

    return key


def _comparable(values: Sequence[Any]) -> Iterator[Any]:
    """What is missing comes first, as SQLite has it."""
    for value in values:
        yield value is not None
        if value is not None:
            yield value
