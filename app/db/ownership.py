"""Which table belongs to which class of stream, written once (a test holds it against the metadata)."""

from typing import Any

from sqlalchemy import Table

from app.db import companies, places, residents, work_orders
from app.db.base import Base
from app.domain.ids import COMPANY_STREAM, stream_id

CLASS_OF: dict[str, str] = {
    **dict.fromkeys(
        (
            companies.Site.__tablename__,
            companies.Supplier.__tablename__,
            companies.Staff.__tablename__,
            companies.AppUser.__tablename__,
            companies.Skill.__tablename__,
            companies.Category.__tablename__,
            companies.CategorySkill.__tablename__,
            companies.Cause.__tablename__,
            companies.ServiceCalendar.__tablename__,
            companies.CalendarDay.__tablename__,
            companies.SlaPolicy.__tablename__,
            companies.SlaPolicyVersion.__tablename__,
        ),
        "company",
    ),
    **dict.fromkeys(
        (
            residents.Resident.__tablename__,
            residents.ResidentPhone.__tablename__,
            residents.Residence.__tablename__,
            residents.Exemption.__tablename__,
            residents.OrderReporter.__tablename__,
        ),
        "people",
    ),
    **dict.fromkeys(
        (
            places.Building.__tablename__,
            places.Unit.__tablename__,
            places.Place.__tablename__,
            places.Asset.__tablename__,
            work_orders.WorkOrder.__tablename__,
            work_orders.Assignment.__tablename__,
            work_orders.Timeline.__tablename__,
            work_orders.Notice.__tablename__,
            work_orders.NumberAlias.__tablename__,
            work_orders.DataError.__tablename__,
        ),
        "work",
    ),
}
"""Table → class; in the order in which a first fetch asks for them (a parent before its children)."""

FOLLOWS_ORDER: tuple[type[Any], ...] = (
    work_orders.Assignment,
    work_orders.Timeline,
    work_orders.Notice,
    work_orders.NumberAlias,
    work_orders.DataError,
    residents.OrderReporter,
)
"""What moves with an order to another site; all have ``work_order_id``."""

FETCH_ORDER: tuple[str, ...] = tuple(
    sorted(CLASS_OF, key=lambda table: ("company", "people", "work").index(CLASS_OF[table]))
)


def tables_of(stream_class: str) -> tuple[Table, ...]:
    """The synced tables of one class, in fetch order."""
    return tuple(Base.metadata.tables[name] for name in FETCH_ORDER if CLASS_OF[name] == stream_class)


def stream_of(table: str, site_id: str) -> str:
    """The stream a row of ``table`` at ``site_id`` belongs to."""
    stream_class = CLASS_OF[table]
    return COMPANY_STREAM if stream_class == "company" else stream_id(site_id, stream_class)
