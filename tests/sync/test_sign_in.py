"""Signing in at a console, with the server and without."""

import keyring
import pytest

from app.domain.errors import ConflictError, InvalidError, OutOfReachError, SignInError
from app.server import accounts
from app.server import tables as servers
from app.server.tables import ServerIdentity
from app.store.drafts import DraftText, list_drafts
from app.store.scopes import cursors, next_fetches
from app.store.search import search
from app.store.store import Store
from app.sync.engine import SyncEngine
from app.sync.failures import ReplyError
from app.sync.sign_in import SignIn
from tests.factories import CLERK
from tests.keyrings import MemoryKeyring
from tests.plant import Console, Plant
from tests.served import PASSWORD


@pytest.fixture
def a(plant: Plant) -> Console:
    return plant.console("A")


def shut(plant: Plant, login: str) -> None:
    with plant.server.database.write() as session:
        accounts.set_active(session, login, plant.clock.now(), is_active=False)


def test_the_first_sign_in_enrols_the_console_and_gives_it_a_desk_number(plant: Plant, a: Console) -> None:
    b = plant.console("B")
    numbers = {console.store.reserve_number(plant.clock.now().date()) for console in (a, b)}
    assert len(numbers) == 2
    assert not a.session.is_offline
    person = a.session.person
    assert (person.name, person.title_zh, person.title_en) == ("林晓雨", "前台", "Front desk")
    assert [known.person.login for known in a.sign_in.people()] == ["lin"]


def test_a_second_sign_in_keeps_the_console(a: Console) -> None:
    before = a.sign_in.credentials.console_id
    a.restart()
    assert a.sign_in.credentials.console_id == before
    a.report()
    a.sync()


def test_who_signed_in_here_before_may_do_so_without_the_network(a: Console) -> None:
    a.offline().restart()
    assert a.session.is_offline
    assert a.session.rights == a.online().restart().session.rights


def test_who_was_let_in_offline_speaks_to_the_server_as_soon_as_it_is_there(plant: Plant, a: Console) -> None:
    order_id = a.offline().restart().report()
    a.online().sync()
    assert not a.outbox()
    assert ("work_order", order_id) in a.rows()
    plant.assert_agreed()


def test_a_password_changed_elsewhere_lets_in_offline_but_not_to_the_server(plant: Plant, a: Console) -> None:
    a.offline().restart()
    with plant.server.database.write() as session:
        accounts.set_password(session, "lin", "another password")
    a.online()
    for _ in range(2):
        with pytest.raises(SignInError):
            a.sync()
    a.report()
    assert len(a.outbox()) == 1
    a.sign_in.online("lin", "another password")
    a.sync()
    assert not a.outbox()


@pytest.mark.parametrize(
    ("login", "password"),
    [("lin", "guess"), ("nobody", PASSWORD), ("x" * 1_000_000, "x"), ("lin", "x" * 1_000_000), ("l\x00in", "\ud800")],
    ids=range(5),
)
def test_a_wrong_name_or_password_lets_nobody_in(login: str, password: str, a: Console) -> None:
    for is_offline in (False, True):
        _ = a.offline() if is_offline else a.online()
        with pytest.raises(SignInError):
            a.sign_in.sign_in(login, password)


def test_who_never_signed_in_here_cannot_without_the_network(a: Console) -> None:
    with pytest.raises(SignInError, match="sign_in_not_here"):
        a.offline().sign_in.sign_in("luo", PASSWORD)


def test_too_many_wrong_tries_offline_have_to_wait(plant: Plant, a: Console) -> None:
    a.offline()
    for _ in range(5):
        with pytest.raises(SignInError):
            a.sign_in.sign_in("lin", "guess")
    with pytest.raises(SignInError, match="sign_in_locked"):
        a.sign_in.sign_in("lin", PASSWORD)
    plant.clock.forward(minutes=2)
    assert a.sign_in.sign_in("lin", PASSWORD).is_offline


def test_two_weeks_without_the_server_are_too_long(plant: Plant, a: Console) -> None:
    a.offline()
    plant.clock.forward(days=13)
    assert a.sign_in.sign_in("lin", PASSWORD).is_offline
    plant.clock.forward(days=2)
    with pytest.raises(SignInError, match="sign_in_too_long_offline"):
        a.sign_in.sign_in("lin", PASSWORD)
    assert not a.online().sign_in.sign_in("lin", PASSWORD).is_offline


def test_an_account_that_was_shut_is_shut_here_too_once_it_is_known(plant: Plant, a: Console) -> None:
    shut(plant, "lin")
    assert a.offline().sign_in.sign_in("lin", PASSWORD).is_offline  # nobody here can know yet
    with pytest.raises(SignInError, match="account_disabled"):
        a.online().sign_in.sign_in("lin", PASSWORD)
    with pytest.raises(SignInError):
        a.offline().sign_in.sign_in("lin", PASSWORD)


def test_a_shut_account_is_out_at_the_next_request(plant: Plant, a: Console) -> None:
    a.report()
    shut(plant, "lin")
    with pytest.raises(SignInError):
        a.sync()
    assert len(a.outbox()) == 1


