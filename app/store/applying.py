"""Applying a command to the cache: with the rights of its author, noting what it touched and what would undo it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.commands.command import Command, Context
from app.commands.registry import body_of
from app.domain.clock import from_micros
from app.store.base_rows import Touched, applying, take_touched
from app.store.tables import Outbox


class Applied(NamedTuple):
    """What came of applying a command."""

    touched: list[Touched]
    inverse: list[dict[str, Any]]


def apply_command(session: Session, command: Command, context: Context) -> Applied:
    """Apply in a savepoint. Raises what the command raises, and then nothing is changed."""
    with applying(session):
        inverse = command.inverse(session, context)
        command.apply(session, context)
    return Applied(take_touched(session), [packed(step) for step in inverse])


def packed(command: Command) -> dict[str, Any]:
    """A command as it is kept: kind, version and body."""
    return {"kind": type(command).__name__, "version": command.version, "body": body_of(command)}


def context_of(row: Outbox, command: Command, desk: str) -> Context:
    """Who, when and from where: from the envelope alone, or the times that the server took."""
    recorded_at = row.made_at + timedelta(milliseconds=row.clock_offset_ms)
    happened_at = command.happened() or recorded_at
    if row.context is not None:
        happened_at, recorded_at = _moments(row.context)
    return Context(
        command_id=row.command_id,
        actor=row.user_id,
        happened_at=happened_at,
        recorded_at=recorded_at,
        is_offline=bool(row.is_offline),
        origin=desk,
    )


def _moments(context: Mapping[str, Any]) -> tuple[datetime, datetime]:
    return from_micros(context["happened_at"]), from_micros(context["recorded_at"])
