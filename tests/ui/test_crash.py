"""Tests of what happens when something breaks."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ui.crash import CrashWatch, log_qt_message


@pytest.fixture
def watch(qtbot: QtBot) -> Iterator[CrashWatch]:
    made = CrashWatch("1.2.3")
    yield made
    made.close()


def fall() -> None:
    raise LookupError("the ground is gone")


def report() -> None:
    try:
        fall()
    except LookupError:
        sys.excepthook(*sys.exc_info())


@pytest.mark.expects_log("app.ui.crash: CRITICAL: uncaught error")
def test_uncaught_error_is_logged_and_shown_with_its_details(watch: CrashWatch, qtbot: QtBot) -> None:
    report()
    qtbot.waitUntil(lambda: watch.dialog is not None and watch.dialog.isVisible())
    assert watch.dialog is not None
    details = watch.dialog.details()
    assert "Steward 1.2.3" in details
    assert "LookupError: the ground is gone" in details
    assert "in fall" in details


@pytest.mark.expects_log("app.ui.crash: CRITICAL: uncaught error")
def test_second_error_joins_the_open_dialog(watch: CrashWatch, qtbot: QtBot) -> None:
    report()
    qtbot.waitUntil(lambda: watch.dialog is not None)
    first = watch.dialog
    report()
    assert first is not None
    qtbot.waitUntil(lambda: first.details().count("LookupError") == 2)
    assert watch.dialog is first


@pytest.mark.expects_log("app.ui.crash: CRITICAL: uncaught error in thread diver")
def test_error_in_a_thread_is_shown_too(watch: CrashWatch, qtbot: QtBot) -> None:
    thread = threading.Thread(target=fall, name="diver")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: watch.dialog is not None)
    assert watch.dialog is not None
    assert "in thread diver" in watch.dialog.details()


@pytest.mark.expects_log("app.ui.crash: CRITICAL: uncaught error")
def test_details_can_be_copied(watch: CrashWatch, qtbot: QtBot) -> None:
    report()
    qtbot.waitUntil(lambda: watch.dialog is not None)
    assert watch.dialog is not None
    copy = next(button for button in watch.dialog.findChildren(QPushButton) if button.text() == "Copy the details")
    copy.click()
    assert QGuiApplication.clipboard().text() == watch.dialog.details()


@pytest.mark.expects_log("qt: WARNING: something odd")
def test_messages_of_qt_go_to_the_log(watch: CrashWatch) -> None:
    qWarning("something odd")


def test_harmless_message_of_the_offscreen_platform_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        message = "This plugin does not support propagateSizeHints()"
        log_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), message)
    assert caplog.records == []


def test_hooks_are_given_back(qtbot: QtBot) -> None:
    before = (sys.excepthook, threading.excepthook)
    CrashWatch("1").close()
    assert (sys.excepthook, threading.excepthook) == before
