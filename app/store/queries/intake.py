"""What the desk must see while a caller speaks: who that is, and what they have open."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.db.companies import AppUser, Category
from app.db.places import Unit
from app.db.residents import OrderReporter, Residence, Resident, ResidentPhone
from app.db.work_orders import Timeline, WorkOrder
from app.domain.phones import looks_like_phone, phone_digits
from app.domain.work_orders import CLOSED_STATES
from app.store.pinyin import readings
from app.store.queries.order_briefs import OrderBrief, order_briefs
from app.store.queries.residents import flags_in_force
from app.store.search import search
from app.store.search_terms import has_cjk

PEOPLE_SHOWN = 8
RECENT_DAYS = 30
HISTORY_SHOWN = 3
OPEN_SHOWN = 5
_UNKNOWN_DAYS = 180
"""How long a caller who is on no record is known again by their number."""


class PersonHit(NamedTuple):
    """Somebody who may be calling; one row for each unit they belong to."""

    resident_id: str
    """Empty for a caller who is on no record, but has called before."""
    name: str
    spelling: tuple[str, ...]
    """How the name is read, a syllable each."""
    site_id: str
    unit_id: str | None
    unit: str
    relation: str
    phone: str


class OpenOrder(NamedTuple):
    """A caller's open order, as it is told to them."""

    brief: OrderBrief
    is_response_due: bool
    """It is the response, not the resolution, that ``brief.due_at`` speaks of."""
    needs_visit: bool
    dispatched_at: datetime | None
    busy_with: tuple[str, str] | None
    """Number and place of another order where the assignee is on site now."""
    last_chased_at: datetime | None
    last_chased_by: str


class PersonCard(NamedTuple):
    """A caller as the desk must know them."""

    resident_id: str
    """Empty for a caller who is on no record."""
    name: str
    note: str
    site_id: str
    phones: tuple[tuple[str, str, str, bool], ...]
    """Id, digits, label, primary."""
    homes: tuple[tuple[str, str, str, str | None], ...]
    """Unit id, label, relation, since: where they live or own now."""
    exemptions: tuple[tuple[str, str | None], ...]
    open_orders: tuple[OpenOrder, ...]
    recent: tuple[OrderBrief, ...]
    """The latest closed ones."""
    calls_in_30_days: int
    orders_in_all: int
    family: int
    """People of the first home, themselves included."""


def find_people(session: Session, text: str, streams: Collection[str]) -> list[PersonHit]:
    """Who may be meant by a telephone number however written, a unit, a name, its pinyin or initials.

    A number that belongs to several people gives each of them; one that is on no record gives who called from it.
    """
    digits = phone_digits(text) if looks_like_phone(text) else ""
    if digits and (found := _by_phone(session, digits, streams) or _called_before(session, digits, streams)):
        return found
    residents: list[str] = []
    for hit in search(session, text, streams, ("resident", "unit"), PEOPLE_SHOWN):
        if hit.table == "resident":
            residents.append(hit.row_id)
        else:
            residents += session.scalars(_living_in(hit.row_id))
    return _people(session, list(dict.fromkeys(residents))[:PEOPLE_SHOWN], streams, digits)


def _by_phone(session: Session, digits: str, streams: Collection[str]) -> list[PersonHit]:
    query = select(ResidentPhone.resident_id).where(
        ResidentPhone.stream_id.in_(streams), ResidentPhone.digits == digits
    )
    ids = session.scalars(query.order_by(ResidentPhone.id).limit(PEOPLE_SHOWN)).all()
    return _people(session, list(dict.fromkeys(ids)), streams, digits)


def _called_before(session: Session, digits: str, streams: Collection[str]) -> list[PersonHit]:
    """Callers on no record who have called from this number; the latest name each is known by."""
    query = (
        select(OrderReporter.name, WorkOrder.site_id)
        .join(WorkOrder, WorkOrder.id == OrderReporter.work_order_id)
        .where(
            OrderReporter.phone == digits,
            OrderReporter.resident_id.is_(None),
            OrderReporter.name != "",
            OrderReporter.stream_id.in_(streams),
        )
        .order_by(WorkOrder.reported_at.desc())
        .limit(PEOPLE_SHOWN)
    )
    rows = dict.fromkeys((name, site_id) for name, site_id in session.execute(query))
    return [PersonHit("", name, _syllables(name), site_id, None, "", "", digits) for name, site_id in rows]


def _syllables(name: str) -> tuple[str, ...]:
    chinese = "".join(character for character in name if has_cjk(character))
    return tuple(next(readings(chinese), ())) if chinese else ()


def _living_in(unit_id: str) -> Select[str]:
    return (
        select(Residence.resident_id)
        .where(Residence.unit_id == unit_id, Residence.until.is_(None))
        .order_by(Residence.is_primary.desc(), Residence.id)
    )


def _people(session: Session, ids: Sequence[str], streams: Collection[str], digits: str) -> list[PersonHit]:
    """The people with their homes, each with the number that ``digits`` are of, or else their first."""
    number = (
        select(ResidentPhone.digits)
        .where(ResidentPhone.resident_id == Resident.id)
        .order_by(ResidentPhone.digits.contains(digits).desc(), ResidentPhone.is_primary.desc(), ResidentPhone.id)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            Resident.id,
            Resident.name,
            Resident.site_id,
            Unit.id,
            func.coalesce(Unit.label, ""),
            func.coalesce(Residence.relation, ""),
            func.coalesce(number, ""),
        )
        .outerjoin(Residence, (Residence.resident_id == Resident.id) & Residence.until.is_(None))
        .outerjoin(Unit, Unit.id == Residence.unit_id)
        .where(Resident.id.in_(ids), Resident.stream_id.in_(streams))
    )
    rank = {row_id: place for place, row_id in enumerate(ids)}
    rows = [PersonHit(row[0], row[1], _syllables(row[1]), *row[2:]) for row in session.execute(query)]
    return sorted(rows, key=lambda row: (rank[row.resident_id], row.unit))


