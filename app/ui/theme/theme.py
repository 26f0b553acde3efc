"""One theme as a value: colours, fonts and lengths already grown by the user's scale."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from PySide6.QtGui import QColor, QFont, QPalette

from app.ui.theme.tokens import (
    TEXT_SIZES,
    Base,
    Density,
    IconSizes,
    Radius,
    RowHeights,
    Sizes,
    Space,
    Status,
    TextSize,
    ThemeName,
    Tokens,
    Tone,
    read_tokens,
)


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """What a painter needs to know; made by :func:`make_theme`.

    ``space``, ``row``, ``icon`` and ``size`` are px grown by ``scale``; ``radius`` is not grown.
    """

    name: ThemeName
    language: str
    scale: float
    density: Density
    base: Base
    statuses: Mapping[Tone, Status]
    space: Space
    radius: Radius
    row: RowHeights
    icon: IconSizes
    size: Sizes
    fonts: Mapping[tuple[TextSize, bool], QFont]

    def px(self, length: float) -> int:
        """A length of the drawings, in px at 100 %, grown by the user's scale."""
        return round(length * self.scale)

    def font(self, size: TextSize = "body", *, bold: bool = False) -> QFont:
        """The font of a text size; do not change it in place."""
        return self.fonts[size, bold]

    def status(self, tone: Tone) -> Status:
        """The colours of a tone."""
        return self.statuses[tone]

    @property
    def row_height(self) -> int:
        """Height of a table row in px, by the user's density."""
        return int(getattr(self.row, self.density))

    @property
    def is_dark(self) -> bool:
        """Whether the ground is darker than the text."""
        return self.base.surface.lightness() < self.base.text.lightness()

    def colour(self, token: str) -> QColor:
        """The colour a token names: ``text_muted`` of the base, or ``danger.text`` of a tone."""
        tone, _, part = token.partition(".")
        found = getattr(self.status(tone), part) if part else getattr(self.base, token)  # type: ignore[arg-type]
        return QColor(found)


def make_theme(
    name: ThemeName = "light",
    language: str = "zh",
    scale: float = 1.0,
    density: Density = "normal",
    tokens: Tokens | None = None,
) -> Theme:
    """Make a theme; ``language`` ("zh" or "en") chooses the font families."""
    tokens = tokens or read_tokens()
    colours = tokens.themes[name]
    families = tokens.fonts.families_zh if language == "zh" else tokens.fonts.families_en
    fonts = {
        (size, bold): _make_font(families, tokens.fonts.points[size] * scale, bold=bold)
        for size in TEXT_SIZES
        for bold in (False, True)
    }
    tones: tuple[Tone, ...] = ("danger", "warning", "ok", "info", "neutral")
    return Theme(
        name=name,
        language=language,
        scale=scale,
        density=density,
        base=colours.base,
        statuses={tone: getattr(colours, tone) for tone in tones},
        space=_grown(tokens.space, scale),
        radius=tokens.radius,
        row=_grown(tokens.row, scale),
        icon=_grown(tokens.icon, scale),
        size=_grown(tokens.size, scale),
        fonts=fonts,
    )


def palette(theme: Theme) -> QPalette:
    """The theme's colours for Qt's own widgets (Fusion)."""
    base, made = theme.base, QPalette()
    roles = {
        QPalette.ColorRole.Window: base.surface,
        QPalette.ColorRole.WindowText: base.text,
        QPalette.ColorRole.Base: base.surface,
        QPalette.ColorRole.AlternateBase: base.surface_sunken,
        QPalette.ColorRole.Text: base.text,
        QPalette.ColorRole.Button: base.surface,
        QPalette.ColorRole.ButtonText: base.text,
        QPalette.ColorRole.BrightText: base.accent_text,
        QPalette.ColorRole.Highlight: base.selection,
        QPalette.ColorRole.HighlightedText: base.text,
        QPalette.ColorRole.Accent: base.accent,
        QPalette.ColorRole.Link: base.link,
        QPalette.ColorRole.LinkVisited: base.link,
        QPalette.ColorRole.PlaceholderText: base.text_muted,
        QPalette.ColorRole.ToolTipBase: base.tooltip,
        QPalette.ColorRole.ToolTipText: base.tooltip_text,
        QPalette.ColorRole.Light: base.surface_raised,
        QPalette.ColorRole.Midlight: base.hover,
        QPalette.ColorRole.Mid: base.border,
        QPalette.ColorRole.Dark: base.border_strong,
        QPalette.ColorRole.Shadow: base.border_strong,
    }
    for role, colour in roles.items():
        made.setColor(role, colour)
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(disabled, role, base.text_disabled)
    made.setColor(disabled, QPalette.ColorRole.PlaceholderText, base.text_disabled)
    made.setColor(QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight, base.selection_inactive)
    return made


_Part = TypeVar("_Part", Space, RowHeights, IconSizes, Sizes)


def _grown(part: _Part, scale: float) -> _Part:
    return type(part)(**{field.name: round(getattr(part, field.name) * scale) for field in fields(part)})


def _make_font(families: tuple[str, ...], points: float, *, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
