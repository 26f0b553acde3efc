"""What a column of a table is: its words, its values and how they are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Generic, TypeVar

_Row = TypeVar("_Row")


class CellKind(Enum):
    """How a cell is painted; what its value must be."""

    TEXT = auto()
    """A text."""
    NUMBER = auto()
    """A text of figures, at the right."""
    CHECK = auto()
    """Nothing: the model keeps which rows are checked."""
    STATE = auto()
    """A state of a work order, or ``(state, its name)``."""
    PRIORITY = auto()
    """"P1" to "P4"."""
    PILL = auto()
    """A ``Pill``, or None."""
    LINK = auto()
    """A text; when it is empty, the column's ``call`` is shown as a link: "+ Assign"."""
    TAG = auto()
    """A ``Tag``, or None."""


def _nothing() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Column(Generic[_Row]):
    """A column over rows of one kind.

    ``key`` names it in what is kept of a table and in ``sort``; ``title`` is said in the language of the moment;
    ``width`` is px at 100 %, 0 takes what is left, but not less than ``least``; ``indent`` is px before the words;
    ``is_hidden`` columns wait in the header's menu, ``is_fixed`` ones cannot be hidden; ``shows_title`` False leaves
    the header's cell empty. ``token`` and ``is_bold`` dress a text by its row, ``tag`` stands after it, ``tip`` is
    shown on hover, ``words`` says the cell where its value is no text. ``sort_key`` orders rows that are all in memory.
    ``calls`` says for which rows an empty cell shows its ``call``.
    """

    key: str
    title: Callable[[], str]
    value: Callable[[_Row], Any]
    kind: CellKind = CellKind.TEXT
    width: int = 0
    least: int = 64
    indent: int = 0
    is_sortable: bool = True
    is_hidden: bool = False
    is_fixed: bool = False
    shows_title: bool = True
    token: Callable[[_Row], str] | str = "text"
    is_bold: Callable[[_Row], bool] | None = None
    tag: Callable[[_Row], Any] | None = None
    tip: Callable[[_Row], str] | None = None
    words: Callable[[_Row], str] | None = None
    call: Callable[[], str] = _nothing
    calls: Callable[[_Row], bool] | None = None
    sort_key: Callable[[_Row], Any] | None = None

    def text(self, row: _Row) -> str:
        """The cell in words, for screen readers, copies and exports."""
        if self.words is not None:
            return self.words(row)
        value = self.value(row)
        if self.kind is CellKind.STATE and isinstance(value, tuple):
            return str(value[1])
        return "" if value is None else str(getattr(value, "text", value))

    def calls_in(self, row: _Row) -> bool:
        """Whether the cell of a row shows the column's ``call``."""
        return self.kind is CellKind.LINK and not self.text(row) and (self.calls is None or self.calls(row))

    def token_of(self, row: _Row) -> str:
        """The colour of the cell's words."""
        return self.token if isinstance(self.token, str) else self.token(row)
