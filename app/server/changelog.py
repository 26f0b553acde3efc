"""Keeps the cursor that cannot skip: one entry a row and stream, moved forward at each change.

A stream's counter is its row's lock, held to commit, so that the order of ``seq`` is the order of commits.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import bindparam, event, inspect, select, text, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.db.base import Base, Synced, UtcTime
from app.db.companies import Site
from app.db.ownership import CLASS_OF
from app.domain.ids import stream_id as stream_id_of
from app.server.tables import Account, Grant, Stream

SITE_CLASSES = tuple(sorted(set(CLASS_OF.values()) - {"company"}))
"""The classes of a site's streams that carry anything yet."""


class Entry(NamedTuple):
    """A row in a stream."""

    stream_id: str
    table: str
    row_id: str


class Change(NamedTuple):
    """What became of a row in a stream, and the version it has from then on."""

    op: Literal["put", "remove"]
    version: int


@dataclass(slots=True)
class Touched:
    """The rows that a command or transaction changed, by stream, in the order of their first change."""

    changes: dict[Entry, Change] = field(default_factory=dict)

    @property
    def streams(self) -> frozenset[str]:
        """The streams with changes."""
        return frozenset(entry.stream_id for entry in self.changes)

    def merge(self, other: "Touched") -> None:
        """Take in what came later in the same transaction."""
        self.changes.update(other.changes)

    def note(self, row: Synced, *, is_deleted: bool) -> None:
        """Take in a row that is about to be flushed."""
        table = str(inspect(row).mapper.local_table.name)
        version = (row.version or 0) + 1
        for old in inspect(row).attrs.stream_id.history.deleted or ():
            self.changes[Entry(old, table, row.id)] = Change("remove", version)
        self.changes[Entry(row.stream_id, table, row.id)] = Change("remove" if is_deleted else "put", version)


class Recorder:
    """Notes every synced row that ``session`` writes.

    Statements that change synced tables past the session's rows would be changes that no pull ever sees, so they
    are a bug and raise ``RuntimeError``.
    """

    def __init__(self, session: Session) -> None:
        self._touched = Touched()
        event.listen(session, "before_flush", self._note)
        event.listen(session, "do_orm_execute", _forbid_bulk)

    def take(self) -> Touched:
        """What was touched since this was last asked."""
        taken, self._touched = self._touched, Touched()
        return taken

    def _note(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        for row in session.new:
            self._keep(row, is_deleted=False)
        for row in session.dirty:
            if session.is_modified(row):
                self._keep(row, is_deleted=False)
        for row in session.deleted:
            self._keep(row, is_deleted=True)

    def _keep(self, row: object, *, is_deleted: bool) -> None:
        if isinstance(row, Synced):
            self._touched.note(row, is_deleted=is_deleted)


def _forbid_bulk(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper
    if not state.is_select and mapper is not None and issubclass(mapper.class_, Synced):
        raise RuntimeError("a synced table must be changed row by row", mapper.class_)


@contextmanager
def recorded(session: Session, at: datetime) -> Iterator[None]:
    """Number whatever synced rows the block changes; to be the last thing in its transaction."""
    recorder = Recorder(session)
    yield
    session.flush()
    advance(session, recorder.take(), at)


def advance(session: Session, touched: Touched, at: datetime) -> dict[str, int]:
    """Number the rows touched, write their entries, and return the new counter of each stream.

    To be called once, at the end of a transaction, after all rows are flushed.
    """
    add_streams(session, [entry.row_id for entry in touched.changes if entry.table == Site.__tablename__])
    heads = {}
    for stream_id in sorted(touched.streams):
        changes = {entry: change for entry, change in touched.changes.items() if entry.stream_id == stream_id}
        head = raise_counter(session, stream_id, len(changes))
        numbered = list(zip(changes.items(), range(head - len(changes) + 1, head + 1), strict=True))
        _stamp_rows(session, numbered)
        session.execute(
            _PUT_ENTRY,
            [
                {
                    "stream_id": stream_id,
                    "table_name": entry.table,
                    "row_id": entry.row_id,
                    "seq": seq,
                    "tx": head,
                    "op": change.op,
                    "version": change.version,
                    "removed_at": at if change.op == "remove" else None,
                }
                for (entry, change), seq in numbered
            ],
        )
        heads[stream_id] = head
    return heads


def raise_counter(session: Session, stream_id: str, count: int) -> int:
    """Take ``count`` numbers of a stream, lock it until commit, and return the last of them."""
    statement = update(Stream).where(Stream.id == stream_id).values(seq=Stream.seq + count).returning(Stream.seq)
    return session.execute(statement).scalar_one()


def add_streams(session: Session, site_ids: Iterable[str]) -> None:
    """Make the streams of sites that have none yet; who may see every site then has a new scope."""
    wanted = set(site_ids)
    known = set(session.scalars(select(Stream.site_id).where(Stream.site_id.in_(wanted)))) if wanted else set()
    for site_id in sorted(wanted - known):
        for stream_class in SITE_CLASSES:
            session.add(Stream(id=stream_id_of(site_id, stream_class), site_id=site_id, stream_class=stream_class))
    if wanted - known:
        session.flush()
        everywhere = select(Grant.user_id).where(Grant.site_id == "")
        session.execute(
            update(Account)
            .where(Account.user_id.in_(everywhere))
            .values(scope_version=Account.scope_version + 1)
            .execution_options(synchronize_session=False)
        )


def _stamp_rows(session: Session, numbered: Iterable[tuple[tuple[Entry, Change], int]]) -> None:
    stamps: dict[str, list[Mapping[str, Any]]] = {}
    for (entry, change), seq in numbered:
        if change.op == "put":
            stamps.setdefault(entry.table, []).append({"of": entry.row_id, "to": change.version, "at": seq})
    for name, values in stamps.items():
        table = Base.metadata.tables[name]
        statement = table.update().where(table.c.id == bindparam("of"))
        session.connection().execute(statement.values(version=bindparam("to"), seq=bindparam("at")), values)


_PUT_ENTRY = text(
    "INSERT INTO change (stream_id, table_name, row_id, seq, tx, op, version, removed_at) "
    "VALUES (:stream_id, :table_name, :row_id, :seq, :tx, :op, :version, :removed_at) "
    "ON CONFLICT (stream_id, table_name, row_id) DO UPDATE SET seq = excluded.seq, tx = excluded.tx, "
    "op = excluded.op, version = excluded.version, removed_at = excluded.removed_at"
).bindparams(bindparam("removed_at", type_=UtcTime))
