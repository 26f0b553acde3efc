"""The reading pane: one order whole, or a form about it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.ids import stream_id
from app.store.queries.order import OrderDetail
from app.ui.desk import Desk
from app.ui.pages.work_orders.forms.form import OrderForm
from app.ui.pages.work_orders.order_words import clock_rows, track_of
from app.ui.pages.work_orders.pane.crew import CrewBox
from app.ui.pages.work_orders.pane.foot import PaneFoot
from app.ui.pages.work_orders.pane.head import OrderHead
from app.ui.pages.work_orders.pane.history import HistoryBox
from app.ui.pages.work_orders.pane.related import RelatedBox
from app.ui.pages.work_orders.possible import Possible
from app.ui.theme.layouts import column, row
from app.ui.widgets.clocks import Clocks
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.grounds import Ground, Line
from app.ui.widgets.texts import SpanText
from app.ui.widgets.track import Track


class ReadingPane(Ground):
    """Shows an order; a form takes its place while something is asked about it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("surface", lines="left", parent=parent)
        self._desk = desk
        self.order: OrderDetail | None = None
        self.form: OrderForm | QWidget | None = None
        self.head, self.foot = OrderHead(), PaneFoot(desk.actions)
        self.crew, self.related, self.history = CrewBox(desk.actions), RelatedBox(), HistoryBox()
        self._track, self._clocks = Track(), Clocks()
        self._nothing = EmptyState("list-details", "")
        self._whole = self._make_whole()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._whole)
        column((self._stack, 1), gap=0, margins=(1, 0, 0, 0), parent=self)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._on_second)
        self.retranslate()

    def _make_whole(self) -> QWidget:
        self._said, self._said_box = SpanText(), QWidget()
        said = row((self._said, 1), margins=(16, 12, 16, 12))
        column(said, Line(), gap=0, parent=self._said_box)
        track, clocks = QWidget(), QWidget()
        column(self._track, margins=(8, 12, 8, 10), parent=track)
        column(self._clocks, margins=(16, 8, 16, 8), parent=clocks)
        self._clocks_box, self._clocks_line = clocks, Line()
        inner = QWidget()
        parts = (
            self._said_box,
            track,
            Line(),
            clocks,
            self._clocks_line,
            self.crew,
            Line(),
            self.related,
            Line(),
            self.history,
        )
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for part in parts:
            box.addWidget(part)
        box.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self._scroll = scroll
        whole = QWidget()
        column(self.head, Line(), (scroll, 1), self.foot, gap=0, parent=whole)
        return whole

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._nothing.say(self.tr("No order chosen"), self.tr("Choose one in the list to see it here."))
        for part in (self.head, self.foot, self.crew, self.related, self.history):
            part.retranslate()

    # ------------------------------------------------------------------------------------------------------- showing

    def show_order(self, order: OrderDetail | None, can: Possible) -> None:
        """Show an order as it is now; what is half typed in a form stays."""
        is_other = self.order is None or order is None or self.order.id != order.id
        self.order = order
        if order is None:
            self._second.stop()
        else:
            self._second.start()
            sees_people = stream_id(order.site_id, "people") in self._desk.person.streams
            today, zone = self._desk.today(), self._desk.zone()
            self.head.show_order(order, sees_people=sees_people)
            self._said.set_spans(order.description)
            self._show_said()
            self._track.set_steps(track_of(order, today, zone))
            self._show_clocks()
            self.crew.show_order(order, can)
            self.related.show_order(order, today, zone)
            self.history.show_order(order, today, zone, can_comment=can.comment)
            self.foot.show_possible(can)
            if is_other:
                self._scroll.verticalScrollBar().setValue(0)
        if self.form is None:
            self._stack.setCurrentWidget(self._whole if order is not None else self._nothing)

    def _show_said(self) -> None:
        """Show all that was reported where the title does not hold it, or loses its lines."""
        has_lines = self.order is not None and "\n" in self.order.description.strip()
        self._said_box.setVisible(has_lines or self.head.is_title_cut(self.width()))

    def _show_clocks(self) -> None:
        if self.order is None:
            return
        rows = clock_rows(self.order, self._desk.clock.now())
        self._clocks.set_rows(rows)
        for part in (self._clocks_box, self._clocks_line):
            part.setVisible(bool(rows))

    def _on_second(self) -> None:
        if self.isVisible() and self.form is None:
            self._show_clocks()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.order is not None:
            self._show_said()

    def focus_comment(self) -> None:
        """Go to the field for a comment, wherever it lies."""
        self.history.focus_comment()
        focused = self._whole.focusWidget()
        if focused is not None:
            self._scroll.ensureWidgetVisible(focused)

    def focus_foot(self) -> None:
        """Go to the buttons of the order, or into the form."""
        if isinstance(self.form, OrderForm):
            self.form.focus_first()
        elif self.order is not None:
            self.foot.focus_main()

    # --------------------------------------------------------------------------------------------------------- forms

    def open_form(self, form: QWidget) -> None:
        """Put a form in the place of the order."""
        self.drop_form()
        self.form = form
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        if isinstance(form, OrderForm):
            form.focus_first()
        else:
            form.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop_form(self) -> None:
        """Show the order again."""
        form, self.form = self.form, None
        if form is not None:
            self._stack.removeWidget(form)
            form.hide()
            form.deleteLater()
        self._stack.setCurrentWidget(self._whole if self.order is not None else self._nothing)
