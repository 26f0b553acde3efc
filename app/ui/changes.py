"""Brings what the store announces on its own threads to the GUI thread."""

import threading

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.changes import Changes


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
        if changes:
            self.changed.emit(changes)
