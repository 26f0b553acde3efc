"""The server over HTTP: what each address answers, and how it says no."""

import gzip
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from app.commands import registry
from app.db.ownership import stream_of
from app.domain.ids import COMPANY_STREAM, new_id
from app.domain.words import knows
from app.protocol import (
    BATCH_BYTES,
    BATCH_LIMIT,
    HEADER_CONSOLE,
    HEADER_LENGTH,
    HEADER_PROTOCOL,
    HEADER_REQUEST,
    MARKER,
    HandshakeReply,
    PullReply,
    PushReply,
    PushRequest,
    RefreshReply,
    SignInReply,
    SnapshotReply,
)
from app.server import routes
from app.server.accounts import revoke_console, set_active
from app.server.application import make_application
from app.server.database import Database
from app.server.identity import name_company
from app.server.push import PUSHES_A_MINUTE
from app.server.tables import Console
from tests.clocks import HandClock
from tests.factories import CLERK, SITE, a_report
from tests.server.kit import PASSWORD, Desk

WORK = stream_of("work_order", SITE)


@pytest.fixture
def client(database: Database, clock: HandClock) -> Iterator[TestClient]:
    with TestClient(make_application(database, clock), client=("10.0.0.7", 40_000)) as client:
        yield client


def document(response: httpx2.Response) -> dict[str, Any]:
    """The JSON of a whole answer."""
    plain = response.content
    if response.headers["Content-Type"] == "application/gzip":
        plain = gzip.decompress(plain)
    assert response.headers[HEADER_LENGTH] == str(len(plain))
    found: dict[str, Any] = json.loads(plain)
    assert found["marker"] == MARKER
    return found


class Signed:
    """A client with somebody signed in."""

    def __init__(self, client: TestClient, login: str = "lin") -> None:
        self.client = client
        answer = client.post("/v1/sign-in", json={"login": login, "password": PASSWORD, "machine": "m1", "name": "PC"})
        assert answer.status_code == 200, answer.text
        self.reply = SignInReply.model_validate(document(answer))
        self.headers = {
            "Authorization": f"Bearer {self.reply.token}",
            HEADER_CONSOLE: self.reply.console_id,
            HEADER_PROTOCOL: "1",
            "Content-Type": "application/json",
        }

    def post(self, path: str, **body: Any) -> httpx2.Response:
        return self.client.post(path, json=body, headers=self.headers)

    def get(self, path: str, **query: Any) -> httpx2.Response:
        return self.client.get(path, params=query, headers=self.headers)

    def pull(self) -> httpx2.Response:
        return self.post("/v1/pull", epoch=1, scope_version=0, cursor={COMPANY_STREAM: 0, WORK: 0})


@pytest.fixture
def signed(client: TestClient) -> Signed:
    return Signed(client)


def code(response: httpx2.Response, status: int) -> str:
    """The code of a refusal of this status, for which there must be words."""
    found = document(response)
    assert response.status_code == status, found
    assert knows(found["code"])
    return str(found["code"])


# ---- what is answered


def test_health_says_what_server_this_is_to_anyone(client: TestClient, database: Database, clock: HandClock) -> None:
    with database.write() as session:
        name_company(session, "和润物业")
    found = document(client.get("/v1/health"))
    assert (found["company"], found["protocol_max"], found["epoch"]) == ("和润物业", 1, 1)
    assert found["server_time"] == "2026-09-16T01:00:00Z"
    assert found["app_version"]


def test_a_sign_in_tells_who_and_what_they_may(signed: Signed) -> None:
    reply = signed.reply
    assert (reply.user_id, reply.login, reply.name, reply.number_prefix) == (CLERK, "lin", "Lin", "01")
    assert reply.scope.roles == {SITE: ("clerk",)}
    assert {stream.stream_class for stream in reply.scope.streams} == {"company", "people", "work"}
    assert reply.lease


