"""How it stands with the server, in the status bar and in notices."""

from datetime import timedelta

import pytest

from app.domain.errors import ConflictError, OpsError, SignInError
from app.sync.state import FetchProgress, SyncState
from app.ui.main_window.connection import Connection
from app.ui.widgets.notices import Notice
from tests.factories import NOON
from tests.ui.main_window.shown_window import ShownWindow

ONLINE = SyncState(is_online=True, last_synced_at=NOON)


@pytest.fixture
def connection(shown: ShownWindow) -> Connection:
    """Shows on the window what it is given."""
    return Connection(shown.window, shown.window)


def notice(shown: ShownWindow, name: str) -> Notice | None:
    return shown.window.notices.notice(name) if name in shown.window.notices.names() else None


def words(shown: ShownWindow, name: str) -> str:
    found = notice(shown, name)
    return found.accessibleName() if found else ""


def press(shown: ShownWindow, name: str, button: str) -> None:
    found = notice(shown, name)
    assert found is not None
    dict(found.data.buttons)[button]()


def test_the_status_bar_says_online_what_waits_and_offline(shown: ShownWindow, connection: Connection) -> None:
    part = shown.window.connection
    connection.take(ONLINE)
    assert part.accessibleName() == "Online all in step 12:00"
    connection.take(SyncState(is_online=True, pending=2))
    assert part.accessibleName() == "Online 2 waiting"
    connection.take(SyncState(is_online=True))
    assert part.accessibleName() == "Online"
    connection.take(SyncState(pending=1, last_synced_at=NOON))
    assert part.accessibleName() == "Offline 1 waiting, last 12:00"
    assert shown.desk.is_offline
    part.pressed.emit()
    assert shown.window.page_id() == "sync"


def test_being_offline_is_said_with_how_long_and_how_much_waits(shown: ShownWindow, connection: Connection) -> None:
    retried: list[bool] = []
    connection.retry_wanted.connect(lambda: retried.append(True))
    connection.take(SyncState())
    assert words(shown, "offline").startswith("The server is out of reach. Work as usual: what you do")
    connection.take(SyncState(pending=3, last_synced_at=NOON))
    shown.desk.clock.forward(minutes=29)  # type: ignore[attr-defined]
    connection.take(SyncState(pending=3, last_synced_at=NOON))
    assert "29 min" in words(shown, "offline")
    press(shown, "offline", "Try again")
    press(shown, "offline", "Look at 3")
    assert (retried, shown.window.page_id()) == ([True], "sync")
    connection.take(ONLINE)
    assert notice(shown, "offline") is None


def test_a_closed_notice_stays_away_until_its_cause_comes_again(shown: ShownWindow, connection: Connection) -> None:
    connection.take(SyncState())
    found = notice(shown, "offline")
    assert found is not None
    found.closed.emit()
    connection.take(SyncState(pending=1))
    assert notice(shown, "offline") is None
    connection.take(ONLINE)
    connection.take(SyncState())
    assert notice(shown, "offline") is not None


def test_the_same_notice_given_again_is_not_made_anew(shown: ShownWindow, connection: Connection) -> None:
    connection.take(SyncState(refused=1))
    before = notice(shown, "refused")
    connection.take(SyncState(refused=1, pending=1))
    assert notice(shown, "refused") is before


def test_a_clock_that_is_wrong_is_told_of_until_it_is_right(shown: ShownWindow, connection: Connection) -> None:
    connection.take(SyncState(is_online=True, clock_offset=timedelta(minutes=-6)))
    assert words(shown, "clock").startswith("This computer's clock is 6 minutes fast.")
    connection.take(SyncState(is_online=True, clock_offset=timedelta(minutes=5)))
    assert words(shown, "clock").startswith("This computer's clock is 5 minutes slow.")
    found = notice(shown, "clock")
    assert found is not None
    found.closed.emit()
    connection.take(SyncState(is_online=True, clock_offset=timedelta(minutes=5)))
    assert notice(shown, "clock") is None
    connection.take(ONLINE)
    connection.take(SyncState(is_online=True, clock_offset=timedelta(minutes=5)))
    assert notice(shown, "clock") is not None


def test_what_the_server_sent_back_is_told_and_marked_on_the_rail(shown: ShownWindow, connection: Connection) -> None:
    connection.take(SyncState(is_online=True, refused=2))
    assert shown.window.rail._buttons["sync"].count == 2
    press(shown, "refused", "See why")
    assert shown.window.page_id() == "sync"
    connection.take(ONLINE)
    assert notice(shown, "refused") is None
    assert shown.window.rail._buttons["sync"].count == 0


@pytest.mark.parametrize(
    ("error", "may_sign_in"), [(SignInError("sign_in_needed"), True), (ConflictError("other_server"), False)]
)
def test_what_a_person_must_do_is_said(
    error: OpsError, may_sign_in: bool, shown: ShownWindow, connection: Connection
) -> None:
    wanted: list[OpsError] = []
    connection.sign_in_wanted.connect(wanted.append)
    connection.take(SyncState(is_online=True, notice=error))
    found = notice(shown, "sync")
    assert found is not None
    assert bool(found.data.buttons) is may_sign_in
    if may_sign_in:
        press(shown, "sync", "Sign in")
        assert wanted == [error]
    connection.take(ONLINE)
    assert notice(shown, "sync") is None


def test_a_first_fetch_is_shown_as_it_goes_on_and_cannot_be_stopped(shown: ShownWindow, connection: Connection) -> None:
    task = shown.window.task
    connection.take(SyncState(is_online=True, fetching=FetchProgress(31_200)))
    assert task.isVisible()
    assert "31,200" in task._text.text()
    assert not task._cancel.isVisible()
    connection.take(ONLINE)
    assert not task.isVisible()
