"""What the window itself shows: sites to choose from, what the person is told, what waits for the server."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.commands.lines import read_params
from app.db.companies import Site
from app.db.ownership import stream_of
from app.db.work_orders import Notice, WorkOrder
from app.domain.clock import cut_to_minute
from app.domain.errors import Param
from app.domain.permissions import Rights
from app.domain.work_orders import CLOSED_STATES, OPEN_STATES, State
from app.store.pinyin import matched, syllables
from app.store.queries.intake import PersonHit, find_people
from app.store.queries.intake_choices import PlaceHit, find_places
from app.store.queries.order import Named
from app.store.search import NAMED, search

UNREAD_SHOWN = 30
_KINDS = {"housing": 0, "office": 1, "mall": 2}
FOUND_SHOWN = 5
_ORDERS_WEIGHED = 50
"""Orders found among which the open ones come first."""


class SiteChoice(NamedTuple):
    """A site that can be chosen."""

    id: str
    name: Named
    kind: str
    phone: str


class Told(NamedTuple):
    """Something the person is told."""

    id: str
    work_order_id: str
    number: str
    code: str
    params: dict[str, Param]
    made_at: datetime


class OrderHit(NamedTuple):
    """An order found by its number or words."""

    id: str
    number: str
    text: str
    place: str
    state: str
    due_at: datetime | None
    warn_at: datetime | None
    paused_since: datetime | None
    hold_reason: str | None
    verdict: str | None


class Found(NamedTuple):
    """What the palette finds beside actions."""

    orders: tuple[OrderHit, ...]
    people: tuple[PersonHit, ...]
    places: tuple[PlaceHit, ...]
    sites: dict[str, Named]
    """What the sites of these places are called."""
    marks: dict[str, tuple[int, int]]
    """Where what was typed stands in a name or in the first line of an order, also in pinyin: start and length."""


class Badges(NamedTuple):
    """What the rail marks."""

    overdue: int
    waiting: int
    """Reported and not yet triaged."""


def site_choices(session: Session, streams: Collection[str]) -> list[SiteChoice]:
    """The sites the person may see, in the company's order."""
    rows = session.scalars(select(Site).order_by(Site.id))
    found = [
        SiteChoice(row.id, {"zh": row.name_zh, "en": row.name_en}, row.kind, row.phone)
        for row in rows
        if stream_of("work_order", row.id) in streams
    ]
    return sorted(found, key=lambda site: (_KINDS.get(site.kind, len(_KINDS)), site.name["zh"]))


def unread(session: Session, rights: Rights, streams: Collection[str]) -> list[Told]:
    """What nobody it concerns has seen yet, the newest first."""
    query = (
        select(Notice, WorkOrder.number)
        .outerjoin(WorkOrder, WorkOrder.id == Notice.work_order_id)
        .where(
            Notice.read_at.is_(None),
            Notice.stream_id.in_(streams),
            or_(Notice.user_id == rights.user_id, Notice.role.is_not(None)),
        )
        .order_by(Notice.made_at.desc())
        .limit(UNREAD_SHOWN)
    )
    return [
        Told(row.id, row.work_order_id, number or "", row.code, read_params(row.params), row.made_at)
        for row, number in session.execute(query)
        if row.user_id == rights.user_id or row.role in rights.at(row.site_id)
    ]


def badges(session: Session, streams: Collection[str], site_id: str | None, now: datetime) -> Badges:
    """How many orders are late, and how many nobody has taken up."""
    wanted = [WorkOrder.stream_id.in_(streams), *([WorkOrder.site_id == site_id] if site_id else [])]
    count = select(func.count()).select_from(WorkOrder).where(*wanted)
    late = count.where(WorkOrder.due_at < cut_to_minute(now), WorkOrder.state.in_(OPEN_STATES))
    waiting = count.where(WorkOrder.state == State.REPORTED)
    return Badges(session.scalars(late).one(), session.scalars(waiting).one())


def find_anything(session: Session, text: str, streams: Collection[str]) -> Found:
    """Orders, people and places by any way they are said or written.

    Letters alone may mean many people: by those of who reported them closed orders are not found.
    """
    tiers = {hit.row_id: hit.tier for hit in search(session, text, streams, ("work_order",), _ORDERS_WEIGHED)}
    query = select(
        WorkOrder.id,
        WorkOrder.number,
        func.substr(WorkOrder.description, 1, 120),
        WorkOrder.place_label,
        WorkOrder.state,
        WorkOrder.due_at,
        WorkOrder.warn_at,
        WorkOrder.paused_since,
        WorkOrder.hold_reason,
        func.coalesce(WorkOrder.resolution_verdict, WorkOrder.response_verdict),
    ).where(WorkOrder.id.in_(tiers))
    places_of = {row_id: place for place, row_id in enumerate(tiers)}
    found = [OrderHit(*row) for row in session.execute(query)]
    hits = [one for one in found if one.state not in CLOSED_STATES or tiers[one.id] < NAMED or _says(one, text)]
    hits.sort(key=lambda order: (tiers[order.id], order.state in CLOSED_STATES, places_of[order.id]))
    orders = hits[:FOUND_SHOWN]
    people = find_people(session, text, streams)[:FOUND_SHOWN]
    places = find_places(session, text, None, streams)[:FOUND_SHOWN]
    names = [*(first_line(order.text) for order in orders), *(one.name for one in people), *(at.label for at in places)]
    marks = {name: mark for name in names if (mark := matched(name, syllables(name), text)) is not None}
    names_of = select(Site.id, Site.name_zh, Site.name_en).where(Site.id.in_({place.site_id for place in places}))
    sites = {row_id: {"zh": chinese, "en": english} for row_id, chinese, english in session.execute(names_of)}
    return Found(tuple(orders), tuple(people), tuple(places), sites, marks)


def _says(order: OrderHit, typed: str) -> bool:
    """Whether an order says itself what was typed, in letters too; what is typed in Chinese is said somewhere."""
    line = first_line(order.text)
    return not typed.isascii() or matched(line, syllables(line), typed) is not None


def first_line(text: str) -> str:
    """What a list shows of a text."""
    return text.split("\n", 1)[0].strip()
