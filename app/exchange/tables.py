"""Opens a table of any kind that is understood, finds its header, and hands out its rows."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from typing_extensions import override

from app.domain.errors import InvalidError
from app.exchange.delimited import DelimitedFile
from app.exchange.encoding import BROKEN, file_faults
from app.exchange.rows import Cell, Rejection, Row, excerpt
from app.exchange.unpacking import UNPACKED_LIMIT
from app.exchange.workbooks import Sheet

CELL_LIMIT = 1_000_000
"""Characters of a cell; a row with a longer one is rejected and reading goes on behind it."""

_HEADER_WITHIN = 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def _known_encoding(name: str) -> str:
    try:
        b"a".decode(name)
    except LookupError as error:
        raise PydanticCustomError("mapping_encoding_unknown", "no such encoding", {"value": name}) from error
    return name


class TableForm(BaseModel):
    """What the reader cannot find out by itself, or finds out wrong."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    encoding: Annotated[str, AfterValidator(_known_encoding)] | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    sheet: str | None = None
    """The name of the sheet; ``None``: the first that is visible."""
    header_row: int | None = Field(default=None, ge=1)
    """The line of the header; ``None``: the first row with two filled cells."""


class Table(Iterator[Row | Rejection]):
    """The rows below the header, blank ones left out, each with as many cells as the header has."""

    def __init__(self, file: DelimitedFile | Sheet, columns: tuple[str, ...], rows: Iterator[Row]) -> None:
        self.columns = columns
        """The header, trimmed; a column without one is ``""``."""
        self._file = file
        self._rows = rows

    @property
    def share_read(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return self._file.share_read

    def merged_from(self, line: int, column: int) -> int | None:
        """The row whose cell is merged with this one, so that this one is empty; ``None`` if there is none."""
        return self._file.merged_from(line, column) if isinstance(self._file, Sheet) else None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @override
    def __next__(self) -> Row | Rejection:
        row = next(self._rows)
        width = len(self.columns)
        for position, cell in enumerate(row.cells):
            if isinstance(cell, str) and len(cell) > CELL_LIMIT:
                return self._rejection(row, position, "cell_too_long")
            if row.fault == "row_bytes_broken" and isinstance(cell, str) and BROKEN in cell:
                return self._rejection(row, position, row.fault)
        if row.fault:
            return Rejection(row.line, "", row.fault, {}, excerpt(row.cells))
        if any(map(_is_filled, row.cells[width:])):
            params = {"cells": len(row.cells), "columns": width}
            return Rejection(row.line, "", "row_too_wide", params, excerpt(row.cells))
        return Row(row.line, row.cells[:width] + ("",) * (width - len(row.cells)))

    def _rejection(self, row: Row, position: int, code: str) -> Rejection:
        column = self.columns[position] if position < len(self.columns) else ""
        return Rejection(row.line, column, code, {"limit": CELL_LIMIT}, excerpt(row.cells[position : position + 1]))


def open_table(path: Path, form: TableForm | None = None) -> Table:
    """Open a CSV (packed with gzip or not) or XLSX file by what is in it, whatever it is called.

    Raises ``NotFoundError``, ``StorageError`` or ``InvalidError``, each saying what to do about the file.
    """
    form = form or TableForm()
    file = _open(path, form)
    try:
        header, rows = _header(path, form, (row for row in file if row.fault or any(map(_is_filled, row.cells))))
    except BaseException:
        file.close()
        raise
    return Table(file, tuple(" ".join(str(cell).split()) for cell in header.cells), rows)


def _open(path: Path, form: TableForm) -> DelimitedFile | Sheet:
    with file_faults(path), path.open("rb") as file:
        start = file.read(4096)
        is_encrypted = start.startswith(_OLE) and _ENCRYPTED in start + file.read(UNPACKED_LIMIT)
    if is_encrypted:
        raise InvalidError("import_file_encrypted", file=path.name)
    if start.startswith(_OLE):
        raise InvalidError("import_not_xlsx", file=path.name)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Sheet(path, form.sheet)
    plain = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if plain.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<style")):
        raise InvalidError("import_is_web_page", file=path.name)
    if plain.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"rar!", b"7z\xbc\xaf")):
        raise InvalidError("import_not_a_table", file=path.name)
    return DelimitedFile(path, form.encoding, form.delimiter)


def _header(path: Path, form: TableForm, rows: Iterator[Row]) -> tuple[Row, Iterator[Row]]:
    """The header and the rows below it."""
    first: list[Row] = []
    if form.header_row is not None:
        header = next((row for row in rows if row.line >= form.header_row), None)
    else:
        # A title above the header fills one cell; a table of one column has no row that fills two.
        first = list(islice(rows, _HEADER_WITHIN))
        place = next((n for n, row in enumerate(first) if sum(map(_is_filled, row.cells)) > 1), 0)
        header = first[place] if first else None
        first = first[place + 1 :]
    if header is None:
        raise InvalidError("import_file_empty", file=path.name)
    if header.fault:
        raise InvalidError("import_no_header", file=path.name)
    return header, chain(first, rows)


def _is_filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or not (cell == "" or cell.isspace())
