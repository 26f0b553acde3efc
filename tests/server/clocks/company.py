"""A company for histories of clocks: a site in every time zone, and people who work at all of them."""

from datetime import timedelta

from sqlalchemy import delete, insert, select

from app.db.base import Base
from app.db.companies import Category, Site, SlaPolicy, SlaPolicyVersion
from app.domain.ids import COMPANY_STREAM
from app.domain.permissions import Role
from app.server.accounts import NewUser, add_user, grant_role
from app.server.database import Database, open_database
from app.server.publishing import publish
from app.server.tables import ServerBase
from tests.factories import COMPLAINT, HE, NOON, OFFICE_HOURS, PLUMBING, QUESTION, SITE, SUN, TECHNICIAN, an_id
from tests.server import kit
from tests.unit.domain.strategies import SETTINGS

TAP = an_id("tap")
PLANNED_POLICY = an_id("planned")
CATEGORIES = (PLUMBING, TAP, QUESTION, COMPLAINT, None)
OTHER_TECHNICIAN = an_id("other technician")
STAFF_OF = {TECHNICIAN: SUN, OTHER_TECHNICIAN: HE}


def site_at(timezone: str) -> str:
    """The site that lives by a time zone."""
    return SITE if timezone == "Asia/Shanghai" else an_id(timezone)


def prepare(url: str) -> None:
    """Make its database."""
    kit.prepare(url)
    zones = sorted({setting.timezone for setting in SETTINGS} - {"Asia/Shanghai"})
    sites = [
        Site(id=site_at(zone), stream_id=COMPANY_STREAM, name_zh=zone, name_en=zone, kind="housing", timezone=zone)
        for zone in zones
    ]
    policy = SlaPolicy(id=PLANNED_POLICY, stream_id=COMPANY_STREAM, name_zh="计划", name_en="Planned", priority="P3")
    promise = SlaPolicyVersion(
        id=an_id("planned 1"),
        stream_id=COMPANY_STREAM,
        policy_id=policy.id,
        from_at=NOON - timedelta(days=900),
        calendar_id=OFFICE_HOURS,
        response_minutes=60,
        resolution_minutes=240,
        pausing_reasons="access parts",
    )
    tap = Category(id=TAP, stream_id=COMPANY_STREAM, parent_id=PLUMBING, name_zh="水龙头", name_en="Tap")
    database = open_database(url)
    with database.write() as session:
        publish(session, [*sites, tap, policy, promise])
        add_user(session, NewUser("wen", "何文斌", kit.PASSWORD, HE, user_id=OTHER_TECHNICIAN))
        for login in ("sun", "wen"):
            grant_role(session, login, Role.TECHNICIAN, "")
    database.close()


class Beginning:
    """All the rows of a database as they are now, to begin again with: it takes less time than to make another."""

    def __init__(self, database: Database) -> None:
        self._tables = [*Base.metadata.sorted_tables, *ServerBase.metadata.sorted_tables]
        with database.read() as session:
            self._rows = {
                table.name: [row._asdict() for row in session.execute(select(table))] for table in self._tables
            }

    def put_back(self, database: Database) -> None:
        """Have these rows and no others."""
        with database.write() as session:
            for table in reversed(self._tables):
                session.execute(delete(table))
            for table in self._tables:
                rows = sorted(self._rows[table.name], key=lambda row: row.get("parent_id") is not None)
                if rows:
                    session.execute(insert(table), rows)
