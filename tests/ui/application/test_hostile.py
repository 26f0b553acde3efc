"""The whole program among bad rows, broken files, full disks and wrong servers: said in words, nothing lost."""

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Rich
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from app.__main__ import main
from app.commands.contacts import ChaseWorkOrder, CommentWorkOrder
from app.commands.residents import AddExemption, AddResident, ExemptionKind
from app.commands.steps import HoldWorkOrder
from app.commands.work_orders import Reporter
from app.config import Config
from app.db.base import Base
from app.domain.errors import StorageError
from app.domain.ids import new_id
from app.domain.work_orders import HoldReason, State
from app.server import accounts
from app.server.changelog import recorded
from app.store import cache_file
from app.store.drafts import list_drafts
from app.ui.application.look import wearing
from app.ui.application.program import Program
from app.ui.pages.work_orders.page import WorkOrdersPage
from tests.factories import HE, LIFT, SITE, SUN, UNIT, a_report, a_step, an_assignment
from tests.plant import Plant
from tests.sync.canned import Answer, CannedServer
from tests.ui.application.desk import ProgramDesk
from tests.unit.store.test_cache_file import overwrite, root_of

PHONE = "13800132046"
EVIL = '<b>x</b>&amp; <img src="file:///x">😀'
NAMES: Mapping[str, Sequence[str]] = {
    "site": ("name_zh", "name_en", "address", "phone"),
    "supplier": ("name_zh", "name_en", "phone"),
    "staff": ("name", "employee_no", "trade_zh", "trade_en", "phone"),
    "app_user": ("name", "title_zh", "title_en"),
    "category": ("name_zh", "name_en", "keywords"),
    "building": ("name",),
    "unit": ("entrance", "number", "label", "aliases", "layout"),
    "place": ("name",),
    "asset": ("name", "code", "note"),
    "resident": ("name", "note"),
    "resident_phone": ("label",),
    "exemption": ("note",),
    "order_reporter": ("name",),
    "work_order": ("place_label", "description", "result"),
}
WORDS: Mapping[str, Sequence[str]] = {
    "site": ("kind",),
    "category": ("priority",),
    "unit": ("occupancy",),
    "asset": ("kind",),
    "residence": ("relation",),
    "exemption": ("kind",),
    "assignment": ("state",),
    "timeline": ("kind", "state", "code", "params"),
    "notice": ("code", "params"),
    "work_order": ("priority", "source", "hold_reason", "resolution_verdict"),
}
TABLES: Mapping[str, Any] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


def fill(plant: Plant) -> list[str]:
    """Have a colleague open orders that stand as differently as can be."""
    there = plant.console("B", "luo")
    resident = new_id()
    there.do(AddResident(site_id=SITE, id=resident, name="吴桂芳", phone=PHONE, unit_id=UNIT))
    there.do(AddExemption(site_id=SITE, resident_id=resident, id=new_id(), kind=ExemptionKind.ELDERLY))
    reporter = Reporter(resident_id=resident, name="吴桂芳", phone=PHONE)
    orders = [there.report(reporter=reporter, asset_id=asset) for asset in (LIFT, None, None, None, None)]
    for order in orders[1:]:
        there.do(an_assignment(order, SUN, HE))
    there.do(a_step(orders[1], State.ACCEPTED))
    there.do(a_step(orders[2], State.ON_SITE))
    there.do(HoldWorkOrder(work_order_id=orders[3], from_state=State.DISPATCHED, reason=HoldReason.PARTS))
    for _ in range(3):
        there.do(ChaseWorkOrder(work_order_id=orders[4]))
    there.do(CommentWorkOrder(work_order_id=orders[4], text="y"))
    there.sync()
    return orders


def say(plant: Plant, columns: Mapping[str, Sequence[str]], value: str) -> None:
    """Put ``value`` into all rows, past every command."""
    with plant.server.database.write() as session, recorded(session, plant.clock.now()):
        for table, names in columns.items():
            for row in session.query(TABLES[table]).all():
                for name in names:
                    setattr(row, name, value)
        session.flush()


def is_read(queue: WorkOrdersPage, order: str) -> bool:
    return queue.pane.order is not None and queue.pane.order.id == order


