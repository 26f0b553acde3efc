"""Signing in without the network: those who did so with it, for fourteen days, after few wrong tries."""

from datetime import timedelta

import pytest

from app.domain.errors import SignInError
from app.domain.permissions import Role
from app.store.users import TRIES, Person, known_user, known_users, recognise, verifier_of
from tests.factories import CLERK, SITE, SUPERVISOR
from tests.unit.store.desks import PASSWORD, STREAMS, Desk
from tests.unit.store.little_server import a_scope


def refusal(desk: Desk, password: str = PASSWORD, login: str = "lin") -> tuple[str, object]:
    with pytest.raises(SignInError) as caught:
        desk.store.users.unlock(login, password)
    return caught.value.code, caught.value.params.get("minutes")


def test_who_signed_in_online_may_do_so_without_the_network(desk: Desk) -> None:
    user = desk.store.users.unlock(" LIN ", PASSWORD)
    assert user.person == Person(CLERK, "lin", "林晓雨")
    assert user.rights.at(SITE) == {Role.CLERK}
    assert user.streams == STREAMS
    assert desk.read(known_user, CLERK) == user
    assert desk.read(known_users) == [user]
    assert desk.read(known_user, SUPERVISOR) is None


def test_a_password_is_kept_only_as_a_hash(desk: Desk) -> None:
    desk.store.close()
    assert PASSWORD.encode() not in (desk.store.folder / "cache.sqlite").read_bytes()


def test_wrong_passwords_and_strangers_are_refused(desk: Desk) -> None:
    assert refusal(desk, "wrong") == ("password_wrong", 1)
    assert refusal(desk, login="nobody") == ("sign_in_not_here", None)
    desk.store.users.unlock("lin", PASSWORD)


def test_too_many_tries_bring_a_wait_that_doubles(desk: Desk) -> None:
    for left in range(TRIES - 1, 0, -1):
        with pytest.raises(SignInError) as caught:
            desk.store.users.unlock("lin", "wrong")
        assert (caught.value.code, caught.value.params) == ("password_wrong", {"left": left, "minutes": 1})
    assert refusal(desk, "wrong") == ("sign_in_locked", 1)
    assert refusal(desk) == ("sign_in_locked", 1)
    desk.clock.forward(minutes=1)
    assert refusal(desk, "wrong") == ("sign_in_locked", 2)
    assert refusal(desk) == ("sign_in_locked", 2)
    desk.clock.forward(minutes=2)
    desk.store.users.unlock("lin", PASSWORD)
    assert refusal(desk, "wrong") == ("password_wrong", 1)


def test_after_some_days_the_network_is_needed(desk: Desk) -> None:
    desk.clock.forward(days=14)
    desk.store.users.unlock("lin", PASSWORD)
    desk.clock.forward(minutes=1)
    with pytest.raises(SignInError) as caught:
        desk.store.users.unlock("lin", PASSWORD)
    assert (caught.value.code, caught.value.params) == ("sign_in_too_long_offline", {"days": 14})


def test_setting_the_clock_back_opens_nothing(desk: Desk) -> None:
    desk.clock.forward(days=13)
    desk.store.users.unlock("lin", PASSWORD)
    desk.clock.forward(days=-2)
    assert refusal(desk) == ("clock_behind", None)
    desk.store.users.remember(Person(CLERK, "lin", "林晓雨"), None, desk.clock.now() + timedelta(days=14))
    desk.store.users.unlock("lin", PASSWORD)


def test_a_new_password_counts_from_the_next_sign_in_online(desk: Desk) -> None:
    until = desk.clock.now() + timedelta(days=14)
    desk.store.users.remember(Person(CLERK, "lin", "林晓雨", title_zh="前台"), verifier_of("another"), until)
    assert refusal(desk) == ("password_wrong", 1)
    assert desk.store.users.unlock("lin", "another").person.title_zh == "前台"


def test_who_was_shut_out_needs_the_network(desk: Desk) -> None:
    desk.store.users.shut_out(CLERK)
    desk.store.users.shut_out("nobody")
    assert refusal(desk) == ("sign_in_not_here", None)


def test_a_login_given_to_somebody_else_no_longer_opens_for_the_first(desk: Desk) -> None:
    until = desk.clock.now() + timedelta(days=14)
    desk.store.users.remember(Person(SUPERVISOR, "lin", "另一个林"), verifier_of("other password"), until)
    assert refusal(desk) == ("password_wrong", 1)
    assert desk.store.users.unlock("lin", "other password").person.user_id == SUPERVISOR


def test_a_role_of_a_newer_server_gives_nothing_here(desk: Desk) -> None:
    scope = a_scope(SITE, version=2).model_copy(update={"roles": {SITE: ("clerk", "wizard")}})
    desk.take_scope(scope)
    assert desk.store.users.unlock("lin", PASSWORD).rights.at(SITE) == {Role.CLERK}


def test_somebody_forgotten_between_the_two_steps_is_not_let_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def forget(*_: object) -> bool:
        desk.store.users.remember(Person(CLERK, "other", "林晓雨"), None, desk.clock.now())
        return True

    monkeypatch.setattr("app.store.users._fits", forget)
    assert refusal(desk) == ("sign_in_not_here", None)


def test_one_who_only_reads_is_recognised_without_a_try_being_counted(desk: Desk) -> None:
    def code(login: str = "lin", password: str = PASSWORD) -> str:
        with pytest.raises(SignInError) as caught:
            desk.read(recognise, login, password, desk.clock.now())
        return caught.value.code

    assert desk.read(recognise, "lin", PASSWORD, desk.clock.now()) == desk.store.users.unlock("lin", PASSWORD)
    assert [code(password="wrong") for _ in range(TRIES)] == ["sign_in_wrong"] * TRIES
    assert code("nobody") == "sign_in_not_here"
    for _ in range(TRIES):
        refusal(desk, "wrong")
    assert code() == "sign_in_locked"
    desk.clock.forward(days=15)
    assert code() == "sign_in_too_long_offline"
