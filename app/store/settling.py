"""Settling what the server said with what is still pending here, in one transaction.

Base rows are put back, the server's rows written over them, and every command that the cache has not yet seen
the effect of is applied again on top, in the order in which they were given.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.commands import registry
from app.db.base import Base
from app.db.ownership import CLASS_OF
from app.domain.changes import Changes
from app.domain.clock import to_micros
from app.domain.errors import InvalidError, OpsError
from app.protocol import PullReply, Result, Scope, SnapshotReply, TablePage
from app.store import base_rows, meta, rows
from app.store.applying import apply_command, context_of
from app.store.failures import is_about_storage
from app.store.outbox import TAKEN, WAITING
from app.store.rows import Key
from app.store.scopes import cursors, fetch_again, is_awaited, note_page, refusals, seen, take_scope, wipe_streams
from app.store.tables import Cursor, Fetch, MadeRow, Outbox

logger = logging.getLogger(__name__)

_UNSETTLED = (*WAITING, *TAKEN)

Content = dict[Key, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class News:
    """What the server said: any of these at once."""

    results: Sequence[Result] = ()
    pull: PullReply | None = None
    snapshot: SnapshotReply | None = None
    user_id: str | None = None
    """Whose scope it is, where a scope comes with it."""
    scope: Scope | None = None

    def tables(self) -> Mapping[str, TablePage]:
        """The rows that came, of tables that this program knows."""
        pages = dict(self.pull.tables) if self.pull else {}
        if self.snapshot:
            pages[self.snapshot.table] = self.snapshot.page
        return {name: page for name, page in pages.items() if name in CLASS_OF and page.rows}

    def removed(self) -> Mapping[str, Sequence[tuple[str, str, int]]]:
        """Rows that went: table → ``(id, stream_id, version)``."""
        removed = self.pull.removed if self.pull else {}
        return {name: gone for name, gone in removed.items() if name in CLASS_OF and gone}


def settle(session: Session, changes: Changes, news: News, now: datetime) -> None:
    """Take in what the server said. Raises ``InvalidError`` for what no table can hold."""
    if news.snapshot is not None and not is_awaited(session, news.snapshot):
        return
    is_pull = news.pull is not None or news.snapshot is not None
    try:
        _Settling(session, changes, now, is_pull=is_pull).run(news)
    except (OverflowError, UnicodeEncodeError) as error:  # a number of more than 64 bits, half a sign
        raise InvalidError("reply_not_understood", detail=str(error)) from error


class _Settling:
    """One settlement, in one transaction."""

    def __init__(self, session: Session, changes: Changes, now: datetime, *, is_pull: bool) -> None:
        self._is_pull = is_pull
        self._session = session
        self._connection = session.connection()
        self._changes = changes
        self._now = now
        self._desk = meta.desk(session)
        query = select(Outbox).where(Outbox.status.in_(_UNSETTLED)).order_by(Outbox.position)
        self._commands = {row.command_id: row for row in session.scalars(query)}
        self._was = {row.command_id: _look(row) for row in self._commands.values()}

    def run(self, news: News) -> None:
        """Do all three steps, or only take notes when no row can look different afterwards."""
        moved = self._take_results(news.results)
        revoked = self._take_scope(news)
        for stream_id, page in news.pull.streams.items() if news.pull else ():
            self._take_cursor(stream_id, page.next, is_reset=page.reset)
        if moved or revoked or news.tables() or news.removed() or news.snapshot or self._will_retire():
            self._rebase(news, revoked)
        changed = [row.command_id for row in self._commands.values() if _look(row) != self._was[row.command_id]]
        self._changes.add(Outbox.__tablename__, changed)

    def _rebase(self, news: News, revoked: Collection[str]) -> None:
        kept = base_rows.images(self._session)
        asked = set(kept) | (set() if news.snapshot else _keys(news))
        before = rows.contents(self._connection, asked)
        base_rows.restore(self._session, kept)
        self._write(news)
        if revoked:
            wipe_streams(self._session, revoked, self._changes)
            self._settle_all(refusals(self._commands.values(), revoked))
        self._retire()
        self._apply_again()
        self._compare(asked, before, kept)

    # ---- what the server said

    def _take_results(self, results: Iterable[Result]) -> bool:
        """Note what became of commands; tells if any row may look different for it."""
        moved = False
        for result in results:
            row = self._commands.get(result.command_id)
            if row is None:
                logger.info("a result of a command that is settled already: %s", result.command_id)
                continue
            moved |= self._take_result(row, result)
        self._session.flush()
        return moved

    def _take_result(self, row: Outbox, result: Result) -> bool:
        row.status = result.status
        row.by = result.by
        row.error = result.error.model_dump(mode="json") if result.error else None
        if result.status == "unsupported":
            row.sequence = None
            return False
        if result.status not in TAKEN:
            self._settle_all([row])
            return True
        row.seqs = dict(result.seqs)
        row.renumbered = result.renumbered
        narrowed = result.body is not None and result.body != row.body
        if result.body is not None:
            row.body = result.body
        if result.context is None:
            return narrowed
        was = self._times(row)
        row.context = {
            "happened_at": to_micros(result.context.happened_at),
            "recorded_at": to_micros(result.context.recorded_at),
        }
        return narrowed or row.context != was

    def _times(self, row: Outbox) -> dict[str, int] | None:
        """The times it is applied with here."""
        try:
            command = registry.parse(row.kind, row.version, row.body)
        except OpsError:
            return None
        context = context_of(row, command, self._desk)
        return {"happened_at": to_micros(context.happened_at), "recorded_at": to_micros(context.recorded_at)}

    def _take_scope(self, news: News) -> set[str]:
        scope = news.scope or (news.pull.scope if news.pull else None)
        if scope is None or news.user_id is None:
            return set()
        return take_scope(self._session, news.user_id, scope)

    def _take_cursor(self, stream_id: str, seq: int, *, is_reset: bool) -> None:
        row = self._session.get(Cursor, stream_id)
        if row is None:
            return
        if is_reset:
            fetch_again(self._session, stream_id)
        else:
            row.seq = seq

    def _write(self, news: News) -> None:
        for name, page in news.tables().items():
            rows.put_newer(self._connection, Base.metadata.tables[name], page.columns, page.rows)
        for name, gone in news.removed().items():
            self._connection.exec_driver_sql(
                f"DELETE FROM {name} WHERE id = ? AND stream_id = ? AND version <= ?",  # noqa: S608  # a table of ours
                [tuple(row) for row in gone],
            )
        if news.snapshot:
            met = [row_id for _, row_id in _keys(news)]
            self._changes.everything = True
            self._changes.add(news.snapshot.table, met)
            for name, row_ids in note_page(self._session, news.snapshot, met).items():
                rows.delete(self._connection, name, row_ids)
                self._changes.add(name, row_ids)

    # ---- what is pending here

    def _will_retire(self) -> bool:
        return bool(self._seen())

    def _retire(self) -> None:
        """Let go of accepted commands whose effect the cache holds as rows of the server."""
        done = self._seen()
        for row in done:
            row.status = "done"
        self._settle_all(done)

    def _seen(self) -> list[Outbox]:
        """Accepted commands whose effect has come back.

        One that had none, because somebody did the same before, waits for the pull that brings what they did.
        """
        at = cursors(self._session)
        fetching = set(self._session.scalars(select(Fetch.stream_id)))
        taken = [row for row in self._commands.values() if row.status in TAKEN]
        return [row for row in taken if (row.seqs or self._is_pull) and seen(row, at, fetching)]

    def _settle_all(self, settled: Iterable[Outbox]) -> None:
        """Note when, and that nothing depends on them any more."""
        ids = []
        for row in settled:
            row.settled_at = self._now
            row.is_unsure = 0
            ids.append(row.command_id)
        for chunk in rows.chunks(ids):
            self._session.execute(delete(MadeRow).where(MadeRow.command_id.in_(chunk)))

    def _apply_again(self) -> None:
        for row in self._commands.values():
            if row.status in _UNSETTLED:
                row.is_unsure = int(not self._applies(row))
        self._session.flush()

    def _applies(self, row: Outbox) -> bool:
        """Apply it on the rows as they are now; only the server refuses, so one that fails here just waits."""
        try:
            command = registry.parse(row.kind, row.version, row.body)
            applied = apply_command(self._session, command, context_of(row, command, self._desk))
        except (OpsError, IntegrityError) as error:
            logger.info("command %s cannot be applied here now: %s", row.command_id, error)
            return False
        except Exception as error:
            if is_about_storage(error):
                raise
            # A bug in one command must not keep all the others from being sent.
            logger.exception("command %s failed when applied again", row.command_id)
            return False
        row.inverse = applied.inverse
        return True

    def _compare(self, asked: set[Key], before: Content, kept: Mapping[Key, rows.Row | None]) -> None:
        """Note the rows that look different, or that are pending and were not, or the other way round."""
        now_kept = base_rows.images(self._session)
        for key in now_kept.keys() - asked:
            if (image := now_kept[key]) is not None:  # nobody wrote this row before the commands did
                before[key] = rows.shown(Base.metadata.tables[key[0]], image)
        keys = asked | now_kept.keys()
        after = rows.contents(self._connection, keys)
        for key in keys:
            if before.get(key) != after.get(key) or (key in kept) != (key in now_kept):
                self._changes.add(key[0], [key[1]])


def _look(row: Outbox) -> tuple[object, ...]:
    """What is shown of a command's fate."""
    return (row.status, row.is_unsure, row.renumbered, row.by)


def _keys(news: News) -> set[Key]:
    """The rows that a message speaks of."""
    keys = {(name, row_id) for name, page in news.tables().items() for row_id in rows.ids(page.columns, page.rows)}
    return keys | {(name, row_id) for name, gone in news.removed().items() for row_id, _, _ in gone}
