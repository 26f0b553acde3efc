"""Catches what nobody caught: logs it, and shows it with details to copy instead of dying in silence."""

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

logger = logging.getLogger(__name__)
_qt_logger = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_HARMLESS = ("This plugin does not support propagateSizeHints()",)


class CrashDialog(QDialog):
    """Says that something went wrong, with the details to copy; the program goes on unless it is closed."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.resize(640, 420)
        said = QLabel(
            self.tr(
                "The program met an error it does not know. What you entered is kept. "
                "Please copy the details and send them to whoever looks after it."
            )
        )
        said.setWordWrap(True)
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._details.setAccessibleName(self.tr("Details"))
        layout = QVBoxLayout(self)
        layout.addWidget(said)
        layout.addWidget(self._details)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        copy = QPushButton(self.tr("Copy the details"))
        copy.clicked.connect(self._on_copy)
        go_on = QPushButton(self.tr("Go on"))
        go_on.setProperty("role", "primary")
        go_on.setDefault(True)
        go_on.clicked.connect(self.accept)
        leave = QPushButton(self.tr("Close the program"))
        leave.clicked.connect(self._on_leave)
        buttons = QHBoxLayout()
        buttons.addWidget(leave)
        buttons.addStretch()
        buttons.addWidget(copy)
        buttons.addWidget(go_on)
        return buttons

    def add(self, details: str) -> None:
        """Show one more error in the same dialog."""
        self._details.appendPlainText(f"\n{details}")

    def details(self) -> str:
        """What can be copied."""
        return self._details.toPlainText()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details())

    def _on_leave(self) -> None:
        self.reject()
        QGuiApplication.quit()


class CrashWatch(QObject):
    """Takes over the hooks of Python, its threads and Qt; make it in the GUI thread, close it to give them back."""

    _found = Signal(str)

    def __init__(self, version: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._version = version
        self.dialog: CrashDialog | None = None
        self._found.connect(self._on_found, Qt.ConnectionType.QueuedConnection)
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        self._qt_before = qInstallMessageHandler(log_qt_message)

    def close(self) -> None:
        """Put the hooks back that were there before."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._qt_before)
        if self.dialog is not None:
            self.dialog.close()

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, where: str = ""
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger.critical("uncaught error%s", where, exc_info=(kind, error, trace))
        lines = "".join(traceback.format_exception(kind, error, trace))
        self._found.emit(f"{self._surroundings()}{where}\n\n{lines}")

    def _on_thread_exception(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is None:
            return
        where = f" in thread {found.thread.name}" if found.thread else ""
        self._on_exception(found.exc_type, found.exc_value, found.exc_traceback, where)

    def _surroundings(self) -> str:
        return f"Steward {self._version}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"

    def _on_found(self, details: str) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.add(details)
            return
        self.dialog = CrashDialog(details)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.dialog.show()


def log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Write Qt's own message to the log, with the place it came from if Qt names one."""
    if message in _HARMLESS:
        return
    place = f" ({context.category})" if context.category not in (None, "default") else ""
    _qt_logger.log(_LEVELS.get(kind, logging.WARNING), "%s%s", message, place)
