"""Priority marks, tags, badges, chase tags, initials: small things that stand beside words."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter

from app.ui.glyphs.shapes import Shape, paint_shape
from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import CENTRE, paint_box, paint_text, text_width
from app.ui.theme.theme import Theme
from app.ui.theme.tokens import Tone

TAG_HEIGHT, _TAG_PADDING, _TAG_GAP, _TAG_MARK = 18, 5, 4, 12
_TAG_RADIUS = 3
_BADGE_LIMIT = 99


class Tag(NamedTuple):
    """A few words on a tone's fill, with a shape or an icon before them."""

    text: str
    tone: Tone = "neutral"
    mark: Shape | str = ""
    is_bold: bool = False


def chase_tag(times: int, word: str) -> Tag:
    """The tag of an order that was chased ``times`` times; ``word`` says so, such as "催 2". Bold from the second."""
    return Tag(word, "warning" if times > 1 else "neutral", "bell-ringing", is_bold=times > 1)


def tag_size(tag: Tag, theme: Theme) -> QSizeF:
    """Size of a tag in px."""
    width = text_width(tag.text, theme.font("caption", bold=tag.is_bold)) + 2 * theme.px(_TAG_PADDING) + 1
    if tag.mark:
        width += theme.px(_TAG_MARK + _TAG_GAP)
    return QSizeF(width, theme.px(TAG_HEIGHT))


def paint_tag(painter: QPainter, rect: QRectF, tag: Tag, theme: Theme) -> float:
    """Paint ``tag`` at the left of ``rect``, cut to its width; returns the width used in px."""
    size, status = tag_size(tag, theme), theme.status(tag.tone)
    box = QRectF(rect.left(), 0, min(size.width(), rect.width()), size.height())
    box.moveTop(round(rect.center().y() - size.height() / 2))
    paint_box(painter, box, fill=status.fill, radius=_TAG_RADIUS)
    left = box.left() + theme.px(_TAG_PADDING)
    if tag.mark:
        mark = QRectF(round(left), 0, theme.px(_TAG_MARK), theme.px(_TAG_MARK))
        mark.moveTop(round(box.center().y() - mark.height() / 2))
        if isinstance(tag.mark, Shape):
            paint_shape(painter, mark, tag.mark, status.text)
        else:
            paint_icon(painter, mark, tag.mark, status.text)
        left = mark.right() + theme.px(_TAG_GAP)
    words = QRectF(left, box.top(), box.right() - left, box.height())
    paint_text(painter, words, tag.text, theme.font("caption", bold=tag.is_bold), status.text)
    return box.width()


def priority_size(theme: Theme) -> QSizeF:
    """Size of a priority mark in px."""
    return QSizeF(theme.px(26), theme.px(18))


def paint_priority(painter: QPainter, rect: QRectF, priority: str, theme: Theme) -> None:
    """Paint "P1" (solid red), "P2" (outlined), "P3" (plain) or "P4" (muted) at the left of ``rect``."""
    size = priority_size(theme)
    box = QRectF(rect.left(), round(rect.center().y() - size.height() / 2), size.width(), size.height())
    ink, bold = theme.base.text_secondary, False
    if priority == "P1":
        danger = theme.status("danger")
        paint_box(painter, box, fill=danger.solid, radius=_TAG_RADIUS)
        ink, bold = danger.on_solid, True
    elif priority == "P2":
        paint_box(painter, box, fill=theme.base.surface, line=theme.base.border_strong, radius=_TAG_RADIUS)
        ink, bold = theme.base.text, True
    elif priority == "P4":
        ink = theme.base.text_muted
    paint_text(painter, box, priority, theme.font("caption", bold=bold), ink, CENTRE)


def badge_text(count: int) -> str:
    """A count as it fits a badge."""
    return str(count) if count <= _BADGE_LIMIT else f"{_BADGE_LIMIT}+"


def badge_size(count: int, theme: Theme) -> QSizeF:
    """Size of a badge in px: round for one digit."""
    height = theme.px(16)
    width = text_width(badge_text(count), theme.font("caption", bold=True)) + theme.px(8)
    return QSizeF(max(width, height), height)


def paint_badge(painter: QPainter, rect: QRectF, count: int, theme: Theme, *, is_urgent: bool) -> None:
    """Paint a count in the middle of ``rect``: on red when something is late, on grey when it only waits."""
    status = theme.status("danger" if is_urgent else "neutral")
    size = badge_size(count, theme)
    box = QRectF(0, 0, size.width(), size.height())
    box.moveCenter(rect.center())
    box.moveTopLeft(box.topLeft().toPoint())
    paint_box(painter, box, fill=status.solid, radius=size.height() / 2)
    paint_text(painter, box, badge_text(count), theme.font("caption", bold=True), status.on_solid, CENTRE)


def initial(name: str) -> str:
    """What stands for a person in a circle: the family name's sign, or the first letter."""
    return name.strip()[:1].upper()


def paint_avatar(painter: QPainter, rect: QRectF, name: str, theme: Theme) -> None:
    """Paint the initial of ``name``, or a figure for nobody known, in a disc as large as ``rect`` allows."""
    side = min(rect.width(), rect.height())
    disc = QRectF(0, 0, side, side)
    disc.moveCenter(rect.center())
    neutral = theme.status("neutral")
    paint_box(painter, disc, fill=neutral.fill, radius=side / 2)
    if name.strip():
        paint_text(painter, disc, initial(name), theme.font("body"), neutral.text, CENTRE)
    else:
        edge = side / 4
        paint_icon(painter, disc.adjusted(edge, edge, -edge, -edge), "user", neutral.text)
