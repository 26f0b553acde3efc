"""A little server, and a desk that has fetched everything from it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.store.desks import Desk, a_desk
from tests.unit.store.little_server import LittleServer


@pytest.fixture
def server() -> Iterator[LittleServer]:
    """Lend a server that holds the small world."""
    server = LittleServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a desk that has fetched the small world, to be copied."""
    folder = tmp_path_factory.mktemp("fetched") / "data"
    server = LittleServer()
    with a_desk(folder, server) as desk:
        desk.enrol()
    server.close()
    return folder


@pytest.fixture
def folder(tmp_path: Path, fetched: Path) -> Path:
    """A copy of that folder for one test."""
    return Path(shutil.copytree(fetched, tmp_path / "data"))


@pytest.fixture
def desk(folder: Path, server: LittleServer) -> Iterator[Desk]:
    """Lend a desk whose cache equals the server."""
    with a_desk(folder, server) as desk:
        yield desk
