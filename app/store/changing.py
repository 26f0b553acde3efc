"""Giving a command: judged by its author's rights, applied, and put in the outbox, all in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.command import Command, FieldsCommand
from app.commands.registry import body_of
from app.db.base import Base
from app.domain.changes import Changes
from app.domain.clock import Clock, SystemClock
from app.domain.errors import OpsError
from app.domain.ids import new_id
from app.domain.permissions import Rights
from app.store import meta
from app.store.applying import apply_command, context_of
from app.store.outbox import depended_on, discard, note_made, require_room
from app.store.tables import Outbox

_TICK = timedelta(microseconds=1)
_SLOWEST_TICK = timedelta(seconds=1)


class Author(NamedTuple):
    """Who gives a command, with what rights, and whether the server is out of reach for them."""

    user_id: str
    rights: Rights
    is_offline: bool


class Given(NamedTuple):
    """What goes into the envelope beside the command."""

    base: Mapping[str, Any] | None = None
    undoes: str | None = None
    replaces: str | None = None


def give(session: Session, changes: Changes, command: Command, author: Author, clock: Clock, given: Given) -> Outbox:
    """Do it here and keep it for the server; returns how it is kept.

    Raises a child of ``OpsError`` when the author may not, or a rule forbids it; the caller rolls back.
    """
    require_room(session)
    if given.replaces is not None:
        discard(session, changes, given.replaces, clock.now())
    command.authorize(session, author.rights)
    row = _envelope(session, command, author, clock, given)
    applied = apply_command(session, command, context_of(row, command, meta.desk(session)))
    row.inverse = applied.inverse
    session.add(row)
    note_made(session, row.command_id, applied, is_atomic=command.merge == "atomic")
    for touched in applied.touched:
        changes.add(touched.table, [touched.row_id])
    changes.add(Outbox.__tablename__, [row.command_id])
    return row


def give_many(
    session: Session, changes: Changes, groups: Sequence[Iterable[tuple[Command, Given]]], author: Author, clock: Clock
) -> tuple[list[str], list[tuple[int, OpsError]]]:
    """Give several, a savepoint for each group: what is refused undoes its group alone.

    Returns the ids of those taken, and the place of each group that was refused, with the reason.
    """
    done: list[str] = []
    refused: list[tuple[int, OpsError]] = []
    for place, group in enumerate(groups):
        noted = Changes()
        try:
            with session.begin_nested():
                rows = [give(session, noted, command, author, clock, given) for command, given in group]
        except OpsError as error:
            refused.append((place, error))
        else:
            done += [row.command_id for row in rows]
            changes.merge(noted)
    return done, refused


def _envelope(session: Session, command: Command, author: Author, clock: Clock, given: Given) -> Outbox:
    body = body_of(command)
    offset_ms = clock.offset // timedelta(milliseconds=1) if isinstance(clock, SystemClock) else 0
    return Outbox(
        command_id=new_id(),
        kind=type(command).__name__,
        version=command.version,
        body=body,
        base=_base(session, command, given.base),
        reads=_reads(session, command),
        stream_ids=sorted(set(command.streams(session))),
        user_id=author.user_id,
        made_at=_after_the_last(session, clock.now() - timedelta(milliseconds=offset_ms)),
        clock_offset_ms=offset_ms,
        is_offline=int(author.is_offline),
        depends_on=depended_on(session, body),
        undoes=given.undoes,
        replaces=given.replaces,
        status="pending",
    )


def _after_the_last(session: Session, now: datetime) -> datetime:
    """Now, or a microsecond after the last command: a clock ticks more slowly than a program gives commands."""
    last = session.scalar(select(Outbox.made_at).order_by(Outbox.position.desc()).limit(1))
    return last + _TICK if last is not None and now <= last < now + _SLOWEST_TICK else now


def _base(session: Session, command: Command, seen: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the author saw of the fields to be set; what the row holds now, where the page does not say."""
    if not isinstance(command, FieldsCommand):
        return {}
    target = command.target(session)
    held = {name: getattr(target, name) for name in command.wanted()}
    plain: dict[str, Any] = to_jsonable_python({**held, **(seen or {})})
    return plain


def _reads(session: Session, command: Command) -> list[dict[str, Any]]:
    """The rows the author relied on, at the versions the cache holds."""
    reads = []
    for table, row_id in command.reads():
        query = f"SELECT version FROM {Base.metadata.tables[table].name} WHERE id = ?"  # noqa: S608  # a table of ours
        version = session.connection().exec_driver_sql(query, (row_id,)).scalar()
        if version is not None:
            reads.append({"table": table, "id": row_id, "version": version})
    return reads
