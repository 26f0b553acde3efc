"""Holds what an author saw against what is there now: somebody else may have been first."""

from datetime import datetime
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.command import Command, FieldsCommand
from app.db.base import Base
from app.domain.errors import ConflictError
from app.protocol import Envelope

_ENDINGS = ("_user_id", "_id", "_at", "_on", "_dm2")
_SAME_FACT = {"building": "place", "unit": "place", "place_label": "place"}


def check_fields(session: Session, command: Command, envelope: Envelope) -> None:
    """Raise ``ConflictError`` when somebody else has changed a field that the command sets.

    A field may be set that still is as its author saw it (``base``), or already is as its author wants it.
    """
    if not isinstance(command, FieldsCommand):
        return
    row = command.target(session)
    for field, mine in command.wanted().items():
        held = getattr(row, field)
        if held != mine and field in envelope.base and not _is_same(held, envelope.base[field]):
            raise ConflictError("field_changed_meanwhile", field=f"@{field_code(field)}")


def has_moved(session: Session, envelope: Envelope) -> bool:
    """Whether a row that the author relied on is of another version now, or gone."""
    for read in envelope.reads:
        table = Base.metadata.tables.get(read.table)
        if table is not None:
            version = session.connection().scalar(select(table.c.version).where(table.c.id == read.id))
            if version != read.version:
                return True
    return False


def field_code(field: str) -> str:
    """The code under which ``words.py`` has the name of a column."""
    for ending in _ENDINGS:
        if field.endswith(ending):
            field = field.removesuffix(ending)
            break
    return f"field.{_SAME_FACT.get(field, field)}"


def _is_same(held: Any, seen: Any) -> bool:
    """Whether a column's value is what ``seen`` says in JSON; a moment may be written in any zone."""
    if isinstance(held, datetime) and isinstance(seen, str):
        try:
            return held == datetime.fromisoformat(seen)
        except ValueError:
            return False
    return bool(to_jsonable_python(held) == seen)
