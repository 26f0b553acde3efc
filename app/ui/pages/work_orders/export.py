"""Writes the visible list to a file: its columns, in their order, with whole texts and real dates."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.store.queries.queue import QueueRow, queue_rows
from app.store.store import Store
from app.ui.models.columns import Column
from app.ui.tasks import Progress

Value = str | int | float | date | None
CHUNK = 500
WHOLE_TEXT = 16_000


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of the file."""

    title: str
    value: Callable[[QueueRow], Value]


def export_columns(shown: Sequence[Column[QueueRow]]) -> list[ExportColumn]:
    """The visible columns as they stand in a file: a moment is one, and the time left has its due time beside it."""
    found: list[ExportColumn] = []
    for column in shown:
        if column.key == "check":
            continue
        if column.key == "left":
            title = QCoreApplication.translate("QueueExport", "Due")
            found.append(ExportColumn(title, _due))
        found.append(ExportColumn(column.title(), _PLAIN.get(column.key, column.text)))
    return found


def _number(row: QueueRow) -> Value:
    return row.source_number or row.number


def _text(row: QueueRow) -> Value:
    return row.text


def _reported(row: QueueRow) -> Value:
    return row.reported_at


def _due(row: QueueRow) -> Value:
    return row.due_at


_PLAIN: dict[str, Callable[[QueueRow], Value]] = {"number": _number, "text": _text, "reported": _reported}


def write_list(
    progress: Progress, store: Store, path: Path, ids: Sequence[str], columns: Sequence[ExportColumn], zone: str
) -> Path:
    """Write the orders ``ids`` to ``path``, as CSV if it ends so; raises an ``OpsError`` and leaves no half file."""

    def rows() -> Iterator[list[Value]]:
        for start in range(0, len(ids), CHUNK):
            progress.report(start, len(ids))
            with store.reading() as session:
                found = queue_rows(session, ids[start : start + CHUNK], WHOLE_TEXT)
            for row in found:
                yield [column.value(row) for column in columns]

    _writer_of(path)(path, [column.title for column in columns], rows(), timezone=zone)
    return path


def _writer_of(path: Path) -> Callable[..., None]:
    from app.exchange import writers  # noqa: PLC0415  # docs/decisions: heavy libraries

    return writers.write_csv if path.suffix.lower() == ".csv" else writers.write_xlsx


def file_name(title: str, now: datetime) -> str:
    """A name for the file, with the day: no sign in it that a file system refuses."""
    plain = "".join("-" if sign in '/\\:*?"<>|' or ord(sign) < 32 else sign for sign in title).strip(". ") or "list"
    return f"{plain} {now:%Y-%m-%d}.xlsx"
