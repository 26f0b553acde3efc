"""The tokens of the look, read from resources/theme/tokens.json into frozen values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from PySide6.QtGui import QColor

TOKENS_FILE = Path(__file__).parents[3] / "resources" / "theme" / "tokens.json"

ThemeName = Literal["light", "dark", "control"]
TextSize = Literal["caption", "body", "strong", "title", "page", "figure", "display"]
Tone = Literal["danger", "warning", "ok", "info", "neutral"]
Density = Literal["compact", "normal", "comfortable"]

THEME_NAMES: tuple[ThemeName, ...] = ("light", "dark", "control")
TONES: tuple[Tone, ...] = ("danger", "warning", "ok", "info", "neutral")
TEXT_SIZES: tuple[TextSize, ...] = ("caption", "body", "strong", "title", "page", "figure", "display")


@dataclass(frozen=True, slots=True)
class Base:
    """Colours of grounds, lines, text and the accent."""

    window: QColor
    surface: QColor
    surface_raised: QColor
    surface_sunken: QColor
    rail: QColor
    border: QColor
    border_strong: QColor
    grid: QColor
    text: QColor
    text_secondary: QColor
    text_muted: QColor
    text_disabled: QColor
    accent: QColor
    accent_hover: QColor
    accent_text: QColor
    accent_soft: QColor
    link: QColor
    selection: QColor
    selection_inactive: QColor
    hover: QColor
    focus: QColor
    rail_text: QColor
    rail_active: QColor
    rail_active_text: QColor
    tooltip: QColor
    tooltip_text: QColor


@dataclass(frozen=True, slots=True)
class Status:
    """One tone: text on a ground or on ``fill``, ``on_solid`` on ``solid``, ``shape`` for glyphs and frames."""

    text: QColor
    fill: QColor
    solid: QColor
    on_solid: QColor
    shape: QColor


@dataclass(frozen=True, slots=True)
class Colours:
    """All colours of one theme."""

    base: Base
    danger: Status
    warning: Status
    ok: Status
    info: Status
    neutral: Status


@dataclass(frozen=True, slots=True)
class Space:
    """Gaps in px."""

    xs: int
    s: int
    m: int
    l: int  # noqa: E741  # the token's name
    xl: int
    xxl: int


@dataclass(frozen=True, slots=True)
class Radius:
    """Corner radii in px."""

    cell: int
    control: int
    panel: int
    pill: int


@dataclass(frozen=True, slots=True)
class RowHeights:
    """Heights of rows in px."""

    compact: int
    normal: int
    comfortable: int
    header: int
    side_list: int
    group: int


@dataclass(frozen=True, slots=True)
class IconSizes:
    """Edges of icons in px."""

    small: int
    row: int
    rail: int
    empty: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of panes and heights of bars and controls in px."""

    rail: int
    top_bar: int
    page_header: int
    chip_bar: int
    status_bar: int
    side_list: int
    reading_pane: int
    intake_dock: int
    button: int
    button_primary: int
    field: int
    chip: int
    pill_height: int
    pill_width: int
    badge_height: int
    splitter: int


@dataclass(frozen=True, slots=True)
class Fonts:
    """Families in order of preference, and sizes in points before the user's scale."""

    families_zh: tuple[str, ...]
    families_en: tuple[str, ...]
    families_mono: tuple[str, ...]
    points: Mapping[TextSize, float]
    line_heights: Mapping[TextSize, int]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything the look is made of; lengths are px at 100 %."""

    space: Space
    radius: Radius
    row: RowHeights
    icon: IconSizes
    size: Sizes
    fonts: Fonts
    themes: Mapping[ThemeName, Colours]


_Part = TypeVar("_Part")


def _pick(kind: type[_Part], raw: Mapping[str, Any], convert: type[Any]) -> _Part:
    return kind(**{part.name: convert(raw[part.name]) for part in fields(kind)})  # type: ignore[arg-type]


def _colours(raw: Mapping[str, Any]) -> Colours:
    status = {name: _pick(Status, values, QColor) for name, values in raw["status"].items()}
    return Colours(base=_pick(Base, raw["base"], QColor), **status)


def _fonts(raw: Mapping[str, Any]) -> Fonts:
    families = {part: tuple(raw[part]) for part in ("families_zh", "families_en", "families_mono")}
    points = {size: float(raw["size_pt"][size]) for size in TEXT_SIZES}
    heights = {size: int(raw["line_height"][size]) for size in TEXT_SIZES}
    return Fonts(**families, points=points, line_heights=heights)


@cache
def read_tokens(path: Path = TOKENS_FILE) -> Tokens:
    """Read the token file; a missing name raises ``KeyError``, since names are the contract."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Tokens(
        space=_pick(Space, raw["space"], int),
        radius=_pick(Radius, raw["radius"], int),
        row=_pick(RowHeights, raw["row"], int),
        icon=_pick(IconSizes, raw["icon"], int),
        size=_pick(Sizes, raw["size"], int),
        fonts=_fonts(raw["font"]),
        themes={name: _colours(raw["themes"][name]) for name in THEME_NAMES},
    )
