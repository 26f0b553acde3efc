"""The sync page: what waits, what came back with its reason, and the ways out."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.contacts import CommentWorkOrder
from app.commands.places import EditUnit, UnitFields
from app.commands.residents import AddPhone, AddResident
from app.domain.changes import Changes
from app.store.outbox import outbox_items
from app.store.queries.sync import OutboxRow, outbox_rows
from app.store.tables import Outbox
from app.ui.pages.sync.page import SyncPage
from tests.factories import SITE, UNIT, an_id
from tests.ui.pages.queue_desk import QueueDesk
from tests.ui.pseudo import PseudoTranslator
from tests.ui.sight import nameless, untranslated

WU = an_id("wu")


class Shown:
    """The page over a desk."""

    def __init__(self, queue: QueueDesk, qtbot: QtBot) -> None:
        self.queue, self.qtbot = queue, qtbot
        self.page = SyncPage(queue.desk)
        self.page.resize(1376, 828)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def wait_rows(self, count: int) -> list[OutboxRow]:
        self.qtbot.waitUntil(
            lambda: len(self.page._model.ids()) == count and self.page.table.isVisible() is bool(count)
        )
        rows = [self.page._model.row(row_id) for row_id in self.page._model.ids()]
        return [row for row in rows if row is not None]

    def settle(self, status: str, code: str = "order_is_closed", *, kind: str = "CommentWorkOrder") -> None:
        """Let the server answer a command."""

        def task(session: Session, changes: Changes) -> None:
            row = session.scalars(select(Outbox).where(Outbox.kind == kind)).one()
            row.status = status
            row.error = {"code": code, "params": {}, "is_conflict": False, "resolve": ["retry", "discard"]}
            changes.add("outbox", [row.command_id])

        self.queue.store._writer.run(task)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the table."""
        self.page.table.setFocus()
        self.qtbot.waitUntil(self.page.table.hasFocus)
        self.qtbot.keyClick(self.page.table, key, held)

    def facts(self) -> str:
        return " | ".join(fact._words.text() for fact in self.page._facts if not fact.isHidden())


@pytest.fixture
def shown(queue: QueueDesk, qtbot: QtBot) -> Iterator[Shown]:
    """Lend the page over a desk with nothing under way."""
    shown = Shown(queue, qtbot)
    yield shown
    shown.page.hide()
    shown.page.deleteLater()


def comment(queue: QueueDesk, text: str = "已到场，等配件") -> str:
    """An order and a remark on it, both on their way; the order's id."""
    order_id = queue.order()
    queue.do(CommentWorkOrder(work_order_id=order_id, text=text))
    return order_id


def test_nothing_under_way_is_said_online_and_offline(shown: Shown) -> None:
    page = shown.page
    shown.wait_rows(0)
    shown.qtbot.waitUntil(page._empty.isVisible)
    assert page._empty._sentence.text() == "Everything is with the server"
    assert not page._pane.isVisible()
    shown.queue.desk.set_offline(is_offline=True)
    assert page._empty._sentence.text() == "The server is out of reach, and nothing waits"
    assert page._empty._mark._icon == "cloud-off"
    shown.queue.desk.set_offline(is_offline=False)
    assert page._empty._mark._icon == "cloud-check"


def test_what_waits_is_listed_with_what_it_is_about(shown: Shown) -> None:
    comment(shown.queue)
    shown.queue.do(AddResident(id=WU, site_id=SITE, name="吴桂芳"))
    shown.queue.do(AddPhone(id=an_id("phone"), site_id=SITE, resident_id=WU, phone="13800132046"))
    shown.queue.do(EditUnit(id=UNIT, site_id=SITE, set=UnitFields(label="1502")))
    rows = shown.wait_rows(5)
    said = [[column.text(row) for column in shown.page._model.columns[:4]] for row in rows]
    assert said == [
        ["Waiting", "Open an order", "260916-07-001 厨房下水管漏水", "林晓雨"],
        ["Waiting", "Comment", "260916-07-001 厨房下水管漏水", "林晓雨"],
        ["Waiting", "Add a resident", "吴桂芳", "林晓雨"],
        ["Waiting", "Add a telephone", "吴桂芳", "林晓雨"],
        ["Waiting", "Edit a unit", "1502", "林晓雨"],
    ]
    assert shown.page._header._count.text() == "5 waiting for the server"
    assert not shown.page._foot.isVisible()
    assert shown.page.table.grab().toImage().width() > 0


def test_what_came_back_stands_first_with_its_reason_and_what_was_written(shown: Shown) -> None:
    comment(shown.queue)
    shown.wait_rows(2)
    shown.settle("rejected")
    shown.qtbot.waitUntil(lambda: shown.wait_rows(2)[0].status == "rejected")
    shown.page.table.go_to_row(0)
    page = shown.page
    assert page._reason.text() == "The order is closed and can no longer be changed."
    assert "已到场，等配件" in shown.facts()
    assert page._foot.isVisible()
    assert [mark.accessibleName() for mark in page._header._tags] == ["1 sent back"]


