"""What stands on a desk: the window with its pages, and the dock for calls."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.ui.desk import Desk
from app.ui.main_window.connection import Connection
from app.ui.main_window.page import PageSpec
from app.ui.main_window.window import MainWindow
from app.ui.pages.intake.dock import IntakeDock
from app.ui.pages.places.page import PlacesPage
from app.ui.pages.settings.page import Hooks, SettingsPage
from app.ui.pages.sync.page import SyncPage
from app.ui.pages.work_orders.page import WorkOrdersPage


class Furniture(NamedTuple):
    """What a person works with."""

    window: MainWindow
    intake: IntakeDock
    connection: Connection


def furnish(desk: Desk, hooks: Hooks) -> Furniture:
    """Make it for a desk."""
    intake = IntakeDock(desk)
    window = MainWindow(desk, _pages(desk, hooks), intake)
    return Furniture(window, intake, Connection(window, desk))


def _pages(desk: Desk, hooks: Hooks) -> list[PageSpec]:
    return [
        PageSpec(
            "work_orders",
            lambda: QCoreApplication.translate("Pages", "Work orders"),
            lambda: QCoreApplication.translate("Pages", "Orders"),
            "clipboard-list",
            lambda: WorkOrdersPage(desk),
        ),
        PageSpec(
            "places",
            lambda: QCoreApplication.translate("Pages", "Places"),
            lambda: QCoreApplication.translate("Pages", "Places"),
            "building-community",
            lambda: PlacesPage(desk),
        ),
        PageSpec(
            "sync",
            lambda: QCoreApplication.translate("Pages", "Sync"),
            lambda: QCoreApplication.translate("Pages", "Sync"),
            "refresh",
            lambda: SyncPage(desk),
        ),
        PageSpec(
            "settings",
            lambda: QCoreApplication.translate("Pages", "Settings"),
            lambda: QCoreApplication.translate("Pages", "Settings"),
            "settings",
            lambda: SettingsPage(desk, hooks),
            is_last=True,
        ),
    ]
