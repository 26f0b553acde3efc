"""Grounds and lines: what pages, panes and boxes are made of."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.painting import paint_box, paint_line
from app.ui.theme.style import current_theme


class Ground(QWidget):
    """A flat area in the colour of a token, with hairlines on some of its sides ("top right").

    ``width`` and ``height`` are px at 100 % and fix that side; 0 leaves it free.
    """

    def __init__(
        self, token: str = "surface", *, lines: str = "", width: int = 0, height: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._token, self._lines = token, frozenset(lines.split())
        self._width, self._height = width, height
        self._fit()

    def set_token(self, token: str) -> None:
        """Take another colour."""
        self._token = token
        self.update()

    def _fit(self) -> None:
        theme = current_theme()
        if self._width:
            self.setFixedWidth(theme.px(self._width))
        if self._height:
            self.setFixedHeight(theme.px(self._height))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.fillRect(event.rect(), theme.colour(self._token))
        right, bottom = self.width() - 1, self.height() - 1
        ends = {
            "top": (0, 0, right, 0),
            "bottom": (0, bottom, right, bottom),
            "left": (0, 0, 0, bottom),
            "right": (right, 0, right, bottom),
        }
        for side in self._lines:
            paint_line(painter, *ends[side], theme.base.border)


class Line(QWidget):
    """A hairline across, or down."""

    def __init__(self, *, down: bool = False, token: str = "border", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if down else free, free if down else fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().colour(self._token))


class Rule(QWidget):
    """The 1 × 10 px rule that separates two facts on a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(1, current_theme().px(10))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_theme().base.border_strong)


class Panel(QWidget):
    """A rounded box with an outline, plain or in a tone's colour; fill it by a layout of its own."""

    def __init__(self, tone: str = "", *, token: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._token = tone, token

    def set_tone(self, tone: str) -> None:
        """Outline in a tone's colour; empty is plain."""
        self._tone = tone
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        line = theme.colour(f"{self._tone}.shape") if self._tone else theme.base.border
        box = QRectF(self.rect())
        paint_box(QPainter(self), box, fill=theme.colour(self._token), line=line, radius=theme.radius.panel)


class Band(QWidget):
    """A strip on a tone's fill, as the head of a :class:`Panel` or a warning within it."""

    def __init__(self, tone: str, *, is_head: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._is_head = tone, is_head

    def set_tone(self, tone: str) -> None:
        """Take another tone's fill; empty is sunken."""
        self._tone = tone
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        fill = theme.colour(f"{self._tone}.fill") if self._tone else theme.base.surface_sunken
        box = QRectF(self.rect())
        painter = QPainter(self)
        if not self._is_head:
            paint_box(painter, box, fill=fill, radius=theme.radius.control)
            return
        inner = box.adjusted(1, 1, -1, 0)
        painter.setClipRect(inner)
        paint_box(painter, inner.adjusted(0, 0, 0, theme.px(12)), fill=fill, radius=theme.radius.panel - 1)
