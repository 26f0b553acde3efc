"""Rows from a file of another system: made once, left alone when they are there already."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.clocks import forget_rulebook
from app.commands.command import Command, Context, RowId, ShortText, require_row
from app.commands.imported_rows import CategoryRow, ImportedRow, OrderRow, PlaceRow, ResidentRow, WhereRow
from app.commands.lines import dump
from app.commands.numbers import highest_counter
from app.commands.orders import company_streams, site_streams
from app.db.base import Synced
from app.db.companies import Category, Site
from app.db.ownership import stream_of
from app.db.places import Building, Place, Unit
from app.db.residents import OrderReporter, Residence, Resident, ResidentPhone
from app.db.work_orders import Timeline, WorkOrder
from app.domain.errors import InvalidError
from app.domain.ids import derived_id, named_id
from app.domain.numbers import format_number
from app.domain.permissions import Right, Rights
from app.domain.phones import phone_digits
from app.domain.work_orders import Source, State, check_text

ROW_LIMIT = 200
"""Rows a command, so that other desks wait for one such at most."""


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
        kept = sum(session.get(table, self.row_id(row)) is not None for table, row in self._rows())
        return {"added": sum(1 for _ in self._rows()) - kept, "kept": kept}

    def row_id(self, row: ImportedRow) -> str:
        """The id that the row has whoever imports it."""
        if isinstance(row, CategoryRow):
            return category_id(row.path)
        if isinstance(row, PlaceRow):
            return place_id(self.site_id, row.where) or named_id("place", self.site_id, row.key)
        return named_id("import", self.source, row.key)

    @override
    def apply(self, session: Session, context: Context) -> None:
        site = require_row(session, Site, self.site_id, "site_not_visible")
        run = _Run(self, session, context, site)
        for table, row in self._rows():
            if session.get(table, self.row_id(row)) is None:
                _MAKERS[type(row)](run, row)
                session.flush()

    def _rows(self) -> Iterable[tuple[type[Synced], ImportedRow]]:
        yield from ((Category, row) for row in self.categories)
        yield from ((Unit if row.where.unit else Place if row.where.place else Building, row) for row in self.places)
        yield from ((Resident, row) for row in self.residents)
        yield from ((WorkOrder, row) for row in self.orders)


class _Run:
    """One application of an import: what its rows share."""

    def __init__(self, command: ImportRows, session: Session, context: Context, site: Site) -> None:
        self.command = command
        self.session = session
        self.context = context
        self.site = site
        self._counters: dict[date, int] = {}

    def add(self, table: str, row: Synced) -> None:
        """Add a row to the stream its table belongs to at this site."""
        row.stream_id = stream_of(table, self.site.id)
        self.session.add(row)
        self.session.flush()

    def number(self, day: date) -> str:
        """The next number of the importer's desk for a day, by the orders that are there."""
        if day not in self._counters:
            self._counters[day] = highest_counter(self.session, day, self.context.origin)
        self._counters[day] += 1
        return format_number(day, self.context.origin, self._counters[day])

    def find_place(self, where: WhereRow) -> tuple[str | None, str | None, str | None]:
        """Building, unit and place ids of a place as a file names it; made where that was asked for."""
        building_id = unit_id = common_id = None
        if where.building:
            building_id = self._found(Building, building_row_id(self.site.id, where.building), where)
        if where.unit and building_id:
            unit_id = self._found(Unit, place_id(self.site.id, where), where)
        if where.place:
            common_id = self._found(Place, named_id("place", self.site.id, where.building, where.place), where)
        return building_id, unit_id, common_id

    def _found(self, table: type[Building | Unit | Place], row_id: str | None, where: WhereRow) -> str | None:
        if row_id is None:
            return None
        if self.session.get(table, row_id) is None:
            known = self._known(table, where)
            if known is not None:
                return known
            if not self.command.is_creating_places and not self.command.places:
                return None
            self._make(table, row_id, where)
        return row_id

    def _known(self, table: type[Building | Unit | Place], where: WhereRow) -> str | None:
        """A row that was entered by hand, or by another source, under the same name."""
        query = select(table.id).where(table.site_id == self.site.id).order_by(table.id).limit(1)
        if table is Building:
            query = query.where(Building.name == where.building)
        elif table is Place:
            query = query.where(Place.name == where.place)
        else:
            query = query.join(Building, Building.id == Unit.building_id).where(
                Building.name == where.building, Unit.number == where.unit, Unit.entrance == where.entrance
            )
        return self.session.scalars(query).first()

    def _make(self, table: type[Building | Unit | Place], row_id: str, where: WhereRow) -> None:
        site_id = self.site.id
        if table is Building:
            self.add("building", Building(id=row_id, site_id=site_id, name=where.building, sort=0))
            return
        building_id = self.find_place(WhereRow(building=where.building))[0]
        if table is Place:
            name = check_text("place", where.place, required=True)
            self.add(
                "place", Place(id=row_id, site_id=site_id, building_id=building_id, name=name, kind="common", sort=0)
            )
            return
        if building_id is None:
            raise InvalidError("text_missing", field="@field.place")
        label = where.label or " ".join(part for part in (where.building, where.entrance, where.unit) if part)
        self.add(
            "unit",
            Unit(
                id=row_id,
                site_id=site_id,
                building_id=building_id,
                entrance=where.entrance,
                floor=where.floor or 0,
                number=where.unit,
                label=check_text("label", label, required=True),
                aliases="",
                layout="",
                occupancy="lived_in",
            ),
        )


