"""Opening an order, correcting it, moving it to another site."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.clocks import refresh_clocks
from app.commands.command import (
    Command,
    Context,
    FieldsCommand,
    LongText,
    Moment,
    OrderNumber,
    RowId,
    ShortText,
    require_free,
    require_row,
)
from app.commands.lines import Line, add_line, is_before, read_params, standing_lines
from app.commands.orders import OrderCommand, find_order, order_streams, site_streams
from app.commands.steps import CancelWorkOrder, check_minutes
from app.commands.whereabouts import PLACE_IDS, check_places, whereabouts
from app.db.base import Synced
from app.db.companies import AppUser, Category, Cause, Site
from app.db.ownership import FOLLOWS_ORDER, stream_of
from app.db.residents import OrderReporter, Resident
from app.db.work_orders import DataError, WorkOrder
from app.domain.errors import ConflictError, RefusedError
from app.domain.ids import derived_id
from app.domain.permissions import Right, Rights
from app.domain.phones import phone_digits
from app.domain.work_orders import CLOSED_STATES, CancelReason, Source, State, check_text

PriorityName = Literal["P1", "P2", "P3", "P4"]
FactName = Literal["description", "place", "category", "priority", "reporter", "phone", "name", "asset", "appointment"]


class Reporter(BaseModel):
    """Who reported: a resident on record, or a name and a number as given."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    resident_id: RowId | None = None
    name: ShortText = ""
    phone: ShortText = ""


class ReportWorkOrder(Command):
    """Open an order. The number was reserved by the desk, the id made there: both are final."""

    id: RowId
    number: OrderNumber
    site_id: RowId
    building_id: RowId | None = None
    unit_id: RowId | None = None
    place_id: RowId | None = None
    asset_id: RowId | None = None
    place_note: ShortText = ""
    """Words for where, when no row fits: ``厨房``, or a place nobody has entered yet."""
    description: LongText
    category_id: RowId | None = None
    priority: PriorityName
    source: Source = Source.PHONE
    reporter: Reporter = Reporter()
    appointment_at: Moment | None = None
    steward_user_id: RowId | None = None
    asked_again: tuple[FactName, ...] = ()
    """What the caller had to say although it was on record."""
    happened_at: Moment | None = None

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return site_streams(self.site_id, people=True)

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require(Right.REPORT, self.site_id)

    @override
    def happened(self) -> Moment | None:
        return self.happened_at

    @override
    def apply(self, session: Session, context: Context) -> None:
        require_row(session, Site, self.site_id, "site_not_visible")
        require_free(session, WorkOrder, self.id)
        description = check_text("description", self.description, required=True)
        order = WorkOrder(
            id=self.id,
            stream_id=stream_of("work_order", self.site_id),
            number=self.number,
            site_id=self.site_id,
            **whereabouts(session, self.site_id, self.model_dump(include=set(PLACE_IDS)), self.place_note),
            description=description,
            category_id=_named(session, Category, self.category_id, "category_gone"),
            priority=self.priority,
            source=self.source,
            state=State.REPORTED,
            steward_user_id=_named(session, AppUser, self.steward_user_id, "staff_gone") or context.actor,
            reported_at=context.happened_at,
            reported_by_user_id=context.actor,
            appointment_at=self.appointment_at,
            round=0,
            chase_count=0,
            has_clocks=1,
            response_elapsed=0,
            resolution_elapsed=0,
        )
        session.add(order)
        session.flush()
        add_reporter(session, order, self.reporter, order.id)
        for fact in self.asked_again:
            note_data_error(session, order, context, fact, "asked_again")
        add_line(session, order, context, Line("step", "line_reported", {}, state=State.REPORTED))
        refresh_clocks(session, order)

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        # An order whose number may have been read out already is cancelled, never deleted.
        mistaken = CancelReason.MISTAKEN
        return (CancelWorkOrder(work_order_id=self.id, from_state=State.REPORTED, reason=mistaken),)


