"""What became of something done to many orders: how many, and which were refused and why."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.numbers import short_number
from app.store.queries.crews import Stand
from app.ui.theme.layouts import column, row
from app.ui.widgets.bars import PaneFooter
from app.ui.widgets.buttons import Button, LinkButton
from app.ui.widgets.grounds import Line
from app.ui.widgets.texts import Span, SpanText, Text

MOST_SHOWN = 200


class Refused(NamedTuple):
    """An order that was left as it is, and why."""

    stand: Stand
    reason: str


class BulkReport(QWidget):
    """A list to act on: each refused order can be opened, or all of them checked again."""

    asked_for_order = Signal(str)
    check_wanted = Signal(object)
    """Ids of the refused orders, to be checked in the list."""
    left = Signal()

    def __init__(self, done: int, refused: Sequence[Refused], year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._refused = list(refused)
        title = Text(self.tr("%n order(s) not done", None, len(refused)), "strong", bold=True, wrap=True)
        said = Text(self.tr("%n done", None, done), token="text_secondary")
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for one in self._refused[:MOST_SHOWN]:
            line = _RefusedRow(one, year, self.tr("Open"))
            line.opened.connect(self.asked_for_order)
            box.addWidget(line)
            box.addWidget(Line(token="grid"))
        more = len(self._refused) - MOST_SHOWN
        if more > 0:
            box.addLayout(row(Text(self.tr("and %n more", None, more), "caption"), margins=(16, 8, 16, 8)))
        box.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder)
        self._check, self._close = (
            Button(self.tr("Check these again")),
            Button(self.tr("Close"), role="text", key="Esc"),
        )
        self._check.clicked.connect(self._on_check)
        self._close.clicked.connect(self.left)
        head = column(title, said, gap=4, margins=(16, 12, 16, 12))
        column(head, Line(), (scroll, 1), PaneFooter(self._check, None, self._close), gap=0, parent=self)
        self.setAccessibleName(title.text())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def refused(self) -> Sequence[Refused]:
        """What is listed."""
        return self._refused

    def _on_check(self) -> None:
        self.check_wanted.emit([one.stand.id for one in self._refused])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _RefusedRow(QWidget):
    """Number, reason, a link that opens the order."""

    opened = Signal(str)

    def __init__(self, one: Refused, year: int, words: str) -> None:
        super().__init__()
        self._id = one.stand.id
        number = short_number(one.stand.number, year)
        link = LinkButton(words)
        link.setAccessibleName(f"{words} {number}")
        link.clicked.connect(self._on_link)
        said = SpanText([Span(number, is_bold=True), Span(f"  {one.reason}")])
        row((said, 1), link, gap=8, margins=(16, 8, 12, 8), parent=self)

    def _on_link(self) -> None:
        self.opened.emit(self._id)
