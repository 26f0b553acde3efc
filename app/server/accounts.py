"""Users and PCs, as an administrator keeps them: plain functions over a transaction of the server's database."""

import re
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.companies import AppUser, Site
from app.domain.errors import ConflictError, InvalidError, NotFoundError
from app.domain.ids import COMPANY_STREAM, new_id
from app.domain.permissions import Role
from app.domain.work_orders import check_text
from app.server.changelog import recorded
from app.server.passwords import hash_password
from app.server.publishing import publish
from app.server.tables import SERVER_CONSOLE, Account, Console, Grant
from app.server.tokens import end_all

_LOGIN = re.compile(r"[\w.@-]{2,64}")


class UserLine(NamedTuple):
    """One person in a list."""

    user_id: str
    login: str
    name: str
    is_active: bool
    grants: tuple[tuple[str, str], ...]
    """``(site_id, role)``; the site is ``""`` for every site."""


class ConsoleLine(NamedTuple):
    """One PC in a list."""

    console_id: str
    number_prefix: str | None
    name: str
    last_seen_at: datetime
    is_revoked: bool


class NewUser(NamedTuple):
    """Who is to be added; ``user_id`` only where a seed must name it."""

    login: str
    name: str
    password: str
    staff_id: str | None = None
    title_zh: str = ""
    title_en: str = ""
    user_id: str | None = None


def fold_login(login: str) -> str:
    """A login as it is kept and compared."""
    return login.strip().casefold()


def add_user(session: Session, user: NewUser) -> str:
    """Add a person who may sign in, with no rights yet, and return the id.

    Raises ``InvalidError`` for a login or password of the wrong form, ``ConflictError`` for a login that is taken.
    """
    login = fold_login(user.login)
    if not _LOGIN.fullmatch(login):
        raise InvalidError("login_invalid", login=user.login)
    if session.scalars(select(Account).where(Account.login == login)).first() is not None:
        raise ConflictError("login_taken", login=login)
    name = check_text("name", user.name, required=True)
    user_id = user.user_id or new_id()
    session.add(Account(user_id=user_id, login=login, password_hash=hash_password(user.password)))
    row = AppUser(
        id=user_id,
        stream_id=COMPANY_STREAM,
        name=name,
        title_zh=user.title_zh,
        title_en=user.title_en,
        staff_id=user.staff_id,
    )
    publish(session, [row])
    return user_id


def list_users(session: Session) -> tuple[UserLine, ...]:
    """Everyone who may sign in, or once might, by login."""
    grants: dict[str, list[tuple[str, str]]] = {}
    for grant in session.scalars(select(Grant).order_by(Grant.site_id, Grant.role)):
        grants.setdefault(grant.user_id, []).append((grant.site_id, grant.role))
    query = select(Account, AppUser.name).join(AppUser, AppUser.id == Account.user_id).order_by(Account.login)
    return tuple(
        UserLine(account.user_id, account.login, name, account.is_active, tuple(grants.get(account.user_id, ())))
        for account, name in session.execute(query)
    )


def grant_role(session: Session, login: str, role: Role, site_id: str = "") -> None:
    """Give a role at a site, or at every site. Raises ``NotFoundError`` for a person or site that is not there."""
    account = find_account(session, login)
    if site_id and session.get(Site, site_id) is None:
        raise NotFoundError("site_gone", site=site_id)
    if session.get(Grant, (account.user_id, site_id, role)) is None:
        session.add(Grant(user_id=account.user_id, site_id=site_id, role=role))
        account.scope_version += 1


def withdraw_role(session: Session, login: str, role: Role, site_id: str = "") -> None:
    """Take a role back, from the next request on. Raises ``NotFoundError`` if the person does not hold it."""
    account = find_account(session, login)
    held = session.get(Grant, (account.user_id, site_id, role))
    if held is None:
        raise NotFoundError("grant_gone", login=account.login, role=f"@role.{role}")
    session.delete(held)
    account.scope_version += 1


def set_active(session: Session, login: str, at: datetime, *, is_active: bool) -> None:
    """Shut a person out at once, or let them in again by a new sign-in; what they did keeps their name.

    Who is shut out keeps the tokens: to these the server answers why they are of no use.
    """
    account = find_account(session, login)
    account.is_active = is_active
    if is_active:
        end_all(session, account.user_id)
    with recorded(session, at):
        session.get_one(AppUser, account.user_id).is_active = int(is_active)


def set_password(session: Session, login: str, password: str) -> None:
    """Give a person a new password, and sign them out everywhere."""
    account = find_account(session, login)
    account.password_hash = hash_password(password)
    end_all(session, account.user_id)


def list_consoles(session: Session) -> tuple[ConsoleLine, ...]:
    """Every PC that ever enrolled, by desk number."""
    rows = session.scalars(select(Console).order_by(Console.number_prefix, Console.enrolled_at))
    return tuple(ConsoleLine(row.id, row.number_prefix, row.name, row.last_seen_at, row.is_revoked) for row in rows)


def revoke_console(session: Session, desk: str) -> None:
    """Shut a PC out at once, by its desk number or id; it deletes what it holds as soon as it hears of it.

    It keeps its tokens: to these the server answers why. Raises ``NotFoundError`` if there is no such PC.
    """
    query = select(Console).where((Console.number_prefix == desk) | (Console.id == desk))
    console = session.scalars(query).first()
    if console is None or console.id == SERVER_CONSOLE:
        raise NotFoundError("console_gone", desk=desk)
    console.is_revoked = True


def find_account(session: Session, login: str) -> Account:
    """The account of a login. Raises ``NotFoundError``."""
    account = session.scalars(select(Account).where(Account.login == fold_login(login))).first()
    if account is None:
        raise NotFoundError("user_gone", login=login)
    return account
