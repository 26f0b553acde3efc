"""What the desk must see while a caller speaks: who that is, what they have open, and what it may be a double of."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.db.companies import AppUser, Category, Staff, Supplier
from app.db.places import Asset, Building, Place, Unit
from app.db.residents import OrderReporter, Residence, Resident, ResidentPhone
from app.db.work_orders import Timeline, WorkOrder
from app.domain.categories import KnownCategory
from app.domain.phones import looks_like_phone, phone_digits
from app.domain.work_orders import CLOSED_STATES, OPEN_STATES
from app.store.queries.order import Named, category_path, flags_in_force, required_skills
from app.store.search import search

PEOPLE_SHOWN = 8
RECENT_DAYS = 30
HISTORY_SHOWN = 3


class PersonHit(NamedTuple):
    """Somebody who may be calling; one row for each unit they belong to."""

    resident_id: str
    name: str
    site_id: str
    unit_id: str | None
    unit: str
    relation: str
    phone: str


class OrderBrief(NamedTuple):
    """An order in a few words."""

    id: str
    number: str
    state: str
    priority: str
    text: str
    place: str
    assignee: str
    reported_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    warn_at: datetime | None
    paused_since: datetime | None
    hold_reason: str | None
    chase_count: int
    cancel_reason: str | None
    verdict: str | None


class OpenOrder(NamedTuple):
    """A caller's open order, as it is told to them."""

    brief: OrderBrief
    dispatched_at: datetime | None
    assignee_staff_id: str | None
    busy_with: tuple[str, str] | None
    """Number and place of another order where the assignee is on site now."""
    last_chased_at: datetime | None
    last_chased_by: str


class PersonCard(NamedTuple):
    """A resident as the desk must know them."""

    resident_id: str
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


class PlaceHit(NamedTuple):
    """Somewhere an order can be."""

    kind: str
    """``unit``, ``place``, ``asset`` or ``building``."""
    id: str
    label: str
    detail: str
    building_id: str | None
    unit_id: str | None
    place_id: str | None
    asset_id: str | None
    site_id: str


class CategoryChoice(NamedTuple):
    """A category as the desk chooses it."""

    id: str
    path: tuple[Named, ...]
    priority: str
    keywords: tuple[str, ...]
    skills: tuple[tuple[Named, int], ...]
    needs_visit: bool


def find_people(session: Session, text: str, streams: Collection[str]) -> list[PersonHit]:
    """Who may be meant by a telephone number however written, a unit, a name, its pinyin or initials."""
    if looks_like_phone(text):
        found = _by_phone(session, phone_digits(text), streams)
        if found:
            return found
    residents: list[str] = []
    for hit in search(session, text, streams, ("resident", "unit"), PEOPLE_SHOWN):
        if hit.table == "resident":
            residents.append(hit.row_id)
        else:
            residents += session.scalars(_living_in(hit.row_id))
    return _people(session, list(dict.fromkeys(residents))[:PEOPLE_SHOWN], streams)


def _by_phone(session: Session, digits: str, streams: Collection[str]) -> list[PersonHit]:
    exact = select(ResidentPhone.resident_id).where(
        ResidentPhone.stream_id.in_(streams), ResidentPhone.digits == digits
    )
    ids = list(session.scalars(exact.limit(PEOPLE_SHOWN)))
    if not ids:
        part = select(ResidentPhone.resident_id).where(
            ResidentPhone.stream_id.in_(streams),
            or_(ResidentPhone.digits.startswith(digits), ResidentPhone.digits.endswith(digits)),
        )
        ids = list(session.scalars(part.limit(PEOPLE_SHOWN)))
    return _people(session, list(dict.fromkeys(ids)), streams)


def _living_in(unit_id: str) -> Select[str]:
    return (
        select(Residence.resident_id)
        .where(Residence.unit_id == unit_id, Residence.until.is_(None))
        .order_by(Residence.is_primary.desc(), Residence.id)
    )


