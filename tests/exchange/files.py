"""Makes files to read: tables as text, in workbooks, and workbooks that lie."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl

from app.exchange.mapping import parse_mapping
from app.exchange.records import Record, read_records
from app.exchange.rows import Rejection, Row
from app.exchange.tables import TableForm, open_table

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)

ORDERS = """
kind = "orders"
source = "old-desk"
key = "no"
[fields]
description = "what"
reported_at = "at"
state = { column = "state", values = { "open" = "reported", "done" = "closed", "double" = "cancelled" } }
closed_at = "end"
"""


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def workbook(path: Path, rows: Sequence[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def changed(path: Path, parts: Mapping[str, tuple[bytes, bytes]]) -> Path:
    """A workbook with something replaced in some of its parts."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    for name, (old, new) in parts.items():
        assert old in contents[name]
        contents[name] = contents[name].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def rows_of(path: Path, form: TableForm | None = None) -> list[Row | Rejection]:
    with open_table(path, form) as table:
        return list(table)


def cells_of(path: Path, form: TableForm | None = None) -> list[tuple[object, ...]]:
    """The cells of every row; a row that is rejected is its code."""
    return [row.cells if isinstance(row, Row) else (row.code,) for row in rows_of(path, form)]


def read(
    path: Path, mapping: str, *, shift_hours: float | None = None, timezone: str = "Asia/Shanghai"
) -> list[Record | Rejection]:
    parsed = parse_mapping(mapping)
    with open_table(path, parsed.file) as table:
        return list(read_records(table, parsed, timezone=timezone, now=NOW, shift_hours=shift_hours))


def faults(found: Sequence[Record | Rejection]) -> list[tuple[int, str, str]]:
    return [(r.line, r.column, r.code) for r in found if isinstance(r, Rejection)]
