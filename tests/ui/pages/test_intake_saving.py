"""Tests of what the intake says of an order while it is being saved."""

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.commands.work_orders import Reporter
from app.store.drafts import DraftItem
from tests.factories import OTHER_UNIT, a_report
from tests.ui.pages.intake_world import WEI, Station


def test_an_order_is_said_to_be_saved_only_when_it_is_on_disk(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute, is_asked, may_go = station.store.execute, threading.Event(), threading.Event()

    def slowly(*args: Any, **more: Any) -> Any:
        is_asked.set()
        assert may_go.wait(30)
        return execute(*args, **more)

    monkeypatch.setattr(station.store, "execute", slowly)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水了")
    station.ctrl(Qt.Key.Key_Return)
    station.qtbot.waitUntil(is_asked.is_set)
    station.dock.call.changed.emit()  # as it does whenever something asked for is read
    assert station.dock.page.last.isHidden()
    assert station.said == []
    may_go.set()
    station.qtbot.waitUntil(lambda: not station.dock.page.last.isHidden())
    station.settle()
    assert len(station.orders()) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_U])
def test_a_draft_is_gone_as_soon_as_it_has_become_an_order_or_a_chase(
    station: Station, monkeypatch: pytest.MonkeyPatch, key: Qt.Key
) -> None:
    execute = station.store.execute
    left: list[DraftItem] = []
    if key == Qt.Key.Key_U:
        report = a_report(reporter=Reporter(resident_id=WEI, name="魏国富", phone="13922075518"), unit_id=OTHER_UNIT)
        station.do(report)

    def watched(*args: Any, **more: Any) -> Any:
        result = execute(*args, **more)
        left.extend(station.drafts())
        return result

    monkeypatch.setattr(station.store, "execute", watched)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水了")
    station.dock.keep_now()
    assert len(station.drafts()) == 1
    station.ctrl(key)
    station.settle()
    assert left == []
    assert station.said != []
