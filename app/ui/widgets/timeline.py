"""The timeline of an order: what happened when, by whom, the newest first."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.glyphs.marks import Tag
from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import paint_text, text_width
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme
from app.ui.widgets.texts import Spans, paint_spans, plain, span_height

_TIME, _ICON, _GAP, _BETWEEN = 36, 16, 8, 10


class TimelineLine(NamedTuple):
    """A line: time in words, icon, sentence with bold names, a tag such as "offline"; withdrawn lines are muted."""

    time: str
    icon: str
    spans: Spans
    tag: Tag | None = None
    is_withdrawn: bool = False


class Timeline(QWidget):
    """Lines under one another: time 36, or more for one that needs it, icon 16, sentence."""

    def __init__(self, lines: Sequence[TimelineLine] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[TimelineLine] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_lines(lines)

    def set_lines(self, lines: Sequence[TimelineLine]) -> None:
        """Show other lines."""
        self._lines = list(lines)
        said = (f"{line.time} {plain(line.spans)} {line.tag.text if line.tag else ''}".strip() for line in lines)
        self.setAccessibleName("\n".join(said))
        self.updateGeometry()
        self.update()

    def lines(self) -> Sequence[TimelineLine]:
        """What is shown."""
        return self._lines

    def _words_left(self, theme: Theme) -> int:
        return self._time_width(theme) + theme.px(_GAP + _ICON + _GAP)

    def _time_width(self, theme: Theme) -> int:
        font = theme.font("caption")
        return max(theme.px(_TIME), *(ceil(text_width(line.time, font)) for line in self._lines), 0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        theme = current_theme()
        room = width - self._words_left(theme)
        heights = (span_height(line.spans, line.tag, room, theme, "body") for line in self._lines)
        return round(sum(heights) + theme.px(_BETWEEN) * max(len(self._lines) - 1, 0))

    @override
    def sizeHint(self) -> QSize:
        width = current_theme().px(320)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(200), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        base, left, top = theme.base, self._words_left(theme), 0.0
        for line in self._lines:
            room = QRectF(left, top, self.width() - left, 0)
            room.setHeight(span_height(line.spans, line.tag, room.width(), theme, "body"))
            if room.intersects(QRectF(event.rect())):
                time = QRectF(0, top, self._time_width(theme) + theme.px(2), theme.px(20))
                paint_text(painter, time, line.time, theme.font("caption"), base.text_muted)
                side = theme.icon.row
                icon = QRectF(self._time_width(theme) + theme.px(_GAP), top + (theme.px(20) - side) / 2, side, side)
                paint_icon(painter, icon, line.icon, base.text_muted if line.is_withdrawn else base.text_secondary)
                ink = base.text_disabled if line.is_withdrawn else base.text
                paint_spans(painter, room, line.spans, line.tag, theme, "body", ink)
            top += room.height() + theme.px(_BETWEEN)