def test_a_revoked_console_is_out_at_the_next_request(plant: Plant, a: Console) -> None:
    with plant.server.database.write() as session:
        accounts.revoke_console(session, a.sign_in.credentials.console_id)
    order_id = a.report()
    with pytest.raises(ReplyError, match="console_revoked"):
        a.sync()
    with pytest.raises(ReplyError, match="console_revoked"):
        a.sign_in.sign_in("lin", PASSWORD)
    assert [item.body["id"] for item in a.outbox()] == [order_id]


def test_a_revoked_console_keeps_nothing_but_what_was_typed_there(plant: Plant, a: Console) -> None:
    a.report(description="leak told to all")
    a.sync()
    a.report(description="never sent")
    a.store.drafts.save(DraftText("draft", CLERK, "林晓雨", first_words="半句"))
    with plant.server.database.write() as session:
        accounts.revoke_console(session, a.sign_in.credentials.console_id)
    a.offline().restart()
    assert a.rows() != {}
    with pytest.raises(ReplyError, match="console_revoked"):
        a.online().sync()
    assert a.rows() == {}
    with a.store.reading() as session:
        assert next_fetches(session) == []
        assert cursors(session) == {}
        assert search(session, "leak", a.session.streams, ("work_order",), 5) == []
        assert [draft.first_words for draft in list_drafts(session)] == ["半句"]
    assert len(a.outbox()) == 1
    with pytest.raises(SignInError, match="sign_in_not_here"):
        a.offline().sign_in.sign_in("lin", PASSWORD)
    folder = a.stop()
    held = b"".join(file.read_bytes() for file in folder.glob("cache.sqlite*"))
    assert b"leak told" not in held
    assert b"never sent" in held
    a.store = Store.open(folder, a.clock)


def test_a_console_revoked_in_the_middle_of_a_first_fetch_gets_no_more(plant: Plant) -> None:
    a = plant.console("A", is_fetched=False)
    a.engine._conversation.greet()
    with plant.server.database.write() as session:
        session.query(servers.Console).update({"is_revoked": True})
    with pytest.raises(ReplyError, match="console_revoked"):
        a.engine._conversation.fetch()


def test_nobody_is_let_in_as_somebody_this_pc_does_not_know(a: Console) -> None:
    with pytest.raises(SignInError, match="sign_in_not_here"):
        a.sign_in.session("nobody", is_offline=True)


def test_signing_out_ends_it_at_the_server_and_here(a: Console) -> None:
    tokens = a.sign_in.credentials.tokens
    a.sign_in.sign_out()
    with pytest.raises(SignInError):
        a.sync()
    a.sign_in.credentials.speak_for(a.session.user_id, tokens)
    with pytest.raises(SignInError):
        a.sync()


def test_signing_out_needs_no_network(a: Console) -> None:
    a.offline().sign_in.sign_out()
    assert a.sign_in.credentials.tokens is None


def test_a_password_is_changed_at_the_server_and_then_here(a: Console) -> None:
    a.sign_in.change_password(PASSWORD, "a better password")
    a.sync()
    with pytest.raises(SignInError):
        a.sign_in.online("lin", PASSWORD)
    assert a.sign_in.online("lin", "a better password")
    assert a.offline().sign_in.sign_in("lin", "a better password").is_offline


def test_a_page_of_text_is_no_password(a: Console) -> None:
    with pytest.raises(InvalidError, match="password_too_long"):
        a.sign_in.change_password(PASSWORD, "x" * 1_000_000)
    a.sync()


def test_a_password_cannot_be_changed_without_the_network(a: Console) -> None:
    with pytest.raises(OutOfReachError, match="password_needs_network"):
        a.offline().sign_in.change_password(PASSWORD, "a better password")


def test_a_wrong_old_password_changes_nothing_and_signs_nobody_out(a: Console) -> None:
    with pytest.raises(ReplyError, match="sign_in_wrong"):
        a.sign_in.change_password("guess", "a better password")
    a.sync()


def test_a_token_that_ran_out_is_renewed_by_itself(plant: Plant, a: Console) -> None:
    plant.clock.forward(minutes=20)
    a.sync()
    plant.clock.forward(minutes=20)
    a.report()
    a.sync()
    assert not a.outbox()


def test_a_cache_belongs_to_one_server(plant: Plant, a: Console) -> None:
    with plant.server.database.write() as session:
        session.query(ServerIdentity).update({"server_id": "5b0f0a9e-0000-7000-8000-000000000000"})
    plant.restart_server()
    with pytest.raises(ConflictError, match="other_server"):
        a.sign_in.online("lin", PASSWORD)
    engine = SyncEngine(a.store, a.sign_in, a.clock)
    with pytest.raises(ConflictError, match="other_server"):
        engine.sync_once()
    engine.close()


def test_with_a_keyring_a_person_let_in_offline_needs_no_password_for_the_server(plant: Plant) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    try:
        a = plant.console("A")
        sign_in = SignIn(a.store, a.proxy.address, a.clock, machine="A")
        sign_in.offline("lin", PASSWORD)
        assert sign_in.credentials.tokens == a.sign_in.credentials.tokens
        engine = SyncEngine(a.store, sign_in, a.clock)
        engine.sync_once()
        engine.close()
    finally:
        keyring.set_keyring(before)
