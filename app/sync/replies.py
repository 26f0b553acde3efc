"""Reads what came back over HTTP: only what is whole and the server's own counts as a reply."""

import json
import math
import zlib
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from app.domain.errors import OutOfReachError
from app.protocol import HEADER_LENGTH, MARKER, ErrorReply, Reply
from app.sync.failures import BusyError, ReplyError

AnyReply = TypeVar("AnyReply", bound=Reply)
_GZIP = "application/gzip"
_GZIP_WBITS = 31
_AWAY = frozenset({502, 503, 504, 507})
_MOVED = range(300, 400)
"""Where a network that wants a sign-in first sends a request; a Steward server sends none anywhere."""
_DIGITS = 12
"""Of the longest length that is believed."""
_RETRY_AFTER_S = 5.0
_RETRY_AFTER_MAX_S = 300.0


def read_reply(kind: type[AnyReply], status: int, headers: Mapping[str, str], body: bytes) -> AnyReply:
    """The reply, which must be a ``kind`` if ``status`` is 200.

    Raises ``OutOfReachError`` for what was cut short or is not from a Steward server, ``BusyError`` for 429 and
    ``ReplyError`` for a refusal of the request.
    """
    if status == 429:
        raise BusyError(_retry_after_s(headers))
    if status in _AWAY:
        raise OutOfReachError("server_unavailable")
    if HEADER_LENGTH not in headers and (body or status in _MOVED):
        raise OutOfReachError("not_a_steward_server")
    document = _document(headers, body)
    if status == 200:
        return _parse(kind, document)
    refusal = _parse(ErrorReply, document)
    raise ReplyError(status, refusal.code, refusal.last_sequence, **refusal.params)


def _document(headers: Mapping[str, str], body: bytes) -> Any:
    """The JSON of a body that is as long as it was announced and bears the marker."""
    plain = _inflated(headers, body)
    if plain is None or str(len(plain)) != headers.get(HEADER_LENGTH):
        raise OutOfReachError("reply_cut_short")
    try:
        document = json.loads(plain)
    except (ValueError, RecursionError) as error:
        raise OutOfReachError("reply_cut_short") from error
    if not isinstance(document, dict) or document.get("marker") != MARKER:
        raise OutOfReachError("not_a_steward_server")
    return document


def _inflated(headers: Mapping[str, str], body: bytes) -> bytes | None:
    """The body uncompressed, never more than was announced; ``None`` if it is damaged."""
    announced = headers.get(HEADER_LENGTH, "")
    if not announced.isdecimal() or len(announced) > _DIGITS:
        return None
    if not headers.get("Content-Type", "").startswith(_GZIP):
        return body
    try:
        stream = zlib.decompressobj(_GZIP_WBITS)
        plain = stream.decompress(body, int(announced) + 1)
    except (zlib.error, OverflowError):
        return None
    return plain if stream.eof else None


def _parse(kind: type[AnyReply], document: Any) -> AnyReply:
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        raise OutOfReachError("reply_not_understood", detail=f"{kind.__name__}: {error.errors()[0]['msg']}") from error


def _retry_after_s(headers: Mapping[str, str]) -> float:
    try:
        seconds = float(headers.get("Retry-After", _RETRY_AFTER_S))
    except ValueError:
        return _RETRY_AFTER_S
    return min(max(seconds, 0.0), _RETRY_AFTER_MAX_S) if math.isfinite(seconds) else _RETRY_AFTER_S
