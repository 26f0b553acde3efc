"""Tests of the one table model."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.models.columns import CellKind, Column
from app.ui.models.list_change import moved_row, same_ends
from app.ui.models.row_table import PAGE, RowTable


class Order(NamedTuple):
    """A row of the tests."""

    id: str
    text: str
    minutes: int


COLUMNS: list[Column[Order]] = [
    Column("check", lambda: "Check", lambda row: row.id, CellKind.CHECK, 28, shows_title=False),
    Column("text", lambda: "What", lambda row: row.text, tip=lambda row: f"tip {row.text}"),
    Column("left", lambda: "Left", lambda row: row.minutes, CellKind.NUMBER, 80, sort_key=lambda row: row.minutes),
]


def order(place: int) -> Order:
    return Order(str(place), f"order {place}", place * 7 % 11)


class Source:
    """Keeps what was asked for, to answer when the test says."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self._answers: list[Callable[[], None]] = []

    def fetch(self, ids: Sequence[str], deliver: Callable[[Sequence[Order]], None]) -> None:
        self.asked.append(list(ids))
        self._answers.append(lambda: deliver([order(int(row_id)) for row_id in ids]))

    def answer(self) -> None:
        answers, self._answers = self._answers, []
        for give in answers:
            give()


def here(count: int = 20) -> RowTable[Order]:
    """A model with all rows in memory."""
    model = RowTable(COLUMNS)
    model.set_rows([order(place) for place in range(count)])
    return model


def shown(model: RowTable[Order]) -> list[object]:
    return [model.data(model.index(place, 1)) for place in range(model.rowCount())]


def test_model_behaves_as_qt_expects_also_after_every_change(qtmodeltester: ModelTester) -> None:
    model = here()
    qtmodeltester.check(model)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    qtmodeltester.check(model)
    model.update([Order("3", "changed", 1)])
    qtmodeltester.check(model)
    model.update([], gone=["4", "5", "9"])
    qtmodeltester.check(model)
    model.set_ids(["19", "0", "1", "2", "77"])
    qtmodeltester.check(model)
    model.set_rows([])
    qtmodeltester.check(model)


def test_model_with_a_source_behaves_too(qtmodeltester: ModelTester) -> None:
    source = Source()
    model = RowTable(COLUMNS, source.fetch)
    model.set_ids([str(place) for place in range(30)])
    qtmodeltester.check(model)
    source.answer()
    qtmodeltester.check(model)


def test_rows_are_asked_for_once_by_the_page_when_they_come_into_sight() -> None:
    source = Source()
    model = RowTable(COLUMNS, source.fetch)
    model.set_ids([str(place) for place in range(1000)])
    assert source.asked == []
    assert model.data(model.index(250, 1)) == ""
    assert model.data(model.index(260, 1)) == ""
    assert source.asked == [[str(place) for place in range(PAGE, 2 * PAGE)]]
    source.answer()
    assert model.data(model.index(250, 1)) == "order 250"


def test_rows_that_came_are_told_as_one_stretch(qtbot: QtBot) -> None:
    source, told = Source(), list[tuple[int, int]]()
    model = RowTable(COLUMNS, source.fetch)
    model.set_ids([str(place) for place in range(10)])
    model.row_at(0)
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    source.answer()
    assert told == [(0, 9)]


def test_row_that_does_not_exist_is_not_asked_for_again_and_again() -> None:
    asked: list[Sequence[str]] = []

    def find_nothing(ids: Sequence[str], deliver: Callable[[Sequence[Order]], None]) -> None:
        asked.append(ids)
        deliver([])

    model = RowTable(COLUMNS, find_nothing)
    model.set_ids(["1"])
    for _time in range(3):
        assert model.row_at(0) is None
    assert len(asked) == 1


def test_refresh_asks_only_for_what_was_asked_for_before_and_keeps_it_in_sight() -> None:
    source = Source()
    model = RowTable(COLUMNS, source.fetch)
    model.set_ids([str(place) for place in range(500)])
    model.row_at(0)
    source.answer()
    model.refresh(["1", "450", "unknown"])
    assert source.asked[-1] == ["1"]
    assert model.row("1") == order(1)


def test_only_some_thousand_rows_are_kept_in_memory() -> None:
    source = Source()
    model = RowTable(COLUMNS, source.fetch)
    model.set_ids([str(place) for place in range(10_000)])
    for place in range(0, 10_000, PAGE):
        model.row_at(place)
        source.answer()
    assert model.row("9999") is not None
    assert model.row("0") is None
    assert model.row_at(0) is None
    assert source.asked[-1][0] == "0"


