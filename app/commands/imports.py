"""Rows from a file of another system: made once, left alone when they are there already."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import Field
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.clocks import forget_rulebook
from app.commands.command import Command, Context, RowId, ShortText, require_row
from app.commands.imported_names import (
    CategoryNames,
    PlaceNames,
    Whereabouts,
    category_id,
    id_of_place,
    words_of,
)
from app.commands.imported_rows import CategoryRow, ImportedRow, OrderRow, PlaceRow, ResidentRow, TimeName, WhereRow
from app.commands.lines import dump
from app.commands.numbers import highest_counter
from app.commands.orders import company_streams, site_streams
from app.db.base import Synced
from app.db.companies import Category, Site
from app.db.ownership import stream_of
from app.db.places import Building, Place, Unit
from app.db.residents import OrderReporter, Residence, Resident, ResidentPhone
from app.db.work_orders import Timeline, WorkOrder
from app.domain.errors import Param
from app.domain.ids import derived_id, named_id
from app.domain.numbers import format_number
from app.domain.permissions import Right, Rights
from app.domain.phones import phone_digits
from app.domain.work_orders import Source, State, check_text

ROW_LIMIT = 200
"""Rows a command, so that other desks wait for one such at most."""
_PARENTS_FIRST: tuple[type[Synced], ...] = (
    Category,
    Building,
    Unit,
    Place,
    Resident,
    ResidentPhone,
    Residence,
    WorkOrder,
    Timeline,
    OrderReporter,
)
"""The tables that are written."""


class ImportRows(Command):
    """Make rows of one kind at a site; ids follow from source and key, and a row that exists is left as it is."""

    size_limit: ClassVar[int] = 512 * 1024
    source: ShortText = Field(min_length=1)
    site_id: RowId
    is_creating_places: bool = False
    """Make buildings, units and places that the rows name and nobody has entered."""
    orders: tuple[OrderRow, ...] = Field(default=(), max_length=ROW_LIMIT)
    residents: tuple[ResidentRow, ...] = Field(default=(), max_length=ROW_LIMIT)
    places: tuple[PlaceRow, ...] = Field(default=(), max_length=ROW_LIMIT)
    categories: tuple[CategoryRow, ...] = Field(default=(), max_length=ROW_LIMIT)

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return (*company_streams(), *site_streams(self.site_id, people=True))

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require(Right.IMPORT, self.site_id)
        if self.categories:
            rights.require_anywhere(Right.IMPORT)

    def counts(self, session: Session) -> dict[str, int]:
        """How many rows ``apply`` would add, and how many it would leave as they are."""
        added = len(self._fresh(session, PlaceNames(session, self.site_id), CategoryNames(session)))
        return {"added": added, "kept": len(self._rows()) - added}

    def row_id(self, row: ImportedRow) -> str:
        """The id that the row gets whoever imports it."""
        if isinstance(row, CategoryRow):
            return category_id(row.path)
        if isinstance(row, PlaceRow):
            return id_of_place(self.site_id, row.where)
        return named_id("import", self.source, row.key)

    @override
    def apply(self, session: Session, context: Context) -> None:
        run = _Run(self, session, context)
        for row in self._fresh(session, run.places, run.categories):
            _MAKERS[type(row)](run, row)
        run.write()

    def _rows(self) -> tuple[ImportedRow, ...]:
        return (*self.categories, *self.places, *self.residents, *self.orders)

    def _fresh(self, session: Session, places: PlaceNames, categories: CategoryNames) -> list[ImportedRow]:
        """The rows of which there is nothing yet, each once."""
        rows: dict[str, ImportedRow] = {}
        for row in self._rows():
            rows.setdefault(self.row_id(row), row)
        there = {row_id for table in (Resident, WorkOrder) for row_id in session.scalars(_among(table, rows))}
        there |= {self.row_id(row) for row in self.places if places.holds(row)}
        there |= {self.row_id(row) for row in self.categories if categories.find(row.path)}
        return [row for row_id, row in rows.items() if row_id not in there]


def _among(table: type[Resident | WorkOrder], ids: Iterable[str]) -> Select[str]:
    return select(table.id).where(table.id.in_(ids))


class _Run:
    """One application of an import: what its rows share, and the rows that it makes."""

    def __init__(self, command: ImportRows, session: Session, context: Context) -> None:
        self.command = command
        self.context = context
        self.site = require_row(session, Site, command.site_id, "site_not_visible")
        self.places = PlaceNames(session, self.site.id)
        self.categories = CategoryNames(session)
        self._session = session
        self._made: dict[type[Synced], list[Synced]] = {}
        self._counters: dict[date, int] = {}

    def add(self, table: str, row: Synced) -> None:
        """Add a row to the stream its table belongs to at this site."""
        row.stream_id = stream_of(table, self.site.id)
        self._made.setdefault(type(row), []).append(row)

    def write(self) -> None:
        """Write what was made, a table at a time."""
        for table in _PARENTS_FIRST:
            self._session.add_all(self._made.get(table, ()))
            self._session.flush()
        if Category in self._made:
            forget_rulebook(self._session)

    def number(self, day: date) -> str:
        """The next number of the importer's desk for a day, by the orders that are there."""
        if day not in self._counters:
            self._counters[day] = highest_counter(self._session, day, self.context.origin)
        self._counters[day] += 1
        return format_number(day, self.context.origin, self._counters[day])

    def whereabouts(self, where: WhereRow) -> Whereabouts:
        """The places that a row names; made where that was asked for."""
        return self.places.make(where, self.add) if self.command.is_creating_places else self.places.find(where)


