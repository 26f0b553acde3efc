"""What the names in a file stand for: places and categories that are there, or that are made for them."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import Session

from app.commands.imported_rows import CategoryRow, PlaceRow, WhereRow
from app.db.base import Synced
from app.db.companies import Category
from app.db.places import Building, Place, Unit
from app.domain.ids import named_id
from app.domain.work_orders import check_text

Add = Callable[[str, Synced], None]
"""Takes a new row of a table."""


class Named(NamedTuple):
    """A row that bears a name."""

    id: str
    label: str


class Whereabouts(NamedTuple):
    """The rows that a place is found in by its names."""

    building: Named | None = None
    unit: Named | None = None
    place: Named | None = None

    @property
    def label(self) -> str:
        """What the narrowest of them is called."""
        return next((found.label for found in (self.unit, self.place, self.building) if found), "")


class PlaceNames:
    """The places of a site by what a file calls them, whoever entered them; each name is looked for once."""

    def __init__(self, session: Session, site_id: str) -> None:
        self._session = session
        self._site_id = site_id
        self._known: dict[tuple[str, ...], Named | None] = {}

    def find(self, where: WhereRow) -> Whereabouts:
        """The places of these names that are there."""
        return Whereabouts(
            self._building(where) if where.building else None,
            self._unit(where) if where.unit and where.building else None,
            self._place(where) if where.place else None,
        )

    def holds(self, row: PlaceRow) -> bool:
        """Whether what the row is about is there."""
        found, where = self.find(row.where), row.where
        return (found.unit if where.unit else found.place if where.place else found.building) is not None

    def make(self, where: WhereRow, add: Add, *, area_dm2: int | None = None, layout: str = "") -> Whereabouts:
        """The same, and what is missing is made; area and layout are a new unit's."""
        building, unit, place = self.find(where)
        if where.building and building is None:
            building = self._make_building(where, add)
        if where.unit and building and unit is None:
            row = self._new_unit(where, building)
            row.area_dm2, row.layout = area_dm2, layout
            add("unit", row)
            unit = self._note(("unit", where.building, where.entrance, where.unit), Named(row.id, row.label))
        if where.place and place is None:
            place = self._make_place(where, building, add)
        return Whereabouts(building, unit, place)

    def _building(self, where: WhereRow) -> Named | None:
        row_id = building_id(self._site_id, where.building)
        query = _either(Building, Building.name, row_id, Building.name == where.building)
        return self._found(("building", where.building), query.where(Building.site_id == self._site_id))

    def _unit(self, where: WhereRow) -> Named | None:
        """By building and number; where two entrances have the number, the file must say which it is."""
        named: ColumnElement[bool] = (Building.name == where.building) & (Unit.number == where.unit)
        if where.entrance:
            named &= Unit.entrance == where.entrance
        query = _either(Unit, Unit.label, unit_id(self._site_id, where), named, Unit.entrance == where.entrance)
        query = query.join(Building, Building.id == Unit.building_id).where(Unit.site_id == self._site_id)
        return self._found(("unit", where.building, where.entrance, where.unit), query)

    def _place(self, where: WhereRow) -> Named | None:
        """By name in its building; one without a building stands outside them, or in the only one that has it."""
        named: ColumnElement[bool] = Place.name == where.place
        is_best: ColumnElement[bool] = Place.building_id.is_(None)
        if where.building:
            named = is_best = named & (Building.name == where.building)
        query = _either(Place, Place.name, place_id(self._site_id, where), named, is_best)
        query = query.outerjoin(Building, Building.id == Place.building_id).where(Place.site_id == self._site_id)
        return self._found(("place", where.building, where.place), query)

    def _found(self, key: tuple[str, ...], query: Select[Any]) -> Named | None:
        if key not in self._known:
            rows = self._session.execute(query.limit(2)).all()
            is_clear = len(rows) == 1 or (len(rows) == 2 and rows[0].rank > rows[1].rank)
            self._known[key] = Named(rows[0].id, rows[0].label) if is_clear else None
        return self._known[key]

    def _make_building(self, where: WhereRow, add: Add) -> Named:
        row_id = building_id(self._site_id, where.building)
        add("building", Building(id=row_id, site_id=self._site_id, name=where.building, sort=0))
        return self._note(("building", where.building), Named(row_id, where.building))

    def _make_place(self, where: WhereRow, building: Named | None, add: Add) -> Named:
        name, row_id = check_text("place", where.place, required=True), place_id(self._site_id, where)
        row = Place(
            id=row_id,
            site_id=self._site_id,
            building_id=building.id if building else None,
            name=name,
            kind="common",
            sort=0,
        )
        add("place", row)
        return self._note(("place", where.building, where.place), Named(row_id, name))

    def _new_unit(self, where: WhereRow, building: Named) -> Unit:
        return Unit(
            id=unit_id(self._site_id, where),
            site_id=self._site_id,
            building_id=building.id,
            entrance=where.entrance,
            floor=where.floor or 0,
            number=where.unit,
            label=check_text("label", where.label or words_of(where), required=True),
            aliases="",
            occupancy="lived_in",
        )

    def _note(self, key: tuple[str, ...], made: Named) -> Named:
        self._known[key] = made
        return made


