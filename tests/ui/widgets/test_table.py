"""Tests of the table: pointer, keys, header, what stays when rows change."""

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.models.columns import CellKind, Column
from app.ui.models.list_change import places_of
from app.ui.models.row_table import RowTable
from app.ui.theme.apply import apply_theme
from app.ui.theme.theme import Theme, make_theme
from app.ui.widgets.table import Table

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
OF_OTHER_COLUMNS = '{"version": 1, "columns": [["gone", 5, true]], "sort": ["gone", false]}'


class Order(NamedTuple):
    """A row of the tests."""

    id: str
    text: str
    person: str = ""


def columns() -> Sequence[Column[Order]]:
    return [
        Column("check", lambda: "Check", lambda row: row.id, CellKind.CHECK, 28, is_fixed=True),
        Column("state", lambda: "State", lambda row: ("triaged", "Triaged"), CellKind.STATE, 28),
        Column("text", lambda: "What", lambda row: row.text, least=200, is_fixed=True),
        Column("person", lambda: "Who", lambda row: row.person, CellKind.LINK, 80, call=lambda: "Assign"),
        Column("note", lambda: "Note", lambda row: "", width=100, is_hidden=True, is_sortable=False),
    ]


def rows(*places: int) -> list[Order]:
    return [Order(str(place), f"order {place}", "Wu" if place % 2 else "") for place in places]


@pytest.fixture
def model() -> RowTable[Order]:
    made = RowTable(columns())
    made.set_rows(rows(*range(50)))
    return made


@pytest.fixture
def table(model: RowTable[Order], qtbot: QtBot) -> Table:
    made = Table(model, "Orders")
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def centre(table: Table, place: int, column: int) -> QPoint:
    return table.visualRect(table.rows.index(place, column)).center()


