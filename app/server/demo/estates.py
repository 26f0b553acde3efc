"""What every site of the demo world is made of, and how its rows are named and found again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from app.db.base import Synced
from app.db.companies import Site
from app.db.places import Asset, Building, Place, Unit
from app.domain.ids import COMPANY_STREAM, named_id, stream_id
from app.domain.words import Language
from app.server.demo.said import NOTHING, Said

Spot = Unit | Place | Asset
"""Where an order may be."""


def site_id(key: str) -> str:
    """The id of a site by its key: ``lanwan``, ``qiming``, ``chengyue``."""
    return named_id("demo", "site", key)


def user_id(employee_no: str) -> str:
    """The id of the person who signs in with an employee number."""
    return named_id("demo", "user", employee_no)


@dataclass(slots=True)
class Estate:
    """A site with all that stands on it. Rows are found by short keys; ``spots`` lists them by the kind of place."""

    key: str
    language: Language
    random: Random
    row: Site
    buildings: dict[str, Building] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    spots: dict[str, list[Spot]] = field(default_factory=dict)

    def rows(self) -> Iterator[Synced]:
        """Everything, parents first."""
        yield self.row
        yield from self.buildings.values()
        yield from self.units.values()
        yield from self.places.values()
        yield from self.assets.values()

    def add_building(self, key: str, name: Said) -> Building:
        """A building, after those that are there."""
        building = Building(
            id=self._id("building", key),
            stream_id=self._stream(),
            site_id=self.row.id,
            name=self.say(name),
            sort=len(self.buildings),
        )
        self.buildings[key] = building
        return building

    def add_unit(self, key: str, unit: Unit) -> Unit:
        """A unit; what it needs besides its own facts is filled in."""
        unit.id, unit.stream_id, unit.site_id = self._id("unit", key), self._stream(), self.row.id
        self.units[key] = unit
        return unit

    def add_place(self, key: str, kind: str, name: Said, building: Building | None = None) -> Place:
        """A place that nobody lives in, listed under ``kind``."""
        place = Place(
            id=self._id("place", key),
            stream_id=self._stream(),
            site_id=self.row.id,
            building_id=building.id if building else None,
            name=self.say(name),
            kind=kind,
            sort=len(self.places),
        )
        self.places[key] = place
        self.spots.setdefault(kind, []).append(place)
        return place

    def add_asset(
        self,
        key: str,
        kind: str,
        name: Said,
        *,
        at: Building | Unit | Place,
        installed_on: str | None = None,
        note: Said = NOTHING,
    ) -> Asset:
        """A thing that is kept in order, listed under ``kind``; ``at`` is where it stands."""
        asset = Asset(
            id=self._id("asset", key),
            stream_id=self._stream(),
            site_id=self.row.id,
            building_id=at.id if isinstance(at, Building) else at.building_id,
            unit_id=at.id if isinstance(at, Unit) else None,
            place_id=at.id if isinstance(at, Place) else None,
            kind=kind,
            name=self.say(name),
            code=key.upper(),
            installed_on=installed_on,
            note=self.say(note),
        )
        self.assets[key] = asset
        self.spots.setdefault(kind, []).append(asset)
        return asset

    def say(self, said: Said) -> str:
        """Words in the language of this world."""
        return said.in_(self.language)

    def _id(self, table: str, key: str) -> str:
        return named_id("demo", self.key, table, key)

    def _stream(self) -> str:
        return stream_id(self.row.id, "work")


def new_estate(
    key: str, kind: str, name: Said, address: Said, phone: str, language: Language, random: Random
) -> Estate:
    """An estate with nothing on it yet."""
    row = Site(
        id=site_id(key),
        stream_id=COMPANY_STREAM,
        name_zh=name.zh,
        name_en=name.en,
        kind=kind,
        timezone="Asia/Shanghai",
        address=address.in_(language),
        phone=phone,
    )
    return Estate(key, language, random, row)
