"""Who lives where: residents, their telephones, their units and the flags that raise priority."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.command import (
    Command,
    Context,
    Day,
    FieldsCommand,
    LongText,
    RowId,
    ShortText,
    require_free,
    require_row,
    require_row_of,
)
from app.commands.orders import site_streams
from app.db.companies import Site
from app.db.ownership import stream_of
from app.db.places import Unit
from app.db.residents import Exemption, Residence, Resident, ResidentPhone
from app.domain.errors import ConflictError, InvalidError
from app.domain.permissions import Right, Rights
from app.domain.phones import phone_digits
from app.domain.work_orders import check_text

RelationName = Literal["owner", "tenant", "family"]


class ExemptionKind(StrEnum):
    """What a flag stands for."""

    ELDERLY = "elderly"
    DISABLED = "disabled"
    INFANT = "infant"


class PeopleCommand(Command):
    """What these share: the site, its two streams, and the right to edit people."""

    site_id: RowId

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return site_streams(self.site_id, people=True)

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require(Right.EDIT_PEOPLE, self.site_id)

    def _stream(self) -> str:
        return stream_of("resident", self.site_id)


class AddResident(PeopleCommand):
    """Enter a resident, with a telephone and a unit where they are known."""

    id: RowId
    name: ShortText
    note: LongText = ""
    phone: ShortText = ""
    unit_id: RowId | None = None
    relation: RelationName = "owner"
    since: Day | None = None

    @override
    def apply(self, session: Session, context: Context) -> None:
        require_row(session, Site, self.site_id, "site_not_visible")
        require_free(session, Resident, self.id)
        session.add(
            Resident(
                id=self.id,
                stream_id=self._stream(),
                site_id=self.site_id,
                name=check_text("name", self.name, required=True),
                note=check_text("note", self.note),
            )
        )
        session.flush()
        if self.phone:
            _add_phone(session, context.row_id("phone"), self._stream(), self.id, self.phone, is_primary=True)
        if self.unit_id is not None:
            unit = _unit(session, self.site_id, self.unit_id)
            others = select(Residence.id).where(Residence.unit_id == unit.id, Residence.until.is_(None)).limit(1)
            session.add(
                Residence(
                    id=context.row_id("residence"),
                    stream_id=self._stream(),
                    resident_id=self.id,
                    unit_id=unit.id,
                    relation=self.relation,
                    since=self.since,
                    is_primary=int(session.scalars(others).first() is None),
                )
            )


class ResidentFields(BaseModel):
    """What may be corrected on a resident."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    name: ShortText | None = None
    note: LongText | None = None


class EditResident(FieldsCommand):
    """Correct a resident's name or note."""

    id: RowId
    site_id: RowId
    set: ResidentFields

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return site_streams(self.site_id, people=True)

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require(Right.EDIT_PEOPLE, self.site_id)

    @override
    def target(self, session: Session) -> Resident:
        return _resident(session, self.site_id, self.id)

    @override
    def apply(self, session: Session, context: Context) -> None:
        row = self.target(session)
        for field, value in self.wanted().items():
            setattr(row, field, check_text(field, value or "", required=field == "name"))


class AddPhone(PeopleCommand):
    """Give a resident one more telephone."""

    id: RowId
    resident_id: RowId
    phone: ShortText
    label: ShortText = ""
    is_primary: bool = False

    @override
    def apply(self, session: Session, context: Context) -> None:
        _resident(session, self.site_id, self.resident_id)
        require_free(session, ResidentPhone, self.id)
        if self.is_primary:
            for other in _phones(session, self.resident_id):
                other.is_primary = 0
        _add_phone(
            session,
            self.id,
            self._stream(),
            self.resident_id,
            self.phone,
            label=check_text("label", self.label),
            is_primary=self.is_primary,
        )

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        return (RemovePhone(site_id=self.site_id, id=self.id),)


class EditPhone(PeopleCommand):
    """Mend a number that is wrong or has changed."""

    id: RowId
    phone: ShortText
    label: ShortText = ""
    seen_digits: ShortText
    """The digits the author saw."""

    @override
    def apply(self, session: Session, context: Context) -> None:
        row = require_row_of(session, ResidentPhone, self.id, self._stream(), "row_gone")
        if row.digits not in (self.seen_digits, phone_digits(self.phone)):
            raise ConflictError("field_changed_meanwhile", field="@field.phone")
        row.digits = _digits(self.phone)
        row.label = check_text("label", self.label)

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        row = require_row_of(session, ResidentPhone, self.id, self._stream(), "row_gone")
        return (
            EditPhone(
                site_id=self.site_id,
                id=self.id,
                phone=row.digits,
                label=row.label,
                seen_digits=phone_digits(self.phone),
            ),
        )


