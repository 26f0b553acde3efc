"""Who can be sent to an order, and what else its forms offer: causes, orders it may be a double of."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.db.companies import Category, Cause, Staff, Supplier
from app.db.ownership import stream_of
from app.db.work_orders import Assignment, WorkOrder
from app.domain.work_orders import ACTIVE_CREW, OPEN_STATES, CrewState
from app.store.pinyin import answers, spellings
from app.store.queries.order import Named

MERGE_DAYS = 90
MERGE_SHOWN = 20
CHUNK = 500
"""Ids asked for at once."""
_LEVELS = 5
"""Of the tree of categories that are read."""
_LAST = 300
"""Orders of a kind that tell who is used to it."""


class Candidate(NamedTuple):
    """Somebody who can be sent: a person, or an outside firm as a whole."""

    staff_id: str | None
    supplier_id: str | None
    """The firm itself; one of its people has ``staff_id``."""
    name: Named
    detail: Named
    """Trade and firm of a person; empty for a firm."""
    open_orders: int
    letters: str
    """Every way the name is typed in letters, parted by spaces."""

    @property
    def id(self) -> str:
        """What a crew knows it by."""
        return self.staff_id or self.supplier_id or ""

    def answers_to(self, typed: str) -> bool:
        """Whether what was typed, Chinese or letters, may mean it."""
        return answers(typed, (*self.name.values(), *self.detail.values()), self.letters)


class CauseChoice(NamedTuple):
    """A cause that can be chosen, with its names from the top of the tree down."""

    id: str
    path: tuple[Named, ...]


class MergeChoice(NamedTuple):
    """An order that another may be merged into."""

    id: str
    number: str
    state: str
    text: str
    place: str
    reported_at: datetime


def candidates(session: Session, site_id: str, order_ids: Sequence[str]) -> list[Candidate]:
    """Who can be sent to orders of a site.

    First who was sent most to the last orders of their kinds, then who has the fewest open orders; the site's own
    people before those of outside firms, and whole firms last.
    """
    firms = {firm.id: firm for firm in session.scalars(select(Supplier))}
    busy = _busy(session, Assignment.staff_id)
    used_to = _used_to(session, site_id, order_ids)
    query = select(Staff).where(Staff.home_site_id == site_id, Staff.is_active == 1)
    people = sorted(
        session.scalars(query),
        key=lambda one: (-used_to[one.id], one.supplier_id is not None, busy.get(one.id, 0), one.name),
    )
    sent = _busy(session, Assignment.supplier_id)
    return [_person(person, firms, busy.get(person.id, 0)) for person in people] + [
        _firm(firm, sent.get(firm.id, 0)) for firm in sorted(firms.values(), key=lambda firm: firm.name_zh)
    ]


def _used_to(session: Session, site_id: str, order_ids: Sequence[str]) -> Counter[str]:
    """How often each member of staff led one of the last orders of the kinds that these orders are of."""
    parents = dict(session.execute(select(Category.id, Category.parent_id)).all())

    def top(category_id: str) -> str:
        for _ in range(_LEVELS):
            category_id = parents.get(category_id) or category_id
        return category_id

    asked = select(WorkOrder.category_id).where(WorkOrder.id.in_(order_ids[:CHUNK]), WorkOrder.category_id.is_not(None))
    kinds = {top(category_id) for category_id in session.scalars(asked) if category_id}
    lead = select(WorkOrder.lead_staff_id).where(
        WorkOrder.stream_id == stream_of("work_order", site_id),
        WorkOrder.lead_staff_id.is_not(None),
        WorkOrder.category_id.in_([one for one in parents if top(one) in kinds]),
    )
    return Counter(session.scalars(lead.order_by(WorkOrder.reported_at.desc()).limit(_LAST)) if kinds else ())


def _busy(session: Session, column: Any) -> dict[str, int]:
    counted = (
        select(column, func.count())
        .join(WorkOrder, WorkOrder.id == Assignment.work_order_id)
        .where(column.is_not(None), Assignment.state.in_(ACTIVE_CREW), WorkOrder.state.in_(OPEN_STATES))
        .group_by(column)
    )
    return dict(session.execute(counted).all())


def _person(person: Staff, firms: dict[str, Supplier], open_orders: int) -> Candidate:
    firm = firms.get(person.supplier_id or "")
    trade = {"zh": person.trade_zh, "en": person.trade_en}
    detail = {"zh": f"{trade['zh']}，{firm.name_zh}", "en": f"{trade['en']}, {firm.name_en}"} if firm else trade
    named = {"zh": person.name, "en": person.name}
    return Candidate(person.id, None, named, detail, open_orders, " ".join(spellings(person.name)))


def _firm(firm: Supplier, open_orders: int) -> Candidate:
    named = {"zh": firm.name_zh, "en": firm.name_en}
    return Candidate(None, firm.id, named, {"zh": "", "en": ""}, open_orders, " ".join(spellings(firm.name_zh)))


def causes(session: Session) -> list[CauseChoice]:
    """Every cause that has none below it, in the order of the tree."""
    rows = {row.id: row for row in session.scalars(select(Cause).order_by(Cause.sort, Cause.name_zh))}
    parents = {row.parent_id for row in rows.values()}
    leaves = [row for row in rows.values() if row.id not in parents]
    found = [CauseChoice(row.id, tuple(_names_down_to(row, rows))) for row in leaves]
    order = {row_id: place for place, row_id in enumerate(rows)}
    found.sort(key=lambda choice: (order.get(rows[choice.id].parent_id or "", -1), order[choice.id]))
    return found


def _names_down_to(row: Cause, rows: dict[str, Cause]) -> Sequence[Named]:
    path: list[Named] = []
    above: Cause | None = row
    while above is not None and len(path) < 5:
        path.append({"zh": above.name_zh, "en": above.name_en})
        above = rows.get(above.parent_id or "")
    return list(reversed(path))


def merge_choices(session: Session, order_id: str, streams: Collection[str], now: datetime) -> list[MergeChoice]:
    """Open orders of the same site that may be the same matter: the same place first, then the same category."""
    order = session.get(WorkOrder, order_id)
    if order is None:
        return []
    is_same_place = _same_place(order)
    query: Select[Any] = (
        select(
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.state,
            func.substr(WorkOrder.description, 1, 80),
            WorkOrder.place_label,
            WorkOrder.reported_at,
        )
        .where(
            WorkOrder.site_id == order.site_id,
            WorkOrder.stream_id.in_(streams),
            WorkOrder.id != order.id,
            WorkOrder.state.in_(OPEN_STATES),
            WorkOrder.reported_at >= now - timedelta(days=MERGE_DAYS),
            or_(is_same_place, WorkOrder.category_id == order.category_id),
        )
        .order_by(is_same_place.desc(), WorkOrder.reported_at.desc())
        .limit(MERGE_SHOWN)
    )
    return [MergeChoice(*row) for row in session.execute(query)]


def _same_place(order: WorkOrder) -> ColumnElement[bool]:
    if order.unit_id:
        return WorkOrder.unit_id == order.unit_id
    if order.place_id:
        return WorkOrder.place_id == order.place_id
    return WorkOrder.place_label == order.place_label


class Stand(NamedTuple):
    """An order as a command given to several must name it."""

    id: str
    number: str
    site_id: str
    state: str
    crew: tuple[str, ...]
    """Staff and suppliers' ids of those who are sent."""


def stands(session: Session, ids: Sequence[str]) -> list[Stand]:
    """How orders stand now, in the order of ``ids``; those that are gone are left out."""
    crews: dict[str, list[str]] = {}
    gone = (CrewState.REFUSED, CrewState.REMOVED)
    found: dict[str, Stand] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        sent = select(Assignment.work_order_id, Assignment.staff_id, Assignment.supplier_id).where(
            Assignment.work_order_id.in_(part), Assignment.state.not_in(gone)
        )
        for order_id, staff_id, supplier_id in session.execute(sent.order_by(Assignment.sort, Assignment.id)):
            crews.setdefault(order_id, []).append(staff_id or supplier_id or "")
        asked = select(WorkOrder.id, WorkOrder.number, WorkOrder.site_id, WorkOrder.state).where(WorkOrder.id.in_(part))
        for row_id, number, site_id, state in session.execute(asked):
            found[row_id] = Stand(row_id, number, site_id, state, tuple(crews.get(row_id, ())))
    return [found[row_id] for row_id in ids if row_id in found]
