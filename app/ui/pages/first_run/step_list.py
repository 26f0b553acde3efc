"""The steps of the first run, at the left: which are done, which is under way."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.painting import CENTRE, paint_box, paint_check_mark, paint_text
from app.ui.theme.style import current_theme

ROW, SIDE = 40, 24


class StepList(QWidget):
    """A numbered disc and a name for each step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: Sequence[str] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, names: Sequence[str], current: int) -> None:
        """Show these steps; those before ``current`` are done."""
        self._names, self._current = names, current
        self.setAccessibleName(f"{current + 1}/{len(names)} {names[current]}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(200), theme.px(ROW) * len(self._names))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        base, side = theme.base, theme.px(SIDE)
        for place, name in enumerate(self._names):
            line = QRectF(0, place * theme.px(ROW), self.width(), theme.px(ROW))
            disc = QRectF(0, 0, side, side)
            disc.moveTop(round(line.center().y() - side / 2))
            is_reached, is_current = place <= self._current, place == self._current
            fill, edge = (base.accent, None) if is_reached else (None, base.border_strong)
            paint_box(painter, disc, fill=fill, line=edge, radius=side / 2)
            if place < self._current:
                paint_check_mark(painter, disc.adjusted(4, 4, -4, -4), base.accent_text)
            else:
                ink = base.accent_text if is_reached else base.text_secondary
                paint_text(painter, disc, str(place + 1), theme.font("caption"), ink, CENTRE)
            words = line.adjusted(side + theme.px(12), 0, 0, 0)
            ink = base.text if is_reached else base.text_secondary
            paint_text(painter, words, name, theme.font("body", bold=is_current), ink)
