"""Takes what nobody else has out of a damaged cache: commands not yet done, drafts, saved filters, who may sign in."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import takewhile
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Table

from app.store.tables import Draft, LocalBase, LocalUser, MadeRow, Outbox, SavedFilter

logger = logging.getLogger(__name__)

_RESCUED = (Outbox, MadeRow, Draft, SavedFilter, LocalUser)
_SETTLED = ("done", "discarded")
_PLACE = "_place"
_PROBES = 1_000
"""Row numbers tried after the last that could be read, when reading from the end finds none."""

Row = dict[str, Any]


def rescue(damaged: Path, fresh: Path) -> tuple[int, int]:
    """Copy all that can still be read, row by row; returns how many commands and drafts were saved."""
    saved: dict[str, int] = {}
    uri = f"{damaged.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(fresh)) as target, target:
        source.text_factory = lambda raw: raw.decode(errors="replace")
        for model in _RESCUED:
            table = LocalBase.metadata.tables[model.__tablename__]
            saved[table.name] = sum(_save(target, table, row) for row in _readable(source, table.name))
    logger.info("rescued from %s: %s", damaged.name, saved)
    return saved[Outbox.__tablename__], saved[Draft.__tablename__]


def _readable(source: sqlite3.Connection, table: str) -> Iterator[Row]:
    """The rows that can be read: from the beginning, from the end, then one by one in between."""
    low = {row[_PLACE]: row for row in _scan(source, table, "ORDER BY rowid")}
    backwards = _scan(source, table, "ORDER BY rowid DESC")
    high = {row[_PLACE]: row for row in takewhile(lambda row: row[_PLACE] not in low, backwards)}
    yield from low.values()
    first = max(low, default=0) + 1
    for place in range(first, min(high, default=first + _PROBES)):
        yield from _scan(source, table, f"WHERE rowid = {place}")
    yield from high.values()


def _scan(source: sqlite3.Connection, table: str, which: str) -> Iterator[Row]:
    """Rows until the end, or until one that cannot be read."""
    try:
        cursor = source.execute(f"SELECT rowid AS {_PLACE}, * FROM {table} {which}")  # noqa: S608  # names of ours
        names = [description[0] for description in cursor.description]
        for values in cursor:
            yield dict(zip(names, values, strict=True))
    except sqlite3.Error as error:
        logger.info("%s cannot be read further: %s", table, error)


def _save(target: sqlite3.Connection, table: Table, row: Row) -> bool:
    """Write one row into the fresh cache, unless it makes no sense there; tells if it did."""
    if table.name == Outbox.__tablename__:
        if row["status"] in _SETTLED:
            return False
        # The console will be enrolled anew, and then its commands are numbered from the beginning.
        row |= {"sequence": None, "status": "pending" if row["status"] == "sent" else row["status"]}
    known = [column for column in table.columns if column.name in row]
    marks = ", ".join("?" * len(known))
    try:
        for column in known:
            if isinstance(column.type, JSON) and row[column.name] is not None:
                json.loads(row[column.name])
        names = ", ".join(column.name for column in known)
        statement = f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608  # names of ours
        return target.execute(statement, [row[column.name] for column in known]).rowcount == 1
    except (sqlite3.Error, ValueError) as error:
        logger.info("a row of %s is not rescued: %s", table.name, error)
        return False
