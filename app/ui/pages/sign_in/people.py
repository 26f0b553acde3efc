"""The people who may sign in at this computer without the server."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.store.users import KnownUser
from app.ui.glyphs.marks import paint_avatar
from app.ui.models.short_list import VALUE_ROLE, ShortList
from app.ui.theme.painting import RIGHT, paint_line, paint_text, text_width
from app.ui.theme.style import current_theme
from app.ui.translation import day_text, spoken

ROW, SHOWN = 40, 5


def words_of(known: KnownUser) -> str:
    """Name and title of a person."""
    return f"{known.person.name} {title_of(known)}".strip()


def title_of(known: KnownUser) -> str:
    """What somebody is."""
    return spoken({"zh": known.person.title_zh, "en": known.person.title_en})


class PeopleList(QListView):
    """Rows of 40: initial, name, title, when they signed in last."""

    chosen = Signal(str)
    """The login of the person gone to."""

    def __init__(self, zone: tzinfo, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: ShortList[KnownUser] = ShortList(words_of, parent=self)
        self.setModel(self._model)
        self.setItemDelegate(_PersonDelegate(zone, now, self))
        self.retranslate()
        self.selectionModel().currentChanged.connect(self._on_current)

    def set_people(self, people: Sequence[KnownUser]) -> None:
        """Show these people, the first of them chosen."""
        self._model.set_values(people)
        height = current_theme().px(ROW) * max(1, min(len(people), SHOWN)) + 2
        self.setFixedHeight(height)
        if people and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0))

    def go_to(self, login: str) -> str:
        """Go to the person of a login, if they are here; returns the login of the person who is current then."""
        people = self._model.values()
        place = next((place for place, known in enumerate(people) if known.person.login == login), None)
        if place is not None:
            self.setCurrentIndex(self._model.index(place))
        index = self.currentIndex()
        return people[index.row()].person.login if index.isValid() else ""

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.setAccessibleName(self.tr("Who may sign in here"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.value(index.row()).person.login)


class _PersonDelegate(QStyledItemDelegate):
    def __init__(self, zone: tzinfo, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._zone, self._now = zone, now

    def _last(self, at: datetime) -> str:
        """When somebody signed in with the server last: the nearer, the more exactly."""
        local, today = at.astimezone(self._zone), self._now().astimezone(self._zone).date()
        if local.date() == today:
            return self.tr("last with the server today {time}").format(time=f"{local:%H:%M}")
        if local.date() == today - timedelta(days=1):
            return self.tr("last with the server yesterday {time}").format(time=f"{local:%H:%M}")
        return self.tr("last with the server {day}").format(day=day_text(at, self._zone))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, current_theme().px(ROW))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, box = current_theme(), QRectF(option.rect)
        known: KnownUser = index.data(VALUE_ROLE)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.base.selection)
            painter.fillRect(QRectF(box.left(), box.top(), theme.px(3), box.height()), theme.base.accent)
        side = theme.px(26)
        paint_avatar(
            painter,
            QRectF(box.left() + theme.px(12), box.center().y() - side / 2, side, side),
            known.person.name,
            theme,
        )
        left = box.left() + theme.px(48)
        room = QRectF(left, box.top(), box.right() - left - theme.px(12), box.height())
        left += paint_text(painter, room, known.person.name, theme.font("body", bold=True), theme.base.text) + theme.px(
            8
        )
        last = self._last(known.last_online_at)
        paint_text(painter, room, last, theme.font("caption"), theme.base.text_muted, RIGHT)
        width = max(0.0, room.right() - text_width(last, theme.font("caption")) - left - theme.px(8))
        title, font = title_of(known), theme.font("body")
        if text_width(title, font) <= width:  # cut short it would say nothing
            paint_text(painter, QRectF(left, box.top(), width, box.height()), title, font, theme.base.text_muted)
        paint_line(painter, box.left(), box.bottom(), box.right(), box.bottom(), theme.base.grid)
