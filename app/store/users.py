"""Who may sign in at this PC without the network: those who did so with it, for some days, after few wrong tries."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple, NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.changes import Changes
from app.domain.clock import Clock, from_micros, to_micros
from app.domain.errors import SignInError
from app.domain.permissions import Rights, Role
from app.store import meta
from app.store.tables import LocalUser
from app.store.writing import Writer

TRIES = 5
"""Wrong passwords before there is a wait, which then doubles with each."""
LONGEST_WAIT_MINUTES = 15
_CLOCK_TOLERANCE = timedelta(minutes=10)
_SEEN = "seen_at"
"""The latest moment this PC is known to have seen: setting its clock back gains nobody a day."""

_HASHER = PasswordHasher()
Verifier = NewType("Verifier", str)
"""A password's argon2 hash."""


class Person(NamedTuple):
    """Who somebody is, as the server said when they signed in."""

    user_id: str
    login: str
    name: str
    staff_id: str | None = None
    title_zh: str = ""
    title_en: str = ""


class KnownUser(NamedTuple):
    """A person who may use this PC, with what they may read and do."""

    person: Person
    rights: Rights
    streams: frozenset[str]
    scope_version: int
    last_online_at: datetime
    offline_until: datetime


def known_users(session: Session) -> list[KnownUser]:
    """Everyone who has signed in here, the latest first."""
    return [_known(row) for row in session.scalars(select(LocalUser).order_by(LocalUser.last_online_at.desc()))]


def known_user(session: Session, user_id: str) -> KnownUser | None:
    """One of them."""
    row = session.get(LocalUser, user_id)
    return None if row is None else _known(row)


