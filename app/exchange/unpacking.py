"""Looks whether a workbook is safe to read, by unpacking it piece by piece and counting what reading would take.

The reader takes memory for what a file claims: as many strings as the table of strings says, every cell between the
first and the last, a copy of a string for each cell that shows it. A few kilobytes can claim more than a machine has,
and the process is then aborted, so all is counted first.
"""

import copy
import re
import zipfile
import zlib
from array import array
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from xml.parsers import expat

from app.domain.errors import InvalidError
from app.exchange.encoding import file_faults

UNPACKED_LIMIT = 200_000_000
"""Bytes that a workbook may hold once unpacked (OWASP ASVS 5.0, 5.2.3), and characters that its cells may show."""
RATIO_LIMIT = 100
"""How many times its size a workbook may unpack to, from ``RATIO_FLOOR`` bytes on."""
RATIO_FLOOR = 10_000_000
CELLS_LIMIT = 10_000_000
"""Rows times columns that a sheet may span, empty cells too."""

_PIECE = 1 << 20
_STRINGS = "sharedStrings.xml"
_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, expat.ExpatError)
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def check_workbook(path: Path) -> None:
    """Raise ``InvalidError`` unless ``path`` is an XLSX workbook that can be read within bounded memory."""
    with file_faults(path):
        try:
            with zipfile.ZipFile(path) as archive:
                if "xl/workbook.xml" not in archive.namelist():
                    raise InvalidError("import_not_xlsx", file=path.name)
                _Look(path, archive).at_all_parts()
        except _DAMAGES as error:
            raise InvalidError("import_workbook_broken", file=path.name) from error


class _Look:
    """One look through an archive; raises what is wrong with it."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive
        self._packed = path.stat().st_size
        self._unpacked = 0
        self._strings: array[int] = array("L")
        """The length of each string of the table of strings."""

    def at_all_parts(self) -> None:
        # Strings first, for the sheets name them by number. What the directory claims is believed if it is too much.
        parts = sorted(self._archive.infolist(), key=lambda part: not part.filename.endswith(_STRINGS))
        self._check_size(sum(part.file_size for part in parts))
        for part in parts:
            with closing(self._pieces(part)) as pieces:
                first = next(pieces, b"")
                if first.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and not part.filename.endswith(".vml"):
                    self._at_xml(first, pieces, is_strings=part.filename.endswith(_STRINGS))
                deque(pieces, maxlen=0)  # to the end, for its size

    def _at_xml(self, first: bytes, pieces: Iterator[bytes], *, is_strings: bool) -> None:
        look = _StringsLook(self._strings) if is_strings else _SheetLook(self._strings)
        parser = expat.ParserCreate("utf-8")  # as the reader takes it, whatever it says of itself
        parser.buffer_text = True
        parser.StartElementHandler = look.start
        parser.CharacterDataHandler = look.text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        for piece in chain([first], pieces):
            parser.Parse(piece)
            look.check(self._path)
        parser.Parse(b"", True)  # noqa: FBT003  # the parser takes no keywords

    def _pieces(self, part: zipfile.ZipInfo) -> Generator[bytes]:
        """The part unpacked to its true end; reading would stop at the size that the directory claims."""
        whole = copy.copy(part)
        whole.file_size = UNPACKED_LIMIT + 1
        with self._archive.open(whole) as unpacked:
            while piece := unpacked.read(_PIECE):
                self._unpacked += len(piece)
                self._check_size(self._unpacked)
                yield piece

    def _check_size(self, unpacked: int) -> None:
        if unpacked > UNPACKED_LIMIT or (unpacked > RATIO_FLOOR and unpacked > self._packed * RATIO_LIMIT):
            raise InvalidError("import_zip_bomb", file=self._path.name, size=unpacked // 1_000_000)

    def _refuse_doctype(self, *_declared: object) -> None:
        raise InvalidError("import_workbook_broken", file=self._path.name)  # no workbook has one, bombs do


class _StringsLook:
    """Measures the table of strings."""

    def __init__(self, strings: "array[int]") -> None:
        self._strings = strings
        self._claimed = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """See an element begin."""
        name = tag.rpartition(":")[2]
        if name == "si":
            self._strings.append(0)
        elif name == "sst":
            claimed = attributes.get("uniqueCount", "")
            self._claimed = int(claimed) if claimed.isdecimal() else 0

    def text(self, text: str) -> None:
        """See some text."""
        if self._strings:
            self._strings[-1] += len(text)

    def check(self, path: Path) -> None:
        """Raise ``InvalidError`` if that is too much."""
        if self._claimed > CELLS_LIMIT:
            raise InvalidError("import_workbook_broken", file=path.name)


class _SheetLook:
    """Measures what a sheet spans and shows; a part that is no sheet has none of it."""

    def __init__(self, strings: "array[int]") -> None:
        self._strings = strings
        self._is_in_sheet = self._is_string = self._is_in_value = False
        self._row = self._column = 0
        self._rows = self._columns = self._shown = 0
        self._number = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """See an element begin."""
        name = tag.rpartition(":")[2]
        if name == "sheetData":
            self._is_in_sheet = True
        elif not self._is_in_sheet:
            pass
        elif name == "c":
            self._cell(attributes)
        elif name in {"v", "is"}:
            # Only filled cells count: whole columns may be styled, and the reader leaves those out too.
            self._is_in_value = True
            self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
        elif name == "row":
            self._row = int(attributes["r"]) if attributes.get("r", "").isdecimal() else self._row + 1
            self._column = 0

    def text(self, text: str) -> None:
        """See some text, or a part of it."""
        if self._is_string and self._is_in_value and len(self._number) < 20:
            self._number += text

    def check(self, path: Path) -> None:
        """Raise ``InvalidError`` if that is too much."""
        if self._rows * self._columns > CELLS_LIMIT:
            raise InvalidError("import_sheet_too_wide", file=path.name, rows=self._rows, columns=self._columns)
        if self._shown > UNPACKED_LIMIT:
            raise InvalidError("import_zip_bomb", file=path.name, size=self._shown // 1_000_000)

    def _cell(self, attributes: dict[str, str]) -> None:
        shown = self._number.strip()
        if shown.isdecimal() and int(shown) < len(self._strings):
            self._shown += self._strings[int(shown)]
        self._number = ""
        self._is_in_value = False
        self._is_string = attributes.get("t") == "s"
        place = attributes.get("r")
        if place is None:
            self._column += 1
            return
        found = _PLACE.fullmatch(place)
        if found is None:
            raise expat.ExpatError(place)
        self._column, self._row = _column_number(found[1]), int(found[2])


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
