"""A server that answers with what a test says, over real sockets."""

import gzip
import ssl
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from typing_extensions import override

from app.protocol import HEADER_LENGTH, Reply


class Request(NamedTuple):
    """What arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Answer(NamedTuple):
    """What goes back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def answer(reply: Reply, status: int = 200) -> Answer:
    """``reply`` as a server sends it."""
    plain = reply.model_dump_json().encode()
    headers = {"Content-Type": "application/gzip", HEADER_LENGTH: str(len(plain))}
    return Answer(status, headers, gzip.compress(plain, 1, mtime=0))


class CannedServer:
    """Gives every request to ``respond``, and keeps it."""

    def __init__(self, respond: Callable[[Request], Answer]) -> None:
        self.requests: list[Request] = []
        self._server = _Server(self)
        self.respond = respond
        self.port = int(self._server.server_address[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="canned")
        self._thread.start()

    def encrypt(self, certificate: Path) -> None:
        """Speak TLS from now on."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.address = self.address.replace("http:", "https:")

    def close(self) -> None:
        """Stop; returns when every thread has ended."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, owner: CannedServer) -> None:
        super().__init__(("127.0.0.1", 0), _Visitor)
        self.owner = owner


class _Visitor(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = Request(self.command, self.path, dict(self.headers), body)
        self.server.owner.requests.append(request)
        status, headers, content = self.server.owner.respond(request)
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
