"""Where things are: sites, and corrections to units, places and assets."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.clocks import forget_rulebook, is_zone
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
from app.commands.orders import company_streams, site_streams
from app.db.companies import AppUser, Site, Staff, Supplier
from app.db.ownership import stream_of
from app.db.places import Asset, Building, Place, Unit
from app.db.work_orders import WorkOrder
from app.domain.errors import InvalidError
from app.domain.ids import COMPANY_STREAM
from app.domain.permissions import Right, Rights
from app.domain.work_orders import OPEN_STATES, check_text

OccupancyName = Literal["lived_in", "vacant", "fitting_out"]
AREA_LIMIT_DM2 = 1_000_000_000
"""10 km², in 1/100 m²."""


class AddSite(Command):
    """Take a new estate, tower or mall under management."""

    id: RowId
    name_zh: ShortText
    name_en: ShortText
    kind: Literal["housing", "office", "mall"]
    timezone: ShortText = "Asia/Shanghai"
    address: ShortText = ""
    phone: ShortText = ""

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return company_streams()

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require_anywhere(Right.EDIT_COMPANY)

    @override
    def apply(self, session: Session, context: Context) -> None:
        require_free(session, Site, self.id)
        if not is_zone(self.timezone):
            raise InvalidError("timezone_unknown", name=self.timezone)
        forget_rulebook(session)
        session.add(Site(stream_id=COMPANY_STREAM, **self.model_dump()))


class AddStaff(Command):
    """Take somebody on."""

    id: RowId
    name: ShortText
    employee_no: ShortText
    home_site_id: RowId
    trade_zh: ShortText
    trade_en: ShortText
    phone: ShortText = ""
    supplier_id: RowId | None = None

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return company_streams()

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require_anywhere(Right.EDIT_COMPANY)

    @override
    def apply(self, session: Session, context: Context) -> None:
        require_row(session, Site, self.home_site_id, "site_not_visible")
        require_free(session, Staff, self.id)
        if self.supplier_id is not None:
            require_row(session, Supplier, self.supplier_id, "row_gone")
        session.add(Staff(stream_id=COMPANY_STREAM, is_active=1, **self.model_dump()))


class PlaceFieldsCommand(FieldsCommand):
    """What corrections of units, places and assets share."""

    id: RowId
    site_id: RowId

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return site_streams(self.site_id)

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require(Right.EDIT_PLACES, self.site_id)

    @override
    def apply(self, session: Session, context: Context) -> None:
        row = self.target(session)
        for field, value in self.wanted().items():
            is_name = field in ("label", "name", "number")
            setattr(row, field, check_text("label", value, required=is_name) if isinstance(value, str) else value)


class UnitFields(BaseModel):
    """What may be corrected on a unit."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    label: ShortText = ""
    aliases: LongText = ""
    area_dm2: int | None = Field(default=None, ge=0, le=AREA_LIMIT_DM2)
    layout: ShortText = ""
    occupancy: OccupancyName = "lived_in"
    handed_over_on: Day | None = None
    steward_user_id: RowId | None = None


class EditUnit(PlaceFieldsCommand):
    """Correct a unit; its open orders are called by the new label."""

    set: UnitFields

    @override
    def target(self, session: Session) -> Unit:
        return require_row_of(session, Unit, self.id, stream_of("unit", self.site_id), "unit_gone")

    @override
    def apply(self, session: Session, context: Context) -> None:
        if (steward := self.wanted().get("steward_user_id")) is not None:
            require_row(session, AppUser, steward, "staff_gone")
        old = self.target(session).label
        super().apply(session, context)
        new = self.target(session).label
        if new == old:
            return
        orders = select(WorkOrder).where(WorkOrder.unit_id == self.id, WorkOrder.state.in_(OPEN_STATES))
        for order in session.scalars(orders):
            if order.place_label.startswith(old):
                order.place_label = new + order.place_label.removeprefix(old)


class PlaceFields(BaseModel):
    """What may be corrected on a common place."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    name: ShortText = ""


class AddPlace(Command):
    """Enter a common place that nobody had entered yet."""

    id: RowId
    site_id: RowId
    name: ShortText
    building_id: RowId | None = None

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return site_streams(self.site_id)

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require(Right.EDIT_PLACES, self.site_id)

    @override
    def apply(self, session: Session, context: Context) -> None:
        require_row(session, Site, self.site_id, "site_not_visible")
        require_free(session, Place, self.id)
        if self.building_id is not None:
            require_row_of(session, Building, self.building_id, stream_of("building", self.site_id), "row_gone")
        name = check_text("place", self.name, required=True)
        session.add(
            Place(
                id=self.id,
                stream_id=stream_of("place", self.site_id),
                site_id=self.site_id,
                building_id=self.building_id,
                name=name,
                kind="common",
                sort=0,
            )
        )


class EditPlace(PlaceFieldsCommand):
    """Correct a common place."""

    set: PlaceFields

    @override
    def target(self, session: Session) -> Place:
        return require_row_of(session, Place, self.id, stream_of("place", self.site_id), "row_gone")


class AssetFields(BaseModel):
    """What may be corrected on an asset."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    name: ShortText = ""
    code: ShortText = ""
    installed_on: Day | None = None
    note: LongText = ""


class EditAsset(PlaceFieldsCommand):
    """Correct an asset."""

    set: AssetFields

    @override
    def target(self, session: Session) -> Asset:
        return require_row_of(session, Asset, self.id, stream_of("asset", self.site_id), "row_gone")


KINDS: tuple[type[Command], ...] = (AddSite, AddStaff, AddPlace, EditUnit, EditPlace, EditAsset)
