"""Turns what SQLite and the system say about a file or disk into errors that a person can act on."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from app.domain.errors import StorageError

DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_NO_TEXT = "Could not decode to UTF-8"
_CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_BUSY: "cache_busy",
    sqlite3.SQLITE_LOCKED: "cache_busy",
    **dict.fromkeys(DAMAGED, "cache_damaged"),
    **dict.fromkeys(
        (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
        "cache_not_writable",
    ),
}


@contextmanager
def in_words() -> Iterator[None]:
    """Raise as ``StorageError`` what goes wrong in the block with the file or the disk; anything else is a bug."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        if found := storage_error(error):
            raise found from error
        raise


@contextmanager
def opening_in_words() -> Iterator[None]:
    """Do the same where a file is opened, made or put by, of which the system speaks as well."""
    try:
        with in_words():
            yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise StorageError("disk_full") from error
        raise StorageError("cache_not_writable", detail=error.strerror or str(error)) from error


def is_about_storage(error: Exception) -> bool:
    """Whether an error speaks of the file or the disk, and of no mistake of ours."""
    return isinstance(error, DBAPIError | sqlite3.Error) and storage_error(error) is not None


def storage_error(error: DBAPIError | sqlite3.Error) -> StorageError | None:
    """What ``error`` says about the file or the disk; ``None`` when it is about neither."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = _CODES.get(primary_code(cause))
    if code is None:
        return None
    return StorageError(code, detail=str(cause)) if code == "cache_not_writable" else StorageError(code)


def primary_code(error: BaseException | None) -> int:
    """SQLite's result code, without what extends it; text that is none is damage that SQLite does not see."""
    if str(error).startswith(_NO_TEXT):
        return sqlite3.SQLITE_CORRUPT
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def is_damage(error: StorageError) -> bool:
    """Whether the file itself is broken, so that it must be set aside at the next start."""
    return error.code == "cache_damaged"
