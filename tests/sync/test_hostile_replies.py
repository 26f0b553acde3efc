"""Whatever comes back over the line is an answer, a refusal, or none: never a fault of the program."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import OpsError, OutOfReachError
from app.domain.words import Language, say_error
from app.protocol import (
    HEADER_LENGTH,
    MARKER,
    ErrorReply,
    HandshakeReply,
    HealthReply,
    PullReply,
    PushReply,
    Reply,
    SignInReply,
    SnapshotReply,
)
from app.sync.failures import ReplyError
from app.sync.replies import read_reply

KINDS = (ErrorReply, HandshakeReply, HealthReply, PullReply, PushReply, SignInReply, SnapshotReply)
NAMES = sorted({name for kind in KINDS for name in kind.model_fields})
odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800") | st.just(10**40),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=2),
    max_leaves=4,
)
plain = {"marker": MARKER, "server_time": "2026-09-16T01:00:00Z", "epoch": 1, "code": "out_of_order"}
announced = st.sampled_from([None, "", "0", "-1", "9" * 5_000, "²", "12"])
types = st.sampled_from(["application/json", "application/gzip", "text/html", ""])


def said(kind: type[Reply], status: int, headers: dict[str, str], body: bytes) -> Reply | OpsError:
    """What is made of it; anything but a reply or an error in words is raised."""
    try:
        return read_reply(kind, status, headers, body)
    except OpsError as error:
        for language in Language:
            say_error(error, language)
        return error


@given(
    st.sampled_from(KINDS),
    st.sampled_from([200, 204, 302, 400, 401, 404, 409, 418, 429, 500, 503]),
    st.dictionaries(st.sampled_from(NAMES), odd, max_size=3),
)
def test_a_document_with_anything_in_it_is_a_reply_or_none(kind: type[Reply], status: int, over: Any) -> None:
    body = json.dumps({**plain, **over}).encode()
    said(kind, status, {HEADER_LENGTH: str(len(body))}, body)


@given(st.sampled_from([200, 302, 400, 500]), announced, types, st.binary(max_size=40))
def test_any_bytes_are_no_reply(status: int, length: str | None, content: str, body: bytes) -> None:
    headers = {"Content-Type": content} | ({} if length is None else {HEADER_LENGTH: length})
    assert isinstance(said(HealthReply, status, headers, body), OutOfReachError)


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, b"<html>please sign in to the guest network</html>", "not_a_steward_server"),
        (404, b"<html>nothing here</html>", "not_a_steward_server"),
        (302, b"", "not_a_steward_server"),
        (200, b"", "reply_cut_short"),
    ],
)
def test_what_somebody_else_answers_is_told_from_an_answer_cut_short(status: int, body: bytes, code: str) -> None:
    error = said(HealthReply, status, {"Content-Type": "text/html"}, body)
    assert isinstance(error, OutOfReachError)
    assert error.code == code


@pytest.mark.parametrize("blank", ["code", "status", "self", "last_sequence", "a b"])
def test_a_refusal_may_have_a_blank_of_any_name(blank: str) -> None:
    body = json.dumps({**plain, "params": {blank: 1}}).encode()
    error = said(HealthReply, 400, {HEADER_LENGTH: str(len(body))}, body)
    assert isinstance(error, ReplyError)
    assert (error.status, error.code, error.params) == (400, "out_of_order", {blank: 1})


def test_a_time_in_no_year_sets_no_clock() -> None:
    body = json.dumps({**plain, "server_time": "9999-12-31T23:59:59Z"}).encode()
    error = said(Reply, 200, {HEADER_LENGTH: str(len(body))}, body)
    assert isinstance(error, OutOfReachError)
