"""Engines: how a SQLite database is opened."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event


def open_sqlite(path: Path, *, enforce_keys: bool, is_read_only: bool = False, connections: int = 15) -> Engine:
    """An engine over a SQLite file in WAL mode, with transactions begun by us, of at most ``connections``.

    The driver's own transaction handling is off, so that savepoints work and every write begins IMMEDIATE.
    """
    options = {"uri": "true", "mode": "ro"} if is_read_only else {"uri": "true"}
    url = URL.create("sqlite", database=path.absolute().as_uri(), query=options)
    engine = create_engine(url, pool_size=connections, max_overflow=0)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _pragmas(enforce_keys=enforce_keys, is_read_only=is_read_only):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if is_read_only else "BEGIN IMMEDIATE")

    return engine


def _pragmas(*, enforce_keys: bool, is_read_only: bool) -> Iterator[str]:
    yield "busy_timeout=10000"
    if is_read_only:
        yield "cache_size=-2048"  # several of these are open, and the system keeps the pages anyway
        yield "query_only=1"
        return
    yield "cache_size=-16384"
    yield "journal_mode=WAL"
    yield "synchronous=FULL"
    yield f"foreign_keys={'ON' if enforce_keys else 'OFF'}"
