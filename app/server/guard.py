"""Stands before the application: bodies of bounded size, a name for every request, one line in the log, no bug told."""

import logging
import re
import time
from collections.abc import Callable

from fastapi import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.errors import OpsError
from app.domain.ids import new_id
from app.protocol import BATCH_BYTES, HEADER_REQUEST
from app.server.problems import OversizedError

logger = logging.getLogger(__name__)

BODY_LIMIT = BATCH_BYTES
Refuse = Callable[[OpsError, int | None], Response]

_REQUEST_ID = re.compile(r"[\w-]{1,64}")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """The outermost middleware; ``refuse`` makes the answer to an error, with a status or with the error's own."""

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the server's start and end."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        body = await _read_body(scope, receive)
        if body is None:
            await self._refuse(OversizedError(BODY_LIMIT), None)(scope, receive, answer.send)
        else:
            await self._pass_on(scope, _Body(body, receive), answer)
        answer.log()

    async def _pass_on(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        try:
            await self._app(scope, receive, answer.send)
        except Exception:
            logger.exception("request %s failed", answer.request_id)
            if answer.status:
                raise  # half an answer is out: only a broken connection can say that it is not whole
            await self._refuse(OpsError("server_fault"), 500)(scope, receive, answer.send)


class _Answer:
    """What is sent back, with the headers that every answer has."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._began_s = time.monotonic()
        self.status = 0
        asked = dict(scope["headers"]).get(HEADER_REQUEST.lower().encode(), b"").decode("latin-1")
        self.request_id = asked if _REQUEST_ID.fullmatch(asked) else new_id()

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            added = {**_HEADERS, HEADER_REQUEST: self.request_id}
            message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in added.items())]
        await self._send(message)

    def log(self) -> None:
        """One line, without the query."""
        took_ms = (time.monotonic() - self._began_s) * 1000
        method, path = self._scope["method"], self._scope["path"]
        logger.info("%s %s %r %d in %.0f ms", self.request_id, method, path, self.status, took_ms)


class _Body:
    """Hands on a body that was read already, then whatever else comes."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        """The next message for the application."""
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def _read_body(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body, or ``None`` as soon as it is known to be too long."""
    announced = dict(scope["headers"]).get(b"content-length", b"0")
    if announced.isdigit() and int(announced) > BODY_LIMIT:
        return None
    parts = bytearray()
    while True:
        message = await receive()
        parts += message.get("body", b"")
        if len(parts) > BODY_LIMIT:
            return None
        if not message.get("more_body", False):
            return bytes(parts)
