"""The bar over the list: the filter as chips, the menu that adds to it, the field to find in the list, the order."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.store.queries.queue import QueueFilter
from app.store.queries.queue_choices import NO_CHOICES, QueueChoices
from app.ui.pages.work_orders.facets import facets_on, without
from app.ui.pages.work_orders.filter_menu import FilterMenu
from app.ui.pages.work_orders.filter_picker import PICKED
from app.ui.theme.layouts import row
from app.ui.theme.style import current_theme
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import SearchField
from app.ui.widgets.grounds import Ground
from app.ui.widgets.marks import IconMark
from app.ui.widgets.texts import Text

_TYPING_PAUSE_MS = 60
_SEARCH_WIDTH = 240


class ChipBar(Ground):
    """Shows a filter and changes it."""

    changed = Signal(object)
    """The :class:`QueueFilter` a person made of the one shown."""
    pick_asked = Signal(str, QRect)
    """Ask for a facet in a popover, under a place in the window's coordinates."""
    cleared = Signal()
    """Go back to the saved filter as it is kept."""
    left_search = Signal()
    """Enter or Down in the search field: on to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", height=40, parent=parent)
        self._wanted, self._choices = QueueFilter(), NO_CHOICES
        self._chips: list[Chip] = []
        self._menu = FilterMenu(self)
        self._menu.chosen.connect(self.changed)
        self._menu.text_asked.connect(self.open_search)
        self._menu.pick_asked.connect(self._on_pick_asked)
        self._add = Chip("", icon="plus")
        self._add.clicked.connect(self._on_add)
        self._clear = LinkButton("")
        self._clear.clicked.connect(self.cleared)
        self.search = SearchField()
        self.search.textEdited.connect(self._on_edited)
        self.search.textChanged.connect(self._on_text)
        self.search.left_by_key.connect(self.left_search)
        self.search.installEventFilter(self)
        self.search.setFixedWidth(current_theme().px(_SEARCH_WIDTH))
        self.search.hide()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._typing.timeout.connect(self._on_pause)
        self._sort_icon = IconMark("arrows-sort", "text_muted")
        self._sort = Text("", "caption", token="text_secondary")
        self._room = row(gap=8)
        row(
            self._room,
            self._add,
            self._clear,
            self.search,
            None,
            self._sort_icon,
            self._sort,
            gap=8,
            margins=(16, 0, 16, 0),
            parent=self,
        )
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._add.set_words(self.tr("Filter"))
        self._clear.setText(self.tr("Clear"))
        self.search.set_placeholder(self.tr("Find in this list: words, pinyin, phone, number"))
        self.show_filter(self._wanted, self._choices)

    def show_filter(self, wanted: QueueFilter, choices: QueueChoices) -> None:
        """Show another filter."""
        self._wanted, self._choices = wanted, choices
        if not wanted.text and not self.search.hasFocus():
            self.search.hide()
        for chip in self._chips:
            self._room.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        facets = facets_on(wanted, choices)
        is_searching = not self.search.isHidden()
        shown = [facet for facet in facets if facet.id != "text" or not is_searching]
        self._chips = [self._chip(facet.id, facet.key, facet.value) for facet in shown]
        for chip in self._chips:
            self._room.put(chip)
        if not self.search.hasFocus() and self.search.text() != wanted.text:
            self.search.setText(wanted.text)

    def say_sort(self, words: str) -> None:
        """Say by what the list is sorted."""
        self._sort.setText(words)

    def set_clearable(self, *, is_clearable: bool) -> None:
        """Whether the filter differs from the saved one."""
        self._clear.setVisible(is_clearable)

    def open_menu(self) -> None:
        """Open the menu that adds a filter."""
        self._popup("", self._add)

    def open_search(self) -> None:
        """Go to the search field."""
        self.search.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        self.show_filter(self._wanted, self._choices)

    def _chip(self, facet_id: str, key: str, value: str) -> Chip:
        chip = Chip(value, key, is_removable=True)
        chip.setObjectName(facet_id)
        chip.clicked.connect(self._on_chip)
        chip.removed.connect(self._on_removed)
        return chip

    def _on_chip(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            if chip.objectName() == "text":
                self.open_search()
            elif chip.objectName() in PICKED:
                self._ask_under(chip.objectName(), chip)
            else:
                self._popup(chip.objectName(), chip)

    def _on_pick_asked(self, facet_id: str) -> None:
        self._ask_under(facet_id, self._add)

    def _ask_under(self, facet_id: str, under: QWidget) -> None:
        self.pick_asked.emit(facet_id, QRect(under.mapTo(under.window(), QPoint(0, 0)), under.size()))

    def _on_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            if chip.objectName() == "text":
                self.search.clear()
            self.changed.emit(without(self._wanted, chip.objectName()))

    def _on_add(self) -> None:
        self.open_menu()

    def _popup(self, facet_id: str, under: QWidget) -> None:
        menu = self._menu.menu(self._wanted, self._choices, facet_id)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(under.mapToGlobal(QPoint(0, under.height() + 2)))

    def _on_edited(self) -> None:
        self._typing.start()

    def _on_text(self, text: str) -> None:
        if not text and self._wanted.text:
            self._typing.start(0)

    def _on_pause(self) -> None:
        text = self.search.text().strip()
        if text != self._wanted.text:
            self.changed.emit(replace(self._wanted, text=text))

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is not self.search or self.search.text():
            return False
        if event.type() is QEvent.Type.FocusOut:
            self._end_search()
        elif isinstance(event, QKeyEvent) and (event.type(), event.key()) == (QEvent.Type.KeyPress, Qt.Key.Key_Escape):
            self._end_search()
            self.left_search.emit()
            return True
        return False

    def _end_search(self) -> None:
        self.search.hide()
        self.show_filter(self._wanted, self._choices)
