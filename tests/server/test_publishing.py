"""Many rows at once: in whatever order they come, each with its entry."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.db.companies import Category, Site
from app.db.ownership import stream_of
from app.db.places import Building, Unit
from app.db.residents import Residence, Resident
from app.db.work_orders import WorkOrder
from app.domain.ids import COMPANY_STREAM, new_id
from app.server.database import Database
from app.server.publishing import TOGETHER, publish
from app.server.tables import Account, Change, Stream
from tests.clocks import START
from tests.factories import SITE, SUPERVISOR


def test_children_may_come_before_their_parents(database: Database) -> None:
    site, building, unit, resident = (new_id() for _ in range(4))
    top, middle, leaf = sorted((new_id() for _ in range(3)), reverse=True)
    work, people = stream_of("unit", site), stream_of("resident", site)
    rows: list[Any] = [
        Residence(id=new_id(), stream_id=people, resident_id=resident, unit_id=unit, relation="owner"),
        Category(id=leaf, stream_id=COMPANY_STREAM, parent_id=middle, name_zh="叶", name_en="leaf"),
        Category(id=middle, stream_id=COMPANY_STREAM, parent_id=top, name_zh="枝", name_en="branch"),
        Category(id=top, stream_id=COMPANY_STREAM, name_zh="根", name_en="root"),
        Unit(id=unit, stream_id=work, site_id=site, building_id=building, number="1", label="1"),
        Building(id=building, stream_id=work, site_id=site, name="1"),
        Resident(id=resident, stream_id=people, site_id=site, name="王"),
        Site(id=site, stream_id=COMPANY_STREAM, name_zh="新苑", name_en="New Court", kind="housing"),
    ]
    with database.write() as session:
        scope_version = session.get_one(Account, SUPERVISOR).scope_version
        publish(session, rows)
    with database.read() as session:
        assert {session.get_one(type(row), row.id).version for row in rows} == {1}
        assert session.get_one(Stream, work).seq == 2
        assert session.get_one(Stream, people).seq == 2
        assert session.get_one(Account, SUPERVISOR).scope_version == scope_version + 1
        entry = session.get_one(Change, (people, "resident", resident))
        assert (entry.op, entry.version, entry.tx) == ("put", 1, 2)
        assert session.get_one(Resident, resident).seq == entry.seq


def test_what_is_left_out_takes_its_default_and_times_are_kept(database: Database) -> None:
    order = WorkOrder(
        id=new_id(),
        stream_id=stream_of("work_order", SITE),
        number="260916-00-001",
        site_id=SITE,
        description="漏水",
        priority="P3",
        source="phone",
        state="reported",
        reported_at=START,
    )
    with database.write() as session:
        publish(session, [order])
    with database.read() as session:
        kept = session.get_one(WorkOrder, order.id)
        assert (kept.reported_at, kept.round, kept.place_label, kept.due_at) == (START, 0, "", None)


def test_the_rows_of_a_stream_are_numbered_on_and_parted(database: Database) -> None:
    stream = stream_of("building", SITE)
    with database.write() as session:
        before = session.get_one(Stream, stream).seq
        buildings = [
            Building(id=new_id(), stream_id=stream, site_id=SITE, name=str(number)) for number in range(TOGETHER + 1)
        ]
        publish(session, buildings)
        publish(session, [])
    with database.read() as session:
        ends = session.execute(
            select(Change.tx, func.count()).where(Change.seq > before, Change.stream_id == stream).group_by(Change.tx)
        ).all()
        assert sorted(tuple(row) for row in ends) == [(before + TOGETHER, TOGETHER), (before + TOGETHER + 1, 1)]
        assert session.get_one(Stream, stream).seq == before + TOGETHER + 1


def test_a_row_that_is_there_already_stops_all_of_it(database: Database) -> None:
    with database.write() as session:
        before = session.get_one(Stream, COMPANY_STREAM).seq
    with pytest.raises(IntegrityError), database.write() as session:
        publish(session, [Site(id=SITE, stream_id=COMPANY_STREAM, name_zh="二", name_en="two", kind="mall")])
    with database.read() as session:
        assert session.get_one(Stream, COMPANY_STREAM).seq == before
