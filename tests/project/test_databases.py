"""The databases that the tests get are real, and each its own."""

from sqlalchemy import create_engine, text

from tests.databases import Databases
from tests.postgres import PostgresServer


def run(url: str, statement: str) -> list[object]:
    engine = create_engine(url)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        rows = [row[0] for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


def prepare(url: str) -> None:
    run(url, "CREATE TABLE fruit (name TEXT)")


def test_database_is_empty_and_takes_writing(database_url: str) -> None:
    prepare(database_url)
    assert run(database_url, "SELECT name FROM fruit") == []


def test_two_copies_of_one_preparation_are_apart(databases: Databases) -> None:
    first, second = databases.create(prepare), databases.create(prepare)
    run(first, "INSERT INTO fruit VALUES ('梨')")
    assert run(first, "SELECT name FROM fruit") == ["梨"]
    assert run(second, "SELECT name FROM fruit") == []
    databases.drop(first)
    databases.drop(second)


def test_postgres_is_a_real_one(postgres: PostgresServer) -> None:
    name = postgres.create()
    assert str(run(postgres.url(name), "SELECT version()")[0]).startswith("PostgreSQL 18")
    postgres.drop(name)


def test_what_was_committed_survives_a_power_cut(postgres: PostgresServer) -> None:
    url = postgres.url(name := postgres.create())
    prepare(url)
    run(url, "INSERT INTO fruit VALUES ('pear')")
    postgres.restart()
    assert run(url, "SELECT name FROM fruit") == ["pear"]
    postgres.drop(name)
