"""Speaks HTTP to the server: the only place that knows ``requests``."""

import contextlib
import logging
import socket
import threading
import weakref
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from urllib.parse import quote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from typing_extensions import override
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from app.domain.clock import Clock
from app.domain.errors import InvalidError, OutOfReachError, SignInError
from app.domain.ids import new_id
from app.protocol import (
    HEADER_CONSOLE,
    HEADER_PROTOCOL,
    HEADER_REQUEST,
    PROTOCOL_MAX,
    HandshakeReply,
    HandshakeRequest,
    HealthReply,
    Message,
    PasswordRequest,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    RefreshReply,
    RefreshRequest,
    Reply,
    SignInReply,
    SignInRequest,
    SnapshotReply,
)
from app.sync.credentials import Credentials, Tokens
from app.sync.failures import ReplyError
from app.sync.replies import read_reply

logger = logging.getLogger(__name__)
AnyReply = TypeVar("AnyReply", bound=Reply)
_TIMEOUTS_S = (5, 30)
"""To connect, and between two pieces of an answer."""
_SCHEMES = ("http", "https")
_THIS_PC = ("127.0.0.1", "localhost", "::1")


class CorrectableClock(Clock, Protocol):
    """A clock that can be told how far it is off."""

    offset: timedelta


class Transport:
    """Requests to one server, one at a time; every answer sets the clock right.

    ``interrupt`` may be called from any thread; the rest belongs to one.
    """

    def __init__(self, address: str, credentials: Credentials, clock: CorrectableClock) -> None:
        self.address = checked_address(address)
        self.protocol = PROTOCOL_MAX
        self.credentials = credentials
        self._clock = clock
        self._lines = _Lines()
        self._http = requests.Session()
        for scheme in _SCHEMES:
            self._http.mount(f"{scheme}://", _Adapter(self._lines))
        if urlsplit(self.address).hostname in _THIS_PC:
            self._http.trust_env = False  # no proxy stands between this PC and itself

    @property
    def clock_offset_ms(self) -> int:
        """How far this PC's clock is behind the server's, as far as it is known."""
        return self._clock.offset // timedelta(milliseconds=1)

    def health(self) -> HealthReply:
        """Ask what server this is; anyone may."""
        return self._get(HealthReply, "/v1/health", {}, auth=None)

    def sign_in(self, request: SignInRequest) -> SignInReply:
        """Show a password, get tokens. Raises ``ReplyError`` 401 for a wrong one."""
        return self._post(SignInReply, "/v1/sign-in", request, auth=None)

    def sign_out(self) -> None:
        """Have the tokens of this sign-in forgotten."""
        self._ask(lambda auth: self._post(Reply, "/v1/sign-out", Message(), auth))

    def change_password(self, request: PasswordRequest) -> None:
        """Give the person signed in a new password. Raises ``ReplyError`` 403 when the old one is wrong."""
        self._ask(lambda auth: self._post(Reply, "/v1/password", request, auth))

    def handshake(self, request: HandshakeRequest) -> HandshakeReply:
        """Say what we are and speak, hear the same of the server."""
        return self._ask(lambda auth: self._post(HandshakeReply, "/v1/handshake", request, auth))

    def push(self, request: PushRequest) -> PushReply:
        """Send commands, get what became of each."""
        return self._ask(lambda auth: self._post(PushReply, "/v1/push", request, auth))

    def pull(self, request: PullRequest) -> PullReply:
        """Ask for what changed."""
        return self._ask(lambda auth: self._post(PullReply, "/v1/pull", request, auth))

    def snapshot(self, stream_id: str, table: str, after: str | None, limit: int) -> SnapshotReply:
        """Ask for one page of a first fetch."""
        query = {"stream": stream_id, "table": table, "limit": str(limit), **({"after": after} if after else {})}
        return self._ask(lambda auth: self._get(SnapshotReply, "/v1/snapshot", query, auth))

    def interrupt(self) -> None:
        """Break off what is under way, and refuse all that follows."""
        self._lines.cut()

    def close(self) -> None:
        """Give back all connections."""
        self._http.close()

    def _ask(self, ask: Callable[[AuthBase], AnyReply]) -> AnyReply:
        """Ask with the token; if it has run out, get a new one and ask once more."""
        tokens = self.credentials.tokens
        if tokens is None:
            raise SignInError("sign_in_needed")
        try:
            return ask(_Bearer(tokens.token))
        except ReplyError as error:
            if error.status != 401:
                raise
        return ask(_Bearer(self._refreshed(tokens).token))

    def _refreshed(self, tokens: Tokens) -> Tokens:
        """A new pair. Raises ``SignInError`` if the server will not give one."""
        request = RefreshRequest(refresh_token=tokens.refresh_token)
        try:
            reply = self._post(RefreshReply, "/v1/refresh", request, auth=None)
        except ReplyError as error:
            if error.status not in (401, 403):
                raise
            self.credentials.renew(tokens, None)
            raise SignInError(error.code, **error.params) from error
        fresh = Tokens(reply.token, reply.refresh_token)
        self.credentials.renew(tokens, fresh)
        return fresh

    def _get(self, kind: type[AnyReply], path: str, query: dict[str, str], auth: AuthBase | None) -> AnyReply:
        return self._exchange(kind, requests.Request("GET", self.address + path, params=query, auth=auth))

    def _post(self, kind: type[AnyReply], path: str, message: Message, auth: AuthBase | None) -> AnyReply:
        body = message.model_dump_json(exclude_none=True).encode()
        headers = {"Content-Type": "application/json"}
        return self._exchange(
            kind, requests.Request("POST", self.address + path, data=body, headers=headers, auth=auth)
        )

    def _exchange(self, kind: type[AnyReply], request: requests.Request) -> AnyReply:
        request.headers |= {
            HEADER_CONSOLE: self.credentials.console_id,
            HEADER_PROTOCOL: str(self.protocol),
            HEADER_REQUEST: new_id(),
        }
        sent_at = self._clock.now()
        response = self._sent(request)
        received_at = self._clock.now()
        reply = read_reply(kind, response.status_code, response.headers, response.content)
        self._set_clock(sent_at, received_at, reply.server_time)
        return reply

    def _sent(self, request: requests.Request) -> requests.Response:
        """Whatever came back, whole or not."""
        try:
            prepared = self._http.prepare_request(request)
            settings = self._http.merge_environment_settings(prepared.url, {}, None, None, None)
            return self._http.send(prepared, timeout=_TIMEOUTS_S, allow_redirects=False, **settings)
        except (requests.RequestException, HTTPError, OSError) as error:
            logger.info("%s did not answer: %s", self.address, error)
            raise OutOfReachError("server_out_of_reach") from error

    def _set_clock(self, sent_at: datetime, received_at: datetime, server_time: datetime) -> None:
        """Correct the clock by what the server says; half a round trip is as well as it can be known."""
        uncertain = abs(received_at - sent_at) / 2
        off = server_time - (sent_at + uncertain)
        if abs(off) > uncertain:
            self._clock.offset += off


