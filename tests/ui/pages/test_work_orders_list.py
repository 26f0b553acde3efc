"""The list of the queue page: it follows filters, keys and changes, row by row."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu

from app.commands.contacts import ChaseWorkOrder, CommentWorkOrder
from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.domain.changes import Changes
from app.domain.permissions import Role
from app.store.queries.queue import Due, QueueFilter
from app.store.queries.queue_sort import Sort, SortKey
from app.ui.pages.work_orders.list_pane import ListPane
from app.ui.widgets.side_list import SideItem
from tests.factories import HE, OTHER_SITE, PLUMBING, QUESTION, SITE, SUN, an_assignment
from tests.ui.pages.queue_desk import Shown, clerk_rights

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def side(shown: Shown) -> dict[str, SideItem]:
    return {row.id: row for row in shown.page.saved.list._rows.values() if isinstance(row, SideItem)}


def test_open_orders_are_listed_by_time_left_and_the_first_is_read(shown: Shown) -> None:
    later, late = shown.queue.order(minutes_ago=5), shown.queue.order(minutes_ago=90)
    assert shown.page.viewing.view.id == "open"
    shown.wait_ids(late, later)
    shown.wait_read(late)


def test_saved_filters_stand_in_three_groups_with_counts(shown: Shown) -> None:
    shown.queue.order(minutes_ago=90)
    shown.queue.sent(minutes_ago=5)
    shown.qtbot.waitUntil(lambda: shown.page.saved.count_of("open") == 2)
    rows = shown.page.saved.list._rows.values()
    assert [row for row in rows if isinstance(row, str)] == ["Starred", "Team", "Other"]
    found = side(shown)
    assert (found["overdue"].count, found["overdue"].tone) == (1, "danger")
    assert (found["unassigned"].count, found["held"].count, found["closed"].count) == (1, 0, None)


def test_choosing_a_saved_filter_shows_it_and_is_remembered(shown: Shown) -> None:
    shown.queue.order()
    sent = shown.queue.sent()
    shown.page.saved.list.chosen.emit("closed")
    shown.wait_ids()
    shown.page.saved.list.chosen.emit("open")
    shown.qtbot.waitUntil(lambda: sent in shown.ids())
    assert shown.queue.preferences.state("queue.view") == "open"


def test_an_order_that_comes_takes_its_place_without_moving_the_current_one(shown: Shown) -> None:
    first = shown.queue.order(minutes_ago=60)
    last = shown.queue.order(minutes_ago=10)
    shown.read(last)
    resets: list[object] = []
    shown.page.listing.rows.modelReset.connect(lambda: resets.append(1))
    between = shown.queue.order(minutes_ago=30)
    shown.wait_ids(first, between, last)
    assert shown.page.table.current_id() == last
    assert resets == []


def test_an_order_that_no_longer_passes_leaves_the_list_and_stays_in_the_pane(shown: Shown) -> None:
    first, second = shown.queue.order(minutes_ago=30), shown.queue.order(minutes_ago=10)
    shown.page.saved.list.chosen.emit("unassigned")
    shown.wait_ids(first, second)
    shown.read(first)
    shown.queue.do(an_assignment(first))
    shown.wait_ids(second)
    shown.wait_state("dispatched")
    shown.run("next")
    shown.wait_read(second)


def test_an_order_for_nobody_asks_for_somebody_only_where_one_may_send_them(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.wait_ids(order_id)
    row = shown.page.listing.rows.row(order_id)
    assignee = next(column for column in shown.page.listing.rows.columns if column.key == "assignee")
    assert row is not None
    assert assignee.calls_in(row)
    desk = shown.queue.desk
    desk.person = desk.person._replace(rights=clerk_rights(Role.TECHNICIAN))
    assert not assignee.calls_in(row)
    assert not assignee.calls_in(row._replace(priority="P9"))


def test_alt_and_arrows_go_through_the_list_and_the_pane_follows(shown: Shown) -> None:
    first, second = shown.queue.order(minutes_ago=30), shown.queue.order(minutes_ago=10)
    shown.read(first)
    shown.press(Qt.Key.Key_Down, ALT, at=shown.page.table)
    shown.wait_read(second)
    shown.press(Qt.Key.Key_Up, ALT, at=shown.page.table)
    shown.wait_read(first)


def test_a_header_sorts_through_the_query_and_says_so(shown: Shown) -> None:
    early = shown.queue.order("b", minutes_ago=90)
    late = shown.queue.order("a", minutes_ago=5)
    shown.wait_ids(early, late)
    shown.page.table.header.sort_by("text")
    shown.wait_ids(late, early)
    assert shown.page.listing.sort == Sort(SortKey.TEXT)
    assert shown.page.list.chips._sort.text() == "by text"


def test_finding_in_the_list_knows_one_sign_pinyin_and_numbers(shown: Shown) -> None:
    leak = shown.queue.sent("厨房漏水", minutes_ago=20)
    light = shown.queue.order("灯不亮", minutes_ago=10)
    shown.wait_ids(leak, light)
    shown.press(Qt.Key.Key_F, CTRL, at=shown.page.table)
    search = shown.page.list.chips.search
    assert search.isVisible()
    for typed, found in (("灯", light), ("漏", leak), ("szy", leak), ("07002", light)):
        search.setText(typed)
        search.textEdited.emit(typed)
        shown.wait_ids(found)
    search.clear()
    shown.wait_ids(leak, light)


def test_a_chip_is_taken_off_and_all_of_them_cleared(shown: Shown) -> None:
    open_one = shown.queue.order()
    shown.wait_ids(open_one)
    shown.page.list.chips.changed.emit(QueueFilter(category_ids=(QUESTION,)))
    shown.wait_ids()
    assert [chip.accessibleName() for chip in shown.page.list.chips._chips] == ["State open", "Category Question"]
    shown.page.list.chips._chips[1].removed.emit()
    shown.wait_ids(open_one)
    shown.page.list.chips.changed.emit(QueueFilter(priorities=("P1",)))
    shown.wait_ids()
    shown.press(Qt.Key.Key_Escape, at=shown.page.table)
    shown.wait_ids(open_one)


def test_the_filter_menu_offers_every_facet(shown: Shown) -> None:
    shown.queue.order()
    page = shown.page
    shown.qtbot.waitUntil(lambda: bool(page.listing.choices().categories))
    menu = page.list.chips._menu.menu(QueueFilter(), page.listing.choices())
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:8] == ["Site", "State", "Priority", "Category…", "Assigned…", "Due", "Reported", "Reopened"]
    assert texts[8:] == ["Chased", "Needs me", "Text…"]
    priorities = menu.actions()[2].menu()
    assert isinstance(priorities, QMenu)
    with shown.qtbot.waitSignal(page.list.chips.changed) as caught:
        priorities.actions()[0].trigger()
    assert caught.args == [QueueFilter(priorities=("P1",))]
    menu.deleteLater()


def test_a_category_is_found_by_typing_and_the_list_follows_at_once(shown: Shown) -> None:
    leak, question = shown.queue.order("漏水", minutes_ago=20), shown.queue.order("问一下", category_id=QUESTION)
    shown.wait_ids(leak, question)
    picker = shown.open_picker("category")
    shown.qtbot.keyClicks(picker.list.search, "zx")
    shown.press(Qt.Key.Key_Down, at=picker.list.search)
    shown.press(Qt.Key.Key_Space, at=picker.list._view)
    shown.wait_ids(question)
    assert picker.isVisible()
    shown.press(Qt.Key.Key_Escape, at=picker.list._view)
    assert not picker.isVisible()
    assert shown.page.table.hasFocus()


def test_orders_of_nobody_and_of_somebody_exclude_each_other_in_a_filter(shown: Shown) -> None:
    shown.queue.order()
    picker = shown.open_picker("assignee")
    asked: list[QueueFilter] = []
    picker.chosen.connect(asked.append)
    picker.list._toggle(SUN)
    picker.list._toggle("")
    picker.list._toggle(HE)
    assert [(one.staff_ids, one.is_unassigned) for one in asked] == [((SUN,), False), ((), True), ((HE,), False)]
    assert picker.list.checked() == [HE]


def test_the_site_of_the_top_bar_is_a_chip_that_can_be_taken_off(shown: Shown) -> None:
    here = shown.queue.order(minutes_ago=20)
    there = shown.queue.order(minutes_ago=10, site_id=OTHER_SITE, unit_id=None)
    shown.wait_ids(here, there)
    shown.queue.desk.choose_site(SITE)
    shown.wait_ids(here)
    chip = shown.page.list.chips._chips[0]
    assert chip.objectName() == "site"
    chip.removed.emit()
    shown.wait_ids(here, there)
    assert shown.queue.desk.site_id is None


def test_a_filter_of_ones_own_keeps_its_columns_and_order(shown: Shown) -> None:
    shown.queue.order()
    page = shown.page
    page.list.chips.changed.emit(QueueFilter(category_ids=(PLUMBING,)))
    page.table.header.set_shown("category", is_shown=True)
    page.table.header.sort_by("reported", True)  # noqa: FBT003  # as the header has it
    shown.qtbot.waitUntil(lambda: page.listing.sort.key is SortKey.REPORTED)
    page.viewing.save()
    field = next(iter(page.saved.list.findChildren(QLineEdit)))
    assert field.text() == "Plumbing"
    field.setText("水电，新的在前")
    shown.press(Qt.Key.Key_Return, at=field)
    shown.qtbot.waitUntil(lambda: any(row.text == "水电，新的在前" for row in side(shown).values()))
    own = next(row for row in side(shown).values() if row.text == "水电，新的在前")
    page.saved.list.chosen.emit("open")
    shown.qtbot.waitUntil(lambda: page.listing.sort.key is SortKey.DUE)
    page.saved.list.chosen.emit(own.id)
    shown.qtbot.waitUntil(lambda: page.listing.sort == Sort(SortKey.REPORTED, is_descending=True))
    assert page.listing.wanted == QueueFilter(category_ids=(PLUMBING,))
    places = {column.key: place for place, column in enumerate(page.listing.rows.columns)}
    assert not page.table.isColumnHidden(places["category"])


def test_a_filter_of_ones_own_is_starred_renamed_and_deleted(shown: Shown) -> None:
    saved = shown.page.saved
    saved.save(shown.page.viewing.view, "夜班")
    shown.qtbot.waitUntil(lambda: any(row.text == "夜班" for row in side(shown).values()))
    menu = saved.menu(saved._items[0])
    menu.actions()[0].trigger()
    shown.qtbot.waitUntil(lambda: saved._items[0].is_starred)
    saved._rename(saved._items[0])
    field = next(iter(saved.list.findChildren(QLineEdit)))
    field.setText("白班")
    shown.press(Qt.Key.Key_Return, at=field)
    shown.qtbot.waitUntil(lambda: [item.name for item in saved._items] == ["白班"])
    saved._remove(saved._items[0])
    shown.qtbot.waitUntil(lambda: not saved._items)
    back = shown.wait_said("info").buttons[0]
    back[1]()
    shown.qtbot.waitUntil(lambda: [item.name for item in saved._items] == ["白班"])
    menu.deleteLater()


def test_time_that_passes_moves_orders_into_the_overdue(shown: Shown) -> None:
    due = shown.queue.order(minutes_ago=59)
    shown.page.saved.list.chosen.emit("overdue")
    shown.wait_ids()
    shown.page._on_second()
    shown.queue.clock.forward(minutes=2)
    shown.page._on_second()
    shown.wait_ids(due)


def test_the_pill_tells_the_time_left_at_the_moment_it_is_painted(shown: Shown) -> None:
    order_id = shown.queue.order(minutes_ago=50)
    shown.wait_ids(order_id)
    rows = shown.page.listing.rows
    column = next(column for column in rows.columns if column.key == "left")
    row = rows.row(order_id)
    assert row is not None
    assert column.value(row).text == "10m left"
    shown.queue.clock.forward(minutes=11)
    assert column.value(row).text == "1m over"


def test_a_chase_shows_beside_the_text(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.wait_ids(order_id)
    shown.queue.do(ChaseWorkOrder(work_order_id=order_id))
    rows = shown.page.listing.rows
    column = next(column for column in rows.columns if column.key == "text")

    def tag() -> str:
        row = rows.row(order_id)
        found = column.tag(row) if row is not None and column.tag is not None else None
        return found.text if found else ""

    shown.qtbot.waitUntil(lambda: tag() == "chased 1")


def test_a_row_that_waits_to_be_sent_says_so(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.wait_ids(order_id)
    row = shown.page.listing.rows.row(order_id)
    column = next(column for column in shown.page.listing.rows.columns if column.key == "number")
    assert row is not None
    assert column.tip is not None
    assert "waits to be sent" in column.tip(row)
    assert column.token_of(row) == "text_muted"


def test_a_list_without_hits_says_why_and_how_to_go_on(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.page.list.chips.changed.emit(QueueFilter(due=Due.OVERDUE))
    pane: ListPane = shown.page.list
    shown.qtbot.waitUntil(lambda: pane._stack.currentWidget() is pane._blank)
    assert pane._all_open.isVisible()
    assert not pane._new.isVisible()
    pane._all_open.click()
    shown.wait_ids(order_id)
    assert pane._stack.currentWidget() is pane.table


def test_a_cache_without_any_order_offers_to_open_one(shown: Shown) -> None:
    pane: ListPane = shown.page.list
    shown.qtbot.waitUntil(pane._new.isVisible)
    with shown.qtbot.waitSignal(shown.queue.desk.asked_for_intake):
        pane._new.click()


def test_many_changes_at_once_are_listed_all_the_same(shown: Shown) -> None:
    ids = [shown.queue.order(minutes_ago=minutes) for minutes in (50, 40, 30)]
    shown.wait_ids(*ids)
    shown.queue.changes.deliver(Changes(everything=True))
    shown.wait_ids(*ids)
    shown.queue.do(CommentWorkOrder(work_order_id=ids[0], text="看过"))
    edit = EditWorkOrder(id=ids[2], set=WorkOrderFields(description="灯"))
    shown.queue.do(edit)
    shown.qtbot.waitUntil(lambda: _text(shown, ids[2]) == "灯")


def _text(shown: Shown, row_id: str) -> str:
    row = shown.page.listing.rows.row(row_id)
    return row.text if row is not None else ""