def test_a_handshake_tells_what_is_spoken(signed: Signed) -> None:
    request = {"lease": signed.reply.lease, "app_version": "0.1", "command_versions": {}}
    reply = HandshakeReply.model_validate(document(signed.post("/v1/handshake", **request)))
    assert reply.command_versions == registry.versions()
    assert (reply.last_sequence, reply.offline_until.isoformat()) == (0, "2026-09-30T01:00:00+00:00")
    assert reply.lease != signed.reply.lease
    signed.post("/v1/handshake", **{**request, "lease": reply.lease})
    assert code(signed.post("/v1/handshake", **request), 409) == "console_cloned"


def test_commands_go_in_and_rows_come_out(signed: Signed, desk: Desk) -> None:
    report = a_report()
    envelope = desk.envelope(report)
    sent = PushRequest(batch=(envelope,)).model_dump_json()
    answer = signed.client.post("/v1/push", content=sent, headers=signed.headers)
    pushed = PushReply.model_validate(document(answer))
    assert (pushed.last_sequence, pushed.results[0].status) == (1, "accepted")
    answer = signed.pull()
    assert answer.headers["Content-Type"] == "application/gzip"
    assert "Content-Encoding" not in answer.headers
    pulled = PullReply.model_validate(document(answer))
    page = pulled.tables["work_order"]
    assert [row[page.columns.index("id")] for row in page.rows] == [report.id]
    assert pulled.streams[WORK].next == pushed.results[0].seqs[WORK]
    snapshot = SnapshotReply.model_validate(document(signed.get("/v1/snapshot", stream=WORK, table="work_order")))
    assert (snapshot.page, snapshot.after, snapshot.head) == (page, None, pulled.streams[WORK].head)


def test_tokens_are_renewed_and_the_new_ones_used(signed: Signed) -> None:
    answer = signed.client.post("/v1/refresh", json={"refresh_token": signed.reply.refresh_token})
    fresh = RefreshReply.model_validate(document(answer))
    signed.headers["Authorization"] = f"Bearer {fresh.token}"
    assert signed.pull().status_code == 200
    again = signed.client.post("/v1/refresh", json={"refresh_token": signed.reply.refresh_token})
    assert code(again, 401) == "sign_in_stolen"
    assert code(signed.pull(), 401) == "sign_in_needed"


def test_signing_out_ends_all_tokens_of_the_sign_in(signed: Signed) -> None:
    assert signed.post("/v1/sign-out").status_code == 200
    assert code(signed.pull(), 401) == "sign_in_needed"
    again = signed.client.post("/v1/refresh", json={"refresh_token": signed.reply.refresh_token})
    assert code(again, 401) == "sign_in_needed"


def test_a_person_changes_their_password(signed: Signed) -> None:
    assert signed.post("/v1/password", old=PASSWORD, new="four five six").status_code == 200
    wrong = signed.client.post("/v1/sign-in", json={"login": "lin", "password": PASSWORD})
    assert code(wrong, 401) == "sign_in_wrong"
    assert code(signed.post("/v1/password", old=PASSWORD, new="seven eight"), 403) == "sign_in_wrong"


def test_the_interface_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        f"/v1/{name}"
        for name in ("health", "sign-in", "refresh", "sign-out", "password", "handshake", "push", "pull", "snapshot")
    }
    assert "Envelope" in described["components"]["schemas"]
    assert described["paths"]["/v1/pull"]["post"]["security"]


# ---- how no is said


def test_without_a_token_nothing_is_told(client: TestClient, signed: Signed) -> None:
    for headers in ({}, {"Authorization": "Basic bGluOm9uZQ=="}, {"Authorization": "Bearer nonsense"}):
        answer = client.post("/v1/pull", json={"epoch": 1, "scope_version": 0, "cursor": {}}, headers=headers)
        assert code(answer, 401) == "sign_in_needed"
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    stolen = {**signed.headers, HEADER_CONSOLE: new_id()}
    assert code(client.get("/v1/snapshot?stream=a&table=b", headers=stolen), 401) == "sign_in_needed"


