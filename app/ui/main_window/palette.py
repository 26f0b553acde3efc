"""The palette (Ctrl K): one box that finds actions, orders, people and places."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget
from typing_extensions import override

from app.store.pinyin import matched, syllables
from app.store.queries.shell import Found, find_anything
from app.ui.desk import Desk
from app.ui.main_window.palette_delegate import CAPTION, ROW, RowDelegate
from app.ui.main_window.palette_rows import Row, action_row, order_rows, people_rows, place_rows, under_captions
from app.ui.models.short_list import ShortList
from app.ui.theme.layouts import column, row
from app.ui.theme.painting import paint_box
from app.ui.theme.style import current_theme
from app.ui.widgets.grounds import Line
from app.ui.widgets.marks import IconMark
from app.ui.widgets.texts import Text

WIDTH, FIELD, FOOT = 640, 48, 32
PAUSE_MS = 80
RECENT_SHOWN = 5
ROWS_SHOWN = 14


class Palette(QFrame):
    """Lies over the window's top; ↑ ↓ choose, Enter does it, Esc leaves."""

    closed = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._page = ""
        self._recent: list[Row] = []
        self._spelt: dict[str, tuple[str, ...]] = {}
        """Pinyin of the actions' texts: worked out beside the GUI thread, as its dictionary takes time to load."""
        self._model: ShortList[Row] = ShortList(lambda found: found.text, lambda found: found.run is not None, self)
        self._field = QLineEdit()
        self._field.setFrame(False)
        self._field.textChanged.connect(self._on_text)
        self._field.installEventFilter(self)
        self._list = QListView()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setModel(self._model)
        self._list.setItemDelegate(RowDelegate(self._list))
        self._list.setMouseTracking(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._on_clicked)
        self._hint = Text(size="caption", token="text_muted")
        self._count, self._spelling = Text(size="caption", token="text_muted"), Text(size="caption", token="text_muted")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._is_awaited = False
        """Enter was pressed before anything was found."""
        self._build()
        window.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        mark = IconMark("search", "text_secondary", side=18)
        self._list.setMinimumHeight(1)  # one row, or none, has less room than lists ask for
        top = row(mark, (self._field, 1), self._spelling, gap=12, margins=(16, 0, 16, 0))
        foot = row(self._hint, None, self._count, margins=(16, 6, 16, 6))
        column(top, Line(), (self._list, 1), Line(), foot, gap=0, margins=1, parent=self)

    def open(self, page: str, text: str = "") -> None:
        """Show it over ``page`` with ``text`` typed in."""
        self._page = page
        self._field.setAccessibleName(self.tr("Search orders, people, places, actions"))
        self._field.setPlaceholderText(self.tr("Search orders, people, places, actions"))
        self._hint.setText(self.tr("↑ ↓ choose   Enter do it   Esc leave"))
        texts = [spec.text() for spec in self._desk.actions.of_pages(page)]
        if unspelt := [words for words in texts if words not in self._spelt]:
            self._desk.tasks.run(_spell, unspelt, done=self._on_spelt)
        self._field.setText(text)
        self._field.selectAll()
        self._look()
        self._place()
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close without doing anything."""
        self._is_awaited = False
        self.hide()
        self.closed.emit()

    def rows(self) -> Sequence[Row]:
        """What is offered now, captions included."""
        return self._model.values()

    # ------------------------------------------------------------------------------------------------------- finding

    def _on_text(self, _text: str) -> None:
        self._is_awaited = False
        self._pause.start()

    def _look(self) -> None:
        text = self._field.text().strip()
        if not text:
            self._show(self._actions("", limit=6), None)
            return
        actions = self._actions(text)
        self._show(actions, None)
        done = partial(self._on_found, text, actions)
        self._desk.read(find_anything, text, self._desk.person.streams, done=done, latest="palette")

    def _on_found(self, text: str, actions: list[Row], found: Found) -> None:
        if text == self._field.text().strip():
            is_awaited, self._is_awaited = self._is_awaited, False
            self._show(actions, found)
            if is_awaited:
                self._do(self._current())

    def _actions(self, typed: str, limit: int = 5) -> list[Row]:
        """Actions whose words, or their pinyin or initials, hold what was typed."""
        specs = [spec for spec in self._desk.actions.of_pages(self._page) if self._desk.actions.is_enabled(spec.id)]
        marks = [(spec, matched(spec.text(), self._spelt.get(spec.text(), ()), typed)) for spec in specs]
        hits = [(spec, mark) for spec, mark in marks if mark is not None or not typed]
        return [action_row(self._desk, spec, mark) for spec, mark in hits[:limit]]

    def _possible_recent(self) -> list[Row]:
        """What was chosen last, without what cannot be done here and now."""
        actions = self._desk.actions
        possible = {f"action:{spec.id}" for spec in actions.of_pages(self._page) if actions.is_enabled(spec.id)}
        return [found for found in self._recent if found.id in possible or not found.id.startswith("action:")]

    def _say_spelling(self, shown: Sequence[Row]) -> None:
        """Say what the letters typed were taken for, where they are pinyin."""
        typed = self._field.text().strip()
        meant = [found.text[found.mark[0] :][: found.mark[1]] for found in shown if found.mark is not None]
        is_spelt = bool(meant) and typed.casefold() not in meant[0].casefold()
        words = self.tr("pinyin {typed} = {meant}").format(typed=typed, meant=meant[0]) if is_spelt else ""
        self._spelling.setText(words)

    def _on_spelt(self, spelt: dict[str, tuple[str, ...]]) -> None:
        self._spelt |= spelt
        if self.isVisible():
            self._look()

    def _show(self, actions: list[Row], found: Found | None) -> None:
        groups = [(self.tr("Actions"), actions)]
        if found is not None:
            groups += [
                (self.tr("Orders"), order_rows(self._desk, found, self._field.text().strip())),
                (self.tr("People"), people_rows(self._desk, found)),
                (self.tr("Places"), place_rows(self._desk, found)),
            ]
        if not self._field.text().strip():
            groups.insert(0, (self.tr("Recent"), self._possible_recent()))
        shown = list(under_captions(groups))
        self._say_spelling(shown)
        current = self._current()
        self._model.set_values(shown)
        places = [place for place, found_row in enumerate(shown) if found_row.run is not None]
        keep = next((place for place in places if current is not None and shown[place].id == current.id), None)
        self._go(keep if keep is not None else (places[0] if places else -1))
        self._count.setText(self.tr("%n found", "", len(places)))
        self._place()

    # ------------------------------------------------------------------------------------------------------ choosing

    def _current(self) -> Row | None:
        index = self._list.currentIndex()
        return self._model.value(index.row()) if index.isValid() else None

    def _go(self, place: int) -> None:
        if place >= 0:
            self._list.setCurrentIndex(self._model.index(place))
            if self._model.value(place - 1).run is None:
                self._list.scrollTo(self._model.index(place - 1))
        else:
            self._list.clearSelection()

    def _step(self, by: int) -> None:
        places = [place for place, found in enumerate(self._model.values()) if found.run is not None]
        if not places:
            return
        here = self._list.currentIndex().row()
        at = places.index(here) if here in places else -1
        self._go(places[(at + by) % len(places)])

    def _on_enter(self) -> None:
        """Do what was found for what stands in the field, now or as soon as something is."""
        if self._pause.isActive():
            self._pause.stop()
            self._look()
        chosen = self._current()
        self._is_awaited = chosen is None
        self._do(chosen)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._do(self._model.value(index.row()))

    def _do(self, chosen: Row | None) -> None:
        if chosen is None or chosen.run is None:
            return
        self._recent = [chosen, *(found for found in self._recent if found.id != chosen.id)][:RECENT_SHOWN]
        self.leave()
        chosen.run()

    # ------------------------------------------------------------------------------------------------------- looking

    def _place(self) -> None:
        theme, window = current_theme(), self._window
        rows = self._model.values()
        height = sum(theme.px(ROW if found.run is not None else CAPTION) for found in rows)
        height = min(height, theme.px(ROW) * ROWS_SHOWN) + theme.px(FIELD + FOOT + 8)
        width = min(theme.px(WIDTH), window.width() - theme.px(32))
        self._field.setFixedHeight(theme.px(FIELD))
        self._field.setFont(theme.font("title"))
        self.setGeometry((window.width() - width) // 2, theme.px(72), width, height)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._recent.clear()  # their words are of the other language

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        paint_box(
            QPainter(self),
            QRectF(self.rect()),
            fill=theme.base.surface_raised,
            line=theme.base.border_strong,
            radius=theme.radius.panel,
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that move in the list out of the field, and follow the window's size."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._on_key(event)
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut and watched is self._field:
            self._on_focus_lost(event.reason())
        if watched is self._window and event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _on_focus_lost(self, reason: Qt.FocusReason) -> None:
        """Go when something else of the window was pressed, but stay while another window is in front."""
        if self.isVisible() and reason in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.leave()

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key is Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True


def _spell(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {text: syllables(text) for text in texts}
