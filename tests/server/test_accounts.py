"""Users and PCs as an administrator keeps them."""

from typing import Any

import pytest
from sqlalchemy import select

from app.db.companies import AppUser
from app.domain.errors import OpsError
from app.domain.ids import COMPANY_STREAM
from app.domain.permissions import Role
from app.domain.words import knows
from app.server.accounts import (
    NewUser,
    add_user,
    grant_role,
    list_consoles,
    list_users,
    revoke_console,
    set_active,
    set_password,
    withdraw_role,
)
from app.server.database import Database
from app.server.tables import SERVER_CONSOLE, SERVER_DESK, Account, Change, Stream
from tests.clocks import HandClock
from tests.factories import CLERK, OTHER_SITE, SITE, SUN, an_id
from tests.server.kit import PASSWORD, Desk


def test_a_new_user_is_seen_by_every_console(database: Database) -> None:
    with database.write() as session:
        before = session.get_one(Stream, COMPANY_STREAM).seq
        user_id = add_user(session, NewUser(" Wang ", "王芳", PASSWORD, SUN, "前台", "Front desk"))
    with database.read() as session:
        row = session.get_one(AppUser, user_id)
        assert (row.name, row.staff_id, row.version, row.is_active) == ("王芳", SUN, 1, 1)
        entry = session.get_one(Change, (COMPANY_STREAM, "app_user", user_id))
        assert (entry.seq, entry.op) == (before + 1, "put")
        assert session.get_one(Account, user_id).login == "wang"


@pytest.mark.parametrize(
    ("user", "code"),
    [
        (NewUser("LIN", "林", PASSWORD), "login_taken"),
        (NewUser("x", "林", PASSWORD), "login_invalid"),
        (NewUser("a b", "林", PASSWORD), "login_invalid"),
        (NewUser("fang", " ", PASSWORD), "text_missing"),
        (NewUser("fang", "方", "short"), "password_too_short"),
    ],
)
def test_a_user_who_cannot_be_added_is_refused_in_words(database: Database, user: NewUser, code: str) -> None:
    with pytest.raises(OpsError) as caught, database.write() as session:
        add_user(session, user)
    assert caught.value.code == code
    assert knows(code)


def test_roles_are_given_and_taken_back_and_each_change_counts(database: Database) -> None:
    with database.write() as session:
        before = session.get_one(Account, CLERK).scope_version
        grant_role(session, "lin", Role.CLERK, OTHER_SITE)
        grant_role(session, "lin", Role.CLERK, OTHER_SITE)
        grant_role(session, "lin", Role.MANAGER)
        withdraw_role(session, "lin", Role.CLERK, SITE)
        assert session.get_one(Account, CLERK).scope_version == before + 3
        (line,) = [user for user in list_users(session) if user.login == "lin"]
    assert line.grants == (("", "manager"), (OTHER_SITE, "clerk"))


def test_everyone_is_listed_but_not_the_automation(database: Database) -> None:
    with database.read() as session:
        assert [user.login for user in list_users(session)] == ["admin", "he", "lin", "luo", "sun"]


def test_who_is_shut_out_stays_known_by_name_and_may_come_back(database: Database, clock: HandClock) -> None:
    for is_active, version in ((False, 2), (True, 3)):
        with database.write() as session:
            set_active(session, "lin", clock.now(), is_active=is_active)
        with database.read() as session:
            row = session.get_one(AppUser, CLERK)
            assert (row.is_active, row.version) == (int(is_active), version)
            entry = session.get_one(Change, (COMPANY_STREAM, "app_user", CLERK))
            assert (entry.version, entry.seq) == (version, row.seq)
            (line,) = [user for user in list_users(session) if user.login == "lin"]
            assert line.is_active is is_active


def test_consoles_are_listed_by_desk_and_revoked_by_desk_or_id(database: Database, clock: HandClock) -> None:
    first, second = Desk(database, clock), Desk(database, clock)
    with database.write() as session:
        revoke_console(session, first.prefix or "")
        revoke_console(session, second.console_id)
        lines = list_consoles(session)
    assert [(line.number_prefix, line.is_revoked) for line in lines] == [("00", False), ("01", True), ("02", True)]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda session: grant_role(session, "nobody", Role.CLERK), "user_gone"),
        (lambda session: grant_role(session, "lin", Role.CLERK, an_id("nowhere")), "site_gone"),
        (lambda session: withdraw_role(session, "lin", Role.MANAGER), "grant_gone"),
        (lambda session: set_password(session, "nobody", PASSWORD), "user_gone"),
        (lambda session: set_password(session, "lin", "short"), "password_too_short"),
        (lambda session: revoke_console(session, "77"), "console_gone"),
        (lambda session: revoke_console(session, SERVER_DESK), "console_gone"),
        (lambda session: revoke_console(session, SERVER_CONSOLE), "console_gone"),
    ],
)
def test_what_is_not_there_is_said_in_words(database: Database, act: Any, code: str) -> None:
    with pytest.raises(OpsError) as caught, database.write() as session:
        act(session)
    assert caught.value.code == code
    assert knows(code)


def test_no_password_stands_in_the_database(database: Database) -> None:
    with database.read() as session:
        hashes = session.scalars(select(Account.password_hash).where(Account.password_hash.is_not(None))).all()
    assert len(set(hashes)) == 5
    assert all(each is not None and each.startswith("$argon2id$") for each in hashes)
