"""The outbox: every command given here, in the order it was given, until it is done or discarded."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import RefusedError
from app.store.applying import Applied
from app.store.rows import chunks
from app.store.tables import MadeRow, Outbox

LIMIT = 50_000
"""Commands that may wait to be sent."""
WAITING = ("pending", "sent", "unsupported")
"""The server has not yet said what becomes of these."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def require_room(session: Session) -> None:
    """Raise ``RefusedError`` when too many commands wait already."""
    waiting = session.scalar(select(func.count()).select_from(Outbox).where(Outbox.status.in_(WAITING))) or 0
    if waiting >= LIMIT:
        raise RefusedError("outbox_full", limit=LIMIT)


def depended_on(session: Session, body: Mapping[str, Any]) -> list[str]:
    """The waiting commands that made a row this body names, or stepped it as a whole, in the order they were given."""
    found: dict[int, str] = {}
    for chunk in chunks(sorted(set(_ids(body)))):
        query = (
            select(Outbox.position, Outbox.command_id)
            .join(MadeRow, MadeRow.command_id == Outbox.command_id)
            .where(MadeRow.row_id.in_(chunk), Outbox.status.in_(WAITING))
        )
        found.update(session.execute(query).tuples().all())
    return [found[position] for position in sorted(found)]


def _ids(value: Any) -> Iterable[str]:
    """Every row id that stands anywhere in a body."""
    if isinstance(value, str):
        if _ID.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _ids(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _ids(part)


def note_made(session: Session, command_id: str, applied: Applied, *, is_atomic: bool) -> None:
    """Remember which rows later commands will depend on this one for."""
    made = {row.row_id for row in applied.touched if row.is_new or is_atomic}
    session.add_all(MadeRow(row_id=row_id, command_id=command_id) for row_id in sorted(made))
