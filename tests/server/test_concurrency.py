"""Several at once: desks that want the same, readers among writers, transactions that run into each other."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from app.commands.steps import StepWorkOrder
from app.commands.work_orders import EditWorkOrder, ReportWorkOrder, WorkOrderFields
from app.db.ownership import stream_of
from app.db.work_orders import WorkOrder
from app.domain.errors import OpsError
from app.domain.work_orders import State
from app.protocol import Envelope
from app.server import push as pushing
from app.server.database import Database, open_database
from app.server.passwords import LOGIN_TRIES, count_attempt
from app.server.problems import OverloadedError
from app.server.push import RERUNS
from app.server.tables import Attempt, Stream
from tests.clocks import HandClock
from tests.databases import Databases, PostgresDatabases
from tests.factories import CLERK, OTHER_SITE, SITE, SUPERVISOR, a_report
from tests.postgres import PostgresServer
from tests.server.kit import Desk, prepare
from tests.server.test_pull import Reader, rows_of

WORK, PEOPLE = stream_of("work_order", SITE), stream_of("resident", SITE)


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment, and return what each gave."""
    ready = threading.Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        ready.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_of_two_desks_that_take_the_same_step_one_passes(database: Database, clock: HandClock) -> None:
    desks = [Desk(database, clock) for _ in range(4)]
    for _turn in range(5):
        order_id = desks[0].report()
        step = StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.TRIAGED)
        envelopes = [desk.envelope(step) for desk in desks]
        tasks = [partial(desk.push, envelope) for desk, envelope in zip(desks, envelopes, strict=True)]
        results = [pushed.results[0] for pushed in at_once(*tasks)]
        assert sorted(result.status for result in results) == ["accepted", "rejected", "rejected", "rejected"]
        refused = [result.error for result in results if result.error]
        assert {(error.code, error.is_conflict) for error in refused} == {("state_changed_meanwhile", True)}


def test_of_two_desks_that_edit_one_field_one_passes(database: Database, clock: HandClock) -> None:
    first, second = Desk(database, clock), Desk(database, clock)
    order_id = first.report()
    for turn in range(10):
        edits = [
            desk.envelope(EditWorkOrder(id=order_id, set=WorkOrderFields(description=f"{turn} {name}")))
            for name, desk in (("一", first), ("二", second))
        ]
        pushed = at_once(partial(first.push, edits[0]), partial(second.push, edits[1]))
        assert sorted(each.results[0].status for each in pushed) == ["accepted", "rejected"]


def test_one_envelope_sent_many_times_at_once_has_one_effect(database: Database, clock: HandClock) -> None:
    desk = Desk(database, clock)
    envelope = desk.envelope(a_report())
    results = [pushed.results[0] for pushed in at_once(*[lambda: desk.push(envelope)] * 8)]
    assert [result.replayed for result in results].count(False) == 1
    assert len({result.model_copy(update={"replayed": False}).model_dump_json() for result in results}) == 1


def test_two_clones_that_open_orders_under_one_number_get_two(database: Database, clock: HandClock) -> None:
    original, clone = Desk(database, clock), Desk(database, clock, SUPERVISOR)
    for turn in range(5):
        number = f"260916-01-{turn:03d}"
        mine = original.envelope(a_report(number=number))
        theirs = clone.envelope(a_report(number=number, site_id=OTHER_SITE, unit_id=None))  # no stream in common
        at_once(partial(original.push, mine), partial(clone.push, theirs))
    with database.read() as session:
        numbers = session.scalars(select(WorkOrder.number)).all()
    assert sorted(numbers) == sorted(
        f"260916-{desk}-{turn:03d}" for desk, first in (("01", 0), ("00", 1)) for turn in range(first, first + 5)
    )


def test_a_reader_among_writers_never_skips_a_change(database: Database, clock: HandClock) -> None:
    desks = [Desk(database, clock) for _ in range(4)]
    batches = [
        [[desk.envelope(a_report(reporter={"name": "王"}, number=f"260916-9{place}-{turn:03d}"))] for turn in range(12)]
        for place, desk in enumerate(desks)
    ]
    reader = Reader(database, CLERK, WORK, PEOPLE)
    is_over = threading.Event()

    def write(desk: Desk, envelopes: list[list[Envelope]]) -> None:
        for batch in envelopes:
            desk.push(*batch)

    def read() -> None:
        while not is_over.is_set():
            reader.ask(limit=7)

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        at_once(*[partial(write, desk, batch) for desk, batch in zip(desks, batches, strict=True)])
        is_over.set()
        reading.result()
    reader.catch_up()
    assert reader.rows == rows_of(database, WORK, PEOPLE)
    assert sum(table == "work_order" for table, _ in reader.rows) == 48


def test_two_processes_share_the_limit_on_guessing(databases: Databases, clock: HandClock) -> None:
    url = databases.create(prepare)
    processes = [open_database(url), open_database(url)]

    def guess(database: Database) -> bool:
        try:
            with database.write() as session:
                count_attempt(session, "lin", "10.0.0.7", clock.now())
        except OpsError:
            return False
        return True

    tries = [database for database in processes for _ in range(6)]
    counted = at_once(*[partial(guess, database) for database in tries])
    assert counted.count(True) == LOGIN_TRIES
    with processes[0].read() as session:
        assert session.get_one(Attempt, "login:lin").failed_count == LOGIN_TRIES
    for database in processes:
        database.close()
    databases.drop(url)


