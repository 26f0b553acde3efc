"""Who a request comes from: tokens that live for minutes, and refresh tokens that are used once.

Only hashes are kept, and every request looks them up, so that whoever is shut out is out at once.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.domain.errors import ForbiddenError, SignInError
from app.domain.ids import new_id
from app.server.audit import note
from app.server.tables import Account, Console, TokenPair

TOKEN_LIFE = timedelta(minutes=15)
REFRESH_LIFE = timedelta(days=30)


class Tokens(NamedTuple):
    """A new pair, as the console gets it; the server forgets it and keeps the hashes."""

    token: str
    refresh_token: str
    token_expires_at: datetime


class Caller(NamedTuple):
    """Who a request comes from, and where."""

    user_id: str
    console_id: str
    token_hash: str
    is_first_use: bool
    """The pair has not been used before: what it replaces must now be retired."""


def issue(session: Session, user_id: str, console_id: str, at: datetime) -> Tokens:
    """The first pair of a sign-in."""
    session.execute(delete(TokenPair).where(TokenPair.user_id == user_id, TokenPair.expires_at <= at))
    return _new_pair(session, TokenPair(family=new_id(), user_id=user_id, console_id=console_id), at)


def identify_caller(session: Session, token: str, console_id: str, at: datetime) -> Caller:
    """Whose token this is.

    Raises ``SignInError`` for one that is unknown, has run out or is another console's, and ``ForbiddenError`` when
    the console was revoked.
    """
    pair = session.get(TokenPair, _hash(token))
    if pair is None or pair.is_retired or pair.token_expires_at <= at or pair.console_id != console_id:
        raise SignInError("sign_in_needed")
    _check_standing(session, pair)
    return Caller(pair.user_id, pair.console_id, pair.token_hash, pair.predecessor is not None)


def retire_predecessor(session: Session, token_hash: str) -> None:
    """A pair was used, so its answer has arrived: what it replaces, and every other answer to that, is void."""
    pair = session.get(TokenPair, token_hash)
    if pair is None or pair.predecessor is None:
        return
    same_cause = or_(TokenPair.token_hash == pair.predecessor, TokenPair.predecessor == pair.predecessor)
    others = update(TokenPair).where(same_cause, TokenPair.token_hash != token_hash)
    session.execute(others.values(is_retired=True, predecessor=None))
    pair.predecessor = None


def rotate(session: Session, refresh_token: str, at: datetime) -> Tokens | SignInError:
    """A new pair for a refresh token, which stays good until the new pair is used.

    The error is returned, not raised, because a stolen token's family must end in this very transaction. Raises
    ``SignInError`` and ``ForbiddenError`` as :func:`identify_caller` does.
    """
    query = select(TokenPair).where(TokenPair.refresh_hash == _hash(refresh_token)).with_for_update()
    pair = session.scalars(query).one_or_none()
    if pair is None or pair.expires_at <= at:
        return SignInError("sign_in_needed")
    if pair.is_retired:
        end_family(session, pair.family)
        note(session, at, "refresh_token_reused", author_id=pair.user_id, console_id=pair.console_id)
        return SignInError("sign_in_stolen")
    _check_standing(session, pair)
    retire_predecessor(session, pair.token_hash)
    successor = TokenPair(
        family=pair.family, user_id=pair.user_id, console_id=pair.console_id, predecessor=pair.token_hash
    )
    return _new_pair(session, successor, at)


def end_family(session: Session, family: str) -> None:
    """Sign out: none of the tokens that came of one sign-in is good for anything."""
    session.execute(delete(TokenPair).where(TokenPair.family == family))


def end_all(session: Session, user_id: str, *, but: str | None = None) -> None:
    """Sign a person out everywhere, except in the family of the token whose hash is ``but``."""
    statement = delete(TokenPair).where(TokenPair.user_id == user_id)
    if but is not None:
        kept = select(TokenPair.family).where(TokenPair.token_hash == but)
        statement = statement.where(TokenPair.family.not_in(kept))
    session.execute(statement.execution_options(synchronize_session=False))


def family_of(session: Session, token_hash: str) -> str:
    """The family of a pair that exists."""
    return session.scalars(select(TokenPair.family).where(TokenPair.token_hash == token_hash)).one()


def _new_pair(session: Session, pair: TokenPair, at: datetime) -> Tokens:
    tokens = Tokens(secrets.token_urlsafe(32), secrets.token_urlsafe(32), at + TOKEN_LIFE)
    pair.token_hash = _hash(tokens.token)
    pair.refresh_hash = _hash(tokens.refresh_token)
    pair.token_expires_at = tokens.token_expires_at
    pair.expires_at = at + REFRESH_LIFE
    session.add(pair)
    return tokens


def _check_standing(session: Session, pair: TokenPair) -> None:
    if session.get_one(Console, pair.console_id).is_revoked:
        raise ForbiddenError("console_revoked")
    if not session.get_one(Account, pair.user_id).is_active:
        raise SignInError("account_disabled")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
