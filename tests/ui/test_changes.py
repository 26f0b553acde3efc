"""Tests of the way from the store's threads to the pages."""

import threading

from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.ui.changes import ChangesBridge


def changes(table: str, *ids: str) -> Changes:
    made = Changes()
    made.add(table, ids)
    return made


def test_changes_of_another_thread_arrive_on_the_gui_thread(qtbot: QtBot) -> None:
    bridge, told = ChangesBridge(), list[tuple[Changes, int]]()
    bridge.changed.connect(lambda found: told.append((found, threading.get_ident())))
    thread = threading.Thread(target=bridge.deliver, args=(changes("work_order", "a"),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told == [(changes("work_order", "a"), threading.get_ident())]


def test_changes_that_come_at_once_are_told_as_one(qtbot: QtBot) -> None:
    bridge, told = ChangesBridge(), list[Changes]()
    bridge.changed.connect(told.append)
    with qtbot.waitSignal(bridge.changed):
        for found in (changes("work_order", "a"), changes("work_order", "b"), changes("notice", "n")):
            bridge.deliver(found)
        assert told == []
    assert [found.rows for found in told] == [{"work_order": {"a", "b"}, "notice": {"n"}}]


def test_what_was_delivered_is_not_changed_by_what_comes_later(qtbot: QtBot) -> None:
    bridge, first = ChangesBridge(), changes("work_order", "a")
    with qtbot.waitSignal(bridge.changed):
        bridge.deliver(first)
        bridge.deliver(changes("work_order", "b"))
    assert first.rows == {"work_order": {"a"}}


def test_empty_changes_are_not_told(qtbot: QtBot) -> None:
    bridge, told = ChangesBridge(), list[Changes]()
    bridge.changed.connect(told.append)
    bridge.deliver(Changes())
    with qtbot.waitSignal(bridge._arrived, raising=False, timeout=0):
        pass
    bridge._on_arrived()
    assert told == []


def test_everything_is_told_once_in_a_while_and_a_row_at_once(qtbot: QtBot) -> None:
    bridge, told = ChangesBridge(), list[Changes]()
    bridge.changed.connect(told.append)
    for found in (Changes(everything=True), Changes(everything=True), changes("work_order", "a")):
        bridge.deliver(found)
        bridge._on_arrived()
    assert told == [Changes(everything=True), changes("work_order", "a")]
    bridge._breath.timeout.emit()
    assert told[2:] == [Changes(everything=True)]
