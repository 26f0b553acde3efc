"""Who is in: tokens that rotate, passwords that cannot be guessed at, PCs that can be shut out."""

import argon2
import pytest
from argon2 import extract_parameters
from sqlalchemy import func, select

from app.domain.errors import ForbiddenError, InvalidError, SignInError
from app.protocol import PasswordRequest, SignInRequest
from app.server import passwords
from app.server.accounts import revoke_console, set_active, set_password
from app.server.consoles import rotate_lease
from app.server.database import Database
from app.server.passwords import ADDRESS_TRIES, LOGIN_TRIES, forget_attempts
from app.server.sign_in import SignedIn, change_password, sign_in
from app.server.tables import Account, Attempt, Audit, Console, ConsoleUser, TokenPair
from app.server.tokens import Caller, Tokens, identify_caller, retire_predecessor, rotate
from tests.clocks import HandClock
from tests.factories import CLERK
from tests.server.kit import PASSWORD


class Person:
    """Somebody at a console, with the tokens they were given."""

    def __init__(self, database: Database, clock: HandClock, login: str = "lin", address: str = "10.0.0.7") -> None:
        self.database, self.clock, self.login, self.address = database, clock, login, address
        self.console_id: str | None = None

    def sign_in(self, password: str = PASSWORD, machine: str = "m1", *, enrol: bool = True) -> SignedIn:
        request = SignInRequest(
            login=self.login, password=password, console_id=self.console_id, machine=machine, enrol=enrol
        )
        signed_in = sign_in(self.database, request, self.address, self.clock)
        self.console_id = signed_in.console_id
        return signed_in

    def use(self, tokens: Tokens) -> Caller:
        """One request under the access token."""
        assert self.console_id
        with self.database.write() as session:
            caller = identify_caller(session, tokens.token, self.console_id, self.clock.now())
            if caller.is_first_use:
                retire_predecessor(session, caller.token_hash)
        return caller

    def refresh(self, tokens: Tokens) -> Tokens:
        """The next pair; the lost answers are those that nobody keeps."""
        with self.database.write() as session:
            answer = rotate(session, tokens.refresh_token, self.clock.now())
        if isinstance(answer, SignInError):
            raise answer
        return answer


@pytest.fixture
def person(database: Database, clock: HandClock) -> Person:
    return Person(database, clock)


# ---- tokens


def test_a_token_lives_for_a_quarter_of_an_hour(person: Person, clock: HandClock) -> None:
    tokens = person.sign_in().tokens
    assert person.use(tokens).user_id == CLERK
    clock.forward(minutes=14, seconds=59)
    person.use(tokens)
    clock.forward(seconds=1)
    with pytest.raises(SignInError, match="sign_in_needed"):
        person.use(tokens)


def test_a_token_is_good_at_its_own_console_only(person: Person) -> None:
    tokens = person.sign_in().tokens
    person.console_id = "elsewhere"
    with pytest.raises(SignInError, match="sign_in_needed"):
        person.use(tokens)


def test_no_token_stands_in_the_database(person: Person, database: Database) -> None:
    tokens = person.sign_in().tokens
    with database.read() as session:
        pair = session.scalars(select(TokenPair)).one()
        assert {tokens.token, tokens.refresh_token}.isdisjoint({pair.token_hash, pair.refresh_hash, pair.family})


def test_a_refresh_token_stays_good_while_its_answers_are_lost(person: Person) -> None:
    first = person.sign_in().tokens
    person.refresh(first)
    person.refresh(first)
    second = person.refresh(first)
    person.use(second)
    with pytest.raises(SignInError, match="sign_in_needed"):
        person.use(first)


def test_a_refresh_token_used_after_its_successor_ends_the_whole_family(person: Person, database: Database) -> None:
    first = person.sign_in().tokens
    second = person.refresh(first)
    person.use(second)
    with pytest.raises(SignInError, match="sign_in_stolen"):
        person.refresh(first)
    with pytest.raises(SignInError, match="sign_in_needed"):
        person.use(second)
    with pytest.raises(SignInError, match="sign_in_needed"):
        person.refresh(second)
    with database.read() as session:
        assert session.scalars(select(Audit).where(Audit.kind == "refresh_token_reused")).one().author_id == CLERK


def test_a_successor_is_used_by_being_refreshed_too(person: Person) -> None:
    first = person.sign_in().tokens
    third = person.refresh(person.refresh(first))
    with pytest.raises(SignInError, match="sign_in_stolen"):
        person.refresh(first)
    with pytest.raises(SignInError):
        person.use(third)


