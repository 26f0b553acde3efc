"""Several short facts on one line, a rule of 1 × 10 px between them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import paint_line, paint_text, text_width
from app.ui.theme.style import current_theme
from app.ui.theme.tokens import TextSize

_GAP, _LINE, _ICON = 6, 18, 14


class _Placed(NamedTuple):
    """A fact and where it stands; ``has_rule`` before it."""

    fact: str
    left: float
    line: int
    has_rule: bool


class FactLine(QWidget):
    """Facts in one colour; what does not fit is cut, or goes to the next line if it ``wraps``."""

    def __init__(
        self,
        size: TextSize = "caption",
        *,
        token: str = "text_secondary",
        icon: str = "",
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._token, self._icon, self._wraps = size, token, icon, wraps
        self._facts: list[str] = []
        policy = QSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred if wraps else QSizePolicy.Policy.Fixed
        )
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)

    def set_facts(self, facts: Sequence[str]) -> None:
        """Show other facts; empty ones are left out."""
        found = [fact for fact in facts if fact]
        if found != self._facts:
            self._facts = found
            self.setAccessibleName(", ".join(found))
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        """What is shown, a comma between the facts."""
        return ", ".join(self._facts)

    def _placed(self, width: float) -> Iterator[_Placed]:
        theme = current_theme()
        font, start = theme.font(self._size), float(theme.px(_ICON + _GAP) if self._icon else 0)
        left, line = start, 0
        for place, fact in enumerate(self._facts):
            has_rule = place > 0
            if has_rule:
                left += theme.px(2 * _GAP) + 1
            wide = text_width(fact, font)
            if self._wraps and has_rule and left + wide > width:
                left, line, has_rule = start, line + 1, False
            yield _Placed(fact, left, line, has_rule)
            left += wide

    @override
    def hasHeightForWidth(self) -> bool:
        return self._wraps

    @override
    def heightForWidth(self, width: int) -> int:
        lines = max((placed.line for placed in self._placed(width)), default=0) + 1
        return lines * current_theme().px(_LINE)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        font = theme.font(self._size)
        width = max((placed.left + text_width(placed.fact, font) for placed in self._placed(10_000)), default=0.0)
        return QSize(round(width) + 1, theme.px(_LINE))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(48), current_theme().px(_LINE))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        font, ink, high = theme.font(self._size), theme.colour(self._token), theme.px(_LINE)
        if self._icon and self._facts:
            side = theme.px(_ICON)
            paint_icon(painter, QRectF(0, round((high - side) / 2), side, side), self._icon, ink)
        for fact, left, line, has_rule in self._placed(self.width()):
            room = QRectF(left, line * high, self.width() - left, high)
            if room.width() < theme.px(16):
                return
            if has_rule:
                x, middle = round(left - theme.px(_GAP)), room.center().y()
                paint_line(painter, x, middle - theme.px(5), x, middle + theme.px(4), theme.base.border_strong)
            paint_text(painter, room, fact, font, ink)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()
