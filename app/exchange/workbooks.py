"""Reads sheets of XLSX workbooks, after a look at whether unpacking them is safe."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
from typing_extensions import override

from app.domain.errors import InvalidError
from app.exchange.rows import Cell, Row
from app.exchange.unpacking import check_workbook


class Sheet(Iterator[Row]):
    """The rows of one sheet, header included; formulas are the values that were stored with them."""

    def __init__(self, path: Path, sheet: str | None = None) -> None:
        """Raise an ``OpsError`` if the file is missing, damaged or not safe to unpack."""
        check_workbook(path)
        try:
            with CalamineWorkbook.from_path(path) as book:
                self._sheet: CalamineSheet = book.get_sheet_by_name(_sheet_name(book, path, sheet))
        except CalamineError as error:
            raise InvalidError("import_workbook_broken", file=path.name) from error
        self._merged = tuple(self._sheet.merged_cell_ranges or ())
        self._rows = self._sheet.iter_rows()
        self._number = 0

    @property
    def share_read(self) -> float:
        """How much of the sheet has been read, 0 to 1."""
        return self._number / (self._sheet.end[0] + 1) if self._sheet.end else 1.0

    def merged_from(self, line: int, column: int) -> int | None:
        """The row whose cell is merged with this one below it or beside it; ``None`` if the cell is its own."""
        place = (line - 1, column + (self._sheet.start or (0, 0))[1])
        for first, last in self._merged:
            if first != place and first[0] <= place[0] <= last[0] and first[1] <= place[1] <= last[1]:
                return first[0] + 1
        return None

    def close(self) -> None:
        """Do nothing: the workbook was closed once the sheet was read."""

    @override
    def __next__(self) -> Row:
        cells = next(self._rows)
        self._number += 1
        return Row(self._number, tuple(map(_cell, cells)))


def _sheet_name(book: CalamineWorkbook, path: Path, wanted: str | None) -> str:
    if wanted is not None and wanted not in book.sheet_names:
        raise InvalidError("import_sheet_missing", file=path.name, sheet=wanted, sheets=", ".join(book.sheet_names))
    if wanted is not None:
        return wanted
    for sheet in book.sheets_metadata:
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
            return sheet.name
    raise InvalidError("import_workbook_broken", file=path.name)


def _cell(value: str | float | bool | date | time | timedelta) -> Cell:  # what the library yields
    match value:
        case bool():
            return str(value).upper()
        case float() if value.is_integer() and abs(value) < 1e15:
            return int(value)  # Excel keeps every number as a float: 13800132046.0 is a telephone number
        case str() | int() | float() | datetime() | date():
            return value
        case _:
            return str(value)
