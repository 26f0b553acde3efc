"""The timeline of an order, and the box in which a remark is added to it."""

from datetime import UTC, date, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.work_orders import TEXT_LIMIT
from app.store.queries.order import OrderDetail
from app.ui.pages.work_orders.order_words import timeline_lines
from app.ui.theme.layouts import column, row
from app.ui.widgets.buttons import Button, LinkButton
from app.ui.widgets.facts import SectionHeader
from app.ui.widgets.fields import LineEdit
from app.ui.widgets.timeline import Timeline

LINES_SHOWN = 6


class _CommentField(LineEdit):
    """Esc goes back to the list and keeps what was typed."""

    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class HistoryBox(QWidget):
    """The newest lines, all of them on request, and a field for a comment."""

    commented = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: OrderDetail | None = None
        self._today: date = date.min
        self._zone: tzinfo = UTC
        self._shows_all = False
        self._typed: dict[str, str] = {}
        """Order → the comment begun there."""
        self._all = LinkButton("")
        self._all.clicked.connect(self._on_all)
        self._head = SectionHeader("", self._all)
        self._timeline = Timeline()
        self._field, self._send = _CommentField(limit=TEXT_LIMIT), Button(icon="send", name="")
        self._field.returnPressed.connect(self._on_sent)
        self._field.left.connect(self.left)
        self._send.clicked.connect(self._on_sent)
        column(
            self._head,
            self._timeline,
            row((self._field, 1), self._send, gap=8),
            gap=10,
            margins=(16, 10, 16, 12),
            parent=self,
        )
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._head.set_text(self.tr("Timeline"))
        self._field.setPlaceholderText(self.tr("Add a comment"))
        self._field.setAccessibleName(self.tr("Add a comment"))
        self._send.set_name(self.tr("Send the comment"))

    def show_order(self, order: OrderDetail, today: date, zone: tzinfo, *, can_comment: bool) -> None:
        """Show the lines as they are now; what is half typed is there again with its order."""
        if self._order is None or self._order.id != order.id:
            self._shows_all = False
            if self._order is not None and (begun := self._field.text()):
                self._typed[self._order.id] = begun
            self._field.setText(self._typed.pop(order.id, ""))
        self._order = order
        lines = timeline_lines(order, today, zone)
        shown = lines if self._shows_all else lines[:LINES_SHOWN]
        self._timeline.set_lines(shown)
        self._all.setVisible(len(lines) > LINES_SHOWN and not self._shows_all)
        self._all.setText(self.tr("all %n", None, len(lines)))
        self._today, self._zone = today, zone
        for part in (self._field, self._send):
            part.setVisible(can_comment)

    def give_back(self, order_id: str, text: str) -> None:
        """A comment was not kept: it can be sent once more."""
        if self._order is None or self._order.id != order_id:
            self._typed[order_id] = text
        elif not self._field.text():
            self._field.setText(text)

    def focus_comment(self) -> None:
        """Go to the field for a comment."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_sent(self) -> None:
        text = self._field.text().strip()
        if text:
            self._field.clear()
            self.commented.emit(text)

    def _on_all(self) -> None:
        self._shows_all = True
        if self._order is not None:
            self.show_order(self._order, self._today, self._zone, can_comment=not self._field.isHidden())
