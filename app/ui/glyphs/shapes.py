"""The small filled shapes that say late, nearly late, running, paused and met without a word or a colour."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.ui.theme.painting import paint_check_mark, round_pen, saved


class Shape(StrEnum):
    """What a mark looks like."""

    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    RING = "ring"
    DASHED_RING = "dashed_ring"
    BARS = "bars"
    TICK = "tick"
    DOT = "dot"


def paint_shape(painter: QPainter, rect: QRectF, shape: Shape, colour: QColor) -> None:
    """Paint ``shape`` into the middle of ``rect``, as large as its shorter side."""
    side = min(rect.width(), rect.height())
    box = QRectF(0, 0, side, side)
    box.moveCenter(rect.center())
    with saved(painter, smooth=True):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _PAINTERS[shape](painter, box, colour)


def _fill(painter: QPainter, points: list[tuple[float, float]], box: QRectF, colour: QColor) -> None:
    polygon = QPolygonF([QPointF(box.left() + box.width() * x, box.top() + box.height() * y) for x, y in points])
    painter.setPen(round_pen(colour, box.width() / 12))
    painter.setBrush(colour)
    painter.drawPolygon(polygon)


def _paint_triangle(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _fill(painter, [(0.5, 0.13), (0.94, 0.87), (0.06, 0.87)], box, colour)


def _paint_diamond(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _fill(painter, [(0.5, 0.08), (0.92, 0.5), (0.5, 0.92), (0.08, 0.5)], box, colour)


def _paint_ring(painter: QPainter, box: QRectF, colour: QColor) -> None:
    inset = box.width() * 0.08 + 0.75
    painter.setPen(QPen(colour, 1.5))
    painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


def _paint_dashed_ring(painter: QPainter, box: QRectF, colour: QColor) -> None:
    inset = box.width() * 0.08 + 0.75
    ring = box.adjusted(inset, inset, -inset, -inset)
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    for step in range(8):
        painter.drawArc(ring, int((step * 45 + 11) * 16), 25 * 16)


def _paint_bars(painter: QPainter, box: QRectF, colour: QColor) -> None:
    width, height = box.width() * 0.2, box.height() * 0.68
    top = box.center().y() - height / 2
    for centre in (box.left() + box.width() * 0.32, box.left() + box.width() * 0.68):
        painter.fillRect(QRectF(centre - width / 2, top, width, height), colour)


def _paint_tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    grown = box.adjusted(-box.width() * 0.2, -box.height() * 0.2, box.width() * 0.2, box.height() * 0.2)
    paint_check_mark(painter, grown, colour, 1.9)


def _paint_dot(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    inset = box.width() * 0.25
    painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


_PAINTERS: Mapping[Shape, Callable[[QPainter, QRectF, QColor], None]] = {
    Shape.TRIANGLE: _paint_triangle,
    Shape.DIAMOND: _paint_diamond,
    Shape.RING: _paint_ring,
    Shape.DASHED_RING: _paint_dashed_ring,
    Shape.BARS: _paint_bars,
    Shape.TICK: _paint_tick,
    Shape.DOT: _paint_dot,
}
