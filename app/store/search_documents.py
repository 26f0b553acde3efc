"""What can be found, and by which words: one document a row, of codes, names and other words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.lines import read_params
from app.db.companies import Category, Site, Staff, Supplier
from app.db.places import Asset, Building, Place, Unit
from app.db.residents import OrderReporter, Resident, ResidentPhone
from app.db.work_orders import NumberAlias, Timeline, WorkOrder
from app.store.pinyin import spellings
from app.store.search_terms import code_tokens, place_tokens, tokens


class Words(NamedTuple):
    """The three columns of the full-text table, each a line of words."""

    codes: str = ""
    """Numbers, telephones, flats."""
    names: str = ""
    """Names, and how they are typed in letters."""
    words: str = ""
    """Anything else that was written."""


class Document(NamedTuple):
    """What is indexed of a row."""

    row_id: str
    stream_id: str
    subject_table: str
    """What a hit leads to."""
    subject_id: str
    words: Words
    at: datetime | None = None
    """When the subject began, if it is one of those that grow old."""


Maker = Callable[[Session, Sequence[str]], Iterator[Document]]


def _line(*parts: Iterable[str]) -> str:
    return " ".join(word for part in parts for word in part)


def _name(*names: str) -> str:
    return _line(*(tokens(name) for name in names), *(spellings(name) for name in names))


def _orders(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    order = WorkOrder
    query = (
        select(order.id, order.stream_id, order.number, order.source_number, order.place_label, order.description)
        .add_columns(order.result, order.reported_at, order.unit_id)
        .where(order.id.in_(ids))
    )
    rows = session.execute(query).all()
    flats = _flats(session, {row.unit_id for row in rows if row.unit_id})
    for row in rows:
        numbers = [*code_tokens(row.number), *code_tokens(row.source_number or "")]
        words = Words(
            codes=_line(numbers, place_tokens(row.place_label), flats.get(row.unit_id, ())),
            words=_line(tokens(row.description), tokens(row.result or "")),
        )
        yield Document(row.id, row.stream_id, order.__tablename__, row.id, words, row.reported_at)


def _reporters(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    query = (
        select(OrderReporter, Resident.name, WorkOrder.reported_at)
        .join(WorkOrder, WorkOrder.id == OrderReporter.work_order_id)  # else it leads nowhere yet
        .outerjoin(Resident, Resident.id == OrderReporter.resident_id)
        .where(OrderReporter.id.in_(ids))
    )
    for row, name, reported_at in session.execute(query):
        words = Words(codes=_line(code_tokens(row.phone)), names=_name(*dict.fromkeys((row.name, name or ""))))
        yield Document(row.id, row.stream_id, WorkOrder.__tablename__, row.work_order_id, words, reported_at)


def _aliases(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    for row in session.scalars(select(NumberAlias).where(NumberAlias.id.in_(ids))):
        words = Words(codes=_line(code_tokens(row.number)))
        yield Document(row.id, row.stream_id, WorkOrder.__tablename__, row.work_order_id, words)


def _comments(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    line = Timeline
    query = select(line.id, line.stream_id, line.work_order_id, line.params, line.happened_at).where(
        line.id.in_(ids), line.kind.in_(("comment", "answer", "merged")), line.is_withdrawn == 0
    )
    for row in session.execute(query):
        words = Words(words=_line(tokens(_note(row.params))))
        yield Document(row.id, row.stream_id, WorkOrder.__tablename__, row.work_order_id, words, row.happened_at)


def _note(params: str) -> str:
    """What somebody wrote; params of a newer server may be of any form."""
    note = read_params(params).get("note")
    return note if isinstance(note, str) else ""


def _residents(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    for row in session.scalars(select(Resident).where(Resident.id.in_(ids))):
        words = Words(names=_name(row.name), words=_line(tokens(row.note)))
        yield Document(row.id, row.stream_id, Resident.__tablename__, row.id, words)


def _phones(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    for row in session.scalars(select(ResidentPhone).where(ResidentPhone.id.in_(ids))):
        words = Words(codes=_line(code_tokens(row.digits)))
        yield Document(row.id, row.stream_id, Resident.__tablename__, row.resident_id, words)


def _units(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    flats = _flats(session, ids)
    for row in session.execute(select(Unit.id, Unit.stream_id).where(Unit.id.in_(ids))):
        yield Document(row.id, row.stream_id, Unit.__tablename__, row.id, Words(codes=_line(flats[row.id])))


def _flats(session: Session, ids: Iterable[str]) -> dict[str, list[str]]:
    """Unit → every way its label is written: ``3 幢 1502``, ``3-1502``, ``3-1-1502``, and its aliases."""
    unit = Unit
    query = (
        select(unit.id, unit.label, unit.aliases, unit.entrance, unit.number, Building.name)
        .outerjoin(Building, Building.id == unit.building_id)
        .where(unit.id.in_(ids))
    )
    found = {}
    for unit_id, label, aliases, entrance, number, building in session.execute(query):
        ways = [place_tokens(way) for way in (label, *aliases.split(","), f"{building or ''} {number}")]
        if entrance:
            ways.append(place_tokens(f"{building or ''} {entrance} {number}"))
        ways += [[_digits(building or "", number)], [_digits(building or "", entrance, number)]]
        found[unit_id] = [word for way in dict.fromkeys(map(tuple, ways)) for word in way if word]
    return found


def _digits(*parts: str) -> str:
    """The digits of all parts in a row, as some type a flat: ``31502``."""
    return "".join(word for part in parts for word in tokens(part) if word.isdecimal())


def _buildings(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    for row in session.scalars(select(Building).where(Building.id.in_(ids))):
        words = Words(codes=_line(tokens(row.name)), names=_line(spellings(row.name)))
        yield Document(row.id, row.stream_id, Building.__tablename__, row.id, words)


def _places(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    for row in session.scalars(select(Place).where(Place.id.in_(ids))):
        yield Document(row.id, row.stream_id, Place.__tablename__, row.id, Words(names=_name(row.name)))


def _assets(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    for row in session.scalars(select(Asset).where(Asset.id.in_(ids))):
        words = Words(_line(code_tokens(row.code)), _name(row.name), _line(tokens(row.note)))
        yield Document(row.id, row.stream_id, Asset.__tablename__, row.id, words)


def _sites(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    for row in session.scalars(select(Site).where(Site.id.in_(ids))):
        words = Words(names=_name(row.name_zh, row.name_en), words=_line(tokens(row.address)))
        yield Document(row.id, row.stream_id, Site.__tablename__, row.id, words)


def _staff(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    for row in session.scalars(select(Staff).where(Staff.id.in_(ids))):
        codes = _line(code_tokens(row.employee_no), code_tokens(row.phone))
        words = Words(codes, _name(row.name), _line(tokens(row.trade_zh), tokens(row.trade_en)))
        yield Document(row.id, row.stream_id, Staff.__tablename__, row.id, words)


def _suppliers(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    for row in session.scalars(select(Supplier).where(Supplier.id.in_(ids))):
        words = Words(codes=_line(code_tokens(row.phone)), names=_name(row.name_zh, row.name_en))
        yield Document(row.id, row.stream_id, Supplier.__tablename__, row.id, words)


def _categories(session: Session, ids: Sequence[str]) -> Iterator[Document]:
    for row in session.scalars(select(Category).where(Category.id.in_(ids))):
        words = Words(_line(tokens(row.code)), _name(row.name_zh, row.name_en), _line(tokens(row.keywords)))
        yield Document(row.id, row.stream_id, Category.__tablename__, row.id, words)


MAKERS: Mapping[str, Maker] = {
    Site.__tablename__: _sites,
    Supplier.__tablename__: _suppliers,
    Staff.__tablename__: _staff,
    Category.__tablename__: _categories,
    Building.__tablename__: _buildings,
    Unit.__tablename__: _units,
    Place.__tablename__: _places,
    Asset.__tablename__: _assets,
    Resident.__tablename__: _residents,
    ResidentPhone.__tablename__: _phones,
    OrderReporter.__tablename__: _reporters,
    WorkOrder.__tablename__: _orders,
    NumberAlias.__tablename__: _aliases,
    Timeline.__tablename__: _comments,
}
"""Table → what makes the documents of some of its rows."""


def dependents(session: Session, table: str, ids: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Rows of other tables whose documents say something of these rows: a building's name stands in its flats'."""
    if table == Building.__tablename__:
        yield Unit.__tablename__, list(session.scalars(select(Unit.id).where(Unit.building_id.in_(ids))))
    elif table == Resident.__tablename__:
        found = session.scalars(select(OrderReporter.id).where(OrderReporter.resident_id.in_(ids)))
        yield OrderReporter.__tablename__, list(found)
    elif table == WorkOrder.__tablename__:
        found = session.scalars(select(OrderReporter.id).where(OrderReporter.work_order_id.in_(ids)))
        yield OrderReporter.__tablename__, list(found)
