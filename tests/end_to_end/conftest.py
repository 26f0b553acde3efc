"""A company made by the program's own commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db.ownership import stream_of
from app.db.residents import Residence, Resident, ResidentPhone
from app.server.database import open_database
from app.server.publishing import publish
from tests.databases import SqliteDatabases
from tests.end_to_end.programs import ServerProcess
from tests.factories import OTHER_UNIT, SITE, UNIT, an_id
from tests.served import cheap_passwords, prepare

__all__ = ["cheap_passwords"]

CALLERS = (("吴桂芳", "13800132046", UNIT), ("陈国栋", "13922075518", OTHER_UNIT))


def prepare_with_callers(url: str) -> None:
    """Make the database of a small company where somebody lives in each of the two flats."""
    prepare(url)
    rows: list[Resident | ResidentPhone | Residence] = []
    for name, digits, unit_id in CALLERS:
        resident_id = an_id(name)
        rows += [
            Resident(id=resident_id, site_id=SITE, name=name),
            ResidentPhone(id=an_id(digits), resident_id=resident_id, digits=digits, is_primary=1),
            Residence(
                id=an_id(f"home of {name}"), resident_id=resident_id, unit_id=unit_id, relation="owner", is_primary=1
            ),
        ]
    for row in rows:
        row.stream_id = stream_of(row.__tablename__, SITE)
    database = open_database(url)
    with database.write() as session:
        publish(session, rows)
    database.close()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Where to get SQLite databases from."""
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def company(sqlite: SqliteDatabases, cheap_passwords: None) -> Iterator[str]:
    """The database of a small company."""
    url = sqlite.create(prepare_with_callers)
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
