"""Says what changed since a console's cursors, and hands out whole tables to one that has nothing yet.

Rights and rows are read in one snapshot, so that no row leaves after the commit that took the right away.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, select, tuple_
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.ownership import FETCH_ORDER, tables_of
from app.db.work_orders import WorkOrder
from app.domain.clock import from_micros
from app.domain.errors import ForbiddenError, InvalidError
from app.protocol import PullRequest, Scope, StreamPage, TablePage
from app.server.images import Budget, Tables, Values, page, select_images
from app.server.scopes import readable_streams, rights_of, scope_of
from app.server.tables import Account, Change, Stream

CHUNK = 500
"""Entries looked at together: what is read past a full page is at most this much."""
OVERSHOOT = 4
"""How many times over its limit a page may grow so as not to cut a transaction."""


class Pulled(NamedTuple):
    """What a pull brings."""

    scope: Scope | None
    streams: dict[str, StreamPage]
    tables: dict[str, TablePage]
    removed: dict[str, tuple[tuple[str, str, int], ...]]


class Entry(NamedTuple):
    """A line of the change table."""

    table_name: str
    row_id: str
    seq: int
    tx: int
    op: str
    version: int


def pull(session: Session, user_id: str, request: PullRequest) -> Pulled:
    """What a person may read and has changed since the cursors, as much as fits on a page.

    A stream that the person may not read is passed over; the scope, given when it differs, says so.
    """
    account = session.get_one(Account, user_id)
    scope = scope_of(session, account) if account.scope_version != request.scope_version else None
    readable = readable_streams(session, rights_of(session, user_id))
    paging = _Paging(session, request.limit)
    streams = {
        stream.id: paging.read(stream, request.cursor[stream.id])
        for stream in readable.values()
        if stream.id in request.cursor
    }
    tables = [Base.metadata.tables[name] for name in FETCH_ORDER]
    removed = {name: tuple(entries) for name, entries in paging.removed.items()}
    return Pulled(scope, streams, paging.tables.pages(tables), removed)


class _Paging:
    """One page being filled, stream after stream."""

    def __init__(self, session: Session, limit: int) -> None:
        self._session = session
        self._limit = limit
        self._budget = Budget(limit)
        self.tables = Tables()
        self.removed: dict[str, list[tuple[str, str, int]]] = {}

    def read(self, stream: Stream, cursor: int) -> StreamPage:
        """Fill in what comes after ``cursor``, and say how far that went."""
        if not stream.floor_seq <= cursor <= stream.seq:
            return StreamPage(next=cursor, head=stream.seq, reset=True)
        while cursor < stream.seq and not self._budget.is_spent:
            entries = self._whole_transactions(stream, cursor)
            if entries is None:
                break
            self._take(stream, entries)
            cursor = entries[-1].seq if entries else stream.seq
        return StreamPage(next=cursor, head=stream.seq, more=cursor < stream.seq)

    def _whole_transactions(self, stream: Stream, cursor: int) -> Sequence[Entry] | None:
        """The next entries, no transaction cut in two, unless one alone is several pages long.

        ``None`` when the next transaction fits on a page, but no longer on this one.
        """
        size = min(CHUNK, self._budget.rows)
        entries = self._entries(stream, cursor, size + 1)
        ends = [place for place in range(1, len(entries)) if entries[place].tx != entries[place - 1].tx]
        if len(entries) <= size:
            return entries
        if ends:
            return entries[: ends[-1]]
        entries = self._entries(stream, cursor, OVERSHOOT * self._limit, until=entries[0].tx)
        is_begun = self._budget.rows < self._limit
        return None if is_begun and len(entries) > self._budget.rows else entries

    def _entries(self, stream: Stream, cursor: int, limit: int, until: int | None = None) -> Sequence[Entry]:
        query = select(Change.table_name, Change.row_id, Change.seq, Change.tx, Change.op, Change.version).where(
            Change.stream_id == stream.id, Change.seq > cursor, Change.seq <= (until or stream.seq)
        )
        return [Entry(*row) for row in self._session.execute(query.order_by(Change.seq).limit(limit))]

    def _take(self, stream: Stream, entries: Sequence[Entry]) -> None:
        """Put the rows of these entries on the page, as they are now."""
        for name in dict.fromkeys(entry.table_name for entry in entries if entry.op == "put"):
            table = Base.metadata.tables[name]
            query = (
                select_images(table)
                .join(Change, Change.row_id == table.c.id)
                .where(Change.stream_id == stream.id, Change.table_name == name, Change.op == "put")
                .where(Change.seq.between(entries[0].seq, entries[-1].seq))
                .order_by(Change.seq)
            )
            rows: list[Values] = [tuple(row) for row in self._session.execute(query)]
            self._budget.spend(rows)
            self.tables.add(table, rows)
        for entry in entries:
            if entry.op == "remove":
                self._budget.rows -= 1
                self.removed.setdefault(entry.table_name, []).append((entry.row_id, stream.id, entry.version))


class Snapshot(NamedTuple):
    """One page of one table of one stream."""

    head: int
    page: TablePage
    after: str | None


class SnapshotQuestion(NamedTuple):
    """Which page of a first fetch is wanted."""

    stream_id: str
    table: str
    after: str | None
    limit: int


def snapshot(session: Session, user_id: str, question: SnapshotQuestion) -> Snapshot:
    """The next rows of a table, orders by report and newest first, all else by id.

    Raises ``ForbiddenError`` for a stream the person may not read, ``InvalidError`` for a table that is not of the
    stream's class and for a place to go on from that was never given.
    """
    stream = readable_streams(session, rights_of(session, user_id)).get(question.stream_id)
    if stream is None:
        raise ForbiddenError("stream_not_readable")
    table = next((table for table in tables_of(stream.stream_class) if table.name == question.table), None)
    if table is None:
        raise InvalidError("table_unknown", table=question.table)
    budget = Budget(question.limit)
    gathered: list[Values] = []
    after = question.after
    while not budget.is_spent:
        size = min(CHUNK, budget.rows)
        rows: list[Values] = [tuple(row) for row in session.execute(_next_rows(stream, table, after).limit(size))]
        gathered += rows
        budget.spend(rows)
        if len(rows) < size:
            return Snapshot(stream.seq, page(table, gathered), None)
        after = _mark(table, rows[-1])
    return Snapshot(stream.seq, page(table, gathered), after)


def _next_rows(stream: Stream, table: Table, after: str | None) -> Select[Any]:
    if table.name == WorkOrder.__tablename__:
        query = select_images(table).where(table.c.stream_id == stream.id)
        place = tuple_(table.c.reported_at, table.c.id)
        if after is not None:
            query = query.where(place < _read_mark(after))
        return query.order_by(table.c.reported_at.desc(), table.c.id.desc())
    # The entries of a stream are its index: they stand in the order of table and id.
    query = select_images(table).join(Change, Change.row_id == table.c.id)
    query = query.where(Change.stream_id == stream.id, Change.table_name == table.name, Change.op == "put")
    return query.where(Change.row_id > (after or "")).order_by(Change.row_id)


def _mark(table: Table, row: Values) -> str:
    """Where the next page goes on."""
    names = table.columns.keys()
    if table.name == WorkOrder.__tablename__:
        return f"{row[names.index('reported_at')]}:{row[names.index('id')]}"
    return str(row[names.index("id")])


def _read_mark(after: str) -> tuple[datetime, str]:
    micros, _, row_id = after.partition(":")
    try:
        return from_micros(int(micros)), row_id
    except (ValueError, OverflowError) as error:
        raise InvalidError("page_unknown") from error
