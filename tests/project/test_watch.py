"""The watch that every test is under catches what it is there for."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

PLANTED = """
import logging, socket, threading, warnings
import pytest
from PySide6.QtCore import QTimer, qWarning

held = threading.Event()
timer = None

def test_a_log_line():
    logging.getLogger("app").warning("the disk is full")

@pytest.mark.expects_log("never said")
def test_a_missing_log_line(): pass

@pytest.mark.expects_log("disk is full")
def test_an_expected_log_line_is_fine():
    logging.getLogger("app").warning("the disk is full")

def test_a_thread(request):
    request.config.add_cleanup(held.set)
    threading.Thread(target=held.wait, daemon=True).start()

def test_a_timer(qapp):
    global timer
    timer = QTimer()
    timer.start(60_000)

def test_a_connection():
    socket.create_connection(("192.0.2.1", 80), timeout=1)

def test_a_warning():
    warnings.warn("old")

def test_a_qt_warning(qapp):
    qWarning("widget without parent")
"""


def test_planted_faults_are_each_caught(tmp_path: Path) -> None:
    (tmp_path / "test_planted.py").write_text(PLANTED)
    options = ["-p", "no:randomly", "-p", "tests.conftest", "-c", str(ROOT / "pyproject.toml")]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path), "-v"]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    assert "unexpected in the log: ['app: WARNING: the disk is full']" in done.stdout
    assert "expected in the log and not there: ['never said']" in done.stdout
    assert "test_planted.py:21 in test_a_thread" in done.stdout
    assert "test_planted.py:26 in test_a_timer" in done.stdout
    assert 'tried to use socket.socket.connect() with host "192.0.2.1"' in done.stdout
    assert "UserWarning: old" in done.stdout
    assert "Captured Qt messages" in done.stdout
    assert "test_an_expected_log_line_is_fine PASSED" in done.stdout
    assert "3 failed" in done.stdout
    assert "4 errors" in done.stdout
