"""Runs work beside the GUI thread and brings its result back to it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.domain.errors import OpsError

_P = ParamSpec("_P")
_R = TypeVar("_R")

Failed = Callable[[OpsError], object]


class CancelledWorkError(Exception):
    """Raised inside long work by :meth:`Progress.report` once the user has cancelled it."""


class Progress:
    """How long work tells how far it is, from its own thread."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._cancelled = threading.Event()

    def report(self, done: int, total: int) -> None:
        """Tell that ``done`` of ``total`` are done; raises :class:`CancelledWorkError` if the user has cancelled."""
        if self._cancelled.is_set():
            raise CancelledWorkError
        self._tell(done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancelled.set()


class Job(QObject):
    """Long work under way: how far it is, and the means to stop it. Lives in the GUI thread."""

    progressed = Signal(int, int)
    """Done, total."""
    ended = Signal()
    """Done, failed or cancelled."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.progress = Progress(self.progressed.emit)

    def cancel(self) -> None:
        """Ask the work to stop; ``ended`` follows."""
        self.progress.cancel()


@dataclass(slots=True, eq=False)
class _Call:
    """One piece of work on its way out and back."""

    done: Callable[[Any], object] | None
    failed: Failed | None
    latest: str = ""
    number: int = 0
    job: Job | None = None
    result: object = None
    error: BaseException | None = None


class Tasks(QObject):
    """A few threads for work that must not hold up the window. Make it in the GUI thread; close it at the end.

    A result whose receiver, the object of a bound method, has gone meanwhile is dropped. An error that is no
    :class:`OpsError`, or that nobody takes, is raised in the GUI thread, where the crash watch finds it.
    """

    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="task")
        self._newest: dict[str, int] = {}
        self._count = self._landed_count = 0
        self._is_closed = False
        self._landed.connect(self._on_landed, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        function: Callable[..., _R],
        *args: object,
        done: Callable[[_R], object] | None = None,
        failed: Failed | None = None,
        latest: str = "",
    ) -> None:
        """Call ``function(*args)`` on another thread, then ``done(result)`` or ``failed(error)`` on this one.

        Of several runs with the same name ``latest`` only the last one's outcome is delivered: what was typed first
        must not overwrite what was typed last.
        """
        self._submit(_Call(done, failed, latest), function, *args)

    def start(
        self,
        function: Callable[Concatenate[Progress, ...], _R],
        *args: object,
        done: Callable[[_R], object] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Call ``function(progress, *args)`` on another thread; the job shows how far it is and can be cancelled."""
        job = Job(self)
        self._submit(_Call(done, failed, job=job), function, job.progress, *args)
        return job

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way, and the outcome of all that was has been told."""
        return self._is_closed or self._count == self._landed_count

    def close(self) -> None:
        """Ask what runs to stop, drop what waits, and return when no thread is left.

        No outcome is delivered any more, and nothing is begun.
        """
        if self._is_closed:
            return
        self._is_closed = True
        for job in self.findChildren(Job):
            job.cancel()
        self._landed.disconnect(self._on_landed)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, call: _Call, function: Callable[..., object], *args: object) -> None:
        if self._is_closed:
            return
        self._count += 1
        call.number = self._count
        if call.latest:
            self._newest[call.latest] = call.number
        self._pool.submit(self._work, call, function, *args)

    def _work(self, call: _Call, function: Callable[..., object], *args: object) -> None:
        try:
            call.result = function(*args)
        except BaseException as error:  # every end of the work is told in the GUI thread
            call.error = error
        self._landed.emit(call)

    def _on_landed(self, call: _Call) -> None:
        self._landed_count += 1
        if call.job is not None:
            call.job.ended.emit()
            call.job.deleteLater()
        if call.latest and self._newest[call.latest] != call.number:
            return
        if call.error is None:
            if call.done is not None and _is_alive(call.done):
                call.done(call.result)
        elif isinstance(call.error, OpsError) and call.failed is not None:
            if _is_alive(call.failed):
                call.failed(call.error)
        elif not isinstance(call.error, CancelledWorkError):
            raise call.error


def _is_alive(receiver: object) -> bool:
    """Whether the Qt object behind a bound method, also within a partial, still exists."""
    while hasattr(receiver, "func"):
        receiver = receiver.func
    owner = getattr(receiver, "__self__", None)
    return not isinstance(owner, QObject) or bool(isValid(owner))
