"""Tells what a session writes, for servers that stand in for the real one."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from app.db.base import Synced
from app.domain.changes import Changes


def gather_changes(session: Session) -> Changes:
    """Changes that fill as ``session`` flushes; only what really differs is counted."""
    changes = Changes()

    @event.listens_for(session, "before_flush")
    def _gather(session: Session, _context: UOWTransaction, _instances: Any) -> None:
        for row in (*session.new, *session.deleted):
            _note(changes, row)
        for row in session.dirty:
            if session.is_modified(row):
                _note(changes, row)

    return changes


def _note(changes: Changes, row: object) -> None:
    if isinstance(row, Synced):
        changes.add(row.__tablename__, [row.id])  # type: ignore[attr-defined]
