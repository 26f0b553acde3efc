"""The queue page: saved filters, the list of orders, and the one that is read."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.domain.changes import Changes
from app.store.queries.queue_choices import QueueChoices, queue_choices
from app.ui.desk import Desk
from app.ui.pages.work_orders.acting import Acting, Parts
from app.ui.pages.work_orders.asking import Asking
from app.ui.pages.work_orders.doing import Doing
from app.ui.pages.work_orders.exporting import Exporting
from app.ui.pages.work_orders.giving import Giving
from app.ui.pages.work_orders.inline_edit import InlineEditor
from app.ui.pages.work_orders.list_pane import ListPane
from app.ui.pages.work_orders.listing import Listing
from app.ui.pages.work_orders.reading import Reading
from app.ui.pages.work_orders.reading_pane import ReadingPane
from app.ui.pages.work_orders.side import SavedViews
from app.ui.pages.work_orders.specs import specs
from app.ui.pages.work_orders.viewing import Viewing
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.widgets.grounds import Ground

TABLE_LEAST = 640
NARROW, NARROW_SIDE, NARROW_PANE = 1340, 184, 372
"""On a page narrower than this (px at 100 %) the side list and the pane are narrower too."""


class WorkOrdersPage(QWidget):
    """Puts the parts together, and folds what there is no room for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_side_taken = self._is_brought = False
        self._minute = -1
        self._slots: dict[str, Callable[[], object]] = {}
        for spec in specs():
            desk.actions.add(spec, partial(self._run, spec.id.removeprefix("orders.")), self)
        self.listing = Listing(desk, self)
        self.list = ListPane(self.listing, desk.actions)
        self.table = self.list.table
        self.setFocusProxy(self.table)
        self.saved = SavedViews(desk, self)
        self.pane = ReadingPane(desk)
        self._make_parts()
        self._side = Ground("surface_sunken", lines="right")
        column((self.saved.list, 1), gap=0, margins=(0, 8, 1, 8), parent=self._side)
        row(self._side, (self.list, 1), self.pane, gap=0, parent=self)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._on_second)
        desk.changed.connect(self._on_changed)
        desk.asked_for_dispatch.connect(self._on_dispatch_wanted)
        self.list.order_wanted.connect(partial(desk.asked_for_intake.emit, ""))
        self.list.chips.left_search.connect(self.list.focus_table)
        self.asking.opened.connect(self._bring_pane)
        self.viewing.arrived.connect(self.reading.follow)
        self.retranslate()
        self._read_choices()

    def _make_parts(self) -> None:
        desk = self._desk
        giving = Giving(desk, self)
        self.asking = Asking(desk, self.pane, self.table, giving)
        self.doing = Doing(desk, self.pane, self.table, self.asking, giving)
        self.viewing = Viewing(desk, self.saved, self.listing, self.list)
        self.reading = Reading(desk, self.listing, self.table, self.pane, self.doing)
        self.exporting = Exporting(desk, self.table, self.list.task)
        self.inline = InlineEditor(self.table)
        parts = Parts(
            self.list,
            self.pane,
            self.listing,
            self.viewing,
            self.reading,
            self.asking,
            self.doing,
            self.exporting,
            self.inline,
        )
        self.acting = Acting(desk, parts, self)
        own = {"refresh": self._refresh, "pane": self._next_pane, "comment": self._comment}
        self._slots = {**self.acting.slots(), **own}
        self.acting.allow()

    def _run(self, name: str, _is_checked: object = None) -> None:
        self._slots[name]()

    def _refresh(self) -> None:
        self.listing.reload()
        self.saved.count()
        self.reading.again()

    def _on_dispatch_wanted(self, order_id: str) -> None:
        self.reading.open(order_id)
        self.asking.assign_one(order_id)

    def _comment(self) -> None:
        self._bring_pane()
        self.pane.focus_comment()

    # --------------------------------------------------------------------------------------------------------- panes

    def take_side(self, *, is_taken: bool) -> None:
        """Let the reading pane give way while the window shows a dock at the right."""
        self._is_side_taken = is_taken
        self._fold()

    def _bring_pane(self) -> None:
        if self.pane.isHidden():
            self._is_brought = True
            self._fold()

    def _fold(self) -> None:
        """Show as many panes as leave the table its width: the reading pane goes first, then the filters."""
        theme, width = current_theme(), self.width()
        is_narrow = width < theme.px(NARROW)
        side = theme.px(NARROW_SIDE) if is_narrow else theme.size.side_list
        pane = theme.px(NARROW_PANE) if is_narrow else theme.size.reading_pane
        least = theme.px(TABLE_LEAST)
        has_room = width - side - pane >= least
        self._is_brought = self._is_brought and not has_room
        shows_pane = self._is_brought or (has_room and not self._is_side_taken)
        self._side.setFixedWidth(side)
        self.pane.setFixedWidth(pane)
        self.pane.setVisible(shows_pane)
        self._side.setVisible(width - side - (pane if shows_pane else 0) >= least)

    def _next_pane(self) -> None:
        """Go round: filters, list, order; a folded pane is brought, and goes when it is left."""
        focused = QApplication.focusWidget()
        if focused is self.table:
            self._bring_pane()
            self.pane.focus_foot()
        elif focused is self.saved.list or not self._side.isVisible():
            self._is_brought = False
            self._fold()
            self.list.focus_table()
        else:
            self._is_brought = False
            self._fold()
            (self.saved.list if self._side.isVisible() else self.table).setFocus(Qt.FocusReason.TabFocusReason)

    # ---------------------------------------------------------------------------------------------------------- time

    def _on_second(self) -> None:
        self.table.tick("left")
        minute = self._desk.clock.now().minute
        if minute != self._minute and self._minute >= 0:
            self.viewing.minute_passed()
            self.reading.again()
        self._minute = minute

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("site", "category", "staff"):
            self._read_choices()

    def _read_choices(self) -> None:
        self._desk.read(queue_choices, self._desk.person.streams, done=self._on_choices, latest="queue.choices")

    def _on_choices(self, choices: QueueChoices) -> None:
        self.listing.set_choices(choices)
        self.saved.set_choices(choices)
        self.viewing.set_choices(choices)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.setAccessibleName(self.tr("Orders"))
        self.list.retranslate()
        self.saved.retranslate()
        self.pane.retranslate()
        self.viewing.retranslate()
        self.reading.again()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: uncheck, else go back to the filter as it is saved."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.listing.rows.checked():
            self.listing.rows.check_none()
        else:
            self.viewing.reset()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self._fold()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()
        self.list.focus_table()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()
