"""The tree of sites, buildings, units and equipment."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.db.companies import Site
from app.db.ownership import stream_of
from app.db.places import Asset, Building, Place, Unit
from app.db.work_orders import WorkOrder
from app.domain.work_orders import OPEN_STATES
from app.store.queries.order import Named


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
