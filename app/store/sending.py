"""What sync takes from the outbox: the next commands, numbered in their order, and the numbers put right again."""

import json
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.changes import Changes
from app.protocol import BATCH_BYTES, BATCH_LIMIT, Envelope, Read
from app.store import meta
from app.store.tables import Outbox

_NEXT = "next_sequence"


def take_batch(session: Session, limit: int = BATCH_LIMIT, byte_limit: int = BATCH_BYTES) -> list[Envelope]:
    """The envelopes to send next: first those sent whose answer never came, then new ones, numbered here.

    At least one if any waits, then as many as fit. Commands the server is too old for, and what depends on them, stay.
    """
    number = int(meta.get(session, _NEXT) or 1)
    batch: list[Envelope] = []
    size = 0
    for row in _in_turn(session):
        size += len(json.dumps(row.body, ensure_ascii=False).encode()) + len(json.dumps(row.base).encode()) + 1_000
        if len(batch) == limit or (batch and size > byte_limit):
            break
        if row.sequence is None:
            row.sequence, row.status = number, "sent"
            number += 1
        batch.append(_envelope(row))
    meta.put(session, {_NEXT: str(number)})
    return batch


def renumber(session: Session, last_sequence: int) -> None:
    """Go on after the server's last number: commands numbered beyond it are numbered again when they are next sent."""
    beyond = update(Outbox).where(Outbox.sequence > last_sequence)
    session.execute(beyond.where(Outbox.status == "sent").values(status="pending"))
    session.execute(beyond.values(sequence=None))
    meta.put(session, {_NEXT: str(last_sequence + 1)})


def release(session: Session, changes: Changes, versions: Mapping[str, int]) -> None:
    """Let those commands go that the server was too old for and now knows."""
    for row in session.scalars(select(Outbox).where(Outbox.status == "unsupported")):
        if versions.get(row.kind, 0) >= row.version:
            row.status = "pending"
            changes.add(Outbox.__tablename__, [row.command_id])


def _in_turn(session: Session) -> Iterator[Outbox]:
    yield from session.scalars(select(Outbox).where(Outbox.status == "sent").order_by(Outbox.sequence))
    held = set(session.scalars(select(Outbox.command_id).where(Outbox.status == "unsupported")))
    for row in session.scalars(select(Outbox).where(Outbox.status == "pending").order_by(Outbox.position)):
        if held.isdisjoint(row.depends_on):
            yield row
        else:
            held.add(row.command_id)


def _envelope(row: Outbox) -> Envelope:
    assert row.sequence is not None  # noqa: S101  # given just before
    return Envelope(
        command_id=row.command_id,
        sequence=row.sequence,
        kind=row.kind,
        version=row.version,
        stream_ids=tuple(row.stream_ids),
        user_id=row.user_id,
        made_at=row.made_at,
        clock_offset_ms=row.clock_offset_ms,
        offline=bool(row.is_offline),
        depends_on=tuple(row.depends_on),
        undoes=row.undoes,
        replaces=row.replaces,
        reads=_reads(row.reads),
        base=row.base,
        body=row.body,
    )


def _reads(reads: Sequence[Mapping[str, object]]) -> tuple[Read, ...]:
    return tuple(Read.model_validate(read) for read in reads)
