"""Hatched brushes for what is stale or missing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPixmapCache


def hatch(colour: QColor, *, line: float = 1, period: int = 5, falling: bool = False, ratio: float = 1.0) -> QBrush:
    """A brush of lines at 45° (falling: 135°), ``line`` px thick, every ``period`` px along the edge."""
    key = f"steward-hatch {colour.rgba():08x} {line} {period} {falling} {ratio}"
    tile = QPixmap()
    if not QPixmapCache.find(key, tile):
        tile = _draw_tile(colour, line, period, ratio, falling=falling)
        QPixmapCache.insert(key, tile)
    return QBrush(tile)


def _draw_tile(colour: QColor, line: float, period: int, ratio: float, *, falling: bool) -> QPixmap:
    tile = QPixmap(round(period * ratio), round(period * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, line))
    for shift in (-period, 0, period):
        if falling:
            painter.drawLine(shift, 0, shift + period, period)
        else:
            painter.drawLine(shift, period, shift + period, 0)
    painter.end()
    return tile
