"""Credentials: tokens outlive the program where there is a keyring, and only there."""

from collections.abc import Iterator

import keyring
import pytest

from app.sync.credentials import Credentials, Secrets, Tokens
from tests.keyrings import MemoryKeyring

FIRST, SECOND = Tokens("a1", "r1"), Tokens("a2", "r2")


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    found = MemoryKeyring()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


def test_a_person_is_still_known_after_a_restart(ring: MemoryKeyring) -> None:
    Credentials(Secrets("folder")).speak_for("u1", FIRST)
    again = Credentials(Secrets("folder"))
    assert again.tokens is None
    again.speak_for("u1", None)
    assert again.tokens == FIRST


def test_another_person_or_folder_gets_nothing_of_it(ring: MemoryKeyring) -> None:
    Credentials(Secrets("folder")).speak_for("u1", FIRST)
    for folder, user in (("folder", "u2"), ("other", "u1")):
        other = Credentials(Secrets(folder))
        other.speak_for(user, None)
        assert other.tokens is None


def test_signing_out_leaves_nothing_behind(ring: MemoryKeyring) -> None:
    credentials = Credentials(Secrets("folder"))
    credentials.speak_for("u1", FIRST)
    credentials.forget()
    assert credentials.tokens is None
    assert not ring.entries
    credentials.forget()


def test_of_two_that_refresh_the_same_pair_the_first_wins(ring: MemoryKeyring) -> None:
    credentials = Credentials(Secrets("folder"))
    credentials.speak_for("u1", FIRST)
    credentials.renew(FIRST, SECOND)
    credentials.renew(FIRST, None)
    assert credentials.tokens == SECOND


def test_without_a_keyring_the_tokens_live_in_memory_only() -> None:
    credentials = Credentials(Secrets("folder"))
    credentials.speak_for("u1", FIRST)
    assert credentials.tokens == FIRST
    again = Credentials(Secrets("folder"))
    again.speak_for("u1", None)
    assert again.tokens is None
    credentials.forget()
    assert credentials.tokens is None


def test_a_second_sign_in_that_finds_no_tokens_asks_again(ring: MemoryKeyring) -> None:
    credentials = Credentials(Secrets("folder"))
    credentials.speak_for("u1", FIRST)
    credentials.speak_for("u2", None)
    assert (credentials.user_id, credentials.tokens) == ("u2", None)
    credentials.speak_for("u1", None)
    assert credentials.tokens == FIRST


@pytest.mark.parametrize("entry", ["", "nonsense", "[]", "7", '["only one"]'])
def test_an_entry_that_is_not_ours_is_as_good_as_none(ring: MemoryKeyring, entry: str) -> None:
    Secrets("folder").keep("token/u1", entry)
    credentials = Credentials(Secrets("folder"))
    credentials.speak_for("u1", None)
    assert credentials.tokens is None
