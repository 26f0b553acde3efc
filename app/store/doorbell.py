"""Lets a program on this PC hand a telephone call to the console that runs on a data folder."""

import contextlib
import hmac
import json
import logging
import secrets
import socket
import socketserver
import threading
from collections.abc import Callable
from pathlib import Path

from typing_extensions import override

from app.domain.errors import NotFoundError

logger = logging.getLogger(__name__)

DOORBELL_FILE = "doorbell.json"
"""In the data folder while a console runs there: where to ring, and the word that opens."""
_PATIENCE_S = 2.0
_LINE_BYTES = 4_000
_LONGEST = 200
"""Characters of what is handed over: more is nobody's number or name."""

Ring = Callable[[str], None]


class Doorbell:
    """Waits on a loopback port for ``ring``; calls ``answer`` with the number, on a thread of its own."""

    def __init__(self, folder: Path, answer: Ring) -> None:
        self._file = folder / DOORBELL_FILE
        self._server = _Server(answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="doorbell")
        self._thread.start()
        try:
            self._file.unlink(missing_ok=True)
            self._file.touch(mode=0o600)
            self._file.write_text(json.dumps({"port": self._server.server_address[1], "word": self._server.word}))
        except OSError as error:  # work goes on without calls from outside
            logger.warning("nobody can ring: %s", error)

    def close(self) -> None:
        """Stop listening; returns when the thread has ended."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def ring(folder: Path, number: str) -> None:
    """Tell the console that runs on ``folder`` who is calling. Raises ``NotFoundError`` if none runs there."""
    try:
        where = json.loads((folder / DOORBELL_FILE).read_text())
        with socket.create_connection(("127.0.0.1", where["port"]), _PATIENCE_S) as line:
            line.sendall(json.dumps({"word": where["word"], "number": number[:_LONGEST]}).encode() + b"\n")
            answer = line.makefile("rb").readline(_LINE_BYTES)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotFoundError("no_console_runs", folder=str(folder)) from error
    if answer != b"ok\n":
        raise NotFoundError("no_console_runs", folder=str(folder))


class _Server(socketserver.TCPServer):
    """One caller at a time, each of whom must know the word."""

    def __init__(self, answer: Ring) -> None:
        super().__init__(("127.0.0.1", 0), _Visitor)
        self.answer = answer
        self.word = secrets.token_urlsafe(32)


class _Visitor(socketserver.StreamRequestHandler):
    """Reads one line, says ``ok`` or nothing."""

    timeout = _PATIENCE_S
    server: _Server

    @override
    def handle(self) -> None:
        with contextlib.suppress(OSError):
            number = self._number()
            if number is not None:
                self.server.answer(number)
                self.wfile.write(b"ok\n")

    def _number(self) -> str | None:
        """Who calls, if the visitor knew the word."""
        try:
            asked = json.loads(self.rfile.readline(_LINE_BYTES))
            word, number = str(asked["word"]), str(asked["number"])
        except (ValueError, KeyError, TypeError):
            return None
        return number if hmac.compare_digest(word.encode(), self.server.word.encode()) else None
