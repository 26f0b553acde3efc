"""Small painter strokes that style, glyphs and widgets share: crisp lines, rounded boxes, elided text."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_SINGLE_LINE = Qt.TextFlag.TextSingleLine


@contextmanager
def saved(painter: QPainter, *, smooth: bool = False) -> Iterator[QPainter]:
    """Put the painter's state back afterwards; ``smooth`` antialiases shapes inside the block."""
    painter.save()
    if smooth:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.restore()


def paint_box(
    painter: QPainter,
    rect: QRectF | QRect,
    *,
    fill: QColor | QBrush | None = None,
    line: QColor | None = None,
    width: float = 1,
    radius: float = 0,
) -> None:
    """A rounded box; its outline of ``width`` px lies wholly inside ``rect``."""
    with saved(painter, smooth=True):
        inset = width / 2 if line is not None else 0
        box = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, max(radius - inset, 0), max(radius - inset, 0))


def paint_line(painter: QPainter, x1: float, y1: float, x2: float, y2: float, colour: QColor) -> None:
    """A hairline along pixels, never blurred: pass the pixel's own coordinates."""
    with saved(painter):
        painter.setPen(QPen(colour, 1))
        painter.drawLine(QPointF(x1 + 0.5, y1 + 0.5), QPointF(x2 + 0.5, y2 + 0.5))


def paint_text(
    painter: QPainter,
    rect: QRectF | QRect,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """One line of plain text, cut with an ellipsis if it must be; returns the width used in px."""
    box = QRectF(rect)
    width = text_width(text, font)
    if width > box.width():
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        width = text_width(text, font)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, _flags(align), text)
    return width


@cache
def _flags(align: Qt.AlignmentFlag) -> int:
    """Joining flags takes as long as drawing a letter, and a table joins them a thousand times."""
    return int(align | _SINGLE_LINE)


def text_width(text: str, font: QFont) -> float:
    """Width in px of one line of ``text``."""
    return QFontMetricsF(font).horizontalAdvance(text)


def round_pen(colour: QColor, width: float) -> QPen:
    """A pen with round ends and corners."""
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def paint_check_mark(painter: QPainter, rect: QRectF, colour: QColor, width: float = 1.75) -> None:
    """A tick that fills about two thirds of ``rect``."""
    size, left, top = rect.width(), rect.left(), rect.top()
    path = QPainterPath(QPointF(left + size * 0.24, top + size * 0.53))
    path.lineTo(left + size * 0.43, top + size * 0.71)
    path.lineTo(left + size * 0.77, top + size * 0.33)
    with saved(painter, smooth=True):
        painter.setPen(round_pen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


def paint_chevron(painter: QPainter, centre: QPointF, reach: float, colour: QColor, *, up: bool = False) -> None:
    """A chevron ``2 × reach`` px wide, pointing down, or up."""
    lift = -reach / 2 if up else reach / 2
    path = QPainterPath(QPointF(centre.x() - reach, centre.y() - lift))
    path.lineTo(centre.x(), centre.y() + lift)
    path.lineTo(centre.x() + reach, centre.y() - lift)
    with saved(painter, smooth=True):
        painter.setPen(round_pen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
