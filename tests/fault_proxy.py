"""A proxy before a real server that loses, cuts and doubles what passes, one request at a time."""

import collections
import contextlib
import socket
import socketserver
import threading
from typing import BinaryIO, NamedTuple

from typing_extensions import override


class Fault(NamedTuple):
    """What happens to one request."""

    is_delivered: bool = True
    """The server hears of it."""
    times: int = 1
    """How often the server hears of it."""
    cut: int | None = None
    """How many bytes of the answer get back; ``None``: all."""


UNHEARD = Fault(is_delivered=False)
ANSWER_LOST = Fault(cut=0)
DOUBLED = Fault(times=2)
_WHOLE = Fault()


class FaultProxy:
    """Listens on a loopback port of its own; what it does to the next requests is put into ``faults``."""

    def __init__(self, upstream_port: int) -> None:
        self.faults: collections.deque[Fault] = collections.deque()
        self.is_down = False
        self.bytes_back = 0
        """How much came back from the server, faults or not."""
        self._upstream = ("127.0.0.1", upstream_port)
        self._lines: set[socket.socket] = set()
        self._server = _Server(self)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="fault-proxy")
        self._thread.start()

    def point_to(self, upstream_port: int) -> None:
        """Pass everything to another port from now on."""
        self._upstream = ("127.0.0.1", upstream_port)
        self.hang_up()

    def go_down(self) -> None:
        """From now on nothing passes, and open connections end."""
        self.is_down = True
        self.hang_up()

    def come_back(self) -> None:
        """Let everything pass again."""
        self.is_down = False

    def hang_up(self) -> None:
        """End every open connection."""
        for line in tuple(self._lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Stop; returns when every thread has ended."""
        self._server.shutdown()
        self._thread.join()
        self.is_down = True
        self.hang_up()
        self._server.server_close()

    def serve(self, line: socket.socket) -> None:
        """Pass on the requests of one connection."""
        self._lines.add(line)
        with contextlib.suppress(OSError), line.makefile("rb") as incoming:
            while not self.is_down and (request := _message(incoming)):
                fault = self.faults.popleft() if self.faults else _WHOLE
                if not fault.is_delivered:
                    break
                answer = [self._asked(request) for _ in range(fault.times)][-1]
                line.sendall(answer[: fault.cut])
                if fault.cut is not None:
                    break
        self._lines.discard(line)

    def _asked(self, request: bytes) -> bytes:
        with socket.create_connection(self._upstream, 10) as line, line.makefile("rb") as answer:
            line.sendall(request)
            received = _message(answer)
        self.bytes_back += len(received)
        return received


class _Server(socketserver.ThreadingTCPServer):
    """Joins its threads when it is closed."""

    daemon_threads = False

    def __init__(self, proxy: FaultProxy) -> None:
        super().__init__(("127.0.0.1", 0), _Visitor)
        self.proxy = proxy


class _Visitor(socketserver.BaseRequestHandler):
    server: _Server

    @override
    def handle(self) -> None:
        self.server.proxy.serve(self.request)


def _message(incoming: BinaryIO) -> bytes:
    """One HTTP message, head and body; empty at the end of the connection."""
    head = bytearray()
    length = 0
    while line := incoming.readline():
        head += line
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        if line == b"\r\n":
            return bytes(head) + incoming.read(length)
    return b""
