"""What a request can fail with that only a server knows."""

from app.domain.errors import ConflictError, OpsError, Param


class SequenceError(ConflictError):
    """Commands that do not follow on ``last_sequence``, the latest the server has of that console."""

    def __init__(self, code: str, last_sequence: int) -> None:
        super().__init__(code)
        self.last_sequence = last_sequence


class OverusedError(OpsError):
    """One console asks too often; it may again after ``retry_after_s`` seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__("server_busy")
        self.retry_after_s = retry_after_s


class OverloadedError(OpsError):
    """The server cannot do it just now; nothing was changed."""


class OutdatedError(OpsError):
    """The console's protocol is older than this server still speaks."""


class OversizedError(OpsError):
    """A message that is too long to be looked at."""

    def __init__(self, limit: int) -> None:
        params: dict[str, Param] = {"limit": limit // 1024}
        super().__init__("message_too_large", **params)
