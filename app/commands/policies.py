"""What is promised, and on which days: SLA policies, calendar days, and clocks brought up to date after an edit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.clocks import forget_rulebook, read_rulebook, refresh_clocks
from app.commands.command import Command, Context, Day, RowId, ShortText, require_row
from app.commands.orders import company_streams, site_streams
from app.commands.work_orders import PriorityName
from app.db.companies import CalendarDay, Category, ServiceCalendar, Site, SlaPolicy, SlaPolicyVersion
from app.db.work_orders import WorkOrder
from app.domain.clock import cut_to_minute, to_micros
from app.domain.errors import InvalidError
from app.domain.ids import COMPANY_STREAM, named_id, stream_id
from app.domain.permissions import Right, Rights
from app.domain.work_orders import HoldReason

RECOMPUTE_LIMIT = 500


class CompanyCommand(Command):
    """What these share: the company's stream, and the right to edit its policies."""

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return company_streams()

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require_anywhere(Right.EDIT_POLICIES)


class Promise(BaseModel):
    """What a policy asks from a minute on; targets in open minutes, ``None`` for no target."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    calendar_id: RowId
    response_minutes: int | None = Field(default=None, ge=1, le=525_600)
    resolution_minutes: int | None = Field(default=None, ge=1, le=525_600)
    warn_percent: int = Field(default=80, ge=1, le=100)
    pausing_reasons: tuple[HoldReason, ...] = ()


class SetSlaPolicy(CompanyCommand):
    """Make a policy, or a new version of one, in force from the minute it is entered."""

    id: RowId
    name_zh: ShortText
    name_en: ShortText
    site_id: RowId | None = None
    property_kind: Literal["housing", "office", "mall"] | None = None
    category_id: RowId | None = None
    priority: PriorityName | None = None
    promise: Promise

    @override
    def apply(self, session: Session, context: Context) -> None:
        require_row(session, ServiceCalendar, self.promise.calendar_id, "row_gone")
        if self.site_id is not None:
            require_row(session, Site, self.site_id, "site_not_visible")
        if self.category_id is not None:
            require_row(session, Category, self.category_id, "category_gone")
        forget_rulebook(session)
        selector = self.model_dump(
            include={"name_zh", "name_en", "site_id", "property_kind", "category_id", "priority"}
        )
        policy = session.get(SlaPolicy, self.id)
        if policy is None:
            session.add(SlaPolicy(id=self.id, stream_id=COMPANY_STREAM, **selector))
            session.flush()
        else:
            # Selectors stay: an order judged by the policy once must find it again when its clocks are read anew.
            policy.name_zh, policy.name_en = self.name_zh, self.name_en
        promise = self.promise.model_dump()
        promise["pausing_reasons"] = " ".join(sorted(promise["pausing_reasons"]))
        from_at = cut_to_minute(context.recorded_at)
        version_id = policy_version_id(self.id, from_at)
        version = session.get(SlaPolicyVersion, version_id)
        if version is None:
            version = SlaPolicyVersion(id=version_id, stream_id=COMPANY_STREAM, policy_id=self.id, from_at=from_at)
            session.add(version)
        for field, value in promise.items():
            setattr(version, field, value)


class SetServiceCalendar(CompanyCommand):
    """Make or change a service calendar."""

    id: RowId
    name_zh: ShortText
    name_en: ShortText
    kind: Literal["always", "working"]
    opens_minute: int = Field(default=0, ge=0, le=1440)
    closes_minute: int = Field(default=1440, ge=0, le=1440)
    country: ShortText = "CN"

    @override
    def apply(self, session: Session, context: Context) -> None:
        if self.opens_minute >= self.closes_minute:
            raise InvalidError("calendar_hours_invalid")
        forget_rulebook(session)
        row = session.get(ServiceCalendar, self.id)
        if row is None:
            session.add(ServiceCalendar(stream_id=COMPANY_STREAM, **self.model_dump()))
            return
        for field, value in self.model_dump(exclude={"id"}).items():
            setattr(row, field, value)


class SetCalendarDay(CompanyCommand):
    """Say what a day is, against its weekday; ``kind`` ``None`` takes that back."""

    country: ShortText = "CN"
    site_id: RowId | None = None
    day: Day
    kind: Literal["working", "rest", "holiday", "makeup"] | None
    name_zh: ShortText = ""
    name_en: ShortText = ""

    @override
    def apply(self, session: Session, context: Context) -> None:
        if self.site_id is not None:
            require_row(session, Site, self.site_id, "site_not_visible")
        forget_rulebook(session)
        row_id = calendar_day_id(self.country, self.site_id, self.day)
        row = session.get(CalendarDay, row_id)
        if self.kind is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(CalendarDay(id=row_id, stream_id=COMPANY_STREAM, **self.model_dump()))
        else:
            row.kind, row.name_zh, row.name_en = self.kind, self.name_zh, self.name_en


class RecomputeClocks(Command):
    """Read the clocks of some orders of one site anew, after a policy or calendar was edited."""

    site_id: RowId
    work_order_ids: tuple[RowId, ...] = Field(max_length=RECOMPUTE_LIMIT)

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return (COMPANY_STREAM, *site_streams(self.site_id))

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require(Right.EDIT_POLICIES, self.site_id)

    @override
    def apply(self, session: Session, context: Context) -> None:
        rulebook = read_rulebook(session)
        work = stream_id(self.site_id, "work")
        for order_id in self.work_order_ids:
            order = session.get(WorkOrder, order_id)
            if order is not None and order.stream_id == work:
                refresh_clocks(session, order, rulebook)


def policy_version_id(policy_id: str, from_at: datetime) -> str:
    """The id of the version from a minute on: one a minute, in which the last word holds."""
    return named_id("sla_policy_version", policy_id, to_micros(from_at))


def calendar_day_id(country: str, site_id: str | None, day: str) -> str:
    """The id of the row of a day, so that two who enter it make one."""
    return named_id("calendar_day", country, site_id or "", day)


KINDS: tuple[type[Command], ...] = (SetSlaPolicy, SetServiceCalendar, SetCalendarDay, RecomputeClocks)
