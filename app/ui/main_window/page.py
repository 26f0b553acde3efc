"""What the window knows of a page: its place on the rail, and what is done with it."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.ui.actions import Words


class PageSpec(NamedTuple):
    """A page of the rail; its widget is made when it is first shown.

    A widget with a pane at its right has a method ``take_side(*, is_taken)``: the pane gives way while the window shows
    a dock there.
    """

    id: str
    title: Words
    word: Words
    """One word under its icon."""
    icon: str
    make: Callable[[], QWidget]
    is_last: bool = False
