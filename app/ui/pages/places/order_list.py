"""The orders of a place: all, the open ones, or the last year's."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.changes import Changes
from app.domain.work_orders import OPEN_STATES
from app.store.queries.order_briefs import OrderBrief
from app.store.queries.place_history import HISTORY_PAGE, PlaceOrders, place_orders
from app.ui.desk import Desk
from app.ui.models.row_table import RowTable
from app.ui.pages.places.order_columns import order_columns
from app.ui.theme.layouts import column, row
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.grounds import Ground
from app.ui.widgets.table import Table
from app.ui.widgets.texts import Text

SCOPES = ("all", "open", "year")
_MORE = 50


class OrderList(Ground):
    """A table under three chips; Enter opens the order on the queue page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._desk = desk
        self._kind, self._id, self._scope, self._limit = "", "", "all", HISTORY_PAGE
        self._counts: Mapping[str, int] = {}
        self._model: RowTable[OrderBrief] = RowTable(order_columns(desk.clock.now, desk.zone()))
        self.table = Table(self._model, "")
        self.table.opened.connect(desk.asked_for_order)
        self._title, self._count = Text(size="strong", bold=True), Text(token="text_muted")
        self._chips = {scope: Chip("", parent=self) for scope in SCOPES}
        for scope, chip in self._chips.items():
            chip.clicked.connect(lambda _checked=False, chosen=scope: self._choose(chosen))
        self._more = LinkButton("")
        self._more.clicked.connect(self._on_more)
        self._empty = EmptyState("clipboard-list", "", "")
        head = row(self._title, self._count, None, *self._chips.values(), margins=(16, 8, 16, 8))
        foot = row(self._more, None, margins=(14, 4, 16, 8))
        column(head, (self.table, 1), (self._empty, 1), foot, gap=0, parent=self)
        self._minute = QTimer(self)
        self._minute.setInterval(1000)
        self._minute.timeout.connect(lambda: self.table.tick("outcome"))
        self._minute.start()
        desk.changed.connect(self._on_changed)
        self.retranslate()

    def show_of(self, kind: str, row_id: str) -> None:
        """Show the orders of another place."""
        self._kind, self._id, self._scope, self._limit = kind, row_id, "all", HISTORY_PAGE if kind == "unit" else _MORE
        self.table.header.set_shown("place", is_shown=kind == "building")
        self._read()

    def first_open(self) -> str:
        """The open order that is listed first; empty if there is none."""
        first = next(iter(self._model.ids()), "")
        found = self._model.row(first)
        return first if found is not None and found.state in OPEN_STATES else ""

    def _choose(self, scope: str) -> None:
        self._scope, self._limit = scope, _MORE
        self._read()

    def _on_more(self) -> None:
        self._limit += _MORE
        self._read()

    def _read(self) -> None:
        if not self._kind:
            return
        wanted = (self._kind, self._id, self._scope, self._desk.clock.now(), self._limit)
        self._desk.read(place_orders, *wanted, done=self._on_read, latest="places.orders")

    def _on_read(self, found: PlaceOrders) -> None:
        rows, self._counts = found
        self._model.set_rows(rows)
        self._say_counts()
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)

    def _say_counts(self) -> None:
        words = {"all": self.tr("All"), "open": self.tr("Open"), "year": self.tr("Last year")}
        for scope, chip in self._chips.items():
            chip.set_words(f"{words[scope]} {self._counts.get(scope, 0):,}")
            chip.set_active(is_active=scope == self._scope)
        self._count.setText(self.tr("%Ln order(s)", "", self._counts.get("all", 0)))
        left = self._counts.get(self._scope, 0) - len(self._model.ids())
        self._more.setVisible(left > 0)
        self._more.setText(self.tr("%Ln earlier", "", max(left, 0)))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("work_order"):
            self._read()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(self.tr("Orders"))
        self.table.setAccessibleName(self.tr("Orders"))
        self._empty.say(self.tr("No orders here yet"), self.tr("What is reported from here will be listed."))
        self._say_counts()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
