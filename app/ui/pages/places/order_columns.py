"""The columns of the orders of a place."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from app.domain.clock_words import say_length_shortly
from app.domain.numbers import short_number
from app.domain.sla import Standing, Verdict
from app.store.queries.order_briefs import OrderBrief
from app.ui.glyphs.sla import Pill, PillKind
from app.ui.glyphs.standing import how_it_stands, row_pill
from app.ui.models.columns import CellKind, Column
from app.ui.translation import say_here, short_name, spoken_language


def order_columns(now: Callable[[], datetime], zone: tzinfo) -> tuple[Column[OrderBrief], ...]:
    """State, number, priority, what, where, who, when, how it stands or ended; ``now`` is asked at each paint."""

    def number(row: OrderBrief) -> str:
        return short_number(row.number, now().astimezone(zone).year)

    def reported(row: OrderBrief) -> str:
        return _when(row.reported_at.astimezone(zone), now().astimezone(zone))

    def outcome(row: OrderBrief) -> Pill | None:
        return _outcome(row, now())

    def outcome_words(row: OrderBrief) -> str:
        pill = outcome(row)
        return pill.text if pill is not None else _ended(row)

    return (
        Column("state", _title_state, _state, CellKind.STATE, width=28, shows_title=False, is_sortable=False),
        Column("number", _title_number, number, width=112, token="text_secondary", is_sortable=False),
        Column(
            "priority", _title_priority, _priority, CellKind.PRIORITY, width=40, shows_title=False, is_sortable=False
        ),
        Column("text", _title_text, _text, is_bold=_is_urgent, is_sortable=False),
        Column("place", _title_place, _place, width=112, token="text_secondary", is_hidden=True, is_sortable=False),
        Column("assignee", _title_assignee, _assignee, width=84, is_sortable=False),
        Column("reported", _title_reported, reported, width=100, token="text_secondary", is_sortable=False),
        Column(
            "outcome",
            _title_outcome,
            outcome,
            CellKind.PILL,
            width=136,
            words=outcome_words,
            token="text_secondary",
            is_sortable=False,
        ),
    )


def _title_state() -> str:
    return QCoreApplication.translate("PlaceOrderColumns", "State")


def _title_number() -> str:
    return QCoreApplication.translate("PlaceOrderColumns", "No.")


def _title_priority() -> str:
    return QCoreApplication.translate("PlaceOrderColumns", "Priority")


def _title_text() -> str:
    return QCoreApplication.translate("PlaceOrderColumns", "What")


def _title_place() -> str:
    return QCoreApplication.translate("PlaceOrderColumns", "Where")


def _title_assignee() -> str:
    return QCoreApplication.translate("PlaceOrderColumns", "Assigned")


def _title_reported() -> str:
    return QCoreApplication.translate("PlaceOrderColumns", "Reported")


def _title_outcome() -> str:
    return QCoreApplication.translate("PlaceOrderColumns", "Outcome")


def _state(row: OrderBrief) -> tuple[str, str]:
    return row.state, say_here(f"state.{row.state}")


def _priority(row: OrderBrief) -> str:
    return row.priority


def _text(row: OrderBrief) -> str:
    return row.text.splitlines()[0] if row.text else ""


def _is_urgent(row: OrderBrief) -> bool:
    return row.priority in ("P1", "P2") and row.closed_at is None


def _place(row: OrderBrief) -> str:
    return row.place


def _assignee(row: OrderBrief) -> str:
    return short_name({"zh": row.assignee_zh, "en": row.assignee_en})


def _when(local: datetime, today: datetime) -> str:
    if local.date() == today.date():
        return QCoreApplication.translate("PlaceOrderColumns", "today {time}").format(time=f"{local:%H:%M}")
    return f"{local.month}-{local.day:02}" if local.year == today.year else f"{local:%Y-%m-%d}"


def _outcome(row: OrderBrief, now: datetime) -> Pill | None:
    standing = how_it_stands(row, now)
    if standing.standing is Standing.MET:
        return Pill(PillKind.MET, say_length_shortly(row.resolution_elapsed, spoken_language()))
    return row_pill(row, now)


def _ended(row: OrderBrief) -> str:
    """How an order ended that has no clock to show: why it was cancelled, or in what time it missed its own."""
    if row.cancel_reason:
        return say_here(f"cancel.{row.cancel_reason}")
    if row.verdict == Verdict.BREACHED:
        return say_here("clock_missed_in", length=say_length_shortly(row.resolution_elapsed, spoken_language()))
    return say_here(f"state.{row.state}")
