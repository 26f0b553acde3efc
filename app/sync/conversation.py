"""One console's talk with its server, request by request: each answer is settled in the cache before the next."""

import contextlib
import logging
from collections.abc import Sequence
from importlib.metadata import version
from typing import NamedTuple

from app.commands import registry
from app.domain.errors import ConflictError, InvalidError, OpsError, OutOfReachError
from app.protocol import (
    BATCH_LIMIT,
    PAGE_ROWS_ON_SCREEN,
    PROTOCOL_MAX,
    Envelope,
    HandshakeRequest,
    PullReply,
    PullRequest,
    PushRequest,
    Refusal,
    Result,
    SnapshotReply,
    StreamPage,
)
from app.store.scopes import NextFetch, cursors, next_fetches
from app.store.settling import News
from app.store.store import Store
from app.store.users import known_user
from app.sync.failures import ReplyError
from app.sync.identity import EPOCH, LEASE, SERVER, forget_console, identity_of
from app.sync.transport import Transport

logger = logging.getLogger(__name__)

_RENUMBERINGS = 3
"""Times in a row that the server may find our order wrong before something else is wrong."""
_MALFORMED = frozenset({400, 413, 422})
_FORBIDDEN, _OUTDATED = 403, 426


class Sent(NamedTuple):
    """What became of a batch."""

    commands: int
    refused: int


class Received(NamedTuple):
    """What a request for rows brought."""

    rows: int
    is_more: bool
    """There is more to ask for."""


_NOTHING = Received(0, is_more=False)


