"""Tables of a site's people stream: who lives where, and who reported what."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Id, LongText, Number, Synced


class Resident(Synced, Base):
    """A person or firm that owns, rents or lives in a unit."""

    __tablename__ = "resident"
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"), index=True)
    name: Mapped[str]
    note: Mapped[LongText] = mapped_column(default="")


class ResidentPhone(Synced, Base):
    """One of a resident's telephone numbers; several people may share one."""

    __tablename__ = "resident_phone"
    resident_id: Mapped[Id] = mapped_column(ForeignKey("resident.id"), index=True)
    digits: Mapped[str] = mapped_column(index=True)
    label: Mapped[str] = mapped_column(default="")
    is_primary: Mapped[Number] = mapped_column(default=0)


class Residence(Synced, Base):
    """That a resident is owner, tenant or family of a unit, from when to when."""

    __tablename__ = "residence"
    resident_id: Mapped[Id] = mapped_column(ForeignKey("resident.id"), index=True)
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"), index=True)
    relation: Mapped[str]
    since: Mapped[str | None]
    until: Mapped[str | None]
    """``YYYY-MM-DD``, the last day; ``NULL`` while it lasts."""
    is_primary: Mapped[Number] = mapped_column(default=0)


class Exemption(Synced, Base):
    """A flag that raises priority and is shown: elderly, disabled, infant."""

    __tablename__ = "exemption"
    resident_id: Mapped[Id] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[str]
    note: Mapped[LongText] = mapped_column(default="")
    until: Mapped[str | None]


class OrderReporter(Synced, Base):
    """Who reported an order, kept apart from it because not everyone who sees orders may see people.

    The first has the order's own id; a caller merged into the order later has one of their own.
    """

    __tablename__ = "order_reporter"
    work_order_id: Mapped[Id] = mapped_column(index=True)
    """No foreign key: the order is of another stream, and may arrive later."""
    resident_id: Mapped[Id | None] = mapped_column(ForeignKey("resident.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="", index=True)
