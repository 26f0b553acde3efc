"""The tree of sites, buildings, entrances, floors, units and assets; a branch is read when it is first opened."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from app.store.queries.place_tree import (
    AssetNode,
    BuildingBranch,
    SiteBranch,
    SiteNode,
    UnitNode,
    building_branch,
    site_branch,
    sites,
)
from app.ui.desk import Desk
from app.ui.glyphs.marks import Tag, paint_tag, tag_size
from app.ui.glyphs.shapes import Shape
from app.ui.pages.places.wording import floor_words
from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import RIGHT, paint_text, text_width
from app.ui.theme.style import current_theme
from app.ui.translation import entrance_words, say_here, spoken

ROW = 28
NODE = Qt.ItemDataRole.UserRole
_SITE_ICONS = {"housing": "building-community", "office": "building", "mall": "building"}
_ASSET_ICONS = {"lift": "elevator", "door": "key", "access": "key", "pump": "refresh"}


class Node(NamedTuple):
    """A row of the tree.

    ``kind`` is ``site``, ``building``, ``entrance``, ``floor``, ``unit``, ``place``, ``asset`` or ``group``.
    """

    kind: str
    id: str
    text: str
    icon: str = ""
    note: str = ""
    late: int = 0
    open: int = 0


def asset_icon(kind: str) -> str:
    """The icon of an asset."""
    return _ASSET_ICONS.get(kind, "tool")


_NOTHING = Node("", "", "")


class PlaceTree(QTreeWidget):
    """Emits the place a person goes to."""

    gone_to = Signal(str, str)
    """Kind and id of a ``unit``, ``building``, ``place`` or ``asset`` that a person went to in the tree."""

    listed = Signal(bool)
    """The sites have been read; whether there are any."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._opened: set[tuple[str, str]] = set()
        """Kind and id of the branches that are to be open again once they have been read anew."""
        self._wanted: tuple[str, str, str] | None = None
        """Kind, id and building of the place to go to once its branch has been read."""
        self.setHeaderHidden(True)  # Qt's own signature
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setMouseTracking(True)
        self.setItemDelegate(_NodeDelegate(self))
        self.itemExpanded.connect(self._on_expanded)
        self.currentItemChanged.connect(self._on_current)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment, by reading anew."""
        self.setAccessibleName(self.tr("Places"))
        self.reload()

    def reload(self) -> None:
        """Read the sites anew; what was open is opened again."""
        self._desk.read(sites, self._desk.person.streams, done=self._on_sites, latest="tree.sites")

    def reread(self, building_id: str) -> None:
        """Read an opened building anew: orders were opened or closed in it."""
        for item in self._items():
            node = _node(item)
            if node.kind == "building" and node.id == building_id and item.isExpanded():
                self._read_building(item)

    def go_to(self, kind: str, row_id: str, site_id: str, building_id: str) -> None:
        """Show a place, opening the branches that lead to it."""
        self._wanted = (kind, row_id, building_id)
        if self._find(kind, row_id) is not None:
            self._arrive()
            return
        site = self._find("site", site_id)
        if site is not None and not site.isExpanded():
            site.setExpanded(True)
        building = self._find("building", building_id)
        if building is not None:
            building.setExpanded(True)

    # -------------------------------------------------------------------------------------------------------- reading

    def _on_sites(self, found: Sequence[SiteNode]) -> None:
        current = self._current()
        self._remember_open(self.invisibleRootItem())
        self.clear()
        for site in found:
            count = self.tr("%Ln unit(s)", "", site.units)
            node = Node("site", site.id, spoken(site.name), _SITE_ICONS.get(site.kind, "building"), count)
            _add(self.invisibleRootItem(), node, has_children=True)
        chosen = self._find("site", self._desk.site_id or (found[0].id if found else ""))
        if chosen is not None:
            chosen.setExpanded(True)
        self._open_again(self.invisibleRootItem())
        self.listed.emit(bool(found))
        if current is not None:
            self._wanted = self._wanted or (current.kind, current.id, "")

    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        node = _node(item)
        if item.childCount():
            return
        if node.kind == "site":
            self._desk.read(site_branch, node.id, done=partial(self._on_branch, node, self._fill_site))
        elif node.kind == "building":
            self._read_building(item)

    def _read_building(self, item: QTreeWidgetItem) -> None:
        site_item = item.parent()
        node, site = _node(item), _node(site_item) if site_item is not None else _NOTHING
        now = self._desk.clock.now()
        done = partial(self._on_branch, node, self._fill_building)
        self._desk.read(building_branch, site.id, node.id, now, done=done)

    def _on_branch(self, node: Node, fill: Callable[[QTreeWidgetItem, object], None], found: object) -> None:
        """Fill the branch that asked, if it is still there when the answer comes."""
        item = self._find(node.kind, node.id)
        if item is not None:
            self._remember_open(item)
            item.takeChildren()
            fill(item, found)
            self._open_again(item)
            self._arrive()

    def _fill_site(self, item: QTreeWidgetItem, found: object) -> None:
        in_site = found if isinstance(found, SiteBranch) else SiteBranch([], [], [])
        for building in in_site.buildings:
            note = f"{building.units:,}" if building.units else ""
            _add(item, Node("building", building.id, building.name, "building", note), has_children=True)
        self._add_places(item, in_site.places)
        self._add_assets(item, in_site.assets)
        wanted = self._wanted
        if wanted is not None and (building_item := self._find("building", wanted[2])) is not None:
            building_item.setExpanded(True)

    def _fill_building(self, item: QTreeWidgetItem, found: object) -> None:
        in_building = found if isinstance(found, BuildingBranch) else BuildingBranch([], [], [])
        for entrance, of_entrance in groupby(in_building.units, lambda unit: unit.entrance):
            listed = list(of_entrance)
            parent = item
            if entrance:
                entrance_id = f"{_node(item).id}:{entrance}"
                parent = _add(item, Node("entrance", entrance_id, entrance_words(entrance), note=str(len(listed))))
            self._add_floors(parent, listed)
        self._add_places(item, in_building.places)
        self._add_assets(item, in_building.assets)

    def _add_floors(self, parent: QTreeWidgetItem, listed: list[UnitNode]) -> None:
        for floor, of_floor in groupby(listed, lambda unit: unit.floor):
            on_floor = list(of_floor)
            branch = parent
            if words := floor_words(floor):
                late = sum(unit.overdue for unit in on_floor)
                node = Node("floor", f"{_node(parent).id}:{floor}", words, note=str(len(on_floor)), late=late)
                branch = _add(parent, node)
            for unit in on_floor:
                _add(branch, self._unit_node(unit))

    def _unit_node(self, unit: UnitNode) -> Node:
        note = say_here(f"occupancy.{unit.occupancy}") if unit.occupancy != "lived_in" else ""
        return Node("unit", unit.id, unit.number, "home-check", note, unit.overdue, unit.open_orders)

    def _add_places(self, item: QTreeWidgetItem, found: Sequence[AssetNode]) -> None:
        if not found:
            return
        group = _add(item, Node("group", f"{_node(item).id}:places", self.tr("Common places"), note=str(len(found))))
        for place in found:
            _add(group, Node("place", place.id, place.name, "map-pin"))

    def _add_assets(self, item: QTreeWidgetItem, found: Sequence[AssetNode]) -> None:
        if not found:
            return
        group = _add(item, Node("group", f"{_node(item).id}:assets", self.tr("Equipment"), note=str(len(found))))
        for asset in found:
            _add(group, Node("asset", asset.id, asset.name, asset_icon(asset.kind)))

    def _remember_open(self, item: QTreeWidgetItem) -> None:
        self._opened |= {_node(child)[:2] for child in _below(item) if child.isExpanded()}

    def _open_again(self, item: QTreeWidgetItem) -> None:
        for child in list(_below(item)):
            if _node(child)[:2] in self._opened:
                self._opened.discard(_node(child)[:2])
                child.setExpanded(True)

    # ---------------------------------------------------------------------------------------------------------- going

    def _arrive(self) -> None:
        """Go to the wanted place if its row is there by now."""
        if self._wanted is None:
            return
        item = self._find(*self._wanted[:2])
        if item is not None:
            self._wanted = None
            with QSignalBlocker(self):  # whoever asked shows the place already
                self.setCurrentItem(item)
            self.scrollToItem(item)

    def _on_current(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None and (node := _node(item)).kind in ("unit", "building", "place", "asset"):
            self.gone_to.emit(node.kind, node.id)

    def _current(self) -> Node | None:
        item = self.currentItem()
        return _node(item) if item is not None else None

    def _find(self, kind: str, row_id: str) -> QTreeWidgetItem | None:
        return next((item for item in self._items() if _node(item)[:2] == (kind, row_id)), None)

    def _items(self) -> Iterable[QTreeWidgetItem]:
        return _below(self.invisibleRootItem())

    @override
    def drawRow(
        self, painter: QPainter, options: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index.row() == self.currentIndex().row() and index.parent() == self.currentIndex().parent():
            theme, box = current_theme(), QRectF(options.rect)
            painter.fillRect(box, theme.base.selection)
            painter.fillRect(QRectF(box.left(), box.top(), theme.px(3), box.height()), theme.base.accent)
        super().drawRow(painter, options, index)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.setIndentation(current_theme().px(16))
        elif event.type() is QEvent.Type.LanguageChange:
            self.retranslate()


def _add(parent: QTreeWidgetItem, node: Node, *, has_children: bool = False) -> QTreeWidgetItem:
    item = QTreeWidgetItem(parent, [node.text])
    item.setData(0, NODE, node)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, " ".join(part for part in (node.text, node.note) if part))
    if has_children:
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
    return item


def _node(item: QTreeWidgetItem) -> Node:
    node = item.data(0, NODE)
    return node if isinstance(node, Node) else _NOTHING


def _below(item: QTreeWidgetItem) -> Iterable[QTreeWidgetItem]:
    for place in range(item.childCount()):
        child = item.child(place)
        if child is not None:
            yield child
            yield from _below(child)


class _NodeDelegate(QStyledItemDelegate):
    """Icon, words, and at the right a count or how many orders are late."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, current_theme().px(ROW))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, node = current_theme(), index.data(NODE)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect)
        right = box.right() - theme.px(12)
        right -= self._paint_note(painter, QRectF(box.left(), box.top(), right - box.left(), box.height()), node)
        left = box.left() + theme.px(4)
        if node.icon:
            side = theme.icon.row
            icon = QRectF(left, round(box.center().y() - side / 2), side, side)
            paint_icon(painter, icon, node.icon, theme.base.text_secondary)
            left = icon.right() + theme.px(6)
        words = QRectF(left, box.top(), max(0.0, right - left - theme.px(6)), box.height())
        paint_text(painter, words, node.text, theme.font("body", bold=is_current), theme.base.text)

    @staticmethod
    def _paint_note(painter: QPainter, room: QRectF, node: Node) -> float:
        """Paint what stands at the right of a row; returns the width used in px."""
        theme = current_theme()
        if node.late or (node.kind == "unit" and node.open):
            tag = Tag(str(node.late), "danger", Shape.TRIANGLE, is_bold=True) if node.late else Tag(str(node.open))
            width = tag_size(tag, theme).width()
            paint_tag(painter, QRectF(room.right() - width, room.top(), width, room.height()), tag, theme)
            return width
        if not node.note:
            return 0.0
        paint_text(painter, room, node.note, theme.font("caption"), theme.base.text_muted, RIGHT)
        return text_width(node.note, theme.font("caption"))
