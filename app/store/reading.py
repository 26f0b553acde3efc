"""Reading the cache: a few read-only connections that never wait for the one that writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from app.db.session import open_sqlite
from app.domain.errors import StorageError
from app.store.failures import in_words, is_damage

READERS = 2
"""One for what is on screen, one for what somebody asks meanwhile."""


class Reader:
    """Lends sessions that can only read; each sees the cache as it was when its first query began."""

    def __init__(self, path: Path, on_damage: Callable[[], None], connections: int = READERS) -> None:
        self._on_damage = on_damage
        self._engine = open_sqlite(path, enforce_keys=False, is_read_only=True, connections=connections)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Lend a session; waits while all connections are lent. Raises ``StorageError`` for a broken file."""
        try:
            with in_words(), Session(self._engine) as session:
                yield session
        except StorageError as error:
            if is_damage(error):
                self._on_damage()
            raise

    def close(self) -> None:
        """Close the connections that are not lent."""
        self._engine.dispose()
