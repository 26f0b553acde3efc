"""A server of a hundred lines: applies commands in order, numbers rows and streams, answers as the protocol says."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from app.commands.command import Command, Context
from app.commands.registry import parse
from app.db.base import Base
from app.db.ownership import CLASS_OF
from app.domain.errors import OpsError
from app.domain.ids import COMPANY_STREAM, stream_id
from app.protocol import (
    Envelope,
    PullReply,
    Refusal,
    Result,
    Scope,
    SnapshotReply,
    StreamPage,
    StreamScope,
    TablePage,
)
from tests.factories import NOON, a_context, fill
from tests.gathering import gather_changes

Rows = dict[tuple[str, str], dict[str, Any]]


def a_scope(*sites: str, version: int = 1, role: str = "clerk") -> Scope:
    """What somebody may read who holds a role at these sites."""
    streams = [StreamScope(stream_id=COMPANY_STREAM, site_id=None, stream_class="company")]
    for site in sites:
        for stream_class in ("work", "people"):
            stream = stream_id(site, stream_class)
            streams.append(StreamScope(stream_id=stream, site_id=site, stream_class=stream_class))
    return Scope(version=version, streams=tuple(streams), roles=dict.fromkeys(sites, (role,)))


class LittleServer:
    """Holds the small world; what it did is known row for row."""

    def __init__(self) -> None:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        Base.metadata.create_all(engine)
        self._session = Session(engine)
        self._seqs: dict[str, int] = {}
        self._log: dict[tuple[str, str, str], tuple[int, bool]] = {}
        self._handled: dict[str, Result] = {}
        self.refuse: set[str] = set()
        """Kinds that it refuses for no reason."""
        changes = gather_changes(self._session)
        fill(self._session)
        self._number(changes.rows)
        self._session.commit()

    def close(self) -> None:
        """Forget everything."""
        self._session.close()
        self._session.get_bind().dispose()  # type: ignore[union-attr]

    def do(self, command: Command, context: Context | None = None) -> None:
        """Somebody else does this; rules hold, rights do not."""
        self._apply(command, context or a_context(command.happened() or NOON))

    def push(self, batch: Iterable[Envelope]) -> list[Result]:
        """Take a console's commands."""
        return [self._handled.get(envelope.command_id) or self._handle(envelope) for envelope in batch]

    def pull(self, cursor: Mapping[str, int]) -> PullReply:
        """All that changed since the cursors."""
        tables: dict[str, list[str]] = {}
        removed: dict[str, list[tuple[str, str, int]]] = {}
        for (stream, table, row_id), (seq, is_gone) in sorted(self._log.items()):
            if seq > cursor.get(stream, seq):
                if is_gone:
                    removed.setdefault(table, []).append((row_id, stream, 1_000_000))
                else:
                    tables.setdefault(table, []).append(row_id)
        return PullReply(
            server_time=NOON,
            epoch=1,
            streams={stream: StreamPage(next=self._seqs.get(stream, 0), head=0) for stream in cursor},
            tables={table: self._page(table, row_ids) for table, row_ids in tables.items()},
            removed={table: tuple(gone) for table, gone in removed.items()},
        )

    def snapshot(self, stream: str, table: str, after: str | None, limit: int = 2) -> SnapshotReply:
        """A page of a first fetch, in the order of ids."""
        model = Base.metadata.tables[table]
        query = select(model.c.id).where(model.c.stream_id == stream, model.c.id > (after or "")).order_by(model.c.id)
        row_ids = list(self._session.scalars(query.limit(limit + 1)))
        return SnapshotReply(
            server_time=NOON,
            epoch=1,
            stream_id=stream,
            head=self._seqs.get(stream, 0),
            table=table,
            page=self._page(table, row_ids[:limit]),
            after=row_ids[limit - 1] if len(row_ids) > limit else None,
        )

    def rows(self, streams: Sequence[str] | None = None) -> Rows:
        """Every row it holds, of these streams."""
        return rows_of(self._session, streams)

    def _handle(self, envelope: Envelope) -> Result:
        blocker = next((one for one in envelope.depends_on if self._status(one) in ("rejected", "blocked")), None)
        if blocker:
            result = Result(command_id=envelope.command_id, status="blocked", by=blocker)
        else:
            result = self._judge(envelope)
        self._handled[envelope.command_id] = result
        return result

    def _judge(self, envelope: Envelope) -> Result:
        if envelope.kind in self.refuse:
            return Result(command_id=envelope.command_id, status="rejected", error=Refusal(code="server_fault"))
        command = parse(envelope.kind, envelope.version, envelope.body)
        recorded_at = envelope.made_at + timedelta(milliseconds=envelope.clock_offset_ms)
        context = Context(
            command_id=envelope.command_id,
            actor=envelope.user_id,
            happened_at=command.happened() or recorded_at,
            recorded_at=recorded_at,
            is_offline=envelope.offline,
            origin="07",
        )
        try:
            return Result(command_id=envelope.command_id, status="accepted", seqs=self._apply(command, context))
        except OpsError as error:
            refusal = Refusal(code=error.code, params=error.params)
            return Result(command_id=envelope.command_id, status="rejected", error=refusal)

    def _status(self, command_id: str) -> str | None:
        return self._handled[command_id].status if command_id in self._handled else None

    def _apply(self, command: Command, context: Context) -> dict[str, int]:
        with self._session.begin_nested():
            changes = gather_changes(self._session)
            before = {
                (table, row.id): row.stream_id for table in CLASS_OF for row in self._session.scalars(_all(table))
            }
            command.apply(self._session, context)
            self._session.flush()
        seqs = self._number(changes.rows, before)
        self._session.commit()
        return seqs

    def _number(
        self, changed: Mapping[str, set[str]], before: Mapping[tuple[str, str], str] | None = None
    ) -> dict[str, int]:
        """Give each changed row a version and a place in its stream."""
        touched: dict[str, int] = {}
        for table, row_ids in sorted(changed.items()):
            model = Base.metadata.tables[table]
            for row_id in sorted(row_ids):
                was = (before or {}).get((table, row_id))
                now = self._session.scalar(select(model.c.stream_id).where(model.c.id == row_id))
                if was and was != now:
                    touched[was] = self._next(was)
                    self._log[was, table, row_id] = (touched[was], True)
                if now:
                    touched[now] = self._next(now)
                    self._log[now, table, row_id] = (touched[now], False)
                    values = {"version": model.c.version + 1, "seq": touched[now]}
                    self._session.execute(model.update().where(model.c.id == row_id).values(values))
        self._session.expire_all()
        return touched

    def _next(self, stream: str) -> int:
        self._seqs[stream] = self._seqs.get(stream, 0) + 1
        return self._seqs[stream]

    def _page(self, table: str, row_ids: Sequence[str]) -> TablePage:
        columns = tuple(column.name for column in Base.metadata.tables[table].columns)
        marks = ", ".join("?" * len(row_ids))
        query = f"SELECT {', '.join(columns)} FROM {table} WHERE id IN ({marks})"
        rows = self._session.connection().exec_driver_sql(query, tuple(row_ids)).all()
        return TablePage(columns=columns, rows=tuple(tuple(row) for row in rows))


def _all(table: str) -> Any:
    return select(next(mapper for mapper in Base.registry.mappers if mapper.local_table.name == table).class_)  # type: ignore[attr-defined]


def rows_of(session: Session, streams: Sequence[str] | None = None) -> Rows:
    """Every synced row as the database holds it, without what only the driver knows."""
    found: Rows = {}
    for table in CLASS_OF:
        columns = [column.name for column in Base.metadata.tables[table].columns]
        rows = session.connection().exec_driver_sql(f"SELECT {', '.join(columns)} FROM {table}")
        for values in rows:
            row = dict(zip(columns, values, strict=True))
            if streams is None or row["stream_id"] in streams:
                found[table, row["id"]] = row
    return found
