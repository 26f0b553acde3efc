"""The sheet of keys: the page's own and those that work everywhere, found by typing."""

from PySide6.QtCore import Qt

from tests.ui.main_window.shown_window import ShownWindow


def said(shown: ShownWindow) -> list[str]:
    return [row.text for row in shown.window.keys.rows()]


def test_the_sheet_shows_the_keys_of_the_page_and_those_that_work_everywhere(shown: ShownWindow) -> None:
    shown.press(Qt.Key.Key_F1)
    rows = {row.text: row for row in shown.window.keys.rows()}
    assert rows["派单"].keys == ("Ctrl Shift D",)
    assert not rows["Undo"].is_enabled
    assert "改这里的资料" not in rows
    assert said(shown)[0] == "Everywhere"
    assert said(shown).index("Work orders") > said(shown).index("Full screen")
    assert said(shown)[-2:] == ["接电话", "接电话开单"]


def test_the_sheet_follows_the_page(shown: ShownWindow) -> None:
    shown.press(Qt.Key.Key_F1)
    shown.window.show_page("places")
    assert "改这里的资料" in said(shown)
    assert "派单" not in said(shown)
    assert shown.window.keys._title.text() == "Keys: Places"


def test_the_keys_of_the_open_dock_come_before_all_others(shown: ShownWindow) -> None:
    shown.window.set_intake_shown(is_shown=True)
    shown.press(Qt.Key.Key_F1)
    assert said(shown)[:4] == ["接电话", "接电话开单", "保存", "Everywhere"]
    assert "派单" in said(shown)
    shown.window.set_intake_shown(is_shown=False)
    assert "保存" not in said(shown)
    assert said(shown)[0] == "Everywhere"


def test_typing_finds_an_action(shown: ShownWindow) -> None:
    shown.press(Qt.Key.Key_F1)
    assert shown.window.keys._search.hasFocus()
    shown.qtbot.keyClicks(shown.window.keys._search, "full")
    assert said(shown) == ["Everywhere", "Full screen"]


def test_the_cross_closes_it(shown: ShownWindow) -> None:
    shown.press(Qt.Key.Key_F1)
    shown.window.keys._close.click()
    assert not shown.window.keys.isVisible()


def test_keys_are_painted(shown: ShownWindow) -> None:
    shown.press(Qt.Key.Key_F1)
    full = shown.window.keys.grab().toImage()
    shown.qtbot.keyClicks(shown.window.keys._search, "full")
    assert shown.window.keys.grab().toImage() != full
