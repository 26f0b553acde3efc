"""The real console at the hands of a test: keys go in by lines of JSON, what the windows show comes back.

python -m tests.end_to_end.driven_console --data FOLDER --server URL

It knows nothing of the program but that it is made with Qt: a key goes to the window that has the keyboard, and what is
shown is what a screen reader would be told. A line is ``[WHAT, ARGUMENT, …]``, a method of :class:`Hands` and its
arguments; the answer is a list of what is shown then.
"""

import json
import re
import sys
import threading
import time
import traceback
from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTreeView, QWidget

from app.__main__ import main
from tests.ui.sight import in_sight

SCREEN = "offscreen:configfile=tests/end_to_end/screen.json"
"""As large as a screen at a desk: what was left open there does not come back smaller."""
_LOOK_MS = 20
_LIMIT_S = 45.0
"""What is not shown by then will never be."""


class Hands(QObject):
    """Does what the lines say, one after the other, in the thread of the windows."""

    _told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._pattern, self._until = "", 0.0
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._listen, name="hands", daemon=True).start()

    def press(self, *keys: str) -> None:
        """Press keys, each as it is written in the menus: ``Ctrl+N``."""
        for key in keys:
            QTest.keySequence(_window(), key)
        _answer()

    def type(self, text: str) -> None:
        """Type letters and digits as keys, anything else through the input method, as Chinese is."""
        if text.isascii():
            for letter in text:
                QTest.keyClick(_window(), ord(letter))
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(QGuiApplication.focusObject(), event)
        _answer()

    def see(self, pattern: str) -> None:
        """Wait until a line that is shown matches."""
        self._pattern, self._until = pattern, time.monotonic() + _LIMIT_S
        self._look()

    def draw(self, file: str) -> None:
        """Draw the windows to a file, for whoever wonders what a test does."""
        QApplication.primaryScreen().grabWindow(0).save(file)
        _answer()

    def _look(self) -> None:
        if any(re.search(self._pattern, line) for line in shown()) or time.monotonic() > self._until:
            _answer()
        else:
            QTimer.singleShot(_LOOK_MS, self._look)

    def _listen(self) -> None:
        for line in sys.stdin:
            self._told.emit(line)
        self._told.emit("")

    def _on_told(self, line: str) -> None:
        if not line:
            QApplication.closeAllWindows()
            return
        name, *arguments = json.loads(line)
        try:
            getattr(self, name)(*arguments)
        except Exception:  # whoever asked must not wait for ever
            sys.stderr.write(traceback.format_exc())
            QApplication.exit(1)


def shown() -> Iterator[str]:
    """What every part of every window says of itself, a line each; before what has the keyboard stands ``> ``."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            for widget in in_sight(window):
                yield from _lines(widget)


def _lines(widget: QWidget) -> Iterator[str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    parts = (interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Value))
    yield _line(": ".join(part for part in parts if part), is_current=widget is QApplication.focusWidget())
    if isinstance(widget, QMenu):
        for action in widget.actions():
            yield _line(action.text(), is_current=action is widget.activeAction())
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QTreeView):
        model, current = widget.model(), widget.currentIndex().row() if widget.hasFocus() else -1
        for row in range(model.rowCount()):
            words = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            yield _line(str(words or ""), is_current=row == current)


def _line(words: str, *, is_current: bool) -> str:
    return f"> {words}" if is_current else words


def _answer() -> None:
    sys.stdout.write(json.dumps([line for line in shown() if line]) + "\n")
    sys.stdout.flush()


def _window() -> QWindow:
    """What the keys go to. Where no desktop gives the keyboard back when a menu has gone, that is done here."""
    if QGuiApplication.focusWindow() is None:
        window = next(one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow())
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
    return QGuiApplication.focusWindow()


if __name__ == "__main__":
    application = QApplication([sys.argv[0], "-platform", SCREEN])
    hands = Hands()
    sys.exit(main(["--language", "en", "console", *sys.argv[1:]]))
