"""The track: the steps of an order from report to closed, with their times."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.painting import CENTRE, paint_box, paint_check_mark, paint_text
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme


class StepState(StrEnum):
    """How a step of the track stands."""

    TAKEN = "taken"
    CURRENT = "current"
    AHEAD = "ahead"
    SKIPPED = "skipped"


class TrackStep(NamedTuple):
    """A step: its name, its time in words (empty if it has none), how it stands."""

    name: str
    time: str
    state: StepState


class Track(QWidget):
    """Dots on a line, names and times below them."""

    def __init__(self, steps: Sequence[TrackStep] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: Sequence[TrackStep] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[TrackStep]) -> None:
        """Show other steps."""
        self._steps = list(steps)
        taken = [f"{step.name} {step.time}".strip() for step in steps if step.state in ("taken", "current")]
        self.setAccessibleName(", ".join(taken))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(46) * max(len(self._steps), 1), theme.px(58))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(36) * max(len(self._steps), 1), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        if not self._steps:
            return
        pitch = self.width() / len(self._steps)
        for place, step in enumerate(self._steps):
            centre = round(pitch * (place + 0.5))
            if place:
                self._paint_link(painter, theme, round(pitch * (place - 0.5)), centre, step)
        for place, step in enumerate(self._steps):
            cell = QRectF(pitch * place, 0, pitch, self.height())
            self._paint_dot(painter, theme, round(pitch * (place + 0.5)), step)
            self._paint_words(painter, theme, cell, step)

    def _paint_link(self, painter: QPainter, theme: Theme, left: int, right: int, step: TrackStep) -> None:
        reach = theme.px(10) + 1
        is_behind = step.state in (StepState.TAKEN, StepState.CURRENT)
        colour = theme.base.accent if is_behind else theme.base.border
        painter.fillRect(QRectF(left + reach, theme.px(10) - 1, right - left - 2 * reach, 2), colour)

    def _paint_dot(self, painter: QPainter, theme: Theme, centre: int, step: TrackStep) -> None:
        base, side = theme.base, theme.px(20)
        dot = QRectF(centre - side / 2, 0, side, side)
        if step.state is StepState.TAKEN:
            paint_box(painter, dot, fill=base.accent, radius=side / 2)
            inset = side * 0.08
            paint_check_mark(painter, dot.adjusted(inset, inset, -inset, -inset), base.accent_text)
            return
        if step.state is StepState.CURRENT:
            paint_box(painter, dot, fill=base.surface, line=base.accent, width=2, radius=side / 2)
            inset = side * 0.27
            core = dot.adjusted(inset, inset, -inset, -inset)
            paint_box(painter, core, fill=base.accent, radius=core.width() / 2)
            return
        line = base.border if step.state is StepState.SKIPPED else base.border_strong
        paint_box(
            painter, dot.adjusted(0.5, 0.5, -0.5, -0.5), fill=base.surface, line=line, width=1.25, radius=side / 2
        )

    def _paint_words(self, painter: QPainter, theme: Theme, cell: QRectF, step: TrackStep) -> None:
        base, is_current = theme.base, step.state is StepState.CURRENT
        ink = {StepState.TAKEN: base.text, StepState.CURRENT: base.text}.get(step.state, base.text_muted)
        name = QRectF(cell.left() - 2, theme.px(23), cell.width() + 4, theme.px(17))
        paint_text(painter, name, step.name, theme.font("caption", bold=is_current), ink, CENTRE)
        time = QRectF(cell.left() - 2, theme.px(40), cell.width() + 4, theme.px(17))
        paint_text(painter, time, step.time, theme.font("caption"), base.text_muted, CENTRE)
