"""What the tests of sync share: a server on each kind of database."""

from collections.abc import Iterator

import pytest

from tests.clocks import HandClock
from tests.databases import Databases
from tests.plant import Plant
from tests.served import RunningServer, cheap_passwords, prepare
from tests.sync.desks import Desks

__all__ = ["cheap_passwords"]


@pytest.fixture
def clock() -> HandClock:
    """The true time."""
    return HandClock()


@pytest.fixture
def server(databases: Databases, clock: HandClock, cheap_passwords: None) -> Iterator[RunningServer]:
    """A small company's server."""
    url = databases.create(prepare)
    running = RunningServer(url, clock)
    yield running
    running.close()
    databases.drop(url)


@pytest.fixture(scope="session")
def desks(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Desks:
    """Where to get small companies from."""
    return Desks(databases, tmp_path_factory.mktemp("desks"))


@pytest.fixture
def plant(desks: Desks, cheap_passwords: None) -> Iterator[Plant]:
    """A small company with a server and, as soon as they are asked for, consoles."""
    with desks.plant() as found:
        yield found
