"""The palette (Ctrl K): one box that finds actions, orders, people and places."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.domain.numbers import short_number
from app.domain.phones import spaced_phone
from app.domain.words import say
from app.store.pinyin import spellings
from app.store.queries.shell import Found, find_anything
from app.ui.actions import ActionSpec, key_text
from app.ui.desk import Desk
from app.ui.glyphs.keys import key_size, paint_key
from app.ui.models.short_list import VALUE_ROLE, ShortList
from app.ui.theme.icons import paint_icon
from app.ui.theme.layouts import column, row
from app.ui.theme.painting import paint_box, paint_text
from app.ui.theme.style import current_theme
from app.ui.translation import spoken_language
from app.ui.widgets.grounds import Line
from app.ui.widgets.marks import IconMark
from app.ui.widgets.texts import Text

WIDTH, FIELD, ROW, CAPTION, FOOT = 640, 48, 36, 28, 32
PAUSE_MS = 80
RECENT_SHOWN = 5
ROWS_SHOWN = 11
_PLACE_ICONS = {"unit": "home-check", "building": "building", "place": "map-pin", "asset": "tool"}


class Row(NamedTuple):
    """A caption (no ``run``), or something that can be chosen."""

    id: str
    text: str
    detail: str = ""
    icon: str = ""
    key: str = ""
    run: Callable[[], object] | None = None


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
        self._list.setItemDelegate(_RowDelegate(self._list))
        self._list.setMouseTracking(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._on_clicked)
        self._hint = Text(size="caption", token="text_muted")
        self._count = Text(size="caption", token="text_muted")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._build()
        window.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        top = row(IconMark("search", "text_secondary", side=18), (self._field, 1), gap=12, margins=(16, 0, 16, 0))
        foot = row(self._hint, None, self._count, margins=(16, 6, 16, 6))
        column(top, Line(), (self._list, 1), Line(), foot, gap=0, margins=1, parent=self)

    def open(self, page: str, text: str = "") -> None:
        """Show it over ``page`` with ``text`` typed in."""
        self._page = page
        self._field.setAccessibleName(self.tr("Search orders, people, places, actions"))
        self._field.setPlaceholderText(self.tr("Search orders, people, places, actions"))
        self._hint.setText(self.tr("↑ ↓ choose   Enter do it   Esc leave"))
        texts = [spec.text() for spec in self._desk.actions.of_page(page)]
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
        self.hide()
        self.closed.emit()

    def rows(self) -> Sequence[Row]:
        """What is offered now, captions included."""
        return self._model.values()

    # ------------------------------------------------------------------------------------------------------- finding

    def _on_text(self, _text: str) -> None:
        self._pause.start()

    def _look(self) -> None:
        text = self._field.text().strip()
        if not text:
            self._show(self._actions("", limit=6), None)
            return
        actions = self._actions(text)
        self._show(actions, None)

        def found(result: Found) -> None:
            self._show(actions, result)

        self._desk.read(find_anything, text, self._desk.person.streams, done=found, latest="palette")

    def _actions(self, text: str, limit: int = 5) -> list[Row]:
        wanted = text.casefold()
        specs = [spec for spec in self._desk.actions.of_page(self._page) if self._desk.actions.is_enabled(spec.id)]
        hits = [spec for spec in specs if not wanted or self._is_meant(wanted, spec.text())]
        return [self._action_row(spec) for spec in hits[:limit]]

    def _is_meant(self, wanted: str, text: str) -> bool:
        """Whether the words of an action, or their pinyin or initials, hold what was typed."""
        return wanted in text.casefold() or any(wanted in spelt for spelt in self._spelt.get(text, ()))

    def _on_spelt(self, spelt: dict[str, tuple[str, ...]]) -> None:
        self._spelt |= spelt
        if self.isVisible():
            self._look()

    def _action_row(self, spec: ActionSpec) -> Row:
        keys = spec.all_keys
        return Row(
            id=f"action:{spec.id}",
            text=spec.text(),
            detail=spec.detail() or spec.group(),
            icon=spec.icon or "player-play",
            key=key_text(keys[0]) if keys else "",
            run=lambda: self._desk.actions.run(spec.id),
        )

    def _show(self, actions: list[Row], found: Found | None) -> None:
        groups = [(self.tr("Actions"), actions)]
        if found is not None:
            groups += [
                (self.tr("Orders"), self._order_rows(found)),
                (self.tr("People"), self._people_rows(found)),
                (self.tr("Places"), self._place_rows(found)),
            ]
        if not self._field.text().strip():
            groups.insert(0, (self.tr("Recent"), self._recent))
        shown: list[Row] = []
        for caption, rows in groups:
            if rows:
                shown += [Row(f"caption:{caption}", caption), *rows]
        current = self._current()
        self._model.set_values(shown)
        places = [place for place, found_row in enumerate(shown) if found_row.run is not None]
        keep = next((place for place in places if current is not None and shown[place].id == current.id), None)
        self._go(keep if keep is not None else (places[0] if places else -1))
        self._count.setText(self.tr("%n found", "", len(places)))
        self._place()

    def _order_rows(self, found: Found) -> list[Row]:
        year, language = self._desk.today().year, spoken_language()
        return [
            Row(
                id=f"order:{order.id}",
                text=f"{short_number(order.number, year)}  {order.text.splitlines()[0] if order.text else ''}",
                detail=say(f"state.{order.state}", None, language),
                icon="clipboard-list",
                run=self._open_order(order.id),
            )
            for order in found.orders
        ]

    def _people_rows(self, found: Found) -> list[Row]:
        language = spoken_language()
        return [
            Row(
                id=f"person:{person.resident_id}",
                text=person.name,
                detail="  ".join(
                    part
                    for part in (
                        person.unit,
                        say(f"relation.{person.relation}", None, language) if person.relation else "",
                        spaced_phone(person.phone),
                    )
                    if part
                ),
                icon="user",
                run=self._open_place("unit", person.unit_id) if person.unit_id else self._call(person.name),
            )
            for person in found.people
        ]

    def _place_rows(self, found: Found) -> list[Row]:
        return [
            Row(
                id=f"{place.kind}:{place.id}",
                text=place.label,
                detail=place.detail,
                icon=_PLACE_ICONS[place.kind],
                run=self._open_place(place.kind, place.id),
            )
            for place in found.places
        ]

    def _open_order(self, order_id: str) -> Callable[[], object]:
        return lambda: self._desk.asked_for_order.emit(order_id)

    def _open_place(self, kind: str, row_id: str) -> Callable[[], object]:
        return lambda: self._desk.asked_for_place.emit(kind, row_id)

    def _call(self, name: str) -> Callable[[], object]:
        return lambda: self._desk.asked_for_intake.emit(name)

    # ------------------------------------------------------------------------------------------------------ choosing

    def _current(self) -> Row | None:
        index = self._list.currentIndex()
        return self._model.value(index.row()) if index.isValid() else None

    def _go(self, place: int) -> None:
        if place >= 0:
            self._list.setCurrentIndex(self._model.index(place))
        else:
            self._list.clearSelection()

    def _step(self, by: int) -> None:
        places = [place for place, found in enumerate(self._model.values()) if found.run is not None]
        if not places:
            return
        here = self._list.currentIndex().row()
        at = places.index(here) if here in places else -1
        self._go(places[(at + by) % len(places)])

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
            self._do(self._current())
        elif key is Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True


class _RowDelegate(QStyledItemDelegate):
    """Paints captions, and rows with icon, words, muted words and key."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        found: Row = index.data(VALUE_ROLE)
        return QSize(0, current_theme().px(ROW if found.run is not None else CAPTION))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, found, box = current_theme(), index.data(VALUE_ROLE), QRectF(option.rect)
        if found.run is None:
            words = box.adjusted(theme.px(16), theme.px(4), 0, 0)
            paint_text(painter, words, found.text, theme.font("caption"), theme.base.text_muted)
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.base.selection)
            painter.fillRect(QRectF(box.left(), box.top(), theme.px(3), box.height()), theme.base.accent)
        side = theme.icon.row
        icon = QRectF(box.left() + theme.px(16), round(box.center().y() - side / 2), side, side)
        paint_icon(painter, icon, found.icon, theme.base.text_secondary)
        right = box.right() - theme.px(16)
        if found.key:
            right -= key_size(found.key, theme).width()
            paint_key(painter, QRectF(right, box.top(), box.right() - right, box.height()), found.key, theme)
            right -= theme.px(12)
        left = icon.right() + theme.px(12)
        room = QRectF(left, box.top(), right - left, box.height())
        left += paint_text(painter, room, found.text, theme.font("body"), theme.base.text) + theme.px(12)
        detail = QRectF(left, box.top(), max(0.0, right - left), box.height())
        if detail.width() > theme.px(24):
            paint_text(painter, detail, found.detail, theme.font("body"), theme.base.text_muted)


def _spell(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {text: spellings(text) for text in texts}