class CategoryNames:
    """The tree of categories by the names of its levels, whoever entered them; each path is looked for once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, ...], Category | None] = {}

    def find(self, path: Sequence[str]) -> Category | None:
        """The category at the end of a path."""
        path = tuple(path)
        if path not in self._known:
            self._known[path] = self._session.get(Category, category_id(path)) or self._below(path)
        return self._known[path]

    def of_order(self, path: Sequence[str]) -> Category | None:
        """The same, or the one that bears the last name of the path wherever it stands."""
        if not path:
            return None
        found = self.find(path)
        if found is None:
            last = ("", path[-1])  # no path has an empty name
            if last not in self._known:
                query = select(Category).where(_is_called(path[-1])).order_by(Category.id).limit(1)
                self._known[last] = self._session.scalars(query).first()
            found = self._known[last]
        return found

    def make(self, row: CategoryRow, add: Add) -> Category:
        """The category of a row and all above it, made where they are missing."""
        found = self.find(row.path)
        if found is not None:
            return found
        above = row.model_copy(update={"path": row.path[:-1], "path_en": row.path_en[:-1], "keywords": ""})
        parent = self.make(above, add) if above.path else None
        name = check_text("category", row.path[-1], required=True)
        made = Category(
            id=category_id(row.path),
            parent_id=parent.id if parent else None,
            code="",
            name_zh=name,
            name_en=row.path_en[-1] if row.path_en else name,
            priority=row.priority or "P3",
            needs_visit=1,
            is_opinion=0,
            keywords=row.keywords,
            sort=0,
            is_active=1,
        )
        add("category", made)
        self._known[row.path] = made
        return made

    def _below(self, path: tuple[str, ...]) -> Category | None:
        parent = self.find(path[:-1]) if len(path) > 1 else None
        if len(path) > 1 and parent is None:
            return None
        is_there = Category.parent_id.is_(None) if parent is None else Category.parent_id == parent.id
        query = select(Category).where(is_there, _is_called(path[-1])).order_by(Category.id).limit(1)
        return self._session.scalars(query).first()


def words_of(where: WhereRow) -> str:
    """A place in the words of the file."""
    return " ".join(filter(None, (where.building, where.entrance, where.unit, where.place)))


def category_id(path: Sequence[str]) -> str:
    """The id of an imported category: by its path, so that two files make one tree."""
    return named_id("category", *path)


def building_id(site_id: str, name: str) -> str:
    """The id of an imported building: by its name."""
    return named_id("building", site_id, name)


def unit_id(site_id: str, where: WhereRow) -> str:
    """The id of an imported unit."""
    return named_id("unit", site_id, where.building, where.entrance, where.unit)


def place_id(site_id: str, where: WhereRow) -> str:
    """The id of an imported common place."""
    return named_id("place", site_id, where.building, where.place)


def id_of_place(site_id: str, where: WhereRow) -> str:
    """The id of what is imported as a row of its own: the narrowest that it names."""
    if where.unit:
        return unit_id(site_id, where)
    return place_id(site_id, where) if where.place else building_id(site_id, where.building)


def _either(
    table: type[Building | Unit | Place],
    label: Any,
    row_id: str,
    named: ColumnElement[bool],
    is_best: ColumnElement[bool] | None = None,
) -> Select[Any]:
    """The row that an import made, whatever it is called by now, else those of the name, the best first."""
    rank = case((table.id == row_id, 2), *(((is_best, 1),) if is_best is not None else ()), else_=0)
    query = select(table.id, label.label("label"), rank.label("rank"))
    return query.where(or_(table.id == row_id, named)).order_by(rank.desc(), table.id)


def _is_called(name: str) -> ColumnElement[bool]:
    return or_(Category.name_zh == name, Category.name_en == name)