class Conversation:
    """What is said to one server for one person. Every method raises what the transport raises."""

    def __init__(self, store: Store, transport: Transport, user_id: str, page_rows: int = PAGE_ROWS_ON_SCREEN) -> None:
        self._store = store
        self._transport = transport
        self._user_id = user_id
        self._page_rows = page_rows
        self._batch_limit = BATCH_LIMIT
        self._renumberings = 0
        self._epoch = 0
        self._ahead: tuple[NextFetch, SnapshotReply] | None = None
        """A page of a first fetch that was asked for before its turn."""
        self.notice: OpsError | None = None
        """Why the server takes our commands but gives us nothing more."""

    def greet(self) -> None:
        """Agree on what both speak. Raises ``ConflictError`` for another server than the cache belongs to."""
        known = identity_of(self._store)
        self._epoch = known.epoch
        versions = registry.versions()
        request = HandshakeRequest(lease=known.lease, app_version=version("steward"), command_versions=versions)
        try:
            reply = self._transport.handshake(request)
        except ReplyError as error:
            self._check_cloned(error)
            raise
        if known.server_id not in ("", reply.server_id):
            raise ConflictError("other_server")
        self._transport.protocol = min(PROTOCOL_MAX, reply.protocol_max)
        self.notice = InvalidError("upgrade_required") if reply.protocol_min > PROTOCOL_MAX else None
        self._store.remember({LEASE: reply.lease, SERVER: reply.server_id})
        with self._store.reading() as session:
            user = known_user(session, self._user_id)
        if user is not None:
            self._store.users.remember(user.person, None, reply.offline_until)
        self._store.release(reply.command_versions)
        self._store.settle(News(user_id=self._user_id, scope=reply.scope))

    # ---- sending

    def push(self) -> Sent | None:
        """Send the next commands; ``None`` when none waits to be sent."""
        batch = self._store.take_batch(self._batch_limit)
        if not batch:
            return None
        try:
            reply = self._transport.push(PushRequest(batch=tuple(map(self._by_right_clock, batch))))
        except ReplyError as error:
            return self._not_taken(batch, error)
        self._renumberings = 0
        self._batch_limit = min(BATCH_LIMIT, self._batch_limit * 2)
        self._store.settle(News(results=reply.results))
        if not {envelope.command_id for envelope in batch} <= {result.command_id for result in reply.results}:
            raise OutOfReachError("reply_not_understood", detail="results")  # or it would be asked again at once
        return Sent(len(batch), sum(result.status in ("rejected", "blocked") for result in reply.results))

    def _by_right_clock(self, envelope: Envelope) -> Envelope:
        """The envelope; what was made offline, when nobody knew how far the clock is off, is told it now."""
        if not envelope.offline or envelope.clock_offset_ms:
            return envelope
        return envelope.model_copy(update={"clock_offset_ms": self._transport.clock_offset_ms})

    def _not_taken(self, batch: Sequence[Envelope], error: ReplyError) -> Sent:
        """See to a batch that the server would not look at."""
        self._check_cloned(error)
        if error.code == "out_of_order" and error.last_sequence is not None and self._renumberings < _RENUMBERINGS:
            logger.info("the server's last command of ours is %s: numbering on from there", error.last_sequence)
            self._renumberings += 1
            self._store.renumber(error.last_sequence)
            return Sent(0, 0)
        if error.status not in _MALFORMED and error.code != "already_handled":
            raise error
        if len(batch) > 1:
            self._batch_limit = len(batch) // 2
            return Sent(0, 0)
        code = "already_handled" if error.code == "already_handled" else "malformed"
        logger.warning("command %s is not taken: %s", batch[0].command_id, error)
        refusal = Refusal(code=code, params=dict(error.params), resolve=("discard",))
        self._store.settle(News(results=(Result(command_id=batch[0].command_id, status="rejected", error=refusal),)))
        return Sent(1, 1)

    def _check_cloned(self, error: ReplyError) -> None:
        """Another machine goes by our id: this one gives it up, keeps its commands, and signs in anew."""
        if error.code == "console_cloned":
            forget_console(self._store)
            self._transport.credentials.forget()

    # ---- receiving

    def fetch(self) -> Received:
        """Ask for the next page of a first fetch."""
        wanted = self._next_fetch()
        if wanted is None or self.notice is not None:
            return _NOTHING
        asked, reply = self._ahead or (None, None)
        self._ahead = None
        try:
            if reply is None or asked != wanted:
                reply = self._transport.snapshot(*wanted, self._page_rows)
        except ReplyError as error:
            if error.status != _FORBIDDEN or error.code == "console_revoked":
                raise
            self.greet()  # the right went meanwhile: what it is now says the greeting
            return Received(0, is_more=True)
        settled = self._store.begin_settle(News(snapshot=reply))
        try:
            self._ask_ahead(reply)
        finally:
            settled.result()
        return Received(len(reply.page.rows), is_more=True)

    def _next_fetch(self) -> NextFetch | None:
        with self._store.reading() as session:
            user = known_user(session, self._user_id)
            readable = user.streams if user else frozenset()
            return next((fetch for fetch in next_fetches(session) if fetch.stream_id in readable), None)

    def _ask_ahead(self, reply: SnapshotReply) -> None:
        """Ask for what follows a page while the cache takes the page in."""
        if reply.after is None:
            return
        following = NextFetch(reply.stream_id, reply.table, reply.after)
        with contextlib.suppress(ReplyError):  # it is asked again, and seen to then
            self._ahead = (following, self._transport.snapshot(*following, self._page_rows))

    def pull(self) -> Received:
        """Ask for what changed since the last time."""
        if self.notice is not None:
            return _NOTHING
        with self._store.reading() as session:
            cursor = cursors(session)
            user = known_user(session, self._user_id)
        scope_version = user.scope_version if user else 0
        request = PullRequest(epoch=self._epoch, scope_version=scope_version, cursor=cursor, limit=self._page_rows)
        try:
            reply = self._transport.pull(request)
        except ReplyError as error:
            if error.status != _OUTDATED:
                raise
            self.notice = error
            return _NOTHING
        is_new_epoch = reply.epoch != self._epoch
        if is_new_epoch and self._epoch:
            logger.info("the server begins epoch %s: everything is fetched again", reply.epoch)
            reply = _anew(reply)
        self._store.settle(News(pull=reply, user_id=self._user_id, scope=reply.scope))
        if is_new_epoch:  # noted once the cache has it: who is ended in between fetches once more
            self._epoch = reply.epoch
            self._store.remember({EPOCH: str(reply.epoch)})
        is_more = reply.scope is not None or any(page.more or page.reset for page in reply.streams.values())
        return Received(sum(len(page.rows) for page in reply.tables.values()), is_more)


def _anew(reply: PullReply) -> PullReply:
    """The reply with every stream to be fetched again: after a fail-over or a restore rows may have gone back."""
    streams = {name: StreamPage(next=page.next, head=page.head, reset=True) for name, page in reply.streams.items()}
    return reply.model_copy(update={"streams": streams})
