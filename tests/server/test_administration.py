"""``steward users``: what an administrator does and is told."""

import json
from collections.abc import Callable, Iterator

import pytest

from app.cli.arguments import parse
from app.domain.errors import ConflictError, InvalidError, NotFoundError
from app.domain.words import Language
from app.server.administration import Administration
from app.server.database import Database, open_database
from tests.clocks import HandClock
from tests.databases import Databases
from tests.factories import SITE
from tests.served import PASSWORD, cheap_passwords, prepare

__all__ = ["cheap_passwords"]
Run = Callable[..., list[str]]


@pytest.fixture
def database(databases: Databases, cheap_passwords: None) -> Iterator[Database]:
    url = databases.create(prepare)
    found = open_database(url)
    yield found
    found.close()
    databases.drop(url)


@pytest.fixture
def run(database: Database) -> Run:
    """Run ``steward users`` with these words, in English; every password asked for is the same."""

    def ran(*words: str) -> list[str]:
        asked = parse(["users", *words], Language.ENGLISH)
        return list(Administration(database, HandClock(), Language.ENGLISH, lambda _login: PASSWORD).run(asked))

    return ran


def users(run: Run) -> dict[str, list[dict[str, str | None]]]:
    (document,) = run("list", "--json")
    return {user["login"]: user["grants"] for user in json.loads(document)}


def test_a_person_is_added_with_a_role_and_listed(run: Run) -> None:
    said = run("add", "Wang", "--name", "王芳", "--role", "clerk", "--site", "Lanwan Court", "--staff", "1102")
    assert said == ["Account Wang is made.", "Wang is now Front desk (Lanwan Court)."]
    assert users(run)["wang"] == [{"site_id": SITE, "role": "clerk"}]
    assert "wang\t王芳\tFront desk (Lanwan Court)" in run("list")


def test_a_role_is_given_and_taken_back(run: Run) -> None:
    assert run("grant", "lin", "supervisor") == ["lin is now Supervisor (every site)."]
    assert {"site_id": None, "role": "supervisor"} in users(run)["lin"]
    assert run("revoke", "lin", "supervisor") == ["lin is no longer Supervisor (every site)."]
    assert {"site_id": None, "role": "supervisor"} not in users(run)["lin"]


def test_an_account_is_shut_and_opened_again(run: Run) -> None:
    assert run("disable", "sun") == ["Account sun is shut."]
    assert any("[shut]" in line for line in run("list") if line.startswith("sun"))
    assert run("enable", "sun") == ["Account sun is open again."]
    assert not any("[shut]" in line for line in run("list") if line.startswith("sun"))


def test_nobody_waits_while_a_password_is_typed(database: Database) -> None:
    def typed(login: str) -> str:
        with database.write():  # another desk's command, which would run into an open transaction
            return f"password of {login}"

    asked = parse(["users", "password", "sun"], Language.ENGLISH)
    said = list(Administration(database, HandClock(), Language.ENGLISH, typed).run(asked))
    assert said == ["The password of sun is set."]


def test_a_password_is_set(run: Run) -> None:
    assert run("password", "sun") == ["The password of sun is set."]


def test_pcs_are_listed_and_revoked(run: Run, database: Database) -> None:
    (server,) = run("consoles")
    assert server.startswith("00\tserver")
    (document,) = run("consoles", "--json")
    assert json.loads(document)[0]["number_prefix"] == "00"
    with pytest.raises(NotFoundError):
        run("consoles", "--revoke", "77")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("add", "lin", "--name", "x"), ConflictError),
        (("add", "a b", "--name", "x"), InvalidError),
        (("add", "wang", "--name", "x", "--staff", "9999"), NotFoundError),
        (("grant", "nobody", "clerk"), NotFoundError),
        (("grant", "lin", "clerk", "--site", "nowhere"), NotFoundError),
        (("revoke", "lin", "manager"), NotFoundError),
        (("disable", "nobody"), NotFoundError),
        (("password", "nobody"), NotFoundError),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    run: Run, words: tuple[str, ...], error: type[Exception]
) -> None:
    before = users(run)
    with pytest.raises(error):
        run(*words)
    assert users(run) == before
