"""The console's local database: the only door to it. Every change is a command; every change is announced."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.commands.command import Command
from app.commands.registry import parse
from app.db.session import open_sqlite
from app.domain.changes import Changes
from app.domain.clock import Clock
from app.domain.errors import OpsError
from app.protocol import BATCH_LIMIT, Envelope
from app.store import cache_file, meta, outbox, scopes, search, sending
from app.store.base_rows import install_triggers
from app.store.cache_file import CACHE_NAME
from app.store.changing import Author, Given, give, give_many
from app.store.drafts import Drafts, remove_draft
from app.store.failures import opening_in_words
from app.store.filters import Filters
from app.store.folder_lock import FolderLock
from app.store.reading import Reader
from app.store.settling import News, settle
from app.store.undoing import inverses
from app.store.users import LocalUsers
from app.store.writing import Urgency, Writer


class Done(NamedTuple):
    """A command that was taken."""

    command_id: str
    changes: Changes
    can_undo: bool
    """Whether there is a command that takes it back."""


class Report(NamedTuple):
    """What became of several commands given at once."""

    done: tuple[str, ...]
    """Ids of those taken, in order."""
    refused: tuple[tuple[int, OpsError], ...]
    """Place in the list, and why not."""
    changes: Changes


class Store:
    """One open cache. Its methods block until done, and may be called from any thread but the one that writes."""

    def __init__(self, folder: Path, clock: Clock, parts: ExitStack) -> None:
        """Use :meth:`open`; ``parts`` is told what must be closed, in the opposite order."""
        path = folder / CACHE_NAME
        self.folder = folder
        parts.callback(FolderLock(folder).close)
        self.set_aside = cache_file.prepare(folder, clock)
        """A damaged cache that had to make way for a fresh one, which is not enrolled yet."""
        parts.callback(lambda: cache_file.mark_closed(folder))
        engine = open_sqlite(path, enforce_keys=False, connections=1)
        parts.callback(engine.dispose)
        connection = parts.enter_context(engine.connect())
        with connection.begin():
            install_triggers(connection)
        parts.callback(lambda: cache_file.tidy(connection))
        self._reader = Reader(path, lambda: cache_file.mark_damaged(folder))
        parts.callback(self._reader.close)
        self._writer = Writer(connection, search.refresh, lambda: cache_file.mark_damaged(folder))
        parts.callback(self._writer.close)
        self._writer.run(lambda session, _changes: outbox.prune(session, clock.now()))
        self._clock = clock
        self.drafts = Drafts(self._writer, clock)
        self.filters = Filters(self._writer)
        self.users = LocalUsers(self._writer, clock)
        self._parts = parts.pop_all()

    @classmethod
    def open(cls, folder: Path, clock: Clock) -> "Store":
        """Lock the folder, and make, check and bring up to date the cache in it; a damaged one is set aside.

        Raises ``StorageError`` in words: locked by another console, from a newer version, not ours, not writable.
        """
        with opening_in_words(), ExitStack() as parts:
            return cls(folder, clock, parts)

    # ---- people

    def execute(
        self,
        command: Command,
        author: Author,
        *,
        base: Mapping[str, Any] | None = None,
        undoes: str | None = None,
        replaces: str | None = None,
        draft_id: str | None = None,
    ) -> Done:
        """Apply a command and keep it for the server, in one transaction; on disk when this returns.

        ``base`` is what the author saw of the fields that are set; ``replaces`` is a refused command that this one
        is the edited form of; ``draft_id`` the draft that becomes this command, and is gone with it. Raises the
        ``OpsError`` of the rule or right that forbids it: nothing is kept then, and the draft stays.
        """
        given = Given(base, undoes, replaces)

        def task(session: Session, changes: Changes) -> Done:
            if draft_id is not None:
                remove_draft(session, changes, draft_id)
            return self._done(session, changes, command, author, given)

        return self._writer.run(task)

    def execute_many(self, commands: Sequence[Command], author: Author) -> Report:
        """Apply several commands in one transaction, a savepoint each: those refused are reported, the rest kept."""
        return self._writer.run(
            lambda session, changes: self._give(
                session, changes, [[(command, Given())] for command in commands], author
            )
        )

    def undo(self, command_ids: Sequence[str], author: Author) -> Report:
        """Take commands back, the last first, by commands of their own; undoing those does the first again.

        ``Report.refused`` counts places in ``command_ids``.
        """

        def task(session: Session, changes: Changes) -> Report:
            groups = [inverses(session, command_id) for command_id in reversed(command_ids)]
            report = self._give(session, changes, groups, author)
            last = len(command_ids) - 1
            return report._replace(refused=tuple((last - place, error) for place, error in report.refused))

        return self._writer.run(task)

    def retry(self, command_id: str, author: Author) -> Done:
        """Give a refused command again as it was, under a new id. Raises what :meth:`execute` does."""

        def task(session: Session, changes: Changes) -> Done:
            row = outbox.refused_row(session, command_id)
            command, given = parse(row.kind, row.version, row.body), Given(undoes=row.undoes, replaces=command_id)
            return self._done(session, changes, command, author, given)

        return self._writer.run(task)

    def discard(self, command_id: str) -> None:
        """Let a refused command go for good. Raises ``NotFoundError`` when it was dealt with already."""
        self._writer.run(lambda session, changes: outbox.discard(session, changes, command_id, self._clock.now()))

    def reserve_number(self, day: date) -> str:
        """An order number for a local day, never given twice. Raises ``StorageError`` before enrolment."""
        return self._writer.run(lambda session, _changes: meta.reserve_number(session, day))

    # ---- looking

    def reading(self) -> AbstractContextManager[Session]:
        """Lend one of two sessions that can only read; waits while both are lent."""
        return self._reader.reading()

    def subscribe(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Have ``callback`` told, on the writing thread, of all that changes; returns what ends that."""
        return self._writer.subscribe(callback)

    # ---- sync

    def settle(self, news: News) -> Changes:
        """Take in what the server said, and apply again on top what is still pending.

        Raises ``InvalidError`` for rows that no table can hold; nothing is taken in then.
        """
        return self.begin_settle(news).result()

    def begin_settle(self, news: News) -> Future[Changes]:
        """Do the same while the caller does something else."""

        def task(session: Session, changes: Changes) -> Changes:
            settle(session, changes, news, self._clock.now())
            return changes

        return self._writer.begin(task, Urgency.PAGE)

    def take_batch(self, limit: int = BATCH_LIMIT) -> list[Envelope]:
        """The next commands to send, at most ``limit``, numbered; on disk as sent when this returns."""
        return self._writer.run(lambda session, _changes: sending.take_batch(session, limit), Urgency.PAGE)

    def renumber(self, last_sequence: int) -> None:
        """Go on after the server's last number."""
        self._writer.run(lambda session, _changes: sending.renumber(session, last_sequence), Urgency.PAGE)

    def release(self, versions: Mapping[str, int]) -> None:
        """Let commands go that the server was too old for, now that it speaks these versions of them."""
        self._writer.run(lambda session, changes: sending.release(session, changes, versions), Urgency.PAGE)

    def enrol(self, console_id: str, number_prefix: str, values: Mapping[str, str | None]) -> None:
        """Take the id and desk number the server allotted, and more to remember.

        A console enrolled anew keeps its commands' ids and numbers them from the beginning.
        """

        def task(session: Session, _changes: Changes) -> None:
            if meta.get(session, meta.CONSOLE) != console_id:
                sending.renumber(session, 0)
            meta.put(session, {**values, meta.CONSOLE: console_id, meta.DESK: number_prefix})

        self._writer.run(task, Urgency.PAGE)

    def remember(self, values: Mapping[str, str | None]) -> None:
        """Keep values under keys of ``meta``; ``None`` forgets one."""
        self._writer.run(lambda session, _changes: meta.put(session, values), Urgency.PAGE)

    def wipe(self) -> None:
        """Delete beyond recovery all that came from the server, and who may sign in; what was typed here stays."""
        self._writer.run(scopes.wipe)

    # ---- the end

    def close(self) -> None:
        """Do what is queued, then let go of file and folder. Later calls are refused as ``StorageError``."""
        self._parts.close()

    def _done(self, session: Session, changes: Changes, command: Command, author: Author, given: Given) -> Done:
        row = give(session, changes, command, author, self._clock, given)
        return Done(row.command_id, changes, bool(row.inverse))

    def _give(
        self, session: Session, changes: Changes, groups: Sequence[Iterable[tuple[Command, Given]]], author: Author
    ) -> Report:
        done, refused = give_many(session, changes, groups, author, self._clock)
        return Report(tuple(done), tuple(refused), changes)


def open_reader(folder: Path) -> Reader:
    """Read a cache without locking its folder, also beside the console that runs on it.

    Raises ``StorageError``: nothing there yet, not ours, of another version.
    """
    with opening_in_words():
        cache_file.require_current(folder)
    return Reader(folder / CACHE_NAME, lambda: None)
