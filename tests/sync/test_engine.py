"""The sync thread: it sends by itself, tries again by itself, says how it stands, and ends when told to."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.domain.errors import StorageError
from app.server import accounts, push
from app.sync import engine as engines
from app.sync.engine import SyncEngine
from app.sync.state import SyncState
from tests.fault_proxy import ANSWER_LOST
from tests.plant import Console, Plant


def wreck(folder: Path) -> None:
    """Overwrite all of a cache but the beginnings of its files."""
    for name, head in (("cache.sqlite", 100), ("cache.sqlite-wal", 32)):
        with (folder / name).open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(head)
            file.write(b"\xa5" * (size - head))


class Told:
    """The states that were told, and a way to wait for one."""

    def __init__(self) -> None:
        self.states: list[SyncState] = []
        self._news = threading.Condition()

    def tell(self, state: SyncState) -> None:
        """Hear of a state, on the sync thread."""
        with self._news:
            self.states.append(state)
            self._news.notify_all()

    def until(self, wanted: Callable[[SyncState], bool]) -> SyncState:
        """Wait for a state that is as wanted; it may be the latest already."""
        with self._news:
            assert self._news.wait_for(lambda: bool(self.states) and wanted(self.states[-1]), 30), self.states
            return self.states[-1]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def a(plant: Plant) -> Console:
    return plant.console("A")


@pytest.fixture
def engine(a: Console, told: Told) -> Iterator[SyncEngine]:
    found = SyncEngine(a.store, a.sign_in, a.clock, told.tell)
    yield found
    found.close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have it try again at once; how long it waits is tested by itself."""
    monkeypatch.setattr(engines, "back_off_s", lambda _failures: 0.01)
    monkeypatch.setattr(engines, "_POLL_S", 0.02)
    monkeypatch.setattr(engines, "_PERSON_S", 0.02)


def test_what_is_done_is_sent_without_anybody_asking(a: Console, engine: SyncEngine, told: Told) -> None:
    engine.start()
    told.until(lambda state: state.is_online)
    a.report()
    told.until(lambda state: state.is_online and state.pending == 0 and not a.outbox())


def test_what_others_do_is_fetched_without_anybody_asking(plant: Plant, a: Console, engine: SyncEngine) -> None:
    b = plant.console("B")
    arrived = threading.Event()
    order_ids: list[str] = []
    a.store.subscribe(lambda changes: arrived.set() if changes.of("work_order") & set(order_ids) else None)
    engine.start()
    order_ids.append(b.report())
    b.sync()
    assert arrived.wait(30)


def test_while_the_server_is_away_it_is_said_and_tried_for_ever(a: Console, engine: SyncEngine, told: Told) -> None:
    engine.start()
    told.until(lambda state: state.is_online)
    a.offline().report()
    told.until(lambda state: not state.is_online and state.pending == 1)
    a.online()
    told.until(lambda state: state.is_online and state.pending == 0)


def test_lost_answers_end_in_one_effect(plant: Plant, a: Console, engine: SyncEngine, told: Told) -> None:
    a.fault(*[ANSWER_LOST] * 5).report()
    engine.start()
    told.until(lambda state: state.is_online and state.pending == 0 and not a.outbox())
    plant.assert_agreed()


def test_it_waits_for_a_person_who_must_sign_in_and_goes_on_afterwards(
    plant: Plant, a: Console, engine: SyncEngine, told: Told
) -> None:
    with plant.server.database.write() as session:
        accounts.set_password(session, "lin", "another password")
    engine.start()
    state = told.until(lambda state: state.notice is not None)
    assert state.notice is not None
    assert state.notice.code == "sign_in_needed"
    assert state.is_online
    a.report()
    a.sign_in.online("lin", "another password")
    engine.retry_now()
    told.until(lambda state: state.notice is None and state.pending == 0)


def test_what_was_refused_is_counted_for_its_author(plant: Plant, engine: SyncEngine, a: Console, told: Told) -> None:
    b = plant.console("B")
    order_id = b.report()
    plant.sync()
    a.do(_edit(order_id, "甲"))
    b.do(_edit(order_id, "乙"))
    b.sync()
    engine.start()
    told.until(lambda state: state.refused == 1 and state.pending == 0)
    a.store.discard(a.outbox()[0].command_id)
    told.until(lambda state: state.refused == 0)


@pytest.mark.expects_log("app.sync.engine: ERROR: sync failed")
def test_a_bug_does_not_end_it(a: Console, engine: SyncEngine, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        monkeypatch.undo()
        raise ZeroDivisionError

    monkeypatch.setattr(engine._conversation, "greet", broken)
    engine.start()
    told.until(lambda state: state.notice is not None and state.notice.code == "sync_fault")
    engine.retry_now()
    told.until(lambda state: state.is_online and state.notice is None)


def test_a_cache_that_breaks_is_said_and_does_not_end_it(a: Console, engine: SyncEngine, told: Told) -> None:
    engine.start()
    told.until(lambda state: state.is_online)
    wreck(a.folder)
    with contextlib.suppress(StorageError):
        a.report()  # what was read before is read anew
    state = told.until(lambda state: state.notice is not None)
    assert str(state.notice) == "cache_damaged"
    assert engine._thread.is_alive()


def test_it_ends_at_once_while_a_server_does_not_answer(
    plant: Plant, a: Console, engine: SyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered = threading.Event(), threading.Event()

    def slow(_request: bytes) -> bytes:
        asked.set()
        answered.wait(30)
        return b""

    monkeypatch.setattr(a.proxy, "_asked", slow)
    engine.start()
    assert asked.wait(30)
    engine.close()
    answered.set()


def test_a_busy_server_is_asked_again_when_it_said(
    a: Console, engine: SyncEngine, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    def polite(seconds: float) -> float:
        waits.append(seconds)
        return 0.01

    monkeypatch.setattr(engines, "polite_s", polite)
    monkeypatch.setattr(push, "PUSHES_A_MINUTE", 0)
    a.report()
    engine.start()
    told.until(lambda state: state.is_online and state.pending == 1 and bool(waits))
    monkeypatch.setattr(push, "PUSHES_A_MINUTE", 600)
    told.until(lambda state: state.pending == 0)
    assert 0 < waits[0] <= 60


@pytest.mark.expects_log("app.server.guard: ERROR: request .* failed")
def test_a_server_that_breaks_counts_as_away_and_is_asked_again(
    a: Console, engine: SyncEngine, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "lock_console", lambda *_arguments: 1 / 0)
    a.report()
    engine.start()
    told.until(lambda state: not state.is_online and state.pending == 1)
    monkeypatch.undo()
    engine.retry_now()
    told.until(lambda state: state.is_online and state.pending == 0)
    assert engine.state == told.states[-1]


def test_it_can_be_closed_before_it_was_started(a: Console) -> None:
    SyncEngine(a.store, a.sign_in, a.clock).close()


def _edit(order_id: str, description: str) -> EditWorkOrder:
    return EditWorkOrder(id=order_id, set=WorkOrderFields(description=description))
