"""What one person chose on one computer: a frozen value, kept in a file of the data folder."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

LANGUAGES: Final = ("zh", "en")
THEMES: Final = ("light", "dark", "control", "system")
SCALES: Final = (1.0, 1.15, 1.3, 1.5)
DENSITIES: Final = ("compact", "normal", "comfortable")


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices; what is not chosen yet has these values."""

    language: str = "zh"
    theme: str = "light"
    scale: float = 1.0
    density: str = "normal"
    is_motion_reduced: bool = False
    server: str = ""

    def __post_init__(self) -> None:
        """Put back to its default what no longer is a choice: a file written by another version must not stop us."""
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                object.__setattr__(self, name, choices[0] if name != "density" else "normal")


_CHOICES: Final = {"language": LANGUAGES, "theme": THEMES, "scale": SCALES, "density": DENSITIES}


class PreferencesFile:
    """The file ``preferences.ini``: the preferences, and how windows and tables were left."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "preferences.ini"), QSettings.Format.IniFormat)

    def read(self) -> Preferences:
        """The preferences as they were written last."""
        default = Preferences()
        return Preferences(
            language=self._text("language", default.language),
            theme=self._text("theme", default.theme),
            scale=self._number("scale", default.scale),
            density=self._text("density", default.density),
            is_motion_reduced=self._text("is_motion_reduced", "false") == "true",
            server=self._text("server", default.server),
        )

    def write(self, preferences: Preferences) -> None:
        """Keep ``preferences`` at once."""
        for field in dataclasses.fields(preferences):
            value = getattr(preferences, field.name)
            text = str(value).lower() if isinstance(value, bool) else str(value)
            self._settings.setValue(f"preferences/{field.name}", text)
        self._settings.sync()

    def state(self, name: str) -> str:
        """How ``name``, a table's columns or the last page, was left; empty if it never was."""
        return str(self._settings.value(f"state/{name}", ""))

    def keep_state(self, name: str, value: str) -> None:
        """Keep how ``name`` was left."""
        self._settings.setValue(f"state/{name}", value)

    def geometry(self, name: str) -> QByteArray:
        """Place and size of a window or splitter, as Qt saved them; empty if never kept."""
        return QByteArray.fromBase64(self.state(f"{name}.geometry").encode())

    def keep_geometry(self, name: str, geometry: QByteArray) -> None:
        """Keep place and size of a window or splitter."""
        self.keep_state(f"{name}.geometry", bytes(geometry.toBase64().data()).decode())

    def close(self) -> None:
        """Write what is not yet written."""
        self._settings.sync()

    def _text(self, name: str, default: str) -> str:
        return str(self._settings.value(f"preferences/{name}", default))

    def _number(self, name: str, default: float) -> float:
        try:
            return float(self._text(name, str(default)))
        except ValueError:
            return default
