"""How a request can fail, told apart by what the console does next."""

from app.domain.errors import OpsError, OutOfReachError, Param


class BusyError(OutOfReachError):
    """The server asks to be left alone for ``retry_after_s`` seconds."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("server_busy")
        self.retry_after_s = retry_after_s


class ReplyError(OpsError):
    """The server answered and said no: ``status`` is HTTP's, ``code`` the server's own."""

    def __init__(self, status: int, code: str, last_sequence: int | None = None, /, **params: Param) -> None:
        super().__init__(code, **params)
        self.status = status
        self.last_sequence = last_sequence
