"""Signing in at a console: with the server, or by what this PC remembers while the server is out of reach."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple

from app.domain.errors import ConflictError, OutOfReachError, SignInError
from app.domain.permissions import Rights
from app.protocol import SignInReply, SignInRequest
from app.store import meta
from app.store.settling import News
from app.store.store import Store
from app.store.users import KnownUser, Person, Verifier, fold, known_user, known_users, verifier_of
from app.sync.credentials import Credentials, Secrets, Tokens, introduction, new_password
from app.sync.failures import ReplyError
from app.sync.identity import ADDRESS, LEASE, SERVER, Identity, identity_of
from app.sync.machine import machine_hash
from app.sync.transport import CorrectableClock, Transport

logger = logging.getLogger(__name__)


class Session(NamedTuple):
    """Who is signed in at this console."""

    person: Person
    rights: Rights
    streams: frozenset[str]
    """What they may read."""
    is_offline: bool
    """They were let in by what this PC remembers, not by the server."""
    desk: str = ""
    """The number of this desk."""

    @property
    def user_id(self) -> str:
        """Whose commands follow."""
        return self.person.user_id


class SignIn:
    """Lets people in and out at one console; its methods take a second and belong on no GUI thread.

    ``credentials`` are what the console's connections show the server from then on.
    """

    def __init__(self, store: Store, address: str, clock: CorrectableClock, *, machine: str | None = None) -> None:
        self._store = store
        self._address = address
        self._clock = clock
        self._machine = machine_hash() if machine is None else machine
        self._waiting: tuple[str, str] | None = None
        self.credentials = Credentials(Secrets(str(store.folder)))

    def people(self) -> list[KnownUser]:
        """Who may sign in here without the network, the latest first."""
        with self._store.reading() as session:
            return known_users(session)

    def sign_in(self, login: str, password: str) -> Session:
        """With the server if it can be reached, else by what this PC remembers.

        Raises ``SignInError`` in words for a wrong name or password, and whatever :meth:`online` raises but for a
        server out of reach.
        """
        try:
            return self.online(login, password)
        except OutOfReachError:
            return self.offline(login, password)

    def online(self, login: str, password: str) -> Session:
        """Show the server a name and a password; the console enrols if it has not, or is a copy.

        Raises ``OutOfReachError``, ``SignInError``, ``ConflictError`` for a server that this cache does not belong to,
        and ``ReplyError`` for a console that was revoked.
        """
        known = identity_of(self._store)
        request = introduction(login, password, self._machine, console_id=known.console_id or None)
        transport = self.connect()
        try:
            server_id = _check_server(transport, known)
            with ThreadPoolExecutor(1, "verifier") as beside:  # it takes as long here as checking takes there
                verifier = beside.submit(verifier_of, password)
                reply = self._let_in(transport, request)
        finally:
            transport.close()
        self._take(reply, server_id, verifier.result())
        return self.session(reply.user_id, is_offline=False)

    def offline(self, login: str, password: str) -> Session:
        """Let somebody in by what this PC remembers.

        They speak to the server as soon as it can be reached: by the tokens of last time where a keyring has them,
        else by this very password, which is forgotten then.
        """
        known = self._store.users.unlock(login, password)
        self.credentials.console_id = identity_of(self._store).console_id
        self.credentials.speak_for(known.person.user_id, None)
        self._waiting = None if self.credentials.tokens else (login, password)
        return self.session(known.person.user_id, is_offline=True)

    def redeem(self) -> None:
        """Show the server the password of somebody who was let in without it.

        Raises ``SignInError`` when nobody waits, or the server does not take it any more; else as :meth:`online`.
        """
        if self._waiting is None:
            raise SignInError("sign_in_needed")
        login, password = self._waiting
        try:
            self.online(login, password)
        except SignInError:
            self._waiting = None
            raise

    def sign_out(self) -> None:
        """End the sign-in, also at the server if it can be reached."""
        transport = self.connect()
        try:
            transport.sign_out()
        except (OutOfReachError, SignInError, ReplyError):
            pass  # the tokens run out by themselves
        finally:
            transport.close()
            self._waiting = None
            self.credentials.forget()

    def change_password(self, old: str, new: str) -> None:
        """Set a new password for who is signed in; only the server can.

        Raises ``OutOfReachError`` ``password_needs_network``, ``ReplyError`` with the server's reason, and
        ``InvalidError`` for one that is too long.
        """
        request = new_password(old, new)
        user_id = self.credentials.user_id
        transport = self.connect()
        try:
            transport.change_password(request)
        except OutOfReachError as error:
            raise OutOfReachError("password_needs_network") from error
        finally:
            transport.close()
        with self._store.reading() as session:
            known = known_user(session, user_id)
        if known is not None:
            self._store.users.remember(known.person, verifier_of(new), known.offline_until)

    def wipe(self) -> None:
        """Keep nothing of the company on a PC that was revoked, but what was typed here and not sent."""
        self._store.wipe()
        self.credentials.forget()
        logger.info("this PC was revoked: all that came from the server is deleted")

    def session(self, user_id: str, *, is_offline: bool) -> Session:
        """Who that is, with the rights that the cache has of them now."""
        with self._store.reading() as session:
            known, desk = known_user(session, user_id), meta.desk(session)
        if known is None:
            raise SignInError("sign_in_not_here")
        return Session(known.person, known.rights, known.streams, is_offline, desk)

    def connect(self) -> Transport:
        """A connection of its own for whoever asks; the caller closes it."""
        return Transport(self._address, self.credentials, self._clock)

    def _take(self, reply: SignInReply, server_id: str, verifier: Verifier) -> None:
        """Remember who the server let in, and as which console."""
        self._waiting = None
        values = {SERVER: server_id, ADDRESS: self._address, **({LEASE: reply.lease} if reply.lease else {})}
        self._store.enrol(reply.console_id, reply.number_prefix, values)
        person = Person(reply.user_id, reply.login, reply.name, reply.staff_id, reply.title_zh, reply.title_en)
        offline_until = reply.server_time + timedelta(days=reply.offline_days)
        self._store.users.remember(person, verifier, offline_until)
        self._store.settle(News(user_id=reply.user_id, scope=reply.scope))
        self.credentials.console_id = reply.console_id
        self.credentials.speak_for(reply.user_id, Tokens(reply.token, reply.refresh_token))

    def _let_in(self, transport: Transport, request: SignInRequest) -> SignInReply:
        try:
            return transport.sign_in(request)
        except ReplyError as error:
            if error.code == "console_revoked":
                self.wipe()
            if error.status != 401:
                raise
            if error.code == "account_disabled":
                self._shut_out(request.login)
            raise SignInError(error.code, **error.params) from error

    def _shut_out(self, login: str) -> None:
        for known in self.people():
            if known.person.login == fold(login):
                self._store.users.shut_out(known.person.user_id)


def _check_server(transport: Transport, known: Identity) -> str:
    """The id of the server, which must be the one that the cache belongs to, if it belongs to any."""
    server_id = transport.health().server_id
    if known.server_id not in ("", server_id):
        raise ConflictError("other_server")
    return server_id
