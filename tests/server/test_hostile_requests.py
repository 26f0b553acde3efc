"""Whatever is sent to whatever address: an answer in words, never a fault of the server, and nobody learns too much."""

import json
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from starlette.testclient import TestClient

from app.commands.registry import KINDS, parse
from app.db.ownership import stream_of
from app.domain.ids import COMPANY_STREAM, new_id
from app.domain.permissions import Role
from app.domain.words import knows
from app.protocol import HEADER_CONSOLE, HEADER_PROTOCOL, HEADER_REQUEST
from app.server.accounts import grant_role, set_password
from app.server.application import make_application
from app.server.database import Database
from app.server.tables import Attempt, Console
from tests.clocks import HandClock
from tests.factories import OTHER_SITE, SITE, SUPERVISOR
from tests.server.kit import PASSWORD, Desk
from tests.server.test_routes import Signed, document

NOBODY = "0198ffff-ffff-7fff-8fff-ffffffffffff"
WORK = stream_of("work_order", SITE)
STREAMS = [stream_of(table, site) for table in ("work_order", "resident") for site in (SITE, OTHER_SITE)]
EXAMPLES = Path(__file__).parents[1] / "unit" / "commands" / "examples"
SEEDS: Mapping[str, Any] = {
    "/v1/sign-in": {"login": "he", "password": PASSWORD, "machine": "m", "name": "PC", "console_id": NOBODY},
    "/v1/refresh": {"refresh_token": "x"},
    "/v1/sign-out": {},
    "/v1/password": {"old": PASSWORD, "new": "four five six"},
    "/v1/handshake": {"lease": NOBODY, "app_version": "1", "command_versions": {"ReportWorkOrder": 1}},
    "/v1/push": {"batch": []},
    "/v1/pull": {"epoch": 1, "scope_version": 1, "cursor": {WORK: 0, COMPANY_STREAM: 0}, "limit": 10},
}
"""A message that each address understands, from which the others are made."""

DEEP = json.loads("[" * 900 + "]" * 900)
ODD_NUMBERS = (0, -1, 2**31, 2**63, -(2**63) - 1, 10**40, 1.5, float("nan"), float("inf"))
ODD_TEXTS = (
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202e<b>名</b>\ufeff",
    "'); DROP TABLE account; --",
    "🏢" * 300,
    "x" * 70_000,
    NOBODY,
    NOBODY.upper(),
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "٢٠٢٦-٠١-٠١",
)
ODD: tuple[Any, ...] = (None, True, *ODD_NUMBERS, *ODD_TEXTS, [], [None], {}, {"\ud800": "x"}, {"\x00": "\x00"}, DEEP)
"""Values of the wrong kind or beyond all measure, and text that is none."""


def example(kind: str) -> dict[str, Any]:
    """A body of that kind."""
    found: dict[str, Any] = json.loads((EXAMPLES / f"{kind}.{KINDS[kind].version}.json").read_text(encoding="utf-8"))
    return found


