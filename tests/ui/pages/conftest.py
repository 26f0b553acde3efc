"""What the tests of pages get: a desk with the queue page in a window, and one with callers and the intake dock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.pages.work_orders.page import WorkOrdersPage
from app.ui.theme.theme import Theme
from tests.clocks import HandClock
from tests.ui.pages.intake_world import Station, a_station, build_estate, copy_of
from tests.ui.pages.queue_desk import QueueDesk, Shown


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[QueueDesk]:
    """Lend a desk with the small world in its cache, at noon."""
    desk = QueueDesk(tmp_path / "data")
    yield desk
    desk.close()


@pytest.fixture
def shown(queue: QueueDesk, qtbot: QtBot) -> Iterator[Shown]:
    """Lend a way to show the page once the orders are there."""
    shown = Shown(queue, qtbot)
    yield shown
    if shown.is_made:
        page: WorkOrdersPage = shown.page
        page.hide()
        page.deleteLater()


@pytest.fixture(scope="session")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a desk with callers on record."""
    folder = tmp_path_factory.mktemp("intake") / "data"
    build_estate(folder)
    return folder


@pytest.fixture
def station(qtbot: QtBot, tmp_path: Path, estate: Path, theme: Theme) -> Iterator[Station]:
    """Lend a desk with the dock of the phone intake folded away."""
    with a_station(qtbot, copy_of(estate, tmp_path / "data"), HandClock()) as station:
        yield station
