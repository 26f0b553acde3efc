"""The key printed on a button, in a list or in a bar."""

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from app.ui.theme.painting import CENTRE, paint_box, paint_text, text_width
from app.ui.theme.theme import Theme


def key_size(key: str, theme: Theme) -> QSizeF:
    """Size in px of the box around ``key``."""
    return QSizeF(round(text_width(key, theme.font("caption"))) + theme.px(10), theme.px(18))


def paint_key(
    painter: QPainter,
    rect: QRectF,
    key: str,
    theme: Theme,
    *,
    ink: QColor | None = None,
    line: QColor | None = None,
    fill: QColor | None = None,
) -> None:
    """Paint ``key`` in its box at the left of ``rect``; on a solid ground give ``ink``, ``line`` and no fill."""
    size = key_size(key, theme)
    box = QRectF(round(rect.left()), round(rect.center().y() - size.height() / 2), size.width(), size.height())
    if ink is None:
        fill = fill or theme.base.surface_sunken
    paint_box(painter, box, fill=fill, line=line or theme.base.border, radius=3)
    paint_text(painter, box, key, theme.font("caption"), ink or theme.base.text_muted, CENTRE)
