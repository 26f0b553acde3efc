"""Tests of the drafts of the phone intake: kept, put by, taken up, handed over; by keyboard alone."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.ids import stream_id
from app.domain.permissions import Rights, Role
from app.ui.pages.intake.draft_words import age_tag
from app.ui.pages.intake.entry import entry_from_body
from app.ui.theme.theme import Theme
from tests.clocks import HandClock
from tests.factories import CLERK, SITE, SUPERVISOR, a_report
from tests.ui.pages.intake_world import WEI, Station, a_station, copy_of

ENTER = Qt.Key.Key_Return


def half_type(station: Station, words: str = "空调打开就跳闸") -> None:
    """Begin an order for 魏国富 and leave it."""
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type(words)


def is_kept(station: Station, words: str) -> bool:
    return any(draft.body.get("description") == words for draft in station.drafts())


def test_what_is_typed_is_kept_half_a_second_after_the_last_key(station: Station) -> None:
    half_type(station)
    assert not is_kept(station, "空调打开就跳闸")
    station.qtbot.waitUntil(lambda: is_kept(station, "空调打开就跳闸"))
    (draft,) = station.drafts()
    assert (draft.user_id, draft.caller, draft.phone, draft.place) == (CLERK, "魏国富", "139 2207 5518", "3 幢 0902")
    assert draft.parked_at is None
    station.qtbot.waitUntil(lambda: "09:00:00" in station.dock.header._said.text())


def test_a_dock_that_was_emptied_leaves_no_draft(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.press(ENTER)
    station.type("x")
    station.qtbot.waitUntil(lambda: len(station.drafts()) == 1)
    station.press(Qt.Key.Key_Backspace)
    station.qtbot.waitUntil(lambda: station.drafts() == [])


def test_a_number_that_was_typed_and_taken_away_again_leaves_no_draft(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("13922070000")
    station.qtbot.waitUntil(lambda: len(station.drafts()) == 1)
    station.dock.page.search.line.selectAll()
    station.press(Qt.Key.Key_Delete)
    station.ctrl(Qt.Key.Key_N)
    station.qtbot.waitUntil(lambda: station.drafts() == [])


def test_what_was_being_typed_is_the_draft_that_is_chosen_among_all(station: Station) -> None:
    half_type(station, "first")
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    station.type("second")
    station.press(Qt.Key.Key_F7)
    station.settle()
    station.alt(Qt.Key.Key_3)
    station.settle()
    assert {draft.body["description"]: draft.user_id for draft in station.drafts()} == {
        "first": CLERK,
        "second": SUPERVISOR,
    }


def test_another_call_puts_a_half_typed_order_by_and_opens_an_empty_one(station: Station) -> None:
    half_type(station)
    station.ctrl(Qt.Key.Key_N)
    station.settle()
    (draft,) = station.drafts()
    assert draft.parked_at is not None
    assert draft.body["why"] == "next_call"
    assert station.dock.call.entry.is_empty
    assert station.dock.page.form.what.toPlainText() == ""
    assert station.focus() is station.dock.page.search.line
    assert "1" in station.dock.header.drafts.text()


def test_a_call_told_from_outside_finds_the_caller_and_puts_the_half_typed_order_by(station: Station) -> None:
    half_type(station)
    station.desk.asked_for_intake.emit("138 0013 2046")
    station.settle()
    assert station.dock.call.entry.name == "吴桂芳"
    assert [draft.caller for draft in station.drafts() if draft.parked_at] == ["魏国富"]


def test_escape_folds_the_dock_and_loses_nothing(station: Station) -> None:
    half_type(station, "半句话")
    station.press(Qt.Key.Key_Escape)
    assert not station.dock.isVisible()
    station.page.setFocus()
    station.ctrl(Qt.Key.Key_N)
    assert station.dock.page.form.what.toPlainText() == "半句话"
    assert station.dock.call.entry.resident_id == WEI


def test_who_is_typed_over_a_folded_call_is_another_caller(station: Station) -> None:
    half_type(station, "半句话")
    station.press(Qt.Key.Key_Escape)
    station.page.setFocus()
    station.ctrl(Qt.Key.Key_N)
    assert station.dock.page.form.what.toPlainText() == "半句话"
    station.type("13800132046")
    station.settle()
    station.press(ENTER)
    station.settle()
    assert (station.dock.call.entry.name, station.dock.call.entry.description) == ("吴桂芳", "")
    assert [draft.caller for draft in station.drafts() if draft.parked_at] == ["魏国富"]


def test_enter_goes_on_with_a_folded_call(station: Station) -> None:
    half_type(station, "半句话")
    station.press(Qt.Key.Key_Escape)
    station.page.setFocus()
    station.ctrl(Qt.Key.Key_N)
    station.press(ENTER)
    station.type("，说完了")
    assert station.dock.call.entry.description == "半句话，说完了"
    assert [draft.parked_at for draft in station.drafts()] == [None]


def test_a_caller_who_was_only_looked_up_leaves_no_draft(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.press(Qt.Key.Key_Escape)
    station.page.setFocus()
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    station.settle()
    assert station.dock.call.entry.name == "吴桂芳"
    station.press(Qt.Key.Key_Escape)
    station.desk.asked_for_intake.emit("13922075518")
    station.settle()
    assert station.dock.call.entry.name == "魏国富"
    assert [draft.caller for draft in station.drafts() if draft.parked_at] == []


def test_escape_puts_away_what_was_found_before_it_folds(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("wgf")
    station.settle()
    station.press(Qt.Key.Key_Escape)
    assert station.dock.isVisible()
    assert not station.dock.page.search.is_open()
    assert station.dock.page.search.text() == "wgf"


def test_drafts_are_listed_with_caller_words_why_by_whom_and_age(station: Station) -> None:
    half_type(station)
    station.ctrl(Qt.Key.Key_N)
    station.settle()
    station.clock.forward(minutes=5)
    station.press(Qt.Key.Key_F7)
    station.settle()
    words = station.dock.drafts.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("魏国富", "139 2207 5518", "3 幢 0902", "空调打开就跳闸", "put by 09:00", "林晓雨", "waits 5 min"):
        assert part in words


def test_a_draft_is_amber_after_a_quarter_of_an_hour(station: Station) -> None:
    half_type(station)
    station.ctrl(Qt.Key.Key_N)
    station.settle()
    (draft,) = station.drafts()
    begun = station.clock.now()
    assert age_tag(draft, begun + timedelta(minutes=14)).tone == "neutral"
    assert age_tag(draft, begun + timedelta(minutes=15)).tone == "warning"


def test_a_draft_is_taken_up_by_enter_and_becomes_an_order(station: Station) -> None:
    half_type(station)
    station.ctrl(Qt.Key.Key_N)
    station.press(Qt.Key.Key_F7)
    station.settle()
    station.press(ENTER)
    station.settle()
    assert station.focus() is station.dock.page.form.what
    assert station.dock.page.form.what.toPlainText() == "空调打开就跳闸"
    station.ctrl(ENTER)
    station.qtbot.waitUntil(lambda: len(station.orders()) == 1)
    station.qtbot.waitUntil(lambda: station.drafts() == [])


def test_taking_up_a_draft_puts_the_half_typed_one_by(station: Station) -> None:
    half_type(station, "first")
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    station.type("second")
    station.press(Qt.Key.Key_F7)
    station.settle()
    station.alt(Qt.Key.Key_Up)
    station.press(ENTER)
    station.settle()
    assert station.dock.call.entry.description == "first"
    assert {(draft.body["description"], draft.parked_at is None) for draft in station.drafts()} == {
        ("first", True),
        ("second", False),
    }


def test_a_draft_thrown_away_can_be_had_back(station: Station) -> None:
    half_type(station)
    station.ctrl(Qt.Key.Key_N)
    station.press(Qt.Key.Key_F7)
    station.settle()
    station.press(Qt.Key.Key_Delete)
    station.qtbot.waitUntil(lambda: station.drafts() == [])
    ((_, undo),) = station.said[-1].buttons
    undo()
    station.qtbot.waitUntil(lambda: is_kept(station, "空调打开就跳闸"))


def test_calling_back_shows_the_number_and_goes_on_with_the_draft(station: Station) -> None:
    half_type(station)
    station.ctrl(Qt.Key.Key_N)
    station.press(Qt.Key.Key_F7)
    station.settle()
    station.alt(Qt.Key.Key_6)
    station.settle()
    assert "139 2207 5518" in station.said[-1].text
    assert station.dock.call.entry.description == "空调打开就跳闸"


def test_a_draft_handed_over_greets_the_colleague_at_sign_in(
    qtbot: QtBot, tmp_path: Path, estate: Path, theme: Theme
) -> None:
    folder, clock = copy_of(estate, tmp_path / "data"), HandClock()
    with a_station(qtbot, folder, clock) as station:
        half_type(station)
        station.ctrl(Qt.Key.Key_N)
        station.press(Qt.Key.Key_F7)
        station.settle()
        station.alt(Qt.Key.Key_3)
        station.settle()
        (draft,) = station.drafts()
        assert (draft.user_id, draft.handed_by_id, draft.author_name) == (SUPERVISOR, CLERK, "林晓雨")
        assert "谢婷婷" in station.said[-1].text
    with a_station(qtbot, folder, clock, SUPERVISOR) as station:
        (said,) = station.said
        assert said.tone == "info"
        assert "林晓雨" in said.text
        said.buttons[0][1]()
        station.settle()
        station.press(ENTER)
        station.settle()
        assert station.dock.call.entry.description == "空调打开就跳闸"
        station.ctrl(ENTER)
        station.qtbot.waitUntil(lambda: len(station.orders()) == 1)
        assert station.orders()[0]["reported_by_user_id"] == SUPERVISOR
        station.qtbot.waitUntil(lambda: station.drafts() == [])
    with a_station(qtbot, folder, clock, SUPERVISOR) as station:
        assert station.said == []


def test_drafts_survive_signing_out_and_another_person(
    qtbot: QtBot, tmp_path: Path, estate: Path, theme: Theme
) -> None:
    folder, clock = copy_of(estate, tmp_path / "data"), HandClock()
    with a_station(qtbot, folder, clock) as station:
        half_type(station, "半句话")
        assert not is_kept(station, "半句话")  # signing out keeps it, not the pause
    with a_station(qtbot, folder, clock, SUPERVISOR) as station:
        station.ctrl(Qt.Key.Key_N)
        assert station.dock.call.entry.is_empty
        station.find_caller("13800132046")
        station.type("别人的事")
    with a_station(qtbot, folder, clock) as station:
        station.ctrl(Qt.Key.Key_N)
        station.settle()
        assert station.dock.page.form.what.toPlainText() == "半句话"
        assert station.dock.call.card is not None
        assert {draft.body["description"] for draft in station.drafts()} == {"半句话", "别人的事"}


def test_drafts_of_callers_whom_one_may_not_know_are_not_shown(
    qtbot: QtBot, tmp_path: Path, estate: Path, theme: Theme
) -> None:
    folder, clock = copy_of(estate, tmp_path / "data"), HandClock()
    with a_station(qtbot, folder, clock) as station:
        half_type(station)
        station.ctrl(Qt.Key.Key_N)
        station.type("15922077731")
        station.ctrl(Qt.Key.Key_N)
        station.settle()
        assert len(station.dock.drafts.items()) == 2
    with a_station(qtbot, folder, clock, SUPERVISOR) as station:
        station.settle()
        assert len(station.dock.drafts.items()) == 2
        own = station.desk.person
        rights = Rights(SUPERVISOR, None, {SITE: frozenset({Role.TECHNICIAN})})
        station.desk.person = own._replace(rights=rights, streams=own.streams - {stream_id(SITE, "people")})
        assert station.dock.drafts.items() == []


def test_a_draft_survives_the_store_being_opened_again(
    qtbot: QtBot, tmp_path: Path, estate: Path, theme: Theme
) -> None:
    folder, clock = copy_of(estate, tmp_path / "data"), HandClock()
    station = Station(qtbot, folder, clock)
    half_type(station, "半句话")
    station.qtbot.waitUntil(lambda: is_kept(station, "半句话"))
    station.type("，没来得及存")
    station.kill()
    with a_station(qtbot, folder, clock) as station:
        assert "Ctrl N" in station.said[0].text
        station.ctrl(Qt.Key.Key_N)
        station.settle()
        assert station.dock.page.form.what.toPlainText() == "半句话"


def test_a_draft_survives_kill_9(qtbot: QtBot, tmp_path: Path, estate: Path, theme: Theme) -> None:
    folder = copy_of(estate, tmp_path / "data")
    typing = (
        "import sys; from pathlib import Path;"
        "from app.store.store import Store; from app.store.drafts import DraftText;"
        "from tests.clocks import HandClock; store = Store.open(Path(sys.argv[1]), HandClock());"
        "store.drafts.save(DraftText(id=sys.argv[2], user_id=sys.argv[3], author_name='x',"
        " body={'description': 'half a word'}, first_words='half a word')); print('kept', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", typing, str(folder), a_report().id, CLERK]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "kept\n"
        os.kill(process.pid, signal.SIGKILL)
    with a_station(qtbot, folder, HandClock()) as station:
        station.ctrl(Qt.Key.Key_N)
        assert station.dock.page.form.what.toPlainText() == "half a word"


def test_what_a_draft_of_another_version_says_beside_is_left_out() -> None:
    body = {"description": "a", "unheard_of": 1, "phone": 3, "place": "somewhere", "said_again": ["place"]}
    entry = entry_from_body("x", body)
    assert (entry.description, entry.phone, entry.place, entry.said_again) == ("a", "", None, ("place",))
    assert entry_from_body("x", entry.to_body()) == entry


def test_the_drafts_show_what_was_being_typed_too(station: Station) -> None:
    half_type(station)
    station.press(Qt.Key.Key_F7)
    station.settle()
    current = station.dock.drafts.list.current()
    assert current is not None
    assert current.body["description"] == "空调打开就跳闸"
    assert current.parked_at is not None
    station.press(Qt.Key.Key_Escape)
    assert not station.dock.isVisible()
    station.page.setFocus()
    station.ctrl(Qt.Key.Key_N)
    assert station.dock.call.entry.is_empty