# ---- transactions that run into each other


@pytest.fixture
def collide(database: Database) -> Iterator[Callable[[int], None]]:
    """Have the next so many batches run into another transaction as they lock their streams."""
    left = [0]

    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if left[0] and "UPDATE stream" in statement:
            left[0] -= 1
            error = Exception("deadlock detected")
            error.sqlstate = "40P01"  # type: ignore[attr-defined]
            raise OperationalError(statement, {}, error)

    event.listen(database.engine, "before_cursor_execute", fail)
    yield lambda times: left.__setitem__(0, times)
    event.remove(database.engine, "before_cursor_execute", fail)


def test_a_batch_that_runs_into_another_is_run_again(
    database: Database, desk: Desk, collide: Callable[[int], None]
) -> None:
    collide(RERUNS)
    assert desk.do(a_report())[0].status == "accepted"
    with database.read() as session:
        assert len(session.scalars(select(WorkOrder)).all()) == 1


def test_a_batch_that_runs_into_others_four_times_is_put_off_whole(
    database: Database, desk: Desk, collide: Callable[[int], None]
) -> None:
    envelope = desk.envelope(a_report())
    collide(RERUNS + 1)
    with pytest.raises(OverloadedError, match="server_busy"):
        desk.push(envelope)
    with database.read() as session:
        assert session.scalars(select(WorkOrder)).all() == []
        assert session.get_one(Stream, PEOPLE).seq == 0
    assert desk.push(envelope).results[0].status == "accepted"


def test_a_command_that_runs_into_another_has_its_batch_run_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    apply = EditWorkOrder.apply
    runs = []

    def apply_or_collide(self: EditWorkOrder, session: Any, context: Any) -> None:
        runs.append(context.command_id)
        if len(runs) == 1:
            error = Exception("could not serialize access")
            error.sqlstate = "40001"  # type: ignore[attr-defined]
            raise OperationalError("UPDATE", {}, error)
        apply(self, session, context)

    order_id = desk.report()
    monkeypatch.setattr(EditWorkOrder, "apply", apply_or_collide)
    (result,) = desk.do(EditWorkOrder(id=order_id, set=WorkOrderFields(description="别的")))
    assert (result.status, len(runs)) == ("accepted", 2)


@pytest.mark.parametrize(
    "about", [{"sqlite_errorcode": sqlite3.SQLITE_FULL}, {"sqlstate": "53100"}], ids=["sqlite", "postgres"]
)
def test_a_disk_that_is_full_is_no_fault_of_the_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, about: dict[str, Any]
) -> None:
    error = Exception("disk is full")
    vars(error).update(about)

    def fail(*_: Any) -> None:
        raise OperationalError("INSERT", {}, error)

    envelope = desk.envelope(a_report())
    with monkeypatch.context() as patch:
        patch.setattr(ReportWorkOrder, "apply", fail)
        with pytest.raises(OperationalError):
            desk.push(envelope)
    assert desk.push(envelope).results[0].status == "accepted"


def test_a_lost_connection_is_no_fault_of_the_command(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("gone"), connection_invalidated=True)

    envelope = desk.envelope(a_report())
    with monkeypatch.context() as patch:
        patch.setattr(ReportWorkOrder, "apply", fail)
        with pytest.raises(OperationalError):
            desk.push(envelope)
    assert desk.push(envelope).results[0].status == "accepted"


def test_another_failure_of_the_database_is_not_hidden(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OperationalError("COMMIT", {}, Exception("the connection was lost"))

    monkeypatch.setattr(pushing, "advance", fail)
    with pytest.raises(OperationalError):
        desk.do(a_report())


@pytest.mark.postgres
def test_a_real_deadlock_is_run_again(clock: HandClock, postgres: PostgresServer) -> None:
    databases = PostgresDatabases(postgres)
    url = databases.create(prepare)
    database = open_database(url)
    desk = Desk(database, clock)
    envelope = desk.envelope(a_report(reporter={"name": "王"}))
    first, second = sorted((WORK, PEOPLE))
    is_waiting = threading.Event()

    def block() -> None:
        """Hold the second stream, then ask for the first, which the batch holds by then."""
        with database.write() as session:
            session.execute(select(Stream).where(Stream.id == second).with_for_update())
            is_waiting.set()
            while not _waits(database):
                pass
            session.execute(select(Stream).where(Stream.id == first).with_for_update())

    with ThreadPoolExecutor(1) as pool:
        blocking = pool.submit(block)
        is_waiting.wait()
        result = desk.push(envelope).results[0]
        _outcome_of(blocking)
    assert result.status == "accepted"
    database.close()
    databases.drop(url)


def _waits(database: Database) -> bool:
    with database.read() as session:
        return bool(session.connection().exec_driver_sql("SELECT 1 FROM pg_locks WHERE NOT granted").scalar())


def _outcome_of(blocking: Any) -> None:
    """Either of the two may have been the one that PostgreSQL chose to end."""
    error = blocking.exception()
    assert error is None or isinstance(error, OperationalError)
