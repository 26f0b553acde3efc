"""What reading a table yields: rows as they stand in the file, and rows that cannot be taken, with the reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.domain.errors import Param
from app.domain.words import Language, say

Cell = str | int | float | date
"""A cell: a date without a time is a ``date``, one with a time is a ``datetime`` (naive, as the file says it)."""

EXCERPT = 60
"""Characters of a cell that a rejection repeats."""


class Row(NamedTuple):
    """One row; an empty cell is ``""``."""

    line: int
    """Where it begins: the line of a text file, the row of a sheet, counted from 1."""
    cells: tuple[Cell, ...]
    fault: str = ""
    """Why the file's format does not allow to read the row as it was meant: a code of ``words``."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that is not taken, and why: ``code`` and ``params`` are a sentence of ``words``."""

    line: int
    column: str
    """The header of the cell at fault; ``""`` when the row as a whole is."""
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
    value: str = ""
    """What the cell says, at most ``EXCERPT`` characters on one line."""

    def say(self, language: Language) -> str:
        """The whole sentence: line, column, reason, and what the cell says."""
        reason = say(self.code, self.params, language)
        if not self.column:
            return say("import_row_rejected", {"line": self.line, "reason": reason}, language)
        params: dict[str, Param] = {"line": self.line, "column": self.column, "reason": reason}
        return say("import_cell_rejected", params | {"value": self.value or "@import_cell_empty"}, language)


def excerpt(cells: Iterable[Cell]) -> str:
    """What the cells say, printable, on one line and short."""
    parts = (str(cell)[: EXCERPT * 4] for cell in cells)
    text = " ".join("".join(c if c.isprintable() else " " for c in " | ".join(filter(None, parts))).split())
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"
