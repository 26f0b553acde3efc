"""Answers as they go over the wire: marked, measured, the long ones packed; and errors said in one form."""

import zlib
from collections.abc import Mapping
from datetime import datetime

from fastapi import Response
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.domain import errors
from app.protocol import HEADER_LENGTH, ErrorReply, Reply
from app.server.database import is_disk_full
from app.server.problems import OutdatedError, OverloadedError, OversizedError, OverusedError, SequenceError

_GZIP = 31
"""zlib's window size for a gzip header."""
_STATUS: Mapping[type[errors.OpsError], int] = {
    OutdatedError: 426,
    OversizedError: 413,
    OverusedError: 429,
    OverloadedError: 503,
    errors.ConflictError: 409,
    errors.ForbiddenError: 403,
    errors.RefusedError: 409,
    errors.SignInError: 401,
    errors.NotFoundError: 404,
    errors.InvalidError: 400,
    errors.StorageError: 507,
}
"""What each kind of error is to HTTP; the first that fits counts."""


def sealed(reply: Reply, *, status: int = 200, is_long: bool = False) -> Response:
    """A reply with the length by which a cut one is told; a long one packed, under a type that no proxy unpacks."""
    plain = reply.model_dump_json().encode()
    headers = {HEADER_LENGTH: str(len(plain))}
    if not is_long:
        return Response(plain, status, headers, "application/json")
    packer = zlib.compressobj(1, zlib.DEFLATED, _GZIP)
    return Response(packer.compress(plain) + packer.flush(), status, headers, "application/gzip")


def refusal(error: errors.OpsError, at: datetime, epoch: int, status: int | None = None) -> Response:
    """The answer to a request that could not be done; ``status`` follows from the error where it is not given."""
    reply = ErrorReply(
        server_time=at,
        epoch=epoch,
        code=error.code,
        params=error.params,
        last_sequence=error.last_sequence if isinstance(error, SequenceError) else None,
    )
    response = sealed(reply, status=status or _status_of(error))
    if isinstance(error, OverusedError):
        response.headers["Retry-After"] = str(error.retry_after_s)
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def of_database(error: Exception) -> errors.OpsError | None:
    """What a failure of the database is to the one who asked; ``None`` for one that is a bug."""
    if isinstance(error, DBAPIError) and is_disk_full(error):
        return errors.StorageError("server_disk_full")
    if isinstance(error, OperationalError | PoolTimeoutError):
        return OverloadedError("server_unavailable")
    return None


def _status_of(error: errors.OpsError) -> int:
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)
