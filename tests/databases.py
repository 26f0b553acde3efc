"""Empty and prepared databases for the tests, the same way on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from sqlalchemy import make_url
from typing_extensions import override

from tests.postgres import PostgresServer

Prepare = Callable[[str], None]


class Databases(Protocol):
    """Makes databases, and addresses them by SQLAlchemy's URL."""

    def create(self, prepare: Prepare | None = None) -> str:
        """Make a database: an empty one, or a copy of what `prepare(url)` made of one, which runs once only."""
        ...

    def drop(self, url: str) -> None:
        """Remove a database."""
        ...


class SqliteDatabases(Databases):
    """One file a database, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates: dict[Prepare, Path] = {}

    @override
    def create(self, prepare: Prepare | None = None) -> str:
        file = self._new_file()
        if prepare is not None:
            shutil.copyfile(self._template(prepare), file)
        return _sqlite_url(file)

    @override
    def drop(self, url: str) -> None:
        file = make_url(url).database
        assert file is not None
        for suffix in ("", "-wal", "-shm"):
            Path(file + suffix).unlink(missing_ok=True)

    def _template(self, prepare: Prepare) -> Path:
        if prepare not in self._templates:
            file = self._new_file()
            prepare(_sqlite_url(file))
            if Path(f"{file}-wal").exists():
                raise RuntimeError("the database was prepared and left open")
            self._templates[prepare] = file
        return self._templates[prepare]

    def _new_file(self) -> Path:
        return self._folder / f"{uuid4().hex}.sqlite"


class PostgresDatabases(Databases):
    """One database each on the server of the run."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._templates: dict[Prepare, str] = {}

    @override
    def create(self, prepare: Prepare | None = None) -> str:
        name = self._server.create() if prepare is None else self._server.create(self._template(prepare))
        return self._server.url(name)

    @override
    def drop(self, url: str) -> None:
        name = make_url(url).database
        assert name is not None
        self._server.drop(name)

    def _template(self, prepare: Prepare) -> str:
        if prepare not in self._templates:
            name = self._server.create()
            prepare(self._server.url(name))
            self._templates[prepare] = name
        return self._templates[prepare]


def _sqlite_url(file: Path) -> str:
    return f"sqlite:///{file.as_posix()}"
