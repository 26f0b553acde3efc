"""The log: what goes into it and what never does."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.logs import LOG_FILE, log_to_file, log_to_stderr, redact, stop_logging

SECRETS = [
    ("Authorization: Bearer 5hKd_-9f.x", "5hKd"),
    ('{"token": "abc\\"def", "x": 1}', "def"),
    ("{'refresh_token': 'abc', 'x': 1}", "abc"),
    ("password=hunter2&login=wang", "hunter2"),
    ("new_password: hunter2, login: wang", "hunter2"),
    ("postgresql://steward:hunter2@127.0.0.1/steward", "hunter2"),
    ("lease=0192f0", "0192f0"),
    ("call 13800132046 back", "13800132046"),
    ("call 138 0013 2046 back", "0013"),
    ("call +86-138-0013-2046 back", "0013"),
    ("call (0571) 8800-1234 back", "8800"),
    ("call 057188001234 back", "88001234"),
]
HARMLESS = [
    "order 260916-07-031 of 2026-09-16T09:09:00Z",
    "row 01923456-1234-7abc-8def-0123456789ab",
    "seq 10412 at 1789520940000000, 13800132046000 rows",
    "no tokens were harmed",
]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handler = log_to_file(tmp_path / "new")
    yield tmp_path / "new" / LOG_FILE
    stop_logging(handler)


@pytest.mark.parametrize(("line", "secret"), SECRETS)
def test_no_secret_is_written(line: str, secret: str) -> None:
    assert secret not in redact(line)


@pytest.mark.parametrize("line", HARMLESS)
def test_what_is_no_secret_stays(line: str) -> None:
    assert redact(line) == line


def test_a_number_can_still_be_told_from_another() -> None:
    assert redact("13800132046") == "138***2046"


def test_secrets_in_arguments_and_tracebacks_are_hidden_too(log: Path) -> None:
    try:
        int("password=hunter2")
    except ValueError:
        logging.getLogger("app.x").info("token=%s for %s", "secret1", "13800132046", exc_info=True)
    text = log.read_text()
    assert "ValueError" in text
    assert not any(secret in text for secret in ("hunter2", "secret1", "13800132046"))


def test_debugging_lines_stay_out_of_the_file(log: Path) -> None:
    logging.getLogger("app.x").debug("too much")
    logging.getLogger("app.x").info("enough")
    assert "enough" in log.read_text()
    assert "too much" not in log.read_text()


def test_the_error_stream_gets_warnings_only(capsys: pytest.CaptureFixture[str]) -> None:
    handler = log_to_stderr(logging.ERROR)
    try:
        logging.getLogger("app.x").info("quiet")
        handler.handle(logging.LogRecord("app.x", logging.ERROR, "", 0, "loud %s", ("one",), None))
    finally:
        stop_logging(handler)
    said = capsys.readouterr().err
    assert "loud one" in said
    assert "quiet" not in said
