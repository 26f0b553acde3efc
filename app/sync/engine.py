"""Keeps a console and its server in step: a thread that sends before it asks, and tries again for ever."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from app.domain.changes import Changes
from app.domain.errors import ConflictError, OpsError, OutOfReachError, SignInError, StorageError
from app.protocol import PAGE_ROWS_ON_SCREEN
from app.store.outbox import REFUSED, outbox_items, waiting_count
from app.store.store import Store
from app.store.tables import Outbox
from app.sync.conversation import Conversation
from app.sync.failures import BusyError, ReplyError
from app.sync.sign_in import SignIn
from app.sync.state import CLOCK_TOLERANCE, FetchProgress, SyncState
from app.sync.transport import CorrectableClock
from app.sync.waiting import back_off_s, polite_s

logger = logging.getLogger(__name__)

_POLL_S = 3.0
"""Between two questions while all is well."""
_PERSON_S = 60.0
"""Between two tries while a person must do something first."""
_OF_PERSONS = frozenset({"console_revoked", "console_cloned", "account_disabled", "other_server"})

Tell = Callable[[SyncState], None]


class SyncReport(NamedTuple):
    """What one round did."""

    pushed: int
    """Commands the server answered."""
    refused: int
    """Those among them that had no effect."""
    rows: int
    """Rows received."""


class SyncEngine:
    """Sync for who is signed in, from :meth:`start` to :meth:`close`.

    ``tell`` is called with every new state, on the sync thread.
    """

    def __init__(
        self,
        store: Store,
        sign_in: SignIn,
        clock: CorrectableClock,
        tell: Tell = lambda _state: None,
        *,
        page_rows: int = PAGE_ROWS_ON_SCREEN,
    ) -> None:
        self._store = store
        self._sign_in = sign_in
        self._clock = clock
        self._tell = tell
        self._user_id = sign_in.credentials.user_id
        self._transport = sign_in.connect()
        self._conversation = Conversation(store, self._transport, self._user_id, page_rows)
        self._is_greeted = False
        self._failures = 0
        self._state = SyncState()
        self._is_told = False
        self._stop = threading.Event()
        self._is_hurried = False
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync")
        self._unsubscribe = store.subscribe(self._on_changes)

    @property
    def state(self) -> SyncState:
        """The latest state."""
        return self._state

    def start(self) -> None:
        """Begin; from now on the thread does everything."""
        self._thread.start()

    def retry_now(self) -> None:
        """Try at once, as after a person has signed in or asked for it."""
        self._is_hurried = True
        self._wake.set()

    def sync_once(self) -> SyncReport:
        """Send and fetch all there is, on this thread, without the other. Raises what stands in the way."""
        try:
            report = self._round()
        except OpsError as error:
            self._heed(error)
            raise
        self._after_success()
        return report

    def close(self) -> None:
        """Break off what is under way; returns when the thread has ended."""
        self._unsubscribe()
        self._stop.set()
        self._wake.set()
        self._transport.interrupt()
        if self._thread.ident is not None:
            self._thread.join()
        self._transport.close()

    # ---- the thread

    def _run(self) -> None:
        while not self._stop.is_set():
            self._rest(self._attempt())

    def _attempt(self) -> float:
        """One round; returns the seconds to wait before the next."""
        try:
            self._round()
        except OpsError as error:
            return 0.0 if self._stop.is_set() else self._after_failure(error)
        except Exception:  # the thread must outlive a bug: what was typed still has to get out
            logger.exception("sync failed")
            return self._after_failure(OpsError("sync_fault"))
        self._after_success()
        return _POLL_S

    def _after_success(self) -> None:
        if self._failures:
            logger.info("the server answers again")
        self._failures = 0
        notice = self._conversation.notice
        synced_at = self._clock.now() if notice is None else self._state.last_synced_at
        self._show(is_online=True, last_synced_at=synced_at, fetching=None, notice=notice)

    def _after_failure(self, error: OpsError) -> float:
        """Say how it stands now, and how long to wait."""
        self._is_greeted = False
        if isinstance(error, BusyError):
            self._show(is_online=True)
            return polite_s(error.retry_after_s)
        self._failures += 1
        if self._failures == 1:
            logger.info("sync is interrupted: %s", error)
        if isinstance(error, OutOfReachError):
            self._show(is_online=False, fetching=None)
            return back_off_s(self._failures)
        is_persons = isinstance(error, SignInError | ConflictError) or error.code in _OF_PERSONS
        is_passing = isinstance(error, ReplyError) and error.status >= 500
        self._show(is_online=not is_passing, fetching=None, notice=None if is_passing else error)
        self._heed(error)
        return _PERSON_S if is_persons else back_off_s(self._failures)

    def _heed(self, error: OpsError) -> None:
        if error.code == "console_revoked":
            self._sign_in.wipe()

    def _rest(self, seconds: float) -> None:
        """Wait; while online new commands end it, while not only :meth:`retry_now` does."""
        until = time.monotonic() + seconds
        while not self._stop.is_set() and (left := until - time.monotonic()) > 0:
            is_woken = self._wake.wait(left)
            self._wake.clear()
            if self._is_hurried or not is_woken:
                break
            self._show()
            if not self._failures and self._state.pending:
                break
        self._is_hurried = False

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Outbox.__tablename__):
            self._wake.set()

    # ---- one round

    def _round(self) -> SyncReport:
        """Everything that waits to be sent, then everything that can be fetched; what comes up meanwhile goes first."""
        if self._sign_in.credentials.tokens is None:
            self._sign_in.redeem()
        if not self._is_greeted:
            self._conversation.greet()
            self._is_greeted = True
        pushed = refused = rows = 0
        while not self._stop.is_set():
            sent = self._conversation.push()
            if sent is not None:
                pushed, refused = pushed + sent.commands, refused + sent.refused
                self._show(is_online=True)
                continue
            received = self._conversation.fetch()
            if received.is_more:
                rows += received.rows
                self._show(is_online=True, fetching=FetchProgress(rows))
                continue
            received = self._conversation.pull()
            rows += received.rows
            if not received.is_more:
                break
        return SyncReport(pushed, refused, rows)

    def _show(self, **what: object) -> None:
        """Tell of a new state, if it is one."""
        pending, refused = self._state.pending, self._state.refused
        try:
            with self._store.reading() as session:
                pending = waiting_count(session)
                refused = sum(item.user_id == self._user_id for item in outbox_items(session, REFUSED))
        except StorageError as error:  # of a file that is broken by now nothing can be read, but that can be said
            what["notice"] = error
        offset = self._clock.offset
        shown = offset if abs(offset) > CLOCK_TOLERANCE else None
        state = replace(self._state, pending=pending, refused=refused, clock_offset=shown, **what)  # type: ignore[arg-type]
        if state != self._state or not self._is_told:
            self._state, self._is_told = state, True
            self._tell(state)
