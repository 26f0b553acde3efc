"""The head of the reading pane: where the order stands, its number, title, place and who reported it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.domain.phones import spaced_phone
from app.store.queries.order import OrderDetail
from app.ui.pages.work_orders.phrasing import state_text
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.theme.tips import plain_tip
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.grounds import Rule
from app.ui.widgets.marks import IconMark, PriorityMark, StateMark
from app.ui.widgets.texts import ElidedText, Span, SpanText, Text

_TITLE_LINES = 3
_BESIDE_TITLE = 16 + 26 + 8 + 16 + 1
"""Margins, the priority and the gap beside the title; px at 100 %."""


class OrderHead(QWidget):
    """State, number to copy, previous and next, what else can be done; then title, place and reporter."""

    went = Signal(int)
    """-1: the order above; 1: the one below."""
    asked_for_menu = Signal(QWidget)
    """Open the menu of what else can be done, under this widget."""
    asked_for_place = Signal()
    asked_for_person = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = ""
        self._state, self._state_words, self._number_words = StateMark(), Text(), Text(token="text_secondary")
        self._copy = IconButton("copy", "", size="small")
        self._before = IconButton("chevron-left", "", size="small")
        self._after = IconButton("chevron-right", "", size="small")
        self._more = IconButton("dots", "", size="small")
        self._priority, self._title = PriorityMark(), SpanText(size="title", most_lines=_TITLE_LINES)
        self._place = Button(role="text", size="small", icon="map-pin")
        self._person = Button(role="text", size="small", icon="phone")
        self._hidden_icon, self._hidden = IconMark("eye-off", "text_muted"), ElidedText(token="text_muted")
        for part in (self._place, self._person):
            part.let_give_way()
        self._copy.clicked.connect(self.copy_number)
        self._before.clicked.connect(self._on_before)
        self._after.clicked.connect(self._on_after)
        self._more.clicked.connect(self._on_more)
        self._place.clicked.connect(self.asked_for_place)
        self._person.clicked.connect(self.asked_for_person)
        line = row(self._state, self._state_words, Rule(), self._number_words, self._copy, None, gap=8)
        for button in (self._before, self._after, self._more):
            line.put(button)
        title = row(column(self._priority, None, margins=(0, 3, 0, 0)), (self._title, 1), gap=8)
        facts = row(self._place, self._person, self._hidden_icon, (self._hidden, 1), None, gap=2)
        top = column(line, title, gap=6, margins=(16, 8, 16, 4))
        column(top, row(facts, margins=(7, 0, 16, 8)), gap=0, parent=self)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._copy.set_name(self.tr("Copy the number"))
        self._before.set_key("Alt ↑")
        self._before.set_name(self.tr("Previous order"))
        self._after.set_key("Alt ↓")
        self._after.set_name(self.tr("Next order"))
        self._more.set_name(self.tr("More"))

    def show_order(self, order: OrderDetail, *, sees_people: bool) -> None:
        """Show another order, or the same as it is now."""
        self._number = order.number
        self._state.set_state(order.state, state_text(order.state))
        self._state_words.setText(state_text(order.state))
        number = f"{order.number}  ({order.source_number})" if order.source_number else order.number
        self._number_words.setText(number)
        self._priority.set_priority(order.priority)
        self._title.set_spans([Span(" ".join(order.description.split()), is_bold=True)])
        self._place.setText(order.place or self.tr("no place"))
        self._place.setToolTip(plain_tip(order.place))
        self._place.setEnabled(any((order.unit_id, order.place_id, order.asset_id, order.building_id)))
        caller = order.callers[0] if order.callers else None
        words = f"{caller.name} {spaced_phone(caller.phone)}".strip() if caller else ""
        self._person.setText(words)
        self._person.setToolTip(plain_tip(words))
        self._person.setVisible(bool(words))
        self._hidden.setText("" if sees_people else self.tr("reporter not visible to you"))
        for part in (self._hidden, self._hidden_icon):
            part.setVisible(not sees_people)

    def is_title_cut(self, width: int) -> bool:
        """Whether the title does not hold all that was reported, in a pane of ``width`` px."""
        theme = current_theme()
        return self._title.is_cut(width - theme.px(_BESIDE_TITLE))

    def copy_number(self) -> None:
        """Put the order's number on the clipboard."""
        QGuiApplication.clipboard().setText(self._number)

    def _on_before(self) -> None:
        self.went.emit(-1)

    def _on_after(self) -> None:
        self.went.emit(1)

    def _on_more(self) -> None:
        self.asked_for_menu.emit(self._more)
