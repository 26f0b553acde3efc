"""The queue page on a full disk: what was typed is said not to be kept, and is there to be given again."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.errors import StorageError
from app.domain.work_orders import LINE_LIMIT, TEXT_LIMIT, HoldReason
from app.ui.pages.work_orders.forms.reasons import HoldForm
from app.ui.widgets.texts import plain
from tests.ui.pages.queue_desk import Shown

KEPT_NOWHERE = "The disk is full, so nothing was saved."


class Disk:
    """The disk under the store: it takes what comes, unless it is full."""

    def __init__(self, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_full = False
        store = shown.queue.desk.store
        for name in ("execute", "execute_many"):
            monkeypatch.setattr(store, name, partial(self._take, getattr(store, name)))

    def _take(self, give: Callable[..., Any], *args: Any, **more: Any) -> Any:
        if self.is_full:
            raise StorageError("disk_full")
        return give(*args, **more)


@pytest.fixture
def disk(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(shown, monkeypatch)


def comment_field(shown: Shown) -> QLineEdit:
    return shown.page.pane.history._field


def cell(shown: Shown) -> QLineEdit:
    shown.qtbot.waitUntil(lambda: shown.page.inline.field() is not None)
    field = shown.page.inline.field()
    assert isinstance(field, QLineEdit)
    return field


def paste(field: QLineEdit, text: str) -> None:
    QApplication.clipboard().setText(text)
    field.paste()


def test_a_comment_comes_back_into_its_field(shown: Shown, disk: Disk) -> None:
    first, second = shown.queue.order(minutes_ago=30), shown.queue.order(minutes_ago=10)
    shown.read(first)
    disk.is_full = True
    comment_field(shown).setText("已回电")
    shown.press(Qt.Key.Key_Return, at=comment_field(shown))
    assert KEPT_NOWHERE in shown.wait_said("danger").text
    assert comment_field(shown).text() == "已回电"
    shown.read(second)
    assert comment_field(shown).text() == ""
    disk.is_full = False
    shown.read(first)
    assert comment_field(shown).text() == "已回电"
    shown.press(Qt.Key.Key_Return, at=comment_field(shown))
    shown.qtbot.waitUntil(lambda: "已回电" in plain(shown.page.pane.history._timeline.lines()[0].spans))
    assert comment_field(shown).text() == ""


def test_a_comment_that_failed_after_one_went_on_is_with_its_order(shown: Shown) -> None:
    first, second = shown.queue.order(minutes_ago=30), shown.queue.order(minutes_ago=10)
    shown.read(second)
    shown.page.pane.history.give_back(first, "已回电")
    assert comment_field(shown).text() == ""
    shown.read(first)
    assert comment_field(shown).text() == "已回电"


def test_a_cell_opens_with_what_was_typed(shown: Shown, disk: Disk) -> None:
    order_id = shown.queue.order("厨房漏水")
    shown.read(order_id)
    shown.press(Qt.Key.Key_F2)
    disk.is_full = True
    cell(shown).setText("厨房水管漏水")
    shown.press(Qt.Key.Key_Return, at=cell(shown))
    assert KEPT_NOWHERE in shown.wait_said("danger").text
    disk.is_full = False
    shown.press(Qt.Key.Key_F2)
    assert cell(shown).text() == "厨房水管漏水"
    shown.press(Qt.Key.Key_Return, at=cell(shown))
    shown.qtbot.waitUntil(lambda: shown.order(order_id).description == "厨房水管漏水")
    shown.qtbot.waitUntil(lambda: shown.page.inline._typed == {})


def test_a_form_opens_with_what_was_typed_until_it_is_kept(shown: Shown, disk: Disk) -> None:
    order_id = shown.queue.sent()
    shown.read(order_id)
    shown.run("hold")
    form = shown.wait_form(HoldForm)
    form._reason.choose(HoldReason.PARTS)
    form._note.setPlainText("等垫片")
    disk.is_full = True
    form.submit()
    assert KEPT_NOWHERE in shown.wait_said("danger").text
    assert shown.page.pane.form is None
    disk.is_full = False
    shown.run("hold")
    form = shown.wait_form(HoldForm)
    assert form._note.toPlainText() == "等垫片"
    form.submit()
    shown.wait_state("on_hold")
    shown.qtbot.waitUntil(lambda: shown.page.asking._typed == {})


def test_a_page_of_text_pasted_into_a_line_is_cut_and_said(shown: Shown) -> None:
    order_id = shown.queue.order("厨房漏水")
    shown.read(order_id)
    paste(comment_field(shown), "水" * 1_000_000)
    assert comment_field(shown).text() == "水" * TEXT_LIMIT
    assert f"{TEXT_LIMIT}" in comment_field(shown).accessibleDescription()
    shown.press(Qt.Key.Key_F2)
    paste(cell(shown), "水" * 1_000_000)
    assert len(cell(shown).text()) == TEXT_LIMIT
    shown.press(Qt.Key.Key_Tab, at=cell(shown))
    shown.qtbot.waitUntil(lambda: shown.order(order_id).description == "水" * TEXT_LIMIT)
    paste(cell(shown), "水" * 1_000_000)
    shown.press(Qt.Key.Key_Return, at=cell(shown))
    shown.qtbot.waitUntil(lambda: shown.order(order_id).place_label == "水" * LINE_LIMIT)
    shown.page.grab()
