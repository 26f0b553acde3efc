"""The places page: the tree, and of the place chosen its residents, orders and equipment (picture 21)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedWidget, QWidget
from typing_extensions import override

from app.domain.changes import Changes
from app.domain.permissions import Right
from app.store.queries.intake_choices import PlaceHit, find_places, place_hit
from app.store.queries.place_cards import PlaceCard, UnitCard, place_card, unit_card
from app.store.queries.residents import Person, person_of
from app.ui.actions import ActionSpec, Words
from app.ui.desk import Desk
from app.ui.pages.places.editing import Editing
from app.ui.pages.places.order_list import OrderList
from app.ui.pages.places.person_pane import PersonPane
from app.ui.pages.places.resident_list import ResidentList
from app.ui.pages.places.subject_head import SubjectHead
from app.ui.pages.places.things import Things
from app.ui.pages.places.tree import PlaceTree
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.widgets.bars import PaneFooter
from app.ui.widgets.buttons import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.fields import SearchField
from app.ui.widgets.grounds import Ground
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.texts import Text

PAGE = "places"
TREE, PANE, TABLE_LEAST = 264, 320, 640
_TABLES = {
    "unit": ("unit", "resident", "resident_phone", "residence", "exemption", "asset", "work_order"),
    "building": ("building", "asset", "work_order"),
    "place": ("place", "asset", "work_order"),
    "asset": ("asset", "work_order"),
}


class Subject(NamedTuple):
    """The place that is shown."""

    kind: str
    id: str


class PlacesPage(Ground):
    """A tree at the left, the place in the middle, a person or form at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._desk = desk
        self._subject: Subject | None = None
        self._card: UnitCard | PlaceCard | None = None
        self._is_side_taken = self._is_brought = False
        self._search = SearchField(key="Ctrl F")
        self._search.left_by_key.connect(self._on_search)
        self._search.textEdited.connect(self._on_typed)
        self._found_none = Text(size="caption", token="danger.text", wrap=True)
        self._found_none.hide()
        self.tree = PlaceTree(desk)
        self.setFocusProxy(self.tree)
        self.tree.gone_to.connect(self.show_place)
        self._has_sites = True
        self.tree.listed.connect(self._on_listed)
        self.head = SubjectHead(lambda: desk.person.rights)
        self.residents = ResidentList(desk)
        self.orders = OrderList(desk)
        self.person = PersonPane(desk)
        self.things = Things(desk)
        self._nothing = Text(token="text_muted", wrap=True)
        self._nothing.setContentsMargins(16, 16, 16, 16)
        self._empty = EmptyState("building-community", "", "")
        self._stack = QStackedWidget()
        self._side = QStackedWidget()
        self.editing = Editing(desk)
        self.open_order = Button(role="primary", icon="clipboard-list", key="Ctrl O", size="main")
        self.open_order.clicked.connect(self._on_open_order)
        self._foot = PaneFooter(self.open_order, None)
        self._build()
        self._connect()
        self._register()
        self.retranslate()

    def _build(self) -> None:
        left = Ground("surface_sunken", lines="right", width=TREE)
        find = column(self._search, self._found_none, gap=4, margins=(12, 12, 12, 8))
        column(find, (self.tree, 1), gap=0, margins=(0, 0, 1, 0), parent=left)
        middle = QWidget()
        column(self.head, self.residents, (self.orders, 1), gap=0, parent=middle)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(middle)
        beside = Ground("surface")
        column(self.person, self.things, self._nothing, None, gap=0, parent=beside)
        shown = QWidget()
        column((scrolled(beside), 1), self._foot, gap=0, parent=shown)
        self._side.addWidget(shown)
        self._side.addWidget(self.editing)
        self._right = Ground("surface", lines="left", width=PANE)
        column((self._side, 1), gap=0, margins=(1, 0, 0, 0), parent=self._right)
        self._right.hide()
        row(left, (self._stack, 1), self._right, gap=0, parent=self)

    def _connect(self) -> None:
        self.head.edit_wanted.connect(self._on_edit)
        self.head.order_wanted.connect(self._on_order)
        self.residents.chosen.connect(self._on_resident)
        self.things.chosen.connect(lambda asset: self.go_to("asset", asset))
        self.editing.ended.connect(self._on_edited)
        self._desk.changed.connect(self._on_changed)
        self._desk.asked_for_place.connect(self.go_to)
        self._desk.site_changed.connect(lambda _site: self.tree.reload())

    def _register(self) -> None:
        specs: tuple[tuple[str, Words, str, str, Callable[[], object]], ...] = (
            ("find", lambda: self.tr("Find a place"), "Ctrl+F", "search", self._search.setFocus),
            ("edit", lambda: self.tr("Edit the place"), "F2", "pencil", self._on_edit),
            ("order", lambda: self.tr("New order here"), "Ctrl+Shift+N", "phone-incoming", self._on_order),
            ("open_order", lambda: self.tr("Look at the open order"), "Ctrl+O", "clipboard-list", self._on_open_order),
            ("resident", lambda: self.tr("Add a resident"), "Ctrl+Shift+R", "user-plus", self.residents.add),
            ("pane", lambda: self.tr("Next pane"), "F6", "arrow-right", self._next_pane),
            ("refresh", lambda: self.tr("Refresh"), "F5", "refresh", self._reload),
        )
        for name, text, key, icon, slot in specs:
            self._desk.actions.add(ActionSpec(f"places.{name}", text, PAGE, (key,), icon=icon), slot, self)

    # -------------------------------------------------------------------------------------------------------- showing

    def go_to(self, kind: str, row_id: str) -> None:
        """Show a place and open the branches of the tree that lead to it."""
        self._desk.read(place_hit, kind, row_id, done=self._on_hit, latest="places.hit")

    def show_place(self, kind: str, row_id: str) -> None:
        """Show a place, as the tree does when it is gone to."""
        self._subject = Subject(kind, row_id)
        self.person.show_person(None)
        self._side.setCurrentIndex(0)
        self.orders.show_of(kind, row_id)
        self._read()

    def take_side(self, *, is_taken: bool) -> None:
        """Give the room at the right to a dock of the window."""
        self._is_side_taken = is_taken
        self._fold()

    def _fold(self) -> None:
        """Show the pane at the right where it leaves the tables their width, or where it was brought."""
        theme = current_theme()
        has_room = self.width() >= theme.px(TREE + TABLE_LEAST + PANE) and not self._is_side_taken
        self._is_brought = self._is_brought and not has_room
        self._right.setVisible(self._card is not None and (has_room or self._is_brought))

    def _next_pane(self) -> None:
        """Go round: tree, residents, orders, what stands at the right; a folded pane is brought, and goes when left."""
        stops: list[QWidget] = [self.tree, self.residents.table, self.orders.table, self._side]
        stops = [stop for stop in stops if stop is self._side or stop.isVisible()]
        here = next((place for place, stop in enumerate(stops) if _has_focus(stop)), -1)
        goal = stops[(here + 1) % len(stops)] if self._card is not None else self.tree
        self._is_brought = goal is self._side
        self._fold()
        if goal is self._side:
            first = next((one for one in self._side.findChildren(QAbstractButton) if one.isVisible()), None)
            goal = first or goal
        goal.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_hit(self, hit: PlaceHit | None) -> None:
        if hit is not None:
            self.tree.go_to(*_row_of(hit), hit.site_id, hit.building_id or "")
            self.show_place(hit.kind, hit.id)

    def _read(self) -> None:
        if self._subject is None:
            return
        streams, now = self._desk.person.streams, self._desk.clock.now()
        if self._subject.kind == "unit":
            self._desk.read(unit_card, self._subject.id, streams, now, done=self._on_card, latest="places.card")
        else:
            self._desk.read(place_card, *self._subject, streams, now, done=self._on_card, latest="places.card")

    def _on_card(self, card: UnitCard | PlaceCard | None) -> None:
        self._card = card
        self._stack.setCurrentIndex(0 if card is None else 1)
        self._fold()
        if card is None:
            return
        self._say_foot(card)
        self.residents.setVisible(isinstance(card, UnitCard))
        self.things.show_assets(card.assets)
        if isinstance(card, UnitCard):
            self.head.show_unit(card)
            self.residents.show_unit(card)
            self.things.show_corrections(card.corrections)
            self._show_chosen()
        else:
            self.head.show_place(card)
            self.things.show_corrections(())
            self._on_person(None)

    def _show_chosen(self) -> None:
        """Show the resident who is current in the list: the first, unless a person went to another."""
        chosen = self.residents.table.current_id()
        if chosen:
            self._on_resident(chosen)
        else:
            self._on_person(None)

    def _on_resident(self, residence_id: str) -> None:
        streams = self._desk.person.streams
        self._desk.read(person_of, residence_id, streams, done=self._on_person, latest="places.person")

    def _on_person(self, person: Person | None) -> None:
        self.person.show_person(person)
        self._nothing.setVisible(self.person.isHidden() and self.things.is_empty())

    # --------------------------------------------------------------------------------------------------------- doing

    def _on_search(self) -> None:
        text = self._search.text().strip()
        if text:
            streams = self._desk.person.streams
            self._desk.read(find_places, text, None, streams, done=self._on_found, latest="places.search")

    def _on_found(self, found: Sequence[PlaceHit]) -> None:
        self._say_found(is_found=bool(found))
        if found:
            self._on_hit(found[0])

    def _on_typed(self) -> None:
        self._say_found(is_found=True)

    def _say_found(self, *, is_found: bool) -> None:
        self._found_none.setVisible(not is_found)
        self._search.setProperty("error", not is_found)
        self._search.setAccessibleDescription("" if is_found else self._found_none.text())
        self._search.update()

    def _on_edit(self) -> None:
        card = self._card
        may_edit = card is not None and self._desk.person.rights.has(Right.EDIT_PLACES, card.site_id)
        if card is not None and may_edit and self.editing.start(card):
            self._side.setCurrentIndex(1)
            self._is_brought = True
            self._right.show()

    def _on_edited(self) -> None:
        self._side.setCurrentIndex(0)
        self._is_brought = False
        self._fold()
        self.tree.setFocus()

    def _on_order(self) -> None:
        if isinstance(self._card, UnitCard):
            self._desk.asked_for_intake.emit(self._card.label)
        elif self._card is not None:
            self._desk.asked_for_intake.emit(self._card.name)

    def _on_open_order(self) -> None:
        if order_id := self.orders.first_open():
            self._desk.asked_for_order.emit(order_id)

    def _say_foot(self, card: UnitCard | PlaceCard) -> None:
        self._foot.setVisible(card.open_orders > 0)
        self.open_order.setText(self.tr("Look at the open order"))

    def _on_listed(self, has_sites: bool) -> None:  # a signal's value
        self._has_sites = has_sites
        self._say_empty()

    def _say_empty(self) -> None:
        if self._has_sites:
            choose = self.tr("In the tree at the left, or by typing a room number as people say it.")
            self._empty.say(self.tr("Choose a place"), choose)
        else:
            self._empty.say(self.tr("No places yet"), self.tr("Sites, buildings and units come by import."))

    def _on_changed(self, changes: Changes) -> None:
        if self._subject is None:
            if changes.touches("site", "building"):
                self.tree.reload()
            return
        if changes.everything or changes.touches(*_TABLES[self._subject.kind]):
            self._read()
        if isinstance(self._card, UnitCard) and changes.touches("work_order", "unit"):
            self.tree.reread(self._card.building_id)

    def _reload(self) -> None:
        self.tree.reload()
        self._read()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._search.set_placeholder(self.tr("Find a room, equipment, a resident"))
        self._found_none.setText(self.tr("Nothing found. Try a room number, or a name or its initials."))
        self._nothing.setText(self.tr("No equipment is on record here."))
        self._say_empty()
        if self._card is not None:
            self._on_card(self._card)

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


def _row_of(hit: PlaceHit) -> tuple[str, str]:
    """Kind and id of the row of the tree that stands for a place: an asset of a unit has none of its own."""
    if hit.kind == "asset" and hit.unit_id:
        return "unit", hit.unit_id
    if hit.kind == "asset" and hit.place_id and hit.building_id is None:
        return "place", hit.place_id
    return hit.kind, hit.id


def _has_focus(widget: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