def test_of_two_who_refreshed_with_one_token_only_the_first_to_go_on_may(person: Person) -> None:
    first = person.sign_in().tokens
    mine, theirs = person.refresh(first), person.refresh(first)
    person.use(mine)
    with pytest.raises(SignInError, match="sign_in_needed"):
        person.use(theirs)
    with pytest.raises(SignInError, match="sign_in_stolen"):
        person.refresh(theirs)


def test_a_refresh_token_ends_after_a_month(person: Person, clock: HandClock) -> None:
    tokens = person.sign_in().tokens
    clock.forward(days=30)
    with pytest.raises(SignInError, match="sign_in_needed"):
        person.refresh(tokens)
    person.sign_in()
    with person.database.read() as session:
        assert session.scalars(select(func.count()).select_from(TokenPair)).one() == 1


def test_retiring_twice_changes_nothing(person: Person) -> None:
    caller = person.use(person.sign_in().tokens)
    with person.database.write() as session:
        retire_predecessor(session, caller.token_hash)
        retire_predecessor(session, "no such pair")
    person.sign_in()


def test_who_is_shut_out_is_out_at_the_next_request(person: Person, database: Database, clock: HandClock) -> None:
    tokens = person.sign_in().tokens
    with database.write() as session:
        set_active(session, "lin", clock.now(), is_active=False)
    with pytest.raises(SignInError):
        person.use(tokens)
    with pytest.raises(SignInError):
        person.refresh(tokens)
    with pytest.raises(SignInError, match="account_disabled"):
        person.sign_in()
    with database.write() as session:
        set_active(session, "lin", clock.now(), is_active=True)
    person.use(person.sign_in().tokens)


def test_an_account_that_is_switched_off_by_hand_is_out_as_well(person: Person, database: Database) -> None:
    tokens = person.sign_in().tokens
    with database.write() as session:
        session.get_one(Account, CLERK).is_active = False
    with pytest.raises(SignInError, match="account_disabled"):
        person.use(tokens)


def test_a_revoked_console_is_out_at_once(person: Person, database: Database) -> None:
    signed_in = person.sign_in()
    with database.write() as session:
        revoke_console(session, signed_in.number_prefix or "")
    with pytest.raises(ForbiddenError, match="console_revoked"):
        person.use(signed_in.tokens)
    with pytest.raises(ForbiddenError, match="console_revoked"):
        person.refresh(signed_in.tokens)
    with pytest.raises(ForbiddenError, match="console_revoked"):
        person.sign_in()


# ---- consoles


def test_each_console_gets_a_number_of_its_own_and_keeps_it(database: Database, clock: HandClock) -> None:
    people = [Person(database, clock) for _ in range(3)]
    assert [person.sign_in().number_prefix for person in people] == ["01", "02", "03"]
    again = people[1].sign_in()
    assert (again.number_prefix, again.lease) == ("02", "")


def test_numbers_go_on_after_a_hundred_desks_and_end_after_ten_thousand(person: Person, database: Database) -> None:
    person.sign_in()
    for number, following in (("99", "100"), ("9998", "9999")):
        with database.write() as session:
            session.get_one(Console, person.console_id).number_prefix = number
        person.console_id = None
        assert person.sign_in().number_prefix == following
    person.console_id = None
    with pytest.raises(Exception, match="no_desk_number_left"):
        person.sign_in()


def test_a_script_that_opens_no_orders_takes_no_number(person: Person) -> None:
    assert person.sign_in(enrol=False).number_prefix is None


def test_a_copy_on_another_machine_enrols_anew(person: Person) -> None:
    first = person.sign_in(machine="m1")
    second = person.sign_in(machine="m2")
    assert second.console_id != first.console_id
    assert (second.number_prefix, bool(second.lease)) == ("02", True)


def test_a_console_this_server_does_not_know_enrols(person: Person) -> None:
    person.console_id = "01890000-0000-7000-8000-000000000000"
    assert person.sign_in().lease


def test_a_lease_is_changed_at_each_handshake_and_a_lost_answer_harms_nothing(
    person: Person, database: Database
) -> None:
    signed_in = person.sign_in()
    leases = [signed_in.lease]
    for shown in (0, 0, 2):
        with database.write() as session:
            leases.append(rotate_lease(session, signed_in.console_id, leases[shown]).lease)
    assert len(set(leases)) == 4
    with database.write() as session, pytest.raises(Exception, match="console_cloned"):
        rotate_lease(session, signed_in.console_id, leases[0])


def test_signing_in_again_is_noted(person: Person, database: Database, clock: HandClock) -> None:
    console_id = person.sign_in().console_id
    clock.forward(hours=1)
    person.sign_in()
    with database.read() as session:
        assert session.get_one(ConsoleUser, (console_id, CLERK)).last_online_at == clock.now()


# ---- passwords


