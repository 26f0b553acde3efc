"""Who sits before the console that is started: signs in, and tells the moments that count."""

import sys
import time

from PySide6.QtCore import QObject, Qt, QTimer
from typing_extensions import override

from app.ui.application.director import press, type_text
from app.ui.application.program import Program
from tests.benchmarks.windows import Painted

AWAITS_PASSWORD, PRESSES_RETURN, HAS_QUEUE = "awaits-password", "presses-return", "has-queue"
_TYPING_MS = 1000
"""Nobody types a password faster."""


class WatchedProgram(Program):
    """The program, with a clerk before it."""

    @override
    def start(self) -> None:
        super().start()
        Clerk(self)


class Clerk(QObject):
    """Types the password that standard input holds, waits for the queue and closes the window."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        program.ready.connect(self._look, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        page = self._program.sign_in_page
        assert page is not None
        Painted(page, look_ms=1).wait(page.password_field().hasFocus)
        _tell(AWAITS_PASSWORD)
        QTimer.singleShot(_TYPING_MS, self._sign_in)

    def _sign_in(self) -> None:
        type_text(sys.stdin.readline().strip())
        _tell(PRESSES_RETURN)
        press(Qt.Key.Key_Return)

    def _look(self) -> None:
        from app.ui.application.visit import Visit  # noqa: PLC0415  # not before the program loads the pages itself
        from tests.benchmarks.pages import has_rows_in_sight  # noqa: PLC0415

        page = Visit(self._program).queue
        Painted(self._program.shell, look_ms=1).wait(lambda: has_rows_in_sight(page) and page.pane.order is not None)
        _tell(HAS_QUEUE)
        self._program.shell.close()


def _tell(moment: str) -> None:
    print(moment, time.process_time(), flush=True)
