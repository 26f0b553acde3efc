"""First step: language and look, shown as they are chosen."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget
from typing_extensions import override

from app.ui.preferences import LANGUAGES, Preferences
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.theme.tokens import ThemeName
from app.ui.widgets.grounds import Line
from app.ui.widgets.texts import Text
from app.ui.widgets.theme_picture import ThemePicture

_PICTURED: tuple[ThemeName, ...] = ("light", "dark")
_NAMES = {"zh": "简体中文", "en": "English"}


class LookStep(QWidget):
    """Tells every choice at once; they are kept and shown by whoever hears of it."""

    chosen = Signal(object)
    """:class:`Preferences`."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._language_label, self._theme_label = Text(bold=True), Text(bold=True)
        self.languages = {code: QRadioButton(_NAMES[code]) for code in LANGUAGES}
        self.themes = {name: ThemePicture(name) for name in _PICTURED}
        self._names = {name: Text(token="text_secondary") for name in _PICTURED}
        group = QButtonGroup(self)
        for code, button in self.languages.items():
            group.addButton(button)
            button.clicked.connect(lambda _on=False, code=code: self._choose(language=code))
        for name, picture in self.themes.items():
            picture.clicked.connect(lambda _on=False, name=name: self._choose(theme=name))
        pictures = [column(self.themes[name], self._names[name], gap=8) for name in _PICTURED]
        column(
            self._language_label,
            row(*self.languages.values(), None, gap=16),
            Line(token="grid"),
            self._theme_label,
            row(*pictures, None, gap=16),
            None,
            gap=16,
            parent=self,
        )
        self.retranslate()

    def _choose(self, **changes: str) -> None:
        self._preferences = replace(self._preferences, **changes)  # type: ignore[arg-type]
        self.chosen.emit(self._preferences)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.languages[self._preferences.language].setChecked(True)
        for name, picture in self.themes.items():
            picture.setChecked(current_theme().name == name)

    def take_focus(self) -> None:
        """Start with the language."""
        self.languages[self._preferences.language].setFocus()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._language_label.setText(self.tr("Language"))
        self._theme_label.setText(self.tr("Look"))
        words = {"light": self.tr("Light"), "dark": self.tr("Dark")}
        for name, picture in self.themes.items():
            self._names[name].setText(words[name])
            picture.setAccessibleName(words[name])
        self._show_chosen()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self._show_chosen()
