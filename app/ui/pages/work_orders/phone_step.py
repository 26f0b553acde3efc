"""The popover in which a step is entered for one of the crew who rings in: two keys and a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.domain.clock import cut_to_minute
from app.domain.clock_words import say_length, say_remaining
from app.domain.errors import NotFoundError, OpsError
from app.domain.sla import SlaClock, Standing, Verdict
from app.domain.work_orders import HoldReason, State
from app.store.queries.order import CrewMember, OrderDetail, StepPreview, step_preview
from app.ui.desk import Desk
from app.ui.glyphs.shapes import Shape
from app.ui.pages.work_orders.order_words import standing_of, when_exactly
from app.ui.pages.work_orders.possible import phone_steps
from app.ui.pages.work_orders.told_times import is_within, told_time
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.translation import say_here, spoken, spoken_language
from app.ui.widgets.buttons import Button
from app.ui.widgets.grounds import Ground
from app.ui.widgets.marks import IconMark
from app.ui.widgets.popover import Popover
from app.ui.widgets.segments import Option, Segments
from app.ui.widgets.texts import Span, SpanText, Text

_ORDER = (State.ACCEPTED, State.ON_SITE, State.DONE, State.ON_HOLD, State.TRIAGED)
_FIELD_WIDTH = 120


_RUNNING = {
    Standing.OVERDUE: (Shape.TRIANGLE, "danger"),
    Standing.DUE_SOON: (Shape.DIAMOND, "warning"),
}


class ToldStep(NamedTuple):
    """What somebody told on the phone."""

    member: CrewMember
    to: State
    at: datetime
    reason: HoldReason | None
    resumes: bool


class PhoneStep(Popover):
    """Steps as numbered buttons, a time in digits, what the clocks will say, the sentence that will be written."""

    entered = Signal(object)
    """A :class:`ToldStep`."""

    def __init__(self, desk: Desk, window: QWidget, key: str) -> None:
        super().__init__(window, icon="phone-incoming", key=key)
        self._desk = desk
        self._order: OrderDetail | None = None
        self._member: CrewMember | None = None
        self._to: State | None = None
        self._earliest = self._latest = desk.clock.now()
        self._members = Segments((), name=self.tr("Who rings in"))
        self._members.chosen.connect(self._on_member)
        self._buttons: list[Button] = []
        self._steps = row(gap=8)
        self._reasons = Segments((), name=self.tr("Waits for"))
        self._reasons.chosen.connect(self._look)
        self._time_label = Text(self.tr("Happened at"))
        self._time, self._bounds = QLineEdit(), Text("", "caption", token="text_muted")
        self._time.setFixedWidth(current_theme().px(_FIELD_WIDTH))
        self._time.setAccessibleName(self.tr("Happened at"))
        self._time.textEdited.connect(self._look)
        self._time_label.setBuddy(self._time)
        self._mark, self._result = IconMark(Shape.TICK, "ok.shape"), SpanText()
        self._result_box = Ground("surface_sunken", lines="top")
        row(self._mark, (self._result, 1), gap=8, margins=(12, 8, 12, 8), parent=self._result_box)
        self._sentence = Text("", "caption", token="text_secondary", wrap=True)
        self._cancel = Button(self.tr("Cancel"), role="text", key="Esc")
        self._enter = Button(self.tr("Enter it"), role="primary", key="Enter")
        self._cancel.clicked.connect(self.leave)
        self._enter.clicked.connect(self.enter)
        self._fill()

    def _fill(self) -> None:
        time = row(self._time_label, self._time, (self._bounds, 1), gap=12)
        steps = row(self._steps, None, gap=0)
        body = column(self._members, steps, self._reasons, time, gap=12, margins=(12, 12, 12, 12))
        self.add(body)
        self.add(self._result_box)
        self.add_foot(row((self._sentence, 1), self._cancel, self._enter, gap=8, margins=(12, 8, 12, 8)))

    # ------------------------------------------------------------------------------------------------------- opening

    def ask(self, order: OrderDetail, member: CrewMember, anchor: QRect) -> None:
        """Open under ``anchor`` for a step of ``member``."""
        self._order, self._latest = order, self._desk.clock.now()
        steps = [line for line in order.lines if line.kind in ("step", "crew")]
        last = max(steps, key=lambda line: line.recorded_at, default=None)
        self._earliest = cut_to_minute(last.happened_at if last else order.reported_at)
        options = [Option(self._id(one), spoken(one.name)) for one in order.crew]
        self._members.set_options(options, self._id(member))
        self._members.setVisible(len(options) > 1)
        self._reasons.set_options([Option(reason, say_here(f"hold.{reason}")) for reason in HoldReason], "-")
        self._time.setText(f"{self._latest.astimezone(self._desk.zone()):%H:%M}")
        self._bounds.setText(
            self.tr("type 909; from {earliest} to {latest} (now)").format(
                earliest=self._when(self._earliest), latest=self._when(self._latest)
            )
        )
        self._choose_member(member)
        self.open_at(anchor)

    def _id(self, member: CrewMember) -> str:
        return member.staff_id or member.supplier_id or ""

    def _when(self, at: datetime) -> str:
        return when_exactly(at, self._desk.today(), self._desk.zone())

    def _on_member(self, member_id: str) -> None:
        if self._order is not None:
            self._choose_member(next(one for one in self._order.crew if self._id(one) == member_id))

    def _choose_member(self, member: CrewMember) -> None:
        if self._order is None:
            return
        self._member = member
        self.set_title(self.tr("{name} rings in: enter a step").format(name=spoken(member.name)))
        possible = phone_steps(self._order, self._desk.person.rights, member)
        shown = possible if self._resumes() else _ORDER
        self._make_buttons(shown, possible)
        self._choose_step(possible[0] if possible else None)

    def _resumes(self) -> bool:
        return self._order is not None and self._order.state is State.ON_HOLD

    def _make_buttons(self, shown: Sequence[State], possible: Sequence[State]) -> None:
        for button in self._buttons:
            self._steps.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        taken = {step.state: step.at for step in self._order.track} if self._order else {}
        for place, to in enumerate(shown, start=1):
            words = f"{place} {self._step_words(to)}"
            at = taken.get(to)
            if to not in possible and at is not None:
                words = f"{words}  {self._when(at)}"
            button = Button(words, size="main")
            button.setCheckable(True)
            button.setEnabled(to in possible)
            button.setProperty("step", to)
            button.clicked.connect(self._on_step)
            self._buttons.append(button)
            self._steps.put(button)

    def _step_words(self, to: State) -> str:
        if self._resumes():
            return say_here("step.resumed")
        return say_here("step.refused" if to is State.TRIAGED else f"step.{to}")

    def _on_step(self) -> None:
        button = self.sender()
        if isinstance(button, QObject):
            self._choose_step(State(button.property("step")))
            self._go_to_time()

    def _choose_step(self, to: State | None) -> None:
        self._to = to
        for button in self._buttons:
            button.setChecked(button.property("step") == to)
        self._reasons.setVisible(to is State.ON_HOLD and not self._resumes())
        self._enter.setText(self.tr("Go on") if to is State.DONE else self.tr("Enter it"))
        self._look()
        self.place()

    def _go_to_time(self) -> None:
        self._time.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._time.selectAll()

    # ------------------------------------------------------------------------------------------------------- looking

    def _at(self) -> datetime | None:
        return told_time(self._time.text(), self._earliest, self._latest, self._desk.zone())

    def _fault(self) -> str:
        """What is wrong, empty if nothing is."""
        at = self._at()
        if self._to is None:
            return self.tr("There is no step to enter for this person.")
        if at is None:
            return self.tr("Type the time in digits: 909 is 09:09.")
        if not is_within(at, self._earliest, self._latest):
            return say_here("step_out_of_time", earliest=self._when(self._earliest), latest=self._when(self._latest))
        if self._to is State.ON_HOLD and not self._resumes() and self._reason() is None:
            return say_here("hold_reason_missing")
        return ""

    def _reason(self) -> HoldReason | None:
        current = self._reasons.current()
        return HoldReason(current) if current in set(HoldReason) else None

    def _look(self, _value: object = None) -> None:
        fault, at = self._fault(), self._at()
        self._time.setProperty("error", at is None or not is_within(at, self._earliest, self._latest))
        self._time.update()
        self._enter.setEnabled(not fault)
        self._sentence.setText("" if fault else self._sentence_words())
        if fault:
            self._say(Shape.DIAMOND, "warning", [Span(fault)])
        elif self._order is not None and self._member is not None and self._to is not None:
            reason = self._reason()
            self._desk.read(
                step_preview,
                self._order.id,
                self._to,
                self._member.staff_id,
                at,
                self._latest,
                str(reason or ""),
                done=self._on_preview,
                failed=self._on_gone,
                latest="queue.preview",
            )

    def _sentence_words(self) -> str:
        at = self._at()
        if at is None or self._to is None or self._member is None:
            return ""
        return self.tr("{at} {name} {step}, entered {now} by {author} by phone").format(
            at=self._when(at),
            name=spoken(self._member.name),
            step=self._step_words(self._to),
            now=self._when(self._latest),
            author=self._desk.person.name,
        )

    def _on_preview(self, preview: StepPreview) -> None:
        if preview.clocks is None or self._to is None:
            self._say(Shape.RING, "neutral", [Span(self.tr("This order has no clocks."))])
            return
        kind = "resolution" if self._to is State.DONE else "response"
        clock: SlaClock = getattr(preview.clocks, kind)
        if clock.verdict is None:
            self._say_running(kind, clock, is_paused=preview.clocks.paused_since is not None)
            return
        self._say_verdict(kind, clock)

    def _say_running(self, kind: str, clock: SlaClock, *, is_paused: bool) -> None:
        if is_paused:
            self._say(Shape.BARS, "info", [Span(self.tr("The clocks stand still from then on."))])
            return
        standing = standing_of(clock, None, self._latest)
        left = say_remaining(standing, None, spoken_language())
        words = self.tr("{clock} goes on: ").format(clock=say_here(f"clock.{kind}"))
        shape, tone = _RUNNING.get(standing.standing, (Shape.RING, "neutral"))
        self._say(shape, tone, [Span(words), Span(left, is_bold=True)])

    def _say_verdict(self, kind: str, clock: SlaClock) -> None:
        at, is_met = self._at(), clock.verdict is Verdict.MET
        language = spoken_language()
        before = self.tr("{clock} at {time}: ").format(
            clock=say_here(f"clock.{kind}"), time=self._when(at) if at else ""
        )
        code = "clock_met_in" if is_met else "clock_missed_in"
        verdict = say_here(code, length=say_length(clock.elapsed, language))
        limit = say_here("clock_limit", length=say_length(clock.target or 0, language))
        spans = [Span(before), Span(verdict, is_bold=True), Span(f" ({limit})")]
        self._say(Shape.TICK if is_met else Shape.TRIANGLE, "ok" if is_met else "danger", spans)

    def _say(self, shape: Shape, tone: str, spans: Sequence[Span]) -> None:
        self._mark.set_icon(shape, f"{tone}.shape")
        self._result.set_spans(spans)

    def _on_gone(self, error: OpsError) -> None:
        self.hide()
        if not isinstance(error, NotFoundError):
            self._desk.complain(error)

    # ------------------------------------------------------------------------------------------------------ entering

    def enter(self) -> None:
        """Give it if all is there."""
        at = self._at()
        if self._fault() or at is None or self._to is None or self._member is None:
            return
        told = ToldStep(self._member, self._to, at, self._reason(), self._resumes())
        self.leave()
        self.entered.emit(told)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self._buttons) and self._buttons[place].isEnabled():
            self._choose_step(State(self._buttons[place].property("step")))
            self._go_to_time()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        else:
            super().keyPressEvent(event)
