"""The bar over everything: which site, the search, a new order, what one is told, who one is."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QMenu, QWidget
from typing_extensions import override

from app.store.queries.shell import SiteChoice
from app.ui.desk import Desk
from app.ui.main_window.person_button import PersonButton
from app.ui.theme.icons import icon
from app.ui.theme.layouts import row
from app.ui.theme.painting import paint_box
from app.ui.theme.style import current_theme
from app.ui.translation import spoken
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.grounds import Ground
from app.ui.widgets.logo import Logo

HEIGHT, RAIL, SITE = 44, 64, 168
SEARCH, SEARCH_NARROW, SEARCH_LEAST = 420, 340, 120
"""Widths of the search: in a wide window, in one that is not, and where there is hardly room."""
_WIDE, _GAP = 1400, 12
_SITE_ICONS = {"housing": "building-community"}


class BellButton(IconButton):
    """A bell with a red dot while there is something unread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bell", "", parent=parent)
        self._count = 0
        self.set_count(0)

    def count(self) -> int:
        """How much is unread."""
        return self._count

    def set_count(self, count: int) -> None:
        """Say how much is unread."""
        self._count = count
        self.set_name(self.tr("%n message(s) unread", "", count))
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.set_count(self._count)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._count:
            theme = current_theme()
            side = theme.px(8)
            dot = QRectF(self.width() - side - theme.px(4), theme.px(4), side, side)
            paint_box(QPainter(self), dot, fill=theme.colour("danger.solid"), radius=side / 2)


class TopBar(Ground):
    """Site, search, new order, bell, person; each of them only emits what is wanted."""

    site_chosen = Signal(object)
    search_wanted = Signal()
    order_wanted = Signal()
    bell_wanted = Signal(QPoint)
    sign_out_wanted = Signal()
    password_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("window", lines="bottom", height=HEIGHT, parent=parent)
        self._desk = desk
        self._sites: Sequence[SiteChoice] = ()
        self._site = QComboBox()
        self._site.setProperty("quiet", True)  # noqa: FBT003  # Qt's own signature
        self._site.activated.connect(self._on_site)
        self._search = SearchField(key="Ctrl K", is_quiet=True)
        self._search.setReadOnly(True)
        self._search.installEventFilter(self)
        self._order = Button(role="primary", icon="phone-incoming", key="Ctrl N")
        self._order.clicked.connect(self.order_wanted)
        self.bell = BellButton()
        self.bell.clicked.connect(self._on_bell)
        self._person = PersonButton()
        self._person.clicked.connect(self._on_person)
        logo = Ground("window", width=RAIL)
        row(None, Logo(), None, parent=logo)
        row(
            logo,
            self._site,
            None,
            self._search,
            None,
            self._order,
            self.bell,
            self._person,
            gap=_GAP,
            margins=(0, 0, 6, 1),
            parent=self,
        )
        self.retranslate()

    def set_sites(self, sites: Sequence[SiteChoice]) -> None:
        """Offer these sites, and all of them together where there are several."""
        self._sites = sites
        self._fill_sites()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._site.setAccessibleName(self.tr("Site"))
        self._search.set_placeholder(self.tr("Search orders, people, places, actions"))
        self._order.setText(self.tr("New order"))
        self._person.say(self._desk.person.name, spoken(self._desk.person.title))
        self._fill_sites()
        self.rescale()

    def _fill_sites(self) -> None:
        self._site.clear()
        if len(self._sites) > 1:
            self._site.addItem(icon("building-community"), self.tr("All sites"), None)
        for site in self._sites:
            self._site.addItem(icon(_SITE_ICONS.get(site.kind, "building")), spoken(site.name), site.id)
        if not self._sites:
            self._site.addItem(self.tr("No site yet"), None)
        self._site.setCurrentIndex(max(0, self._site.findData(self._desk.site_id)))

    def rescale(self) -> None:
        """Fit the search to the window and the user's scale."""
        theme = current_theme()
        self._site.setFixedSize(theme.px(SITE), theme.px(28))
        others = (self._order, self.bell, self._person)
        taken = theme.px(RAIL + SITE) + sum(part.sizeHint().width() for part in others) + theme.px(_GAP) * 8
        width, wanted = self.window().width(), theme.px(SEARCH)
        wanted = wanted if width >= theme.px(_WIDE) else theme.px(SEARCH_NARROW)
        self._search.setFixedSize(max(theme.px(SEARCH_LEAST), min(wanted, width - taken)), theme.px(28))

    def _on_site(self, index: int) -> None:
        self.site_chosen.emit(self._site.itemData(index))

    def _on_bell(self) -> None:
        self.bell_wanted.emit(self.bell.mapToGlobal(QPoint(0, self.bell.height())))

    def _on_person(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Change my password…"), self.password_wanted.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Sign out, another person signs in"), self.sign_out_wanted.emit)
        menu.popup(self._person.mapToGlobal(QPoint(0, self._person.height())))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press or type in the search, and the palette opens in its place."""
        if watched is not self._search:
            return False
        is_typed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and bool(event.text())
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            is_typed = False
        if is_typed or event.type() is QEvent.Type.MouseButtonPress:
            self.search_wanted.emit()
            return True
        return False

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self.rescale()
