"""How a person gets in, at a console that is known or enrols, and how they change their password."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.companies import AppUser
from app.domain.clock import Clock
from app.domain.errors import ForbiddenError, SignInError
from app.protocol import PasswordRequest, Scope, SignInRequest
from app.server.accounts import fold_login
from app.server.audit import note
from app.server.consoles import enrol, note_online, recognise
from app.server.database import Database
from app.server.passwords import count_attempt, fits, forgive_attempt, hash_password
from app.server.scopes import scope_of
from app.server.tables import Account
from app.server.tokens import Caller, Tokens, end_all, issue


class SignedIn(NamedTuple):
    """Who that is, where they are, and the tokens for what follows."""

    user_id: str
    name: str
    login: str
    staff_id: str | None
    title_zh: str
    title_en: str
    console_id: str
    number_prefix: str | None
    lease: str
    """``""`` for a console that has its own already: a copy of it must not get one by a password."""
    tokens: Tokens
    scope: Scope


def sign_in(database: Database, request: SignInRequest, address: str, clock: Clock) -> SignedIn:
    """Let a person in. Raises ``SignInError`` with the reason, ``ForbiddenError`` for a console that was revoked."""
    login = fold_login(request.login)
    _check_password(database, login, request.password, address, clock)
    at = clock.now()
    with database.write() as session:
        forgive_attempt(session, login, address, at)
        account = session.scalars(select(Account).where(Account.login == login)).one()
        if not account.is_active:
            raise SignInError("account_disabled")
        console = recognise(session, request.console_id, request.machine)
        lease = ""
        if console is None:
            console = enrol(session, request.machine, request.name, at, has_desk=request.enrol)
            lease = console.lease
        note_online(session, console, account.user_id, at)
        note(session, at, "signed_in", author_id=account.user_id, console_id=console.id)
        user = session.get_one(AppUser, account.user_id)
        return SignedIn(
            user_id=account.user_id,
            name=user.name,
            login=login,
            staff_id=user.staff_id,
            title_zh=user.title_zh,
            title_en=user.title_en,
            console_id=console.id,
            number_prefix=console.number_prefix,
            lease=lease,
            tokens=issue(session, account.user_id, console.id, at),
            scope=scope_of(session, account),
        )


def change_password(database: Database, caller: Caller, request: PasswordRequest, address: str, clock: Clock) -> None:
    """Give the caller a new password and sign them out everywhere else.

    Raises ``ForbiddenError`` when the old one is wrong, ``InvalidError`` for a new one that is too short.
    """
    password_hash = hash_password(request.new)
    with database.read() as session:
        login = session.get_one(Account, caller.user_id).login
    try:
        _check_password(database, login, request.old, address, clock)
    except SignInError as error:
        # The token is good, so this must not read as "sign in first".
        raise ForbiddenError(error.code, **error.params) from error
    at = clock.now()
    with database.write() as session:
        forgive_attempt(session, login, address, at)
        session.get_one(Account, caller.user_id).password_hash = password_hash
        end_all(session, caller.user_id, but=caller.token_hash)
        note(session, at, "password_changed", author_id=caller.user_id, console_id=caller.console_id)


def _check_password(database: Database, login: str, password: str, address: str, clock: Clock) -> None:
    """Count the try, then look at the password outside of any transaction, because that takes long."""
    with database.write() as session:
        count_attempt(session, login, address, clock.now())
        known = _password_hash(session, login)
    if not fits(password, known):
        with database.write() as session:
            note(session, clock.now(), "sign_in_failed", detail={"login": login, "address": address})
        raise SignInError("sign_in_wrong")


def _password_hash(session: Session, login: str) -> str | None:
    return session.scalars(select(Account.password_hash).where(Account.login == login)).first()
