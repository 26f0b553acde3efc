"""Tables of a site's work stream that say where: buildings, units, places, assets."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Id, LongText, Number, Synced


class Building(Synced, Base):
    """A building of a site, in the site's own words (幢, 栋, 号楼, 座)."""

    __tablename__ = "building"
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"), index=True)
    name: Mapped[str]
    sort: Mapped[Number] = mapped_column(default=0)


class Unit(Synced, Base):
    """A flat, office suite or shop: what somebody owns or rents."""

    __tablename__ = "unit"
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"), index=True)
    building_id: Mapped[Id] = mapped_column(ForeignKey("building.id"), index=True)
    entrance: Mapped[str] = mapped_column(default="")
    """The stairwell (单元), where a building has several."""
    floor: Mapped[Number] = mapped_column(default=0)
    number: Mapped[str]
    label: Mapped[str]
    """As people say it: ``3 幢 1502``."""
    aliases: Mapped[LongText] = mapped_column(default="")
    """Other ways it is said, parted by commas: ``3-1-1502, 3幢1单元1502``."""
    area_dm2: Mapped[Number | None]
    """Floor area in 1/100 m²."""
    layout: Mapped[str] = mapped_column(default="")
    occupancy: Mapped[str] = mapped_column(default="lived_in")
    handed_over_on: Mapped[str | None]
    """``YYYY-MM-DD``."""
    steward_user_id: Mapped[Id | None] = mapped_column(ForeignKey("app_user.id"))


class Place(Synced, Base):
    """A place that nobody lives in: a garage level, a garden, a pump room."""

    __tablename__ = "place"
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"), index=True)
    building_id: Mapped[Id | None] = mapped_column(ForeignKey("building.id"), index=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="common")
    sort: Mapped[Number] = mapped_column(default=0)


class Asset(Synced, Base):
    """A thing that is kept in order: a lift, a pump, a door reader."""

    __tablename__ = "asset"
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"), index=True)
    building_id: Mapped[Id | None] = mapped_column(ForeignKey("building.id"), index=True)
    unit_id: Mapped[Id | None] = mapped_column(ForeignKey("unit.id"), index=True)
    place_id: Mapped[Id | None] = mapped_column(ForeignKey("place.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    installed_on: Mapped[str | None]
    note: Mapped[LongText] = mapped_column(default="")
