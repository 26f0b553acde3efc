"""Errors a person can act on: a code and its parameters, said in words elsewhere."""

from collections.abc import Mapping

Param = str | int | Mapping[str, str]
"""A parameter of a sentence: plain text, a number, or ``{"zh": …, "en": …}`` for a name that is data."""


class OpsError(Exception):
    """Something the user or the world did that the program can explain.

    ``code`` names a sentence of :mod:`app.domain.words`; ``params`` fill its blanks. Anything that is not an
    ``OpsError`` is a bug.
    """

    def __init__(self, code: str, /, **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, Param] = dict(params)

    def __str__(self) -> str:  # type: ignore[explicit-override]  # typing.override is not in the standard library of 3.11
        if not self.params:
            return self.code
        return f"{self.code} ({', '.join(f'{key}={value}' for key, value in self.params.items())})"


class InvalidError(OpsError):
    """A value, message or file that does not have the form it must have."""


class NotFoundError(OpsError):
    """What was named does not exist, or not for this person."""


class RefusedError(OpsError):
    """A rule of the trade forbids it."""


class ForbiddenError(RefusedError):
    """The person lacks the right."""


class ConflictError(RefusedError):
    """Somebody else changed the same thing meanwhile."""


class SignInError(OpsError):
    """The person is not, or no longer, signed in."""


class OutOfReachError(OpsError):
    """The server, or another machine, did not answer."""


class StorageError(OpsError):
    """A file or disk cannot be used as it must: full, locked, damaged, of another version."""
