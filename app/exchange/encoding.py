"""Finds out how a text file is encoded: by its mark, by what decodes cleanly and makes sense, else by statistics."""

import codecs
import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

import charset_normalizer

from app.domain.errors import InvalidError, NotFoundError, StorageError

SIZE_LIMIT = 1_000_000_000
"""Bytes of text that a file may hold once unpacked; many times what a company has."""
BROKEN = "\udcff"
"""Stands in decoded text for bytes that are no text in the file's encoding; no real text holds it."""

_HEAD = 65_536
_SAMPLE = 1_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = ["gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1251", "cp1252"]
"""What statistics may choose from: with every code page offered, short Western texts become Arabic."""
_CONTROLS = bytes({*range(32)} - {*b"\t\n\f\r\x1b"})  # escape opens the characters of some encodings
_USUAL_LEADS = frozenset({*range(0xA1, 0xAA), *range(0xB0, 0xD8)})
"""First bytes in GB 2312 of punctuation and of the 3,755 characters of its first level."""


class TextForm(NamedTuple):
    """What must be known before a text file can be read."""

    encoding: str
    head: str
    """The beginning, decoded."""
    size: int
    """Bytes, unpacked."""


def examine_text(path: Path, encoding: str | None = None) -> TextForm:
    """Read the whole file once in pieces, so that a damaged one fails before any of it is used.

    ``encoding`` overrules what the bytes say. Raises ``InvalidError`` for a file that is damaged, too large or no text.
    """
    head, size, sample = b"", 0, bytearray()
    with file_faults(path), path.open("rb") as file, unpacked(file) as stream:
        while piece := stream.readline(_HEAD):
            size += len(piece)
            if size > SIZE_LIMIT:
                raise InvalidError("import_file_too_large", file=path.name, limit=SIZE_LIMIT // 1_000_000)
            if len(head) < _HEAD:
                head += piece
            if len(sample) < _SAMPLE and not piece.isascii():
                sample += piece
    found = encoding or _encoding(path, head, bytes(sample))
    return TextForm(found, _decoded(head, found), size)


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """What a file opened for reading holds: itself, or what is packed in it with gzip."""
    is_packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if is_packed else file


@contextmanager
def file_faults(path: Path) -> Iterator[None]:
    """Say what opening or reading the file in this block raises as an ``OpsError``."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFoundError("import_file_missing", file=str(path)) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InvalidError("import_gzip_broken", file=path.name) from error
    except OSError as error:
        raise StorageError("import_file_unreadable", file=str(path), detail=error.strerror or str(error)) from error


def mark_broken(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: put ``BROKEN`` for what cannot be decoded and go on, so that one bad byte costs one row."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BROKEN, error.end


codecs.register_error("steward.broken", mark_broken)


def _encoding(path: Path, head: bytes, sample: bytes) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 40 >= len(head) > 0 and max(even, odd) >= 20 * min(even, odd):
        # UTF-16 without a mark: a zero in nearly every second byte of its commas, digits and line ends.
        return "utf-16-le" if odd > even else "utf-16-be"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > 100 and controls * 20 > len(head):
        raise InvalidError("import_not_a_table", file=path.name)
    # Strictly UTF-8, or so nearly that no other encoding can be meant: a few bad bytes are their rows' fault.
    good, bad = _count(sample, "utf-8")
    if bad * 20 <= good:
        return "utf-8"
    good, bad = _count(sample, "gb18030")
    if bad * 20 <= good and _usual_chinese(_decoded(sample, "gb18030")) * 10 >= good * 7:
        return "gb18030"
    best = charset_normalizer.from_bytes(sample, cp_isolation=_OTHERS).best()
    if best is None:
        raise InvalidError("import_encoding_unknown", file=path.name)
    return best.encoding


def _count(sample: bytes, encoding: str) -> tuple[int, int]:
    """Characters beyond ASCII that decode, and pieces that do not."""
    text = _decoded(sample, encoding)
    bad = text.count(BROKEN)
    return sum(character > "\x7f" for character in text) - bad, bad


def _usual_chinese(text: str) -> int:
    """How many characters are of those that make up nearly all of any simplified Chinese text."""
    counted = Counter(text).items()
    return sum(n for c, n in counted if c > "\x7f" and c.encode("gb2312", "replace")[0] in _USUAL_LEADS)


def _decoded(data: bytes, encoding: str) -> str:
    """The text of ``data``, which may end within a character."""
    return codecs.getincrementaldecoder(encoding)("steward.broken").decode(data, final=False)
