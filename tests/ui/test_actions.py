"""Tests of the registry of actions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.actions import EVERYWHERE, Actions, ActionSpec, clashes, key_text

PALETTE = ActionSpec("palette", lambda: "Find", keys=("Ctrl+K",))
ASSIGN = ActionSpec("assign", lambda: "Assign", page="work_orders", keys=("Ctrl+Shift+D",), letters=("A",))


class Page(QWidget):
    """A page with a list and a field, and what was done on it."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.rows, self.field = QListWidget(), QLineEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(self.rows)
        layout.addWidget(self.field)

    def assign(self) -> None:
        self.done.append("assign")


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_letter_fires_over_a_list_and_not_in_a_text_field(page: Page, qtbot: QtBot) -> None:
    Actions().add(ASSIGN, page.assign, page)
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_A)
    assert (page.done, page.field.text()) == ([], "a")
    page.rows.setFocus()
    qtbot.keyClick(page.rows, Qt.Key.Key_A)
    assert page.done == ["assign"]


def test_key_with_control_fires_in_a_text_field_too(page: Page, qtbot: QtBot) -> None:
    Actions().add(ASSIGN, page.assign, page)
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert page.done == ["assign"]


def test_disabled_action_does_nothing(page: Page) -> None:
    actions = Actions()
    actions.add(ASSIGN, page.assign, page)
    actions.set_enabled(disabled=["assign"])
    actions.run("assign")
    assert (page.done, actions.is_enabled("assign")) == ([], False)
    actions.set_enabled(enabled=["assign"])
    actions.run("assign")
    assert page.done == ["assign"]


def test_two_actions_of_a_page_cannot_share_a_key(page: Page) -> None:
    actions = Actions()
    actions.add(ASSIGN, page.assign, page)
    other = ActionSpec("archive", lambda: "Archive", page="work_orders", letters=("a",))
    with pytest.raises(ValueError, match="assign, archive"):
        actions.add(other, page.assign, page)


def test_a_key_of_every_page_is_taken_on_each_of_them() -> None:
    kept = ActionSpec("keep", lambda: "Keep", page="places", keys=("Ctrl+K",))
    assert clashes([PALETTE, kept]) == ["Ctrl+K: palette, keep"]


def test_pages_may_use_the_same_letter() -> None:
    elsewhere = ActionSpec("add", lambda: "Add", page="places", letters=("A",))
    assert clashes([PALETTE, ASSIGN, elsewhere]) == []


def test_an_id_is_given_once(page: Page) -> None:
    actions = Actions()
    actions.add(PALETTE, page.assign, page)
    with pytest.raises(ValueError, match="palette"):
        actions.add(PALETTE, page.assign, page)


def test_sheet_lists_what_works_everywhere_first(page: Page) -> None:
    actions = Actions()
    actions.add(ASSIGN, page.assign, page)
    actions.add(PALETTE, page.assign, page)
    assert [spec.id for spec in actions.of_pages("work_orders")] == ["palette", "assign"]
    assert [spec.page for spec in actions.of_pages("places")] == [EVERYWHERE]


def test_action_is_said_anew_when_the_language_changes(page: Page) -> None:
    words = ["Assign"]
    actions = Actions()
    action = actions.add(ActionSpec("assign", lambda: words[0]), page.assign, page)
    words[0] = "指派"
    actions.retranslate()
    assert action.text() == "指派"


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("Ctrl+Shift+D", "Ctrl Shift D"),
        ("Ctrl+Return", "Ctrl Enter"),
        ("Alt+Up", "Alt ↑"),
        ("Esc", "Esc"),
        ("T", "T"),
        ("G, D", "G D"),
        ("Ctrl++", "Ctrl +"),
    ],
)
def test_keys_are_written_in_words(key: str, written: str) -> None:
    assert key_text(key) == written
