"""What the server last said of rows that pending commands changed, written by triggers while a command is applied.

The triggers are TEMP and so live on the one connection that writes. While the TEMP table ``applying`` holds a row they
also list each row touched in the TEMP table ``touched``.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.ownership import CLASS_OF
from app.store.rows import Key, Row, delete, put_back

_PAIRS = 60
"""Columns a call of ``json_object``: a function takes at most 127 arguments."""
_WHEN = "WHEN EXISTS (SELECT 1 FROM applying)"


class Touched(NamedTuple):
    """A row that a command wrote."""

    table: str
    row_id: str
    is_new: bool


def synced_tables() -> Iterator[Table]:
    """The tables whose rows travel."""
    return (Base.metadata.tables[name] for name in CLASS_OF)


def install_triggers(connection: Connection) -> None:
    """Make the TEMP tables and triggers on the connection that writes."""
    connection.exec_driver_sql("CREATE TEMP TABLE applying (flag INTEGER)")
    connection.exec_driver_sql(
        "CREATE TEMP TABLE touched (table_name TEXT, row_id TEXT, is_new INTEGER, PRIMARY KEY (table_name, row_id))"
    )
    for table in synced_tables():
        for statement in _triggers(table):
            connection.exec_driver_sql(statement)


def _triggers(table: Table) -> Iterator[str]:
    name = table.name
    keep = (
        "INSERT INTO base_row (table_name, row_id, image) SELECT '{name}', {row}.id, {image} "
        "WHERE NOT EXISTS (SELECT 1 FROM base_row WHERE table_name = '{name}' AND row_id = {row}.id); "
        "INSERT INTO touched (table_name, row_id, is_new) SELECT '{name}', {row}.id, {is_new} "
        "WHERE NOT EXISTS (SELECT 1 FROM touched WHERE table_name = '{name}' AND row_id = {row}.id);"
    )
    made = keep.format(name=name, row="NEW", image="NULL", is_new=1)
    old = keep.format(name=name, row="OLD", image=_image(table), is_new=0)
    yield f"CREATE TEMP TRIGGER base_{name}_insert AFTER INSERT ON main.{name} {_WHEN} BEGIN {made} END"
    yield f"CREATE TEMP TRIGGER base_{name}_update BEFORE UPDATE ON main.{name} {_WHEN} BEGIN {old} END"
    yield f"CREATE TEMP TRIGGER base_{name}_delete BEFORE DELETE ON main.{name} {_WHEN} BEGIN {old} END"


def _image(table: Table) -> str:
    names = [column.name for column in table.columns]
    image = f"json_object({', '.join(_pair(name, name) for name in names[:_PAIRS])})"
    for start in range(_PAIRS, len(names), _PAIRS):
        image = f"json_set({image}, {', '.join(_pair(f'$.{name}', name) for name in names[start : start + _PAIRS])})"
    return image


def _pair(key: str, column: str) -> str:
    return f"'{key}', OLD.{column}"


@contextmanager
def applying(session: Session) -> Iterator[None]:
    """Let the triggers write while the block runs, in a savepoint: what raises leaves no trace, flag included."""
    with session.begin_nested():
        session.connection().exec_driver_sql("INSERT INTO applying VALUES (1)")
        yield
        session.flush()
        session.connection().exec_driver_sql("DELETE FROM applying")


def take_touched(session: Session) -> list[Touched]:
    """The rows touched since this was last asked, and forget them."""
    connection = session.connection()
    rows = connection.exec_driver_sql("SELECT table_name, row_id, is_new FROM touched").all()
    connection.exec_driver_sql("DELETE FROM touched")
    return [Touched(table, row_id, bool(is_new)) for table, row_id, is_new in rows]


def images(session: Session) -> dict[Key, Row | None]:
    """All base rows: the server's image of each row that pending commands changed, ``None`` where it had none."""
    rows = session.connection().exec_driver_sql("SELECT table_name, row_id, image FROM base_row")
    return {(table, row_id): None if image is None else json.loads(image) for table, row_id, image in rows}


def restore(session: Session, kept: Mapping[Key, Row | None]) -> None:
    """Put every base row back as the server had it, and empty the list. The flag must be off."""
    connection = session.connection()
    made: dict[str, list[str]] = {}
    had: dict[str, list[Row]] = {}
    for (table, row_id), image in kept.items():
        if image is None:
            made.setdefault(table, []).append(row_id)
        else:
            had.setdefault(table, []).append(image)
    for table, row_ids in made.items():
        delete(connection, table, row_ids)
    for table, images_of_table in had.items():
        put_back(connection, Base.metadata.tables[table], images_of_table)
    connection.exec_driver_sql("DELETE FROM base_row")
