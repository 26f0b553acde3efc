"""What a server has from its first start: its id, the company's stream, and an author for its own commands."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.ids import COMPANY_STREAM, new_id
from app.domain.permissions import Role
from app.server.tables import (
    AUTOMATION_USER,
    SERVER_CONSOLE,
    SERVER_DESK,
    Account,
    Console,
    ConsoleUser,
    Grant,
    ServerIdentity,
    Stream,
)


def identify(session: Session, at: datetime) -> None:
    """Give a new server its identity; one that has it is left alone."""
    if session.scalars(select(ServerIdentity)).first() is not None:
        return
    session.add(ServerIdentity(server_id=new_id()))
    session.add(Stream(id=COMPANY_STREAM, site_id=None, stream_class="company"))
    session.add(Account(user_id=AUTOMATION_USER, login="automation", password_hash=None))
    session.add(
        Console(
            id=SERVER_CONSOLE,
            number_prefix=SERVER_DESK,
            name="server",
            lease=new_id(),
            enrolled_at=at,
            last_seen_at=at,
        )
    )
    session.flush()
    session.add(Grant(user_id=AUTOMATION_USER, site_id="", role=Role.AUTOMATION))
    session.add(ConsoleUser(console_id=SERVER_CONSOLE, user_id=AUTOMATION_USER, last_online_at=at))


def identity_of(session: Session) -> ServerIdentity:
    """What server this is."""
    return session.scalars(select(ServerIdentity)).one()


def name_company(session: Session, company: str) -> None:
    """Say whose server this is, as every console shows it."""
    identity_of(session).company = company