def looks(desk: ProgramDesk, orders: Sequence[str]) -> Iterator[QWidget]:
    """Look at every page, order and card there is; yields the window after each."""
    seat, shell = desk.seat, desk.program.shell

    def is_quiet() -> bool:
        return seat.desk.tasks.is_idle and desk.program.tasks.is_idle

    for page_id in ("places", "sync", "settings", "work_orders"):
        desk.page(page_id)
        desk.wait(is_quiet)
        yield shell
    queue = desk.page("work_orders")
    assert isinstance(queue, WorkOrdersPage)
    for order in orders:
        seat.desk.asked_for_order.emit(order)
        desk.wait(partial(is_read, queue, order))
        desk.wait(is_quiet)
        yield shell
    seat.desk.asked_for_intake.emit(PHONE)
    desk.wait(lambda: seat.intake.call.card is not None)
    desk.wait(is_quiet)
    yield shell
    for kind, row_id in (("unit", UNIT), ("asset", LIFT)):
        seat.desk.asked_for_place.emit(kind, row_id)
        desk.wait(is_quiet)
        yield shell


def test_names_with_tags_are_shown_as_they_stand_on_every_page(desk: ProgramDesk, plant: Plant) -> None:
    orders = fill(plant)
    say(plant, NAMES, EVIL)
    desk.start()
    desk.enter()
    desk.wait_in_step()
    for shell in looks(desk, orders):
        shell.grab()
        for widget in shell.findChildren(QWidget):
            assert "<b>" not in widget.toolTip() or not Rich.mightBeRichText(widget.toolTip())
            assert not isinstance(widget, QLabel) or widget.textFormat() is Qt.TextFormat.PlainText
    queue = desk.page("work_orders")
    assert isinstance(queue, WorkOrdersPage)
    model = queue.listing.rows
    tips = [model.index(0, place).data(Qt.ItemDataRole.ToolTipRole) for place in range(model.columnCount())]
    assert Rich.convertFromPlainText(EVIL) in tips


def test_words_that_only_a_newer_server_knows_break_no_page(desk: ProgramDesk, plant: Plant) -> None:
    orders = fill(plant)
    say(plant, WORDS, "quantum")
    desk.start()
    desk.enter()
    desk.wait_in_step()
    for shell in looks(desk, orders):
        shell.grab()
    say(plant, {"work_order": ("state",)}, "quantum")
    desk.seat.engine.retry_now()
    queue = desk.page("work_orders")
    assert isinstance(queue, WorkOrdersPage)
    desk.wait(lambda: queue.listing.rows.ids() == [])
    for shell in looks(desk, orders):
        shell.grab()


# --------------------------------------------------------------------------------------------------------- the cache


def wreck(folder: Path) -> None:
    """Overwrite all but the first page of a cache and of its log."""
    for name, head in (("cache.sqlite", 4096), ("cache.sqlite-wal", 32)):
        with (folder / name).open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(head)
            file.write(b"\xa5" * (size - head))


def test_a_cache_that_breaks_in_use_is_said_and_set_aside_at_the_next_start(desk: ProgramDesk, plant: Plant) -> None:
    desk.start()
    seat = desk.enter()
    desk.wait_in_step()
    said: list[str] = []
    seat.desk.said.connect(lambda words: said.append(words.text))
    wreck(desk.folder)
    number = desk_number(desk)
    for page_id in ("places", "sync", "settings", "work_orders"):
        desk.page(page_id)
    seat.desk.do(a_report(number=number))
    seat.engine.retry_now()
    desk.wait(lambda: "sync" in seat.window.notices.names())
    desk.wait(lambda: any("is damaged. Open Steward again" in words for words in said))
    assert seat.engine._thread.is_alive()
    desk.stop()
    desk.start()
    seat = desk.enter()
    assert desk.program.store.set_aside is not None
    assert "set_aside" in seat.window.notices.names()
    desk.wait_in_step()


def desk_number(desk: ProgramDesk) -> str:
    """An order number, or a made-up one where even that cannot be read any more."""
    with contextlib.suppress(StorageError):
        return desk.program.store.reserve_number(desk.seat.desk.today())
    return "260916-01-001"


def test_a_cache_found_broken_while_it_is_opened_is_said(desk: ProgramDesk) -> None:
    desk.start()
    desk.enter()
    desk.wait_in_step()
    desk.stop()
    file = desk.folder / cache_file.CACHE_NAME
    left = file.stat()
    overwrite(file, *root_of(file, "meta"))
    os.utime(file, ns=(left.st_atime_ns, left.st_mtime_ns))  # as a bad disk does it: nobody wrote anything
    config = Config(desk.folder)
    with wearing(desk.qapp, config) as look, pytest.raises(StorageError, match="cache_damaged"):
        Program(look, config)
    desk.start()
    assert desk.program.store.set_aside is not None


# ---------------------------------------------------------------------------------------------------------- the disk


def leave_room(desk: ProgramDesk, pages: int) -> None:
    """Let the cache grow by so many pages and no more."""

    def task(session: Any, _changes: Any) -> None:
        connection = session.connection()
        used = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used + pages}")

    desk.program.store._writer.run(task)


