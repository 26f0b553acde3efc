"""What the tests of sync share: a server on each kind of database."""

from collections.abc import Iterator

import pytest

from tests.clocks import HandClock
from tests.databases import Databases
from tests.served import RunningServer, prepare


@pytest.fixture
def clock() -> HandClock:
    """The true time."""
    return HandClock()


@pytest.fixture
def server(databases: Databases, clock: HandClock) -> Iterator[RunningServer]:
    """A small company's server."""
    url = databases.create(prepare)
    running = RunningServer(url, clock)
    yield running
    running.close()
    databases.drop(url)