class WorkOrderFields(BaseModel):
    """What may be corrected on an order; only the fields that are given are set."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    description: LongText = ""
    priority: PriorityName = "P3"
    category_id: RowId | None = None
    building_id: RowId | None = None
    unit_id: RowId | None = None
    place_id: RowId | None = None
    asset_id: RowId | None = None
    place_label: ShortText = ""
    appointment_at: Moment | None = None
    steward_user_id: RowId | None = None
    result: LongText | None = None
    cause_id: RowId | None = None
    minutes: int | None = None


_PLACE_FIELDS = (*PLACE_IDS, "place_label")
_FACTS = {
    "description": "description",
    "category_id": "category",
    "priority": "priority",
    **dict.fromkeys(_PLACE_FIELDS, "place"),
}
"""Field → the fact of the report it corrects, for the data-error figure."""
_TEXTS = {"description": "description", "place_label": "place", "result": "result"}
_CLOCK_FIELDS = frozenset({"priority", "category_id"})
"""Fields that choose the policy: their line keeps both values, for the clocks to read back."""


class EditWorkOrder(FieldsCommand):
    """Correct fields of an order."""

    id: RowId
    set: WorkOrderFields
    is_correction: bool = False
    """The report was wrong, as told from a change of mind or of circumstances."""

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return order_streams(session, self.id)

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order = find_order(session, self.id)
        rights.require(Right.EDIT_ORDER, order.site_id)
        if "priority" in self.wanted() and order.state != State.REPORTED:
            # While the desk still triages, the priority is part of taking the report down.
            rights.require(Right.SET_PRIORITY, order.site_id)

    @override
    def target(self, session: Session) -> WorkOrder:
        return find_order(session, self.id)

    @override
    def reads(self) -> tuple[tuple[str, str], ...]:
        return (("work_order", self.id),)

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = self.target(session)
        wanted = self.wanted()
        if order.state in CLOSED_STATES and not set(wanted) <= {"result", "cause_id", "minutes"}:
            raise RefusedError("order_is_closed")
        checked = _checked(session, order, wanted)
        changed = {field: value for field, value in checked.items() if getattr(order, field) != value}
        if not changed:
            return
        params = {"fields": " ".join(sorted(changed))}
        for field in sorted(_CLOCK_FIELDS & changed.keys()):
            if _is_told_since(session, order, context, field):
                raise ConflictError("field_changed_meanwhile", field=f"@field.{_FACTS[field]}")
            params |= {field: changed[field] or "", f"old_{field}": getattr(order, field) or ""}
        for field, value in changed.items():
            setattr(order, field, value)
        add_line(session, order, context, Line("edited", "line_edited", params))
        if self.is_correction:
            for fact in sorted({_FACTS[field] for field in changed if field in _FACTS}):
                note_data_error(session, order, context, fact, "corrected")
        refresh_clocks(session, order)

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        # Setting it back is no correction of the report.
        return tuple(edit.model_copy(update={"is_correction": False}) for edit in super().inverse(session, context))


class EditReporter(OrderCommand):
    """Mend who reported an order: a name misheard, a wrong number."""

    reporter: Reporter
    seen: Reporter | None = None
    """Who it was, as the author saw; refused when it is somebody else by now."""
    is_correction: bool = True

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return order_streams(session, self.work_order_id, people=True)

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require(Right.EDIT_ORDER, find_order(session, self.work_order_id).site_id)

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        row = session.get(OrderReporter, order.id)
        if row is None:
            add_reporter(session, order, self.reporter, order.id)
        else:
            if self.seen is not None and not (_is_reporter(row, self.seen) or _is_reporter(row, self.reporter)):
                raise ConflictError("field_changed_meanwhile", field="@field.reporter")
            row.resident_id = _resident(session, self.reporter)
            row.name = check_text("name", self.reporter.name)
            row.phone = phone_digits(self.reporter.phone)
        if self.is_correction:
            note_data_error(session, order, context, "reporter", "corrected")
        add_line(session, order, context, Line("edited", "line_edited", {"fields": "reporter"}))

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        row = session.get(OrderReporter, self.work_order_id)
        if row is None:
            return ()
        before = Reporter(resident_id=row.resident_id, name=row.name, phone=row.phone)
        undone = self.model_copy(update={"reporter": before, "seen": self.reporter, "is_correction": False})
        return (undone,)


class MoveWorkOrder(OrderCommand):
    """Move an order, with all that belongs to it, to another site."""

    to_site_id: RowId
    from_site_id: RowId
    """Where the author saw it."""
    place_label: ShortText = ""

    @override
    def streams(self, session: Session) -> Iterable[str]:
        return (*site_streams(self.from_site_id, people=True), *site_streams(self.to_site_id, people=True))

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        rights.require(Right.MOVE_ORDER, self.from_site_id)
        rights.require(Right.MOVE_ORDER, self.to_site_id)

    @override
    def reads(self) -> tuple[tuple[str, str], ...]:
        return (("work_order", self.work_order_id),)

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        if order.site_id != self.from_site_id or _is_told_since(session, order, context, "site_id"):
            raise ConflictError("work_order_gone")
        require_row(session, Site, self.to_site_id, "site_not_visible")
        order.site_id = self.to_site_id
        order.stream_id = stream_of("work_order", self.to_site_id)
        order.building_id = order.unit_id = order.place_id = order.asset_id = None
        order.place_label = check_text("place", self.place_label)
        session.flush()
        for table in FOLLOWS_ORDER:
            for row in session.scalars(select(table).where(table.work_order_id == order.id)):
                row.stream_id = stream_of(table.__tablename__, self.to_site_id)
                if isinstance(row, OrderReporter):
                    row.resident_id = None
        params = {"site_id": self.to_site_id, "old_site_id": self.from_site_id}
        add_line(session, order, context, Line("moved", "line_moved", params))
        refresh_clocks(session, order)


def _is_told_since(session: Session, order: WorkOrder, context: Context, fact: str) -> bool:
    """Whether ``fact`` was changed after this change, which was made offline on what was there before."""
    lines = standing_lines(session, order.id)
    return any(fact in read_params(line.params) and is_before(context, line) for line in lines)


def add_reporter(session: Session, order: WorkOrder, reporter: Reporter, row_id: str) -> None:
    """Keep who reported, unless nothing at all is known."""
    if not (reporter.resident_id or reporter.name or reporter.phone):
        return
    session.add(
        OrderReporter(
            id=row_id,
            stream_id=stream_of("order_reporter", order.site_id),
            work_order_id=order.id,
            resident_id=_resident(session, reporter),
            name=check_text("name", reporter.name),
            phone=phone_digits(reporter.phone),
        )
    )
    session.flush()


def _is_reporter(row: OrderReporter, reporter: Reporter) -> bool:
    named = (reporter.resident_id, check_text("name", reporter.name), phone_digits(reporter.phone))
    return (row.resident_id, row.name, row.phone) == named


def _resident(session: Session, reporter: Reporter) -> str | None:
    return _named(session, Resident, reporter.resident_id, "resident_gone")


def note_data_error(session: Session, order: WorkOrder, context: Context, fact: str, kind: str) -> None:
    """Count a fact that was wrong, or asked for although on record; once an order, fact and kind."""
    row_id = derived_id(order.id, "data_error", fact, kind)
    if session.get(DataError, row_id) is None:
        session.add(
            DataError(
                id=row_id,
                stream_id=order.stream_id,
                work_order_id=order.id,
                field=fact,
                kind=kind,
                noted_at=context.recorded_at,
                user_id=context.actor,
            )
        )


def _checked(session: Session, order: WorkOrder, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they may be set."""
    found = dict(wanted)
    for field in _TEXTS.keys() & found.keys():
        if found[field] is not None:
            found[field] = check_text(_TEXTS[field], found[field], required=field == "description")
    check_minutes(found.get("minutes"))
    for field, (table, code) in _NAMED.items():
        _named(session, table, found.get(field), code)
    check_places(session, order.site_id, found)
    return found


def _named(session: Session, table: type[Synced], row_id: str | None, code: str) -> str | None:
    """The id, if there is such a row, or none was named."""
    if row_id is not None:
        require_row(session, table, row_id, code)
    return row_id


_NAMED: dict[str, tuple[type[Synced], str]] = {
    "category_id": (Category, "category_gone"),
    "steward_user_id": (AppUser, "staff_gone"),
    "cause_id": (Cause, "row_gone"),
}


KINDS: tuple[type[Command], ...] = (ReportWorkOrder, EditWorkOrder, EditReporter, MoveWorkOrder)