def test_who_is_shut_out_is_told_at_the_next_request(signed: Signed, database: Database, clock: HandClock) -> None:
    other = Signed(signed.client, "luo")
    with database.write() as session:
        set_active(session, "luo", clock.now(), is_active=False)
        revoke_console(session, signed.reply.number_prefix)
    assert code(other.pull(), 401) == "account_disabled"
    assert code(signed.pull(), 403) == "console_revoked"
    again = {"login": "lin", "password": PASSWORD, "console_id": signed.reply.console_id}
    assert code(signed.client.post("/v1/sign-in", json=again), 403) == "console_revoked"


def test_an_old_console_may_send_and_not_receive(signed: Signed, desk: Desk) -> None:
    signed.headers[HEADER_PROTOCOL] = "0"
    assert code(signed.pull(), 426) == "upgrade_required"
    assert code(signed.get("/v1/snapshot", stream=WORK, table="work_order"), 426) == "upgrade_required"
    sent = PushRequest(batch=(desk.envelope(a_report()),)).model_dump_json()
    assert signed.client.post("/v1/push", content=sent, headers=signed.headers).status_code == 200


def test_commands_out_of_order_are_told_where_to_go_on(signed: Signed, desk: Desk) -> None:
    desk.sequence = 7
    sent = PushRequest(batch=(desk.envelope(a_report()),)).model_dump_json()
    answer = signed.client.post("/v1/push", content=sent, headers=signed.headers)
    assert code(answer, 409) == "out_of_order"
    assert document(answer)["last_sequence"] == 0


def test_a_console_that_asks_too_often_is_told_when_to_come_back(signed: Signed, database: Database) -> None:
    with database.write() as session:
        console = session.get_one(Console, signed.reply.console_id)
        console.minute_at, console.minute_pushes = console.enrolled_at, PUSHES_A_MINUTE
    answer = signed.post("/v1/push", batch=[])
    assert code(answer, 429) == "server_busy"
    assert answer.headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"batch": 1}',
        b'{"batch": [{"command_id": "x"}]}',
        b"[" * 20_000,
    ],
)
def test_a_malformed_message_is_refused_in_words(signed: Signed, body: bytes) -> None:
    answer = signed.client.post("/v1/push", content=body, headers=signed.headers)
    assert code(answer, 400) == "message_malformed"


def test_text_that_is_no_text_refuses_its_command_alone(signed: Signed, desk: Desk) -> None:
    good = desk.envelope(a_report()).model_dump(mode="json")
    bad = {**desk.envelope(a_report()).model_dump(mode="json"), "body": {"description": "\ud800"}}
    sent = json.dumps({"batch": [bad | {"sequence": 1}, good | {"sequence": 2}]})
    reply = document(signed.client.post("/v1/push", content=sent, headers=signed.headers))
    assert [result["status"] for result in reply["results"]] == ["rejected", "accepted"]
    assert reply["results"][0]["error"]["code"] == "command_malformed"
    odd = {**good, "kind": "Report\ud800"}
    answer = signed.client.post("/v1/push", content=json.dumps({"batch": [odd]}), headers=signed.headers)
    assert code(answer, 400) == "message_malformed"


def test_ids_are_ids(signed: Signed, desk: Desk) -> None:
    envelope = desk.envelope(a_report()).model_dump(mode="json")
    for field in ("command_id", "user_id"):
        assert code(signed.post("/v1/push", batch=[{**envelope, field: "robert'); --"}]), 400) == "message_malformed"
    assert code(signed.post("/v1/push", batch=[{**envelope, "stream_ids": ["\x00"]}]), 400) == "message_malformed"


