"""Finds threads and timers that a test leaves running, and says who started them."""

import sys
import threading
import weakref
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer

_GRACE_S = 3.0  # a pool that was told to stop may still be on its way out
_MACHINERY = ("threading", "concurrent.futures", "anyio", "asyncio", "tests.leftovers")

Runner = threading.Thread | QThread | QTimer


class Leftovers:
    """Remembers who started each thread and timer, from `install` on."""

    def __init__(self) -> None:
        self._starters: weakref.WeakKeyDictionary[Runner, str] = weakref.WeakKeyDictionary()

    def install(self) -> None:
        """Have every start of a thread or timer noted; once a run."""
        for kind in (threading.Thread, QThread, QTimer):
            kind.start = self._noting(kind.start)  # type: ignore[method-assign]

    def running(self) -> set[Runner]:
        """All threads and timers that run now."""
        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qt_things = {thing for thing in self._starters if not isinstance(thing, threading.Thread) and _runs(thing)}
        return {*threading.enumerate(), *qt_things}

    def left(self, before: set[Runner]) -> list[str]:
        """Say what runs that did not run before, after giving threads a moment to come to their end."""
        for thing in self.running() - before:
            if isinstance(thing, threading.Thread):
                thing.join(_GRACE_S)
        return [
            f"{thing!r}, started by {self._starters.get(thing, 'somebody unknown')}"
            for thing in self.running() - before
        ]

    def _noting(self, start: Callable[..., Any]) -> Callable[..., Any]:
        def noted(thing: Any, *arguments: Any) -> Any:
            self._starters[thing] = _caller()
            return start(thing, *arguments)

        return noted


def _runs(thing: QThread | QTimer) -> bool:
    if not shiboken6.isValid(thing):
        return False
    return thing.isRunning() if isinstance(thing, QThread) else thing.isActive()


def _caller() -> str:
    """The nearest place in the stack that is not the machinery of threads."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(_MACHINERY):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno} in {frame.f_code.co_qualname}"
