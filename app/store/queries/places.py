"""The tree of sites, buildings, units and assets, and what is known of each of them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app.db.companies import AppUser, Site, Staff, Supplier
from app.db.ownership import stream_of
from app.db.places import Asset, Building, Place, Unit
from app.db.residents import Exemption, Residence, Resident, ResidentPhone
from app.db.work_orders import DataError, WorkOrder
from app.domain.work_orders import OPEN_STATES
from app.store.queries.order import LEAD, Named, flags_in_force

HISTORY_PAGE = 6
_TABLES: dict[str, Any] = {"building": Building, "place": Place, "asset": Asset}


class SiteNode(NamedTuple):
    """A site as the tree shows it."""

    id: str
    name: Named
    kind: str
    units: int


class BuildingNode(NamedTuple):
    """A building and how many units it has."""

    id: str
    site_id: str
    name: str
    units: int


class UnitNode(NamedTuple):
    """A unit with what the tree marks on it."""

    id: str
    entrance: str
    floor: int
    number: str
    occupancy: str
    open_orders: int
    overdue: int


class AssetNode(NamedTuple):
    """An asset of a building, or of the site."""

    id: str
    name: str
    kind: str


class SiteBranch(NamedTuple):
    """What stands directly under a site."""

    buildings: list[BuildingNode]
    places: list[AssetNode]
    assets: list[AssetNode]


class BuildingBranch(NamedTuple):
    """What stands under a building."""

    units: list[UnitNode]
    places: list[AssetNode]
    assets: list[AssetNode]


class ResidentRow(NamedTuple):
    """A person of a unit, present or past."""

    residence_id: str
    resident_id: str
    name: str
    relation: str
    phone: str
    since: str | None
    until: str | None
    is_primary: bool
    exemptions: tuple[tuple[str, str | None], ...]


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


class UnitCard(NamedTuple):
    """A unit whole."""

    id: str
    site_id: str
    site: Named
    building: str
    building_id: str
    entrance: str
    floor: int
    number: str
    label: str
    aliases: str
    area_dm2: int | None
    layout: str
    occupancy: str
    handed_over_on: str | None
    steward: str
    steward_user_id: str | None
    sees_people: bool
    """Whether the viewer may know who lives here."""
    residents: tuple[ResidentRow, ...]
    assets: tuple[AssetNode, ...]
    open_orders: int
    overdue: int
    corrections: tuple[tuple[datetime, str, str], ...]
    """When, who and which order: facts of reports from here that were mended."""


class Person(NamedTuple):
    """A resident as the pane beside their unit shows them."""

    residence_id: str
    resident_id: str
    site_id: str
    name: str
    note: str
    relation: str
    since: str | None
    until: str | None
    phones: tuple[tuple[str, str, str, bool], ...]
    """Id, digits, label, whether it is the main one."""
    flags: tuple[tuple[str, str, str, str | None], ...]
    """Id, kind, note, end of every exemption flag, past ones too."""


class PlaceCard(NamedTuple):
    """A common place, a building or an asset whole."""

    kind: str
    id: str
    site_id: str
    site: Named
    name: str
    building: str
    holder: str
    """The unit or common place that an asset stands in."""
    code: str
    installed_on: str | None
    note: str
    assets: tuple[AssetNode, ...]
    open_orders: int
    overdue: int


def sites(session: Session, streams: Collection[str]) -> list[SiteNode]:
    """The sites the viewer may see, with how many units each has."""
    found = session.execute(select(Unit.site_id, func.count()).group_by(Unit.site_id))
    counts = {row[0]: row[1] for row in found}
    rows = session.scalars(select(Site).order_by(Site.kind, Site.id))
    return [
        SiteNode(row.id, {"zh": row.name_zh, "en": row.name_en}, row.kind, counts.get(row.id, 0))
        for row in rows
        if stream_of("unit", row.id) in streams
    ]


def site_branch(session: Session, site_id: str) -> SiteBranch:
    """A site's buildings, and what it has outside them."""
    return SiteBranch(buildings(session, site_id), common_places(session, site_id), assets_of(session, site_id))


def building_branch(session: Session, site_id: str, building_id: str, now: datetime) -> BuildingBranch:
    """A building's units, common places and equipment."""
    return BuildingBranch(
        units(session, building_id, now),
        common_places(session, site_id, building_id),
        assets_of(session, site_id, building_id=building_id),
    )


