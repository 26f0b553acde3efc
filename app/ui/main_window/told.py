"""What the person is told: a list under the bell; opening one marks it read."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.commands.contacts import ReadNotice
from app.domain.changes import Changes
from app.domain.words import say
from app.store.queries.shell import Told, unread
from app.ui.desk import Desk
from app.ui.main_window.top_bar import BellButton
from app.ui.translation import day_text, spoken_language, time_text


class ToldList(QObject):
    """Keeps the bell's count, and shows what it counts."""

    def __init__(self, desk: Desk, bell: BellButton) -> None:
        super().__init__(bell)
        self._desk = desk
        self._bell = bell
        self._told: Sequence[Told] = ()
        desk.changed.connect(self._on_changed)
        self._look()

    def show_at(self, point: QPoint, window: QWidget) -> None:
        """Show what is unread in a menu below the bell."""
        menu = QMenu(window)
        language = spoken_language()
        for told in self._told:
            at, zone = time_text(told.made_at, self._desk.zone()), self._desk.zone()
            if told.made_at.astimezone(zone).date() != self._desk.today():
                at = f"{day_text(told.made_at, zone)} {at}"
            words = f"{at}  {say(told.code, told.params, language)}"
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(self._opener(told))
        if not self._told:
            menu.addAction(self.tr("Nothing new")).setEnabled(False)  # Qt's own signature
        menu.popup(point)

    def _opener(self, told: Told) -> object:
        def open_it() -> None:
            self._desk.do(ReadNotice(notice_id=told.id, work_order_id=told.work_order_id))
            self._desk.asked_for_order.emit(told.work_order_id)

        return open_it

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("notice"):
            self._look()

    def _look(self) -> None:
        person = self._desk.person
        self._desk.read(unread, person.rights, person.streams, done=self._on_unread, latest="told")

    def _on_unread(self, told: Sequence[Told]) -> None:
        self._told = told
        self._bell.set_count(len(told))