def test_update_tells_exactly_the_rows_that_changed() -> None:
    model, told = here(), list[tuple[int, int]]()
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.update([Order("7", "x", 0), Order("6", "y", 0), Order("12", "z", 0), Order("99", "elsewhere", 0)])
    assert told == [(6, 7), (12, 12)]
    assert model.rowCount() == 20


def test_rows_that_are_gone_are_taken_out() -> None:
    model = here(6)
    model.update([], gone=["1", "2", "4", "unknown"])
    assert list(model.ids()) == ["0", "3", "5"]
    assert model.position("5") == 2


def test_sorting_here_uses_the_sort_key_and_is_kept_for_new_rows() -> None:
    model = here(8)
    model.sort(2, Qt.SortOrder.AscendingOrder)
    assert [row.minutes for row_id in model.ids() if (row := model.row(row_id))] == sorted(n * 7 % 11 for n in range(8))
    model.set_rows([order(place) for place in range(12)])
    assert [row.minutes for row_id in model.ids() if (row := model.row(row_id))] == sorted(
        n * 7 % 11 for n in range(12)
    )


def test_sorting_with_a_source_is_asked_of_it(qtbot: QtBot) -> None:
    model = RowTable(COLUMNS, Source().fetch)
    model.set_ids(["1", "2"])
    with qtbot.waitSignal(model.sort_requested) as asked:
        model.sort(2, Qt.SortOrder.DescendingOrder)
    assert asked.args == ["left", True]
    assert list(model.ids()) == ["1", "2"]


@pytest.mark.parametrize(
    "wanted",
    [
        ["0", "1", "2", "3"],
        ["3", "2", "1", "0"],
        ["9", "0", "1", "8", "2", "3"],
        ["2"],
        ["3", "9", "1"],
    ],
)
def test_near_ids_come_without_a_reset_and_keep_current_row_and_checks(wanted: list[str], qtbot: QtBot) -> None:
    model = here(4)
    model.set_checked(["1", "2"])
    selection = QItemSelectionModel(model)
    selection.setCurrentIndex(model.index(2, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_ids(wanted)
    assert list(model.ids()) == wanted
    if "2" in wanted:
        assert model.id_at(selection.currentIndex().row()) == "2"
    assert model.checked() == [row_id for row_id in wanted if row_id in ("1", "2")]


def test_far_ids_come_by_a_reset(qtbot: QtBot) -> None:
    model = here(4)
    model.set_checked(["1"])
    with qtbot.waitSignal(model.modelReset):
        model.set_ids(["50", "51"])
    assert list(model.ids()) == ["50", "51"]
    assert model.checked() == []


def test_many_scattered_changes_of_a_long_table_come_by_a_reset(qtbot: QtBot) -> None:
    model = RowTable(COLUMNS, Source().fetch)
    ids = [str(place) for place in range(20_000)]
    model.set_ids(ids)
    with qtbot.waitSignal(model.modelReset):
        model.set_ids([row_id for row_id in ids if int(row_id) % 3])


def test_same_ids_change_nothing(qtbot: QtBot) -> None:
    model = here(4)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.layoutChanged):
        model.set_ids(["0", "1", "2", "3", "3"])


@given(st.lists(st.integers(0, 30), unique=True, min_size=1), st.lists(st.integers(0, 30), unique=True))
def test_persistent_places_follow_their_rows_through_any_change(before: list[int], after: list[int]) -> None:
    model = RowTable(COLUMNS)
    model.set_rows([order(place) for place in before])
    held = {row_id: QPersistentModelIndex(model.index(place, 1)) for place, row_id in enumerate(model.ids())}
    model.set_rows([order(place) for place in after])
    assert list(model.ids()) == [str(place) for place in after]
    assert shown(model) == [f"order {place}" for place in after]
    if set(before) & set(after):
        for row_id, index in held.items():
            assert model.id_at(index.row()) == (row_id if int(row_id) in after else None)


def test_checks_are_kept_by_id_through_sorting(qtbot: QtBot) -> None:
    model = here(8)
    with qtbot.waitSignal(model.checked_changed):
        model.set_checked(["5", "2", "unknown"])
    assert model.checked() == ["2", "5"]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert set(model.checked()) == {"2", "5"}
    assert model.data(model.index(model.position("5") or 0, 0), Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked


def test_box_in_the_header_says_none_some_or_all() -> None:
    model = here(3)
    assert model.check_state() is Qt.CheckState.Unchecked
    model.toggle("1")
    assert model.check_state() is Qt.CheckState.PartiallyChecked
    model.check_all()
    assert model.check_state() is Qt.CheckState.Checked
    model.check_none()
    assert model.checked() == []


def test_row_that_leaves_is_no_longer_checked(qtbot: QtBot) -> None:
    model = here(4)
    model.set_checked(["1", "3"])
    with qtbot.waitSignal(model.checked_changed):
        model.update([], gone=["3"])
    assert model.checked() == ["1"]


def test_check_can_be_set_through_the_model() -> None:
    model = here(2)
    assert model.setData(model.index(1, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert not model.setData(model.index(1, 1), "x")
    assert model.is_checked("1")


def test_whole_row_is_said_to_a_screen_reader_in_its_first_cell() -> None:
    model = here(2)
    assert model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole) == "order 1, 7"


def test_header_and_tips_say_what_a_column_is() -> None:
    model = here(2)
    horizontal = Qt.Orientation.Horizontal
    assert model.headerData(0, horizontal) == ""
    assert model.headerData(0, horizontal, Qt.ItemDataRole.AccessibleTextRole) == "Check"
    assert model.headerData(1, horizontal) == "What"
    assert model.data(model.index(1, 1), Qt.ItemDataRole.ToolTipRole) == "tip order 1"


def test_time_going_by_is_told_for_the_cells_in_sight_only() -> None:
    model, told = here(), list[tuple[int, int, int]]()
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row(), first.column())))
    model.tick("left", 3, 99)
    assert told == [(3, 19, 2)]


