"""What a person may do and read: from the grants, as they stand in the transaction that asks."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.companies import AppUser
from app.domain.permissions import Rights, Role
from app.protocol import Scope, StreamScope
from app.server.tables import Account, Grant, Stream

READS: Mapping[Role, frozenset[str]] = {
    Role.CLERK: frozenset({"work", "people"}),
    Role.TECHNICIAN: frozenset({"work"}),
    Role.OPERATOR: frozenset({"work", "people", "security"}),
    Role.SUPERVISOR: frozenset({"work", "people", "staff", "security"}),
    Role.MANAGER: frozenset({"work", "people", "staff"}),
    Role.ADMINISTRATOR: frozenset({"work", "people", "staff"}),
    Role.AUTOMATION: frozenset({"work", "people"}),
}
"""The classes of a site's streams that each role reads there; the company's stream is read by everyone."""


def rights_of(session: Session, user_id: str) -> Rights:
    """The roles a person holds now."""
    roles: dict[str, set[Role]] = {}
    for site_id, role in session.execute(select(Grant.site_id, Grant.role).where(Grant.user_id == user_id)):
        roles.setdefault(site_id, set()).add(Role(role))
    user = session.get(AppUser, user_id)
    held = {site_id: frozenset(found) for site_id, found in roles.items()}
    return Rights(user_id, user.staff_id if user else None, held)


def readable_streams(session: Session, rights: Rights) -> dict[str, Stream]:
    """The streams that a person with ``rights`` may read, the company's first."""
    streams = session.scalars(select(Stream).order_by(Stream.site_id, Stream.stream_class)).all()
    return {
        stream.id: stream
        for stream in sorted(streams, key=lambda stream: stream.site_id or "")
        if stream.site_id is None or any(stream.stream_class in READS[role] for role in rights.at(stream.site_id))
    }


def scope_of(session: Session, account: Account) -> Scope:
    """What the console is told of a person's rights."""
    rights = rights_of(session, account.user_id)
    return Scope(
        version=account.scope_version,
        streams=tuple(
            StreamScope(stream_id=stream.id, site_id=stream.site_id, stream_class=stream.stream_class)
            for stream in readable_streams(session, rights).values()
        ),
        roles={site_id: tuple(sorted(roles)) for site_id, roles in sorted(rights.roles.items())},
    )