def test_it_is_given_again_under_a_new_id(shown: Shown) -> None:
    comment(shown.queue)
    shown.settle("rejected")
    shown.qtbot.waitUntil(lambda: shown.wait_rows(2)[0].status == "rejected")
    before = shown.page._model.ids()[0]
    shown.page.table.go_to_row(0)
    shown.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    shown.qtbot.waitUntil(lambda: all(row.status == "pending" for row in shown.queue.read(outbox_rows)))
    assert before not in [row.id for row in shown.queue.read(outbox_rows)]
    shown.qtbot.waitUntil(lambda: [said.text for said in shown.queue.said] == ["Given again"])


def test_it_is_discarded(shown: Shown) -> None:
    comment(shown.queue)
    shown.settle("rejected")
    shown.qtbot.waitUntil(lambda: shown.wait_rows(2)[0].status == "rejected")
    shown.page.table.go_to_row(0)
    shown.press(Qt.Key.Key_Delete)
    shown.wait_rows(1)
    shown.qtbot.waitUntil(lambda: [said.text for said in shown.queue.said] == ["Discarded"])
    assert [item.kind for item in shown.queue.read(outbox_items)] == ["ReportWorkOrder"]


def test_the_keyboard_stays_on_the_page_when_nothing_is_listed_any_more(shown: Shown) -> None:
    page = shown.page
    shown.wait_rows(0)
    page.setFocus()
    comment(shown.queue)
    shown.wait_rows(2)
    assert page.table.hasFocus()
    shown.settle("rejected")
    shown.settle("rejected", kind="ReportWorkOrder")
    shown.qtbot.waitUntil(lambda: all(found.status == "rejected" for found in shown.wait_rows(2)))
    for left in (1, 0):
        shown.press(Qt.Key.Key_Delete)
        shown.wait_rows(left)
    assert page.hasFocus()
    page.table.show()
    page.clearFocus()
    page.setFocus()
    assert page.table.hasFocus()


def test_what_only_waits_is_neither_given_again_nor_discarded(shown: Shown) -> None:
    comment(shown.queue)
    shown.wait_rows(2)
    shown.queue.actions.run("sync.retry")
    shown.queue.actions.run("sync.discard")
    assert shown.queue.said == []
    assert len(shown.queue.read(outbox_items)) == 2


def test_the_order_it_is_about_can_be_looked_at(shown: Shown) -> None:
    asked: list[str] = []
    shown.queue.desk.asked_for_order.connect(asked.append)
    order_id = comment(shown.queue)
    shown.queue.do(AddResident(id=WU, site_id=SITE, name="吴桂芳"))
    rows = shown.wait_rows(3)
    shown.page.table.go_to_row(1)
    shown.page._open.click()
    shown.page.table.go_to(next(row.id for row in rows if row.kind == "AddResident"))
    assert not shown.page._open.isVisible()
    shown.page._on_open(shown.page.table.current_id())
    assert asked == [order_id]


def test_the_pane_gives_way_to_a_dock_of_the_window(shown: Shown) -> None:
    comment(shown.queue)
    shown.wait_rows(2)
    shown.page.take_side(is_taken=True)
    assert not shown.page._pane.isVisible()
    shown.page.table.go_to_row(1)
    assert not shown.page._pane.isVisible()
    shown.page.take_side(is_taken=False)
    assert shown.page._pane.isVisible()


def test_every_part_has_a_name_and_every_text_is_translated(shown: Shown, qapp: QApplication) -> None:
    comment(shown.queue)
    shown.settle("rejected")
    shown.qtbot.waitUntil(lambda: shown.wait_rows(2)[0].status == "rejected")
    shown.page.table.go_to_row(0)
    assert nameless(shown.page) == []
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    QApplication.sendEvent(shown.page, QEvent(QEvent.Type.LanguageChange))
    try:
        assert untranslated(shown.page, ("厨房", "林晓雨", "Wed 16 Sep")) == []
        shown.page._empty.show()
        shown.queue.desk.set_offline(is_offline=True)
        assert untranslated(shown.page._empty) == []
    finally:
        qapp.removeTranslator(translator)


def test_changes_of_a_field_are_kept_as_what_was_written(shown: Shown) -> None:
    shown.queue.do(EditUnit(id=UNIT, site_id=SITE, set=UnitFields(label="1502", aliases="三幢1502")))
    rows = shown.wait_rows(1)
    assert rows[0].typed.splitlines() == ["1502", "三幢1502"]
