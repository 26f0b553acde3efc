"""One theme as a value: colours, fonts and lengths already grown by the user's scale."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from PySide6.QtGui import QColor, QFont, QPalette

from app.ui.theme.tokens import (
    TEXT_SIZES,
    TONES,
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
    return Theme(
        name=name,
        language=language,
        scale=scale,
        density=density,
        base=colours.base,
        statuses={tone: getattr(colours, tone) for tone in TONES},
        space=_grown(tokens.space, scale),
        radius=tokens.radius,
        row=_grown(tokens.row, scale),
        icon=_grown(tokens.icon, scale),
        size=_grown(tokens.size, scale),
        fonts=fonts,
    )


_Role = QPalette.ColorRole
_PALETTE: Mapping[QPalette.ColorRole, str] = {
    _Role.Window: "surface",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "surface_sunken",
    _Role.Text: "text",
    _Role.Button: "surface",
    _Role.ButtonText: "text",
    _Role.BrightText: "accent_text",
    _Role.Highlight: "selection",
    _Role.HighlightedText: "text",
    _Role.Accent: "accent",
    _Role.Link: "link",
    _Role.LinkVisited: "link",
    _Role.PlaceholderText: "text_muted",
    _Role.ToolTipBase: "tooltip",
    _Role.ToolTipText: "tooltip_text",
    _Role.Light: "surface_raised",
    _Role.Midlight: "hover",
    _Role.Mid: "border",
    _Role.Dark: "border_strong",
    _Role.Shadow: "border_strong",
}


def palette(theme: Theme) -> QPalette:
    """The theme's colours for Qt's own widgets (Fusion)."""
    made = QPalette()
    for role, token in _PALETTE.items():
        made.setColor(role, theme.colour(token))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.base.text_disabled)
    made.setColor(QPalette.ColorGroup.Inactive, _Role.Highlight, theme.base.selection_inactive)
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
