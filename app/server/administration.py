"""What an administrator does at the command line: accounts, roles, PCs; each yields the lines to print."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.companies import Site, Staff
from app.domain.clock import Clock
from app.domain.errors import NotFoundError, Param
from app.domain.permissions import Role
from app.domain.words import Language, say
from app.server import accounts
from app.server.database import Database

AskPassword = Callable[[str], str]
"""Gets the password of a login from whoever runs the command."""


class Administration:
    """Carries out ``steward users …`` over the server's database."""

    def __init__(self, database: Database, clock: Clock, language: Language, ask_password: AskPassword) -> None:
        self._database = database
        self._clock = clock
        self._language = language
        self._ask_password = ask_password

    def run(self, asked: argparse.Namespace) -> Iterator[str]:
        """Do what was asked, in one transaction, and yield what to say. Raises an ``OpsError`` in words."""
        # Whoever types a password may take their time: no transaction is open meanwhile.
        password = self._ask_password(asked.login) if asked.action in ("add", "password") else ""
        actions: Mapping[str, Callable[[Session, argparse.Namespace], Iterator[str]]] = {
            "add": partial(self._add, password),
            "list": self._list,
            "grant": self._grant,
            "revoke": self._revoke,
            "disable": partial(self._set_active, "cli.user_disabled", is_active=False),
            "enable": partial(self._set_active, "cli.user_enabled", is_active=True),
            "password": partial(self._password, password),
            "consoles": self._consoles,
        }
        with self._database.write() as session:
            yield from actions[asked.action](session, asked)

    def _add(self, password: str, session: Session, asked: argparse.Namespace) -> Iterator[str]:
        staff_id = _staff_id(session, asked.staff) if asked.staff else None
        accounts.add_user(session, accounts.NewUser(asked.login, asked.name, password, staff_id))
        yield self._say("cli.user_added", login=asked.login)
        if asked.role:
            yield from self._grant(session, asked)

    def _list(self, session: Session, asked: argparse.Namespace) -> Iterator[str]:
        users, sites = accounts.list_users(session), self._sites(session)
        if asked.json:
            yield _json([{**user._asdict(), "grants": _grants(user)} for user in users])
            return
        for user in users:
            roles = ", ".join(f"{self._say(f'role.{role}')} ({sites[site_id]})" for site_id, role in user.grants)
            mark = "" if user.is_active else f" [{self._say('cli.user_shut')}]"
            yield f"{user.login}\t{user.name}{mark}\t{roles or '-'}"

    def _grant(self, session: Session, asked: argparse.Namespace) -> Iterator[str]:
        site_id = _site_id(session, asked.site)
        accounts.grant_role(session, asked.login, Role(asked.role), site_id)
        yield self._told("cli.user_granted", session, asked, site_id)

    def _revoke(self, session: Session, asked: argparse.Namespace) -> Iterator[str]:
        site_id = _site_id(session, asked.site)
        accounts.withdraw_role(session, asked.login, Role(asked.role), site_id)
        yield self._told("cli.user_revoked", session, asked, site_id)

    def _set_active(self, said: str, session: Session, asked: argparse.Namespace, *, is_active: bool) -> Iterator[str]:
        accounts.set_active(session, asked.login, self._clock.now(), is_active=is_active)
        yield self._say(said, login=asked.login)

    def _password(self, password: str, session: Session, asked: argparse.Namespace) -> Iterator[str]:
        accounts.set_password(session, asked.login, password)
        yield self._say("cli.user_password_set", login=asked.login)

    def _consoles(self, session: Session, asked: argparse.Namespace) -> Iterator[str]:
        if asked.revoke:
            accounts.revoke_console(session, asked.revoke)
            yield self._say("cli.console_revoked", console=asked.revoke)
            return
        consoles = accounts.list_consoles(session)
        if asked.json:
            yield _json([console._asdict() for console in consoles])
            return
        for console in consoles:
            mark = self._say("cli.console_shut") if console.is_revoked else ""
            seen = f"{console.last_seen_at:%Y-%m-%d %H:%M}Z"
            yield f"{console.number_prefix or '-'}\t{console.name}\t{seen}\t{console.console_id}\t{mark}".rstrip()

    def _told(self, code: str, session: Session, asked: argparse.Namespace, site_id: str) -> str:
        return self._say(code, login=asked.login, role=f"@role.{asked.role}", site=self._sites(session)[site_id])

    def _sites(self, session: Session) -> Mapping[str, str]:
        """Site id → its name; ``""`` is every site."""
        is_chinese = self._language is Language.CHINESE
        named = {site.id: site.name_zh if is_chinese else site.name_en for site in session.scalars(select(Site))}
        return {"": self._say("cli.every_site"), **named}

    def _say(self, code: str, **params: Param) -> str:
        return say(code, params, self._language)


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(to_jsonable_python(rows), ensure_ascii=False, indent=2)


def _grants(user: accounts.UserLine) -> list[dict[str, str | None]]:
    return [{"site_id": site_id or None, "role": role} for site_id, role in user.grants]


def _site_id(session: Session, wanted: str) -> str:
    """The id of the site of that id or name; ``""`` stands for every site."""
    if not wanted:
        return ""
    named = select(Site.id).where((Site.id == wanted) | (Site.name_zh == wanted) | (Site.name_en == wanted))
    found = session.scalars(named).first()
    if found is None:
        raise NotFoundError("cli.site_not_found", site=wanted)
    return found


def _staff_id(session: Session, employee_no: str) -> str:
    found = session.scalars(select(Staff.id).where(Staff.employee_no == employee_no)).first()
    if found is None:
        raise NotFoundError("cli.staff_not_found", name=employee_no)
    return found
