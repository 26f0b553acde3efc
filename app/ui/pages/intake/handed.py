"""What waits for a person who signs in: drafts that a colleague handed over, and what they left half-typed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject

from app.store.drafts import DraftItem, list_drafts
from app.store.queries.intake_choices import user_names
from app.ui.desk import Desk, Said
from app.ui.translation import time_text


class HandedNotice(QObject):
    """Looks once, when the person has signed in."""

    def __init__(
        self,
        desk: Desk,
        show_drafts: Callable[[], object],
        take_up: Callable[[DraftItem], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._show_drafts, self._take_up = show_drafts, take_up
        self._desk.read(list_drafts, done=self._on_drafts)

    def _on_drafts(self, items: Sequence[DraftItem]) -> None:
        me = self._desk.person.user_id
        left = [item for item in items if item.user_id == me and item.parked_at is None]
        if left:
            self._take_up(max(left, key=lambda item: item.updated_at))
            self._desk.said.emit(Said(self._left_words(), tone="info"))
        seen = self._desk.preferences.state(self._seen_name())
        handed = [
            item
            for item in items
            if item.user_id == me and item.handed_by_id not in (None, me) and _moment(item.handed_at) > seen
        ]
        if handed:
            givers = [item.handed_by_id or "" for item in handed]
            self._desk.read(user_names, givers, done=lambda names: self._tell(handed, names))

    def _left_words(self) -> str:
        key = self._desk.actions.key("intake.open")
        return self.tr("The order you were typing is still there: {key} goes on with it.").format(key=key)

    def _tell(self, handed: Sequence[DraftItem], names: dict[str, str]) -> None:
        latest = max(handed, key=lambda item: _moment(item.handed_at))
        given = self.tr("{name} handed you %n draft(s) at {time}", "", len(handed))
        name = names.get(latest.handed_by_id or "", "?")
        time = time_text(latest.handed_at, self._desk.zone()) if latest.handed_at else ""

        def noted() -> None:
            self._desk.preferences.keep_state(self._seen_name(), _moment(latest.handed_at))

        def show() -> None:
            noted()
            self._show_drafts()

        buttons = ((self.tr("Show"), show), (self.tr("Noted"), noted))
        self._desk.said.emit(Said(given.format(name=name, time=time), tone="info", buttons=buttons))

    def _seen_name(self) -> str:
        return f"handed.{self._desk.person.user_id}"


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()
