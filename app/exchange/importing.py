"""Imports a file: reads its rows, sends them to the server in commands of bounded size, reports every row not taken."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.commands.imported_rows import CategoryRow, OrderRow, PlaceRow, ResidentRow
from app.commands.imports import ROW_LIMIT, ImportRows
from app.domain.errors import RefusedError
from app.exchange.mapping import FileMapping
from app.exchange.records import Record, read_records
from app.exchange.rows import Rejection
from app.exchange.tables import open_table
from app.protocol import Refusal, Result

_BYTES = ImportRows.size_limit - 4_096
"""What the rows of one command may take; the rest of its body is small."""
_OF_ALL_ROWS = frozenset({"no_right", "site_not_visible", "scope_mismatch", "account_disabled"})
"""Refusals that say nothing of a row: the next command would fare the same."""

Send = Callable[[ImportRows], Result]
"""Hands a command to the server and returns what became of it."""


class Target(NamedTuple):
    """Where the rows go."""

    site_id: str
    timezone: str
    """Of the times in the file, if the mapping names none."""
    is_creating_places: bool = False
    """Make buildings, units and places that nobody has entered yet."""


@dataclass(slots=True)
class ImportReport:
    """What became of the rows so far."""

    share_read: float = 0.0
    """How much of the file has been read, 0 to 1."""
    added: int = 0
    kept: int = 0
    """Rows that were there already and were left as they are."""
    checked: int = 0
    """Rows that could be taken, when nothing is sent."""
    rejected: Counter[str] = field(default_factory=Counter)
    """Reason → rows."""
    is_cancelled: bool = False

    @property
    def rows(self) -> int:
        """All rows that were dealt with."""
        return self.added + self.kept + self.checked + self.rejected.total()


@dataclass(frozen=True, slots=True)
class Watch:
    """Who follows an import: is told of every row not taken and of every step, and may end it between two commands."""

    on_rejection: Callable[[Rejection], None] = lambda _rejection: None
    on_progress: Callable[[ImportReport], None] = lambda _report: None
    is_cancelled: Callable[[], bool] = lambda: False


def import_file(
    path: Path,
    mapping: FileMapping,
    target: Target,
    send: Send | None,
    *,
    now: datetime,
    shift_hours: float | None = None,
    watch: Watch | None = None,
) -> ImportReport:
    """Import every row of a file that can be taken; with ``send`` = ``None`` only look whether it can.

    Ids follow from the mapping's ``source`` and the row's key, so that a second run adds nothing. Memory holds one
    command's rows and the keys of the file. Raises an ``OpsError`` when the file cannot be read (on), the server is
    out of reach for good, or it refuses the importer rather than a row.
    """
    return _Import(mapping, target, send, watch or Watch()).run(path, now, shift_hours)


class _Import:
    """One run over one file."""

    def __init__(self, mapping: FileMapping, target: Target, send: Send | None, watch: Watch) -> None:
        self._mapping = mapping
        self._target = target
        self._send = send
        self._watch = watch
        self._report = ImportReport()

    def run(self, path: Path, now: datetime, shift_hours: float | None) -> ImportReport:
        with open_table(path, self._mapping.file) as table:
            found = read_records(table, self._mapping, timezone=self._target.timezone, now=now, shift_hours=shift_hours)
            for batch in _batches(self._taken(found)):
                if self._watch.is_cancelled():
                    self._report.is_cancelled = True
                    break
                self._deliver(batch)
                self._report.share_read = table.share_read
                self._watch.on_progress(self._report)
        return self._report

    def _taken(self, found: Iterator[Record | Rejection]) -> Iterator[Record]:
        for record in found:
            if isinstance(record, Rejection):
                self._reject(record)
            else:
                yield record

    def _reject(self, rejection: Rejection) -> None:
        self._report.rejected[rejection.code] += 1
        self._watch.on_rejection(rejection)

    def _deliver(self, batch: Sequence[Record]) -> None:
        """Send rows; of those that the server refuses together, find the ones it means."""
        if self._send is None:
            self._report.checked += len(batch)
            return
        result = self._send(self._command(batch))
        if result.status == "accepted":
            self._report.added += result.counts.get("added", 0)
            self._report.kept += result.counts.get("kept", 0)
            return
        refusal = result.error or Refusal(code="server_fault")
        if refusal.code in _OF_ALL_ROWS or result.status != "rejected":
            raise RefusedError(refusal.code, **refusal.params)
        if len(batch) == 1:
            record = batch[0]
            self._reject(Rejection(record.line, "", refusal.code, refusal.params, record.row.key))
            return
        middle = len(batch) // 2
        self._deliver(batch[:middle])
        self._deliver(batch[middle:])

    def _command(self, batch: Sequence[Record]) -> ImportRows:
        rows = tuple(record.row for record in batch)
        return ImportRows(
            source=self._mapping.source,
            site_id=self._target.site_id,
            is_creating_places=self._target.is_creating_places,
            orders=tuple(row for row in rows if isinstance(row, OrderRow)),
            residents=tuple(row for row in rows if isinstance(row, ResidentRow)),
            places=tuple(row for row in rows if isinstance(row, PlaceRow)),
            categories=tuple(row for row in rows if isinstance(row, CategoryRow)),
        )


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    """The records in order, as many together as one command may carry."""
    batch: list[Record] = []
    size = 0
    for record in records:
        bytes_more = len(record.row.model_dump_json().encode()) + 1
        if batch and (len(batch) == ROW_LIMIT or size + bytes_more > _BYTES):
            yield batch
            batch, size = [], 0
        batch.append(record)
        size += bytes_more
    if batch:
        yield batch
