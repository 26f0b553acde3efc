"""Takes a console's commands: in its order, each at most once, a whole batch in one transaction."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.domain.clock import Clock
from app.domain.errors import SignInError
from app.protocol import Envelope, Result
from app.server.audit import note
from app.server.changelog import Touched, advance
from app.server.consoles import lock_console
from app.server.database import Database, is_passing
from app.server.execution import Execution, Outcome
from app.server.problems import OverloadedError, OverusedError, SequenceError
from app.server.tables import SERVER_CONSOLE, Account, Handled, Stream

logger = logging.getLogger(__name__)

RERUNS = 3
PUSHES_A_MINUTE = 600
_MINUTE = timedelta(minutes=1)


class Sender(NamedTuple):
    """Who is signed in where a batch comes from."""

    user_id: str
    console_id: str


class Pushed(NamedTuple):
    """What became of a batch; ``last_sequence`` is the console's latest from now on."""

    last_sequence: int
    results: tuple[Result, ...]


def push(database: Database, sender: Sender, batch: Sequence[Envelope], clock: Clock) -> Pushed:
    """Handle a batch in one transaction, which is begun again when it ran into another.

    Raises ``SequenceError`` for commands out of order, ``OverusedError`` for too many batches a minute,
    ``OverloadedError`` when it ran into others four times, ``ForbiddenError`` for a console and ``SignInError`` for a
    sender who was shut out.
    """
    for _run in range(1 + RERUNS):
        try:
            with database.write() as session:
                return _Batch(session, sender, clock.now()).handle(batch)
        except DBAPIError as error:
            if not is_passing(error):
                raise
            logger.info("a batch of console %s begins again: %s", sender.console_id, error.orig)
    raise OverloadedError("server_busy")


class _Batch:
    """One run of one batch in one transaction, which holds the console's row from its beginning."""

    def __init__(self, session: Session, sender: Sender, at: datetime) -> None:
        self._session = session
        self._sender = sender
        self._at = at
        self._console = lock_console(session, sender.console_id)
        self._known: Mapping[str, Handled] = {}
        self._outcomes: dict[str, Outcome] = {}

    def handle(self, batch: Sequence[Envelope]) -> Pushed:
        """All that the transaction is for."""
        if not self._session.get_one(Account, self._sender.user_id).is_active:
            raise SignInError("account_disabled")
        self._count_push()
        self._known = self._handled_before(batch)
        last_sequence = self._check_order(batch)
        self._lock(batch)
        execution = Execution(self._session, self._console, self._at, self._status_of)
        for envelope in batch:
            if self._is_new(envelope):
                self._outcomes[envelope.command_id] = execution.run(envelope)
        fresh = self._write_results()
        self._console.last_sequence = last_sequence
        self._console.last_seen_at = self._at
        return Pushed(last_sequence, tuple(self._result(envelope, fresh) for envelope in batch))

    def _count_push(self) -> None:
        """Hold a console to so many batches a minute; one that only imports may take what it gets."""
        console = self._console
        if console.minute_at is None or not console.minute_at <= self._at < console.minute_at + _MINUTE:
            console.minute_at, console.minute_pushes = self._at, 0
        console.minute_pushes += 1
        if console.minute_pushes > PUSHES_A_MINUTE and console.number_prefix is not None:
            raise OverusedError(-((self._at - console.minute_at - _MINUTE) // timedelta(seconds=1)))

    def _handled_before(self, batch: Sequence[Envelope]) -> dict[str, Handled]:
        ids = {command_id for envelope in batch for command_id in (envelope.command_id, *envelope.depends_on)}
        rows = self._session.scalars(select(Handled).where(Handled.command_id.in_(ids)))
        return {row.command_id: row for row in rows}

    def _check_order(self, batch: Sequence[Envelope]) -> int:
        """The console's latest sequence after this batch. Raises ``SequenceError`` before anything is done."""
        last = self._console.last_sequence
        for envelope in batch:
            if envelope.sequence <= self._console.last_sequence:
                if envelope.command_id not in self._known:
                    raise SequenceError(self._why_unknown(envelope), self._console.last_sequence)
            elif envelope.sequence == last + 1:
                last += 1
            else:
                raise SequenceError("out_of_order", self._console.last_sequence)
        return last

    def _why_unknown(self, envelope: Envelope) -> str:
        """Another command had this sequence: two machines count as one; or it was so long ago that it is forgotten."""
        query = select(Handled.command_id).where(
            Handled.console_id == self._console.id, Handled.sequence == envelope.sequence
        )
        return "already_handled" if self._session.scalars(query).first() is None else "console_cloned"

    def _lock(self, batch: Sequence[Envelope]) -> None:
        """Every stream the batch names, in the order of ids, before its first command reads anything."""
        if self._console.number_prefix is None:
            lock_console(self._session, SERVER_CONSOLE)  # its orders take numbers of the server's desk
        ids = {stream_id for envelope in batch for stream_id in envelope.stream_ids}
        self._session.execute(select(Stream.id).where(Stream.id.in_(ids)).order_by(Stream.id).with_for_update())

    def _is_new(self, envelope: Envelope) -> bool:
        """Whether it has not been done: unknown, or held back until this server understands it and sent again."""
        if envelope.command_id in self._outcomes:
            return False
        known = self._known.get(envelope.command_id)
        return known is None or (known.status == "unsupported" and envelope.sequence > self._console.last_sequence)

    def _status_of(self, command_id: str) -> str | None:
        if command_id in self._outcomes:
            return self._outcomes[command_id].result.status
        known = self._known.get(command_id)
        return known.status if known else None

    def _write_results(self) -> dict[str, Result]:
        """Move the counters, and remember every result in the transaction of its effect."""
        touched = Touched()
        for outcome in self._outcomes.values():
            touched.merge(outcome.touched)
        heads = advance(self._session, touched, self._at)
        results = {}
        for command_id, outcome in self._outcomes.items():
            seqs = {stream_id: heads[stream_id] for stream_id in sorted(outcome.touched.streams)}
            results[command_id] = outcome.result.model_copy(update={"seqs": seqs})
            self._remember(outcome.envelope, results[command_id])
        return results

    def _remember(self, envelope: Envelope, result: Result) -> None:
        row = self._known.get(envelope.command_id) or Handled(command_id=envelope.command_id)
        row.console_id, row.sequence = self._console.id, envelope.sequence
        row.user_id, row.kind = envelope.user_id, envelope.kind
        row.status, row.reply, row.handled_at = result.status, result.model_dump_json(), self._at
        self._session.add(row)
        note(
            self._session,
            self._at,
            envelope.kind,
            author_id=envelope.user_id,
            sender_id=self._sender.user_id,
            console_id=self._console.id,
            command_id=envelope.command_id,
            detail={
                "status": result.status,
                "code": result.error.code if result.error else None,
                "undoes": envelope.undoes,
                "replaces": envelope.replaces,
            },
        )

    def _result(self, envelope: Envelope, fresh: Mapping[str, Result]) -> Result:
        if envelope.command_id in fresh and envelope.sequence == self._outcomes[envelope.command_id].envelope.sequence:
            return fresh[envelope.command_id]
        known = fresh.get(envelope.command_id) or Result.model_validate_json(self._known[envelope.command_id].reply)
        return known.model_copy(update={"replayed": True})
