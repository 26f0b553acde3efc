"""Drafts in rows of 80 px: caller, first words, why it waits, by whom, how long."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.store.drafts import DraftItem
from app.ui.glyphs.marks import paint_tag, tag_size
from app.ui.models.short_list import VALUE_ROLE, ShortList
from app.ui.pages.intake.draft_words import age_tag, author_of, caller_of, why_of
from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import RIGHT, paint_text, text_width
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme

HEIGHT = 80
ROWS_SHOWN = 4


class DraftList(QListView):
    """The drafts, one of them current; Enter takes it up, Del throws it away."""

    chosen = Signal()
    resumed = Signal()
    discarded = Signal()

    def __init__(self, zone: tzinfo, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now, self._zone = now, zone
        self._wanted = ""
        self._rows = ShortList[DraftItem](self._words, parent=self)
        self.setModel(self._rows)
        self.setItemDelegate(_DraftDelegate(zone, now, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.chosen.emit())
        self.doubleClicked.connect(lambda _index: self.resumed.emit())

    def _words(self, item: DraftItem) -> str:
        now = self._now()
        parts = (caller_of(item), item.phone, item.place, item.first_words, why_of(item, now, self._zone))
        return ", ".join(part for part in (*parts, author_of(item), age_tag(item, now).text) if part)

    def show_items(self, items: Sequence[DraftItem]) -> None:
        """Show these; the one that was chosen is current, else the one that was before, if it is still there."""
        before, place = self.current(), self.currentIndex().row()
        self._rows.set_values(items)
        places = {item.id: at for at, item in enumerate(items)}
        same = places.get(before.id) if before else None
        if self._wanted in places:
            same, self._wanted = places[self._wanted], ""
        if items:
            self.setCurrentIndex(self._rows.index(max(0, min(place, len(items) - 1)) if same is None else same))
        self.updateGeometry()
        self.chosen.emit()

    def choose(self, draft_id: str) -> None:
        """Make a draft current, at once or as soon as it is shown."""
        self._wanted = draft_id
        self.show_items(self._rows.values())

    def current(self) -> DraftItem | None:
        """The current draft."""
        index = self.currentIndex()
        return self._rows.value(index.row()) if index.isValid() else None

    def step(self, by: int) -> None:
        """Make the next or the one before current."""
        count = len(self._rows.values())
        if count:
            self.setCurrentIndex(self._rows.index((self.currentIndex().row() + by) % count))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.resumed.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.discarded.emit()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        shown = max(1, min(len(self._rows.values()), ROWS_SHOWN))
        return QSize(current_theme().px(200), shown * current_theme().px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(200), current_theme().px(HEIGHT))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()


class _DraftDelegate(QStyledItemDelegate):
    """Paints one draft."""

    def __init__(self, zone: tzinfo, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._zone, self._now = zone, now

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, current_theme().px(HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, box = current_theme(), QRectF(option.rect)
        item: DraftItem = index.data(VALUE_ROLE)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.base.selection)
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.base.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.base.hover)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.base.border)
        side, edge = theme.px(14), theme.px(16)
        icon = QRectF(box.left() + edge, box.top() + theme.px(14), side, side)
        paint_icon(painter, icon, "pencil", theme.base.text_secondary)
        inner = QRectF(box.left() + theme.px(40), box.top(), box.width() - theme.px(40) - edge, box.height())
        self._paint_lines(painter, theme, inner, item)

    def _paint_lines(self, painter: QPainter, theme: Theme, box: QRectF, item: DraftItem) -> None:
        now = self._now()
        tag = age_tag(item, now)
        width = tag_size(tag, theme).width()
        line = QRectF(box.left(), box.top() + theme.px(10), box.width(), theme.px(22))
        paint_tag(painter, QRectF(box.right() - width, line.top(), width, line.height()), tag, theme)
        strong, body, caption = theme.font("strong", bold=True), theme.font("body"), theme.font("caption")
        room = line.adjusted(0, 0, -width - theme.px(8), 0)
        used = paint_text(painter, room, caller_of(item), strong, theme.base.text)
        paint_text(painter, room.adjusted(used + theme.px(8), 0, 0, 0), item.phone, body, theme.base.text_secondary)
        line.translate(0, theme.px(22))
        place = f"{item.place}  " if item.place else ""
        used = paint_text(painter, line, place, theme.font("body", bold=True), theme.base.text)
        words = " ".join(item.first_words.split())
        paint_text(painter, line.adjusted(used, 0, 0, 0), words, body, theme.base.text)
        line.translate(0, theme.px(20))
        by = QRectF(line)
        by.setLeft(line.right() - min(text_width(author_of(item), caption) + 1, line.width() / 2))
        paint_text(painter, by, author_of(item), caption, theme.base.text_muted, RIGHT)
        why = why_of(item, now, self._zone)
        room = line.adjusted(0, 0, by.left() - line.right() - theme.px(8), 0)
        paint_text(painter, room, why, caption, theme.base.text_secondary)
