"""The consoles: their desk numbers, and the lease by which a copied one is found out."""

from datetime import datetime, timedelta

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from app.domain.errors import ConflictError, ForbiddenError, RefusedError
from app.domain.ids import new_id
from app.server.tables import Console, ConsoleUser, ServerIdentity

OFFLINE_DAYS = 14
"""Days without the server after which a console locks."""
_LAST_DESK = 9_999


def enrol(session: Session, machine: str, name: str, at: datetime, *, has_desk: bool) -> Console:
    """A new console, with a desk number unless it opens no orders.

    Raises ``RefusedError`` when there is no number left; numbers are never given twice.
    """
    console = Console(
        id=new_id(),
        number_prefix=_next_desk(session) if has_desk else None,
        machine=machine,
        name=name,
        lease=new_id(),
        enrolled_at=at,
        last_seen_at=at,
        last_sequence=0,
        minute_pushes=0,
        is_revoked=False,
    )
    session.add(console)
    session.flush()
    return console


def recognise(session: Session, console_id: str | None, machine: str) -> Console | None:
    """The console that says it is ``console_id``; ``None`` when it must enrol anew.

    That is one this server does not know, and a copy on another machine. Raises ``ForbiddenError`` for one that was
    revoked.
    """
    console = session.get(Console, console_id) if console_id else None
    if console is None or (machine and console.machine and machine != console.machine):
        return None
    if console.is_revoked:
        raise ForbiddenError("console_revoked")
    return console


def note_online(session: Session, console: Console, user_id: str, at: datetime) -> None:
    """A person is at a console while the server is there: from now on their commands are taken from it."""
    console.last_seen_at = at
    seen = session.get(ConsoleUser, (console.id, user_id))
    if seen is None:
        session.add(ConsoleUser(console_id=console.id, user_id=user_id, last_online_at=at))
    else:
        seen.last_online_at = at


def rotate_lease(session: Session, console_id: str, lease: str) -> Console:
    """Give a console a new lease for its current one, or for the one before, whose answer was lost.

    Raises ``ConflictError`` for an older one: two machines share the console's id, and this one must enrol anew.
    """
    console = lock_console(session, console_id)
    if lease not in (console.lease, console.previous_lease):
        raise ConflictError("console_cloned")
    console.lease, console.previous_lease = new_id(), lease
    return console


def lock_console(session: Session, console_id: str) -> Console:
    """The console, its row locked until commit. Raises ``ForbiddenError`` for one that was revoked."""
    query = select(Console).where(Console.id == console_id).with_for_update().execution_options(populate_existing=True)
    console = session.scalars(query).one()
    if console.is_revoked:
        raise ForbiddenError("console_revoked")
    return console


def offline_until(at: datetime) -> datetime:
    """Until when a console that is in touch now may work without the server."""
    return at + timedelta(days=OFFLINE_DAYS)


def _next_desk(session: Session) -> str:
    session.scalars(select(ServerIdentity).with_for_update()).one()  # one at a time
    latest = session.scalars(select(func.max(cast(Console.number_prefix, Integer)))).one()
    if latest >= _LAST_DESK:
        raise RefusedError("no_desk_number_left")
    return f"{latest + 1:02d}"
