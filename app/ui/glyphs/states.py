"""One monochrome glyph for each state of a work order."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen

from app.ui.glyphs.shapes import Shape, paint_shape
from app.ui.theme.painting import paint_check_mark, round_pen, saved
from app.ui.theme.theme import Theme


def state_size(theme: Theme) -> QSizeF:
    """Size of a state glyph in px."""
    return QSizeF(theme.icon.row, theme.icon.row)


def paint_state(painter: QPainter, rect: QRectF, state: str, theme: Theme, colour: QColor | None = None) -> None:
    """Paint the glyph of ``state`` (its English word, as in the tables) into the middle of ``rect``.

    A state that is not known, from a newer server, is a dot.
    """
    side = theme.icon.row
    box = QRectF(round(rect.center().x() - side / 2), round(rect.center().y() - side / 2), side, side)
    with saved(painter, smooth=True):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _STATES.get(state, _paint_unknown)(painter, box, colour or theme.base.text_secondary)


def _stroke(box: QRectF) -> float:
    return 1.5 * box.width() / 16


def _ring_box(box: QRectF) -> QRectF:
    inset = box.width() * 0.07 + _stroke(box) / 2
    return box.adjusted(inset, inset, -inset, -inset)


def _ring(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, _stroke(box)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(_ring_box(box))


def _pie(share: float) -> Callable[[QPainter, QRectF, QColor], None]:
    """A ring with an inner pie of ``share``, which starts at twelve and turns with the clock."""

    def paint(painter: QPainter, box: QRectF, colour: QColor) -> None:
        _ring(painter, box, colour)
        inset = box.width() * 0.235
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(box.adjusted(inset, inset, -inset, -inset), 90 * 16, -round(share * 360 * 16))

    return paint


def _disc_box(box: QRectF) -> QRectF:
    inset = box.width() * 0.07
    return box.adjusted(inset, inset, -inset, -inset)


def _paint_verified(painter: QPainter, box: QRectF, colour: QColor) -> None:
    disc, tick = QPainterPath(), QPainterPath()
    disc.addEllipse(_disc_box(box))
    side, left, top = box.width(), box.left(), box.top()
    tick.moveTo(left + side * 0.30, top + side * 0.52)
    tick.lineTo(left + side * 0.44, top + side * 0.66)
    tick.lineTo(left + side * 0.71, top + side * 0.37)
    pen = QPainterPathStroker(round_pen(colour, 1.75 * side / 16))
    painter.setPen(Qt.PenStyle.NoPen)
    # The ground must show through the tick, whatever it is, so the tick is cut out of the disc.
    painter.fillPath(disc.subtracted(pen.createStroke(tick)), colour)


def _paint_closed(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _ring(painter, box, colour)
    inset = box.width() * 0.13
    paint_check_mark(painter, box.adjusted(inset, inset, -inset, -inset), colour, _stroke(box))


def _paint_held(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _ring(painter, box, colour)
    inset = box.width() * 0.28
    paint_shape(painter, box.adjusted(inset, inset, -inset, -inset), Shape.BARS, colour)


def _paint_cancelled(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _ring(painter, box, colour)
    painter.setPen(round_pen(colour, _stroke(box)))
    reach, centre = box.width() * 0.15, box.center()
    painter.drawLine(centre + QPointF(-reach, -reach), centre + QPointF(reach, reach))
    painter.drawLine(centre + QPointF(-reach, reach), centre + QPointF(reach, -reach))


def _paint_reopened(painter: QPainter, box: QRectF, colour: QColor) -> None:
    ring = _ring_box(box).adjusted(0.5, 1, -0.5, 0)
    painter.setPen(round_pen(colour, _stroke(box)))
    painter.drawArc(ring, 150 * 16, 285 * 16)
    tip = QPointF(ring.left() + ring.width() * 0.067, ring.top() + ring.height() * 0.25)
    reach = box.width() * 0.24
    painter.drawPolyline([tip + QPointF(-0.5, -reach), tip, tip + QPointF(reach, 0)])


def _paint_unknown(painter: QPainter, box: QRectF, colour: QColor) -> None:
    paint_shape(painter, box, Shape.DOT, colour)


def _paint_dashed(painter: QPainter, box: QRectF, colour: QColor) -> None:
    paint_shape(painter, box, Shape.DASHED_RING, colour)


_STATES: Mapping[str, Callable[[QPainter, QRectF, QColor], None]] = {
    "reported": _paint_dashed,
    "triaged": _ring,
    "dispatched": _pie(0.25),
    "accepted": _pie(0.5),
    "on_site": _pie(0.75),
    "done": _pie(1.0),
    "verified": _paint_verified,
    "closed": _paint_closed,
    "on_hold": _paint_held,
    "cancelled": _paint_cancelled,
    "reopened": _paint_reopened,
}
