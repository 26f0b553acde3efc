"""The cache as a file: whether it is ours, whole and of this version; made, brought up to date, or set aside."""

import logging
import os
import sqlite3
from contextlib import closing
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.db.ownership import CLASS_OF
from app.db.session import open_sqlite
from app.domain.clock import Clock
from app.domain.errors import StorageError
from app.store.failures import DAMAGED, primary_code
from app.store.rescue import rescue
from app.store.tables import SEARCH_TEXT, LocalBase

logger = logging.getLogger(__name__)

CACHE_NAME = "cache.sqlite"
APPLICATION_ID = 0x5354_5744
"""``STWD``, in the header of every cache of ours."""
HEAD = "0001"
"""The newest revision of migrations/console, written here so that a start need not import Alembic to know it."""

_TABLES = {*CLASS_OF, *LocalBase.metadata.tables, SEARCH_TEXT}
_MAGIC = b"SQLite format 3\0"
_CLOSED = "cache.closed"
"""Size and time of the file as it was when last closed: if it still is, nobody has touched it since."""
_DAMAGED = "cache.damaged"
"""Is there when the file was found broken while in use."""


class SetAside(NamedTuple):
    """A damaged file that was kept under another name, and what was rescued from it."""

    file: Path
    commands: int
    drafts: int


class _State(Enum):
    MISSING = auto()
    CURRENT = auto()
    OTHER_REVISION = auto()
    FOREIGN = auto()
    DAMAGED = auto()


def prepare(folder: Path, clock: Clock) -> SetAside | None:
    """See to it that ``folder`` holds a whole cache of this version; tells if a damaged one was set aside for it.

    The folder must be locked. Raises ``StorageError``: not ours, from a newer version, not writable.
    """
    path = folder / CACHE_NAME
    state = _state(path)
    if state is _State.FOREIGN:
        raise StorageError("cache_foreign", file=str(path))
    aside = None
    if state is _State.DAMAGED:
        aside = _set_aside(path, clock)
    if state in (_State.DAMAGED, _State.MISSING):
        _create(path)
    if state is not _State.CURRENT:
        _upgrade(path)
    path.chmod(0o600)
    (folder / _CLOSED).unlink(missing_ok=True)
    return None if aside is None else SetAside(aside, *rescue(aside, path))


def require_current(folder: Path) -> None:
    """Raise ``StorageError`` unless the cache in ``folder`` is one that this program can read as it is."""
    path = folder / CACHE_NAME
    match _header_state(path):
        case _State.MISSING:
            raise StorageError("folder_empty", folder=str(folder))
        case _State.FOREIGN:
            raise StorageError("cache_foreign", file=str(path))
        case _State.DAMAGED:
            raise StorageError("cache_damaged")
    if (state := _state_of_tables(path)) is not _State.CURRENT:
        raise StorageError("cache_damaged" if state is _State.DAMAGED else "cache_older", file=str(path))


def mark_damaged(folder: Path) -> None:
    """Have the cache set aside at the next start."""
    try:
        (folder / _DAMAGED).touch()
    except OSError as error:  # then the next start finds out by itself
        logger.warning("the damage could not be noted: %s", error)


def tidy(connection: Connection) -> None:
    """Bring what is in the log beside the file into it, so that the file stands alone."""
    try:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except DBAPIError as error:  # all is safe in the log
        logger.info("the log could not be brought into the cache: %s", error.orig)


def mark_closed(folder: Path) -> None:
    """Remember how the file was left, so that the next start need not read all of it."""
    wal = folder / f"{CACHE_NAME}-wal"
    try:
        if not (folder / _DAMAGED).exists() and not (wal.exists() and wal.stat().st_size):
            (folder / _CLOSED).write_text(_fingerprint(folder / CACHE_NAME), "ascii")
    except OSError as error:
        logger.info("how the cache was left could not be noted: %s", error)


def _state(path: Path) -> _State:
    state = _header_state(path)
    if state is not _State.CURRENT:
        return state
    try:
        if not _is_as_closed(path) and not _is_whole(path):
            return _State.DAMAGED
        return _state_of_tables(path)
    except sqlite3.DatabaseError as error:
        if primary_code(error) in DAMAGED:
            return _State.DAMAGED
        raise


def _header_state(path: Path) -> _State:
    """What the first bytes say, read without SQLite so that a file of others is not touched."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return _State.MISSING
    except OSError as error:
        raise StorageError("cache_not_writable", detail=error.strerror or "") from error
    if not header:
        return _State.MISSING
    if not header.startswith(_MAGIC) or (path.parent / _DAMAGED).exists():
        return _State.DAMAGED
    return _State.CURRENT if int.from_bytes(header[68:72], "big") == APPLICATION_ID else _State.FOREIGN


def _is_as_closed(path: Path) -> bool:
    closed = path.parent / _CLOSED
    return closed.exists() and closed.read_text("ascii", errors="replace") == _fingerprint(path)


def _fingerprint(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"


def _is_whole(path: Path) -> bool:
    with closing(_connect(path)) as connection:
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return bool(verdict == "ok")


def _state_of_tables(path: Path) -> _State:
    with closing(_connect(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        row = "alembic_version" in names and connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if not names:
        return _State.OTHER_REVISION
    if not row or (row[0] == HEAD and not names >= _TABLES):  # somebody, or something, has taken one away
        return _State.DAMAGED
    return _State.CURRENT if row[0] == HEAD else _State.OTHER_REVISION


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _set_aside(path: Path, clock: Clock) -> Path:
    """Rename the file and what belongs to it; nothing of it is lost."""
    stem = f"cache-{clock.now():%Y%m%d-%H%M%S}"
    aside = next(
        free
        for turn in range(1, 1000)
        if not (free := path.with_name(f"{stem}{'' if turn == 1 else f'-{turn}'}.bad")).exists()
    )
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    (path.parent / _DAMAGED).unlink(missing_ok=True)
    return aside


def _create(path: Path) -> None:
    """Make an empty file that only its owner may read, marked as ours before anything else is in it."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _upgrade(path: Path) -> None:
    # Alembic takes a third of a second, which a start with nothing to bring up to date need not pay.
    from app.store.migrating import upgrade  # noqa: PLC0415  # docs/decisions: heavy libraries

    engine = open_sqlite(path, enforce_keys=False, connections=1)
    try:
        with engine.begin() as connection:
            upgrade(connection, path)
    finally:
        engine.dispose()
