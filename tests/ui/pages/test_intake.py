"""Tests of the phone intake, by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.theme.theme import Theme
from tests.clocks import HandClock
from tests.factories import PLUMBING, UNIT
from tests.ui.pages.intake_world import Station, a_station, build_estate, copy_of


@pytest.fixture(scope="session")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a desk with callers on record."""
    folder = tmp_path_factory.mktemp("intake") / "data"
    build_estate(folder)
    return folder


@pytest.fixture
def station(qtbot: QtBot, tmp_path: Path, estate: Path, theme: Theme) -> Iterator[Station]:
    """Lend a desk with the dock folded away."""
    with a_station(qtbot, copy_of(estate, tmp_path / "data"), HandClock()) as station:
        yield station


def test_an_ordinary_order_takes_at_most_four_entries(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("wgf")  # one entry: Enter takes nobody, three are meant
    station.press(Qt.Key.Key_Return)
    station.settle()
    station.type("漏水了")
    station.ctrl(Qt.Key.Key_Return)
    station.qtbot.waitUntil(lambda: len(station.orders()) == 1)
    (order,) = station.orders()
    assert (order["unit_id"], order["description"], order["category_id"]) == (UNIT, "漏水了", PLUMBING)
