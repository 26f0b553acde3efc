"""What the window knows of a page: its place on the rail, and what is done with it."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from PySide6.QtWidgets import QWidget

from app.ui.actions import Words


class SideTaker(Protocol):
    """A page with a pane at its right, which gives way while the window shows something there."""

    def take_side(self, *, is_taken: bool) -> None:
        """Fold the pane, or show it again."""
        ...


class PageSpec(NamedTuple):
    """A page of the rail; its widget is made when it is first shown."""

    id: str
    title: Words
    word: Words
    """One word under its icon."""
    icon: str
    make: Callable[[], QWidget]
    is_last: bool = False