@pytest.mark.parametrize("login", ["lin", "nobody"])
def test_guessing_at_a_person_who_may_not_even_exist_is_slowed_down(
    database: Database, clock: HandClock, login: str
) -> None:
    person = Person(database, clock, login)
    for _ in range(LOGIN_TRIES):
        with pytest.raises(SignInError, match="sign_in_wrong"):
            person.sign_in("guess")
    for minutes in (1, 2, 4, 8, 15, 15):
        person.address += "1"
        with pytest.raises(SignInError, match="sign_in_locked") as caught:
            person.sign_in()
        assert caught.value.params == {"minutes": minutes}
        clock.forward(minutes=minutes)
        with pytest.raises(SignInError, match="sign_in_wrong"):
            person.sign_in("guess")


def test_a_person_who_does_not_exist_takes_as_long_as_one_who_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the real work
    assert extract_parameters(passwords.hash_password(PASSWORD)) == extract_parameters(passwords._NOBODY)
    assert extract_parameters(passwords._NOBODY) == argon2.profiles.RFC_9106_LOW_MEMORY
    assert not passwords.fits("nobody has this password", None)


def test_a_damaged_hash_lets_nobody_in() -> None:
    assert not passwords.fits(PASSWORD, "$argon2id$of another kind")


def test_guessing_from_one_address_is_slowed_down_whoever_it_is_at(database: Database, clock: HandClock) -> None:
    with database.write() as session:
        for number in range(ADDRESS_TRIES):
            passwords.count_attempt(session, f"user {number}", "10.0.0.7", clock.now())
    with pytest.raises(SignInError, match="sign_in_locked"):
        Person(database, clock).sign_in()
    assert Person(database, clock, address="10.0.0.8").sign_in()


def test_the_right_password_forgives_what_went_before(person: Person) -> None:
    for _ in range(3):
        for _ in range(LOGIN_TRIES - 2):
            with pytest.raises(SignInError, match="sign_in_wrong"):
                person.sign_in("guess")
        person.sign_in()


def test_failures_are_forgotten_after_a_day(person: Person, database: Database, clock: HandClock) -> None:
    for _ in range(LOGIN_TRIES - 1):
        with pytest.raises(SignInError, match="sign_in_wrong"):
            person.sign_in("guess")
    clock.forward(days=1, seconds=1)
    for _ in range(LOGIN_TRIES - 1):
        with pytest.raises(SignInError, match="sign_in_wrong"):
            person.sign_in("guess")
    clock.forward(days=1, seconds=1)
    with database.write() as session:
        forget_attempts(session, clock.now())
        assert session.scalars(select(Attempt)).all() == []


def test_the_automation_has_no_password_to_guess(database: Database, clock: HandClock) -> None:
    with pytest.raises(SignInError, match="sign_in_wrong"):
        Person(database, clock, "automation").sign_in("")


def test_a_new_password_signs_out_everywhere_else(database: Database, clock: HandClock) -> None:
    here, there = Person(database, clock), Person(database, clock)
    mine, theirs = here.sign_in().tokens, there.sign_in().tokens
    change = PasswordRequest(old=PASSWORD, new="four five six")
    change_password(database, here.use(mine), change, "10.0.0.7", clock)
    here.use(mine)
    with pytest.raises(SignInError):
        there.use(theirs)
    with pytest.raises(SignInError, match="sign_in_wrong"):
        there.sign_in()
    assert there.sign_in("four five six")


@pytest.mark.parametrize(
    ("change", "error", "code"),
    [
        (PasswordRequest(old="wrong", new="four five six"), ForbiddenError, "sign_in_wrong"),
        (PasswordRequest(old=PASSWORD, new="short"), InvalidError, "password_too_short"),
    ],
)
def test_a_password_is_changed_only_for_the_old_one_and_a_long_one(
    person: Person, database: Database, clock: HandClock, change: PasswordRequest, error: type[Exception], code: str
) -> None:
    caller = person.use(person.sign_in().tokens)
    with pytest.raises(error, match=code):
        change_password(database, caller, change, "10.0.0.7", clock)
    assert person.sign_in()


def test_a_password_set_by_an_administrator_signs_out_at_once(person: Person, database: Database) -> None:
    tokens = person.sign_in().tokens
    with database.write() as session:
        set_password(session, "LIN", "four five six")
    with pytest.raises(SignInError):
        person.use(tokens)
    assert person.sign_in("four five six")


def test_a_long_wait_never_ends_before_it_is_over(database: Database, clock: HandClock) -> None:
    person = Person(database, clock)
    for _ in range(LOGIN_TRIES):
        with pytest.raises(SignInError, match="sign_in_wrong"):
            person.sign_in("guess")
    clock.forward(seconds=59)
    with pytest.raises(SignInError) as caught:
        person.sign_in()
    assert caught.value.params == {"minutes": 1}