def recognise(session: Session, login: str, password: str, now: datetime) -> KnownUser:
    """Who that is, for one who only reads, beside the console that runs here: no try is counted.

    Raises ``SignInError`` as :meth:`LocalUsers.unlock` does.
    """
    row = _by_login(session, login)
    verifier = None if row is None else row.verifier
    if not _fits(password, verifier) or row is None:
        raise SignInError("sign_in_wrong" if verifier else "sign_in_not_here")
    if row.locked_until is not None and now < row.locked_until:
        raise SignInError("sign_in_locked", minutes=-((now - row.locked_until) // timedelta(minutes=1)))
    if now > row.offline_until:
        raise SignInError("sign_in_too_long_offline", days=(row.offline_until - row.last_online_at).days)
    return _known(row)


def verifier_of(password: str) -> Verifier:
    """What a password is checked by; takes 0.1 s."""
    return Verifier(_HASHER.hash(password))


class LocalUsers:
    """Remembers people, and lets them in without the network. Checking takes 0.1 s on the caller's thread."""

    def __init__(self, writer: Writer, clock: Clock) -> None:
        self._writer = writer
        self._clock = clock

    def remember(self, person: Person, verifier: Verifier | None, offline_until: datetime) -> None:
        """Note that the server let somebody in; what they may read and do comes with ``settle``.

        Without the verifier of a password, as when a token is renewed, the one known stays.
        """

        def task(session: Session, changes: Changes) -> None:
            now = self._clock.now()
            _give_up_login(session, person)
            row = session.get(LocalUser, person.user_id)
            if row is None:
                row = LocalUser(user_id=person.user_id, roles={}, streams=[], scope_version=0)
                session.add(row)
            row.login, row.name, row.staff_id = fold(person.login), person.name, person.staff_id
            row.title_zh, row.title_en = person.title_zh, person.title_en
            row.verifier = row.verifier if verifier is None else verifier
            row.last_online_at, row.offline_until = now, offline_until
            row.failed_count, row.locked_until = 0, None
            meta.put(session, {_SEEN: str(to_micros(now))})  # the server has just corrected the clock
            changes.add(LocalUser.__tablename__, [person.user_id])

        self._writer.run(task)

    def unlock(self, login: str, password: str) -> KnownUser:
        """Let somebody in without the network.

        Raises ``SignInError``: not known here, wrong password, too many tries, too long offline, clock set back.
        """
        verifier, failed = self._writer.run(lambda session, _: self._count_try(session, login))
        if not _fits(password, verifier):
            raise _wrong(failed) if verifier else SignInError("sign_in_not_here")
        return self._writer.run(lambda session, _: self._let_in(session, login))

    def shut_out(self, user_id: str) -> None:
        """Let somebody in only with the network from now on: the server refused them."""

        def task(session: Session, changes: Changes) -> None:
            if row := session.get(LocalUser, user_id):
                row.verifier = None
                changes.add(LocalUser.__tablename__, [user_id])

        self._writer.run(task)

    def _count_try(self, session: Session, login: str) -> tuple[str | None, int]:
        """Count a try before the password is looked at; returns what to hold it against, and which try it is."""
        row = _by_login(session, login)
        if row is None:
            return None, 0
        now = self._clock.now()
        if row.locked_until is not None and now < row.locked_until:
            raise SignInError("sign_in_locked", minutes=-((now - row.locked_until) // timedelta(minutes=1)))
        row.failed_count += 1
        if row.failed_count >= TRIES:
            row.locked_until = now + timedelta(minutes=_wait(row.failed_count))
        return row.verifier, row.failed_count

    def _let_in(self, session: Session, login: str) -> KnownUser:
        row = _by_login(session, login)
        if row is None:
            raise SignInError("sign_in_not_here")
        row.failed_count, row.locked_until = 0, None
        now = self._clock.now()
        seen = _seen(session, row)
        if now < seen - _CLOCK_TOLERANCE:
            raise SignInError("clock_behind", now=f"{now:%Y-%m-%d %H:%M}", seen=f"{seen:%Y-%m-%d %H:%M}")
        if now > row.offline_until:
            raise SignInError("sign_in_too_long_offline", days=(row.offline_until - row.last_online_at).days)
        meta.put(session, {_SEEN: str(to_micros(max(now, seen)))})
        return _known(row)


def fold(login: str) -> str:
    """A login as it is kept and compared."""
    return login.strip().casefold()


def _by_login(session: Session, login: str) -> LocalUser | None:
    return session.scalar(select(LocalUser).where(LocalUser.login == fold(login)))


def _give_up_login(session: Session, person: Person) -> None:
    """Take a login from whom it belonged to before the server gave it to somebody else."""
    other = _by_login(session, person.login)
    if other is not None and other.user_id != person.user_id:
        other.login = f"{other.login} ({other.user_id})"
        other.verifier = None
        session.flush()


def _seen(session: Session, row: LocalUser) -> datetime:
    noted = meta.get(session, _SEEN)
    return max(row.last_online_at, from_micros(int(noted or 0)))


def _wait(failed: int) -> int:
    """How many minutes to wait after so many wrong tries."""
    return min(1 << max(0, failed - TRIES), LONGEST_WAIT_MINUTES)


def _wrong(failed: int) -> SignInError:
    """What is said of a wrong password: how many tries are left, or how long to wait."""
    if failed >= TRIES:
        return SignInError("sign_in_locked", minutes=_wait(failed))
    return SignInError("password_wrong", left=TRIES - failed, minutes=_wait(failed))


def _fits(password: str, verifier: str | None) -> bool:
    """Whether this is the password; for somebody unknown it takes as long."""
    if verifier is None:
        _HASHER.hash(password)
        return False
    try:
        return _HASHER.verify(verifier, password)
    except (VerificationError, InvalidHashError):
        return False


def _known(row: LocalUser) -> KnownUser:
    return KnownUser(
        Person(row.user_id, row.login, row.name, row.staff_id, row.title_zh, row.title_en),
        Rights(row.user_id, row.staff_id, {site: _roles(names) for site, names in row.roles.items()}),
        frozenset(stream["stream_id"] for stream in row.streams),
        row.scope_version,
        row.last_online_at,
        row.offline_until,
    )


def _roles(names: Any) -> frozenset[Role]:
    """The roles this program knows; one of a newer server gives nothing here."""
    return frozenset(Role(name) for name in names if name in set(Role))
