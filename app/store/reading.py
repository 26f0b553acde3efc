"""Reading the cache: a few read-only connections that never wait for the one that writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db.session import open_sqlite
from app.store.failures import storage_error

READERS = 2
"""One for what is on screen, one for what somebody asks meanwhile."""


class Reader:
    """Lends sessions that can only read; each sees the cache as it was when its first query began."""

    def __init__(self, path: Path, connections: int = READERS) -> None:
        self._engine = open_sqlite(path, enforce_keys=False, is_read_only=True, connections=connections)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Lend a session; waits while all connections are lent. Raises ``StorageError`` for a broken file."""
        with Session(self._engine) as session:
            try:
                yield session
            except DBAPIError as error:
                found = storage_error(error)
                if found is None:
                    raise
                raise found from error

    def close(self) -> None:
        """Close the connections that are not lent."""
        self._engine.dispose()
