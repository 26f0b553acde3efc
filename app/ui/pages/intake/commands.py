"""The commands that a call becomes."""

from datetime import datetime
from typing import Any

from app.commands.work_orders import EditReporter, EditWorkOrder, Reporter, ReportWorkOrder, WorkOrderFields
from app.domain.work_orders import Source
from app.ui.pages.intake.advice import Advice
from app.ui.pages.intake.entry import Entry

SHORT_TEXT = 500
"""Characters that a name or the words for a place may have."""


def reporter_of(entry: Entry) -> Reporter:
    """Who called, and from which number."""
    return Reporter(
        resident_id=entry.resident_id or None,
        name=entry.name,
        phone=entry.called_from or entry.phone,
    )


def report_of(
    entry: Entry, advice: Advice, *, order_id: str, number: str, site_id: str, appointment_at: datetime | None
) -> ReportWorkOrder:
    """Opening the order."""
    place = entry.place
    return ReportWorkOrder(
        id=order_id,
        number=number,
        site_id=site_id,
        building_id=place.building_id if place else None,
        unit_id=place.unit_id if place else None,
        place_id=place.place_id if place else None,
        asset_id=place.asset_id if place else None,
        place_note=entry.place_note,
        description=entry.description,
        category_id=advice.category.id if advice.category else None,
        priority=advice.priority,  # type: ignore[arg-type]  # one of the four
        source=Source.PHONE,
        reporter=reporter_of(entry),
        appointment_at=appointment_at,
        asked_again=entry.said_again,  # type: ignore[arg-type]  # facts by their names
    )


def fields_of(entry: Entry, advice: Advice, appointment_at: datetime | None) -> dict[str, Any]:
    """The fields of the order that the call says, as they are corrected."""
    place = entry.place
    return {
        "description": entry.description.strip(),
        "category_id": advice.category.id if advice.category else None,
        "priority": advice.priority,
        "building_id": place.building_id if place else None,
        "unit_id": place.unit_id if place else None,
        "place_id": place.place_id if place else None,
        "asset_id": place.asset_id if place else None,
        "place_label": entry.place_text.strip(),
        "appointment_at": appointment_at,
    }


def correction_of(order_id: str, before: dict[str, Any], after: dict[str, Any]) -> EditWorkOrder | None:
    """Mending an order that was just saved; ``None`` when nothing of it changed."""
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    if not changed:
        return None
    return EditWorkOrder(id=order_id, set=WorkOrderFields(**changed), is_correction=True)


def reporter_correction_of(order_id: str, before: Entry, after: Entry) -> EditReporter | None:
    """Mending who reported it; ``None`` when that is as it was."""
    if reporter_of(before) == reporter_of(after):
        return None
    return EditReporter(work_order_id=order_id, reporter=reporter_of(after), seen=reporter_of(before))
