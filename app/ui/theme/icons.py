"""Line icons (Tabler, MIT), tinted at the moment they are painted, so that they follow the theme."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from app.ui.theme.style import current_theme

ICONS_FOLDER = Path(__file__).parents[3] / "resources" / "icons"


class TintedIconEngine(QIconEngine):
    """Paints one icon in a token's colour of the theme of the moment.

    An icon with this engine must not be changed in place (``QIcon.addPixmap``): the engine cannot be cloned.
    """

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, QRectF(rect), self._name, self._colour(mode))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return icon_pixmap(self._name, size, self._colour(mode))

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return icon_pixmap(self._name, size, self._colour(mode), scale)

    def _colour(self, mode: QIcon.Mode) -> QColor:
        return current_theme().colour("text_disabled" if mode is QIcon.Mode.Disabled else self._token)


def icon(name: str, token: str = "text_secondary") -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in the colour of ``token``; disabled, in ``text_disabled``."""
    return QIcon(TintedIconEngine(name, token))


def icon_pixmap(name: str, size: QSize, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of ``size`` device-independent px; a drawing once made is kept by Qt's own cache."""
    key = f"steward-icon {name} {size.width()}x{size.height()} {ratio:.3f} {colour.rgba():08x}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    pixmap = QPixmap(size * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    box = QRectF(0, 0, size.width() * ratio, size.height() * ratio)
    _drawing(name).render(painter, box)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(box, colour)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Paint the icon into ``rect`` on whole pixels."""
    box = rect.toAlignedRect()
    painter.drawPixmap(box.topLeft(), icon_pixmap(name, box.size(), colour, painter.device().devicePixelRatioF()))


@cache
def _drawing(name: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray((ICONS_FOLDER / f"{name}.svg").read_bytes()))