def test_more_commands_than_a_batch_holds_are_refused(signed: Signed, desk: Desk) -> None:
    envelope = desk.envelope(a_report()).model_dump(mode="json")
    assert code(signed.post("/v1/push", batch=[envelope] * (BATCH_LIMIT + 1)), 400) == "message_malformed"


def test_a_body_past_the_limit_is_refused_before_it_is_read_as_json(signed: Signed) -> None:
    for content in (b"x" * (BATCH_BYTES + 1), (part for part in [b"[" * 1024] * 1025)):
        answer = signed.client.post("/v1/push", content=content, headers=signed.headers)
        assert code(answer, 413) == "message_too_large"
    assert code(signed.client.post("/v1/push", content=b" " * BATCH_BYTES, headers=signed.headers), 400)


def test_there_is_nothing_elsewhere(client: TestClient) -> None:
    assert code(client.get("/v1/nothing"), 404) == "address_unknown"
    assert code(client.get("/v1/push"), 405) == "address_unknown"
    assert client.get("/docs").status_code == 404


def test_every_answer_is_guarded_and_named(client: TestClient) -> None:
    for path in ("/v1/health", "/v1/nothing"):
        answer = client.get(path, headers={HEADER_REQUEST: "a-name-1"})
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers[HEADER_REQUEST] == "a-name-1"
    odd = client.get("/v1/health", headers={HEADER_REQUEST: "a name; of my own"})
    assert odd.headers[HEADER_REQUEST] != "a name; of my own"


def test_the_log_has_one_line_a_request_and_no_secret(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.post("/v1/sign-in?password=in-the-query", json={"login": "lin", "password": "wrong password"})
    lines = [record.getMessage() for record in caplog.records if record.name == "app.server.guard"]
    assert len(lines) == 1
    assert "POST '/v1/sign-in' 401" in lines[0]
    assert "password" not in lines[0]


# ---- when the server itself fails


@pytest.mark.expects_log("request .* failed")
def test_a_bug_is_logged_and_told_as_such(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "identity_of", lambda _session: 1 / 0)
    answer = client.get("/v1/health")
    assert code(answer, 500) == "server_fault"
    assert "ZeroDivision" not in answer.text


class Failing:
    """A database error of the driver."""

    def __init__(self, **about: Any) -> None:
        self.error = Exception("no")
        for name, value in about.items():
            setattr(self.error, name, value)

    def __call__(self, *_: Any) -> None:
        raise OperationalError("SELECT 1", {}, self.error)


@pytest.mark.expects_log("the database did not answer")
@pytest.mark.parametrize(
    ("failing", "status", "words"),
    [
        (Failing(), 503, "server_unavailable"),
        (Failing(sqlite_errorcode=13), 507, "server_disk_full"),
        (Failing(sqlstate="53100"), 507, "server_disk_full"),
    ],
)
def test_a_database_out_of_reach_or_full_is_said_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, failing: Failing, status: int, words: str
) -> None:
    monkeypatch.setattr(routes, "identity_of", failing)
    assert code(client.get("/v1/health"), status) == words


@pytest.mark.expects_log("request .* failed")
def test_a_broken_rule_of_the_database_is_a_bug(signed: Signed, database: Database) -> None:
    def break_it(connection: Any) -> None:
        connection.exec_driver_sql("INSERT INTO server_identity (server_id, epoch, company) VALUES (NULL, 1, '')")

    event.listen(database.engine, "commit", break_it)
    try:
        assert code(signed.post("/v1/sign-out"), 500) == "server_fault"
    finally:
        event.remove(database.engine, "commit", break_it)


@pytest.mark.expects_log("request .* failed")
def test_half_an_answer_is_never_made_to_look_whole(database: Database, clock: HandClock) -> None:
    application = make_application(database, clock)

    async def broken(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ZeroDivisionError

    application.mount("/broken", broken)
    with TestClient(application) as client, pytest.raises(ZeroDivisionError):
        client.get("/broken/")
