"""Tests of the list for a few values."""

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.models.short_list import VALUE_ROLE, ShortList


def test_list_behaves_as_qt_expects(qtmodeltester: ModelTester) -> None:
    model = ShortList[int](lambda value: f"<{value}>")
    model.set_values([1, 2, 3])
    qtmodeltester.check(model)
    model.set_values([4])
    qtmodeltester.check(model)


def test_as_many_values_change_in_place(qtbot: QtBot) -> None:
    model, told = ShortList[int](), list[int]()
    model.set_values([1, 2, 3])
    model.dataChanged.connect(lambda first: told.append(first.row()))
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_values([1, 5, 3])
    assert told == [1]
    assert model.data(model.index(1), VALUE_ROLE) == 5


def test_caption_cannot_be_chosen() -> None:
    model = ShortList[str](is_choosable=lambda value: value != "Team")
    model.set_values(["Team", "All open"])
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable
    assert model.data(model.index(1)) == "All open"
