"""Passwords: kept as argon2, and guessed at only so often."""

from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, delete, select, text
from sqlalchemy.orm import Session

from app.db.base import UtcTime
from app.domain.errors import InvalidError, SignInError
from app.server.tables import Attempt

PASSWORD_MIN = 8
LOGIN_TRIES = 5
"""Failures as one person before there is a wait, which then doubles with each."""
ADDRESS_TRIES = 30
"""Failures from one address; a whole office may stand behind it."""
LONGEST_WAIT_MINUTES = 15
FORGET_AFTER = timedelta(days=1)

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")
"""What a guess is held against when there is no such person, so that it takes as long."""

_MAKE = text(
    "INSERT INTO attempt (subject, failed_count, since_at) VALUES (:subject, 0, :since_at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("since_at", type_=UtcTime))


def hash_password(password: str) -> str:
    """The argon2 hash to keep. Raises ``InvalidError`` for a password that is too short."""
    if len(password) < PASSWORD_MIN:
        raise InvalidError("password_too_short", length=PASSWORD_MIN)
    return _HASHER.hash(password)


def fits(password: str, password_hash: str | None) -> bool:
    """Whether this is the password; takes as long when there is none. Takes about 0.1 s: not inside a transaction."""
    try:
        _HASHER.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def count_attempt(session: Session, login: str, address: str, at: datetime) -> None:
    """Count a try *before* the password is looked at, so that many at once count too.

    Raises ``SignInError`` while the person or the address has to wait.
    """
    for subject, tries in _subjects(login, address):
        attempt = _attempt(session, subject, at)
        if attempt.locked_until is not None and attempt.locked_until > at:
            minutes = -((at - attempt.locked_until) // timedelta(minutes=1))
            raise SignInError("sign_in_locked", minutes=minutes)
        attempt.failed_count += 1
        if attempt.failed_count >= tries:
            wait = min(2 ** (attempt.failed_count - tries), LONGEST_WAIT_MINUTES)
            attempt.locked_until = at + timedelta(minutes=wait)


def forgive_attempt(session: Session, login: str, address: str, at: datetime) -> None:
    """The password was right: forget the person's failures, and do not hold this try against the address."""
    for subject, _tries in _subjects(login, address):
        attempt = _attempt(session, subject, at)
        attempt.failed_count = max(0, attempt.failed_count - 1) if subject.startswith("address:") else 0
        attempt.locked_until = None


def forget_attempts(session: Session, at: datetime) -> None:
    """Forget failures of more than a day ago."""
    session.execute(delete(Attempt).where(Attempt.since_at < at - FORGET_AFTER))


def _subjects(login: str, address: str) -> tuple[tuple[str, int], ...]:
    return (f"address:{address}", ADDRESS_TRIES), (f"login:{login}", LOGIN_TRIES)


def _attempt(session: Session, subject: str, at: datetime) -> Attempt:
    session.execute(_MAKE, {"subject": subject, "since_at": at})
    attempt = session.scalars(select(Attempt).where(Attempt.subject == subject).with_for_update()).one()
    if attempt.since_at < at - FORGET_AFTER:
        attempt.failed_count, attempt.since_at = 0, at
    return attempt
