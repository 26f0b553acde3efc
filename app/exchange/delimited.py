"""Reads text tables (CSV and its kin) row by row, whatever stands in them, within bounded memory."""

import csv
import io
import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from typing_extensions import override

from app.exchange.encoding import BROKEN, SIZE_LIMIT, examine_text, file_faults, unpacked
from app.exchange.rows import Row

DELIMITERS = ",;\t|"
ROW_LIMIT = 4_000_000
"""Characters of a row that are kept; what is beyond is dropped, and the row bears a fault."""

_SAMPLE_ROWS = 50


class DelimitedFile(Iterator[Row]):
    """The rows of a text table, header included."""

    def __init__(self, path: Path, encoding: str | None = None, delimiter: str | None = None) -> None:
        """Raise an ``OpsError`` if the file is missing, damaged or no text."""
        form = examine_text(path, encoding)
        with file_faults(path):
            self._file = path.open("rb")
            self._size = path.stat().st_size
            self._stream = unpacked(self._file)
        self._lines = _Lines(path, io.TextIOWrapper(self._stream, form.encoding, "steward.broken", newline=""))
        named = self._lines.named_delimiter(form.head)
        csv.field_size_limit(SIZE_LIMIT)  # the module's own limit would end the file; _Lines holds a better one
        self._rows = csv.reader(self._lines, delimiter=delimiter or named or _delimiter(form.head))

    @property
    def share_read(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return self._file.tell() / self._size if self._size else 1.0

    def close(self) -> None:
        """Close the file."""
        self._lines.close()
        self._file.close()

    @override
    def __next__(self) -> Row:
        self._lines.begin_row()
        cells = next(self._rows)
        return Row(self._lines.first, tuple(cells), self._lines.fault)


class _Lines(Iterator[str]):
    """The lines that ``csv`` reads, cut where they would not fit in memory, with what is wrong with the row."""

    def __init__(self, path: Path, text: TextIO) -> None:
        self._path = path
        self._text = text
        self.first = 1
        self.fault = ""
        self._number = 0
        self._length = 0

    def close(self) -> None:
        self._text.close()

    def named_delimiter(self, head: str) -> str | None:
        """Read over a first line ``sep=;``, which Excel understands, and return what it names."""
        named = re.match(r"sep=(.)\r?\n", head)
        if named:
            next(self)
        return named[1] if named else None

    def begin_row(self) -> None:
        """Say that the next line is the first of a row."""
        self.first = self._number + 1
        self.fault = ""
        self._length = 0

    @override
    def __next__(self) -> str:
        while line := self._line():
            if self._length > ROW_LIMIT:
                # A row over so many lines is within quotes: drop all until the quotation mark that ends it.
                self.fault = "row_too_long"
                if line.count('"') % 2:
                    return '"\n'
                continue
            self._length += len(line)
            if not line.isascii() and BROKEN in line:
                self.fault = "row_bytes_broken"
            return line.replace("\0", "")
        if self._length:
            self.fault = "row_quote_open"  # the file ended, and csv still waits for the end of the row
        raise StopIteration

    def _line(self) -> str:
        """The next line of the file; one beyond all measure is cut, its quotation marks kept in pairs."""
        with file_faults(self._path):
            line = self._text.readline(ROW_LIMIT)
            self._number += 1
            if len(line) < ROW_LIMIT or line[-1] in "\r\n":
                return line
            self.fault = "row_too_long"
            dropped = 0
            while rest := self._text.readline(ROW_LIMIT):
                dropped += rest.count('"')
                if rest[-1] in "\r\n":
                    break
            return line + '"' * (dropped % 2) + "\n"


def _delimiter(head: str) -> str:
    """The delimiter by which most of the first rows have the same number of cells."""
    lines = io.StringIO(head, newline="").readlines()
    if len(lines) > 1 and lines[-1][-1] not in "\r\n":
        lines.pop()  # cut where the sample ends

    def fit(delimiter: str) -> tuple[float, int]:
        rows = (row for row in csv.reader(lines, delimiter=delimiter) if any(row))
        widths = [len(row) for row, _ in zip(rows, range(_SAMPLE_ROWS), strict=False)]
        width = statistics.mode(widths) if widths else 1
        return (widths.count(width) / len(widths) if width > 1 else 0.0, width)

    return max(DELIMITERS, key=fit)
