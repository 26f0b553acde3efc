"""Tests of work beside the GUI thread."""

import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.domain.errors import NotFoundError, OpsError
from app.ui.tasks import Progress, Tasks


class Receiver(QObject):
    """Keeps what it is told, and by which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[OpsError] = []
        self.threads: set[int] = set()

    def take(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(threading.get_ident())

    def refuse(self, error: OpsError) -> None:
        self.errors.append(error)


@pytest.fixture
def tasks(qapp: QObject) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def receiver(qapp: QObject) -> Receiver:
    return Receiver()


def fail() -> None:
    raise NotFoundError("work_order_gone")


def break_down() -> None:
    raise KeyError("a bug")


def count(progress: Progress, gate: threading.Event, total: int) -> int:
    gate.wait(10)
    for done in range(total):
        progress.report(done + 1, total)
    return total


def wait(gate: threading.Event, value: int) -> int:
    gate.wait(10)
    return value


def test_result_is_delivered_on_the_gui_thread(tasks: Tasks, receiver: Receiver, qtbot: QtBot) -> None:
    tasks.run(sum, [1, 2, 3], done=receiver.take)
    qtbot.waitUntil(lambda: receiver.results == [6])
    assert receiver.threads == {threading.get_ident()}


def test_work_runs_on_another_thread(tasks: Tasks, receiver: Receiver, qtbot: QtBot) -> None:
    tasks.run(threading.get_ident, done=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.results) == 1)
    assert receiver.results != [threading.get_ident()]


def test_refusal_goes_to_failed(tasks: Tasks, receiver: Receiver, qtbot: QtBot) -> None:
    tasks.run(fail, done=receiver.take, failed=receiver.refuse)
    qtbot.waitUntil(lambda: len(receiver.errors) == 1)
    assert receiver.errors[0].code == "work_order_gone"
    assert receiver.results == []


@pytest.mark.parametrize("work", [fail, break_down])
def test_bug_or_refusal_that_nobody_takes_reaches_the_crash_watch(
    tasks: Tasks, qtbot: QtBot, work: Callable[[], None]
) -> None:
    with qtbot.captureExceptions() as caught:
        tasks.run(work)
        qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0][0] in (NotFoundError, KeyError)


@pytest.mark.parametrize("in_partial", [False, True])
def test_receiver_that_died_is_left_in_peace(tasks: Tasks, receiver: Receiver, qtbot: QtBot, in_partial: bool) -> None:
    gate, gone = threading.Event(), Receiver()
    tasks.run(wait, gate, 1, done=partial(gone.take) if in_partial else gone.take)
    delete(gone)
    gate.set()
    tasks.run(wait, gate, 2, done=receiver.take)
    qtbot.waitUntil(lambda: receiver.results == [2])
    assert gone.results == []


def test_only_the_newest_of_a_name_is_delivered(tasks: Tasks, receiver: Receiver, qtbot: QtBot) -> None:
    gate = threading.Event()
    tasks.run(wait, gate, 1, done=receiver.take, latest="search")
    tasks.run(wait, gate, 2, done=receiver.take, latest="search")
    gate.set()
    qtbot.waitUntil(lambda: receiver.results == [2])


def test_long_work_tells_how_far_it_is(tasks: Tasks, receiver: Receiver, qtbot: QtBot) -> None:
    gate, told = threading.Event(), list[tuple[int, int]]()
    job = tasks.start(count, gate, 3, done=receiver.take)
    job.progressed.connect(lambda done, total: told.append((done, total)))
    gate.set()
    qtbot.waitUntil(lambda: receiver.results == [3])
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_cancelled_work_ends_and_delivers_nothing(tasks: Tasks, receiver: Receiver, qtbot: QtBot) -> None:
    gate = threading.Event()
    job = tasks.start(count, gate, 3, done=receiver.take, failed=receiver.refuse)
    with qtbot.waitSignal(job.ended):
        job.cancel()
        gate.set()
    assert (receiver.results, receiver.errors) == ([], [])


def test_close_returns_when_no_thread_is_left(qapp: QObject, receiver: Receiver) -> None:
    tasks, gate = Tasks(), threading.Event()
    gate.set()
    tasks.run(wait, gate, 1, done=receiver.take)
    tasks.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("task")]
    assert receiver.results == []


def test_error_keeps_its_trace(tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        while trace is not None:
            seen.append(trace.tb_frame.f_code.co_name)
            trace = trace.tb_next

    monkeypatch.setattr(sys, "excepthook", hook)
    tasks.run(break_down)
    qtbot.waitUntil(lambda: "break_down" in seen)


def test_after_the_end_nothing_is_begun(qtbot: QtBot) -> None:
    tasks, ran = Tasks(), list[int]()
    assert tasks.is_idle
    tasks.close()
    tasks.run(ran.append, 1)
    tasks.close()
    assert ran == []
    assert tasks.is_idle