class RemovePhone(PeopleCommand):
    """Take a number off a resident."""

    id: RowId

    @override
    def apply(self, session: Session, context: Context) -> None:
        session.delete(require_row_of(session, ResidentPhone, self.id, self._stream(), "row_gone"))

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        row = require_row_of(session, ResidentPhone, self.id, self._stream(), "row_gone")
        return (
            AddPhone(
                site_id=self.site_id,
                id=row.id,
                resident_id=row.resident_id,
                phone=row.digits,
                label=row.label,
                is_primary=bool(row.is_primary),
            ),
        )


class AddResidence(PeopleCommand):
    """Say that a resident owns, rents or lives in a unit."""

    id: RowId
    resident_id: RowId
    unit_id: RowId
    relation: RelationName
    since: Day | None = None
    until: Day | None = None

    @override
    def apply(self, session: Session, context: Context) -> None:
        _resident(session, self.site_id, self.resident_id)
        _unit(session, self.site_id, self.unit_id)
        require_free(session, Residence, self.id)
        _check_dates(self.since, self.until)
        session.add(
            Residence(
                id=self.id,
                stream_id=self._stream(),
                resident_id=self.resident_id,
                unit_id=self.unit_id,
                relation=self.relation,
                since=self.since,
                until=self.until,
                is_primary=0,
            )
        )


class EndResidence(PeopleCommand):
    """A resident has moved out; ``until`` ``None`` takes that back."""

    id: RowId
    until: Day | None

    @override
    def apply(self, session: Session, context: Context) -> None:
        row = require_row_of(session, Residence, self.id, self._stream(), "row_gone")
        _check_dates(row.since, self.until)
        row.until = self.until

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        row = require_row_of(session, Residence, self.id, self._stream(), "row_gone")
        return (EndResidence(site_id=self.site_id, id=self.id, until=row.until),)


class AddExemption(PeopleCommand):
    """Flag a resident as elderly, disabled or with an infant, until a day."""

    id: RowId
    resident_id: RowId
    kind: ExemptionKind
    note: LongText = ""
    until: Day | None = None

    @override
    def apply(self, session: Session, context: Context) -> None:
        _resident(session, self.site_id, self.resident_id)
        require_free(session, Exemption, self.id)
        session.add(
            Exemption(
                id=self.id,
                stream_id=self._stream(),
                resident_id=self.resident_id,
                kind=self.kind,
                note=check_text("note", self.note),
                until=self.until,
            )
        )

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        return (RemoveExemption(site_id=self.site_id, id=self.id),)


class RemoveExemption(PeopleCommand):
    """Take a flag off."""

    id: RowId

    @override
    def apply(self, session: Session, context: Context) -> None:
        session.delete(require_row_of(session, Exemption, self.id, self._stream(), "row_gone"))

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        row = require_row_of(session, Exemption, self.id, self._stream(), "row_gone")
        if row.kind not in set(ExemptionKind):  # a newer program's, which this one could not put back
            return ()
        return (
            AddExemption(
                site_id=self.site_id,
                id=row.id,
                resident_id=row.resident_id,
                kind=ExemptionKind(row.kind),
                note=row.note,
                until=row.until,
            ),
        )


def _resident(session: Session, site_id: str, resident_id: str) -> Resident:
    row = require_row(session, Resident, resident_id, "resident_gone")
    if row.site_id != site_id:
        raise InvalidError("place_of_other_site")
    return row


def _unit(session: Session, site_id: str, unit_id: str) -> Unit:
    row = require_row(session, Unit, unit_id, "unit_gone")
    if row.site_id != site_id:
        raise InvalidError("place_of_other_site")
    return row


def _phones(session: Session, resident_id: str) -> Iterable[ResidentPhone]:
    return session.scalars(select(ResidentPhone).where(ResidentPhone.resident_id == resident_id))


def _digits(phone: str) -> str:
    digits = phone_digits(phone)
    if len(digits) < 3:
        raise InvalidError("phone_invalid", phone=phone)
    return digits


def _add_phone(
    session: Session,
    row_id: str,
    stream: str,
    resident_id: str,
    phone: str,
    *,
    label: str = "",
    is_primary: bool = False,
) -> None:
    session.add(
        ResidentPhone(
            id=row_id,
            stream_id=stream,
            resident_id=resident_id,
            digits=_digits(phone),
            label=label,
            is_primary=int(is_primary),
        )
    )


def _check_dates(since: str | None, until: str | None) -> None:
    if since is not None and until is not None and until < since:
        raise InvalidError("date_reversed")


KINDS: tuple[type[Command], ...] = (
    AddResident,
    EditResident,
    AddPhone,
    EditPhone,
    RemovePhone,
    AddResidence,
    EndResidence,
    AddExemption,
    RemoveExemption,
)
