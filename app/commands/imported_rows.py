"""Rows as a file of another system gives them, of four kinds."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.commands.command import Day, LongText, Moment, ShortText
from app.commands.places import AREA_LIMIT_DM2
from app.commands.residents import RelationName
from app.commands.work_orders import PriorityName
from app.domain.work_orders import CancelReason

TimeName = Literal["reported_at", "closed_at", "answered_at"]


class ImportedRow(BaseModel):
    """A row and the key that the source knows it by."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: ShortText


class WhereRow(BaseModel):
    """A place as a file names it: a unit in a building, or words alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    building: ShortText = ""
    entrance: ShortText = ""
    floor: int | None = Field(default=None, ge=-9_999, le=9_999)
    unit: ShortText = ""
    place: ShortText = ""
    label: ShortText = ""


class OrderRow(ImportedRow):
    """An order with its history."""

    number: ShortText = ""
    category: tuple[ShortText, ...] = ()
    """Names from the top of the tree down."""
    description: LongText
    reported_at: Moment
    closed_at: Moment | None = None
    state: Literal["reported", "closed", "cancelled"] = "closed"
    cancel_reason: CancelReason | None = None
    priority: PriorityName | None = None
    where: WhereRow = WhereRow()
    reporter_name: ShortText = ""
    reporter_phone: ShortText = ""
    answer: LongText = ""
    answered_at: Moment | None = None
    days: tuple[TimeName, ...] = ()
    """Which of these times are days: the source knows no time of day, and they hold the day's first minute."""


class ResidentRow(ImportedRow):
    """A resident of a unit."""

    name: ShortText
    phones: tuple[ShortText, ...] = ()
    where: WhereRow = WhereRow()
    relation: RelationName = "owner"
    since: Day | None = None
    note: LongText = ""


class PlaceRow(ImportedRow):
    """A unit, or a common place."""

    where: WhereRow
    area_dm2: int | None = Field(default=None, ge=0, le=AREA_LIMIT_DM2)
    layout: ShortText = ""


class CategoryRow(ImportedRow):
    """A category by its path."""

    path: tuple[ShortText, ...] = Field(min_length=1)
    path_en: tuple[ShortText, ...] = ()
    priority: PriorityName | None = None
    keywords: LongText = ""
