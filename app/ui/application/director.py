"""Plays a script on the running program, as the pictures and the self-test need it: every step waits for a condition.

A script is a generator that does something and then yields what must hold before it goes on.
"""

import sys
import time
from collections.abc import Callable, Generator
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.errors import OpsError

Condition = Callable[[], bool]
Script = Generator[Condition, None, None]

_TICK_MS = 10
_LIMIT_S = 180.0
"""A step that takes longer on any machine is stuck."""


class Director(QObject):
    """Looks at the condition of the moment many times a second, and takes the script a step further when it holds."""

    ended = Signal()

    def __init__(self, script: Script) -> None:
        super().__init__()
        self.error: BaseException | None = None
        self._script = script
        self._condition: Condition = _at_once
        self._since = time.monotonic()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._hook = sys.excepthook
        sys.excepthook = self._on_uncaught
        self._timer.start()

    def _on_tick(self) -> None:
        try:
            if self._condition():
                self._condition = next(self._script)
                self._since = time.monotonic()
            elif time.monotonic() - self._since > _LIMIT_S:
                self._script.throw(OpsError("self_test_stuck", step=self._step()))
        except StopIteration:
            self._end(None)
        except Exception as error:  # whoever plays the script is told of it
            self._end(error)

    def _step(self) -> str:
        """Where in the script it stands still."""
        deepest: Any = self._script
        while deepest.gi_yieldfrom is not None and hasattr(deepest.gi_yieldfrom, "gi_yieldfrom"):
            deepest = deepest.gi_yieldfrom
        return f"{deepest.__name__}, line {deepest.gi_frame.f_lineno}"

    def _on_uncaught(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self._end(error)

    def _end(self, error: BaseException | None) -> None:
        self.error = self.error or error
        self._timer.stop()
        sys.excepthook = self._hook
        self.ended.emit()


def play(application: QApplication, script: Script) -> None:
    """Play a script to its end in the program's event loop. Raises what the script, or any slot meanwhile, raised."""
    director = Director(script)
    director.ended.connect(application.quit, Qt.ConnectionType.QueuedConnection)
    application.exec()
    if director.error is not None:
        raise director.error


def _at_once() -> bool:
    return True


# -------------------------------------------------------------------------------------------------------------- hands


def focus() -> QWidget:
    """What the keys go to. Raises ``OpsError`` when nothing takes them."""
    widget = QApplication.focusWidget()
    if widget is None:
        raise OpsError("self_test_stuck", step="focus")
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, text: str = "") -> None:
    """Press and release a key where the focus is; keys of actions are run through the registry instead."""
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(focus(), QKeyEvent(kind, key, modifiers, text))


def type_text(text: str) -> None:
    """Type letters and digits as keys, anything else through the input method, as Chinese is."""
    if not text.isascii():
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(focus(), event)
        return
    for letter in text:
        press(Qt.Key(ord(letter.upper())), text=letter)