def press(
    qtbot: QtBot,
    table: Table,
    place: int,
    column: int = 2,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    qtbot.mouseClick(table.viewport(), LEFT, modifiers, centre(table, place, column))


def test_press_makes_a_row_current_and_checks_nothing(table: Table, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.current_changed) as told:
        press(qtbot, table, 3)
    assert (told.args, table.current_id(), table.rows.checked()) == (["3"], "3", [])


def test_press_on_the_box_checks_once_and_leaves_the_current_row(table: Table, qtbot: QtBot) -> None:
    table.go_to("7")
    press(qtbot, table, 3, column=0)
    assert (table.current_id(), table.rows.checked()) == ("7", ["3"])
    press(qtbot, table, 3, column=0)
    assert table.rows.checked() == []


def test_control_checks_one_more_and_shift_all_between(table: Table, qtbot: QtBot) -> None:
    press(qtbot, table, 2, modifiers=CONTROL)
    assert (table.rows.checked(), table.current_id()) == (["2"], "2")
    press(qtbot, table, 5, modifiers=SHIFT)
    assert table.rows.checked() == ["2", "3", "4", "5"]


def test_keys_check_walk_and_open(table: Table, qtbot: QtBot) -> None:
    table.go_to("0")
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert (table.current_id(), table.rows.checked()) == ("1", ["1"])
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert table.rows.checked() == ["1", "2"]
    qtbot.keyClick(table, Qt.Key.Key_A, CONTROL)
    assert len(table.rows.checked()) == 50
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == ["2"]


def test_double_press_opens(table: Table, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.opened) as told:
        qtbot.mouseDClick(table.viewport(), LEFT, pos=centre(table, 4, 2))
    assert told.args == ["4"]


def test_step_stops_at_the_ends(table: Table) -> None:
    table.go_to("49")
    table.step(1)
    assert table.current_id() == "49"
    table.step(-1)
    assert table.current_id() == "48"


def test_home_and_end_go_to_the_first_row_and_the_last(table: Table, qtbot: QtBot) -> None:
    table.go_to("20")
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.current_id() == "49"
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.current_id() == "0"


def test_press_on_the_link_of_an_empty_cell_tells_and_elsewhere_does_not(table: Table, qtbot: QtBot) -> None:
    cell = table.visualRect(table.rows.index(4, 3))
    with qtbot.waitSignal(table.link_pressed) as told:
        qtbot.mouseClick(table.viewport(), LEFT, pos=QPoint(cell.left() + 12, cell.center().y()))
    assert told.args == ["4", "person"]
    with qtbot.assertNotEmitted(table.link_pressed):
        press(qtbot, table, 5, column=3)


def test_pointer_becomes_a_hand_over_a_link_only(table: Table, qtbot: QtBot) -> None:
    cell = table.visualRect(table.rows.index(4, 3))
    qtbot.mouseMove(table.viewport(), QPoint(cell.left() + 12, cell.center().y()))
    assert table.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert table.is_hovered(4)
    qtbot.mouseMove(table.viewport(), centre(table, 5, 2))
    assert table.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor
    assert not table.is_hovered(4)


def test_input_method_stays_out_after_every_move(table: Table) -> None:
    for place in (3, 4, 5):
        table.go_to_row(place)
        assert not table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    event = QInputMethodEvent("zh", [])
    QApplication.sendEvent(table, event)
    assert table.current_id() == "5"


def test_current_row_survives_a_reset_and_its_end_is_told(table: Table, qtbot: QtBot) -> None:
    table.go_to("5")
    with qtbot.waitSignal(table.rows.modelReset), qtbot.assertNotEmitted(table.current_changed):
        far = [str(place) for place in range(40, 100)] + ["5"]
        table.rows._reset(far, places_of(far))
    assert table.current_id() == "5"
    with qtbot.waitSignal(table.current_changed) as told:
        table.rows.set_ids(["77"])
    assert told.args[0] != "5"


def test_row_that_leaves_makes_its_neighbour_current(table: Table, qtbot: QtBot) -> None:
    table.go_to("5")
    with qtbot.waitSignal(table.current_changed):
        table.rows.update([], gone=["5"])
    assert table.current_id() in ("4", "6")


def test_header_sorts_up_then_down_and_not_by_what_has_no_order(table: Table, qtbot: QtBot) -> None:
    table.header.set_shown("note", is_shown=True)
    for expected in (("text", False), ("text", True)):
        click_header(qtbot, table, 2)
        assert table.header.sorted_by() == expected
    assert table.rows.ids()[0] == "9"
    click_header(qtbot, table, 4)
    assert table.header.sorted_by() == ("text", True)


def click_header(qtbot: QtBot, table: Table, section: int) -> None:
    header = table.header
    place = QPoint(header.sectionViewportPosition(section) + header.sectionSize(section) // 2, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)


def test_box_in_the_header_checks_all_then_none(table: Table, qtbot: QtBot) -> None:
    table.rows.toggle("3")
    click_header(qtbot, table, 0)
    assert len(table.rows.checked()) == 50
    click_header(qtbot, table, 0)
    assert table.rows.checked() == []


def test_columns_are_put_back_as_they_were_left(table: Table, model: RowTable[Order], qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.header.columns_changed):
        table.header.set_shown("note", is_shown=True)
    table.header.moveSection(table.header.visualIndex(3), 1)
    table.header.resizeSection(3, 123)
    table.header.sort_by("text", is_descending=True)
    kept = table.header.arrangement()
    other = Table(model, "Other")
    qtbot.addWidget(other)
    other.header.arrange(kept)
    assert other.header.arrangement() == kept
    assert other.header.logicalIndex(1) == 3
    assert (other.header.sectionSize(3), other.isColumnHidden(4)) == (123, False)
    other.header.reset_columns()
    assert (other.header.logicalIndex(1), other.isColumnHidden(4)) == (1, True)


@pytest.mark.parametrize("kept", ["", "nonsense", "[]", '{"version": 9}', OF_OTHER_COLUMNS])
def test_arrangement_that_is_not_understood_changes_nothing(table: Table, kept: str) -> None:
    before = table.header.arrangement()
    table.header.arrange(kept)
    assert table.header.arrangement() == before


def test_fixed_columns_are_not_offered_for_hiding(table: Table, qtbot: QtBot) -> None:
    menu = table.header.menu()
    qtbot.addWidget(menu)
    keys = [action.data() for action in menu.actions() if action.data()]
    assert keys == ["state", "person", "note"]
    next(action for action in menu.actions() if action.data() == "person").trigger()
    assert table.isColumnHidden(3)


def test_rows_and_columns_grow_with_the_scale(table: Table, qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, make_theme(scale=1.5, density="compact"))
    qtbot.waitUntil(lambda: table.rowHeight(0) == 42)
    assert table.header.sectionSize(3) == 120
    assert table.header.height() == 48


def test_free_column_takes_what_is_left_but_stays_readable(table: Table, qtbot: QtBot) -> None:
    others = 28 + 28 + 80
    qtbot.waitUntil(lambda: table.header.sectionSize(2) == table.viewport().width() - others)
    table.header.resizeSection(3, 120)
    assert table.header.sectionSize(2) == table.viewport().width() - others - 40
    table.resize(260, 400)
    qtbot.waitUntil(lambda: table.header.sectionSize(2) == 200)


def test_columns_keep_their_widths_while_rows_change_places(table: Table, model: RowTable[Order], qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: table.header.length() == table.viewport().width())
    table.header.resizeSection(3, 120)
    before = table.header.arrangement()
    with qtbot.assertNotEmitted(table.header.columns_changed):
        model.set_ids(["20", "3", *(str(place) for place in range(49, -1, -2) if place != 3)])
    assert table.header.arrangement() == before
    assert table.header.length() == table.viewport().width()


def test_popover_is_anchored_under_the_row(table: Table, theme: Theme) -> None:
    anchor = table.anchor("3")
    assert anchor.top() == theme.row.header + 3 * theme.row_height
    assert anchor.height() == theme.row_height
    assert table.anchor("unknown").isNull()


def test_only_rows_in_sight_are_ticked(table: Table, qtbot: QtBot) -> None:
    assert table.visible_rows() == range(12)
    with qtbot.waitSignal(table.rows.dataChanged) as told:
        table.tick("person")
    assert (told.args[0].row(), told.args[1].row()) == (0, 11)


def test_rows_that_have_not_come_are_shown_as_placeholders(qtbot: QtBot, theme: Theme) -> None:
    asked: list[Sequence[str]] = []
    model = RowTable(columns(), lambda ids, _deliver: asked.append(ids))
    table = Table(model, "Orders")
    qtbot.addWidget(table)
    table.resize(700, 400)
    model.set_ids(["1"])
    image = table.grab().toImage()
    box = table.visualRect(model.index(0, 2)).translated(0, theme.row.header)
    assert image.pixelColor(box.left() + 20, box.center().y()) == theme.base.grid
    assert asked == [["1"]]
