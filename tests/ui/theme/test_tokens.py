"""Tests of the tokens: every pair of colours that carries a meaning can be told apart."""

import pytest
from PySide6.QtGui import QColor

from app.ui.theme.theme import make_theme
from app.ui.theme.tokens import THEME_NAMES, ThemeName, Tone, read_tokens

TEXT_PAIRS = [
    ("text", "surface"),
    ("text_secondary", "surface"),
    ("text_muted", "surface"),
    ("text_muted", "surface_sunken"),
    ("text_muted", "selection"),
    ("link", "selection"),
    ("accent_text", "accent"),
    ("rail_text", "rail"),
    ("rail_active_text", "rail_active"),
    ("tooltip_text", "tooltip"),
]
TONES: list[Tone] = ["danger", "warning", "ok", "info", "neutral"]


def luminance(colour: QColor) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(name: ThemeName, ink: str, ground: str) -> None:
    theme = make_theme(name)
    assert contrast(theme.colour(ink), theme.colour(ground)) >= 4.5


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("tone", TONES)
def test_words_of_a_tone_stand_out_from_its_fill_and_solid(name: ThemeName, tone: Tone) -> None:
    status = make_theme(name).status(tone)
    assert contrast(status.text, status.fill) >= 4.5
    assert contrast(status.on_solid, status.solid) >= 4.5


@pytest.mark.parametrize("name", THEME_NAMES)
def test_outlines_of_controls_stand_out_from_their_ground(name: ThemeName) -> None:
    base = make_theme(name).base
    assert contrast(base.border_strong, base.surface) >= 3
    assert contrast(base.focus, base.surface) >= 3


def test_lengths_grow_with_the_scale_and_corners_do_not() -> None:
    plain, grown = make_theme(), make_theme(scale=1.5)
    assert grown.size.rail == round(plain.size.rail * 1.5)
    assert grown.row_height == round(plain.row_height * 1.5)
    assert grown.font("body").pointSizeF() == pytest.approx(plain.font("body").pointSizeF() * 1.5)
    assert grown.radius == plain.radius


def test_density_chooses_the_height_of_rows() -> None:
    assert [make_theme(density=density).row_height for density in ("compact", "normal", "comfortable")] == [28, 32, 40]


def test_language_chooses_the_first_font_family() -> None:
    fonts = read_tokens().fonts
    assert make_theme(language="zh").font().families()[0] == fonts.families_zh[0]
    assert make_theme(language="en").font().families()[0] == fonts.families_en[0]


def test_a_token_names_a_base_colour_or_a_part_of_a_tone() -> None:
    theme = make_theme()
    assert theme.colour("link") == theme.base.link
    assert theme.colour("danger.fill") == theme.status("danger").fill
