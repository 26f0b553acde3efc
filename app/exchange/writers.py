"""Writes a list to a file of Excel or CSV: real dates and numbers, nothing that runs, whole or not at all."""

import csv
import errno
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.domain.errors import InvalidError, NotFoundError, OpsError, StorageError

Value = str | int | float | date | None
"""What a cell of a list holds; a ``datetime`` is aware, and written in the local time of the site."""

ROW_LIMIT = 1_048_575
"""Rows of a sheet below its header (Excel's own limit)."""
TEXT_LIMIT = 32_767
"""Characters of a cell (Excel's own limit)."""

_WIDTHS = (8, 60)
_MEASURED_ROWS = 1000
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIRST_DAY = date(1900, 3, 1)
"""From here on Excel's count of days is right; it believes in a 29 February 1900."""
_FIRST_MOMENT = datetime(1900, 3, 2, tzinfo=UTC)


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Value]], *, timezone: str) -> None:
    """Write ``rows`` under frozen, filtered headers, in constant memory; raises an ``OpsError`` and leaves no file.

    An existing file is replaced only by a whole one.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with _whole_file(path) as unfinished:
        book = xlsxwriter.Workbook(unfinished, options | {"tmpdir": str(unfinished.parent)})
        sheet = book.add_worksheet()
        try:
            writer = _SheetWriter(sheet, book, columns, ZoneInfo(timezone))
            for row in rows:
                writer.write(row)
            writer.finish()
            book.close()
        finally:
            with suppress(OSError):
                sheet.row_data_fh.close()  # the library closes its rows only when all went well


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Value]], *, timezone: str) -> None:
    """Write ``rows`` as UTF-8 with the mark by which Excel knows it; raises an ``OpsError`` and leaves no file.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    zone = ZoneInfo(timezone)
    with _whole_file(path) as unfinished, unfinished.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_harmless(title) for title in columns])
        writer.writerows([_csv_value(value, zone) for value in row] for row in rows)


class _SheetWriter:
    """Fills one sheet from the top down and measures its columns on the way."""

    def __init__(self, sheet: Worksheet, book: xlsxwriter.Workbook, columns: Sequence[str], zone: ZoneInfo) -> None:
        self._sheet = sheet
        self._zone = zone
        self._moment: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self._widths = [_WIDTHS[0]] * len(columns)
        self._row = 0
        for column, title in enumerate(columns):
            self._text(column, title, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)

    def write(self, row: Sequence[Value]) -> None:
        self._row += 1
        if self._row > ROW_LIMIT:
            raise InvalidError("export_too_many_rows", limit=ROW_LIMIT)
        for column, value in enumerate(row):
            match value:
                case None | "":
                    pass
                case int() | float() if abs(value) < 1e15:
                    self._sheet.write_number(self._row, column, value)
                case date() if value >= (_FIRST_MOMENT if isinstance(value, datetime) else _FIRST_DAY):
                    self._date(column, value)
                case _:
                    self._text(column, _text(value, self._zone))

    def finish(self) -> None:
        """Set what depends on all rows."""
        self._sheet.autofilter(0, 0, self._row, len(self._widths) - 1)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width + 2)

    def _date(self, column: int, value: date) -> None:
        local = value.astimezone(self._zone).replace(tzinfo=None) if isinstance(value, datetime) else value
        form = self._moment if isinstance(value, datetime) else self._day
        self._widths[column] = max(self._widths[column], 16 if isinstance(value, datetime) else 10)
        self._sheet.write_datetime(self._row, column, local, form)

    def _text(self, column: int, text: str, form: Format | None = None) -> None:
        if len(text) > TEXT_LIMIT:
            raise InvalidError("export_text_too_long", limit=TEXT_LIMIT)
        if self._row <= _MEASURED_ROWS:
            self._widths[column] = max(self._widths[column], _width(text))
        self._sheet.write_string(self._row, column, _NOT_IN_XML.sub("", text), form)


@contextmanager
def _whole_file(path: Path) -> Iterator[Path]:
    """Lend a file in a folder of its own beside ``path``; it takes the place of ``path`` when all went well."""
    try:
        with tempfile.TemporaryDirectory(prefix=".export-", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            yield unfinished
            unfinished.replace(path)
    except XlsxWriterException as error:
        cause = error.args[0] if error.args else error
        raise _said(path, cause if isinstance(cause, OSError) else OSError(str(cause))) from error
    except OSError as error:
        raise _said(path, error) from error


def _said(path: Path, error: OSError) -> OpsError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return StorageError("export_disk_full", file=str(path))
    if isinstance(error, PermissionError):
        return StorageError("export_not_allowed", file=str(path))
    if not path.parent.is_dir():
        return NotFoundError("export_folder_missing", folder=str(path.parent))
    return StorageError("export_failed", file=str(path), detail=error.strerror or str(error))


def _text(value: Value, zone: ZoneInfo) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        case _:
            return str(value)


def _csv_value(value: Value, zone: ZoneInfo) -> str:
    return _harmless(value) if isinstance(value, str) else _text(value, zone)


def _harmless(text: str) -> str:
    """The text, with an apostrophe where a spreadsheet would take it for a formula."""
    plain = _NOT_IN_XML.sub("", text)
    return f"'{plain}" if plain.startswith(_OPENS_FORMULA) else plain


def _width(text: str) -> int:
    """How many figures wide a text is, by its longest line, up to the widest column."""
    lines = text[: _WIDTHS[1] * 20].splitlines() or [""]
    widths = (sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line[: _WIDTHS[1]]) for line in lines)
    return min(max(widths), _WIDTHS[1])
