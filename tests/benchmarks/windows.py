"""Waits for a window as a person does: until what was asked for has been painted."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_PATIENCE_MS, _LOOK_MS = 60_000, 100


class Painted(QObject):
    """Runs the event loop until ``widget`` was painted while ``condition`` held."""

    def __init__(self, widget: QWidget, look_ms: int = _LOOK_MS) -> None:
        super().__init__()
        self._widget, self._look_ms = widget, look_ms
        self._condition: Callable[[], bool] = bool
        self._loop = QEventLoop()
        widget.installEventFilter(self)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Return after the first paint at which ``condition`` held. Raises ``TimeoutError``."""
        self._condition = condition
        patience = QTimer(singleShot=True, interval=_PATIENCE_MS)
        patience.timeout.connect(self._on_impatient)
        patience.start()
        if condition():
            self._widget.update()
        looking = QTimer(interval=self._look_ms)
        looking.timeout.connect(self._on_look)
        looking.start()
        if self._loop.exec() != 0:
            raise TimeoutError(f"not painted within {_PATIENCE_MS} ms")

    def _on_look(self) -> None:
        """What was there already is painted for no other reason."""
        if self._condition():
            self._widget.update()

    def _on_impatient(self) -> None:
        self._loop.exit(1)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._condition():
            self._condition = bool
            # The paint comes after this filter: leave once it is done.
            QTimer.singleShot(0, self._loop.quit)
        return False
