"""The places page over a desk: a unit with an owner, a tenant who left, orders and equipment."""

from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from app.commands.residents import AddExemption, AddResident, EndResidence, ExemptionKind
from app.db.ownership import stream_of
from app.db.places import Asset, Place, Unit
from app.domain.ids import stream_id
from app.store.queries.place_cards import UnitCard, unit_card
from app.ui.pages.places.page import PlacesPage
from app.ui.pages.places.tree import Node, PlaceTree, _node
from tests.factories import BUILDING, OTHER_SITE, SITE, UNIT, an_id
from tests.ui.pages.queue_desk import QueueDesk

WU, DING, METER, GARDEN, CELLAR, LOFT = (an_id(name) for name in ("wu", "ding", "meter", "garden", "cellar", "loft"))


class PlacesDesk:
    """Fills the cache, makes the page once, and knows its parts."""

    def __init__(self, queue: QueueDesk, qtbot: QtBot) -> None:
        self.queue, self.desk, self.qtbot = queue, queue.desk, qtbot
        self._page: PlacesPage | None = None
        queue.put(_more_places())
        queue.do(AddResident(id=WU, site_id=SITE, name="吴桂芳", phone="13800132046", unit_id=UNIT, since="2019-04-12"))
        queue.do(
            AddExemption(id=an_id("old"), site_id=SITE, resident_id=WU, kind=ExemptionKind.ELDERLY, note="先打电话")
        )
        left = AddResident(id=DING, site_id=SITE, name="丁岚", unit_id=UNIT, relation="tenant", since="2016-05-01")
        queue.do(left)
        residence = next(one.residence_id for one in self.card().residents if one.name == "丁岚")
        queue.do(EndResidence(id=residence, site_id=SITE, until="2019-03-31"))

    @cached_property
    def page(self) -> PlacesPage:
        """The page in a window of its own, the tree's sites read."""
        page = PlacesPage(self.desk)
        self._page = page
        page.resize(1376, 828)
        page.show()
        page.activateWindow()
        self.qtbot.waitUntil(page.isActiveWindow)
        self.qtbot.waitUntil(lambda: self.item("building", BUILDING) is not None)
        return page

    def go_to(self, kind: str, row_id: str) -> None:
        """Show a place and wait until it is there."""
        self.page.go_to(kind, row_id)
        self.wait_shown(row_id)

    def wait_shown(self, row_id: str) -> None:
        page = self.page
        self.qtbot.waitUntil(lambda: page._card is not None and page._card.id == row_id)

    def wait_person(self, name: str) -> None:
        pane = self.page.person
        self.qtbot.waitUntil(lambda: pane._person is not None and pane._person.name == name)

    def card(self) -> UnitCard:
        """The unit as it is in the cache."""
        card = self.queue.read(unit_card, UNIT, self.desk.person.streams, self.desk.clock.now())
        assert isinstance(card, UnitCard)
        return card

    def wait_card(self, holds: Any) -> None:
        self.qtbot.waitUntil(lambda: holds(self.card()))

    def item(self, kind: str, row_id: str) -> QTreeWidgetItem | None:
        tree: PlaceTree = self.page.tree if self._page is None else self._page.tree
        return tree._find(kind, row_id)

    def nodes(self) -> list[Node]:
        return [_node(item) for item in self.page.tree._items()]

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier, at: QWidget | None = None) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.qtbot.keyClick(at or self.page, key, held)

    def close(self) -> None:
        """Put the page away."""
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()


def _more_places() -> list[Any]:
    rows: list[Any] = [
        Asset(id=METER, site_id=SITE, building_id=BUILDING, unit_id=UNIT, kind="meter", name="水表", code="W-1502"),
        Place(id=GARDEN, site_id=SITE, building_id=BUILDING, name="屋顶花园"),
        Unit(id=CELLAR, site_id=SITE, building_id=BUILDING, floor=-1, number="B101", label="3 幢 B101"),
        Unit(
            id=LOFT,
            site_id=SITE,
            building_id=BUILDING,
            entrance="北门",
            number="阁楼",
            label="3 幢 阁楼",
            occupancy="vacant",
        ),
    ]
    for row in rows:
        row.stream_id = stream_of(row.__tablename__, row.site_id)
    return rows


ONLY_WORK = frozenset({stream_id(SITE, "work"), stream_id(OTHER_SITE, "work")})
"""Streams of somebody who may not see people."""
