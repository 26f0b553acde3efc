"""An import as it reaches the server: from a console without a desk, once however often it is sent."""

from sqlalchemy import select

from app.commands.imports import ImportRows
from app.commands.registry import KINDS
from app.db.work_orders import WorkOrder
from app.server.database import Database
from tests.clocks import HandClock
from tests.factories import NOON, SITE, SUPERVISOR
from tests.server.kit import Desk


def import_of(*keys: int) -> ImportRows:
    """Orders of one day, by the keys of their source."""
    orders = [
        {"key": str(key), "number": f"S{key}", "description": "漏水", "reported_at": NOON, "closed_at": NOON}
        for key in keys
    ]
    return ImportRows.model_validate({"source": "old", "site_id": SITE, "orders": orders})


def test_imported_orders_take_numbers_of_the_servers_desk_past_a_thousand_a_day(
    database: Database, clock: HandClock
) -> None:
    desk = Desk(database, clock, SUPERVISOR, has_desk=False)
    for first in range(0, 1_100, 100):
        (result,) = desk.do(import_of(*range(first, first + 100)))
        assert (result.status, result.counts, result.renumbered) == ("accepted", {"added": 100, "kept": 0}, None)
    with database.read() as session:
        numbers = session.scalars(select(WorkOrder.number)).all()
    assert len(numbers) == 1_100
    assert set(numbers) == {f"260916-00-{counter:03d}" for counter in range(1, 1_101)}


def test_a_file_imported_twice_adds_nothing_the_second_time(database: Database, clock: HandClock) -> None:
    Desk(database, clock, SUPERVISOR, has_desk=False).do(import_of(1, 2))
    (again,) = Desk(database, clock, SUPERVISOR, has_desk=False).do(import_of(1, 2, 3))
    assert again.counts == {"added": 1, "kept": 2}


def test_an_import_may_be_larger_than_other_commands(database: Database, clock: HandClock) -> None:
    command = import_of(*range(200))
    large = command.model_copy(
        update={"orders": tuple(row.model_copy(update={"description": "漏" * 400}) for row in command.orders)}
    )
    assert len(large.model_dump_json().encode()) > KINDS["ReportWorkOrder"].size_limit
    (result,) = Desk(database, clock, SUPERVISOR, has_desk=False).do(large)
    assert result.counts == {"added": 200, "kept": 0}
