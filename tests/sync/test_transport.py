"""The transport: what counts as an answer, what is shown to the server, what becomes of a token that ran out."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from app.domain.errors import InvalidError, OutOfReachError, SignInError
from app.protocol import (
    HEADER_CONSOLE,
    HEADER_LENGTH,
    HEADER_PROTOCOL,
    HEADER_REQUEST,
    ErrorReply,
    HealthReply,
    PushReply,
    PushRequest,
    RefreshReply,
)
from app.sync.credentials import Credentials, Tokens
from app.sync.failures import BusyError, ReplyError
from app.sync.transport import Transport, checked_address
from tests.clocks import START, HandClock
from tests.fault_proxy import Fault, FaultProxy
from tests.sync.canned import Answer, CannedServer, Request, answer

CERTIFICATE = Path(__file__).with_name("certificate.pem")
"""Of 127.0.0.1, signed by itself, with its key: it guards nothing."""
HEALTH = HealthReply(
    server_time=START, epoch=1, server_id="s", company="Lakeside", app_version="0", protocol_min=1, protocol_max=1
)
PUSHED = PushReply(server_time=START, epoch=1, last_sequence=0, results=())
NOBODY = ErrorReply(server_time=START, epoch=1, code="token_expired")


class Servers:
    """Canned servers of one test."""

    def __init__(self) -> None:
        self.made: list[CannedServer | FaultProxy] = []
        self.answers: dict[str, list[Answer]] = {}

    def start(self, **answers: Answer | list[Answer]) -> CannedServer:
        """A server that gives each path its answers in turn, the last one for ever."""
        left = {name: found if isinstance(found, list) else [found] for name, found in answers.items()}

        def respond(request: Request) -> Answer:
            found = left[request.path.partition("?")[0].removeprefix("/v1/").replace("-", "_")]
            return found.pop(0) if len(found) > 1 else found[0]

        server = CannedServer(respond)
        self.made.append(server)
        return server


@pytest.fixture
def servers() -> Iterator[Servers]:
    found = Servers()
    yield found
    for server in reversed(found.made):
        server.close()


@pytest.fixture
def credentials() -> Credentials:
    known = Credentials(console_id="c1")
    known.speak_for("u1", Tokens("access", "refresh"))
    return known


Connect = Callable[..., Transport]


@pytest.fixture
def connect(credentials: Credentials) -> Iterator[Connect]:
    made: list[Transport] = []

    def connected(address: str, clock: HandClock | None = None) -> Transport:
        made.append(Transport(address, credentials, clock or HandClock()))
        return made[-1]

    yield connected
    for transport in made:
        transport.close()


@pytest.mark.expects_log("urllib3.connection: WARNING: Failed to parse headers")
def test_a_reply_cut_at_any_byte_is_no_reply(servers: Servers, connect: Connect) -> None:
    server = servers.start(health=answer(HEALTH))
    proxy = FaultProxy(server.port)
    servers.made.append(proxy)
    assert connect(proxy.address, HandClock()).health() == HEALTH
    length = proxy.bytes_back
    transport = connect(proxy.address, HandClock())
    for cut in range(length):
        proxy.faults.append(Fault(cut=cut))
        with pytest.raises(OutOfReachError):
            transport.health()
    assert transport.health() == HEALTH


@pytest.mark.parametrize(
    "spoilt",
    [
        Answer(200, {}, b""),
        Answer(200, {"Content-Type": "text/html"}, b"<html>please sign in to the guest network</html>"),
        Answer(200, {HEADER_LENGTH: "2"}, b"{}"),
        Answer(200, {HEADER_LENGTH: "100000"}, b"[" * 100_000),
        Answer(200, {HEADER_LENGTH: "8"}, b"nonsense"),
        Answer(200, {HEADER_LENGTH: "8", "Content-Type": "application/gzip"}, b"nonsense"),
        Answer(200, {**answer(HEALTH).headers, HEADER_LENGTH: "10"}, answer(HEALTH).body),
        Answer(302, {"Location": "http://127.0.0.1:1/"}, b""),
        Answer(500, {}, b"Internal Server Error"),
        Answer(502, {}, b""),
        Answer(507, {}, b""),
        answer(NOBODY),
    ],
    ids=lambda spoilt: f"{spoilt.status}-{spoilt.body[:12]!r}",
)
def test_what_is_not_a_whole_answer_of_a_steward_server_counts_as_out_of_reach(
    spoilt: Answer, servers: Servers, connect: Connect
) -> None:
    server = servers.start(health=spoilt)
    with pytest.raises(OutOfReachError):
        connect(server.address).health()


@pytest.mark.parametrize("host", ["x" * 100, "..", "%", "a\x00b", "-"])
def test_a_host_that_cannot_be_is_out_of_reach(host: str, connect: Connect) -> None:
    with pytest.raises(OutOfReachError, match="server_out_of_reach"):
        connect(f"http://{host}").health()


def test_nothing_listens_there(connect: Connect) -> None:
    with pytest.raises(OutOfReachError):
        connect("http://127.0.0.1:1").health()


def test_every_request_says_which_console_speaks_which_protocol(servers: Servers, connect: Connect) -> None:
    server = servers.start(push=answer(PUSHED))
    transport = connect(server.address)
    transport.push(PushRequest(batch=()))
    transport.push(PushRequest(batch=()))
    first, second = (request.headers for request in server.requests)
    assert first[HEADER_CONSOLE] == "c1"
    assert first[HEADER_PROTOCOL] == "1"
    assert first["Authorization"] == "Bearer access"
    assert first[HEADER_REQUEST] != second[HEADER_REQUEST]


def test_a_token_that_ran_out_is_refreshed_once_and_the_request_sent_again(
    servers: Servers, connect: Connect, credentials: Credentials
) -> None:
    fresh = RefreshReply(server_time=START, epoch=1, token="access2", refresh_token="refresh2", token_expires_at=START)
    server = servers.start(push=[answer(NOBODY, 401), answer(PUSHED)], refresh=answer(fresh))
    assert connect(server.address).push(PushRequest(batch=())) == PUSHED
    assert [request.path for request in server.requests] == ["/v1/push", "/v1/refresh", "/v1/push"]
    assert server.requests[-1].headers["Authorization"] == "Bearer access2"
    assert credentials.tokens == Tokens("access2", "refresh2")


def test_a_refused_refresh_asks_the_person_to_sign_in(
    servers: Servers, connect: Connect, credentials: Credentials
) -> None:
    server = servers.start(push=answer(NOBODY, 401), refresh=answer(NOBODY, 401))
    transport = connect(server.address)
    with pytest.raises(SignInError):
        transport.push(PushRequest(batch=()))
    assert credentials.tokens is None
    with pytest.raises(SignInError):
        transport.push(PushRequest(batch=()))
    assert len(server.requests) == 2


def test_a_server_out_of_reach_while_refreshing_signs_nobody_out(
    servers: Servers, connect: Connect, credentials: Credentials
) -> None:
    server = servers.start(push=answer(NOBODY, 401), refresh=Answer(503, {}, b""))
    with pytest.raises(OutOfReachError):
        connect(server.address).push(PushRequest(batch=()))
    assert credentials.tokens == Tokens("access", "refresh")


def test_a_server_that_breaks_while_refreshing_signs_nobody_out(
    servers: Servers, connect: Connect, credentials: Credentials
) -> None:
    broken = ErrorReply(server_time=START, epoch=1, code="server_fault")
    server = servers.start(push=answer(NOBODY, 401), refresh=answer(broken, 500))
    with pytest.raises(ReplyError):
        connect(server.address).push(PushRequest(batch=()))
    assert credentials.tokens == Tokens("access", "refresh")


def test_a_refusal_comes_with_its_code_its_blanks_and_the_last_sequence(servers: Servers, connect: Connect) -> None:
    refusal = ErrorReply(server_time=START, epoch=1, code="out_of_order", params={"a": 1}, last_sequence=7)
    server = servers.start(push=answer(refusal, 409))
    with pytest.raises(ReplyError) as caught:
        connect(server.address).push(PushRequest(batch=()))
    assert (caught.value.status, caught.value.code, caught.value.last_sequence) == (409, "out_of_order", 7)
    assert caught.value.params == {"a": 1}


@pytest.mark.parametrize(("said", "seconds"), [("7", 7), ("soon", 5), ("-1", 0), ("1e9", 300), ("nan", 5)])
def test_a_busy_server_says_how_long_to_wait(said: str, seconds: float, servers: Servers, connect: Connect) -> None:
    server = servers.start(push=Answer(429, {"Retry-After": said}, b""))
    with pytest.raises(BusyError) as caught:
        connect(server.address).push(PushRequest(batch=()))
    assert caught.value.retry_after_s == seconds


@pytest.mark.parametrize("ahead", [timedelta(days=3650), timedelta(days=-3650), timedelta(seconds=1), timedelta()])
def test_the_clock_is_set_by_the_servers(ahead: timedelta, servers: Servers, connect: Connect) -> None:
    server = servers.start(health=answer(HEALTH))
    clock = HandClock(START + ahead)
    connect(server.address, clock).health()
    assert clock.now() == START


def test_a_clock_as_right_as_can_be_known_is_left_alone(servers: Servers, connect: Connect) -> None:
    class SlowClock(HandClock):
        @override
        def now(self) -> datetime:
            self._at += timedelta(seconds=1)
            return super().now()

    server = servers.start(health=answer(HEALTH))
    clock = SlowClock(START - timedelta(seconds=1))
    connect(server.address, clock).health()
    assert clock.offset == timedelta()


def test_a_server_of_another_pc_may_be_reached_by_a_proxy_and_one_of_this_pc_never_is(credentials: Credentials) -> None:
    for address, is_proxied in [("https://steward.example.com", True), ("http://localhost:8000", False)]:
        transport = Transport(address, credentials, HandClock())
        assert transport._http.trust_env is is_proxied
        transport.close()


def test_a_certificate_that_nobody_vouches_for_is_out_of_reach(servers: Servers, connect: Connect) -> None:
    server = servers.start(health=answer(HEALTH))
    server.encrypt(CERTIFICATE)
    transport = connect(server.address)
    with pytest.raises(OutOfReachError):
        transport.health()
    transport._http.verify = str(CERTIFICATE)
    assert transport.health() == HEALTH


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("steward.example.com", "https://steward.example.com"),
        ("steward.example.com:8443/ops/", "https://steward.example.com:8443/ops"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("localhost", "http://localhost"),
        (" HTTP://10.0.0.5:8000/ ", "http://10.0.0.5:8000"),
    ],
)
def test_an_address_may_be_typed_without_how_it_is_reached(typed: str, address: str) -> None:
    assert checked_address(typed) == address


@pytest.mark.parametrize(
    "address",
    [
        *("", "ftp://example.com", "http://", "file:///etc/passwd"),
        *("not an address", "http://[", "http://example.com:99999", "https://example.com?x=1", "http://\udcff"),
    ],
)
def test_an_address_that_is_none_is_refused_in_words(address: str, credentials: Credentials) -> None:
    with pytest.raises(InvalidError, match="server_address_invalid"):
        Transport(address, credentials, HandClock())


def test_an_interrupted_request_ends_at_once_and_none_follows(servers: Servers, connect: Connect) -> None:
    arrived, released = threading.Event(), threading.Event()

    def respond(_request: Request) -> Answer:
        arrived.set()
        released.wait(30)
        return answer(HEALTH)

    server = CannedServer(respond)
    servers.made.append(server)
    transport = connect(server.address)
    failures: list[Exception] = []

    def ask() -> None:
        try:
            transport.health()
        except OutOfReachError as error:
            failures.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    arrived.wait(30)
    transport.interrupt()
    asking.join(10)
    assert failures
    assert not asking.is_alive()
    released.set()
    with pytest.raises(OutOfReachError):
        transport.health()
    assert len(server.requests) == 1
