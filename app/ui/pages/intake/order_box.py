"""What a caller has open, before anything else: where it stands, and that they ask again."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.clock_words import say_length, say_remaining
from app.domain.numbers import short_number
from app.domain.sla import Standing
from app.domain.work_orders import CHASES_TO_SUPERVISOR, State
from app.store.queries.intake import OpenOrder
from app.ui.glyphs.shapes import Shape
from app.ui.pages.intake.wording import Speaking, pill_of, standing_of
from app.ui.theme.layouts import column, row
from app.ui.translation import say_here, spoken, spoken_language, time_text
from app.ui.widgets.buttons import Button
from app.ui.widgets.facts import Fact
from app.ui.widgets.fields import SearchField
from app.ui.widgets.grounds import Band, Panel
from app.ui.widgets.marks import IconMark, PillMark, PriorityMark, StateMark
from app.ui.widgets.texts import ElidedText, Span, SpanText, Text

_MINUTE = 60
Keys = Callable[[str], str]
"""The key of an action, as it is printed."""


class OrderBox(Speaking):
    """One open order of the caller at a time, the most urgent first."""

    chased = Signal()
    opened = Signal()
    note_edited = Signal(str)

    def __init__(self, keys: Keys, zone: tzinfo, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone, self._now = zone, now
        self._orders: Sequence[OpenOrder] = ()
        self._at = 0
        self._panel, self._head = Panel(), Band("", is_head=True)
        self._mark, self._title, self._pill = IconMark(Shape.DIAMOND, side=12), ElidedText("", bold=True), PillMark()
        self._state, self._number = StateMark(), Text("", token="text_secondary")
        self._priority, self._text = PriorityMark(), ElidedText("", "strong", bold=True)
        self._facts = [Fact("") for _ in range(5)]
        self._warning = Band("warning")
        self._warning_mark, self._warning_text = IconMark(Shape.DIAMOND, "warning.text", side=12), SpanText("")
        self.note = SearchField(icon="")
        self._chase = Button("", role="primary", icon="bell-ringing", key=keys("intake.chase"), size="main")
        self._open = Button("", icon="eye", key=keys("intake.open_order"), size="main")
        self._more_key = keys("intake.next")
        self._end = ElidedText("", "caption", token="text_muted")
        self._build()
        self.retranslate()

    def _build(self) -> None:
        row(self._mark, (self._title, 1), self._pill, gap=8, margins=(12, 8, 12, 8), parent=self._head)
        row(self._warning_mark, (self._warning_text, 1), gap=8, margins=(12, 8, 12, 8), parent=self._warning)
        line = row(self._state, self._number, self._priority, (self._text, 1), gap=8)
        buttons = row(self._chase, self._open, None, self._end, gap=8)
        facts = column(*self._facts, gap=6)
        body = column(line, facts, self._warning, self.note, buttons, gap=10, margins=(12, 10, 12, 12))
        column(self._head, body, gap=0, parent=self._panel)
        column(self._panel, gap=0, parent=self)
        self.note.textEdited.connect(self.note_edited)
        self.note.entered.connect(self._on_entered)
        self._chase.clicked.connect(self.chased)
        self._open.clicked.connect(self.opened)

    def _on_entered(self) -> None:
        """Enter after some words; without any it may have been meant for the caller chosen before."""
        if self.note.text().strip():
            self.chased.emit()

    # ---------------------------------------------------------------------------------------------------- what is shown

    def show_orders(self, orders: Sequence[OpenOrder]) -> None:
        """Show the first of ``orders``, or the one that was shown if it still is among them."""
        before = self.current().brief.id if self._orders else ""
        self._orders = orders
        self._at = next((place for place, order in enumerate(orders) if order.brief.id == before), 0)
        self.retranslate()

    def tick(self) -> None:
        """Some time has passed."""
        if self._orders:
            self._show_head()
            self._show_facts()
            self._show_warning()

    def current(self) -> OpenOrder:
        """The order that is shown. Raises ``IndexError`` when there is none."""
        return self._orders[self._at]

    def step(self, by: int) -> None:
        """Show the next order, or the one before."""
        if self._orders:
            self._at = (self._at + by) % len(self._orders)
            self.retranslate()

    def warns_supervisor(self) -> bool:
        """Whether this chase will tell the supervisor."""
        return self.current().brief.chase_count + 1 >= CHASES_TO_SUPERVISOR or self._is_late()

    def _is_late(self) -> bool:
        return standing_of(self.current().brief, self._now()).standing is Standing.OVERDUE

    @override
    def retranslate(self) -> None:
        self._chase.setText(self.tr("Chase"))
        self._open.setText(self.tr("Open"))
        self._end.setText(self.tr("no new order"))
        self.note.set_placeholder(self.tr("What they add"))
        self.note.set_hints(self.tr("may stay empty"))
        self.tick()

    def _show_head(self) -> None:
        brief, now = self.current().brief, self._now()
        is_late = self._is_late()
        self._panel.set_tone("danger" if is_late else "")
        self._head.set_tone("danger" if is_late else "")
        self._mark.set_icon(
            Shape.TRIANGLE if is_late else "clipboard-list", "danger.text" if is_late else "text_secondary"
        )
        title = self.tr("%n order(s) open, look at this first", "", len(self._orders))
        self._title.setText(title)
        if len(self._orders) > 1:
            place = self.tr("{place} of {count}, {key} for the next")
            self._end.setText(place.format(place=self._at + 1, count=len(self._orders), key=self._more_key))
        self._pill.set_pill(pill_of(brief, now))
        self._state.set_state(brief.state, say_here(f"state.{brief.state}"))
        self._number.setText(brief.number)
        self._priority.set_priority(brief.priority)
        self._text.setText(" ".join(brief.text.split()))

    def _show_facts(self) -> None:
        now, since, ahead, due, chased = self._facts
        now.set_fact(self.tr("Now"), self._now_words())
        since.set_fact(self.tr("Since"), self._since_words())
        ahead.set_fact(self.tr("Next"), self._next_words())
        due.set_fact(*self._due_words())
        chased.set_fact(self.tr("Chased"), self._chased_words())

    def _now_words(self) -> list[Span]:
        order, brief = self.current(), self.current().brief
        spans = [Span(say_here(f"state.{brief.state}"))]
        if brief.hold_reason:
            spans.append(Span(self.tr(", {reason}").format(reason=say_here(f"hold.{brief.hold_reason}"))))
        if assignee := spoken({"zh": brief.assignee_zh, "en": brief.assignee_en}):
            spans += [Span(self.tr(", sent ")), Span(assignee, is_bold=True)]
        else:
            spans.append(Span(self.tr(", nobody sent yet")))
        if order.busy_with is not None and brief.state in (State.DISPATCHED, State.ACCEPTED):
            number, place = order.busy_with
            busy = self.tr(", now at {place} for {number}")
            spans.append(Span(busy.format(place=place, number=short_number(number, self._now().year))))
        return spans

    def _since_words(self) -> str:
        order, now = self.current(), self._now()
        words = self.tr("reported {time}").format(time=self._moment(order.brief.reported_at))
        if order.dispatched_at is not None:
            words += self.tr(", sent {time}").format(time=self._moment(order.dispatched_at))
        minutes = max(0, int((now - order.brief.reported_at).total_seconds()) // _MINUTE)
        return words + self.tr(", {length} so far").format(length=say_length(minutes, spoken_language()))

    def _next_words(self) -> str:
        order = self.current()
        steps = {
            State.REPORTED: self.tr("take it in, then send somebody"),
            State.TRIAGED: self.tr("send somebody"),
            State.DISPATCHED: self.tr("accept and come") if order.needs_visit else self.tr("accept"),
            State.ACCEPTED: self.tr("come") if order.needs_visit else self.tr("finish"),
            State.ON_SITE: self.tr("finish the work"),
            State.DONE: self.tr("the desk checks the work"),
            State.VERIFIED: self.tr("close"),
            State.ON_HOLD: self.tr("go on when it is there"),
            State.REOPENED: self.tr("send somebody again"),
        }
        known = order.brief.state if order.brief.state in set(State) else State.REPORTED
        return steps.get(State(known), "")

    def _due_words(self) -> tuple[str, list[Span]]:
        order, brief = self.current(), self.current().brief
        label = self.tr("Come by") if order.is_response_due and order.needs_visit else self.tr("Due")
        standing = standing_of(brief, self._now())
        said = say_remaining(standing, brief.hold_reason, spoken_language())
        if brief.due_at is None:
            return label, [Span(said or self.tr("no time promised"))]
        words = self.tr("{time}, {left}").format(time=self._moment(brief.due_at), left=said)
        is_late = standing.standing is Standing.OVERDUE
        return label, [Span(words, is_bold=is_late, token="danger.text" if is_late else "")]

    def _chased_words(self) -> str:
        order = self.current()
        if order.last_chased_at is None:
            return self.tr("not yet")
        times = self.tr("%n time(s)", "", order.brief.chase_count)
        heard = self.tr("{times}, {time} taken by {name}")
        return heard.format(times=times, time=self._moment(order.last_chased_at), name=order.last_chased_by or "?")

    def _show_warning(self) -> None:
        brief = self.current().brief
        is_told = self.warns_supervisor()
        self._warning.set_tone("warning" if is_told else "")
        token = "warning.text" if is_told else "text_secondary"
        self._warning_mark.set_icon(Shape.DIAMOND if is_told else "info-circle", token)
        count = self.tr("This is chase number {count}").format(count=brief.chase_count + 1)
        who = spoken({"zh": brief.assignee_zh, "en": brief.assignee_en})
        if is_told:
            told = self.tr(", {name} and the supervisor are told") if who else self.tr(", the supervisor is told")
        else:
            told = self.tr(", {name} is told") if who else self.tr(", it is marked in the list")
        self._warning_text.set_spans([Span(count, is_bold=is_told), Span(told.format(name=who))])

    def _moment(self, at: datetime) -> str:
        """The time alone today, with its day before."""
        local, today = at.astimezone(self._zone), self._now().astimezone(self._zone).date()
        return time_text(at, self._zone) if local.date() == today else f"{local:%m-%d %H:%M}"
