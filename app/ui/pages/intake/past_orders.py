"""The latest orders of a caller that are over, a line each."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.store.queries.order_briefs import OrderBrief
from app.ui.pages.intake.wording import Speaking, day_text
from app.ui.theme.layouts import column, row
from app.ui.translation import say_here
from app.ui.widgets.marks import StateMark
from app.ui.widgets.texts import ElidedText, Text


class PastOrders(Speaking):
    """State, day, text, state in words."""

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._briefs: Sequence[OrderBrief] = ()
        self._box = column(gap=4, parent=self)
        self._lines: list[QWidget] = []

    def show_orders(self, briefs: Sequence[OrderBrief]) -> None:
        """Show these, in this order."""
        self._briefs = briefs
        self.retranslate()
        self.setVisible(bool(briefs))

    @override
    def retranslate(self) -> None:
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(brief) for brief in self._briefs]
        for line in self._lines:
            self._box.put(line)

    def _line(self, brief: OrderBrief) -> QWidget:
        line = QWidget()
        state = say_here(f"state.{brief.state}")
        day = Text(day_text(_ended(brief), self._zone), "caption", token="text_secondary")
        words = ElidedText(" ".join(brief.text.split()), "caption")
        row(
            StateMark(brief.state, state),
            day,
            (words, 1),
            Text(state, "caption", token="text_secondary"),
            gap=8,
            parent=line,
        )
        return line


def _ended(brief: OrderBrief) -> datetime:
    return brief.closed_at or brief.reported_at
