"""What the form of a new order offers: places, categories, what is promised, orders it may double, colleagues here."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.commands.clocks import read_rulebook
from app.db.companies import AppUser, Category, CategorySkill, Skill
from app.db.places import Asset, Building, Place, Unit
from app.db.work_orders import WorkOrder
from app.domain.categories import KnownCategory
from app.domain.clock import cut_to_minute
from app.domain.work_orders import CLOSED_STATES
from app.store.queries.order import Named, category_path
from app.store.queries.order_briefs import OrderBrief, order_briefs
from app.store.search import search
from app.store.tables import LocalUser

PLACES_SHOWN = 8
DUPLICATES_SHOWN = 3


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
    is_opinion: bool


class Promise(NamedTuple):
    """What is promised for an order, in minutes of the service's time; ``None`` where nothing is."""

    response: int | None
    resolution: int | None


class Colleague(NamedTuple):
    """Somebody else who signs in at this PC."""

    user_id: str
    name: str
    title: Named


def find_places(session: Session, text: str, site_id: str | None, streams: Collection[str]) -> list[PlaceHit]:
    """Units, places, assets and buildings by any way they are written; a unit before what is installed in it."""
    found = []
    hits = [
        hit
        for tables in (("unit",), ("building", "place"), ("asset",))
        for hit in search(session, text, streams, tables, 3 * PLACES_SHOWN)
    ]
    for hit in sorted(hits, key=lambda hit: hit.tier):
        place = place_hit(session, hit.table, hit.row_id)
        if place is not None and site_id in (None, place.site_id):
            found.append(place)
    return found[:PLACES_SHOWN]


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
    skills = _required_skills(session)
    return [
        CategoryChoice(
            id=row.id,
            path=category_path(session, row),
            priority=row.priority,
            keywords=tuple(row.keywords.split()),
            skills=tuple(skills.get(row.id, ())),
            needs_visit=bool(row.needs_visit),
            is_opinion=bool(row.is_opinion),
        )
        for row in rows
    ]


def _required_skills(session: Session) -> Mapping[str, Sequence[tuple[Named, int]]]:
    """Category → the skills that it asks for, with their levels; of all at once."""
    found: dict[str, list[tuple[Named, int]]] = defaultdict(list)
    query = (
        select(CategorySkill.category_id, Skill.name_zh, Skill.name_en, CategorySkill.level)
        .join(Skill, Skill.id == CategorySkill.skill_id)
        .order_by(Skill.code)
    )
    for category_id, chinese, english, level in session.execute(query):
        found[category_id].append(({"zh": chinese, "en": english}, level))
    return found


def known_categories(choices: Sequence[CategoryChoice]) -> list[KnownCategory]:
    """The choices as the suggestion reads them."""
    return [KnownCategory(choice.id, choice.keywords) for choice in choices]


def find_categories(session: Session, text: str, streams: Collection[str], limit: int) -> list[str]:
    """The ids of categories by name, pinyin, initials or one of their words."""
    return [hit.row_id for hit in search(session, text, streams, ("category",), limit)]


def promise(session: Session, site_id: str, category_id: str | None, priority: str, now: datetime) -> Promise:
    """How soon somebody is promised to come, and how soon it is promised to be done."""
    rulebook = read_rulebook(session)
    ruling = rulebook.policies.ruling(rulebook.subject(site_id, priority, category_id), cut_to_minute(now))
    if ruling is None:
        return Promise(None, None)
    return Promise(ruling.version.response_minutes, ruling.version.resolution_minutes)


def duplicates_of(
    session: Session, streams: Collection[str], place: PlaceHit | None, category_id: str | None
) -> list[OrderBrief]:
    """Open orders at the same place and of the same category; never those of another unit."""
    if category_id is None or place is None:
        return []
    return order_briefs(
        session,
        WorkOrder.stream_id.in_(streams),
        _same_place(place),
        WorkOrder.category_id == category_id,
        WorkOrder.state.not_in(CLOSED_STATES),
        limit=DUPLICATES_SHOWN,
    )


def _same_place(place: PlaceHit) -> ColumnElement[bool]:
    if place.unit_id:
        return WorkOrder.unit_id == place.unit_id
    of_nobody = WorkOrder.unit_id.is_(None)
    if place.asset_id:
        return (WorkOrder.asset_id == place.asset_id) & of_nobody
    if place.place_id:
        return (WorkOrder.place_id == place.place_id) & of_nobody
    return (WorkOrder.building_id == place.building_id) & of_nobody & WorkOrder.place_id.is_(None)


def report_as_it_stands(session: Session, order_id: str, fields: Sequence[str]) -> dict[str, object] | None:
    """These fields of an order as they are now; ``None`` when it is not open any more."""
    order = session.get(WorkOrder, order_id)
    if order is None or order.state in CLOSED_STATES:
        return None
    return {name: getattr(order, name) for name in fields}


def colleagues(session: Session, user_id: str) -> list[Colleague]:
    """Who else signs in at this PC and can be handed a draft."""
    query = select(LocalUser).where(LocalUser.user_id != user_id).order_by(LocalUser.last_online_at.desc())
    return [
        Colleague(row.user_id, row.name, {"zh": row.title_zh, "en": row.title_en}) for row in session.scalars(query)
    ]


def user_names(session: Session, user_ids: Collection[str]) -> dict[str, str]:
    """What people who sign in are called."""
    query = select(AppUser.id, AppUser.name).where(AppUser.id.in_(user_ids))
    return dict(session.execute(query).all())
