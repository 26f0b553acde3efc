"""Keeps what is typed: half a second after the last keystroke, at once when it matters, never out of turn."""

import threading
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import OpsError
from app.domain.phones import spaced_phone
from app.store.drafts import DraftText
from app.ui.desk import Desk
from app.ui.pages.intake.entry import Entry

AFTER_MS = 500


class _Wanted(NamedTuple):
    """How a draft should stand: ``None`` for gone."""

    text: DraftText | None
    is_parked: bool


class DraftKeeper(QObject):
    """Writes drafts on a task's thread, one at a time: the newest wish for each is what is written."""

    kept = Signal()
    """Everything typed is on disk."""
    failed = Signal()
    """Something could not be written; it is tried again with the next keystroke."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lock = threading.Lock()
        self._wanted: dict[str, _Wanted] = {}
        self._known: set[str] = set()
        self._due: Entry | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(AFTER_MS)
        self._pause.timeout.connect(self._on_pause)

    def touch(self, entry: Entry) -> None:
        """Something was typed: keep it once the typing pauses."""
        if self._due is not None and self._due.id != entry.id:
            self._on_pause()
        self._due = entry
        self._pause.start()

    def keep(self, entry: Entry) -> None:
        """Keep it now."""
        self._forget_due(entry.id)
        if not entry.is_empty:
            self._wish(entry.id, _Wanted(self._text(entry, ""), is_parked=False))
        elif entry.id in self._known:
            self._wish(entry.id, _Wanted(None, is_parked=False))

    def park(self, entry: Entry, why: str) -> None:
        """Put it by; ``why`` is says for what: one of :class:`Why`."""
        self._forget_due(entry.id)
        if entry.is_empty:
            self.remove(entry.id)
        else:
            self._wish(entry.id, _Wanted(self._text(entry, why), is_parked=True))

    def remove(self, draft_id: str) -> None:
        """Let it go."""
        self._forget_due(draft_id)
        self._wish(draft_id, _Wanted(None, is_parked=False))

    def hold(self, draft_id: str) -> None:
        """It is being saved as an order: leave its draft as it stands until that is done."""
        self._forget_due(draft_id)

    def know(self, draft_id: str) -> None:
        """A draft that is on disk already is being typed again."""
        self._known.add(draft_id)

    def keep_now(self) -> None:
        """Write everything before this returns: the person signs out, or the program ends."""
        try:
            self._write_all()
        except OpsError as error:
            self._on_failed(error)

    def _write_all(self) -> None:
        if self._due is not None:
            entry, self._due = self._due, None
            self._pause.stop()
            if not entry.is_empty:
                self._wanted[entry.id] = _Wanted(self._text(entry, ""), is_parked=False)
        self._write()

    def _forget_due(self, draft_id: str) -> None:
        if self._due is not None and self._due.id == draft_id:
            self._due = None
            self._pause.stop()

    def _on_pause(self) -> None:
        if self._due is not None:
            self.keep(self._due)

    def _wish(self, draft_id: str, wanted: _Wanted) -> None:
        self._wanted[draft_id] = wanted
        self._known.add(draft_id)
        self._desk.tasks.run(self._write, done=self._on_written, failed=self._on_failed)

    def _on_written(self, _result: None) -> None:
        if not self._wanted and self._due is None:
            self.kept.emit()

    def _on_failed(self, error: OpsError) -> None:
        self.failed.emit()
        self._desk.complain(error)

    def _write(self) -> None:
        """Write what is wanted, on any thread; what fails stays wanted."""
        with self._lock:
            for draft_id in list(self._wanted):
                wanted = self._wanted.pop(draft_id)
                try:
                    self._apply(draft_id, wanted)
                except OpsError:
                    self._wanted.setdefault(draft_id, wanted)
                    raise

    def _apply(self, draft_id: str, wanted: _Wanted) -> None:
        drafts = self._desk.store.drafts
        if wanted.text is None:
            drafts.remove(draft_id)
            return
        drafts.save(wanted.text)
        if wanted.is_parked:
            drafts.park(draft_id)

    def _text(self, entry: Entry, why: str) -> DraftText:
        person = self._desk.person
        body = entry.to_body()
        if why:
            body["why"] = why
        return DraftText(
            id=entry.id,
            user_id=person.user_id,
            author_name=person.name,
            body=body,
            caller=entry.name,
            phone=spaced_phone(entry.called_from or entry.phone),
            place=entry.place_text.strip(),
            first_words=entry.first_words,
        )
