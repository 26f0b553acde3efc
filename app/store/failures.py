"""Turns what SQLite says about a file or disk into errors that a person can act on."""

import sqlite3

from sqlalchemy.exc import DBAPIError

from app.domain.errors import StorageError

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_BUSY: "cache_busy",
    sqlite3.SQLITE_LOCKED: "cache_busy",
    **dict.fromkeys(_DAMAGED, "cache_damaged"),
    **dict.fromkeys(
        (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
        "cache_not_writable",
    ),
}


def storage_error(error: DBAPIError) -> StorageError | None:
    """What ``error`` says about the file or the disk; ``None`` when it is about neither and so a bug."""
    primary = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    code = _CODES.get(primary)
    if code is None:
        return None
    return StorageError(code, detail=str(error.orig)) if code == "cache_not_writable" else StorageError(code)


def is_damage(error: StorageError) -> bool:
    """Whether the file itself is broken, so that it must be set aside at the next start."""
    return error.code == "cache_damaged"
