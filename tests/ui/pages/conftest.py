"""What tests of pages get: for the intake an estate with callers on record, for the queue a desk and its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.theme.theme import Theme
from tests.clocks import HandClock
from tests.ui.pages.intake_world import Station, a_station, build_estate, copy_of
from tests.ui.pages.queue_desk import QueueDesk, Shown


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


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[QueueDesk]:
    """Lend a desk with the small world in its cache, at noon."""
    desk = QueueDesk(tmp_path / "data")
    yield desk
    desk.close()


@pytest.fixture
def shown(queue: QueueDesk, qtbot: QtBot, qapp: QApplication) -> Iterator[Shown]:
    """Lend a way to show the queue page once the orders are there; no part of it may flash as a window of its own."""
    shown = Shown(queue, qtbot)
    qapp.installEventFilter(shown.flashes)
    yield shown
    qapp.removeEventFilter(shown.flashes)
    shown.close()
    assert shown.flashes.seen == []
