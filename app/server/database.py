"""Opens the server's database, a SQLite file or PostgreSQL, and brings it up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from app.db.session import open_sqlite
from app.domain.clock import SystemClock
from app.domain.errors import InvalidError, StorageError
from app.server.identity import identify

MIGRATIONS = Path(__file__).parents[2] / "migrations" / "server"
_MIGRATION_LOCK = 7_346_001
"""Any number of our own: two processes that start together migrate one after the other."""

_PASSING = frozenset({"40P01", "40001", "55P03"})
"""PostgreSQL's deadlock, serialization failure, lock not available."""
_SQLITE_PASSING = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DISK_FULL = "53100"


@dataclass(frozen=True, slots=True)
class Database:
    """Where the server keeps everything: transactions that write, and snapshots that only read."""

    engine: Engine
    reader: Engine
    writing: sessionmaker[Session]
    reading: sessionmaker[Session]
    file: Path | None
    """SQLite's file, which one program alone serves."""

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction; on SQLite it holds the file's write lock from its beginning."""
        with self.writing.begin() as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One snapshot: every query inside sees the same moment."""
        with self.reading.begin() as session:
            yield session

    def close(self) -> None:
        """Give back all connections."""
        self.reader.dispose()
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at SQLAlchemy's address ``url``: ``sqlite:///FILE`` or ``postgresql+psycopg://…``.

    Raises ``InvalidError`` for another kind of address. Nothing is connected to yet.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise InvalidError("database_address_invalid") from error
    path = None
    if address.drivername in ("postgresql", "postgresql+psycopg"):
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10, max_overflow=30
        )
        reader: Engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    elif address.drivername == "sqlite" and address.database:
        path = Path(address.database)
        engine = open_sqlite(path, enforce_keys=True)
        reader = open_sqlite(path, enforce_keys=True, is_read_only=True)
    else:
        raise InvalidError("database_address_invalid")
    return Database(engine, reader, sessionmaker(engine), sessionmaker(reader), path)


def migrate(database: Database) -> None:
    """Bring the tables up to date, whatever state they are in, and give a new server its identity.

    Raises ``StorageError`` when the database cannot be reached, or belongs to a newer program.
    """
    if database.file is not None:
        _make_folder(database.file.parent)
    with _connected(database) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        try:
            command.upgrade(migration_config(connection), "head")
        except CommandError as error:
            raise StorageError("database_newer") from error
    with database.write() as session:
        identify(session, SystemClock().now())


def require_current(database: Database) -> None:
    """Raise ``StorageError`` unless the tables are those of this program; a file that is not there is not made."""
    if database.file is not None and not database.file.exists():
        raise StorageError("database_not_migrated")
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with _connected(database) as connection:
        if MigrationContext.configure(connection).get_current_revision() != head:
            raise StorageError("database_not_migrated")


def is_passing(error: DBAPIError) -> bool:
    """Whether the same transaction may well succeed if it is begun again: a deadlock, or a file that is locked."""
    sqlstate = getattr(error.orig, "sqlstate", None)
    return sqlstate in _PASSING or getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _SQLITE_PASSING


def is_disk_full(error: DBAPIError) -> bool:
    """Whether the database has no room left."""
    sqlstate = getattr(error.orig, "sqlstate", None)
    return sqlstate == _DISK_FULL or getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL


def is_of_moment(error: DBAPIError) -> bool:
    """Whether an error says how the database is at this moment, and nothing about what was asked of it."""
    return is_passing(error) or is_disk_full(error) or error.connection_invalidated


def migration_config(connection: Connection) -> Config:
    """Alembic's settings for the server's history, run over ``connection``."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError("database_unusable", detail=str(error)) from error


@contextmanager
def _connected(database: Database) -> Iterator[Connection]:
    try:
        with database.engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        detail = str(error.orig).strip().partition("\n")[0]
        raise StorageError("database_unusable", detail=detail) from error
