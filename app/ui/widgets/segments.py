"""One choice of a few, side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.theme.controls import came_by_key
from app.ui.theme.painting import CENTRE, paint_box, paint_text, saved, text_width
from app.ui.theme.style import current_theme


class Option(NamedTuple):
    """A choice: what it is called in the program and on the screen."""

    id: str
    text: str


class _Segment(QAbstractButton):
    """One of the choices; painted by place, since the outlines of neighbours are one."""

    def __init__(self, option: Option, parent: QWidget) -> None:
        super().__init__(parent)
        self.option = option
        self.before: _Segment | None = None
        self.is_last = False
        self.setText(option.text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        width = text_width(self.text(), theme.font("body", bold=True)) + 2 * theme.px(11)
        return QSize(round(width) + 1, theme.size.button)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, box = current_theme(), QPainter(self), QRectF(self.rect())
        base, radius = theme.base, theme.radius.control
        is_first, beyond = self.before is None, radius + 1
        frame = box.adjusted(0 if is_first else -beyond, 0, 0 if self.is_last else beyond, 0)
        chosen, enabled = self.isChecked(), self.isEnabled()
        fill = base.selection if chosen else base.hover if self.underMouse() and enabled else base.surface
        plain = base.border_strong if enabled else base.border
        mark = base.accent if enabled else plain
        with saved(painter):
            painter.setClipRect(box)
            paint_box(painter, frame, fill=fill, line=mark if chosen else plain, radius=radius)
            if self.before is not None:
                edge = mark if chosen or self.before.isChecked() else plain
                painter.fillRect(QRectF(0, 0, 1, box.height()), edge)
        if self.hasFocus() and came_by_key(self):
            paint_box(painter, box, line=base.focus, width=2, radius=radius)
        ink = base.text if enabled else base.text_disabled
        paint_text(painter, box, self.text(), theme.font("body", bold=chosen), ink, CENTRE)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the whole moves the choice
        else:
            super().keyPressEvent(event)


class Segments(QWidget):
    """Choices in one outline; left and right move between them."""

    chosen = Signal(str)
    """The id of the choice a person made."""

    def __init__(
        self, options: Sequence[Option], current: str = "", *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_options(options, current or (options[0].id if options else ""))

    def set_options(self, options: Sequence[Option], current: str = "") -> None:
        """Offer other choices, or the same in another language; the chosen one stays if it still is one."""
        current = current or self.current()
        for segment in self._segments():
            self._group.removeButton(segment)
            self._box.removeWidget(segment)
            segment.hide()
            segment.deleteLater()
        made = [_Segment(option, self) for option in options]
        for before, segment in zip([None, *made], made, strict=False):
            segment.before, segment.is_last = before, segment is made[-1]
            segment.toggled.connect(self._on_toggled)
            segment.setChecked(segment.option.id == current)
            self._group.addButton(segment)
            self._box.addWidget(segment)

    def current(self) -> str:
        """The id of the choice, empty if there is none."""
        segment = self._group.checkedButton()
        return segment.option.id if isinstance(segment, _Segment) else ""

    def choose(self, option_id: str) -> None:
        """Choose without telling."""
        for segment in self._segments():
            segment.setChecked(segment.option.id == option_id)

    def _segments(self) -> list[_Segment]:
        return [button for button in self._group.buttons() if isinstance(button, _Segment)]

    def _on_toggled(self) -> None:
        """Neighbours share an outline, so all are painted anew."""
        for segment in self._segments():
            segment.update()

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _Segment):
            self.chosen.emit(button.option.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        segments = self._segments()
        if step is None or not segments:
            super().keyPressEvent(event)
            return
        at = next((place for place, segment in enumerate(segments) if segment.isChecked()), 0)
        target = segments[max(0, min(len(segments) - 1, at + step))]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()
