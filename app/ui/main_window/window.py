"""The window of a person who is signed in: rail, top bar, notices, pages, docks, status bar."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QTimer, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from app.domain.changes import Changes
from app.store.queries.shell import Badges, SiteChoice, badges, site_choices
from app.ui.actions import ActionSpec, Words
from app.ui.desk import Desk, Said
from app.ui.main_window.key_sheet import KeySheet
from app.ui.main_window.page import PageSpec
from app.ui.main_window.palette import Palette
from app.ui.main_window.told import ToldList
from app.ui.main_window.top_bar import TopBar
from app.ui.theme.layouts import column, row
from app.ui.theme.tokens import Tone
from app.ui.translation import moment_text
from app.ui.widgets.bars import StatusBar, StatusPart, TaskPart
from app.ui.widgets.grounds import Ground
from app.ui.widgets.notices import NoticeData, NoticeStack
from app.ui.widgets.rail import Rail, RailItem
from app.ui.widgets.toasts import Toast

_TONES: tuple[Tone, ...] = ("danger", "warning", "info", "ok", "neutral")


INTAKE = "intake"
"""The page of the actions of the dock in which calls are taken."""


class MainWindow(Ground):
    """Pages are made when first shown; docks at the right take the place of a page's own pane."""

    sign_out_wanted = Signal()
    password_wanted = Signal()
    language_changed = Signal()

    def __init__(self, desk: Desk, pages: Sequence[PageSpec], intake: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("window", parent=parent)
        self.desk = desk
        self._pages = {page.id: page for page in pages}
        self._made: dict[str, QWidget] = {}
        self.top = TopBar(desk)
        self.rail = Rail([RailItem(page.id, page.word(), page.icon, "", page.is_last) for page in pages])
        self.notices = NoticeStack()
        self.stack = QStackedWidget()
        self.intake = intake
        self.intake.hide()
        self.keys = KeySheet(desk.actions)
        self.keys.hide()
        self.connection = StatusPart("cloud-check")
        self.task = TaskPart()
        self.task.hide()
        self._clock = StatusPart()
        status = StatusBar((self.connection, self.task), (self._clock,))
        content = row((self.stack, 1), self.intake, self.keys, gap=0)
        middle = column(self.notices, (content, 1), gap=0)
        column(self.top, (row(self.rail, (middle, 1), gap=0), 1), status, gap=0, parent=self)
        self.palette_box = Palette(desk, self)
        self.toast = Toast(self.stack)
        self._told = ToldList(desk, self.top.bell)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._on_second)
        self._connect()
        self._register()
        self.retranslate()

    def _connect(self) -> None:
        self._second.start()
        self.rail.chosen.connect(self.show_page)
        self.top.site_chosen.connect(self.desk.choose_site)
        self.top.search_wanted.connect(self.open_palette)
        self.top.order_wanted.connect(self._on_order_wanted)
        self.top.bell_wanted.connect(self._on_bell)
        self.top.sign_out_wanted.connect(self.sign_out_wanted)
        self.top.password_wanted.connect(self.password_wanted)
        self.keys.closed.connect(self.toggle_keys)
        self.toast.undone.connect(self.desk.undo)
        self.desk.said.connect(self._on_said)
        self.desk.changed.connect(self._on_changed)
        self.desk.site_changed.connect(self._look)
        for signal, page_id in (
            (self.desk.asked_for_order, "work_orders"),
            (self.desk.asked_for_dispatch, "work_orders"),
            (self.desk.asked_for_place, "places"),
        ):
            signal.connect(partial(self._on_asked, signal, page_id))
        self.desk.undo_changed.connect(self._on_undo_changed)
        self.desk.read(site_choices, self.desk.person.streams, done=self._on_sites)

    def _register(self) -> None:
        add = self.desk.actions.add
        specs: tuple[tuple[ActionSpec, object], ...] = (
            (
                _spec("palette", lambda: self.tr("Find an order, a person, an action"), "Ctrl+K", "search"),
                self.open_palette,
            ),
            (_spec("keys", lambda: self.tr("Keys of this page"), "F1", "keyboard"), self.toggle_keys),
            (_spec("undo", lambda: self.tr("Undo"), "Ctrl+Z", "arrow-back-up"), self.desk.undo),
            (_spec("redo", lambda: self.tr("Redo"), "Ctrl+Y", "arrow-forward-up"), self.desk.redo),
            (_spec("told", lambda: self.tr("What you were told"), "F8", "bell"), self.top.bell.click),
            (_spec("full_screen", lambda: self.tr("Full screen"), "F11", "external-link"), self._on_full_screen),
            (_spec("sign_out", lambda: self.tr("Sign out"), "Ctrl+Shift+Q", "logout"), self.sign_out_wanted.emit),
            (ActionSpec("password", lambda: self.tr("Change my password"), icon="key"), self.password_wanted.emit),
        )
        for spec, slot in specs:
            add(spec, slot, self)  # type: ignore[arg-type]
        for place, page in enumerate(self._pages.values(), start=1):
            self._register_page(page, "Ctrl+," if page.is_last else f"Ctrl+{place}")
        self._on_undo_changed()

    def _register_page(self, page: PageSpec, key: str) -> None:
        spec = _spec(f"page.{page.id}", lambda: self.tr("Open page {page}").format(page=page.title()), key, page.icon)
        self.desk.actions.add(spec, lambda: self.show_page(page.id), self)

    # --------------------------------------------------------------------------------------------------------- pages

    def show_page(self, page_id: str) -> QWidget:
        """Show a page of the rail; returns its widget."""
        if page_id not in self._made:
            self._made[page_id] = self._pages[page_id].make()
            self.stack.addWidget(self._made[page_id])
        page = self._made[page_id]
        self.stack.setCurrentWidget(page)
        self.rail.choose(page_id)
        self.keys.show_page(page_id, self._pages[page_id].title())
        self._tell_side(is_taken=not self.intake.isHidden() or not self.keys.isHidden())
        _focus_in(page)
        return page

    def _on_asked(self, signal: SignalInstance, page_id: str, *what: str) -> None:
        """Show the page that is asked; one made only now was not there to hear what for."""
        is_new = page_id not in self._made
        self.show_page(page_id)
        if is_new:
            signal.emit(*what)

    def page_id(self) -> str:
        """The page that is shown."""
        return self.rail.current()

    def open_palette(self) -> None:
        """Open the palette over the page."""
        self.palette_box.open(self.page_id())

    def toggle_keys(self) -> None:
        """Show the sheet of keys at the right, or put it away."""
        is_shown = self.keys.isHidden()
        self._tell_side(is_taken=is_shown or not self.intake.isHidden())
        self._show_dock(self.keys, is_shown=is_shown)
        if is_shown:
            self.keys.take_focus()

    def set_intake_shown(self, *, is_shown: bool) -> None:
        """Show the intake dock at the right, or put it away."""
        if is_shown:
            self.keys.hide()
        # The pane gives way first: were both there for a moment, the window would grow to hold them.
        self._tell_side(is_taken=is_shown or not self.keys.isHidden())
        self._show_dock(self.intake, is_shown=is_shown)
        self.keys.show_dock(INTAKE if is_shown else "")

    def _show_dock(self, dock: QWidget, *, is_shown: bool) -> None:
        """Show a dock, or put it away; the keyboard goes back to where it was on the page."""
        page = self.stack.currentWidget()
        if not is_shown and page is not None and dock.isAncestorOf(QApplication.focusWidget() or self):
            _focus_in(page)
        dock.setVisible(is_shown)

    def _tell_side(self, *, is_taken: bool) -> None:
        """Let the page's own pane give way while the window shows a dock there."""
        page = self.stack.currentWidget()
        if page is not None and hasattr(page, "take_side"):
            page.take_side(is_taken=is_taken)
            # What gave way must be known all the way up before anything takes its place.
            for widget in (page, self.stack, self):
                layout = widget.layout()
                if layout is not None:
                    layout.invalidate()
                    layout.activate()

    # ---------------------------------------------------------------------------------------------- what is told

    def put_notice(self, name: str, data: NoticeData) -> None:
        """Show a notice over the page; one of the same name gives way to it."""
        self.notices.put(name, data)

    def _on_said(self, said: Said) -> None:
        if said.tone == "ok":
            self.toast.say(said.text, can_undo=said.can_undo)
            return
        tone: Tone = said.tone if said.tone in _TONES else "info"
        self.notices.put("said", NoticeData(tone, said.text, said.buttons))

    def _on_bell(self, point: QPoint) -> None:
        self._told.show_at(point, self)

    def _on_sites(self, sites: list[SiteChoice]) -> None:
        if len(sites) == 1:
            self.desk.choose_site(sites[0].id)
        self.top.set_sites(sites)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("site"):
            self.desk.read(site_choices, self.desk.person.streams, done=self._on_sites, latest="sites")
        if changes.touches("work_order"):
            self._look()

    def _look(self, _site_id: str | None = None) -> None:
        viewer = self.desk.viewer()
        self.desk.read(badges, viewer.streams, self.desk.site_id, viewer.now, done=self._on_badges, latest="badges")

    def _on_badges(self, found: Badges) -> None:
        is_urgent = found.overdue > 0
        self.rail.set_badge("work_orders", found.overdue or found.waiting, is_urgent=is_urgent)

    def _on_second(self) -> None:
        now = self.desk.clock.now()
        self._clock.say(moment_text(now, self.desk.zone()))
        if now.second == 0:  # a clock may have run out with the minute
            self._look()

    def show_time(self, now: datetime) -> None:
        """Show a moment in the status bar at once (it is otherwise shown each second)."""
        self._clock.say(moment_text(now, self.desk.zone()))

    def _on_order_wanted(self) -> None:
        self.desk.asked_for_intake.emit("")

    def _on_full_screen(self) -> None:
        window = self.window()
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    def _on_undo_changed(self) -> None:
        for action_id, is_possible in (("undo", self.desk.can_undo()), ("redo", self.desk.can_redo())):
            self.desk.actions.action(action_id).setEnabled(is_possible)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.rail.setAccessibleName(self.tr("Pages"))
        self.rail.set_items(
            [
                RailItem(page.id, page.word(), page.icon, self.desk.actions.key(f"page.{page.id}"), page.is_last)
                for page in self._pages.values()
            ]
        )
        self.desk.actions.retranslate()
        self.show_time(self.desk.clock.now())
        self._look()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
            self.language_changed.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.top.rescale()


def _focus_in(page: QWidget) -> None:
    """Give a page the keyboard: the part of it that had it last, where that is still in sight."""
    last = page.focusWidget()
    (last if page.isAncestorOf(last) and last.isVisible() else page).setFocus()


def _spec(action_id: str, text: Words, key: str, icon: str) -> ActionSpec:
    return ActionSpec(action_id, text, keys=(key,), icon=icon)
