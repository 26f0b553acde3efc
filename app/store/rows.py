"""Rows of synced tables in bulk, as values: put, put back, deleted and looked at without the ORM."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from types import NoneType
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.exc import IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.db.base import Base, UtcTime
from app.domain.clock import to_micros
from app.domain.errors import InvalidError

Key = tuple[str, str]
"""Table and id of a row."""
Row = Mapping[str, Any]
"""Column → value, as the database holds it."""

_CHUNK = 500
_EVERY_ROW = {"id", "stream_id", "version"}
_EARLIEST, _LATEST = (to_micros(datetime(year, 1, 2, tzinfo=UTC)) for year in (1, 9999))
"""Between these a moment can be said in any zone."""


def put_newer(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows of the server over those of an older version.

    Columns this program does not know are ignored, those it misses take their defaults. Raises ``InvalidError`` for
    values that no such table can hold.
    """
    known = [name for name in columns if name in table.columns]
    try:
        picked = list(map(itemgetter(*(columns.index(name) for name in known)), rows))
        for name, values in zip(known, zip(*picked, strict=True), strict=True):
            _require_fit(table.columns[name], values)
        _put(connection, table, known, picked, f" WHERE excluded.version > {table.name}.version")
    except (IndexError, TypeError, IntegrityError, InterfaceError, ProgrammingError) as error:
        raise InvalidError("reply_not_understood", detail=f"{table.name}: {error}") from error


def _require_fit(column: Column[Any], values: Sequence[Any]) -> None:
    """Raise ``TypeError`` for what SQLite would keep in a column of any type, and nobody could read from there."""
    if not set(map(type, values)) <= {_kind(column), NoneType}:
        raise TypeError(column.name, "holds values of another type")
    if isinstance(column.type, UtcTime):
        times = [value for value in values if value is not None]
        if times and not _EARLIEST < min(times) <= max(times) < _LATEST:
            raise TypeError(column.name, "holds a time in no year")


def ids(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    """The ids of rows of the server. Raises ``InvalidError`` for rows that lack what every row has."""
    if not set(columns) >= _EVERY_ROW:
        raise InvalidError("reply_not_understood", detail=f"columns {', '.join(columns)}")
    place = columns.index("id")
    found = [row[place] for row in rows if place < len(row) and isinstance(row[place], str)]
    if len(found) < len(rows):
        raise InvalidError("reply_not_understood", detail="id")
    return found


def put_back(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write rows as they once were, whatever their version."""
    known = [name for name in rows[0] if name in table.columns]
    _put(connection, table, known, map(itemgetter(*known), rows), "")


def _put(connection: Connection, table: Table, known: Sequence[str], rows: Iterable[Any], condition: str) -> None:
    absent = [column for column in table.columns if column.name not in known]
    defaults = tuple(_default(column) for column in absent)
    names = (*known, *(column.name for column in absent))
    sets = ", ".join(f"{name} = excluded.{name}" for name in known)
    statement = (
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) "  # noqa: S608
        f"ON CONFLICT (id) DO UPDATE SET {sets}{condition}"
    )
    if values := [(*row, *defaults) for row in rows]:
        connection.exec_driver_sql(statement, values)


def _default(column: Column[Any]) -> Any:
    """What a row takes that came without this column."""
    if isinstance(column.default, ScalarElementColumnDefault):
        return column.default.arg
    return None if column.nullable else _kind(column)()


def _kind(column: Column[Any]) -> type[Any]:
    """What the database holds in it."""
    return int if isinstance(column.type, UtcTime) else column.type.python_type


def delete(connection: Connection, table: str, row_ids: Iterable[str]) -> None:
    """Delete rows by id."""
    if values := [(row_id,) for row_id in row_ids]:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", values)  # noqa: S608  # a table of ours


def contents(connection: Connection, keys: Iterable[Key]) -> dict[Key, tuple[Any, ...]]:
    """What these rows hold now, apart from version and seq; a row that is not there is left out."""
    found: dict[Key, tuple[Any, ...]] = {}
    for table_name, group in itertools.groupby(sorted(keys), key=itemgetter(0)):
        table = Base.metadata.tables[table_name]
        names = ", ".join(shown_columns(table))
        for chunk in chunks([row_id for _, row_id in group]):
            marks = ", ".join("?" * len(chunk))
            rows = connection.exec_driver_sql(f"SELECT {names} FROM {table_name} WHERE id IN ({marks})", tuple(chunk))  # noqa: S608
            found.update(((table_name, row[0]), tuple(row)) for row in rows)
    return found


def shown(table: Table, row: Row) -> tuple[Any, ...]:
    """What anybody sees of a row, as :func:`contents` has it."""
    return tuple(row.get(name) for name in shown_columns(table))


def shown_columns(table: Table) -> list[str]:
    """The columns that anybody sees, the id first."""
    return ["id", *(column.name for column in table.columns if column.name not in ("id", "version", "seq"))]


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Few enough values a time for the marks of one statement."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
