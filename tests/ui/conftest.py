"""What every test of the windows gets: the light theme in Chinese at 100 %."""

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.theme.apply import apply_theme
from app.ui.theme.style import StewardStyle, current_theme
from app.ui.theme.theme import Theme, make_theme


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Theme:
    """The theme under test; a test that puts on another one leaves no trace in the next."""
    wanted = make_theme("light", "zh")
    if not isinstance(qapp.style(), StewardStyle) or _looks(current_theme()) != _looks(wanted):
        apply_theme(qapp, wanted)
    return current_theme()


def _looks(theme: Theme) -> tuple[object, ...]:
    return theme.name, theme.language, theme.scale, theme.density
