"""Who lives in a unit, and what is known of each of them."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.commands.clocks import is_zone
from app.db.companies import Site
from app.db.residents import Exemption, Residence, Resident, ResidentPhone


class ResidentRow(NamedTuple):
    """A person of a unit, present or past."""

    residence_id: str
    resident_id: str
    name: str
    relation: str
    phone: str
    since: str | None
    until: str | None
    is_primary: bool
    exemptions: tuple[tuple[str, str | None], ...]


class Person(NamedTuple):
    """A resident as the pane beside their unit shows them."""

    residence_id: str
    resident_id: str
    site_id: str
    name: str
    note: str
    relation: str
    since: str | None
    until: str | None
    phones: tuple[tuple[str, str, str, bool], ...]
    """Id, digits, label, whether it is the main one."""
    flags: tuple[tuple[str, str, str, str | None], ...]
    """Id, kind, note, end of every exemption flag, past ones too."""


def residents_of(session: Session, unit_id: str, now: datetime) -> tuple[ResidentRow, ...]:
    """The people of a unit: who lives there now, then who did."""
    number = (
        select(ResidentPhone.digits)
        .where(ResidentPhone.resident_id == Resident.id)
        .order_by(ResidentPhone.is_primary.desc(), ResidentPhone.id)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(Residence, Resident.name, func.coalesce(number, ""))
        .join(Resident, Resident.id == Residence.resident_id)
        .where(Residence.unit_id == unit_id)
        .order_by(Residence.until.is_not(None), Residence.is_primary.desc(), Residence.since, Residence.id)
    )
    return tuple(
        ResidentRow(
            residence_id=row.id,
            resident_id=row.resident_id,
            name=name,
            relation=row.relation,
            phone=phone,
            since=row.since,
            until=row.until,
            is_primary=bool(row.is_primary),
            exemptions=flags_in_force(session, row.resident_id, now),
        )
        for row, name, phone in session.execute(query)
    )


def person_of(session: Session, residence_id: str, streams: Collection[str]) -> Person | None:
    """The resident behind a residence, or ``None`` when they are gone or not for the viewer."""
    residence = session.get(Residence, residence_id)
    resident = session.get(Resident, residence.resident_id) if residence else None
    if residence is None or resident is None or resident.stream_id not in streams:
        return None
    phones = session.scalars(
        select(ResidentPhone)
        .where(ResidentPhone.resident_id == resident.id)
        .order_by(ResidentPhone.is_primary.desc(), ResidentPhone.id)
    )
    flags = session.scalars(select(Exemption).where(Exemption.resident_id == resident.id).order_by(Exemption.kind))
    return Person(
        residence_id=residence.id,
        resident_id=resident.id,
        site_id=resident.site_id,
        name=resident.name,
        note=resident.note,
        relation=residence.relation,
        since=residence.since,
        until=residence.until,
        phones=tuple((row.id, row.digits, row.label, bool(row.is_primary)) for row in phones),
        flags=tuple((row.id, row.kind, row.note, row.until) for row in flags),
    )


def flags_in_force(session: Session, resident_id: str, now: datetime) -> tuple[tuple[str, str | None], ...]:
    """Kind and end of each exemption flag that holds on the local day: it holds to the end of its last one."""
    site = session.scalar(select(Site).join(Resident, Resident.site_id == Site.id).where(Resident.id == resident_id))
    zone = ZoneInfo(site.timezone) if site is not None and is_zone(site.timezone) else UTC
    query = select(Exemption.kind, Exemption.until).where(
        Exemption.resident_id == resident_id,
        or_(Exemption.until.is_(None), Exemption.until >= f"{now.astimezone(zone):%Y-%m-%d}"),
    )
    return tuple((kind, until) for kind, until in session.execute(query.order_by(Exemption.kind)))
