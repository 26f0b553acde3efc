"""Several orders at once: checks on the visible filter alone, one undo, and a report of what was refused and why."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.commands.steps import StepWorkOrder
from app.domain.work_orders import State
from app.store.queries.crews import Stand
from app.store.queries.queue import QueueFilter
from app.ui.pages.work_orders import giving
from app.ui.pages.work_orders.export import export_columns, file_name, write_list
from app.ui.pages.work_orders.forms.assign import AssignForm
from app.ui.pages.work_orders.forms.merge import MergeForm
from app.ui.pages.work_orders.forms.reasons import HoldForm
from app.ui.pages.work_orders.forms.report import BulkReport
from app.ui.pages.work_orders.menus import order_menu
from tests.factories import HE, NOON, OTHER_SITE, SUN, a_step
from tests.ui.pages.queue_desk import Shown

CTRL = Qt.KeyboardModifier.ControlModifier


def three(shown: Shown) -> tuple[str, str, str]:
    """Three orders that nobody was sent to, the oldest first, all listed."""
    ids = tuple(shown.queue.order(f"第 {minutes} 件", minutes_ago=minutes) for minutes in (30, 20, 10))
    shown.wait_ids(*ids)
    return ids  # type: ignore[return-value]


def check(shown: Shown, *ids: str) -> None:
    shown.page.listing.rows.set_checked(ids)


def test_checked_orders_are_assigned_together_and_undone_together(shown: Shown) -> None:
    first, second, third = three(shown)
    check(shown, first, third)
    shown.run("assign")
    form = shown.wait_form(AssignForm)
    assert form._title.text() == "Assign 2 order(s)"
    form._list.set_checked([SUN])
    form.submit()
    assert shown.wait_said().text == "2 order(s) assigned to 孙志远"
    assert [shown.order(row_id).lead_staff_id for row_id in (first, second, third)] == [SUN, None, SUN]
    shown.queue.desk.undo()
    shown.qtbot.waitUntil(lambda: shown.order(first).lead_staff_id is None)
    assert shown.order(third).lead_staff_id is None


def test_what_was_refused_is_listed_with_its_reason_and_can_be_acted_on(shown: Shown) -> None:
    first, second, third = three(shown)
    for order_id in (first, second):
        shown.queue.do(StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.TRIAGED))
    shown.qtbot.waitUntil(lambda: _states(shown) == ["triaged", "triaged", "reported"])
    shown.press(Qt.Key.Key_A, CTRL)
    shown.run("hold")
    form = shown.wait_form(HoldForm)
    form._reason.choose("weather")
    form.submit()
    report = shown.wait_form(BulkReport)
    assert [one.stand.id for one in report.refused()] == [third]
    assert "“Reported”" in report.refused()[0].reason
    assert shown.wait_said().text == "On hold: 3 order(s): 2 done, 1 not"
    report._check.click()
    assert shown.page.listing.rows.checked() == [third]
    assert shown.order(first).state == "on_hold"


def _states(shown: Shown) -> list[str]:
    rows = [shown.page.listing.rows.row(row_id) for row_id in shown.ids()]
    return [row.state for row in rows if row is not None]


def test_all_means_all_of_the_visible_filter_and_no_more(shown: Shown) -> None:
    first, second, third = three(shown)
    urgent = shown.queue.order("漏水", priority="P1", minutes_ago=1)
    shown.page.list.chips.changed.emit(QueueFilter(priorities=("P3",)))
    shown.wait_ids(first, second, third)
    shown.press(Qt.Key.Key_A, CTRL)
    assert shown.page.listing.rows.checked() == [first, second, third]
    shown.page.list.chips.changed.emit(QueueFilter())
    shown.qtbot.waitUntil(lambda: urgent in shown.ids())
    assert shown.page.listing.rows.checked() == [first, second, third]


def test_an_order_that_leaves_the_filter_is_no_longer_checked(shown: Shown) -> None:
    first, second, _ = three(shown)
    check(shown, first, second)
    shown.queue.do(StepWorkOrder(work_order_id=first, from_state=State.REPORTED, to=State.CLOSED))
    shown.qtbot.waitUntil(lambda: shown.page.listing.rows.checked() == [second])


def test_the_bar_shows_how_many_are_checked_and_escape_takes_the_checks_away(shown: Shown) -> None:
    first, second, _ = three(shown)
    shown.page.table.go_to(first)
    shown.press(Qt.Key.Key_X)
    bar = shown.page.list.bulk
    assert bar.isVisible()
    assert bar._count.text() == "1 selected"
    assert not shown.page.list._bulk_buttons["merge"].isVisible()
    shown.page.table.go_to(second)
    shown.press(Qt.Key.Key_Space)
    assert bar._count.text() == "2 selected"
    shown.press(Qt.Key.Key_Escape)
    assert shown.page.listing.rows.checked() == []
    assert not bar.isVisible()


def test_priority_is_set_for_all_that_are_checked(shown: Shown) -> None:
    first, second, third = three(shown)
    check(shown, second, third)
    menu = shown.page.doing.priority_menu()
    menu.actions()[1].trigger()
    shown.qtbot.waitUntil(lambda: shown.order(third).priority == "P2")
    assert [shown.order(row_id).priority for row_id in (first, second)] == ["P3", "P2"]
    menu.deleteLater()


def test_orders_are_merged_into_one_of_those_checked(shown: Shown) -> None:
    first, second, third = three(shown)
    check(shown, first, second)
    shown.run("merge")
    form = shown.wait_form(MergeForm)
    form._list.set_checked([first])
    form.submit()
    shown.qtbot.waitUntil(lambda: shown.order(second).state == "cancelled")
    assert shown.order(second).duplicate_of_id == first
    assert [shown.order(row_id).state for row_id in (first, third)] == ["reported", "reported"]


def test_orders_of_two_sites_are_not_assigned_together(shown: Shown) -> None:
    here, there = shown.queue.order(minutes_ago=9), shown.queue.order(site_id=OTHER_SITE, unit_id=None)
    shown.wait_ids(here, there)
    check(shown, here, there)
    shown.run("assign")
    assert shown.wait_said("warning").text == "Check orders of one site to assign them together."


def test_too_many_at_once_are_turned_away_in_words(shown: Shown) -> None:
    stands = [_stand(number) for number in range(giving.MOST_AT_ONCE + 1)]
    shown.page.asking._giving.give(stands, _never, "done")
    assert "Narrow the filter" in shown.wait_said("warning").text


def _stand(number: int) -> Stand:
    return Stand(str(number), str(number), "", "reported", ())


def _never(_stand: Stand) -> StepWorkOrder:
    raise AssertionError("nothing may be given")


def test_assign_at_a_row_is_about_that_row_whatever_is_checked(shown: Shown) -> None:
    first, second, third = three(shown)
    check(shown, second, third)
    shown.page.table.link_pressed.emit(first, "assignee")
    form = shown.wait_form(AssignForm)
    assert [stand.id for stand in form.stands] == [first]
    form._list.search.setText("hwb")
    shown.press(Qt.Key.Key_Return, at=form._list.search)
    shown.qtbot.waitUntil(lambda: shown.order(first).lead_staff_id == HE)
    assert shown.order(second).lead_staff_id is None


def test_nobody_is_to_be_assigned_to_what_is_closed(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.wait_ids(order_id)
    rows = shown.page.listing.rows
    column = next(column for column in rows.columns if column.key == "assignee")
    row = rows.row(order_id)
    assert row is not None
    assert column.calls_in(row)
    assert not column.calls_in(row._replace(state="closed"))


def test_a_menu_offers_only_what_is_possible(shown: Shown) -> None:
    shown.read(three(shown)[0])
    menu = order_menu(shown.queue.actions, shown.page)
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert "Hold" not in texts  # it is not triaged yet
    assert {"Dispatch", "Cancel the order", "Close as answered"} <= set(texts)
    menu.deleteLater()


def test_the_visible_list_is_written_with_its_columns_real_dates_and_numbers(shown: Shown, tmp_path: Path) -> None:
    formula = shown.queue.order("=1+1 漏水", minutes_ago=30)
    sent = shown.queue.sent("灯不亮\n第二行", minutes_ago=20)
    shown.wait_ids(formula, sent)
    header = shown.page.table.header
    header.set_shown("reported", is_shown=True)
    header.set_shown("priority", is_shown=False)
    shown.page.exporting.write(tmp_path / "list.xlsx")
    shown.qtbot.waitUntil(lambda: any(said.text.startswith("Written to") for said in shown.queue.said))
    sheet = load_workbook(tmp_path / "list.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("State", "No.", "What", "Where", "Assigned", "Reported", "Due", "Time left")
    assert rows[1][2] == "=1+1 漏水"
    assert sheet.cell(2, 3).data_type == "s"
    assert rows[2][2] == "灯不亮\n第二行"
    assert rows[2][4:6] == ("孙志远", datetime(2026, 9, 16, 11, 40))  # noqa: DTZ001  # a sheet knows no zones
    assert rows[2][6] == datetime(2026, 9, 16, 12, 40)  # noqa: DTZ001


def test_a_csv_is_written_where_its_name_says_so(shown: Shown, tmp_path: Path) -> None:
    shown.wait_ids(shown.queue.order("漏水"))
    shown.page.exporting.write(tmp_path / "list.csv")
    shown.qtbot.waitUntil((tmp_path / "list.csv").exists)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][:4] == ["Reported", "260916-07-001", "P3", "漏水"]


def test_a_file_that_cannot_be_written_is_said(shown: Shown, tmp_path: Path) -> None:
    shown.wait_ids(shown.queue.order())
    shown.page.exporting.write(tmp_path / "nowhere" / "list.xlsx")
    assert "nowhere" in shown.wait_said("danger").text
    assert not shown.page.list.task.isVisible()


def test_the_export_asks_where_to_without_holding_up_the_program(shown: Shown, tmp_path: Path) -> None:
    shown.wait_ids(shown.queue.order())
    shown.queue.preferences.keep_state("queue.export_folder", str(tmp_path))
    shown.press(Qt.Key.Key_E, CTRL)
    (dialog,) = shown.page.findChildren(QFileDialog)
    assert dialog.selectedFiles() == [str(tmp_path / "All open 2026-09-16.xlsx")]
    dialog.reject()


def test_file_names_hold_no_sign_that_a_file_system_refuses() -> None:
    assert file_name("a/b:c*?", NOON) == "a-b-c-- 2026-09-16.xlsx"
    assert file_name(" . ", NOON) == "list 2026-09-16.xlsx"


def test_an_export_that_is_cancelled_leaves_no_file(shown: Shown, tmp_path: Path) -> None:
    ids = three(shown)
    page = shown.page
    columns = export_columns(page.exporting._shown())
    path, zone = tmp_path / "list.xlsx", "Asia/Shanghai"
    job = shown.queue.tasks.start(write_list, shown.queue.store, path, ids * 500, columns, zone)
    with shown.qtbot.waitSignal(job.ended):
        job.cancel()
    assert list(tmp_path.glob("*.xlsx")) == []


def test_steps_of_a_crew_show_in_the_list(shown: Shown) -> None:
    order_id = shown.queue.sent("灯", SUN, HE, minutes_ago=30)
    shown.wait_ids(order_id)
    shown.queue.do(a_step(order_id, State.ON_SITE, is_by_phone=True, happened_at=NOON - timedelta(minutes=5)))
    shown.qtbot.waitUntil(lambda: _states(shown) == ["on_site"])
    row = shown.page.listing.rows.row(order_id)
    column = next(column for column in shown.page.listing.rows.columns if column.key == "assignee")
    assert row is not None
    assert column.text(row) == "孙志远 +1"
