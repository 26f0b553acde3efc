"""An open order that may be about the same matter: offered before a new one is saved."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.numbers import short_number
from app.store.queries.order_briefs import OrderBrief
from app.ui.glyphs.shapes import Shape
from app.ui.pages.intake.fact_line import FactLine
from app.ui.pages.intake.order_box import Keys
from app.ui.pages.intake.wording import Speaking, day_text, pill_of
from app.ui.theme.layouts import column, row
from app.ui.translation import say_here, spoken, time_text
from app.ui.widgets.buttons import Button
from app.ui.widgets.grounds import Band, Panel
from app.ui.widgets.marks import IconMark, KeyHint, PillMark, PriorityMark, StateMark
from app.ui.widgets.texts import ElidedText, Text


class DuplicatesBox(Speaking):
    """One order at a time: Alt 1 joins it, Alt 0 says it is another matter, and the next one is offered."""

    merged = Signal()
    opened = Signal()
    dismissed = Signal()

    def __init__(self, keys: Keys, zone: tzinfo, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone, self._now = zone, now
        self._briefs: Sequence[OrderBrief] = ()
        self._title, self._why = (
            Text("", bold=True, token="warning.text"),
            ElidedText("", "caption", token="warning.text"),
        )
        self._state, self._number = StateMark(), Text("", token="text_secondary")
        self._priority, self._pill = PriorityMark(), PillMark()
        self._text, self._facts = ElidedText("", bold=True), FactLine("caption")
        self._merge = Button("", role="primary", icon="git-merge", key=keys("intake.merge"))
        self._open = Button("", key=keys("intake.open_order"))
        self._dismiss, self._key = Button("", role="link"), KeyHint(keys("intake.not_same"))
        self._build()
        self.retranslate()

    def _build(self) -> None:
        panel, head = Panel("warning"), Band("warning", is_head=True)
        mark = IconMark(Shape.DIAMOND, "warning.text", side=12)
        row(mark, self._title, (self._why, 1), gap=8, margins=(12, 6, 12, 6), parent=head)
        line = row(self._state, self._number, self._priority, None, self._pill, gap=8)
        words = column(self._text, self._facts, gap=0, margins=(24, 0, 0, 0))
        buttons = row(self._merge, self._open, None, self._dismiss, self._key, gap=8)
        column(head, column(line, words, buttons, gap=6, margins=(12, 6, 12, 12)), gap=0, parent=panel)
        column(panel, gap=0, parent=self)
        self._merge.clicked.connect(self.merged)
        self._open.clicked.connect(self.opened)
        self._dismiss.clicked.connect(self.dismissed)

    def show_briefs(self, briefs: Sequence[OrderBrief]) -> None:
        """Offer the first of these; none takes no room."""
        self._briefs = briefs
        self.setVisible(bool(briefs))
        self.retranslate()

    def current(self) -> OrderBrief | None:
        """The order that is offered."""
        return self._briefs[0] if self._briefs else None

    def tick(self) -> None:
        """Some time has passed."""
        if (brief := self.current()) is not None:
            self._pill.set_pill(pill_of(brief, self._now()))

    def ask_for_answer(self) -> None:
        """Say that it wants an answer before a new order is saved."""
        self._why.setText(self.tr("join it, or press save once more for a new order"))

    @override
    def retranslate(self) -> None:
        self._title.setText(self.tr("Perhaps the same matter"))
        why = self.tr("same place, same category, open")
        more = len(self._briefs) - 1
        self._why.setText(why if more < 1 else self.tr("{why}, %n more", "", more).format(why=why))
        self._merge.setText(self.tr("Join it"))
        self._open.setText(self.tr("Open"))
        self._dismiss.setText(self.tr("Not the same"))
        if (brief := self.current()) is not None:
            self._show(brief)

    def _show(self, brief: OrderBrief) -> None:
        now = self._now()
        self._state.set_state(brief.state, say_here(f"state.{brief.state}"))
        self._number.setText(short_number(brief.number, now.astimezone(self._zone).year))
        self._priority.set_priority(brief.priority)
        self._pill.set_pill(pill_of(brief, now))
        self._text.setText(" ".join(brief.text.split()))
        local = brief.reported_at.astimezone(self._zone)
        is_today = local.date() == now.astimezone(self._zone).date()
        day = "" if is_today else f"{day_text(brief.reported_at, self._zone)} "
        reported = self.tr("{time} {place}").format(time=f"{day}{time_text(local, self._zone)}", place=brief.place)
        name = spoken({"zh": brief.assignee_zh, "en": brief.assignee_en})
        sent = self.tr("sent {name}").format(name=name) if name else self.tr("nobody sent yet")
        self._facts.set_facts([reported, say_here(f"state.{brief.state}"), sent])