def places_in(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a document something may be put instead."""
    yield at
    if isinstance(value, dict):
        for key, part in value.items():
            yield from places_in(part, (*at, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from places_in(part, (*at, number))


def with_odd(value: Any, at: tuple[Any, ...], odd: Any) -> Any:
    """The document with something else at one place."""
    if not at:
        return odd
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[at[0]] = with_odd(value[at[0]], at[1:], odd)
    return changed


@st.composite
def spoilt(draw: st.DrawFn, seed: Any) -> Any:
    """A document with up to two places spoilt."""
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.sampled_from(list(places_in(seed))))
        stood = reduce(getitem, at, seed)
        alike = ODD_TEXTS if isinstance(stood, str) else ODD_NUMBERS if isinstance(stood, int) else ODD
        seed = with_odd(seed, at, draw(st.sampled_from(alike) | st.sampled_from(ODD)))
    return seed


headers = st.dictionaries(
    st.sampled_from(["Authorization", HEADER_CONSOLE, HEADER_PROTOCOL, HEADER_REQUEST, "Content-Type", "Accept"]),
    st.sampled_from([b"", b"\xff", b"x" * 5_000, b"Bearer", b"Bearer \xff", b"Basic bGluOg==", b"9" * 5_000, b"-1"]),
)


def answered(response: httpx2.Response) -> dict[str, Any]:
    """What was answered: whole, in words, and no fault of the server."""
    found = document(response)
    assert response.status_code < 500, (response.request.url, response.request.content[:500], found)
    assert response.status_code == 200 or knows(found["code"]), found
    return found


@pytest.fixture
def client(database: Database, clock: HandClock) -> Iterator[TestClient]:
    with TestClient(make_application(database, clock), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def almighty(database: Database, clock: HandClock) -> None:
    """Let one person do everything, on rows that the examples name, so that a message gets as far as it can."""
    with database.write() as session:
        for role in Role:
            grant_role(session, "luo", role)
    desk = Desk(database, clock, SUPERVISOR)
    for kind in ("AddResident", "ReportWorkOrder"):
        (result,) = desk.do(parse(kind, 1, example(kind)))
        assert result.status == "accepted", result


def sign_in(client: TestClient, database: Database) -> Signed:
    """Sign in as who may do everything, whatever was done to their password before."""
    with database.write() as session:
        session.execute(delete(Attempt))
        set_password(session, "luo", PASSWORD)
    return Signed(client, "luo")


few = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_every_address_is_tried(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    posted = {path for path, methods in described.items() if "post" in methods}
    assert posted == set(SEEDS)
    assert set(described) - posted == {"/v1/health", "/v1/snapshot"}


@few
@given(data=st.data())
def test_no_message_makes_the_server_fail(
    client: TestClient, almighty: None, database: Database, data: st.DataObject
) -> None:
    signed = sign_in(client, database)
    path = data.draw(st.sampled_from(sorted(SEEDS)))
    message = data.draw(spoilt(SEEDS[path]))
    answered(signed.client.post(path, content=json.dumps(message), headers=signed.headers))


@few
@given(data=st.data())
def test_no_command_makes_the_server_fail(
    client: TestClient, almighty: None, database: Database, data: st.DataObject
) -> None:
    signed = sign_in(client, database)
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    with database.read() as session:
        last = session.get_one(Console, signed.reply.console_id).last_sequence
    envelope = {
        "command_id": new_id(),
        "sequence": last + 1,
        "kind": kind,
        "version": KINDS[kind].version,
        "stream_ids": [COMPANY_STREAM, *STREAMS],
        "user_id": signed.reply.user_id,
        "made_at": "2026-09-16T01:00:00Z",
        "body": example(kind),
    }
    if data.draw(st.booleans()):
        envelope["body"] = data.draw(spoilt(envelope["body"]))
    else:
        envelope = data.draw(spoilt(envelope))
    message = json.dumps({"batch": [envelope]})
    found = answered(signed.client.post("/v1/push", content=message, headers=signed.headers))
    for result in found.get("results", ()):
        assert result["status"] in ("accepted", "rejected", "unsupported")
        assert result["error"] is None or result["error"]["code"] != "server_fault"


@few
@given(
    stream=st.sampled_from([WORK, *STREAMS, COMPANY_STREAM, *ODD_TEXTS]),
    table=st.sampled_from(["work_order", "site", "resident", "account", *ODD_TEXTS]),
    after=st.none() | st.sampled_from([f"{sign}:{NOBODY}" for sign in (*ODD_NUMBERS, "9" * 5_000)] + list(ODD_TEXTS)),
    limit=st.none() | st.sampled_from(ODD_NUMBERS),
)
def test_no_question_makes_the_server_fail(
    client: TestClient, almighty: None, database: Database, stream: str, table: str, after: str | None, limit: Any
) -> None:
    signed = sign_in(client, database)
    asked = {"stream": stream, "table": table, "after": after, "limit": limit}
    query = "&".join(f"{name}={_quoted(value)}" for name, value in asked.items() if value is not None)
    answered(client.get(f"/v1/snapshot?{query}", headers=signed.headers))


def _quoted(value: Any) -> str:
    return quote(str(value)[:30_000].encode(errors="surrogatepass"))


@few
@given(path=st.sampled_from(["/v1/health", "/v1/snapshot", *SEEDS]), over=headers, body=st.binary(max_size=100))
def test_no_bytes_and_no_headers_make_the_server_fail(
    client: TestClient, database: Database, path: str, over: dict[str, bytes], body: bytes
) -> None:
    signed = sign_in(client, database)
    sent: Any = {**{name: value.encode() for name, value in signed.headers.items()}, **over}
    method = "POST" if path in SEEDS else "GET"
    answered(client.request(method, path, content=body, headers=sent))
