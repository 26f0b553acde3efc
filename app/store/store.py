"""The console's local database: the only door to it. Every change is a command; every change is announced."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.commands.command import Command
from app.db.base import Base
from app.db.session import open_sqlite
from app.domain.changes import Changes
from app.domain.clock import Clock
from app.domain.errors import OpsError
from app.store import meta
from app.store.base_rows import install_triggers
from app.store.changing import Author, Given, give
from app.store.folder_lock import FolderLock
from app.store.reading import Reader
from app.store.tables import LocalBase
from app.store.writing import Writer

CACHE_NAME = "cache.sqlite"


class Done(NamedTuple):
    """A command that was taken."""

    command_id: str
    changes: Changes


class Report(NamedTuple):
    """What became of several commands given at once."""

    done: tuple[str, ...]
    """Ids of those taken, in order."""
    refused: tuple[tuple[int, OpsError], ...]
    """Place in the list, and why not."""
    changes: Changes


class Store:
    """One open cache. Its methods block until done and may be called from any thread but the writing one."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Use :meth:`open`."""
        self._clock = clock
        self._lock = FolderLock(folder)
        path = folder / CACHE_NAME
        self._engine = open_sqlite(path, enforce_keys=False, connections=1)
        Base.metadata.create_all(self._engine)
        LocalBase.metadata.create_all(self._engine)
        self._connection = self._engine.connect()
        with self._connection.begin():
            install_triggers(self._connection)
        self._reader = Reader(path)
        self._writer = Writer(self._connection, lambda: None)

    @classmethod
    def open(cls, folder: Path, clock: Clock) -> "Store":
        """Lock the folder, and make, check and bring up to date the cache in it.

        Raises ``StorageError`` in words: locked by another console, from a newer version, not ours, not writable.
        """
        return cls(folder, clock)

    def execute(
        self,
        command: Command,
        author: Author,
        *,
        base: Mapping[str, Any] | None = None,
        undoes: str | None = None,
        replaces: str | None = None,
    ) -> Done:
        """Apply a command and keep it for the server, in one transaction; on disk when this returns.

        ``base`` is what the author saw of the fields that are set. Raises the ``OpsError`` of the rule or right that
        forbids it, and then nothing is kept.
        """

        def task(session: Session, changes: Changes) -> Done:
            command_id = give(session, changes, command, author, self._clock, Given(base, undoes, replaces))
            return Done(command_id, changes)

        return self._writer.run(task)

    def execute_many(self, commands: Sequence[Command], author: Author) -> Report:
        """Apply several commands in one transaction, a savepoint each: those refused are reported, the rest kept."""
        raise NotImplementedError

    def undo(self, command_ids: Sequence[str], author: Author) -> Report:
        """Give the inverses of commands, the last first, as commands of their own."""
        raise NotImplementedError

    def reading(self) -> AbstractContextManager[Session]:
        """Lend one of two sessions that can only read."""
        return self._reader.reading()

    def subscribe(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Have ``callback`` told, on the writing thread, of all that changes; returns what ends that."""
        return self._writer.subscribe(callback)

    def reserve_number(self, day: date) -> str:
        """An order number for a local day, never given twice."""
        return self._writer.run(lambda session, _changes: meta.reserve_number(session, day))

    def close(self) -> None:
        """Do what is queued, then let go of file and folder."""
        self._writer.close()
        self._reader.close()
        self._connection.close()
        self._engine.dispose()
        self._lock.close()
