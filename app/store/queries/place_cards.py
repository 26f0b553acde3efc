"""What is known of one place: a unit, a building, a common place, a piece of equipment."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app.db.companies import AppUser, Site
from app.db.ownership import stream_of
from app.db.places import Asset, Building, Place, Unit
from app.db.work_orders import DataError, WorkOrder
from app.domain.work_orders import OPEN_STATES
from app.store.queries.order import Named
from app.store.queries.place_tree import AssetNode, assets_of
from app.store.queries.residents import ResidentRow, residents_of

_TABLES: dict[str, Any] = {"building": Building, "place": Place, "asset": Asset}


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
        residents=residents_of(session, unit_id, now) if sees_people else (),
        assets=tuple(assets_of(session, unit.site_id, unit_id=unit_id)),
        open_orders=open_orders,
        overdue=overdue,
        corrections=_corrections(session, unit_id),
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


def _open(session: Session, condition: ColumnElement[bool], now: datetime) -> tuple[int, int]:
    late = func.coalesce(func.sum(case((WorkOrder.due_at < now, 1), else_=0)), 0)
    query = select(func.count(), late).where(condition, WorkOrder.state.in_(OPEN_STATES))
    count, overdue = session.execute(query).one()
    return count, overdue


def _site_name(session: Session, site_id: str) -> Named:
    site = session.get(Site, site_id)
    return {"zh": site.name_zh, "en": site.name_en} if site else {"zh": "", "en": ""}


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
