"""The writing thread: people before pages, one transaction a task, failures where the caller waits."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.db.session import open_sqlite
from app.domain.changes import Changes
from app.domain.errors import RefusedError, StorageError
from app.store.writing import Task, Urgency, Writer


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Lend a connection to a file with one table."""
    engine = open_sqlite(tmp_path / "rows.sqlite", enforce_keys=False)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def writer(connection: Connection) -> Iterator[Writer]:
    """Lend a writer over it."""
    writer = Writer(connection, lambda _session, _changes: None, lambda: None)
    yield writer
    writer.close()


def insert(value: int) -> Task[int]:
    def task(session: Session, changes: Changes) -> int:
        session.connection().exec_driver_sql("INSERT INTO t VALUES (?)", (value,))
        changes.add("t", [str(value)])
        return value

    return task


def count(session: Session, _changes: Changes) -> int:
    found: int = session.connection().exec_driver_sql("SELECT count(*) FROM t").scalar_one()
    return found


def test_people_go_before_pages(writer: Writer) -> None:
    begun, gate, order = threading.Event(), threading.Event(), []

    def hold(*_: object) -> None:
        begun.set()
        gate.wait(30)

    threads = [threading.Thread(target=writer.run, args=(hold, Urgency.PAGE))]
    threads[0].start()
    begun.wait(30)
    for urgency in (Urgency.PAGE, Urgency.PERSON, Urgency.PAGE, Urgency.PERSON):
        known = writer._queue.qsize()
        thread = threading.Thread(target=writer.run, args=(lambda *_, u=urgency: order.append(u), urgency))
        thread.start()
        threads.append(thread)
        while writer._queue.qsize() == known:
            thread.join(0.001)
    gate.set()
    for thread in threads:
        thread.join()
    assert order == [Urgency.PERSON, Urgency.PERSON, Urgency.PAGE, Urgency.PAGE]


def test_what_a_task_raises_undoes_it_and_is_raised_where_the_caller_waits(writer: Writer) -> None:
    def task(session: Session, changes: Changes) -> None:
        insert(1)(session, changes)
        raise RefusedError("order_is_closed")

    with pytest.raises(RefusedError):
        writer.run(task)
    assert writer.run(count) == 0


def test_a_mistake_in_sql_is_a_bug_and_no_fault_of_the_disk(writer: Writer) -> None:
    with pytest.raises(OperationalError):
        writer.run(lambda session, _: session.connection().exec_driver_sql("SELECT nonsense"))


def test_subscribers_hear_only_of_what_was_written(writer: Writer) -> None:
    heard: list[Changes] = []
    unsubscribe = writer.subscribe(heard.append)
    writer.run(insert(1))
    writer.run(count)
    unsubscribe()
    unsubscribe()
    writer.run(insert(2))
    assert heard == [Changes({"t": {"1"}})]


@pytest.mark.expects_log("a subscriber of changes failed")
def test_a_subscriber_that_fails_keeps_neither_the_command_nor_the_others_from_their_due(writer: Writer) -> None:
    heard: list[Changes] = []

    def fail(_: Changes) -> None:
        raise ZeroDivisionError

    writer.subscribe(fail)
    writer.subscribe(heard.append)
    assert writer.run(insert(1)) == 1
    assert len(heard) == 1


def test_a_subscriber_may_not_write(writer: Writer) -> None:
    caught: list[Exception] = []

    def write(_: Changes) -> None:
        try:
            writer.run(count)
        except RuntimeError as error:
            caught.append(error)

    writer.subscribe(write)
    writer.run(insert(1))
    assert len(caught) == 1


def test_a_closed_writer_has_done_what_was_queued_and_takes_no_more(writer: Writer) -> None:
    writer.run(insert(1))
    writer.close()
    writer.close()
    with pytest.raises(StorageError, match="store_closed"):
        writer.run(count)


def test_a_file_locked_by_another_program_is_said(writer: Writer, connection: Connection, tmp_path: Path) -> None:
    writer.run(lambda session, _: session.connection().exec_driver_sql("PRAGMA busy_timeout = 0"))
    other = open_sqlite(tmp_path / "rows.sqlite", enforce_keys=False)
    with other.begin(), pytest.raises(StorageError, match="cache_busy"):
        writer.run(count)
    assert writer.run(count) == 0
    other.dispose()
