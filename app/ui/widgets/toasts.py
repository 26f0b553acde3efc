"""Toasts: what was just done, for eight seconds, with a way back."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.theme.icons import paint_icon
from app.ui.theme.layouts import row
from app.ui.theme.painting import CENTRE, LEFT, paint_box, paint_text, saved, text_width
from app.ui.theme.style import current_theme
from app.ui.widgets.buttons import Button

SECONDS = 8
_HEIGHT, _EDGE = 40, 24


class _Undo(Button):
    """The word that takes it back, underlined, on the toast's dark ground."""

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        width = text_width(self.text(), theme.font("body", bold=True)) + theme.px(16)
        return QSize(round(width) + 1, theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, box = current_theme(), QPainter(self), QRectF(self.rect())
        ink, font = theme.base.tooltip_text, theme.font("body", bold=True)
        paint_text(painter, box, self.text(), font, ink, CENTRE)
        width = text_width(self.text(), font)
        line = QRectF(box.center().x() - width / 2, box.center().y() + theme.px(9), width, 1)
        painter.fillRect(line, ink)
        if self.hasFocus():
            paint_box(painter, box, line=ink, width=2, radius=theme.radius.control)


class Toast(QWidget):
    """Lies over its window at the bottom left; counts down, but not under the pointer or while it has the focus."""

    undone = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._text = ""
        self._left = 0
        self._undo = _Undo(self.tr("Undo"), parent=self)
        self._undo.clicked.connect(self._on_undo)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_second)
        row(None, self._undo, gap=0, margins=(0, 0, 40, 0), parent=self)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, can_undo: bool = False) -> None:
        """Show ``text`` instead of what was shown; with ``can_undo`` a press of Undo emits ``undone``."""
        self._text = text
        self.setAccessibleName(text)
        self._undo.setVisible(can_undo)
        self._left = SECONDS
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        self.update()

    def text(self) -> str:
        """What is shown, also after it went."""
        return self._text

    def seconds_left(self) -> int:
        """How long it will still be shown."""
        return self._left

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        width = theme.px(38) + text_width(self._text, theme.font("body")) + theme.px(52)
        if not self._undo.isHidden():
            width += self._undo.sizeHint().width()
        return QSize(round(width), theme.px(_HEIGHT))

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        theme, size = current_theme(), self.sizeHint()
        width = min(size.width(), window.width() - 2 * theme.px(_EDGE))
        bottom = window.height() - theme.px(_EDGE) - theme.size.status_bar
        self.setGeometry(theme.px(_EDGE), bottom - size.height(), width, size.height())

    def _on_second(self) -> None:
        if self.underMouse() or self._undo.hasFocus():
            return
        self._left -= 1
        self.update()
        if self._left <= 0:
            self._end()

    def _on_undo(self) -> None:
        self._end()
        self.undone.emit()

    def _end(self) -> None:
        self._timer.stop()
        self.hide()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._left = SECONDS
        self.update()
        super().enterEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._undo.setText(self.tr("Undo"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, box = current_theme(), QPainter(self), QRectF(self.rect())
        base, ok = theme.base, theme.icon.row
        line = base.border_strong if theme.is_dark else None
        paint_box(painter, box, fill=base.tooltip, line=line, radius=theme.radius.panel)
        icon = QRectF(theme.px(14), round((box.height() - ok) / 2), ok, ok)
        paint_icon(painter, icon, "circle-check", base.tooltip_text)
        end = self._undo.x() if not self._undo.isHidden() else box.width() - theme.px(40)
        room = QRectF(theme.px(38), 0, end - theme.px(38), box.height())
        paint_text(painter, room, self._text, theme.font("body"), base.tooltip_text, LEFT)
        self._paint_countdown(
            painter, QRectF(box.width() - theme.px(34), (box.height() - theme.px(20)) / 2, theme.px(20), theme.px(20))
        )

    def _paint_countdown(self, painter: QPainter, box: QRectF) -> None:
        theme = current_theme()
        ring, ink = box.adjusted(1, 1, -1, -1), theme.base.tooltip_text
        with saved(painter, smooth=True):
            faint = QPen(ink, 1.5)
            colour = faint.color()
            colour.setAlphaF(0.25)
            faint.setColor(colour)
            painter.setPen(faint)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(ring)
            painter.setPen(QPen(ink, 1.5))
            painter.drawArc(ring, 90 * 16, round(360 * 16 * self._left / SECONDS))
        paint_text(painter, box, str(self._left), theme.font("caption"), ink, CENTRE)