def buildings(session: Session, site_id: str) -> list[BuildingNode]:
    """The buildings of a site."""
    query = (
        select(Building.id, Building.site_id, Building.name, func.count(Unit.id))
        .outerjoin(Unit, Unit.building_id == Building.id)
        .where(Building.site_id == site_id)
        .group_by(Building.id)
        .order_by(Building.sort, Building.name)
    )
    return [BuildingNode(*row) for row in session.execute(query)]


def units(session: Session, building_id: str, now: datetime) -> list[UnitNode]:
    """The units of a building, by entrance, the highest floor first."""
    overdue = func.sum(case((WorkOrder.due_at < now, 1), else_=0))
    orders = (
        select(WorkOrder.unit_id, func.count().label("open"), overdue.label("late"))
        .where(WorkOrder.building_id == building_id, WorkOrder.state.in_(OPEN_STATES))
        .group_by(WorkOrder.unit_id)
        .subquery()
    )
    query = (
        select(
            Unit.id,
            Unit.entrance,
            Unit.floor,
            Unit.number,
            Unit.occupancy,
            func.coalesce(orders.c.open, 0),
            func.coalesce(orders.c.late, 0),
        )
        .outerjoin(orders, orders.c.unit_id == Unit.id)
        .where(Unit.building_id == building_id)
        .order_by(Unit.entrance, Unit.floor.desc(), Unit.number)
    )
    return [UnitNode(*row) for row in session.execute(query)]


def common_places(session: Session, site_id: str, building_id: str | None = None) -> list[AssetNode]:
    """The common places of a building, or those of the site outside its buildings."""
    query = select(Place.id, Place.name, Place.kind).where(
        Place.site_id == site_id,
        Place.building_id == building_id if building_id else Place.building_id.is_(None),
    )
    return [AssetNode(*row) for row in session.execute(query.order_by(Place.sort, Place.name))]


def assets_of(session: Session, site_id: str, **where: str | None) -> list[AssetNode]:
    """The assets directly under a building, unit or place (``building_id=…``), or under the site alone."""
    query = select(Asset.id, Asset.name, Asset.kind).where(Asset.site_id == site_id)
    if building_id := where.get("building_id"):
        query = query.where(Asset.building_id == building_id, Asset.unit_id.is_(None))
    elif unit_id := where.get("unit_id"):
        query = query.where(Asset.unit_id == unit_id)
    elif place_id := where.get("place_id"):
        query = query.where(Asset.place_id == place_id)
    else:
        query = query.where(Asset.building_id.is_(None), Asset.unit_id.is_(None), Asset.place_id.is_(None))
    return [AssetNode(*row) for row in session.execute(query.order_by(Asset.kind, Asset.name))]


def unit_card(session: Session, unit_id: str, streams: Collection[str], now: datetime) -> UnitCard | None:
    """A unit with its people and assets, or ``None`` when it is gone; people only where the viewer may see them."""
    unit = session.get(Unit, unit_id)
    if unit is None or unit.stream_id not in streams:
        return None
    building = session.get(Building, unit.building_id)
    steward = session.get(AppUser, unit.steward_user_id) if unit.steward_user_id else None
    sees_people = stream_of("resident", unit.site_id) in streams
    open_orders, overdue = _open(session, WorkOrder.unit_id == unit_id, now)
    return UnitCard(
        id=unit.id,
        site_id=unit.site_id,
        site=_site_name(session, unit.site_id),
        building=building.name if building else "",
        building_id=unit.building_id,
        entrance=unit.entrance,
        floor=unit.floor,
        number=unit.number,
        label=unit.label,
        aliases=unit.aliases,
        area_dm2=unit.area_dm2,
        layout=unit.layout,
        occupancy=unit.occupancy,
        handed_over_on=unit.handed_over_on,
        steward=steward.name if steward else "",
        steward_user_id=unit.steward_user_id,
        sees_people=sees_people,
        residents=_residents(session, unit_id, now) if sees_people else (),
        assets=tuple(assets_of(session, unit.site_id, unit_id=unit_id)),
        open_orders=open_orders,
        overdue=overdue,
        corrections=_corrections(session, unit_id),
    )