def _people(session: Session, ids: Sequence[str], streams: Collection[str]) -> list[PersonHit]:
    number = (
        select(ResidentPhone.digits)
        .where(ResidentPhone.resident_id == Resident.id)
        .order_by(ResidentPhone.is_primary.desc(), ResidentPhone.id)
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
    rows = [PersonHit(*row) for row in session.execute(query)]
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
    of_person = _of_person(resident_id)
    recent = _briefs(session, WorkOrder.id.in_(of_person), WorkOrder.state.in_(CLOSED_STATES), limit=HISTORY_SHOWN)
    since = now - timedelta(days=RECENT_DAYS)
    calls = select(func.count()).select_from(WorkOrder).where(WorkOrder.id.in_(of_person))
    return PersonCard(
        resident_id=resident.id,
        name=resident.name,
        note=resident.note,
        site_id=resident.site_id,
        phones=_phones(session, resident_id),
        homes=tuple((unit, label, relation, since_day) for unit, label, relation, since_day in homes),
        exemptions=flags_in_force(session, resident_id, now),
        open_orders=open_orders_of(session, resident_id, [home[0] for home in homes]),
        recent=tuple(recent),
        calls_in_30_days=session.scalars(calls.where(WorkOrder.reported_at >= since)).one(),
        orders_in_all=session.scalars(calls).one(),
        family=_household(session, homes[0][0]) if homes else 1,
    )


def open_orders_of(session: Session, resident_id: str, unit_ids: Sequence[str]) -> tuple[OpenOrder, ...]:
    """What the caller, or their household, has open: the most urgent first."""
    theirs = or_(WorkOrder.id.in_(_of_person(resident_id)), WorkOrder.unit_id.in_(unit_ids))
    briefs = _briefs(session, theirs, WorkOrder.state.in_(OPEN_STATES), limit=5)
    briefs.sort(key=lambda brief: (brief.due_at is None, brief.due_at or brief.reported_at))
    return tuple(_told(session, brief) for brief in briefs)


def duplicates_of(
    session: Session,
    streams: Collection[str],
    *,
    category_id: str | None,
    unit_id: str | None = None,
    place_id: str | None = None,
    asset_id: str | None = None,
    building_id: str | None = None,
) -> list[OrderBrief]:
    """Open orders at the same place and of the same category; never those of another unit."""
    if category_id is None or not (unit_id or place_id or asset_id or building_id):
        return []
    same: ColumnElement[bool]
    if unit_id:
        same = WorkOrder.unit_id == unit_id
    elif asset_id:
        same = WorkOrder.asset_id == asset_id
    elif place_id:
        same = (WorkOrder.place_id == place_id) & WorkOrder.unit_id.is_(None)
    else:
        same = (WorkOrder.building_id == building_id) & WorkOrder.unit_id.is_(None) & WorkOrder.place_id.is_(None)
    return _briefs(
        session,
        WorkOrder.stream_id.in_(streams),
        same,
        WorkOrder.category_id == category_id,
        WorkOrder.state.in_(OPEN_STATES),
        limit=3,
    )


def find_places(session: Session, text: str, site_id: str | None, streams: Collection[str]) -> list[PlaceHit]:
    """Units, places, assets and buildings by any way they are written."""
    found = []
    for hit in search(session, text, streams, ("unit", "place", "asset", "building"), 24):
        place = place_hit(session, hit.table, hit.row_id)
        if place is not None and site_id in (None, place.site_id):
            found.append(place)
    return found[:PEOPLE_SHOWN]


def place_hit(session: Session, table: str, row_id: str) -> PlaceHit | None:
    """A place as an order names it."""
    if table == "unit" and (unit := session.get(Unit, row_id)):
        return PlaceHit("unit", unit.id, unit.label, unit.entrance, unit.building_id, unit.id, None, None, unit.site_id)
    if table == "place" and (place := session.get(Place, row_id)):
        return PlaceHit("place", place.id, place.name, "", place.building_id, None, place.id, None, place.site_id)
    if table == "building" and (building := session.get(Building, row_id)):
        return PlaceHit("building", row_id, building.name, "", row_id, None, None, None, building.site_id)
    if table == "asset" and (asset := session.get(Asset, row_id)):
        where = (asset.building_id, asset.unit_id, asset.place_id)
        return PlaceHit("asset", asset.id, asset.name, asset.code, *where, asset.id, asset.site_id)
    return None


def categories(session: Session) -> list[CategoryChoice]:
    """Every category that can be chosen, in tree order."""
    rows = session.scalars(select(Category).where(Category.is_active == 1).order_by(Category.sort, Category.id)).all()
    return [
        CategoryChoice(
            id=row.id,
            path=category_path(session, row),
            priority=row.priority,
            keywords=tuple(row.keywords.split()),
            skills=required_skills(session, row.id),
            needs_visit=bool(row.needs_visit),
        )
        for row in rows
    ]


def known_categories(choices: Sequence[CategoryChoice]) -> list[KnownCategory]:
    """The choices as the suggestion reads them."""
    return [KnownCategory(choice.id, choice.keywords) for choice in choices]


def _of_person(resident_id: str) -> Select[str]:
    return select(OrderReporter.work_order_id).where(OrderReporter.resident_id == resident_id)


def _phones(session: Session, resident_id: str) -> tuple[tuple[str, str, str, bool], ...]:
    query = select(ResidentPhone).where(ResidentPhone.resident_id == resident_id)
    rows = session.scalars(query.order_by(ResidentPhone.is_primary.desc(), ResidentPhone.id))
    return tuple((row.id, row.digits, row.label, bool(row.is_primary)) for row in rows)


def _household(session: Session, unit_id: str) -> int:
    people = select(func.count(func.distinct(Residence.resident_id)))
    return session.scalars(people.where(Residence.unit_id == unit_id, Residence.until.is_(None))).one()


def _briefs(session: Session, *conditions: ColumnElement[bool], limit: int) -> list[OrderBrief]:
    query = (
        select(
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.state,
            WorkOrder.priority,
            func.substr(WorkOrder.description, 1, 200),
            WorkOrder.place_label,
            func.coalesce(Staff.name, Supplier.name_zh, ""),
            WorkOrder.reported_at,
            WorkOrder.closed_at,
            WorkOrder.due_at,
            WorkOrder.warn_at,
            WorkOrder.paused_since,
            WorkOrder.hold_reason,
            WorkOrder.chase_count,
            WorkOrder.cancel_reason,
            func.coalesce(WorkOrder.resolution_verdict, WorkOrder.response_verdict),
        )
        .outerjoin(Staff, Staff.id == WorkOrder.lead_staff_id)
        .outerjoin(Supplier, Supplier.id == WorkOrder.lead_supplier_id)
        .where(*conditions)
        .order_by(WorkOrder.reported_at.desc(), WorkOrder.id)
        .limit(limit)
    )
    return [OrderBrief(*row) for row in session.execute(query)]


def _told(session: Session, brief: OrderBrief) -> OpenOrder:
    order = session.get_one(WorkOrder, brief.id)
    chase = _latest(session, brief.id, "line_chased")
    chaser = session.get(AppUser, chase.user_id) if chase and chase.user_id else None
    sent = _latest(session, brief.id, "line_dispatched")
    return OpenOrder(
        brief=brief,
        dispatched_at=sent.happened_at if sent else None,
        assignee_staff_id=order.lead_staff_id,
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
