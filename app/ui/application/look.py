"""Language and look of the running program, as the person chose them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from app.config import Config
from app.domain.words import Language
from app.ui.preferences import Preferences, PreferencesFile
from app.ui.theme.apply import apply_theme, choose_theme
from app.ui.theme.icons import icon_pixmap
from app.ui.theme.style import current_theme
from app.ui.theme.theme import make_theme
from app.ui.theme.tokens import Density
from app.ui.translation import Translations


class Look(QObject):
    """Puts preferences on the program and keeps them; follows the desktop's light and dark where that is wished."""

    applied = Signal()

    def __init__(self, application: QApplication, file: PreferencesFile, cache: Path) -> None:
        super().__init__(application)
        self._application, self.preferences = application, file
        self._translations = Translations(cache)
        self.chosen = file.read()
        self._hints = application.styleHints()
        self._hints.colorSchemeChanged.connect(self._on_scheme)

    def put_on(self) -> None:
        """Put what was chosen on the program."""
        chosen = self.chosen
        name = choose_theme(chosen.theme, self._hints.colorScheme())
        # The theme goes first: a widget that says itself anew must already measure with the right fonts.
        apply_theme(self._application, make_theme(name, chosen.language, chosen.scale, _density(chosen.density)))
        if self._translations.language != Language(chosen.language) or not self._has_spoken:
            self._translations.use(Language(chosen.language))
        self._has_spoken = True
        theme = current_theme()
        QGuiApplication.setWindowIcon(QIcon(icon_pixmap("home-check", QSize(64, 64), theme.base.accent)))
        self.applied.emit()

    _has_spoken = False

    def choose(self, chosen: Preferences) -> None:
        """Keep other choices and put them on at once."""
        self.chosen = chosen
        self.preferences.write(chosen)
        self.put_on()

    def close(self) -> None:
        """Let go of the desktop's light and dark, and of the translators."""
        self._hints.colorSchemeChanged.disconnect(self._on_scheme)
        self._translations.remove()

    def _on_scheme(self) -> None:
        if self.chosen.theme == "system":
            self.put_on()


@contextmanager
def wearing(application: QApplication, config: Config) -> Iterator[Look]:
    """The look chosen in a data folder, on the program from now on; taken off at the end, however it comes to it."""
    look = Look(application, PreferencesFile(config.data), config.data / "i18n")
    if config.language in tuple(Language) and look.chosen.language != config.language:
        look.chosen = replace(look.chosen, language=str(config.language))
    look.put_on()
    try:
        yield look
    finally:
        look.close()


def _density(name: str) -> Density:
    return "compact" if name == "compact" else "comfortable" if name == "comfortable" else "normal"