def _make_category(run: _Run, row: Any) -> None:
    run.categories.make(row, run.add)


def _make_place(run: _Run, row: Any) -> None:
    run.places.make(row.where, run.add, area_dm2=row.area_dm2, layout=row.layout)


def _make_resident(run: _Run, row: Any) -> None:
    resident_id = run.command.row_id(row)
    name = check_text("name", row.name, required=True)
    note = check_text("note", row.note)
    run.add("resident", Resident(id=resident_id, site_id=run.site.id, name=name, note=note))
    for position, phone in enumerate(dict.fromkeys(filter(None, map(phone_digits, row.phones)))):
        phone_row = ResidentPhone(
            id=derived_id(resident_id, "phone", phone),
            resident_id=resident_id,
            digits=phone,
            label="",
            is_primary=int(position == 0),
        )
        run.add("resident_phone", phone_row)
    unit = run.whereabouts(row.where).unit
    if unit is not None:
        residence = Residence(
            id=derived_id(resident_id, "residence", unit.id),
            resident_id=resident_id,
            unit_id=unit.id,
            relation=row.relation,
            since=row.since,
            is_primary=1,
        )
        run.add("residence", residence)


def _make_order(run: _Run, row: Any) -> None:
    where = run.whereabouts(row.where)
    category = run.categories.of_order(row.category)
    local_day = row.reported_at.astimezone(ZoneInfo(run.site.timezone)).date()
    order = WorkOrder(
        id=run.command.row_id(row),
        number=run.number(local_day),
        source_number=row.number or None,
        site_id=run.site.id,
        building_id=where.building.id if where.building else None,
        unit_id=where.unit.id if where.unit else None,
        place_id=where.place.id if where.place else None,
        place_label=_label(row.where, where),
        description=check_text("description", row.description, required=True),
        category_id=category.id if category else None,
        priority=row.priority or (category.priority if category else "P3"),
        source=Source.IMPORTED,
        state=row.state,
        cancel_reason=row.cancel_reason if row.state == State.CANCELLED else None,
        reported_at=row.reported_at,
        done_at=row.closed_at if row.state == State.CLOSED else None,
        closed_at=row.closed_at,
        round=0,
        chase_count=0,
        has_clocks=0,
        response_elapsed=0,
        resolution_elapsed=0,
    )
    run.add("work_order", order)
    _history(run, order, row)
    if row.reporter_name or row.reporter_phone:
        reporter = OrderReporter(
            id=order.id,
            work_order_id=order.id,
            name=check_text("name", row.reporter_name),
            phone=phone_digits(row.reporter_phone),
        )
        run.add("order_reporter", reporter)


class _Event(NamedTuple):
    """What the file tells of an order's history."""

    code: str
    time: TimeName
    """The field of the row that says when."""
    params: dict[str, Param]
    state: str | None = None


def _events(row: OrderRow) -> Iterable[_Event]:
    yield _Event("line_reported", "reported_at", {}, State.REPORTED)
    if row.answer or row.answered_at:
        time: TimeName = "answered_at" if row.answered_at else "closed_at" if row.closed_at else "reported_at"
        yield _Event("line_answer", time, {"note": check_text("note", row.answer)})
    if row.closed_at is not None:
        reason = {"reason": f"@cancel.{row.cancel_reason}"} if row.cancel_reason else {}
        yield _Event(f"line_{row.state}", "closed_at", {**reason}, row.state)


def _history(run: _Run, order: WorkOrder, row: OrderRow) -> None:
    """History lines are no steps: an imported order has no clocks until its first step here."""
    for position, event in enumerate(_events(row)):
        is_day: dict[str, Param] = {"is_day": 1} if event.time in row.days else {}
        line = Timeline(
            id=derived_id(order.id, "history", position),
            work_order_id=order.id,
            kind="history",
            state=event.state,
            code=event.code,
            params=dump(event.params | is_day),
            happened_at=getattr(row, event.time),
            recorded_at=run.context.recorded_at,
            position=position,
            user_id=None,
            is_by_phone=0,
            is_offline=0,
            is_withdrawn=0,
            origin=run.context.origin,
        )
        run.add("timeline", line)


def _label(named: WhereRow, found: Whereabouts) -> str:
    """What the place is called here if it was found whole, else in the words of the file."""
    is_found = found.unit if named.unit else found.place if named.place else found.building
    return check_text("place", named.label or (found.label if is_found else words_of(named)))


_MAKERS: Mapping[type[ImportedRow], Callable[[_Run, Any], None]] = {
    CategoryRow: _make_category,
    PlaceRow: _make_place,
    ResidentRow: _make_resident,
    OrderRow: _make_order,
}
KINDS: tuple[type[Command], ...] = (ImportRows,)