def test_long_table_is_sorted_and_shuffled_without_losing_a_row() -> None:
    model = here(2000)
    ids = [str(place) for place in range(2000)]
    random.Random(7).shuffle(ids)
    model.set_ids(ids)
    assert list(model.ids()) == ids
    assert all(model.position(row_id) == place for place, row_id in enumerate(ids))


def test_one_row_that_moves_is_moved_however_long_the_table(qtbot: QtBot) -> None:
    model = RowTable(COLUMNS, Source().fetch)
    ids = [str(place) for place in range(20_000)]
    model.set_ids(ids)
    held = QPersistentModelIndex(model.index(7, 1))
    for place, to in ((7, 15_000), (15_000, 3)):
        moved = list(model.ids())
        moved.insert(to, moved.pop(place))
        with qtbot.waitSignal(model.rowsMoved), qtbot.assertNotEmitted(model.modelReset):
            model.set_ids(moved)
        assert list(model.ids()) == moved
        assert held.row() == to
        assert model.position("7") == to


def test_a_long_table_in_another_order_comes_by_a_reset(qtbot: QtBot) -> None:
    model = RowTable(COLUMNS, Source().fetch)
    ids = [str(place) for place in range(20_000)]
    model.set_ids(ids)
    with qtbot.waitSignal(model.modelReset):
        model.set_ids(ids[::-1])


@given(st.integers(2, 12), st.data())
def test_a_moved_row_is_told_apart_from_any_other_change(count: int, data: st.DataObject) -> None:
    old = [str(place) for place in range(count)]
    place, to = (data.draw(st.integers(0, count - 1)) for _ in range(2))
    new = list(old)
    new.insert(to, new.pop(place))
    move = moved_row(old, new)
    if place == to:
        assert move is None
        return
    assert move is not None
    again = list(old)
    again.insert(move[1], again.pop(move[0]))
    assert again == new


def test_more_than_one_move_is_none() -> None:
    assert moved_row(["a", "b", "c", "d"], ["d", "c", "b", "a"]) is None
    assert moved_row(["a", "b"], ["a", "c"]) is None
    assert moved_row(["a"], ["a", "b"]) is None


LETTERS = st.lists(st.sampled_from("abx"), max_size=40)


@given(head=st.lists(st.sampled_from("ab"), max_size=40), old=LETTERS, new=LETTERS, tail=LETTERS)
def test_the_same_ends_of_two_lists_are_found_whole(
    head: list[str], old: list[str], new: list[str], tail: list[str]
) -> None:
    one, other = [*head, *old, *tail], [*head, *new, *tail]
    most = min(len(one), len(other))
    first = next((place for place in range(most) if one[place] != other[place]), most)
    last = next((place for place in range(most - first) if one[-1 - place] != other[-1 - place]), most - first)
    assert same_ends(one, other) == (first, last)
