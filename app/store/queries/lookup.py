"""Finds what a person or a script names in words: an order by its number, a site, a place, a category, a colleague."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.db.companies import Category, Site, Staff, Supplier
from app.db.places import Place, Unit
from app.db.work_orders import NumberAlias, WorkOrder
from app.domain.errors import InvalidError, NotFoundError
from app.domain.ids import stream_id
from app.store.search import search

_SHOWN = 5
"""How many candidates an error names."""


class SiteFound(NamedTuple):
    """A site that the person may see."""

    id: str
    name_zh: str
    name_en: str
    timezone: str


class PlaceFound(NamedTuple):
    """A unit or common place."""

    id: str
    label: str


class Assignee(NamedTuple):
    """Somebody who can be sent, or an outside firm."""

    staff_id: str | None
    supplier_id: str | None
    name: str


class OrderFound(NamedTuple):
    """An order."""

    id: str
    number: str


def find_order(session: Session, number: str, streams: Collection[str]) -> OrderFound:
    """The order of that number, written whole, by its end, as its source wrote it, or as it was before it yielded.

    Raises ``NotFoundError`` for none and ``InvalidError`` for several.
    """
    wanted = number.strip()
    readable = select(WorkOrder.id, WorkOrder.number).where(WorkOrder.stream_id.in_(streams))
    alias = select(NumberAlias.work_order_id).where(NumberAlias.number == wanted)
    exact = (WorkOrder.number == wanted) | (WorkOrder.source_number == wanted) | WorkOrder.id.in_(alias)
    by_end = WorkOrder.number.endswith(wanted, autoescape=True)
    for condition in (exact, by_end) if wanted else ():
        rows = session.execute(readable.where(condition).order_by(WorkOrder.number.desc()).limit(_SHOWN)).all()
        if len(rows) > 1:
            raise InvalidError("cli.order_ambiguous", number=number, found=", ".join(row.number for row in rows))
        if rows:
            return OrderFound(rows[0].id, rows[0].number)
    raise NotFoundError("cli.order_not_found", number=number)


def sites_seen(session: Session, streams: Collection[str]) -> tuple[SiteFound, ...]:
    """The sites whose work the person may see, by name."""
    rows = session.execute(select(Site.id, Site.name_zh, Site.name_en, Site.timezone).order_by(Site.name_zh))
    return tuple(SiteFound(*row) for row in rows if stream_id(row.id, "work") in streams)


def find_site(session: Session, wanted: str, streams: Collection[str]) -> SiteFound:
    """The site of that id or name. Raises ``NotFoundError``."""
    for site in sites_seen(session, streams):
        if wanted.casefold() in (site.id, site.name_zh.casefold(), site.name_en.casefold()):
            return site
    raise NotFoundError("cli.site_not_found", site=wanted)


def find_place(session: Session, wanted: str, table: str, site_ids: Collection[str]) -> PlaceFound:
    """The unit (``table`` = ``unit``) or common place (``place``) called so at one of the sites.

    Raises ``NotFoundError`` for none and ``InvalidError`` for several that fit as well.
    """
    label, kind = (Unit.label, Unit) if table == Unit.__tablename__ else (Place.name, Place)
    query = select(kind.id, label).where(kind.site_id.in_(site_ids)).order_by(label)
    named = [PlaceFound(*row) for row in session.execute(query.where(label == wanted).limit(_SHOWN))]
    if not named:
        streams = [stream_id(site_id, "work") for site_id in site_ids]
        hits = search(session, wanted, streams, [table], _SHOWN)
        best = [hit.row_id for hit in hits if hit.tier == hits[0].tier]
        named = [PlaceFound(*row) for row in session.execute(query.where(kind.id.in_(best)))]
    if not named:
        raise NotFoundError("cli.place_not_found", place=wanted)
    if len(named) > 1:
        raise InvalidError("cli.place_ambiguous", place=wanted, found=", ".join(place.label for place in named))
    return named[0]


def find_category(session: Session, wanted: str) -> tuple[str, str]:
    """Id and suggested priority of the category of that name or code. Raises ``NotFoundError``."""
    name = wanted.casefold()
    query = select(Category.id, Category.priority).where(
        or_(func.lower(Category.name_en) == name, Category.name_zh == wanted, Category.code == wanted),
        Category.is_active == 1,
    )
    row = session.execute(query.order_by(Category.sort, Category.id)).first()
    if row is None:
        raise NotFoundError("cli.category_not_found", category=wanted)
    return row.id, row.priority


def find_assignee(session: Session, wanted: str, among: Sequence[str] = ()) -> Assignee:
    """The member of staff of that name or employee number, else the outside firm of that name.

    ``among`` are ids that are meant first where several bear the name (the crew). Raises ``NotFoundError`` for none
    and ``InvalidError`` for several.
    """
    query = select(Staff.id, Staff.name, Staff.employee_no).where(
        or_(Staff.name == wanted, Staff.employee_no == wanted), Staff.is_active == 1
    )
    people = session.execute(query.order_by(Staff.employee_no)).all()
    people = [person for person in people if person.id in among] or people
    if len(people) > 1:
        found = ", ".join(f"{person.name} {person.employee_no}" for person in people)
        raise InvalidError("cli.staff_ambiguous", name=wanted, found=found)
    if people:
        return Assignee(people[0].id, None, people[0].name)
    firm = session.execute(
        select(Supplier.id, Supplier.name_zh).where(
            or_(Supplier.name_zh == wanted, func.lower(Supplier.name_en) == wanted.casefold())
        )
    ).first()
    if firm is None:
        raise NotFoundError("cli.staff_not_found", name=wanted)
    return Assignee(None, firm.id, firm.name_zh)
