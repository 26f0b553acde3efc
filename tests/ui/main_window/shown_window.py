"""The window over a desk, with pages that only stand there."""

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.commands.residents import AddResident
from app.ui.actions import EVERYWHERE, ActionSpec
from app.ui.main_window.page import PageSpec
from app.ui.main_window.window import MainWindow
from tests.factories import SITE, UNIT, an_id
from tests.ui.pages.queue_desk import QueueDesk

WU = an_id("wu")


class Stand(QWidget):
    """A page that notes whether its side was taken."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[bool] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("stand")

    def take_side(self, *, is_taken: bool) -> None:
        self.taken.append(is_taken)


class ShownWindow:
    """Makes the window once, and knows its parts."""

    def __init__(self, queue: QueueDesk, qtbot: QtBot) -> None:
        self.queue, self.desk, self.qtbot = queue, queue.desk, qtbot
        self.made: list[str] = []
        self.done: list[str] = []
        self.asked_intake: list[str] = []
        self.asked_orders: list[str] = []
        self.asked_places: list[tuple[str, str]] = []
        self.desk.asked_for_intake.connect(self.asked_intake.append)
        self.desk.asked_for_order.connect(self.asked_orders.append)
        self.desk.asked_for_place.connect(lambda kind, place: self.asked_places.append((kind, place)))
        self._outer: QWidget | None = None

    @cached_property
    def window(self) -> MainWindow:
        """The window in front, its first page shown."""
        outer, intake = QWidget(), QWidget()
        pages = [
            PageSpec("work_orders", lambda: "Work orders", lambda: "Orders", "clipboard-list", self._stand("orders")),
            PageSpec("places", lambda: "Places", lambda: "Places", "building", self._stand("places")),
            PageSpec("sync", lambda: "Sync", lambda: "Sync", "refresh", self._stand("sync")),
            PageSpec(
                "settings", lambda: "Settings", lambda: "Settings", "settings", self._stand("settings"), is_last=True
            ),
        ]
        window = MainWindow(self.desk, pages, intake, outer)
        self._outer = outer
        box = QVBoxLayout(outer)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(window)
        self._add(window, "orders.dispatch", "派单", "work_orders", "Ctrl+Shift+D")
        self._add(window, "places.edit", "改这里的资料", "places", "F2")
        self._add(window, "call", "接电话开单", EVERYWHERE, "Ctrl+N")
        self._add(window, "call.save", "保存", "intake", "Ctrl+Return")
        window.show_page("work_orders")
        outer.resize(1440, 900)
        outer.show()
        outer.activateWindow()
        self.qtbot.waitUntil(outer.isActiveWindow)
        return window

    def _add(self, window: MainWindow, action_id: str, words: str, page: str, key: str) -> None:
        spec = ActionSpec(action_id, lambda: words, page, (key,), group=lambda: "接电话" if "call" in action_id else "")
        self.desk.actions.add(spec, lambda: self.done.append(action_id), window)

    def _stand(self, name: str) -> type[Stand]:
        made = self.made

        class Made(Stand):
            def __init__(self) -> None:
                super().__init__()
                made.append(name)

        return Made

    def page(self, page_id: str) -> Stand:
        page = self.window._made[page_id]
        assert isinstance(page, Stand)
        return page

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier, at: QWidget | None = None) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.qtbot.keyClick(at or self.window, key, held)

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def menu(self) -> QMenu:
        """The menu that is open."""
        self.qtbot.waitUntil(lambda: any(menu.isVisible() for menu in self.window.window().findChildren(QMenu)))
        return next(menu for menu in self.window.window().findChildren(QMenu) if menu.isVisible())

    def sites(self) -> QComboBox:
        return self.window.top._site

    def resident(self, name: str = "吴桂芳") -> None:
        """Somebody who lives in the unit."""
        self.queue.do(AddResident(id=WU, site_id=SITE, name=name, phone="13800132046", unit_id=UNIT))

    def close(self) -> None:
        """Put the window away."""
        if self._outer is not None:
            self._outer.hide()
            self._outer.deleteLater()
