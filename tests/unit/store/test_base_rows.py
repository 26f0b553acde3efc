"""Base rows: an image of every row that commands change, whatever its columns hold."""

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Column, MetaData, String, Table, create_engine
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.session import open_sqlite
from app.store import base_rows
from app.store.rows import put_back
from app.store.tables import LocalBase

_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_COUNT = st.integers(-(2**63), 2**63 - 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=_TEXT, note=_TEXT, other=_TEXT, sort=_COUNT, seq=_COUNT)
def test_rows_come_back_bit_for_bit(tmp_path: Path, name: str, note: str, other: str, sort: int, seq: int) -> None:
    engine = open_sqlite(tmp_path / "rows.sqlite", enforce_keys=False)
    with engine.connect() as connection, Session(connection) as session:
        Base.metadata.create_all(connection)
        LocalBase.metadata.create_all(connection)
        connection.commit()
        base_rows.install_triggers(connection)
        connection.exec_driver_sql("DELETE FROM place")
        asked = "SELECT *, typeof(name), typeof(building_id), typeof(sort) FROM place ORDER BY id"
        row = {"id": "a", "stream_id": "s", "version": 7, "seq": seq, "site_id": note, "name": name, "sort": sort}
        put_back(connection, Base.metadata.tables["place"], [row, {**row, "id": "b"}])
        before = connection.exec_driver_sql(asked).all()
        with base_rows.applying(session):
            connection.exec_driver_sql("UPDATE place SET name = ?, sort = 1 WHERE id = 'a'", (other,))
            connection.exec_driver_sql("UPDATE place SET name = '' WHERE id = 'a'")
            connection.exec_driver_sql("DELETE FROM place WHERE id = 'b'")
            put_back(connection, Base.metadata.tables["place"], [{**row, "id": "c"}])
        touched = base_rows.take_touched(session)
        assert {(one.row_id, one.is_new) for one in touched} == {("a", False), ("b", False), ("c", True)}
        base_rows.restore(session, base_rows.images(session))
        assert connection.exec_driver_sql(asked).all() == before
        assert base_rows.images(session) == {}
    engine.dispose()


def test_a_table_of_many_columns_is_kept_whole() -> None:
    names = ["id", *(f"c{number}" for number in range(150))]
    table = Table("wide", MetaData(), *(Column(name, BigInteger if name == "c7" else String) for name in names))
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        table.create(connection)
        connection.exec_driver_sql("CREATE TABLE base_row (table_name, row_id, image)")
        connection.exec_driver_sql("CREATE TEMP TABLE applying (flag)")
        connection.exec_driver_sql("CREATE TEMP TABLE touched (table_name, row_id, is_new)")
        for statement in base_rows._triggers(table):
            connection.exec_driver_sql(statement)
        row = {"id": "a", **{name: str(number) for number, name in enumerate(names[1:])}, "c7": 7, "c8": None}
        connection.execute(table.insert().values(row))
        connection.exec_driver_sql("INSERT INTO applying VALUES (1)")
        connection.exec_driver_sql("DELETE FROM wide")
        image = connection.exec_driver_sql("SELECT image FROM base_row").scalar_one()
        assert json.loads(image) == row
    engine.dispose()
