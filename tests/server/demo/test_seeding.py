"""Seeding: what a server has afterwards, on each kind of database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from app.db.companies import AppUser, Site
from app.db.work_orders import WorkOrder
from app.domain.permissions import Role
from app.domain.words import Language
from app.server.accounts import find_account, list_users
from app.server.consoles import enrol
from app.server.database import Database, migrate, open_database
from app.server.demo.seeding import ACCOUNTS, PASSWORD, seed_database
from app.server.identity import identity_of
from app.server.passwords import fits
from app.server.tables import Change
from tests.databases import Databases
from tests.server.demo.conftest import WEDNESDAY

pytestmark = pytest.mark.timeout(300)  # whoever comes first seeds a world for all


@pytest.fixture
def seeded_database(databases: Databases) -> Iterator[Database]:
    """Lend a database seeded with the orders of three days."""
    url = databases.create()
    database = open_database(url)
    migrate(database)
    assert seed_database(database, WEDNESDAY, Language.ENGLISH, days=3)
    yield database
    database.close()
    databases.drop(url)


def test_everybody_of_the_demo_can_sign_in_and_has_their_roles(seeded_database: Database) -> None:
    with seeded_database.read() as session:
        users = {user.login: user for user in list_users(session)}
        assert {account.employee_no for account in ACCOUNTS} <= users.keys()
        assert all(fits(PASSWORD, find_account(session, account.employee_no).password_hash) for account in ACCOUNTS)
        assert users["0203"].name == "Lin Xiaoyu"
        assert {role for _, role in users["0101"].grants} == {Role.SUPERVISOR}
        assert session.get_one(AppUser, users["0203"].user_id).staff_id is not None
        assert identity_of(session).company == "Lan'an Property"


def test_the_next_console_is_given_desk_seven(seeded_database: Database) -> None:
    with seeded_database.write() as session:
        assert enrol(session, "machine", "front desk", WEDNESDAY, has_desk=True).number_prefix == "07"


def test_seeding_again_does_nothing(seeded_database: Database) -> None:
    with seeded_database.read() as session:
        before = session.scalar(select(func.count()).select_from(Change))
    assert not seed_database(seeded_database, WEDNESDAY, Language.CHINESE, days=3)
    with seeded_database.read() as session:
        assert session.scalar(select(func.count()).select_from(Change)) == before
        assert len(session.scalars(select(Site)).all()) == 3
        assert len(session.scalars(select(WorkOrder)).all()) > 100
