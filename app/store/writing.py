"""The one thread that writes: people's commands first, pages of a pull after them, each in a transaction of its own."""

import itertools
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from queue import PriorityQueue
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.domain.changes import Changes
from app.domain.errors import StorageError
from app.store.failures import in_words, is_damage

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
Task = Callable[[Session, Changes], Result]
"""What is done in one transaction: it notes in ``Changes`` what it touched."""
Subscriber = Callable[[Changes], None]


class Urgency(IntEnum):
    """Who goes first."""

    PERSON = 0
    PAGE = 1
    END = 2


class Writer:
    """Owns the connection that writes, and the thread on which it does so."""

    def __init__(self, connection: Connection, finish: Task[None], on_damage: Callable[[], None]) -> None:
        """``finish`` ends every transaction that touched something; ``on_damage`` is told of a broken file."""
        self._connection = connection
        self._finish = finish
        self._on_damage = on_damage
        self._damage: StorageError | None = None
        self._queue: PriorityQueue[tuple[Urgency, int, Callable[[], None]]] = PriorityQueue()
        self._order = itertools.count()
        self._subscribers: list[Subscriber] = []
        self._gate = threading.Lock()
        self._is_closed = False
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._thread.start()

    def run(self, task: Task[Result], urgency: Urgency = Urgency.PERSON) -> Result:
        """Do ``task`` in one transaction, tell the subscribers what it touched, and return what it returns.

        Blocks until done. Whatever the task raises undoes the transaction and is raised here; what the disk or file
        says becomes ``StorageError``.
        """
        return self.begin(task, urgency).result()

    def begin(self, task: Task[Result], urgency: Urgency = Urgency.PERSON) -> Future[Result]:
        """Queue what :meth:`run` waits for."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a subscriber may not write: it would wait for itself")
        future: Future[Result] = Future()
        self._put(urgency, lambda: self._answer(future, task))
        return future

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Have ``callback`` told, on the writing thread, of everything that changes; returns what ends that."""
        with self._gate:
            self._subscribers.append(callback)

        def unsubscribe() -> None:
            with self._gate:
                if callback in self._subscribers:
                    self._subscribers.remove(callback)

        return unsubscribe

    def close(self) -> None:
        """Do what is queued, then stop; returns when the thread has ended. Later tasks are refused."""
        with self._gate:
            if not self._is_closed:
                self._is_closed = True
                self._queue.put((Urgency.END, next(self._order), lambda: None))
        self._thread.join()

    def _put(self, urgency: Urgency, job: Callable[[], None]) -> None:
        with self._gate:
            if self._is_closed:
                raise StorageError("store_closed")
            self._queue.put((urgency, next(self._order), job))

    def _work(self) -> None:
        while True:
            urgency, _, job = self._queue.get()
            if urgency is Urgency.END:
                return
            job()

    def _answer(self, future: "Future[Any]", task: Task[Any]) -> None:
        try:
            future.set_result(self._transact(task))
        except BaseException as error:  # it is raised again where the caller waits
            future.set_exception(error)

    def _transact(self, task: Task[Result]) -> Result:
        if self._damage is not None:
            raise self._damage
        changes = Changes()
        try:
            with in_words(), Session(self._connection) as session, session.begin():
                result = task(session, changes)
                self._finish(session, changes)
        except StorageError as error:
            if is_damage(error):
                self._damage = error
                self._on_damage()
            raise
        if changes:
            self._tell(changes)
        return result

    def _tell(self, changes: Changes) -> None:
        with self._gate:
            subscribers = tuple(self._subscribers)
        for callback in subscribers:
            try:
                callback(changes)
            except Exception:  # the rows are written: a listener's bug must not look like a failed command
                logger.exception("a subscriber of changes failed")
