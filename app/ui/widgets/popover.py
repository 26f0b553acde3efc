"""A popover: a small pane under the row it belongs to, closed by Esc or a press elsewhere."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.ui.theme.layouts import column, row
from app.ui.theme.painting import paint_box
from app.ui.theme.style import current_theme
from app.ui.widgets.grounds import Line
from app.ui.widgets.marks import IconMark, KeyHint
from app.ui.widgets.texts import ElidedText

SHADOW = 4


class _Pane(QWidget):
    """The visible part: outline, ground, a soft shade below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        box = QRectF(self.rect()).adjusted(SHADOW, 0, -SHADOW, -SHADOW)
        shade = theme.colour("text")
        for step in range(SHADOW, 0, -1):
            shade.setRgbF(0, 0, 0, 0.05 * (1 + theme.is_dark))
            grown = box.adjusted(-step, 0, step, step)
            paint_box(painter, grown, fill=shade, radius=theme.radius.panel + step)
        line = theme.base.border_strong
        paint_box(painter, box, fill=theme.base.surface_raised, line=line, radius=theme.radius.panel)


class Popover(QWidget):
    """Lies over its whole window, to see the press elsewhere; the pane has a head, a body and a foot.

    ``width`` is px at 100 %.
    """

    closed = Signal()
    """A person left it by Esc or a press elsewhere."""

    def __init__(self, window: QWidget, title: str = "", *, icon: str = "", key: str = "", width: int = 508) -> None:
        super().__init__(window)
        self._width, self._anchor = width, QRect()
        self._before: QWidget | None = None
        mark, hint = IconMark(icon, side=18, parent=self), KeyHint(key, parent=self)
        mark.setVisible(bool(icon))
        hint.setVisible(bool(key))
        self._title = ElidedText(title, bold=True)
        self._pane = _Pane(self)
        self._body, self._foot, self._foot_line = column(gap=0), column(gap=0), Line()
        self._foot_line.hide()
        head = row(mark, (self._title, 1), hint, gap=8, margins=(12, 8, 12, 8))
        margins = (SHADOW + 1, 1, SHADOW + 1, SHADOW + 1)
        column(head, Line(), self._body, self._foot_line, self._foot, gap=0, margins=margins, parent=self._pane)
        self.set_title(title)
        window.installEventFilter(self)
        self.hide()

    def set_title(self, title: str) -> None:
        """Say another title."""
        self._title.setText(title)
        self._pane.setAccessibleName(title)

    def add(self, part: QWidget | QLayout) -> None:
        """Add a part to the body, from the top."""
        self._body.put(part)

    def add_foot(self, part: QWidget | QLayout) -> None:
        """Add a part to the foot, under a line."""
        self._foot.put(part)
        self._foot_line.show()

    def open_at(self, anchor: QRect, focus: QWidget | None = None) -> None:
        """Open under ``anchor`` (in the window's coordinates), or over it if there is no room; focus ``focus``."""
        self._before, self._anchor = QApplication.focusWidget(), anchor
        self.show()
        self.raise_()
        self.place()
        (focus or self._pane).setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Fit the pane to its contents and keep it within the window."""
        window = self.parentWidget()
        if window is None or not self.isVisible():
            return
        theme, size = current_theme(), self._pane_size()
        self.setGeometry(window.rect())
        edge, gap = theme.px(8), theme.px(4)
        room = window.rect().adjusted(edge, edge, -edge, -edge)
        left = max(room.left(), min(self._anchor.left(), room.right() - size.width()))
        top = self._anchor.bottom() + gap
        if top + size.height() > room.bottom():
            top = max(room.top(), self._anchor.top() - gap - size.height())
        self._pane.setGeometry(QRect(QPoint(left, top), size))

    def pane(self) -> QRect:
        """Where the visible part lies, in the window's coordinates."""
        return self._pane.geometry()

    def leave(self) -> None:
        """Close, give the focus back, and tell."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def _pane_size(self) -> QSize:
        layout = self._pane.layout()
        width = current_theme().px(self._width) + 2 * SHADOW
        if layout is None:
            return QSize(width, 0)
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        return QSize(width, height)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._pane.geometry().contains(event.position().toPoint()):
            self.leave()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.place()
        return super().event(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)
