"""The sheet of keys (F1): what can be done on this page, and by which key."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.ui.actions import EVERYWHERE, Actions, ActionSpec, key_text
from app.ui.glyphs.keys import key_size, paint_key
from app.ui.models.short_list import VALUE_ROLE, ShortList
from app.ui.theme.layouts import column, row
from app.ui.theme.painting import paint_line, paint_text
from app.ui.theme.style import current_theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.grounds import Ground, Line
from app.ui.widgets.marks import IconMark, KeyHint
from app.ui.widgets.texts import Text

WIDTH, KEY_COLUMN, ROW, CAPTION = 400, 136, 24, 36
_KEYS_SHOWN = 2


class KeyRow(NamedTuple):
    """A caption (no keys), or an action and its keys."""

    text: str
    keys: tuple[str, ...] = ()
    is_enabled: bool = True


class KeySheet(Ground):
    """A dock at the right: the keys of the page, of the dock beside it, and those that work everywhere."""

    closed = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("surface", lines="left", width=WIDTH, parent=parent)
        self._actions = actions
        self._page = ""
        self._page_title = ""
        self._dock = ""
        self._model: ShortList[KeyRow] = ShortList(lambda found: " ".join((found.text, *found.keys)), parent=self)
        self._title = Text(size="title", bold=True)
        self._close = IconButton("x", "")
        self._close.clicked.connect(self.closed)
        self._search = SearchField()
        self._search.textChanged.connect(self._fill)
        self._list = QListView()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_KeyDelegate(self._list))
        self._list.setSelectionMode(QListView.SelectionMode.NoSelection)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot = Text(size="caption", token="text_muted", wrap=True)
        head = row(
            IconMark("keyboard", "text_secondary", side=18),
            (self._title, 1),
            KeyHint("F1"),
            self._close,
            margins=(16, 8, 12, 8),
        )
        field = row((self._search, 1), margins=(16, 8, 16, 4))
        foot = row((self._foot, 1), margins=(16, 8, 16, 8))
        column(head, Line(), field, (self._list, 1), Line(), foot, gap=0, margins=(1, 0, 0, 0), parent=self)
        self.retranslate()

    def show_page(self, page: str, title: str) -> None:
        """Show the keys of a page."""
        self._page, self._page_title = page, title
        self.retranslate()
        self._search.clear()
        self._fill()

    def show_dock(self, dock: str) -> None:
        """Show the keys of a dock that is open too, before all others; of none where it is empty."""
        self._dock = dock
        self._fill()

    def take_focus(self) -> None:
        """Be ready to type what is looked for."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def rows(self) -> Sequence[KeyRow]:
        """What is shown now, captions included."""
        return self._model.values()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._title.setText(self.tr("Keys: {page}").format(page=self._page_title))
        self._close.set_name(self.tr("Close"))
        self._search.set_placeholder(self.tr("Find an action"))
        self._list.setAccessibleName(self.tr("Keys"))
        self._foot.setText(self.tr("On one page a key does one thing. Letters rest while Chinese is being typed."))
        self._fill()

    def _fill(self, _text: str = "") -> None:
        wanted = self._search.text().strip().casefold()
        specs = [spec for spec in self._actions.of_pages(self._page, self._dock) if spec.all_keys]
        specs = [spec for spec in specs if wanted in spec.text().casefold()]
        shown: list[KeyRow] = []
        for caption, group in groupby(sorted(specs, key=self._rank), self._caption):
            shown.append(KeyRow(caption))
            shown += [self._key_row(spec) for spec in group]
        self._model.set_values(shown)

    def _caption(self, spec: ActionSpec) -> str:
        return spec.group() or (self.tr("Everywhere") if spec.page == EVERYWHERE else self._page_title)

    def _key_row(self, spec: ActionSpec) -> KeyRow:
        keys = tuple(key_text(key) for key in spec.all_keys[:_KEYS_SHOWN])
        return KeyRow(spec.text(), keys, self._actions.is_enabled(spec.id))

    def _rank(self, spec: ActionSpec) -> int:
        """What works everywhere comes first, then the page's own, then what opens a dock; an open one is before all."""
        if spec.page == self._page:
            return 1
        if spec.page == EVERYWHERE and not spec.group():
            return 0
        return -1 if self._dock else 2

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()


class _KeyDelegate(QStyledItemDelegate):
    """Paints captions over a line, and keys before what they do."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        found: KeyRow = index.data(VALUE_ROLE)
        return QSize(0, current_theme().px(ROW if found.keys else CAPTION))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, found = current_theme(), index.data(VALUE_ROLE)
        box = QRectF(option.rect).adjusted(theme.px(16), 0, -theme.px(16), 0)
        if not found.keys:
            words = box.adjusted(0, theme.px(10), 0, -theme.px(4))
            paint_text(painter, words, found.text, theme.font("caption"), theme.base.text_muted)
            paint_line(painter, box.left(), box.bottom() - 1, box.right(), box.bottom() - 1, theme.base.grid)
            return
        left = box.left()
        for key in found.keys:
            size = key_size(key, theme)
            paint_key(painter, QRectF(left, box.top(), size.width(), box.height()), key, theme)
            left += size.width() + theme.px(6)
        start = max(left, box.left() + theme.px(KEY_COLUMN))
        ink = theme.base.text if found.is_enabled else theme.base.text_disabled
        room = QRectF(start, box.top(), box.right() - start, box.height())
        paint_text(painter, room, found.text, theme.font("body"), ink)
