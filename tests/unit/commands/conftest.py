"""A session over the small world, in a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.session import open_sqlite
from tests.factories import fill


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An open transaction over the small world."""
    engine = open_sqlite(tmp_path / "rows.db", enforce_keys=True)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        fill(session)
        yield session
    engine.dispose()
