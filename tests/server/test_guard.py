"""The guard before the application, spoken to as a server speaks to it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from fastapi import Response
from starlette.types import Message, Receive, Scope, Send

from app.domain.errors import OpsError
from app.server.guard import BODY_LIMIT, Guard


def ask(messages: Sequence[Message], headers: Sequence[tuple[bytes, bytes]] = ()) -> tuple[list[Message], list[Any]]:
    """What the application received, and what was answered."""
    received: list[Message] = []
    answered: list[Any] = []
    waiting = iter(messages)

    async def application(_scope: Scope, receive: Receive, send: Send) -> None:
        received.extend([await receive(), await receive()])
        await Response(status_code=204)(_scope, receive, send)

    async def receive() -> Message:
        return next(waiting)

    async def send(message: Message) -> None:
        answered.append(message)

    def refuse(error: OpsError, status: int | None) -> Response:
        return Response(error.code, status or 413)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": list(headers)}
    asyncio.run(Guard(application, refuse)(scope, receive, send))
    return received, answered


def part(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_parts_is_handed_on_whole_and_then_what_follows() -> None:
    received, answered = ask([part(b"ab"), part(b"cd"), part(b"", more=False), {"type": "http.disconnect"}])
    assert received == [part(b"abcd", more=False), {"type": "http.disconnect"}]
    assert answered[0]["status"] == 204


@pytest.mark.parametrize("length", [b"many", b"-1", b"0"])
def test_an_announced_length_that_says_nothing_is_measured(length: bytes) -> None:
    parts = [part(b"x" * (BODY_LIMIT // 4)) for _ in range(5)]
    received, answered = ask(parts, [(b"content-length", length)])
    assert received == []
    assert answered[0]["status"] == 413


def test_a_body_announced_too_long_is_not_even_read() -> None:
    received, answered = ask([], [(b"content-length", str(BODY_LIMIT + 1).encode())])
    assert received == []
    assert answered[0]["status"] == 413