def test_a_call_typed_on_a_full_disk_is_kept_as_soon_as_there_is_room(desk: ProgramDesk) -> None:
    desk.start()
    seat = desk.enter()
    desk.wait_in_step()
    seat.desk.asked_for_intake.emit("")
    form, text = seat.intake.page.form, "漏水" * 7_000
    leave_room(desk, 0)
    form.what.setPlainText(text)
    notices = seat.window.notices
    desk.wait(lambda: "said" in notices.names() and "The disk is full" in notices.notice("said").accessibleName())
    assert form.what.toPlainText() == text
    leave_room(desk, 1_000)
    form.what.setPlainText(f"{text}!")
    desk.wait(lambda: [draft.body["description"] for draft in drafts(desk)] == [f"{text}!"])


def drafts(desk: ProgramDesk) -> list[Any]:
    with desk.program.store.reading() as session:
        return list_drafts(session)


def test_rows_that_find_no_room_come_once_there_is(desk: ProgramDesk, plant: Plant) -> None:
    desk.start()
    seat = desk.enter()
    desk.wait_in_step()
    leave_room(desk, 0)
    there = plant.console("B", "luo")
    order = there.report(description="漏水" * 7_000)
    there.sync()
    seat.engine.retry_now()
    notices = seat.window.notices
    desk.wait(lambda: "sync" in notices.names())
    assert "The disk is full" in notices.notice("sync").accessibleName()
    leave_room(desk, 1_000)
    seat.engine.retry_now()
    queue = desk.page("work_orders")
    assert isinstance(queue, WorkOrdersPage)
    desk.wait(lambda: queue.listing.rows.ids() == [order])
    desk.wait(lambda: "sync" not in notices.names())


def test_a_data_folder_that_cannot_be_used_is_said_in_a_window(
    desk: ProgramDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def show(box: QMessageBox) -> int:
        shown.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", show)
    for name in ("steward.log", "steward.lock"):
        (desk.folder / name).mkdir()
    assert main(["console", "--data", str(desk.folder), "--server", desk.proxy.address]) == 1
    assert len(shown) == 1
    assert shown[0].startswith(f"The folder {desk.folder} cannot be written: Is a directory.")


def test_settings_that_are_no_settings_are_as_good_as_none(desk: ProgramDesk) -> None:
    (desk.folder / "preferences.ini").write_bytes(b"\x00\xff[preferences\nscale=1e999\nlanguage=\xff" + b"x" * 100_000)
    desk.start()
    desk.enter()
    desk.wait_in_step()


# -------------------------------------------------------------------------------------------------------- the server


def test_a_network_that_wants_a_sign_in_of_its_own_is_told_from_a_server(desk: ProgramDesk) -> None:
    portal = CannedServer(lambda _request: Answer(200, {"Content-Type": "text/html"}, b"<html>guest network</html>"))
    try:
        desk.start(server=None)
        page = desk.first_run_page
        page.go_on.click()
        page.server.address.setText(portal.address)
        page.server.test.click()
        desk.wait(lambda: "is no Steward server" in page.server.outcome())
    finally:
        portal.close()


def test_a_page_of_text_is_nobodys_name_or_password(desk: ProgramDesk) -> None:
    desk.start()
    page = desk.type_in(login="x" * 30_000, password="y" * 30_000)
    desk.wait(lambda: page._password.error().endswith("password is wrong."))
    desk.enter()


def test_a_page_of_text_pasted_into_the_search_finds_nothing(desk: ProgramDesk) -> None:
    desk.start()
    seat = desk.enter()
    desk.wait_in_step()
    seat.desk.actions.run("palette")
    field = QApplication.focusWidget()
    assert field is not None
    QApplication.clipboard().setText("漏 a 1 " * 200_000)
    desk.qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: seat.desk.tasks.is_idle)
    queue = desk.page("work_orders")
    assert isinstance(queue, WorkOrdersPage)
    queue.list.chips.search.setText("漏 a 1 " * 5_000)
    desk.wait(lambda: seat.desk.tasks.is_idle)


def test_a_pc_that_was_revoked_says_so_and_shows_nothing_any_more(desk: ProgramDesk, plant: Plant) -> None:
    fill(plant)
    desk.start()
    seat = desk.enter()
    desk.wait_in_step()
    with plant.server.database.write() as session:
        accounts.revoke_console(session, desk.program._sign_in.credentials.console_id)
    seat.engine.retry_now()
    page = desk.wait_sign_in_page()
    assert page._password.error().startswith("This PC was revoked by an administrator")
    desk.wait(lambda: desk.program._sign_in.people() == [])
    desk.proxy.go_down()
    desk.type_in()
    desk.wait(lambda: page._password.error().startswith("Without the network only those can sign in"))
