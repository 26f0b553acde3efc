"""The demo world in a database, seeded once for all tests that only read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.words import Language
from app.server.database import migrate, open_database
from app.server.demo.seeding import seed
from tests.server.demo.seeded import Seeded, read

WEDNESDAY = datetime(2026, 9, 16, 1, 41, 26, tzinfo=UTC)
"""09:41 in Shanghai, when the pictures of the queue were drawn."""
NIGHT = datetime(2026, 9, 19, 19, 12, 3, tzinfo=UTC)
"""Sunday 03:12 in Shanghai: hardly anybody is on shift."""


@contextmanager
def seeded(folder: Path, now: datetime, language: Language, days: int) -> Iterator[Seeded]:
    """The world of ``now`` in a database of its own."""
    database = open_database(f"sqlite:///{(folder / 'demo.sqlite').as_posix()}")
    migrate(database)
    with database.write() as session:
        world = seed(session, now, language, days=days)
    yield read(database, world)
    database.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Seven months in Chinese, by day."""
    with seeded(tmp_path_factory.mktemp("demo"), WEDNESDAY, Language.CHINESE, 210) as world:
        yield world


@pytest.fixture(scope="session")
def english_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """The same moment in English, with fewer orders."""
    with seeded(tmp_path_factory.mktemp("english"), WEDNESDAY, Language.ENGLISH, 20) as world:
        yield world


@pytest.fixture(scope="session")
def night_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """A few weeks, by night."""
    with seeded(tmp_path_factory.mktemp("night"), NIGHT, Language.CHINESE, 20) as world:
        yield world


@pytest.fixture(params=["demo", "night_demo", "english_demo"])
def any_demo(request: pytest.FixtureRequest) -> Seeded:
    """Each of the worlds in turn: what is lawful must be so at any hour."""
    world: Seeded = request.getfixturevalue(request.param)
    return world
