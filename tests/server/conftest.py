"""A small company's server, on each kind of database."""

from collections.abc import Iterator

import pytest

from app.server.database import Database, open_database
from tests.clocks import HandClock
from tests.databases import Databases
from tests.server.kit import Desk, prepare


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
