"""Puts many synced rows into the server's tables at once, with their change entries: a seeded estate, a new person."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from graphlib import TopologicalSorter
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.orm import Session

from app.db.base import Base, Synced
from app.db.companies import Site
from app.domain.clock import to_micros
from app.server.changelog import add_streams, raise_counter
from app.server.tables import Change, ServerBase

TOGETHER = 1_000
"""Rows that a page of a pull takes whole, though all were published in one transaction."""

Columns = Sequence[Column[Any]]


def publish(session: Session, rows: Iterable[Synced]) -> None:
    """Insert rows that are not in the database yet, of any synced tables in any order, as version 1.

    ``rows`` are instances that no session holds; columns left out take their defaults. The streams of new sites are
    made. All happens in the caller's transaction, after what the session itself holds was flushed.
    """
    by_table: dict[str, list[Synced]] = {}
    for row in rows:
        by_table.setdefault(row.__tablename__, []).append(row)  # type: ignore[attr-defined]  # every table has its name
    session.flush()
    add_streams(session, [row.id for row in by_table.get(Site.__tablename__, ())])
    counts = Counter(row.stream_id for found in by_table.values() for row in found)
    numbers = {stream_id: _Numbers(session, stream_id, count) for stream_id, count in sorted(counts.items())}
    for table in Base.metadata.sorted_tables:
        if found := by_table.get(table.name):
            _insert(session, table, _parents_first(table, found), numbers)


class _Numbers:
    """The numbers of one stream that are handed out here; ``tx`` parts them into pages."""

    def __init__(self, session: Session, stream_id: str, count: int) -> None:
        self._head = raise_counter(session, stream_id, count)
        self._first = self._head - count + 1
        self._next = self._first

    def take(self) -> tuple[int, int]:
        """The next ``seq`` and its ``tx``."""
        seq, self._next = self._next, self._next + 1
        page = (seq - self._first) // TOGETHER
        return seq, min(self._head, self._first + (page + 1) * TOGETHER - 1)


def _insert(session: Session, table: Table, rows: Iterable[Synced], numbers: Mapping[str, _Numbers]) -> None:
    values = [_reader(column) for column in table.columns if column.name not in ("version", "seq")]
    columns = [column for column in table.columns if column.name not in ("version", "seq")]
    tuples, entries = [], []
    for row in rows:
        seq, tx = numbers[row.stream_id].take()
        tuples.append((*[value(row.__dict__) for value in values], 1, seq))
        entries.append((row.stream_id, table.name, row.id, seq, tx, "put", 1))
    _execute_many(session, table, [*columns, table.c.version, table.c.seq], tuples)
    change = ServerBase.metadata.tables[Change.__tablename__]
    names = ("stream_id", "table_name", "row_id", "seq", "tx", "op", "version")
    _execute_many(session, change, [change.c[name] for name in names], entries)


def _execute_many(session: Session, table: Table, columns: Columns, tuples: Sequence[tuple[Any, ...]]) -> None:
    """Hand tuples straight to the driver: about half again as fast as SQLAlchemy's own insert of dictionaries."""
    connection = session.connection()
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(quote(column.name) for column in columns)
    marks = ", ".join([mark] * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", list(tuples))  # noqa: S608  # names of our own tables


def _reader(column: Column[Any]) -> Callable[[Mapping[str, Any]], Any]:
    """What takes a column's value from an instance's dictionary, as the driver wants it."""
    name, default = column.name, getattr(column.default, "arg", None)

    def read(values: Mapping[str, Any]) -> Any:
        value = values.get(name, default)
        return to_micros(value) if isinstance(value, datetime) else value

    return read


def _parents_first(table: Table, rows: Sequence[Synced]) -> Iterator[Synced]:
    """The rows of a table that refers to itself, each after those it refers to."""
    columns = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    if not columns:
        yield from rows
        return
    by_id = {row.id: row for row in rows}
    needs = {row.id: [need for name in columns if (need := getattr(row, name)) in by_id] for row in rows}
    for row_id in TopologicalSorter(needs).static_order():
        yield by_id[row_id]
