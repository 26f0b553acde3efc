"""Does one command inside a batch's transaction, or says why not."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.commands import registry
from app.commands.command import Context
from app.commands.imports import ImportRows
from app.domain.errors import ConflictError, ForbiddenError, InvalidError, OpsError, RefusedError
from app.domain.permissions import Rights
from app.protocol import AppliedContext, Envelope, Refusal, Result
from app.server.changelog import Recorder, Touched
from app.server.database import is_of_moment
from app.server.narrowing import check_fields, has_moved
from app.server.numbering import settle_numbers
from app.server.scopes import rights_of
from app.server.tables import AUTOMATION_USER, SERVER_DESK, Account, Console, ConsoleUser
from app.server.times import applied_context

logger = logging.getLogger(__name__)
REFUSED = frozenset({"rejected", "blocked"})

Remedy = Literal["edit", "retry", "discard"]
_ALL: tuple[Remedy, ...] = ("edit", "retry", "discard")
_NO_EDIT: tuple[Remedy, ...] = ("retry", "discard")
_NO_RETRY: tuple[Remedy, ...] = ("edit", "discard")


class Outcome(NamedTuple):
    """What became of a command, and the rows it changed."""

    envelope: Envelope
    result: Result
    touched: Touched


class Execution:
    """The commands of one console, one after the other, in one transaction that holds every stream they name.

    ``status_of`` tells what became of a command handled before: its status, or ``None`` for one not known.
    """

    def __init__(
        self, session: Session, console: Console, at: datetime, status_of: Callable[[str], str | None]
    ) -> None:
        self._session = session
        self._console = console
        self._at = at
        self._status_of = status_of
        self._recorder = Recorder(session)
        self._authors: dict[str, Rights] = {}

    def run(self, envelope: Envelope) -> Outcome:
        """Do the command and keep its effect, or undo it and say why. Raises ``DBAPIError`` to be run or sent again."""
        waits = self._waits_for(envelope)
        if waits is not None:
            return Outcome(envelope, waits, Touched())
        try:
            with self._session.begin_nested():
                return self._apply(envelope)
        except registry.UnsupportedError as error:
            return self._refused(envelope, error, "unsupported")
        except OpsError as error:
            return self._refused(envelope, error, "rejected")
        except Exception as error:
            if isinstance(error, DBAPIError) and is_of_moment(error):
                raise
            logger.exception("command %s (%s) failed", envelope.command_id, envelope.kind)
            return self._refused(envelope, OpsError("server_fault"), "rejected")

    def _waits_for(self, envelope: Envelope) -> Result | None:
        """The result of a command that hangs on one without effect."""
        for command_id in envelope.depends_on:
            status = self._status_of(command_id)
            if status in REFUSED:
                return Result(command_id=envelope.command_id, status="blocked", by=command_id)
            if status == "unsupported":
                return Result(command_id=envelope.command_id, status="unsupported", by=command_id)
        return None

    def _apply(self, envelope: Envelope) -> Outcome:
        rights = self._rights_of_author(envelope.user_id)
        command = registry.parse(envelope.kind, envelope.version, envelope.body)
        _check_scope(command.streams(self._session), envelope)
        command.authorize(self._session, rights)
        check_fields(self._session, command, envelope)
        times = applied_context(envelope, command.happened(), self._console, self._at)
        context = self._context(envelope, times)
        counts = command.counts(self._session) if isinstance(command, ImportRows) else {}
        command.apply(self._session, context)
        self._session.flush()
        touched = self._recorder.take()
        _check_scope(touched.streams, envelope)
        renumbered = settle_numbers(self._session, touched, context)
        touched.merge(self._recorder.take())
        self._console.last_recorded_at = times.recorded_at
        result = Result(
            command_id=envelope.command_id, status="accepted", context=times, renumbered=renumbered, counts=counts
        )
        return Outcome(envelope, result, touched)

    def _rights_of_author(self, user_id: str) -> Rights:
        """What the author may do now; only who has signed in online at this console may be one."""
        if user_id not in self._authors:
            if self._session.get(ConsoleUser, (self._console.id, user_id)) is None:
                raise ForbiddenError("author_not_known_here")
            if not self._session.get_one(Account, user_id).is_active:
                raise ForbiddenError("account_disabled")
            self._authors[user_id] = rights_of(self._session, user_id)
        return self._authors[user_id]

    def _context(self, envelope: Envelope, times: AppliedContext) -> Context:
        return Context(
            command_id=envelope.command_id,
            actor=None if envelope.user_id == AUTOMATION_USER else envelope.user_id,
            happened_at=times.happened_at,
            recorded_at=times.recorded_at,
            is_offline=envelope.offline,
            origin=self._console.number_prefix or SERVER_DESK,
        )

    def _refused(self, envelope: Envelope, error: OpsError, status: Literal["rejected", "unsupported"]) -> Outcome:
        self._recorder.take()  # what was undone is not news
        refusal = Refusal(
            code=error.code,
            params=error.params,
            is_conflict=self._is_conflict(envelope, error),
            resolve=_remedies(error),
        )
        return Outcome(envelope, Result(command_id=envelope.command_id, status=status, error=refusal), Touched())

    def _is_conflict(self, envelope: Envelope, error: OpsError) -> bool:
        """Whether somebody else was first: the rule speaks of it, or it broke on a row that moved meanwhile."""
        if isinstance(error, ConflictError):
            return True
        is_rule = isinstance(error, RefusedError) and not isinstance(error, ForbiddenError)
        return is_rule and has_moved(self._session, envelope)


def _check_scope(streams: Iterable[str], envelope: Envelope) -> None:
    """Only the streams that the envelope names are locked: a rule read in another one may be stale already."""
    if not set(streams) <= set(envelope.stream_ids):
        raise ConflictError("scope_mismatch")


def _remedies(error: OpsError) -> tuple[Remedy, ...]:
    if isinstance(error, InvalidError):
        return _NO_RETRY
    if isinstance(error, RefusedError) and not isinstance(error, ForbiddenError):
        return _ALL
    return _NO_EDIT
