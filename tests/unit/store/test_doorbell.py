"""The doorbell: a call finds the console that runs on a folder, and only that."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from app.domain.errors import NotFoundError
from app.store.doorbell import DOORBELL_FILE, Doorbell, ring


@pytest.fixture
def calls() -> "SimpleQueue[str]":
    return SimpleQueue()


@pytest.fixture
def doorbell(tmp_path: Path, calls: "SimpleQueue[str]") -> Iterator[Doorbell]:
    found = Doorbell(tmp_path, calls.put)
    yield found
    found.close()


def test_a_call_reaches_the_running_console(tmp_path: Path, doorbell: Doorbell, calls: "SimpleQueue[str]") -> None:
    ring(tmp_path, "138 0013 2046")
    ring(tmp_path, "3幢1502")
    assert [calls.get(timeout=5), calls.get(timeout=5)] == ["138 0013 2046", "3幢1502"]
    ring(tmp_path, "幢" * 1_000_000)
    assert calls.get(timeout=5) == "幢" * 200


def test_where_no_console_runs_the_caller_is_told(tmp_path: Path, calls: "SimpleQueue[str]") -> None:
    with pytest.raises(NotFoundError, match="no_console_runs"):
        ring(tmp_path, "1")
    Doorbell(tmp_path, calls.put).close()
    with pytest.raises(NotFoundError, match="no_console_runs"):
        ring(tmp_path, "1")


def test_a_file_left_by_a_killed_console_is_no_console(tmp_path: Path) -> None:
    (tmp_path / DOORBELL_FILE).write_text(json.dumps({"port": 1, "word": "x"}))
    with pytest.raises(NotFoundError):
        ring(tmp_path, "1")
    (tmp_path / DOORBELL_FILE).write_text("nonsense")
    with pytest.raises(NotFoundError):
        ring(tmp_path, "1")


@pytest.mark.parametrize("line", [b"", b"nonsense\n", b"[]\n", b'{"word": "wrong", "number": "1"}\n', b"\xff\n"])
def test_who_does_not_know_the_word_is_not_heard(
    line: bytes, tmp_path: Path, doorbell: Doorbell, calls: "SimpleQueue[str]"
) -> None:
    port = json.loads((tmp_path / DOORBELL_FILE).read_text())["port"]
    with socket.create_connection(("127.0.0.1", port), 5) as visitor:
        visitor.sendall(line)
        visitor.shutdown(socket.SHUT_WR)
        assert visitor.recv(10) == b""
    assert calls.empty()
    ring(tmp_path, "still there")
    assert calls.get(timeout=5) == "still there"


def test_only_the_owner_can_read_the_word(tmp_path: Path, doorbell: Doorbell) -> None:
    assert (tmp_path / DOORBELL_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.expects_log("nobody can ring")
def test_a_disk_that_is_full_keeps_nobody_from_working(
    tmp_path: Path, calls: "SimpleQueue[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "touch", full)
    Doorbell(tmp_path, calls.put).close()
