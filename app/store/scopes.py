"""What this PC follows: the streams its people may read, how far each is read, and what goes when a right goes."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from app.db.base import Base
from app.db.ownership import CLASS_OF, FETCH_ORDER, tables_of
from app.domain.changes import Changes
from app.protocol import Scope, SnapshotReply
from app.store import search
from app.store.outbox import REFUSED, WAITING
from app.store.tables import BaseRow, Cursor, Fetch, LocalUser, MadeRow, MetRow, Outbox

_CLASSES = tuple(dict.fromkeys(CLASS_OF[table] for table in FETCH_ORDER))
_SYNCED = tuple(Base.metadata.tables[name] for name in CLASS_OF)
_FOLLOWED = (Cursor, Fetch, MetRow)
"""What is noted of a stream beside its rows."""
_NO_RIGHT = {"right": {"zh": "查看该项目", "en": "see this site"}}


class NextFetch(NamedTuple):
    """What to ask the server for next in a first fetch."""

    stream_id: str
    table: str
    after: str | None


def cursors(session: Session) -> dict[str, int]:
    """Stream → how far it has been read; only of streams that have been fetched whole."""
    return dict(session.execute(select(Cursor.stream_id, Cursor.seq)).all())


def next_fetches(session: Session) -> list[NextFetch]:
    """The first fetches under way: table after table, so that all orders of all sites come before their lines."""
    rows = session.scalars(select(Fetch)).all()
    ordered = sorted(rows, key=lambda row: (FETCH_ORDER.index(row.table_name), row.stream_id))
    return [NextFetch(row.stream_id, row.table_name, row.after) for row in ordered]


def take_scope(session: Session, user_id: str, scope: Scope) -> set[str]:
    """Note what a person may read and do; begin fetches; returns the streams nobody here may read any more."""
    user = session.get_one(LocalUser, user_id)
    user.roles = {site: list(roles) for site, roles in scope.roles.items()}
    user.streams = [stream.model_dump() for stream in scope.streams]
    user.scope_version = scope.version
    session.flush()
    classes = {
        stream["stream_id"]: stream["stream_class"]
        for streams in session.scalars(select(LocalUser.streams))
        for stream in streams
        if stream["stream_class"] in _CLASSES
    }
    followed = {*session.scalars(select(Cursor.stream_id)), *session.scalars(select(Fetch.stream_id))}
    for stream_id in sorted(classes.keys() - followed):
        _begin(session, stream_id, classes[stream_id], is_again=False)
    session.flush()
    return followed - classes.keys()


def fetch_again(session: Session, stream_id: str) -> None:
    """Begin to fetch a stream anew, keeping its rows until it is known which have gone."""
    session.delete(session.get_one(Cursor, stream_id))
    _begin(session, stream_id, _class_of(session, stream_id), is_again=True)
    session.flush()


def _class_of(session: Session, stream_id: str) -> str:
    streams = (stream for user in session.scalars(select(LocalUser)) for stream in user.streams)
    return next(str(stream["stream_class"]) for stream in streams if stream["stream_id"] == stream_id)


def _begin(session: Session, stream_id: str, stream_class: str, *, is_again: bool) -> None:
    first = tables_of(stream_class)[0].name
    session.add(Fetch(stream_id=stream_id, stream_class=stream_class, table_name=first, is_again=int(is_again)))


def is_awaited(session: Session, reply: SnapshotReply) -> bool:
    """Whether a page is of the table that is being fetched; one of a stream given up meanwhile is not."""
    fetch = session.get(Fetch, reply.stream_id)
    return fetch is not None and fetch.table_name == reply.table


def note_page(session: Session, reply: SnapshotReply, row_ids: Collection[str]) -> dict[str, list[str]]:
    """Note how far a first fetch has come; returns rows, by table, that a fetch made anew did not meet."""
    fetch = session.get_one(Fetch, reply.stream_id)
    fetch.head = reply.head if fetch.head is None else fetch.head
    fetch.after = reply.after
    gone: dict[str, list[str]] = {}
    if fetch.is_again:
        _meet(session, fetch, row_ids)
        if reply.after is None:
            gone[fetch.table_name] = _not_met(session, fetch)
    if reply.after is None:
        _next_table(session, fetch)
    session.flush()
    return gone


def _meet(session: Session, fetch: Fetch, row_ids: Collection[str]) -> None:
    values = [(fetch.stream_id, fetch.table_name, row_id) for row_id in row_ids]
    if values:
        statement = "INSERT OR IGNORE INTO met_row (stream_id, table_name, row_id) VALUES (?, ?, ?)"
        session.connection().exec_driver_sql(statement, values)


def _not_met(session: Session, fetch: Fetch) -> list[str]:
    found = session.connection().exec_driver_sql(
        f"SELECT id FROM {fetch.table_name} WHERE stream_id = ? AND id NOT IN "  # noqa: S608  # a table of ours
        "(SELECT row_id FROM met_row WHERE stream_id = ? AND table_name = ?)",
        (fetch.stream_id, fetch.stream_id, fetch.table_name),
    )
    return list(found.scalars())


def _next_table(session: Session, fetch: Fetch) -> None:
    names = [table.name for table in tables_of(fetch.stream_class)]
    rest = names[names.index(fetch.table_name) + 1 :]
    if rest:
        fetch.table_name = rest[0]
        return
    session.add(Cursor(stream_id=fetch.stream_id, seq=fetch.head))
    session.execute(delete(MetRow).where(MetRow.stream_id == fetch.stream_id))
    session.delete(fetch)


def wipe_streams(session: Session, streams: Collection[str], changes: Changes) -> None:
    """Delete beyond recovery all that this PC holds of streams nobody here may read any more.

    Their commands are kept as refused. The base rows must have been restored before.
    """
    with _beyond_recovery(session) as connection:
        for stream_id in streams:
            for table in _SYNCED:
                connection.execute(delete(table).where(table.c.stream_id == stream_id))
            for local in _FOLLOWED:
                connection.execute(delete(local).where(local.stream_id == stream_id))
        search.forget_streams(connection, streams)
    changes.everything = True


def wipe(session: Session, changes: Changes) -> None:
    """Delete beyond recovery all that came from the server, and who may sign in: the PC was revoked.

    What only it has stays: commands that wait or came back, drafts, saved filters.
    """
    with _beyond_recovery(session) as connection:
        for table in _SYNCED:
            connection.execute(delete(table))
        for local in (*_FOLLOWED, BaseRow, LocalUser):
            connection.execute(delete(local))
        connection.execute(delete(Outbox).where(Outbox.status.not_in((*WAITING, *REFUSED))))
        connection.execute(delete(MadeRow).where(MadeRow.command_id.not_in(select(Outbox.command_id))))
        search.forget_all(connection)
    changes.everything = True


@contextmanager
def _beyond_recovery(session: Session) -> Iterator[Connection]:
    """What is deleted here is overwritten."""
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    try:
        yield connection
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = FAST")


def refusals(rows: Collection[Outbox], streams: Collection[str]) -> Iterator[Outbox]:
    """Refuse the commands not yet answered that name any of these streams."""
    for row in rows:
        if row.status in WAITING and not set(streams).isdisjoint(row.stream_ids):
            row.status = "rejected"
            row.error = {"code": "no_right", "params": _NO_RIGHT, "is_conflict": False, "resolve": ["discard"]}
            yield row


def seen(row: Outbox, at: Mapping[str, int], fetching: Collection[str]) -> bool:
    """Whether the cache holds all that an accepted command did, as far as this PC follows it."""
    return all(
        stream_id not in fetching and at.get(stream_id, seq) >= seq for stream_id, seq in (row.seqs or {}).items()
    )
