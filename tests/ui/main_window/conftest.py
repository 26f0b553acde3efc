"""What tests of the window get: a desk at noon, and the window over it with pages that only stand there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.main_window.shown_window import ShownWindow
from tests.ui.pages.queue_desk import QueueDesk


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[QueueDesk]:
    """Lend a desk with the small world in its cache, at noon."""
    desk = QueueDesk(tmp_path / "data")
    yield desk
    desk.close()


@pytest.fixture
def shown(queue: QueueDesk, qtbot: QtBot) -> Iterator[ShownWindow]:
    """Lend the window, shown when first asked for."""
    shown = ShownWindow(queue, qtbot)
    yield shown
    shown.close()
