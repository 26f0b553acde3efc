"""Drafts: half-typed orders, kept as they are typed, listed for everyone at this PC, handed from one to another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.changes import Changes
from app.domain.clock import Clock
from app.domain.errors import NotFoundError
from app.store.tables import Draft
from app.store.writing import Writer


@dataclass(frozen=True, slots=True)
class DraftText:
    """What is kept of something half-typed: what is listed, and ``body``, which only its dock reads."""

    id: str
    user_id: str
    """Who types."""
    author_name: str
    body: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "intake"
    caller: str = ""
    phone: str = ""
    place: str = ""
    first_words: str = ""


class DraftItem(NamedTuple):
    """A draft as it is listed."""

    id: str
    kind: str
    user_id: str
    """Whose it is now."""
    author_id: str
    author_name: str
    """Who began it."""
    caller: str
    phone: str
    place: str
    first_words: str
    body: Mapping[str, Any]
    made_at: datetime
    updated_at: datetime
    parked_at: datetime | None
    """``None``: it was being typed when last heard of."""
    handed_to_id: str | None
    handed_by_id: str | None
    handed_at: datetime | None


def list_drafts(session: Session, kind: str = "intake") -> list[DraftItem]:
    """All drafts at this PC, whoever entered them, the oldest first."""
    query = select(Draft).where(Draft.kind == kind).order_by(Draft.made_at, Draft.id)
    return [DraftItem(*(getattr(row, name) for name in DraftItem._fields)) for row in session.scalars(query)]


def remove_draft(session: Session, changes: Changes, draft_id: str) -> None:
    """Let a draft go, in the transaction of what became of it. One that is gone already is no error."""
    if row := session.get(Draft, draft_id):
        session.delete(row)
        changes.add(Draft.__tablename__, [draft_id])


class Drafts:
    """Keeps drafts; on disk when a method returns."""

    def __init__(self, writer: Writer, clock: Clock) -> None:
        self._writer = writer
        self._clock = clock

    def save(self, text: DraftText) -> None:
        """Keep what has been typed so far; a parked draft is being typed again."""

        def task(session: Session, changes: Changes) -> None:
            now = self._clock.now()
            row = session.get(Draft, text.id)
            if row is None:
                row = Draft(id=text.id, author_id=text.user_id, author_name=text.author_name, made_at=now)
                session.add(row)
            row.user_id, row.kind, row.body = text.user_id, text.kind, dict(text.body)
            row.caller, row.phone, row.place, row.first_words = text.caller, text.phone, text.place, text.first_words
            row.updated_at, row.parked_at = now, None
            changes.add(Draft.__tablename__, [text.id])

        self._writer.run(task)

    def park(self, draft_id: str) -> None:
        """Put a draft by, to be taken up later by its owner."""

        def change(row: Draft) -> None:
            row.parked_at = self._clock.now()

        self._change(draft_id, change)

    def hand_over(self, draft_id: str, to_user_id: str, by_user_id: str) -> None:
        """Give a draft to a colleague at this PC, or take one."""

        def change(row: Draft) -> None:
            now = self._clock.now()
            row.user_id, row.parked_at = to_user_id, row.parked_at or now
            row.handed_to_id, row.handed_by_id, row.handed_at = to_user_id, by_user_id, now

        self._change(draft_id, change)

    def remove(self, draft_id: str) -> None:
        """Let a draft go that somebody threw away, or that nothing came of. One that is gone already is no error."""
        self._writer.run(lambda session, changes: remove_draft(session, changes, draft_id))

    def _change(self, draft_id: str, change: Callable[[Draft], None]) -> None:
        def task(session: Session, changes: Changes) -> None:
            row = session.get(Draft, draft_id)
            if row is None:
                raise NotFoundError("draft_gone")
            change(row)
            changes.add(Draft.__tablename__, [draft_id])

        self._writer.run(task)
