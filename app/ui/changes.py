"""Brings what the store announces on its own threads to the GUI thread."""

import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.domain.changes import Changes

_BREATH_MS = 1_000
"""Between two tellings of everything: the pages of a first fetch come faster than anybody can look at them."""


class ChangesBridge(QObject):
    """Give :meth:`deliver` to ``Store.subscribe``; pages connect to :attr:`changed`.

    What arrives before the GUI thread gets to it is told as one.
    """

    changed = Signal(object)
    """One :class:`Changes`, on the GUI thread."""
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: Changes | None = None
        self._held = Changes()
        self._breath = QTimer(self, interval=_BREATH_MS, singleShot=True)
        self._breath.timeout.connect(self._on_breath)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def deliver(self, changes: Changes) -> None:
        """Take ``changes`` from any thread; returns at once."""
        with self._lock:
            is_first = self._waiting is None
            if self._waiting is None:
                self._waiting = Changes()
            self._waiting.merge(changes)
        if is_first:
            self._arrived.emit()

    def _on_arrived(self) -> None:
        with self._lock:
            changes, self._waiting = self._waiting, None
        if not changes:
            return
        if not changes.everything:
            self.changed.emit(changes)
            return
        self._held.merge(changes)
        if not self._breath.isActive():
            self._on_breath()

    def _on_breath(self) -> None:
        if self._held:
            held, self._held = self._held, Changes()
            self._breath.start()
            self.changed.emit(held)
