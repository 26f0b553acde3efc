"""How it stands with the server: the status bar's words, and notices about what a person should know or do."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.domain.words import Language, say_error
from app.sync.state import SyncState
from app.ui.main_window.window import MainWindow
from app.ui.translation import joined, spoken_language, time_text
from app.ui.widgets.notices import NoticeData
from app.ui.widgets.texts import Span


class Connection(QObject):
    """Takes each new state on the GUI thread and shows it."""

    retry_wanted = Signal()
    sign_in_wanted = Signal(object)
    """The ``OpsError`` that asks for it."""

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._state = SyncState()
        self._offline_since: datetime | None = None
        self._closed: set[str] = set()
        window.notices.closed.connect(self._closed.add)
        window.connection.pressed.connect(self._look_at_outbox)
        window.language_changed.connect(self._show)

    def take(self, state: SyncState) -> None:
        """Show a new state."""
        if state.is_online:
            self._offline_since = None
            self._closed.discard("offline")
        elif self._offline_since is None:
            self._offline_since = state.last_synced_at or self._window.desk.clock.now()
        self._state = state
        self._window.desk.set_offline(is_offline=not state.is_online)
        self._show()

    def _show(self) -> None:
        self._show_status()
        self._show_offline()
        self._show_clock()
        self._show_refused()
        self._show_wish()
        self._show_fetching()

    def _show_status(self) -> None:
        state, part = self._state, self._window.connection
        zone = self._window.desk.zone()
        last = time_text(state.last_synced_at, zone) if state.last_synced_at else ""
        pending = self.tr("%n waiting", "", state.pending) if state.pending else ""
        if not state.is_online:
            detail = joined(pending, self.tr("last {time}").format(time=last) if last else "")
            part.say(self.tr("Offline"), detail, icon="cloud-off", tone="warning")
        elif state.pending:
            part.say(self.tr("Online"), pending, icon="cloud-upload")
        else:
            in_step = self.tr("all in step {time}").format(time=last) if last else ""
            part.say(self.tr("Online"), in_step, icon="cloud-check")

    def _show_offline(self) -> None:
        if self._state.is_online or self._offline_since is None or "offline" in self._closed:
            self._window.notices.remove("offline")
            return
        minutes = int((self._window.desk.clock.now() - self._offline_since).total_seconds() // 60)
        lead = self.tr("The server is out of reach.")
        if minutes >= 1:
            lead = self.tr("The server has been out of reach for {minutes} min.").format(minutes=minutes)
        pending, again = self._state.pending, (self.tr("Try again"), self._try_again)
        words = (
            self.tr("Work as usual: %n change(s) are kept here and sent by themselves.", "", pending)
            if pending
            else self.tr("Work as usual: what you do is kept here and sent by itself.")
        )
        look = (self.tr("Look at %n", "", pending), self._look_at_outbox)
        buttons = (look, again) if pending else (again,)
        self._window.put_notice("offline", NoticeData("warning", _led(lead, words), buttons, icon="cloud-off"))

    def _show_clock(self) -> None:
        offset = self._state.clock_offset
        if offset is None:
            self._closed.discard("clock")
        if offset is None or "clock" in self._closed:
            self._window.notices.remove("clock")
            return
        minutes = round(abs(offset.total_seconds()) / 60)
        lead = (
            self.tr("This computer's clock is {minutes} minutes fast.")
            if offset.total_seconds() < 0
            else self.tr("This computer's clock is {minutes} minutes slow.")
        ).format(minutes=minutes)
        words = self.tr("Times are taken from the server, so records stay right; please set the clock.")
        buttons = ((self.tr("Check again"), self._try_again),)
        self._window.put_notice("clock", NoticeData("danger", _led(lead, words), buttons, icon="clock-exclamation"))

    def _show_refused(self) -> None:
        if not self._state.refused:
            self._window.notices.remove("refused")
            return
        lead = self.tr("The server sent back %n operation(s).", "", self._state.refused)
        words = self.tr("Nothing is lost: see why, and decide.")
        buttons = ((self.tr("See why"), self._look_at_outbox),)
        self._window.put_notice("refused", NoticeData("danger", _led(lead, words), buttons))

    def _show_wish(self) -> None:
        notice = self._state.notice
        if notice is None:
            self._window.notices.remove("sync")
            return
        buttons = ((self.tr("Sign in"), self._sign_in),) if notice.code.startswith("sign_in") else ()
        self._window.put_notice("sync", NoticeData("danger", say_error(notice, spoken_language()), buttons))

    def _show_fetching(self) -> None:
        fetching = self._state.fetching
        self._window.task.setVisible(fetching is not None)
        if fetching is not None:
            words = self.tr("Fetching: {rows} rows so far; what is here can be used").format(rows=f"{fetching.rows:,}")
            self._window.task.say(words, fetching.rows, fetching.total or 0, can_cancel=False)
        self._window.rail.set_badge("sync", self._state.refused, is_urgent=True)

    # What a notice's buttons do; methods, so that the same notice given again is known to be the same.

    def _look_at_outbox(self) -> None:
        self._window.show_page("sync")

    def _try_again(self) -> None:
        self.retry_wanted.emit()

    def _sign_in(self) -> None:
        self.sign_in_wanted.emit(self._state.notice)


def _led(lead: str, words: str) -> Sequence[Span]:
    """A sentence in bold, and one after it; in Chinese no blank stands between."""
    return (Span(lead, is_bold=True), Span(words if spoken_language() is Language.CHINESE else f" {words}"))
