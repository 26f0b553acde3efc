"""Check that both migration histories end at the tables in the code: python -m tests.project.migrations"""

import io
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, inspect, text

from app.db.ownership import CLASS_OF
from tests.conftest import ROOT

CONSOLE = ROOT / "migrations" / "console"
SERVER = ROOT / "migrations" / "server"


def faults(history: Path) -> Iterator[str]:
    """Say what a history, run on an empty database, makes otherwise than the code has it."""
    with upgraded(history) as (connection, settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index")
        try:
            command.check(settings)
        except CommandError as error:
            yield f"{history.name}: {error}"
        yield from (f"{history.name}: {table} is not made" for table in CLASS_OF if not shape(connection, table))


def faults_of_shared(console: Path, server: Path) -> Iterator[str]:
    """Say which of the shared tables are not made alike by the two histories."""
    with upgraded(console) as (here, _), upgraded(server) as (there, _):
        for table in sorted(CLASS_OF):
            if shape(here, table) != shape(there, table):
                yield f"{table} differs: {shape(here, table)} on the console, {shape(there, table)} on the server"


@contextmanager
def upgraded(history: Path) -> Iterator[tuple[Connection, Config]]:
    """Lend a database in memory that the history has just made, and Alembic's settings for it."""
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            settings = Config(stdout=io.StringIO())
            settings.set_main_option("script_location", str(history).replace("%", "%%"))
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
            yield connection, settings
    finally:
        engine.dispose()


def shape(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    """What a table is made of, to be compared: columns and indexes; nothing if there is no such table."""
    inspector = inspect(connection)
    if not inspector.has_table(table):
        return []
    key = inspector.get_pk_constraint(table)
    columns = [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in inspector.get_columns(table)]
    indexes = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :table"), {"table": table}
    )  # as it was written: SQLAlchemy does not see into an index over an expression
    return [*sorted(columns), *sorted(map(tuple, indexes), key=str), tuple(key["constrained_columns"])]


def main() -> None:
    """Print every fault; the exit code is 1 if there is one."""
    found = [*faults(CONSOLE), *faults(SERVER), *faults_of_shared(CONSOLE, SERVER)]
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main()