def checked_address(address: str) -> str:
    """The server's address without a slash at its end; raises ``InvalidError`` unless it is http or https.

    One that was typed without either is https, or http on this PC.
    """
    text = address.strip()
    try:
        text.encode()  # raises for what is no text, as a command line may hold
        parts = urlsplit(text if "://" in text else f"//{text}")
        _ = parts.port  # read for its error
    except ValueError as error:
        raise InvalidError("server_address_invalid", address=address) from error
    scheme = parts.scheme or ("http" if parts.hostname in _THIS_PC else "https")
    is_host = bool(parts.hostname) and not any(sign.isspace() for sign in parts.netloc)
    if scheme not in _SCHEMES or not is_host or parts.query or parts.fragment:
        raise InvalidError("server_address_invalid", address=address)
    return quote(parts._replace(scheme=scheme).geturl().rstrip("/"), safe=":/[]@%")


class _Bearer(AuthBase):
    """Puts the access token into a request."""

    def __init__(self, token: str) -> None:
        self._token = token

    @override
    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _Lines:
    """The open sockets of a transport, so that another thread can cut them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._is_cut = False

    def add(self, line: socket.socket) -> None:
        """Remember a socket that was just connected; raises ``OSError`` if it comes too late."""
        with self._lock:
            if self._is_cut:
                raise OSError("this transport was interrupted")
            self._open.add(line)

    def cut(self) -> None:
        """Shut every socket, and refuse all that would be opened from now on."""
        with self._lock:
            self._is_cut = True
            for line in self._open:
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(line, socket.SHUT_RDWR)  # past TLS, which belongs to the other thread


class _Adapter(HTTPAdapter):
    """Connects as ``requests`` does, and tells of each socket."""

    def __init__(self, lines: _Lines) -> None:
        super().__init__()

        class Connection(HTTPConnection):
            @override
            def connect(self) -> None:
                super().connect()
                lines.add(self.sock)

        class TlsConnection(HTTPSConnection):
            @override
            def connect(self) -> None:
                super().connect()
                lines.add(self.sock)

        class Pool(HTTPConnectionPool):
            ConnectionCls = Connection

        class TlsPool(HTTPSConnectionPool):
            ConnectionCls = TlsConnection

        self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": TlsPool}
