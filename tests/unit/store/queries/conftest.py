"""A cache in memory with the small world in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.session import open_sqlite
from app.store.search import CREATE_TEXT
from app.store.tables import LocalBase
from tests.factories import fill


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Lend a session on a cache that holds the small world."""
    engine = open_sqlite(tmp_path / "cache.sqlite", enforce_keys=False)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        LocalBase.metadata.create_all(connection)
        connection.exec_driver_sql(CREATE_TEXT)
    with Session(engine) as session:
        fill(session)
        yield session
    engine.dispose()