def person_of(session: Session, residence_id: str, streams: Collection[str]) -> Person | None:
    """The resident behind a residence, or ``None`` when they are gone or not for the viewer."""
    residence = session.get(Residence, residence_id)
    resident = session.get(Resident, residence.resident_id) if residence else None
    if residence is None or resident is None or resident.stream_id not in streams:
        return None
    phones = session.scalars(
        select(ResidentPhone)
        .where(ResidentPhone.resident_id == resident.id)
        .order_by(ResidentPhone.is_primary.desc(), ResidentPhone.id)
    )
    flags = session.scalars(select(Exemption).where(Exemption.resident_id == resident.id).order_by(Exemption.kind))
    return Person(
        residence_id=residence.id,
        resident_id=resident.id,
        site_id=resident.site_id,
        name=resident.name,
        note=resident.note,
        relation=residence.relation,
        since=residence.since,
        until=residence.until,
        phones=tuple((row.id, row.digits, row.label, bool(row.is_primary)) for row in phones),
        flags=tuple((row.id, row.kind, row.note, row.until) for row in flags),
    )


def place_card(session: Session, kind: str, row_id: str, streams: Collection[str], now: datetime) -> PlaceCard | None:
    """A ``building``, ``place`` or ``asset``, or ``None`` when it is gone or not for the viewer."""
    row: Building | Place | Asset | None = session.get(_TABLES[kind], row_id)
    if row is None or row.stream_id not in streams:
        return None
    asset = row if isinstance(row, Asset) else None
    building_id = None if isinstance(row, Building) else row.building_id
    building = session.get(Building, building_id) if building_id else None
    column = {"building": WorkOrder.building_id, "place": WorkOrder.place_id, "asset": WorkOrder.asset_id}[kind]
    open_orders, overdue = _open(session, column == row_id, now)
    return PlaceCard(
        kind=kind,
        id=row.id,
        site_id=row.site_id,
        site=_site_name(session, row.site_id),
        name=row.name,
        building=building.name if building else "",
        holder=_holder(session, asset) if asset else "",
        code=asset.code if asset else "",
        installed_on=asset.installed_on if asset else None,
        note=asset.note if asset else "",
        assets=() if asset else tuple(assets_of(session, row.site_id, **{f"{kind}_id": row_id})),
        open_orders=open_orders,
        overdue=overdue,
    )


def _holder(session: Session, asset: Asset) -> str:
    unit = session.get(Unit, asset.unit_id) if asset.unit_id else None
    place = session.get(Place, asset.place_id) if asset.place_id else None
    return unit.number if unit else place.name if place else ""


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


def _open(session: Session, condition: ColumnElement[bool], now: datetime) -> tuple[int, int]:
    late = func.coalesce(func.sum(case((WorkOrder.due_at < now, 1), else_=0)), 0)
    query = select(func.count(), late).where(condition, WorkOrder.state.in_(OPEN_STATES))
    count, overdue = session.execute(query).one()
    return count, overdue


def _site_name(session: Session, site_id: str) -> Named:
    site = session.get(Site, site_id)
    return {"zh": site.name_zh, "en": site.name_en} if site else {"zh": "", "en": ""}


def _residents(session: Session, unit_id: str, now: datetime) -> tuple[ResidentRow, ...]:
    number = (
        select(ResidentPhone.digits)
        .where(ResidentPhone.resident_id == Resident.id)
        .order_by(ResidentPhone.is_primary.desc(), ResidentPhone.id)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(Residence, Resident.name, func.coalesce(number, ""))
        .join(Resident, Resident.id == Residence.resident_id)
        .where(Residence.unit_id == unit_id)
        .order_by(Residence.until.is_not(None), Residence.is_primary.desc(), Residence.since, Residence.id)
    )
    return tuple(
        ResidentRow(
            residence_id=row.id,
            resident_id=row.resident_id,
            name=name,
            relation=row.relation,
            phone=phone,
            since=row.since,
            until=row.until,
            is_primary=bool(row.is_primary),
            exemptions=flags_in_force(session, row.resident_id, now),
        )
        for row, name, phone in session.execute(query)
    )


def _corrections(session: Session, unit_id: str) -> tuple[tuple[datetime, str, str], ...]:
    query = (
        select(DataError.noted_at, func.coalesce(AppUser.name, ""), DataError.field)
        .join(WorkOrder, WorkOrder.id == DataError.work_order_id)
        .outerjoin(AppUser, AppUser.id == DataError.user_id)
        .where(WorkOrder.unit_id == unit_id, DataError.kind == "corrected")
        .order_by(DataError.noted_at.desc())
        .limit(5)
    )
    return tuple((moment, name, fact) for moment, name, fact in session.execute(query))
