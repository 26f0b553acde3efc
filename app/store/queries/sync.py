"""What the sync page shows: the commands that are not done, and what each is about."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.db.companies import AppUser
from app.db.places import Unit
from app.db.residents import Resident
from app.db.work_orders import WorkOrder
from app.protocol import Refusal
from app.store.outbox import Item, outbox_items

_WRITTEN = ("text", "description", "note", "result", "name", "phone", "label")
"""The fields of commands in which somebody writes."""


class OutboxRow(NamedTuple):
    """A command that is not done."""

    id: str
    kind: str
    status: str
    subject: str
    """An order's number and first words, a unit's label, a resident's name."""
    typed: str
    """What its author wrote: it must not be lost with what was refused."""
    work_order_id: str | None
    who: str
    made_at: datetime
    error: Refusal | None


def outbox_rows(session: Session) -> list[OutboxRow]:
    """Everything under way, what was sent back first, then as it was given."""
    rows = [_row(session, item) for item in outbox_items(session)]
    return sorted(rows, key=lambda row: row.status not in ("rejected", "blocked"))


def _row(session: Session, item: Item) -> OutboxRow:
    order_id = item.body.get("work_order_id") or (item.body.get("id") if item.kind.endswith("WorkOrder") else None)
    user = session.get(AppUser, item.user_id)
    return OutboxRow(
        id=item.command_id,
        kind=item.kind,
        status=item.status,
        subject=_subject(session, item, order_id),
        typed="\n".join(_typed(item.body)),
        work_order_id=order_id,
        who=user.name if user else "",
        made_at=item.made_at,
        error=item.error,
    )


def _typed(body: Mapping[str, Any]) -> Iterator[str]:
    for name in _WRITTEN:
        if isinstance(text := body.get(name), str) and text:
            yield text
    if isinstance(changed := body.get("set"), dict):
        yield from (text for text in changed.values() if isinstance(text, str) and text)


def _subject(session: Session, item: Item, order_id: str | None) -> str:
    body = item.body
    if order_id is not None:
        order = session.get(WorkOrder, order_id)
        number, text = (order.number, order.description) if order else (body.get("number"), body.get("description"))
        return f"{number or ''} {(text or '').splitlines()[0][:60] if text else ''}".strip()
    unit = session.get(Unit, body.get("unit_id") or body.get("id") or "")
    resident = session.get(Resident, body.get("resident_id") or body.get("id") or "")
    named = [part for part in (unit and unit.label, resident and resident.name) if part]
    return " ".join(named) or str(body.get("name") or "")
