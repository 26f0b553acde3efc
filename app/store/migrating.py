"""Brings the cache's tables up to date. Imported only when they are not: Alembic takes a third of a second."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from app.domain.errors import StorageError

MIGRATIONS = Path(__file__).parents[2] / "migrations" / "console"


def upgrade(connection: Connection, file: Path) -> None:
    """Run what is missing, in the transaction of ``connection``.

    Raises ``StorageError`` when the tables are of a revision that this program does not know.
    """
    try:
        command.upgrade(migration_config(connection), "head")
    except CommandError as error:
        raise StorageError("cache_newer", file=str(file)) from error


def migration_config(connection: Connection) -> Config:
    """Alembic's settings for the console's history, run over ``connection``."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
