"""The clocks of an order: how much of its time is gone, where the warning lies, and the verdict."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.glyphs.sla import Pill, PillKind, paint_pill, pill_size
from app.ui.theme.painting import paint_box, paint_text, saved, text_width
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme

_ROW = 28


class ClockRow(NamedTuple):
    """One clock: its name, the share of its time that is gone (over 1 when late), where it warns, its limit."""

    name: str
    share: float
    warn_share: float
    limit: str
    pill: Pill


class Clocks(QWidget):
    """A row for each clock: name, bar with a notch where it warns, limit, verdict."""

    def __init__(self, rows: Sequence[ClockRow] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ClockRow] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[ClockRow]) -> None:
        """Show other clocks, or the same a second later."""
        if list(rows) == self._rows:
            return
        is_resized = len(rows) != len(self._rows)
        self._rows = list(rows)
        self.setAccessibleName(", ".join(f"{row.name} {row.limit} {row.pill.text}" for row in rows))
        if is_resized:
            self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(320), theme.px(_ROW) * len(self._rows))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(240), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        if not self._rows:
            return
        name_width = max(text_width(row.name, theme.font("body")) for row in self._rows) + theme.px(14)
        limit_width = max(text_width(row.limit, theme.font("caption")) for row in self._rows) + theme.px(12)
        pill_width = max(theme.px(88), *(pill_size(row.pill, theme).width() for row in self._rows))
        for place, row in enumerate(self._rows):
            box = QRectF(0, theme.px(_ROW) * place, self.width(), theme.px(_ROW))
            paint_text(painter, box, row.name, theme.font("body"), theme.base.text_secondary)
            right = box.right() - pill_width - limit_width - theme.px(8)
            bar = QRectF(name_width, 0, max(right - name_width, theme.px(24)), theme.px(6))
            bar.moveTop(round(box.center().y() - bar.height() / 2))
            self._paint_bar(painter, theme, bar, row)
            limit = QRectF(bar.right() + theme.px(8), box.top(), limit_width, box.height())
            paint_text(painter, limit, row.limit, theme.font("caption"), theme.base.text_muted)
            paint_pill(painter, QRectF(box.right() - pill_width, box.top(), pill_width, box.height()), row.pill, theme)

    def _paint_bar(self, painter: QPainter, theme: Theme, bar: QRectF, row: ClockRow) -> None:
        radius = bar.height() / 2
        paint_box(painter, bar, fill=theme.status("neutral").fill, radius=radius)
        done = QRectF(bar)
        done.setWidth(bar.width() * max(0.0, min(row.share, 1.0)))
        colours = {PillKind.OVERDUE: theme.status("danger").solid, PillKind.DUE_SOON: theme.status("warning").solid}
        with saved(painter):
            painter.setClipRect(done)
            fill = colours.get(row.pill.kind, theme.status("neutral").solid)
            paint_box(painter, bar, fill=fill, radius=radius)
        notch = round(bar.left() + bar.width() * row.warn_share)
        painter.fillRect(QRectF(notch, bar.top(), 1, bar.height()), theme.base.surface)
