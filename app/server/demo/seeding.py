"""Writes the demo world into a server's empty tables, with accounts to sign in and the desks its orders came from."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.commands.clocks import read_rulebook
from app.db.base import Synced
from app.db.companies import AppUser, Site
from app.domain.ids import named_id, new_id
from app.domain.permissions import Role
from app.domain.words import Language
from app.server.accounts import NewUser, add_user, grant_role
from app.server.database import Database
from app.server.demo import chengyue, lanwan, qiming
from app.server.demo.desks import DESKS
from app.server.demo.estates import site_id, user_id
from app.server.demo.said import Said
from app.server.demo.stories import Story
from app.server.demo.workers import ADMINISTRATOR, MANAGER
from app.server.demo.world import DAYS, World, build_world
from app.server.identity import name_company
from app.server.publishing import publish
from app.server.tables import Console

PASSWORD = "steward-demo"  # printed in docs/demo.md: the data is invented
COMPANY = Said("澜岸物业", "Lan'an Property")
_TOGETHER = 2_000
"""Orders that are published at once: bounds the memory."""


class DemoAccount(NamedTuple):
    """Somebody who may sign in to the demo: an employee number, and roles at sites (``""``: every site)."""

    employee_no: str
    roles: tuple[Role, ...]
    sites: tuple[str, ...]


_CLERK = (Role.CLERK, Role.TECHNICIAN)
"""A clerk answers complaints as well, as one sent to the order."""
ACCOUNTS = (
    DemoAccount("0203", _CLERK, (lanwan.KEY, qiming.KEY, chengyue.KEY)),
    DemoAccount("0204", _CLERK, (lanwan.KEY,)),
    DemoAccount("0205", _CLERK, (lanwan.KEY,)),
    DemoAccount("0101", (Role.SUPERVISOR,), (lanwan.KEY, qiming.KEY, chengyue.KEY)),
    DemoAccount("0301", (Role.TECHNICIAN,), (lanwan.KEY,)),
    DemoAccount("0401", (Role.OPERATOR,), (lanwan.KEY,)),
    DemoAccount("1203", _CLERK, (qiming.KEY,)),
    DemoAccount("2203", _CLERK, (chengyue.KEY,)),
    DemoAccount(MANAGER, (Role.MANAGER,), ("",)),
    DemoAccount(ADMINISTRATOR, (Role.ADMINISTRATOR,), ("",)),
)


def seed_database(database: Database, now: datetime, language: Language, *, days: int = DAYS) -> bool:
    """Seed a migrated database in one transaction; ``False`` when the demo world is in it already."""
    with database.write() as session:
        if session.get(Site, site_id(lanwan.KEY)) is not None:
            return False
        seed(session, now, language, days=days)
    return True


def seed(session: Session, now: datetime, language: Language, *, days: int = DAYS) -> World:
    """Write the world as it is at ``now``, with orders of the last ``days``, in the caller's transaction."""
    with _no_collection():
        return _seed(session, now, language, days)


def _seed(session: Session, now: datetime, language: Language, days: int) -> World:
    world = build_world(now, language, days=days)
    accounts = {user_id(account.employee_no) for account in ACCOUNTS}
    company = list(world.company_rows())
    publish(session, (row for row in company if row.id not in accounts))
    _add_accounts(session, [row for row in company if isinstance(row, AppUser) and row.id in accounts])
    _add_desks(session, now)
    name_company(session, COMPANY.in_(language))
    publish(session, world.site_rows())
    stories = world.stories(read_rulebook(session))
    while rows := _rows_of(islice(stories, _TOGETHER)):
        publish(session, rows)
    return world


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hundreds of thousands of rows and no cycle among them: looking for cycles would take a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _rows_of(stories: Iterable[Story]) -> list[Synced]:
    return list(chain.from_iterable(story.rows() for story in stories))


def _add_accounts(session: Session, users: list[AppUser]) -> None:
    by_id = {user.id: user for user in users}
    for account in ACCOUNTS:
        user = by_id[user_id(account.employee_no)]
        new = NewUser(
            login=account.employee_no,
            name=user.name,
            password=PASSWORD,
            staff_id=user.staff_id,
            title_zh=user.title_zh,
            title_en=user.title_en,
            user_id=user.id,
        )
        add_user(session, new)
        session.flush()
        for site in account.sites:
            for role in account.roles:
                grant_role(session, account.employee_no, role, site_id(site) if site else "")


def _add_desks(session: Session, now: datetime) -> None:
    """The desks that the orders' numbers name, so that no console is given one of them."""
    for (site, team), desk in DESKS.items():
        session.add(
            Console(
                id=named_id("demo", "console", desk),
                number_prefix=desk,
                name=f"{site} {team}",
                lease=new_id(),
                enrolled_at=now,
                last_seen_at=now,
            )
        )
