"""The palette: what it finds by words, pinyin and initials, and what choosing does."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from app.commands.steps import StepWorkOrder
from app.commands.work_orders import Reporter
from app.domain.work_orders import State
from app.ui.main_window.palette import Palette
from app.ui.main_window.palette_rows import Row
from tests.factories import BUILDING, LIFT, PLACE, UNIT
from tests.ui.main_window.shown_window import ShownWindow


def opened(shown: ShownWindow, text: str = "") -> Palette:
    shown.window.open_palette()
    palette = shown.window.palette_box
    shown.qtbot.waitUntil(lambda: "派单" in palette._spelt)
    shown.qtbot.keyClicks(palette._field, text) if text.isascii() else palette._field.setText(text)
    return palette


def words(rows: Sequence[Row]) -> list[str]:
    return [found.text for found in rows]


def wait_for(shown: ShownWindow, palette: Palette, text: str) -> Row:
    """Wait until a row with these words is offered."""
    shown.qtbot.waitUntil(lambda: any(text in found.text for found in palette.rows() if found.run))
    return next(found for found in palette.rows() if found.run and text in found.text)


def marked(found: Row) -> str:
    assert found.mark is not None
    start, length = found.mark
    return found.text[start : start + length]


def test_an_action_is_found_by_its_initials_and_run_by_enter(shown: ShownWindow) -> None:
    palette = opened(shown, "pd")
    found = wait_for(shown, palette, "派单")
    assert (marked(found), found.key) == ("派单", "Ctrl Shift D")
    assert palette._spelling.text() == "pinyin pd = 派单"
    shown.press(Qt.Key.Key_Return, at=palette._field)
    assert shown.done == ["orders.dispatch"]
    assert not palette.isVisible()


def test_an_action_is_found_by_full_pinyin_and_by_its_words(shown: ShownWindow) -> None:
    palette = opened(shown, "paid")
    assert marked(wait_for(shown, palette, "派单")) == "派单"
    palette._field.setText("undo")
    shown.qtbot.waitUntil(lambda: words(palette.rows()) == [])  # it cannot be done now
    palette._field.setText("full s")
    found = wait_for(shown, palette, "Full screen")
    assert (marked(found), palette._spelling.text()) == ("Full s", "")


def test_actions_of_other_pages_are_not_offered(shown: ShownWindow) -> None:
    palette = opened(shown)
    assert "改这里的资料" not in words(palette.rows())
    palette.leave()
    shown.window.show_page("places")
    palette = opened(shown, "gzldzl")
    wait_for(shown, palette, "改这里的资料")


def test_an_order_is_found_by_number_and_by_words(shown: ShownWindow) -> None:
    order_id = shown.queue.order("厨房下水管漏水\n第二行")
    palette = opened(shown, "001")
    found = wait_for(shown, palette, "厨房下水管漏水")
    assert (found.text, marked(found)) == ("0916-07-001  厨房下水管漏水", "001")
    assert found.detail == "3 幢 1502, Reported, 1:00 left"
    palette._field.setText("漏水")
    shown.qtbot.waitUntil(lambda: marked(wait_for(shown, palette, "漏水")) == "漏水")
    shown.press(Qt.Key.Key_Return, at=palette._field)
    assert shown.asked_orders == [order_id]


def test_open_orders_come_before_closed_ones_found_as_well(shown: ShownWindow) -> None:
    shown.queue.order("电梯异响", minutes_ago=90)
    for place in range(6):
        closed = shown.queue.order(f"电梯卫生 {place}")
        shown.queue.do(StepWorkOrder(work_order_id=closed, from_state=State.REPORTED, to=State.CLOSED))
    palette = opened(shown, "电梯")
    wait_for(shown, palette, "电梯卫生")
    found = [row.text for row in palette.rows() if row.id.startswith("order:")]
    assert found[0].endswith("电梯异响")
    assert len(found) == 5


def test_a_closed_order_is_found_by_who_reported_it_but_not_by_their_initials(shown: ShownWindow) -> None:
    for number, (text, name) in enumerate((("窗户漏风", "潘德伟"), ("还没关", "潘大同"))):
        order_id = shown.queue.order(text, reporter=Reporter(name=name, phone=f"1392207184{number}"))
        if name == "潘德伟":
            shown.queue.do(StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.CLOSED))
    palette = opened(shown, "pd")
    wait_for(shown, palette, "还没关")
    assert not any("窗户漏风" in row.text for row in palette.rows())
    palette._field.setText("潘德伟")
    wait_for(shown, palette, "窗户漏风")


def test_a_resident_is_found_by_initials_and_leads_to_the_unit(shown: ShownWindow) -> None:
    shown.resident()
    palette = opened(shown, "wgf")
    found = wait_for(shown, palette, "吴桂芳")
    assert (marked(found), found.detail) == ("吴桂芳", "3 幢 1502, Owner, 138 0013 2046")
    shown.press(Qt.Key.Key_Return, at=palette._field)
    assert list(dict.fromkeys(shown.asked_places)) == [("unit", UNIT)]


def test_a_caller_on_no_record_leads_to_the_intake(shown: ShownWindow) -> None:
    shown.queue.order(reporter=Reporter(name="路过的人", phone="13922071846"))
    palette = opened(shown, "13922071846")
    wait_for(shown, palette, "路过的人")
    row = next(found for found in palette.rows() if found.text == "路过的人")
    palette._do(row)
    assert shown.asked_intake == ["13922071846"]


def test_places_are_found_by_number_and_name(shown: ShownWindow) -> None:
    palette = opened(shown, "1502")
    found = wait_for(shown, palette, "3 幢 1502")
    assert found.detail == "Entrance 1, Lanwan Court"
    palette._do(found)
    palette = opened(shown, "地库")
    palette._do(wait_for(shown, palette, "地库 B1"))
    palette = opened(shown, "客梯")
    palette._do(wait_for(shown, palette, "客梯"))
    palette = opened(shown, "3 幢")
    shown.qtbot.waitUntil(lambda: f"building:{BUILDING}" in [found.id for found in palette.rows()])
    assert list(dict.fromkeys(shown.asked_places)) == [("unit", UNIT), ("place", PLACE), ("asset", LIFT)]


def test_arrows_go_over_captions_and_round(shown: ShownWindow) -> None:
    palette = opened(shown)
    offered = [found.id for found in palette.rows() if found.run]
    assert (palette.rows()[0].run, palette._current()) == (None, palette.rows()[1])
    shown.press(Qt.Key.Key_Up, at=palette._field)
    assert palette._current() is not None
    assert palette._current().id == offered[-1]  # type: ignore[union-attr]
    shown.press(Qt.Key.Key_Down, at=palette._field)
    shown.press(Qt.Key.Key_Tab, at=palette._field)
    assert palette._current().id == offered[1]  # type: ignore[union-attr]


def test_nothing_found_is_said_and_enter_does_nothing(shown: ShownWindow) -> None:
    palette = opened(shown, "zzzz")
    shown.qtbot.waitUntil(lambda: palette.rows() == [])
    shown.press(Qt.Key.Key_Return, at=palette._field)
    shown.press(Qt.Key.Key_Down, at=palette._field)
    assert palette.isVisible()
    assert palette._count.text() == "0 found"


def test_the_field_keeps_its_height_over_one_row_and_over_none(shown: ShownWindow) -> None:
    palette = opened(shown, "zzzz")
    shown.qtbot.waitUntil(lambda: not palette.rows())
    whole = palette._field.height()
    assert palette._field.geometry().bottom() < palette._list.geometry().top()
    palette._field.setText("full s")
    wait_for(shown, palette, "Full screen")
    assert palette._field.height() == whole
    assert palette._field.geometry().bottom() < palette._list.geometry().top()


def test_a_password_is_changed_without_the_mouse(shown: ShownWindow) -> None:
    palette = opened(shown, "password")
    with shown.qtbot.waitSignal(shown.window.password_wanted):
        shown.press(Qt.Key.Key_Return, at=palette._field)


def test_enter_does_what_was_typed_however_quick_and_not_what_stood_there_before(shown: ShownWindow) -> None:
    order_id = shown.queue.order("单元门刷卡没反应")
    palette = opened(shown)
    palette._field.setText("刷卡没反应")
    shown.press(Qt.Key.Key_Return, at=palette._field)
    shown.qtbot.waitUntil(lambda: shown.asked_orders == [order_id])
    assert not palette.isVisible()
    palette = opened(shown, "pd")
    shown.press(Qt.Key.Key_Return, at=palette._field)
    assert shown.done == ["orders.dispatch"]


def test_what_was_chosen_last_comes_first_where_it_can_still_be_done(shown: ShownWindow) -> None:
    palette = opened(shown, "pd")
    palette._do(wait_for(shown, palette, "派单"))
    palette = opened(shown)
    assert words(palette.rows())[:2] == ["Recent", "派单"]
    palette.leave()
    shown.window.show_page("places")
    palette = opened(shown)
    assert words(palette.rows())[0] == "Actions"
    QApplication.sendEvent(palette, QEvent(QEvent.Type.LanguageChange))
    assert palette._recent == []


def test_escape_and_a_press_elsewhere_close_it_but_another_window_does_not(shown: ShownWindow) -> None:
    palette = opened(shown)
    shown.press(Qt.Key.Key_Escape, at=palette._field)
    assert not palette.isVisible()
    palette = opened(shown)
    lost = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(palette._field, lost)
    assert palette.isVisible()
    QApplication.sendEvent(palette._field, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.MouseFocusReason))
    assert not palette.isVisible()


def test_a_press_on_a_row_does_it_and_on_a_caption_does_nothing(shown: ShownWindow) -> None:
    palette = opened(shown, "pd")
    wait_for(shown, palette, "派单")
    model = palette._model
    palette._on_clicked(model.index(0))
    assert palette.isVisible()
    place = words(palette.rows()).index("派单")
    box = palette._list.visualRect(model.index(place))
    shown.qtbot.mouseClick(palette._list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert shown.done == ["orders.dispatch"]


def test_it_stays_in_the_middle_of_a_window_that_changes_its_size(shown: ShownWindow) -> None:
    palette = opened(shown)
    shown.window.window().resize(1120, 700)
    shown.qtbot.waitUntil(lambda: shown.window.width() == 1120)
    centre = palette.geometry().center()
    assert abs(centre.x() - shown.window.width() // 2) <= 1
    assert palette.geometry().topLeft() != QPoint(0, 0)


def test_rows_are_painted_with_what_was_typed_marked(shown: ShownWindow) -> None:
    palette = opened(shown, "pd")
    wait_for(shown, palette, "派单")
    picture = palette.grab().toImage()
    palette._model.set_values([found._replace(mark=None) for found in palette._model.values()])
    assert palette.grab().toImage() != picture
    assert palette._model.index(-1).row() == QModelIndex().row()
