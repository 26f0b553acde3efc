"""What the tests of the queue page get: a desk, and the page in a window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.pages.work_orders.page import WorkOrdersPage
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
