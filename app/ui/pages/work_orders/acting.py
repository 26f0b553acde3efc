"""Actions, links and menus of the queue page: which are possible now, and which part does them."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.pages.work_orders.asking import Asking
from app.ui.pages.work_orders.doing import Doing, withdrawable
from app.ui.pages.work_orders.exporting import Exporting
from app.ui.pages.work_orders.inline_edit import EDITABLE, CellEdit, InlineEditor
from app.ui.pages.work_orders.list_pane import ListPane
from app.ui.pages.work_orders.listing import Listing
from app.ui.pages.work_orders.menus import BULK_ACTIONS, allowed_actions, bulk_menu, order_menu
from app.ui.pages.work_orders.reading import Reading
from app.ui.pages.work_orders.reading_pane import ReadingPane
from app.ui.pages.work_orders.viewing import Viewing


class Parts(NamedTuple):
    """The parts of the page."""

    list: ListPane
    pane: ReadingPane
    listing: Listing
    viewing: Viewing
    reading: Reading
    asking: Asking
    doing: Doing
    exporting: Exporting
    inline: InlineEditor


class Acting(QObject):
    """Hands each action to the part that does it."""

    def __init__(self, desk: Desk, parts: Parts, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._parts, self._page = desk, parts, page
        self._table = parts.list.table
        self._table.opened.connect(self._on_opened)
        self._table.link_pressed.connect(self._on_link)
        self._table.menu_requested.connect(self._on_row_menu)
        parts.list.menu_wanted.connect(self._on_bulk_menu)
        parts.listing.rows.checked_changed.connect(self.allow)
        parts.reading.shown.connect(self.allow)
        parts.inline.edited.connect(self._on_edited)
        self._connect_pane()

    def _connect_pane(self) -> None:
        pane, doing = self._parts.pane, self._parts.doing
        pane.head.went.connect(self._parts.reading.step)
        pane.head.asked_for_menu.connect(self._on_order_menu)
        pane.head.asked_for_place.connect(self._go_to_place)
        pane.head.asked_for_person.connect(self._go_to_person)
        pane.foot.asked_for_menu.connect(self._on_order_menu)
        pane.crew.removed.connect(doing.remove)
        pane.crew.rang.connect(doing.phone)
        pane.related.asked_for_order.connect(self._desk.asked_for_order)
        pane.related.asked_for_asset.connect(self._go_to_asset)
        pane.history.commented.connect(doing.comment)
        pane.history.left.connect(self._parts.list.focus_table)

    def slots(self) -> dict[str, Callable[[], object]]:
        """Name of an action → what it does; those of the page itself are not among them."""
        _, pane, listing, viewing, reading, asking, doing, exporting, _ = self._parts
        return {
            "next": lambda: reading.step(1),
            "previous": lambda: reading.step(-1),
            "check": self._toggle,
            "check_all": listing.rows.check_all,
            "uncheck": listing.rows.check_none,
            "find": self._parts.list.chips.open_search,
            "filter": self._parts.list.chips.open_menu,
            "edit_cell": self.edit_cell,
            "export": lambda: exporting.ask(viewing.title(), self._page),
            "save_filter": viewing.save,
            "step": doing.step,
            "step_and_next": lambda: doing.step(and_next=True),
            "phone": doing.phone,
            "chase": doing.chase,
            "assign": asking.assign,
            "add": asking.add,
            "priority": self._open_priorities,
            "hold": asking.hold,
            "resume": doing.resume,
            "answer": asking.answer,
            "recall": doing.recall,
            "close_answered": asking.close_answered,
            "reopen": asking.reopen,
            "merge": asking.merge,
            "edit": self._edit,
            "cancel": asking.cancel,
            "withdraw": doing.withdraw,
            "copy_number": pane.head.copy_number,
        }

    def _on_edited(self, made: CellEdit) -> None:
        self._parts.doing.edited(made, partial(self._parts.inline.forget, made))

    def allow(self) -> None:
        """Enable what is possible: with the order of the pane, or with those that are checked."""
        order = self._parts.pane.order
        can_withdraw = order is not None and withdrawable(order, self._desk.person.user_id) is not None
        allowed = allowed_actions(self._parts.doing.can(), can_withdraw=can_withdraw)
        checked = bool(self._parts.listing.rows.checked())
        if checked:
            allowed |= dict.fromkeys(BULK_ACTIONS, True)
        allowed |= {"copy_number": order is not None, "uncheck": checked}
        self._desk.actions.set_enabled(
            enabled=[f"orders.{name}" for name, possible in allowed.items() if possible],
            disabled=[f"orders.{name}" for name, possible in allowed.items() if not possible],
        )

    def _toggle(self) -> None:
        if row_id := self._table.current_id():
            self._parts.listing.rows.toggle(row_id)

    # ------------------------------------------------------------------------------------------------------- editing

    def _edit(self) -> None:
        can_set = self._parts.doing.can().priority
        self._parts.asking.edit(self._parts.listing.choices(), can_set_priority=can_set)

    def _on_opened(self, _row_id: str) -> None:
        index = self._table.indexAt(self._table.viewport().mapFromGlobal(self._table.cursor().pos()))
        is_here = index.isValid() and index.row() == self._table.currentIndex().row()
        self.edit_cell(self._table.rows.columns[index.column()].key if is_here else "text")

    def edit_cell(self, column_key: str = "text") -> None:
        """Edit in the cell; what does not fit there opens in the pane."""
        order, can = self._parts.pane.order, self._parts.doing.can()
        if order is None or not can.edit or order.id != self._table.current_id():
            return
        known = column_key if column_key in EDITABLE else "text"
        choices = self._parts.listing.choices()
        if not self._parts.inline.open(order, known, choices, can_set_priority=can.priority):
            self._edit()

    def _open_priorities(self) -> None:
        menu = self._parts.doing.priority_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self._table.anchor(self._table.current_id()).bottomLeft()
        menu.popup(self._table.window().mapToGlobal(corner))

    def _on_link(self, row_id: str, column_key: str) -> None:
        """ "+ assign" in a row without anybody: about this row alone, whatever is checked."""
        if column_key == "assignee":
            self._parts.asking.assign_one(row_id)

    # --------------------------------------------------------------------------------------------------------- menus

    def _on_row_menu(self, row_id: str, place: QPoint) -> None:
        if self._parts.listing.rows.is_checked(row_id):
            self._on_bulk_menu(place)
        elif row_id:
            self._table.go_to(row_id)
            order_menu(self._desk.actions, self._page).popup(place)

    def _on_order_menu(self, under: QWidget) -> None:
        place = under.mapToGlobal(QPoint(0, under.height()))
        order_menu(self._desk.actions, self._page).popup(place)

    def _on_bulk_menu(self, place: QPoint) -> None:
        bulk_menu(self._desk.actions, self._page).popup(place)

    # --------------------------------------------------------------------------------------------------- other pages

    def _go_to_place(self) -> None:
        order = self._parts.pane.order
        if order is None:
            return
        ids = {"unit": order.unit_id, "place": order.place_id, "asset": order.asset_id, "building": order.building_id}
        found = next(((kind, row_id) for kind, row_id in ids.items() if row_id), None)
        if found is not None:
            self._desk.asked_for_place.emit(*found)

    def _go_to_asset(self, asset_id: str) -> None:
        self._desk.asked_for_place.emit("asset", asset_id)

    def _go_to_person(self) -> None:
        order = self._parts.pane.order
        if order is not None and order.callers:
            self._desk.asked_for_intake.emit(order.callers[0].phone or order.callers[0].name)
