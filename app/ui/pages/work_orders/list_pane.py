"""The middle of the queue page: header, chips, table, what is checked, and what is shown when there is nothing."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from app.ui.actions import Actions
from app.ui.glyphs.marks import Tag
from app.ui.glyphs.shapes import Shape
from app.ui.pages.work_orders.chip_bar import ChipBar
from app.ui.pages.work_orders.listing import Listing
from app.ui.theme.layouts import column, row
from app.ui.widgets.bars import BulkBar, PageHeader, TaskPart
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.grounds import Ground
from app.ui.widgets.table import Table
from app.ui.widgets.texts import Text

_BULK = {"assign": "user-plus", "priority": "flag", "hold": "player-pause", "merge": "git-merge"}
"""What the bar for checked orders offers at once, with icons."""


class ListPane(QWidget):
    """Everything about the list that is not one order."""

    menu_wanted = Signal(QPoint)
    all_open_wanted = Signal()
    filter_reset_wanted = Signal()
    order_wanted = Signal()

    def __init__(self, listing: Listing, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listing, self._actions = listing, actions
        self._columns = IconButton("columns-3", "")
        self._export = IconButton("file-spreadsheet", "", key=actions.key("orders.export"))
        self.header = PageHeader("", self._columns, self._export)
        self.chips = ChipBar()
        self.table = Table(listing.rows, "")
        self.bulk = self._make_bulk()
        self.bulk.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.task = TaskPart()
        self._range, self._hint = Text("", "caption", token="text_muted"), Text("", "caption", token="text_muted")
        self._foot = Ground("surface_sunken", lines="top", height=28)
        row(self._range, self.task, None, self._hint, gap=16, margins=(16, 0, 16, 0), parent=self._foot)
        self._nothing = self._make_empty()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._blank = Ground("surface")
        column((self._nothing, 1), gap=0, parent=self._blank)
        self._stack.addWidget(self._blank)
        column(self.header, self.chips, (self._stack, 1), self.bulk, self._foot, gap=0, parent=self)
        self._columns.clicked.connect(self._on_columns)
        self._export.clicked.connect(actions.action("orders.export").trigger)
        self.bulk.cancelled.connect(listing.rows.check_none)
        listing.rows.checked_changed.connect(self.show_checked)
        self.table.verticalScrollBar().valueChanged.connect(self.show_range)
        self.retranslate()

    def _make_bulk(self) -> BulkBar:
        self._bulk_buttons: dict[str, Button] = {}
        for name, icon in (
            ("assign", "user-plus"),
            ("priority", "flag"),
            ("hold", "player-pause"),
            ("merge", "git-merge"),
        ):
            action = self._actions.action(f"orders.{name}")
            letters = self._actions.spec(f"orders.{name}").letters
            button = Button(icon=icon, key=letters[0] if letters else "")
            button.clicked.connect(action.trigger)
            self._bulk_buttons[name] = button
        self._bulk_more = IconButton("dots", "", role="")
        self._bulk_more.clicked.connect(self._on_bulk_more)
        return BulkBar(*self._bulk_buttons.values(), self._bulk_more)

    def _make_empty(self) -> EmptyState:
        self._all_open, self._reset, self._new = Button(), Button(key="Esc"), Button(role="primary", key="Ctrl N")
        self._all_open.clicked.connect(self.all_open_wanted)
        self._reset.clicked.connect(self.filter_reset_wanted)
        self._new.clicked.connect(self.order_wanted)
        return EmptyState("clipboard-list", "", "", (self._all_open, self._reset, self._new))

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.table.setAccessibleName(self.tr("Orders"))
        self._columns.set_name(self.tr("Columns"))
        self._export.set_name(self.tr("Export this list"))
        words = {
            "assign": self.tr("Assign"),
            "priority": self.tr("Priority"),
            "hold": self.tr("Hold"),
            "merge": self.tr("Merge"),
        }
        for name, button in self._bulk_buttons.items():
            button.setText(words[name])
        self._bulk_more.set_name(self.tr("More"))
        self._reset.setText(self.tr("Clear the filter"))
        self._new.setText(self.tr("New order"))
        self._hint.setText(self.tr("Alt ↓ next order   X select"))
        self.chips.retranslate()
        self.show_checked()
        self.show_range()

    # ------------------------------------------------------------------------------------------------------- showing

    def show_tags(self, overdue: int, due_soon: int) -> None:
        """Say how many orders of the list are in trouble."""
        tags = []
        if overdue:
            tags.append(Tag(self.tr("%Ln overdue", None, overdue), "danger", Shape.TRIANGLE))
        if due_soon:
            tags.append(Tag(self.tr("%Ln due soon", None, due_soon), "warning", Shape.DIAMOND))
        self.header.set_tags(tags)

    def show_list(self) -> None:
        """Show the table; keys that were at what stood in its place are at the table again."""
        focused = QApplication.focusWidget()
        was_here = self._blank.isVisible() and self._blank.isAncestorOf(focused or self._blank)
        self._stack.setCurrentWidget(self.table)
        if was_here:
            self.focus_table()
        self.show_range()

    def show_no_hits(self, view: str, facets: str, all_open: str) -> None:
        """Say that nothing passes the filter; ``all_open`` is how many open orders there are."""
        explanation = self.tr("“{facets}” is empty.").format(facets=facets or view)
        self._nothing.say(self.tr("No order passes this filter"), explanation, "clipboard-list")
        self._all_open.setText(self.tr("See all open {count}").format(count=all_open).strip())
        self._show_nothing(self._all_open, self._reset)

    def show_none_yet(self) -> None:
        """Say that there is no order at all."""
        explanation = self.tr("The first one is opened when somebody calls, or comes by import.")
        self._nothing.say(self.tr("No orders yet"), explanation, "phone-incoming")
        self._show_nothing(self._new)

    def show_fetching(self) -> None:
        """Say that orders are still being fetched."""
        explanation = self.tr("The newest come first; you can work as soon as they are here.")
        self._nothing.say(self.tr("Fetching the orders"), explanation, "download")
        self._show_nothing()

    def _show_nothing(self, *buttons: Button) -> None:
        for button in (self._all_open, self._reset, self._new):
            button.setVisible(button in buttons)
        self._stack.setCurrentWidget(self._blank)
        self.show_range()

    def show_checked(self) -> None:
        """Say how many orders are checked."""
        count = len(self._listing.rows.checked())
        self.bulk.setVisible(count > 0)
        self._foot.setVisible(count == 0)
        if count:
            self._fit_bulk(count)

    def _fit_bulk(self, count: int) -> None:
        """What does not fit stands in the menu, or is said in the header already."""
        words = self.tr("%Ln selected", None, count)
        self.bulk.say(words, self.tr("of %Ln in this filter", None, len(self._listing.rows.ids())))
        merge = self._bulk_buttons["merge"]
        merge.setVisible(count > 1)
        if self.bulk.sizeHint().width() > self.width():
            self.bulk.say(words)
        if self.bulk.sizeHint().width() > self.width():
            merge.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_checked()
        self.show_range()

    def show_range(self) -> None:
        """Say which of the rows are in sight."""
        seen, total = self.table.visible_rows(), len(self._listing.rows.ids())
        is_list = self._stack.currentWidget() is self.table and bool(seen)
        words = self.tr("{first}–{last} of {total}") if is_list else ""
        first, last = (seen[0] + 1, seen[-1] + 1) if seen else (0, 0)
        self._range.setText(words.format(first=f"{first:,}", last=f"{last:,}", total=f"{total:,}"))

    def _on_columns(self) -> None:
        menu = self.table.header.menu()
        menu.popup(self._columns.mapToGlobal(QPoint(0, self._columns.height())))

    def _on_bulk_more(self) -> None:
        self.menu_wanted.emit(self._bulk_more.mapToGlobal(QPoint(0, 0)))

    def focus_table(self) -> None:
        """Go to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
