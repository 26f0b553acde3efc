"""Tables of a site's work stream around the work order."""

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Id, LongText, Moment, Number, Synced


class WorkOrder(Synced, Base):
    """Something to be put right, from report to closed."""

    __tablename__ = "work_order"
    number: Mapped[str]
    source_number: Mapped[str | None] = mapped_column(index=True)
    """The number an imported order had where it came from."""
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"))
    building_id: Mapped[Id | None] = mapped_column(ForeignKey("building.id"), index=True)
    unit_id: Mapped[Id | None] = mapped_column(ForeignKey("unit.id"), index=True)
    place_id: Mapped[Id | None] = mapped_column(ForeignKey("place.id"), index=True)
    asset_id: Mapped[Id | None] = mapped_column(ForeignKey("asset.id"), index=True)
    place_label: Mapped[str] = mapped_column(default="")
    """Where, as it was called when the order was opened."""
    description: Mapped[LongText]
    category_id: Mapped[Id | None] = mapped_column(ForeignKey("category.id"), index=True)
    priority: Mapped[str]
    source: Mapped[str]
    state: Mapped[str]
    held_from: Mapped[str | None]
    hold_reason: Mapped[str | None]
    cancel_reason: Mapped[str | None]
    duplicate_of_id: Mapped[Id | None] = mapped_column(ForeignKey("work_order.id"), index=True)
    steward_user_id: Mapped[Id | None] = mapped_column(ForeignKey("app_user.id"))
    """Who stands for the case from report to close, whoever works on it."""
    lead_staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id"))
    lead_supplier_id: Mapped[Id | None] = mapped_column(ForeignKey("supplier.id"))
    """The first of the crew, for lists and sorting; the crew itself is in ``assignment``."""
    reported_at: Mapped[Moment]
    reported_by_user_id: Mapped[Id | None]
    appointment_at: Mapped[Moment | None]
    done_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    reopened_at: Mapped[Moment | None]
    round: Mapped[Number] = mapped_column(default=0)
    """How often it was reopened."""
    chase_count: Mapped[Number] = mapped_column(default=0)
    chased_at: Mapped[Moment | None]
    result: Mapped[LongText | None]
    cause_id: Mapped[Id | None] = mapped_column(ForeignKey("cause.id"))
    minutes: Mapped[Number | None]
    """Minutes worked, as the technician said."""
    has_clocks: Mapped[Number] = mapped_column(default=1)
    """0 for an imported order until its first step here."""
    response_due_at: Mapped[Moment | None]
    response_warn_at: Mapped[Moment | None]
    response_target: Mapped[Number | None]
    response_elapsed: Mapped[Number] = mapped_column(default=0)
    response_verdict: Mapped[str | None]
    resolution_due_at: Mapped[Moment | None]
    resolution_warn_at: Mapped[Moment | None]
    resolution_target: Mapped[Number | None]
    resolution_elapsed: Mapped[Number] = mapped_column(default=0)
    resolution_verdict: Mapped[str | None]
    paused_since: Mapped[Moment | None]
    due_at: Mapped[Moment | None]
    """The nearer of the two that still run: what the queue sorts by."""
    warn_at: Mapped[Moment | None]

    # A queue of 100,000 orders is sorted by walking an index that holds all a filter usually asks, not the wide rows.
    __table_args__ = (
        Index("ix_work_order_stream_reported", "stream_id", "reported_at", "id"),
        Index("ix_work_order_by_due", "due_at", "id", "stream_id", "state"),
        Index("ix_work_order_by_number", "number", "id", "stream_id", "state"),
        Index("ix_work_order_by_priority", "priority", "due_at", "id", "stream_id", "state"),
        Index("ix_work_order_by_state", "state", "id", "stream_id"),
        Index("ix_work_order_by_place", "place_label", "id", "stream_id", "state"),
        Index("ix_work_order_by_lead", "lead_staff_id", "id", "stream_id", "state"),
        Index("ix_work_order_by_report", "reported_at", "id", "stream_id", "state", "due_at"),
        Index(
            "ix_work_order_by_text", func.substr(text("description"), text("1"), text("24")), "id", "stream_id", "state"
        ),
    )


class Assignment(Synced, Base):
    """One member of an order's crew: a technician, or an outside firm."""

    __tablename__ = "assignment"
    work_order_id: Mapped[Id] = mapped_column(ForeignKey("work_order.id"), index=True)
    staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id"), index=True)
    supplier_id: Mapped[Id | None] = mapped_column(ForeignKey("supplier.id"))
    state: Mapped[str]
    assigned_at: Mapped[Moment]
    chased_at: Mapped[Moment | None]
    sort: Mapped[Number] = mapped_column(default=0)


class Timeline(Synced, Base):
    """One line of an order's history: what, by whom, when it happened and when it was entered."""

    __tablename__ = "timeline"
    work_order_id: Mapped[Id] = mapped_column(ForeignKey("work_order.id"), index=True)
    kind: Mapped[str]
    """``step``, ``assigned``, ``crew``, ``chased``, ``comment``, ``edited``, ``answer``, ``merged``, ``moved``, …"""
    state: Mapped[str | None]
    """The state reached, when the line is a step."""
    code: Mapped[str]
    """The sentence of the line, in ``words.py``."""
    params: Mapped[LongText] = mapped_column(default="{}")
    """Its blanks, as JSON."""
    happened_at: Mapped[Moment]
    recorded_at: Mapped[Moment]
    position: Mapped[Number] = mapped_column(default=0)
    """Orders the lines that one command entered at the same moment."""
    user_id: Mapped[Id | None]
    """Who entered it; ``NULL`` for automation."""
    staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id"))
    """Whose step it was, when somebody else's."""
    supplier_id: Mapped[Id | None] = mapped_column(ForeignKey("supplier.id"))
    is_by_phone: Mapped[Number] = mapped_column(default=0)
    is_offline: Mapped[Number] = mapped_column(default=0)
    is_withdrawn: Mapped[Number] = mapped_column(default=0)
    origin: Mapped[str] = mapped_column(default="")
    """The desk it was entered at."""
    undo: Mapped[LongText | None]
    """What a withdrawal of the step puts back, as JSON; only steps have it."""


class Notice(Synced, Base):
    """Something a person must be told in the program: a chase, an order sent back."""

    __tablename__ = "notice"
    work_order_id: Mapped[Id] = mapped_column(ForeignKey("work_order.id"), index=True)
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"))
    role: Mapped[str | None]
    """Everyone of this role at the site, or …"""
    user_id: Mapped[Id | None]
    """… this person."""
    code: Mapped[str]
    params: Mapped[LongText] = mapped_column(default="{}")
    made_at: Mapped[Moment]
    read_at: Mapped[Moment | None]
    read_by_user_id: Mapped[Id | None]


class NumberAlias(Synced, Base):
    """A number that an order bore before it had to yield it to a double."""

    __tablename__ = "number_alias"
    number: Mapped[str] = mapped_column(index=True)
    work_order_id: Mapped[Id] = mapped_column(ForeignKey("work_order.id"), index=True)


class DataError(Synced, Base):
    """A fact of a report that was wrong, or asked for although on record: the data-error figure counts these."""

    __tablename__ = "data_error"
    work_order_id: Mapped[Id] = mapped_column(ForeignKey("work_order.id"), index=True)
    field: Mapped[str]
    kind: Mapped[str]
    """``corrected`` after saving, or ``asked_again`` on the telephone."""
    noted_at: Mapped[Moment]
    user_id: Mapped[Id | None]