def person_card(session: Session, resident_id: str, now: datetime) -> PersonCard | None:
    """All the desk needs of a resident, or ``None`` when they are gone."""
    resident = session.get(Resident, resident_id)
    if resident is None:
        return None
    homes = session.execute(
        select(Unit.id, Unit.label, Residence.relation, Residence.since)
        .join(Residence, Residence.unit_id == Unit.id)
        .where(Residence.resident_id == resident_id, Residence.until.is_(None))
        .order_by(Residence.is_primary.desc(), Unit.label)
    ).all()
    reported = select(OrderReporter.work_order_id).where(OrderReporter.resident_id == resident_id)
    theirs = or_(WorkOrder.id.in_(reported), WorkOrder.unit_id.in_([home[0] for home in homes]))
    return PersonCard(
        resident_id=resident.id,
        name=resident.name,
        note=resident.note,
        site_id=resident.site_id,
        phones=_phones(session, resident_id),
        homes=tuple((unit, label, relation, since_day) for unit, label, relation, since_day in homes),
        exemptions=flags_in_force(session, resident_id, now),
        open_orders=_open_orders(session, theirs),
        recent=tuple(order_briefs(session, WorkOrder.id.in_(reported), _is_closed(), limit=HISTORY_SHOWN)),
        calls_in_30_days=_count(session, reported, since=now - timedelta(days=RECENT_DAYS)),
        orders_in_all=_count(session, reported),
        family=_household(session, homes[0][0]) if homes else 1,
    )


def number_card(session: Session, digits: str, name: str, site_id: str, now: datetime) -> PersonCard:
    """A caller who is on no record, as far as earlier calls from the number tell."""
    reported = select(OrderReporter.work_order_id).where(
        OrderReporter.phone == digits, OrderReporter.resident_id.is_(None), OrderReporter.name == name
    )
    is_recent = WorkOrder.reported_at >= now - timedelta(days=_UNKNOWN_DAYS)
    return PersonCard(
        resident_id="",
        name=name,
        note="",
        site_id=site_id,
        phones=(("", digits, "", True),),
        homes=(),
        exemptions=(),
        open_orders=_open_orders(session, WorkOrder.id.in_(reported) & is_recent),
        recent=tuple(order_briefs(session, WorkOrder.id.in_(reported), _is_closed(), limit=HISTORY_SHOWN)),
        calls_in_30_days=_count(session, reported, since=now - timedelta(days=RECENT_DAYS)),
        orders_in_all=_count(session, reported),
        family=1,
    )


def _is_closed() -> ColumnElement[bool]:
    return WorkOrder.state.in_(CLOSED_STATES)


def _count(session: Session, ids: Select[str], since: datetime | None = None) -> int:
    query = select(func.count()).select_from(WorkOrder).where(WorkOrder.id.in_(ids))
    return session.scalars(query if since is None else query.where(WorkOrder.reported_at >= since)).one()


def _open_orders(session: Session, theirs: ColumnElement[bool]) -> tuple[OpenOrder, ...]:
    """What the caller, or their household, has open: the most urgent first."""
    briefs = order_briefs(session, theirs, ~_is_closed(), limit=OPEN_SHOWN)
    briefs.sort(key=lambda brief: (brief.due_at is None, brief.due_at or brief.reported_at))
    return tuple(_told(session, brief) for brief in briefs)


def _phones(session: Session, resident_id: str) -> tuple[tuple[str, str, str, bool], ...]:
    query = select(ResidentPhone).where(ResidentPhone.resident_id == resident_id)
    rows = session.scalars(query.order_by(ResidentPhone.is_primary.desc(), ResidentPhone.id))
    return tuple((row.id, row.digits, row.label, bool(row.is_primary)) for row in rows)


def _household(session: Session, unit_id: str) -> int:
    people = select(func.count(func.distinct(Residence.resident_id)))
    return session.scalars(people.where(Residence.unit_id == unit_id, Residence.until.is_(None))).one()


def _told(session: Session, brief: OrderBrief) -> OpenOrder:
    order = session.get_one(WorkOrder, brief.id)
    category = session.get(Category, order.category_id) if order.category_id else None
    chase = _latest(session, brief.id, "line_chased")
    chaser = session.get(AppUser, chase.user_id) if chase and chase.user_id else None
    sent = _latest(session, brief.id, "line_dispatched")
    return OpenOrder(
        brief=brief,
        is_response_due=order.due_at is not None and order.due_at == order.response_due_at,
        needs_visit=category is None or bool(category.needs_visit),
        dispatched_at=sent.happened_at if sent else None,
        busy_with=_busy_with(session, order),
        last_chased_at=chase.happened_at if chase else None,
        last_chased_by=chaser.name if chaser else "",
    )


def _latest(session: Session, order_id: str, code: str) -> Timeline | None:
    query = select(Timeline).where(
        Timeline.work_order_id == order_id, Timeline.code == code, Timeline.is_withdrawn == 0
    )
    return session.scalars(query.order_by(Timeline.happened_at.desc()).limit(1)).first()


def _busy_with(session: Session, order: WorkOrder) -> tuple[str, str] | None:
    if order.lead_staff_id is None:
        return None
    query = select(WorkOrder.number, WorkOrder.place_label).where(
        WorkOrder.lead_staff_id == order.lead_staff_id, WorkOrder.state == "on_site", WorkOrder.id != order.id
    )
    row = session.execute(query.limit(1)).first()
    return (row[0], row[1]) if row else None
