"""A company made by the program's own commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import SqliteDatabases
from tests.end_to_end.programs import ServerProcess
from tests.served import cheap_passwords, prepare

__all__ = ["cheap_passwords"]


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Where to get SQLite databases from."""
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def company(sqlite: SqliteDatabases, cheap_passwords: None) -> Iterator[str]:
    """The database of a small company."""
    url = sqlite.create(prepare)
    yield url
    sqlite.drop(url)


@pytest.fixture
def server(company: str) -> Iterator[ServerProcess]:
    """A server process for it."""
    process = ServerProcess(company)
    yield process
    process.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder."""
    return tmp_path / "data"
