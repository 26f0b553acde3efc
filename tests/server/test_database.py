"""Opening, migrating and refusing databases."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from app.db.base import Base
from app.db.places import Building
from app.domain.errors import InvalidError, StorageError
from app.domain.ids import COMPANY_STREAM, new_id
from app.domain.words import knows
from app.server.database import (
    Database,
    is_disk_full,
    is_passing,
    migrate,
    migration_config,
    open_database,
    require_current,
)
from app.server.identity import identity_of
from app.server.tables import AUTOMATION_USER, SERVER_CONSOLE, Console, ServerBase, ServerIdentity, Stream


def test_an_empty_database_is_made_and_a_made_one_left_alone(database_url: str) -> None:
    database = open_database(database_url)
    with pytest.raises(StorageError, match="database_not_migrated"):
        require_current(database)
    assert database.file is None or not database.file.exists()
    migrate(database)
    require_current(database)
    with database.read() as session:
        server_id = identity_of(session).server_id
    migrate(database)
    with database.read() as session:
        assert session.scalars(select(ServerIdentity.server_id)).all() == [server_id]
        assert session.get_one(Console, SERVER_CONSOLE).number_prefix == "00"
        assert session.scalars(select(Stream.id)).all() == [COMPANY_STREAM]
    database.close()


def test_the_history_ends_at_the_tables_in_the_code(database_url: str) -> None:
    database = open_database(database_url)
    migrate(database)
    with database.engine.begin() as connection:
        command.check(migration_config(connection))
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    assert tables == {*Base.metadata.tables, *ServerBase.metadata.tables}
    database.close()


def test_a_database_of_a_newer_program_is_left_alone(database_url: str) -> None:
    database = open_database(database_url)
    migrate(database)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of tomorrow'"))
    with pytest.raises(StorageError, match="database_newer"):
        migrate(database)
    database.close()


def test_keys_are_enforced(database: Database) -> None:
    orphan = Building(id=new_id(), stream_id=COMPANY_STREAM, site_id=new_id(), name="1")
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(orphan)


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"), database.read() as session:
        session.execute(update(Console).values(name="mine"))


def test_a_snapshot_sees_one_moment(database: Database) -> None:
    with database.read() as session:
        before = identity_of(session).company
        with database.write() as other:
            identity_of(other).company = "别家"
        session.expire_all()
        assert identity_of(session).company == before
    with database.read() as session:
        assert identity_of(session).company == "别家"


@pytest.mark.parametrize("url", ["nonsense", "mysql://x", "sqlite://", ""])
def test_an_address_of_another_kind_is_refused_in_words(url: str) -> None:
    with pytest.raises(InvalidError) as caught:
        open_database(url)
    assert knows(caught.value.code)


def test_the_usual_address_of_postgresql_is_understood() -> None:
    database = open_database("postgresql://steward@127.0.0.1:1/steward")
    assert (database.engine.dialect.driver, database.file) == ("psycopg", None)
    with pytest.raises(StorageError, match="database_unusable"):
        migrate(database)
    database.close()


def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/new/folder/steward.sqlite")
    migrate(database)
    database.close()
    assert (tmp_path / "new" / "folder" / "steward.sqlite").exists()


def test_a_file_that_is_no_database_or_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam, " * 100)
    for path in (letter, letter / "below" / "steward.sqlite"):
        database = open_database(f"sqlite:///{path}")
        with pytest.raises(StorageError, match="database_unusable"):
            migrate(database)
        database.close()
    assert letter.read_text().startswith("Dear")


class DriverError(Exception):
    """What a driver raises, as far as it is looked at."""

    def __init__(self, **about: Any) -> None:
        super().__init__("no")
        self.__dict__ |= about


@pytest.mark.parametrize(
    ("about", "passing", "full"),
    [
        ({"sqlstate": "40P01"}, True, False),
        ({"sqlstate": "40001"}, True, False),
        ({"sqlstate": "23505"}, False, False),
        ({"sqlstate": "53100"}, False, True),
        ({"sqlite_errorcode": sqlite3.SQLITE_BUSY}, True, False),
        ({"sqlite_errorcode": 517}, True, False),  # SQLITE_BUSY_SNAPSHOT
        ({"sqlite_errorcode": sqlite3.SQLITE_FULL}, False, True),
        ({}, False, False),
    ],
)
def test_errors_of_the_drivers_are_told_apart(about: dict[str, Any], *, passing: bool, full: bool) -> None:
    error = OperationalError("SELECT", {}, DriverError(**about))
    assert (is_passing(error), is_disk_full(error)) == (passing, full)


def test_the_automation_is_an_author_of_its_own(database: Database) -> None:
    with database.read() as session:
        known = session.connection().scalar(
            text("SELECT count(*) FROM console_user WHERE user_id = :who"), {"who": AUTOMATION_USER}
        )
    assert known == 1
