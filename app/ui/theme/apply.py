"""Puts a theme on the running program."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from app.ui.theme.layouts import rescale_layouts
from app.ui.theme.style import StewardStyle
from app.ui.theme.theme import Theme, palette
from app.ui.theme.tokens import THEME_NAMES, ThemeName


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Put ``theme`` on the whole program; every widget hears of it by ``QEvent.StyleChange`` and repaints."""
    application.setFont(theme.font("body"))
    application.setPalette(palette(theme))
    tips = QToolTip.palette()
    tips.setColor(QPalette.ColorRole.ToolTipBase, theme.base.tooltip)
    tips.setColor(QPalette.ColorRole.ToolTipText, theme.base.tooltip_text)
    QToolTip.setPalette(tips)
    QToolTip.setFont(theme.font("caption"))
    application.setStyle(StewardStyle(theme))
    rescale_layouts(theme.scale)


def choose_theme(wish: str, scheme: Qt.ColorScheme) -> ThemeName:
    """The theme for the user's wish: a theme's name, or "system", which follows the desktop's light or dark."""
    for name in THEME_NAMES:
        if wish == name:
            return name
    return "dark" if scheme is Qt.ColorScheme.Dark else "light"
