"""What the tests of sync share: a server on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clocks import HandClock
from tests.databases import Databases
from tests.plant import Plant, running_plant
from tests.served import RunningServer, cheap_passwords, prepare

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


@pytest.fixture
def plant(databases: Databases, tmp_path: Path, cheap_passwords: None) -> Iterator[Plant]:
    """A small company with a server and, as soon as they are asked for, consoles."""
    url = databases.create(prepare)
    with running_plant(url, tmp_path) as found:
        yield found
    databases.drop(url)
