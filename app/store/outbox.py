"""The outbox: every command given here, in the order it was given, until it is done or discarded."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.domain.changes import Changes
from app.domain.errors import NotFoundError, RefusedError
from app.protocol import Refusal
from app.store.applying import Applied
from app.store.rows import chunks
from app.store.tables import MadeRow, Outbox

LIMIT = 50_000
"""Commands that may wait to be sent."""
WAITING = ("pending", "sent", "unsupported")
"""The server has not yet said what becomes of these."""
TAKEN = ("accepted", "merged")
"""These took effect, and stay applied here until their effect comes back as rows."""
REFUSED = ("rejected", "blocked")
"""These had no effect; they are kept until a person edits, retries or discards them."""
KEPT = timedelta(days=7)
"""How long a command is remembered after it is done or discarded."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Item(NamedTuple):
    """A command that is not done, as its author sees it."""

    command_id: str
    kind: str
    version: int
    body: dict[str, Any]
    user_id: str
    made_at: datetime
    status: str
    """``pending``, ``sent``, ``accepted``, ``merged``, ``unsupported``, ``rejected`` or ``blocked``."""
    is_unsure: bool
    """It cannot be applied to the rows as they are; the server will probably refuse it."""
    error: Refusal | None
    by: str | None
    """The refused command that blocked this one."""


def outbox_items(session: Session, statuses: Collection[str] = (*WAITING, *TAKEN, *REFUSED)) -> list[Item]:
    """The commands of these statuses, in the order they were given, whoever gave them."""
    query = select(Outbox).where(Outbox.status.in_(statuses)).order_by(Outbox.position)
    return [
        Item(
            command_id=row.command_id,
            kind=row.kind,
            version=row.version,
            body=row.body,
            user_id=row.user_id,
            made_at=row.made_at,
            status=row.status,
            is_unsure=bool(row.is_unsure),
            error=None if row.error is None else Refusal.model_validate(row.error),
            by=row.by,
        )
        for row in session.scalars(query)
    ]


def waiting_count(session: Session) -> int:
    """How many commands the server has not answered."""
    return session.scalar(select(func.count()).select_from(Outbox).where(Outbox.status.in_(WAITING))) or 0


def refused_row(session: Session, command_id: str) -> Outbox:
    """A refused command. Raises ``NotFoundError`` when it was dealt with already, or was never refused."""
    row = session.scalar(select(Outbox).where(Outbox.command_id == command_id, Outbox.status.in_(REFUSED)))
    if row is None:
        raise NotFoundError("outbox_item_gone")
    return row


def discard(session: Session, changes: Changes, command_id: str, now: datetime) -> None:
    """Let a refused command go for good."""
    row = refused_row(session, command_id)
    row.status = "discarded"
    row.settled_at = now
    changes.add(Outbox.__tablename__, [command_id])


def prune(session: Session, now: datetime) -> None:
    """Forget commands that were done or discarded some time ago."""
    old = delete(Outbox).where(Outbox.status.in_(("done", "discarded")), Outbox.settled_at < now - KEPT)
    session.execute(old)


def require_room(session: Session) -> None:
    """Raise ``RefusedError`` when too many commands wait already."""
    if waiting_count(session) >= LIMIT:
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
        found.update(session.execute(query).all())
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