def _make_category(run: _Run, row: Any) -> None:
    parent = run.command.row_id(row.model_copy(update={"path": row.path[:-1]})) if len(row.path) > 1 else None
    if parent is not None and run.session.get(Category, parent) is None:
        _make_category(run, row.model_copy(update={"path": row.path[:-1], "path_en": row.path_en[:-1], "keywords": ""}))
    name = check_text("category", row.path[-1], required=True)
    forget_rulebook(run.session)
    run.add(
        "category",
        Category(
            id=run.command.row_id(row),
            parent_id=parent,
            code="",
            name_zh=name,
            name_en=row.path_en[-1] if row.path_en else name,
            priority=row.priority or "P3",
            needs_visit=1,
            is_opinion=0,
            keywords=row.keywords,
            sort=0,
            is_active=1,
        ),
    )


def _make_place(run: _Run, row: Any) -> None:
    _, unit_id, _ = run.find_place(row.where)
    unit = run.session.get(Unit, unit_id) if unit_id else None
    if unit is not None and unit.version == 0:
        unit.area_dm2, unit.layout = row.area_dm2, row.layout


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
    _, unit_id, _ = run.find_place(row.where)
    if unit_id is not None:
        residence = Residence(
            id=derived_id(resident_id, "residence", unit_id),
            resident_id=resident_id,
            unit_id=unit_id,
            relation=row.relation,
            since=row.since,
            is_primary=1,
        )
        run.add("residence", residence)


def _make_order(run: _Run, row: Any) -> None:
    building_id, unit_id, common_id = run.find_place(row.where)
    category = _category_of(run, row.category)
    local_day = row.reported_at.astimezone(ZoneInfo(run.site.timezone)).date()
    order = WorkOrder(
        id=run.command.row_id(row),
        number=run.number(local_day),
        source_number=row.number or None,
        site_id=run.site.id,
        building_id=building_id,
        unit_id=unit_id,
        place_id=common_id,
        place_label=_label(row.where),
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


def _history(run: _Run, order: WorkOrder, row: OrderRow) -> None:
    """History lines are no steps: an imported order has no clocks until its first step here."""
    lines: list[tuple[str, Any, str, str]] = [("line_reported", row.reported_at, State.REPORTED, "")]
    if row.answer or row.answered_at:
        lines.append(("line_answer", row.answered_at or row.closed_at or row.reported_at, "", row.answer))
    if row.closed_at is not None:
        lines.append((f"line_{row.state}", row.closed_at, row.state, ""))
    for position, (code, moment, state, note) in enumerate(lines):
        params: dict[str, str] = {"note": check_text("note", note)}
        if row.cancel_reason is not None:
            params["reason"] = f"@cancel.{row.cancel_reason}"
        line = Timeline(
            id=derived_id(order.id, "history", position),
            work_order_id=order.id,
            kind="history",
            state=state or None,
            code=code,
            params=dump(params),
            happened_at=moment,
            recorded_at=run.context.recorded_at,
            position=position,
            user_id=None,
            is_by_phone=0,
            is_offline=0,
            is_withdrawn=0,
            origin=run.context.origin,
        )
        run.add("timeline", line)


def _category_of(run: _Run, path: Sequence[str]) -> Category | None:
    """The category by its path, or by the name of its last part alone."""
    if not path:
        return None
    exact = run.session.get(Category, category_id(path))
    if exact is not None:
        return exact
    named = select(Category).where((Category.name_zh == path[-1]) | (Category.name_en == path[-1]))
    return run.session.scalars(named.order_by(Category.id)).first()


def _label(where: WhereRow) -> str:
    parts = (where.building, where.entrance, where.unit, where.place)
    return check_text("place", where.label or " ".join(part for part in parts if part))


def category_id(path: Sequence[str]) -> str:
    """The id of an imported category: by its path, so that two files make one tree."""
    return named_id("category", *path)


def building_row_id(site_id: str, name: str) -> str:
    """The id of an imported building."""
    return named_id("building", site_id, name)


def place_id(site_id: str, where: WhereRow) -> str | None:
    """The id of an imported unit, place or building: by what it is called."""
    if where.unit:
        return named_id("unit", site_id, where.building, where.entrance, where.unit)
    if where.place:
        return named_id("place", site_id, where.building, where.place)
    return building_row_id(site_id, where.building) if where.building else None


_MAKERS: Mapping[type[ImportedRow], Callable[[_Run, Any], None]] = {
    CategoryRow: _make_category,
    PlaceRow: _make_place,
    ResidentRow: _make_resident,
    OrderRow: _make_order,
}
KINDS: tuple[type[Command], ...] = (ImportRows,)
