"""The pill that says how an order stands with its time: shape, words and colour."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from app.ui.glyphs.shapes import Shape, paint_shape
from app.ui.theme.painting import paint_box, paint_text, text_width
from app.ui.theme.theme import Theme
from app.ui.theme.tokens import Tone

LEAST_WIDTH = 88
_BEFORE, _GLYPH, _BETWEEN, _AFTER = 6, 12, 5, 8


class PillKind(StrEnum):
    """How an order stands with its time."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"


class Pill(NamedTuple):
    """A pill: its kind and its words, such as "剩 9 分", or why the clock stands still."""

    kind: PillKind
    text: str


class _Look(NamedTuple):
    shape: Shape
    is_bold: bool
    fill: tuple[Tone, str] | None
    ink: tuple[Tone, str]


_LOOKS: Mapping[PillKind, _Look] = {
    PillKind.OVERDUE: _Look(Shape.TRIANGLE, is_bold=True, fill=("danger", "solid"), ink=("danger", "on_solid")),
    PillKind.DUE_SOON: _Look(Shape.DIAMOND, is_bold=True, fill=("warning", "fill"), ink=("warning", "text")),
    PillKind.RUNNING: _Look(Shape.RING, is_bold=False, fill=None, ink=("neutral", "text")),
    PillKind.PAUSED: _Look(Shape.BARS, is_bold=False, fill=("info", "fill"), ink=("info", "text")),
    PillKind.MET: _Look(Shape.TICK, is_bold=False, fill=None, ink=("ok", "text")),
}


def pill_size(pill: Pill, theme: Theme) -> QSizeF:
    """Size in px that shows the pill whole; pills with a fill are at least 88 wide, so that a column looks even."""
    look = _LOOKS[pill.kind]
    words = text_width(pill.text, theme.font("caption", bold=look.is_bold))
    width = words + theme.px(_BEFORE + _GLYPH + _BETWEEN + _AFTER) + 1
    return QSizeF(max(width, theme.px(LEAST_WIDTH)) if look.fill else width, theme.size.pill_height)


def paint_pill(painter: QPainter, rect: QRectF, pill: Pill, theme: Theme) -> None:
    """Paint ``pill`` at the left of ``rect``, cut to its width."""
    look, size = _LOOKS[pill.kind], pill_size(pill, theme)
    top = round(rect.center().y() - size.height() / 2)
    box = QRectF(rect.left(), top, min(size.width(), rect.width()), size.height())
    if look.fill is not None:
        paint_box(painter, box, fill=_colour(theme, look.fill), radius=box.height() / 2)
    ink = _colour(theme, look.ink)
    glyph = QRectF(box.left() + theme.px(_BEFORE), 0, theme.px(_GLYPH), theme.px(_GLYPH))
    glyph.moveTop(round(box.center().y() - glyph.height() / 2))
    paint_shape(painter, glyph, look.shape, ink)
    left = glyph.right() + theme.px(_BETWEEN)
    words = QRectF(left, box.top(), box.right() - left - theme.px(2), box.height())
    paint_text(painter, words, pill.text, theme.font("caption", bold=look.is_bold), ink)


def _colour(theme: Theme, part: tuple[Tone, str]) -> QColor:
    tone, name = part
    return theme.colour(f"{tone}.{name}")
