"""A small company's server, on each kind of database."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from app.server import passwords
from app.server.database import Database, open_database
from tests.clocks import HandClock
from tests.databases import Databases
from tests.server.kit import Desk, prepare


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash with as little work as argon2 allows: the tests sign in hundreds of times."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    monkeypatch.setattr(passwords, "_NOBODY", quick.hash("nobody has this password"))


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """Lend the small company's database."""
    url = databases.create(prepare)
    database = open_database(url)
    yield database
    database.close()
    databases.drop(url)


@pytest.fixture
def clock() -> HandClock:
    """The server's clock, cranked by hand."""
    return HandClock()


@pytest.fixture
def desk(database: Database, clock: HandClock) -> Desk:
    """A desk with the clerk at it."""
    return Desk(database, clock)
