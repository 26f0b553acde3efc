"""What tests of the whole program get: a company's server and a desk with nobody at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.databases import SqliteDatabases
from tests.plant import Plant, running_plant
from tests.served import cheap_passwords, prepare
from tests.ui.application.desk import ProgramDesk, a_desk

__all__ = ["cheap_passwords"]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Databases of a small company."""
    return SqliteDatabases(tmp_path_factory.mktemp("company"))


@pytest.fixture
def plant(company: SqliteDatabases, tmp_path: Path, cheap_passwords: None) -> Iterator[Plant]:
    """Serve a company of its own."""
    with running_plant(company.create(prepare), tmp_path / "plant") as found:
        yield found


@pytest.fixture
def desk(plant: Plant, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[ProgramDesk]:
    """Lend a desk whose program is not started yet."""
    with a_desk(plant, qtbot, qapp, tmp_path / "desk") as found:
        yield found
