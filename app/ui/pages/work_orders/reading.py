"""Which order is read: it follows the list, what is asked for elsewhere, and what changes."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.changes import Changes
from app.domain.errors import NotFoundError, OpsError
from app.store.queries.order import OrderDetail, order_detail
from app.ui.desk import Desk
from app.ui.pages.work_orders.doing import Doing
from app.ui.pages.work_orders.listing import Listing
from app.ui.pages.work_orders.possible import NOTHING
from app.ui.pages.work_orders.reading_pane import ReadingPane
from app.ui.widgets.table import Table

_PAUSE_MS = 30
_TABLES = (
    "timeline",
    "assignment",
    "order_reporter",
    "resident",
    "resident_phone",
    "exemption",
    "staff",
    "category",
    "sla_policy",
    "sla_policy_version",
    "calendar_day",
)
"""Tables that the pane shows something of."""


class Reading(QObject):
    """Reads the order of the pane whenever it is another one or has changed."""

    shown = Signal()
    """The pane shows an order anew, or none."""

    def __init__(self, desk: Desk, listing: Listing, table: Table, pane: ReadingPane, doing: Doing) -> None:
        super().__init__(pane)
        self._desk, self._listing, self._table, self._pane, self._doing = desk, listing, table, pane, doing
        self._order_id = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._read)
        table.current_changed.connect(self._on_current)
        desk.changed.connect(self._on_changed)
        desk.asked_for_order.connect(self.open)

    @property
    def order_id(self) -> str:
        """The order that is read, empty if none is."""
        return self._order_id

    def open(self, order_id: str) -> None:
        """Read an order, in the list or not."""
        self._table.go_to(order_id)
        self._show(order_id)

    def follow(self) -> None:
        """Another list is shown: stay with the order if it is in it, else read its first."""
        if not self._order_id or not self._table.go_to(self._order_id):
            self._table.go_to_row(0)
        self._show(self._table.current_id())

    def step(self, by: int) -> None:
        """Go to the next order of the list, or the one before."""
        is_gone = self._order_id and self._listing.rows.position(self._order_id) is None
        here = self._table.current_id()
        if is_gone and by > 0 and here:
            self._show(here)  # the row that took its place is the next one
        else:
            self._table.step(by)

    def again(self) -> None:
        """Read it anew: a minute has passed."""
        if self._order_id:
            self._read()

    def _on_current(self, order_id: str) -> None:
        # A row that leaves the filter stays in the pane until somebody moves.
        if not self._listing.is_taking or not self._order_id:
            self._show(order_id)

    def _show(self, order_id: str) -> None:
        if order_id == self._order_id:
            return
        self._order_id = self._listing.current = order_id
        if order_id:
            self._read()
        else:
            self._pane.show_order(None, NOTHING)
            self.shown.emit()

    def _on_changed(self, changes: Changes) -> None:
        if not self._order_id:
            return
        if changes.everything or self._order_id in changes.of("work_order") or changes.touches(*_TABLES):
            self._pause.start()

    def _read(self) -> None:
        person, now = self._desk.person, self._desk.clock.now()
        self._desk.read(
            order_detail,
            self._order_id,
            person.streams,
            now,
            done=self._on_order,
            failed=self._on_failed,
            latest="queue.order",
        )

    def _on_order(self, order: OrderDetail) -> None:
        if order.id == self._order_id:
            self._pane.show_order(order, self._doing.possible_with(order))
            self.shown.emit()

    def _on_failed(self, error: OpsError) -> None:
        if not isinstance(error, NotFoundError):
            self._desk.complain(error)
        self._order_id = self._listing.current = ""
        self._pane.show_order(None, NOTHING)
        self.shown.emit()
