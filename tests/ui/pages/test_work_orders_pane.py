"""The reading pane: it shows an order whole, takes its steps, and enters those that are told on the phone."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.commands.contacts import ChaseWorkOrder
from app.commands.imported_rows import OrderRow
from app.commands.imports import ImportRows
from app.commands.steps import HoldWorkOrder, StepWorkOrder, TakeStep
from app.commands.work_orders import Reporter
from app.db.residents import Exemption, Resident
from app.domain.ids import stream_id
from app.domain.permissions import Role
from app.domain.work_orders import HoldReason, State
from app.ui.pages.work_orders.forms.assign import AssignForm
from app.ui.pages.work_orders.forms.finish import FinishForm
from app.ui.pages.work_orders.forms.reasons import CancelForm, HoldForm, ReopenForm
from app.ui.pages.work_orders.phone_step import PhoneStep
from app.ui.widgets.texts import plain
from tests.factories import COMPLAINT, HE, LIFT, NOON, SITE, SUN, TECHNICIAN, UNIT, a_step, an_assignment, an_id
from tests.ui.pages.queue_desk import Shown, clerk_rights

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def phone(shown: Shown) -> PhoneStep:
    found = shown.page.doing._phone
    assert found is not None
    return found


def timeline(shown: Shown) -> list[str]:
    lines = shown.page.pane.history._timeline.lines()
    return [f"{plain(line.spans)}{f' [{line.tag.text}]' if line.tag else ''}" for line in lines]


def moment(shown: Shown, clock: str) -> datetime:
    """A time of the day of the tests, in Shanghai."""
    hours, minutes = map(int, clock.split(":"))
    return datetime(2026, 9, 16, hours, minutes, tzinfo=UTC) - timedelta(hours=8)


def test_what_an_imported_order_went_through_is_nobody_s_doing_and_may_be_a_day_only(shown: Shown) -> None:
    row = OrderRow(
        key="1", description="漏水", reported_at=NOON, closed_at=NOON + timedelta(hours=1), days=("closed_at",)
    )
    command = ImportRows(source="old", site_id=SITE, orders=(row,))
    shown.queue.clock.forward(days=1)
    shown.queue.do(command, author=shown.queue.desk.author()._replace(rights=clerk_rights(Role.SUPERVISOR)))
    shown.read(command.row_id(row))
    assert timeline(shown) == ["Closed", "12:00  Reported"]


def test_the_pane_says_who_reported_what_where_and_how_to_reach_them(shown: Shown) -> None:
    order_id = shown.queue.order(reporter=Reporter(name="严秀珍", phone="13922071846"), asset_id=LIFT)
    shown.read(order_id)
    head = shown.page.pane.head
    assert head._title.text() == "厨房下水管漏水"
    assert head._person.text() == "严秀珍 139 2207 1846"
    assert not head._hidden.isVisible()
    with shown.qtbot.waitSignal(shown.queue.desk.asked_for_place) as caught:
        head._place.click()
    assert caught.args == ["unit", UNIT]
    with shown.qtbot.waitSignal(shown.queue.desk.asked_for_intake) as called:
        head._person.click()
    assert called.args == ["13922071846"]
    shown.run("copy_number")
    assert QGuiApplication.clipboard().text() == "260916-07-001"


def test_the_reporter_is_not_shown_to_somebody_who_may_not_see_people(shown: Shown) -> None:
    person = shown.queue.desk.person
    shown.queue.desk.person = person._replace(streams=frozenset({stream_id(SITE, "work")}))
    order_id = shown.queue.order(reporter=Reporter(name="严秀珍", phone="13922071846"))
    shown.read(order_id)
    head = shown.page.pane.head
    assert not head._person.isVisible()
    assert head._hidden.text() == "reporter not visible to you"


def test_flags_of_the_reporter_are_shown_while_they_hold(shown: Shown) -> None:
    wu = an_id("wu")
    people = stream_id(SITE, "people")
    shown.queue.put(
        [
            Resident(id=wu, stream_id=people, site_id=SITE, name="吴桂芳", note=""),
            Exemption(id=an_id("flag"), stream_id=people, resident_id=wu, kind="elderly", note="", until=None),
        ]
    )
    shown.read(shown.queue.order(reporter=Reporter(resident_id=wu)))
    marks = shown.page.pane.related.findChildren(QWidget)
    assert "Elderly" in [mark.accessibleName() for mark in marks]


def test_the_next_step_is_one_key_until_the_order_is_closed(shown: Shown) -> None:
    order_id = shown.queue.sent(minutes_ago=30)
    now = shown.queue.clock.now()
    shown.queue.do(a_step(order_id, State.ON_SITE, is_by_phone=True, happened_at=now - timedelta(minutes=20)))
    shown.queue.do(a_step(order_id, State.DONE, from_state=State.ON_SITE, is_by_phone=True, happened_at=now))
    shown.read(order_id)
    shown.press(Qt.Key.Key_D, CTRL)
    shown.wait_state("verified")
    assert shown.wait_said().text == "Verified 0916-07-001"
    shown.press(Qt.Key.Key_D, CTRL)
    shown.wait_state("closed")
    assert not shown.queue.actions.is_enabled("orders.hold")


def test_a_step_is_taken_back_by_undo(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.read(order_id)
    shown.run("step")
    shown.wait_state("triaged")
    shown.queue.desk.undo()
    shown.wait_state("reported")
    shown.queue.desk.redo()
    shown.wait_state("triaged")
    shown.run("withdraw")
    shown.wait_state("reported")


def test_the_next_step_of_what_is_not_sent_yet_asks_who_goes(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.read(order_id)
    shown.run("step")
    shown.wait_state("triaged")
    shown.run("step")
    form = shown.wait_form(AssignForm)
    form._list.search.setText("szy")
    shown.press(Qt.Key.Key_Return, at=form._list.search)
    shown.wait_state("dispatched")
    assert shown.order(order_id).lead_staff_id == SUN
    assert shown.wait_said().text == "Sent 孙志远: 0916-07-001"


def test_several_are_sent_and_one_is_added_and_taken_off_again(shown: Shown) -> None:
    order_id = shown.queue.sent()
    shown.read(order_id)
    shown.run("add")
    form = shown.wait_form(AssignForm)
    assert SUN not in form._candidates
    form._list.set_checked([HE])
    form.submit()
    crew = shown.page.pane.crew
    shown.qtbot.waitUntil(lambda: _members(shown) == ["孙志远", "何文斌"])
    order = shown.page.pane.order
    assert order is not None
    crew.removed.emit(order.crew[0])
    shown.qtbot.waitUntil(lambda: _members(shown) == ["何文斌"])


def _members(shown: Shown) -> list[str]:
    order = shown.page.pane.order
    return [member.name["zh"] for member in order.crew] if order else []


def test_a_step_told_on_the_phone_takes_two_keys_and_a_time(shown: Shown) -> None:
    order_id = shown.queue.sent(minutes_ago=50)
    shown.read(order_id)
    shown.press(Qt.Key.Key_T)
    popover = phone(shown)
    assert popover.isVisible()
    shown.press(Qt.Key.Key_2, at=popover._pane)
    popover._time.clear()
    shown.qtbot.keyClicks(popover._time, "1130")
    shown.qtbot.waitUntil(lambda: popover._result.text() == "Response at 11:30: met, 20 min (of 1 h)")
    assert popover._sentence.text() == "11:30 孙志远 On site, entered 12:00 by 林晓雨 by phone"
    entered: list[object] = []
    popover.entered.connect(entered.append)
    shown.press(Qt.Key.Key_Return, at=popover._time)
    shown.wait_state("on_site")
    assert len(entered) == 1
    assert not popover.isVisible()
    assert timeline(shown)[:2] == [
        "孙志远 On site [by 林晓雨 12:00, phone]",
        "孙志远 Accepted [by 林晓雨 12:00, phone]",
    ]
    clocks = shown.page.pane.order.clocks if shown.page.pane.order else None
    assert clocks is not None
    assert clocks.response.stopped_at == moment(shown, "11:30")


@pytest.mark.parametrize("typed", ["1159x", "25", "2460", ""])
def test_what_is_no_time_is_not_entered(shown: Shown, typed: str) -> None:
    order_id = shown.queue.sent(minutes_ago=50)
    shown.read(order_id)
    shown.run("phone")
    popover = phone(shown)
    popover._time.setText(typed)
    popover._look()
    popover.enter()
    assert popover.isVisible()
    assert not popover._enter.isEnabled()
    assert "909" in popover._result.text()


def test_a_time_before_the_last_step_or_after_now_is_refused_with_its_bounds(shown: Shown) -> None:
    order_id = shown.queue.sent(minutes_ago=50)
    shown.read(order_id)
    shown.run("phone")
    popover = phone(shown)
    for typed in ("1100", "1201"):
        popover._time.setText(typed)
        popover._look()
        assert popover._result.text() == "The time must lie between 11:11 and 12:00."
    popover.leave()


def test_an_arrival_that_came_too_late_says_so_before_it_is_entered(shown: Shown) -> None:
    order_id = shown.queue.sent(minutes_ago=100)
    shown.read(order_id)
    shown.run("phone")
    popover = phone(shown)
    popover._choose_step(State.ON_SITE)
    shown.qtbot.waitUntil(lambda: popover._result.text() == "Response at 12:00: missed, 1 h 40 min (of 1 h)")
    popover.leave()


def test_finishing_on_the_phone_goes_on_to_the_form_with_the_time_that_was_told(shown: Shown) -> None:
    order_id = shown.queue.sent(minutes_ago=60)
    at = shown.queue.clock.now() - timedelta(minutes=40)
    shown.queue.do(a_step(order_id, State.ON_SITE, is_by_phone=True, happened_at=at))
    shown.read(order_id)
    shown.run("step")
    popover = phone(shown)
    popover._choose_step(State.DONE)
    popover._time.setText("1145")
    popover.enter()
    form = shown.wait_form(FinishForm)
    assert form._minutes.text() == "25"
    form._result.setPlainText("换了接头")
    shown.press(Qt.Key.Key_D, CTRL)
    shown.wait_state("done")
    order = shown.order(order_id)
    assert (order.result, order.minutes) == ("换了接头", 25)
    assert order.done_at == moment(shown, "11:45")


def test_a_hold_told_on_the_phone_needs_its_reason(shown: Shown) -> None:
    order_id = shown.queue.sent(minutes_ago=20)
    shown.read(order_id)
    shown.run("phone")
    popover = phone(shown)
    popover._choose_step(State.ON_HOLD)
    assert popover._result.text() == "Choose a reason for the hold."
    popover._reasons.choose("access")
    popover._look()
    shown.qtbot.waitUntil(lambda: popover._result.text() == "The clocks stand still from then on.")
    popover.enter()
    shown.wait_state("on_hold")
    assert shown.order(order_id).hold_reason == "access"
    shown.run("phone")
    assert [button.text() for button in popover._buttons] == ["1 Resume"]
    popover.enter()
    shown.wait_state("dispatched")


def test_the_forms_say_what_is_missing_beside_the_field(shown: Shown) -> None:
    order_id = shown.queue.sent()
    shown.read(order_id)
    shown.press(Qt.Key.Key_H)
    hold = shown.wait_form(HoldForm)
    hold.submit()
    assert hold._reason_field.error() == "Choose a reason for the hold."
    shown.press(Qt.Key.Key_1, at=hold._reason._group.button(0))
    assert hold._reason_field.error() == ""
    shown.press(Qt.Key.Key_D, CTRL)
    shown.wait_state("on_hold")
    assert shown.order(order_id).hold_reason == "parts"
    shown.run("step")
    shown.wait_state("dispatched")


def test_what_is_typed_in_a_form_survives_leaving_it(shown: Shown) -> None:
    order_id = shown.queue.sent()
    shown.read(order_id)
    shown.run("cancel")
    form = shown.wait_form(CancelForm)
    form._note.setPlainText("打错了")
    shown.press(Qt.Key.Key_Escape, at=form)
    shown.qtbot.waitUntil(lambda: shown.page.pane.form is None)
    shown.run("cancel")
    assert shown.wait_form(CancelForm)._note.toPlainText() == "打错了"


def test_submitting_and_going_on_reads_the_next_order(shown: Shown) -> None:
    first, second = shown.queue.order(minutes_ago=30), shown.queue.order(minutes_ago=10)
    shown.read(first)
    shown.press(Qt.Key.Key_Return, ALT)
    shown.wait_read(second)
    shown.qtbot.waitUntil(lambda: shown.order(first).state == "triaged")


def test_reopening_asks_what_is_still_wrong(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.queue.do(StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.CLOSED))
    shown.read(order_id)
    shown.run("step")
    form = shown.wait_form(ReopenForm)
    form._note.setPlainText("又漏了")
    form.submit()
    shown.wait_state("reopened")
    assert timeline(shown)[0] == "林晓雨 Reopened (1): 又漏了"


def test_a_complaint_gets_its_first_answer(shown: Shown) -> None:
    order_id = shown.queue.order("投诉夜间施工", category_id=COMPLAINT)
    shown.read(order_id)
    shown.run("answer")
    form = shown.page.pane.form
    assert form is not None
    shown.press(Qt.Key.Key_D, CTRL)
    shown.qtbot.waitUntil(lambda: timeline(shown)[0] == "林晓雨 First answer")
    assert not shown.queue.actions.is_enabled("orders.answer")


def test_a_comment_is_added_and_a_chase_counted(shown: Shown) -> None:
    order_id = shown.queue.sent()
    shown.read(order_id)
    shown.press(Qt.Key.Key_M)
    history = shown.page.pane.history
    shown.qtbot.keyClicks(history._field, "called back")
    shown.press(Qt.Key.Key_Return, at=history._field)
    shown.qtbot.waitUntil(lambda: timeline(shown)[0] == "林晓雨 called back")
    shown.press(Qt.Key.Key_U, CTRL)
    shown.qtbot.waitUntil(lambda: timeline(shown)[0] == "林晓雨 Chased (1)")
    assert shown.order(order_id).chase_count == 1
    assert not shown.wait_said().can_undo
    assert not shown.queue.desk.can_undo()


def test_an_order_that_somebody_else_stepped_first_says_so(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.read(order_id)
    order = shown.page.pane.order
    assert order is not None
    shown.queue.do(StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.CLOSED))
    shown.page.doing._desk_step(order, State.TRIAGED)
    said = shown.wait_said("danger")
    assert said.text.startswith("0916-07-001 was not changed. The order is now “Closed”")
    with shown.qtbot.waitSignal(shown.queue.desk.asked_for_order):
        said.buttons[0][1]()


def test_an_order_asked_to_be_sent_elsewhere_is_read_and_asks_who_should_go(shown: Shown) -> None:
    other, order = shown.queue.order("灯不亮"), shown.queue.order()
    shown.read(other)
    shown.queue.desk.asked_for_dispatch.emit(order)
    shown.wait_read(order)
    form = shown.wait_form(AssignForm)
    assert [stand.id for stand in form.stands] == [order]


def test_an_assignment_that_came_second_offers_both_names(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.read(order_id)
    shown.run("assign")
    form = shown.wait_form(AssignForm)
    form._list.set_checked([HE])
    shown.queue.do(an_assignment(order_id, SUN))
    form.submit()
    said = shown.wait_said("danger")
    assert [text for text, _ in said.buttons] == ["Keep 孙志远", "Send mine instead"]
    said.buttons[1][1]()
    shown.qtbot.waitUntil(lambda: shown.order(order_id).lead_staff_id == HE)


def test_a_technician_takes_the_steps_of_their_own_orders_at_once(shown: Shown) -> None:
    order_id = shown.queue.sent(minutes_ago=30)
    queue = shown.queue
    queue.grant(Role.TECHNICIAN, staff_id=SUN)
    queue.desk.person = queue.desk.person._replace(user_id=TECHNICIAN)
    shown.read(order_id)
    shown.run("step")
    shown.wait_state("accepted")
    shown.run("step")
    shown.wait_state("on_site")
    shown.run("step")
    form = shown.wait_form(FinishForm)
    form._result.setPlainText("换了接头")
    form._minutes.setText("20")
    form.submit()
    shown.wait_state("done")
    assert not shown.queue.actions.is_enabled("orders.step")


def test_what_a_role_may_not_do_is_not_offered(shown: Shown) -> None:
    order_id = shown.queue.sent()
    shown.queue.grant(Role.MANAGER)
    shown.read(order_id)
    offered = [
        name
        for name in ("step", "assign", "hold", "cancel", "edit", "phone", "chase", "comment")
        if shown.queue.actions.is_enabled(f"orders.{name}")
    ]
    assert offered == ["comment"]
    assert not shown.page.pane.foot._main.isVisible()


def test_a_cell_is_edited_in_place_with_what_was_seen_of_it(shown: Shown) -> None:
    order_id = shown.queue.order("厨房漏水")
    shown.read(order_id)
    shown.press(Qt.Key.Key_F2)
    field = shown.page.inline.field()
    assert field is not None
    field.setText("厨房水管漏水")  # type: ignore[attr-defined]
    shown.press(Qt.Key.Key_Tab, at=field)
    shown.qtbot.waitUntil(lambda: shown.order(order_id).description == "厨房水管漏水")
    place = shown.page.inline.field()
    assert place is not None
    place.setText("3 幢 1502 厨房")  # type: ignore[attr-defined]
    shown.press(Qt.Key.Key_Return, at=place)
    shown.qtbot.waitUntil(lambda: shown.order(order_id).place_label == "3 幢 1502 厨房")
    assert not shown.page.inline.is_open()


def test_leaving_a_cell_by_escape_changes_nothing(shown: Shown) -> None:
    order_id = shown.queue.order("厨房漏水")
    shown.read(order_id)
    shown.press(Qt.Key.Key_Return)
    field = shown.page.inline.field()
    assert field is not None
    field.setText("别的")  # type: ignore[attr-defined]
    shown.press(Qt.Key.Key_Escape, at=field)
    assert not shown.page.inline.is_open()
    assert shown.order(order_id).description == "厨房漏水"


def test_a_text_of_several_lines_is_edited_in_the_pane(shown: Shown) -> None:
    order_id = shown.queue.order("厨房漏水\n卫生间也漏")
    shown.read(order_id)
    shown.run("edit_cell")
    form = shown.page.pane.form
    assert form is not None
    form._place.setText("3 幢 1502 卫生间")  # type: ignore[attr-defined]
    form.submit()  # type: ignore[attr-defined]
    shown.qtbot.waitUntil(lambda: shown.order(order_id).place_label == "3 幢 1502 卫生间")
    assert shown.order(order_id).description == "厨房漏水\n卫生间也漏"


def test_a_paused_clock_tells_what_it_waits_for(shown: Shown) -> None:
    order_id = shown.queue.sent(minutes_ago=30)
    shown.queue.do(a_step(order_id, State.ON_SITE, is_by_phone=True, happened_at=NOON - timedelta(minutes=10)))
    shown.queue.do(HoldWorkOrder(work_order_id=order_id, from_state=State.ON_SITE, reason=HoldReason.PARTS))
    shown.read(order_id)
    rows = shown.page.pane._clocks._rows
    assert [(row.name, row.pill.text) for row in rows] == [("Response", "met, 20 min"), ("Fix", "Parts")]


def test_what_was_done_without_a_network_is_marked(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.queue.desk.set_offline(is_offline=True)
    shown.read(order_id)
    shown.run("step")
    shown.wait_state("triaged")
    assert timeline(shown)[0] == "林晓雨 Triaged [offline]"


def test_a_merge_names_the_order_that_is_kept(shown: Shown) -> None:
    kept, double = shown.queue.order("厨房漏水", minutes_ago=30), shown.queue.order("厨房又漏水", minutes_ago=10)
    shown.read(double)
    shown.run("merge")
    shown.qtbot.waitUntil(lambda: shown.page.pane.form is not None)
    form = shown.page.pane.form
    assert form is not None
    form._list.set_checked([kept])  # type: ignore[attr-defined]
    form.submit()  # type: ignore[attr-defined]
    shown.wait_state("cancelled")
    assert shown.order(double).duplicate_of_id == kept
    shown.read(kept)
    assert timeline(shown)[0] == "林晓雨 0916-07-002 was merged into this"


def test_a_narrow_window_folds_the_pane_and_f6_brings_it(shown: Shown) -> None:
    order_id = shown.queue.order()
    shown.read(order_id)
    page = shown.page
    page.resize(1150, 700)
    shown.qtbot.waitUntil(page.pane.isHidden)
    assert page._side.isVisible()
    page.table.setFocus()
    shown.press(Qt.Key.Key_F6)
    assert page.pane.isVisible()
    page.resize(1376, 828)
    shown.qtbot.waitUntil(lambda: page.pane.isVisible() and page._side.isVisible())
    page.take_side(is_taken=True)
    assert page.pane.isHidden()


def test_an_order_from_elsewhere_is_read_though_the_filter_hides_it(shown: Shown) -> None:
    hidden, listed = shown.queue.order(minutes_ago=9), shown.queue.sent(minutes_ago=5)
    shown.queue.do(StepWorkOrder(work_order_id=hidden, from_state=State.REPORTED, to=State.CLOSED))
    shown.wait_ids(listed)
    shown.queue.desk.asked_for_order.emit(hidden)
    shown.wait_read(hidden)


def test_an_order_that_is_gone_leaves_the_pane_empty(shown: Shown) -> None:
    shown.read(shown.queue.order())
    shown.queue.desk.asked_for_order.emit(an_id("nowhere"))
    shown.qtbot.waitUntil(lambda: shown.page.pane.order is None)


def test_text_with_tags_is_shown_as_it_is(shown: Shown) -> None:
    order_id = shown.queue.order("<b>漏水</b> &amp; \u202e倒着", reporter=Reporter(name="<i>王</i>"))
    shown.read(order_id)
    assert shown.page.pane.head._title.text() == "<b>漏水</b> &amp; 倒着"
    assert shown.page.pane.head._person.text() == "<i>王</i>"


def test_what_the_title_does_not_hold_stands_whole_below_it(shown: Shown) -> None:
    short = shown.queue.order("漏水")
    shown.read(short)
    assert shown.page.pane._said_box.isHidden()
    for text in ("厨房漏水\n第二行", "漏" * 300):
        order_id = shown.queue.order(text, place_note="很长的地方" * 20)
        shown.read(order_id)
        assert not shown.page.pane._said_box.isHidden()
        assert shown.page.pane._said.text() == text
        assert shown.page.pane.head.minimumSizeHint().width() < shown.page.pane.width()


def test_a_second_chase_is_bold_and_marks_the_assignee(shown: Shown) -> None:
    order_id = shown.queue.sent()
    for _ in range(2):
        shown.queue.do(ChaseWorkOrder(work_order_id=order_id))
    shown.read(order_id)
    row = shown.page.listing.rows.row(order_id)
    column = next(column for column in shown.page.listing.rows.columns if column.key == "text")
    assert row is not None
    assert column.tag is not None
    assert (column.tag(row).tone, column.tag(row).is_bold) == ("warning", True)
    order = shown.page.pane.order
    assert order is not None
    assert order.crew[0].chased_at is not None


def test_a_step_of_one_of_two_leaves_the_order_where_the_other_is(shown: Shown) -> None:
    order_id = shown.queue.sent("电梯困人", SUN, HE, minutes_ago=30)
    at = NOON - timedelta(minutes=10)
    for staff in (SUN, HE):
        shown.queue.do(
            TakeStep(
                work_order_id=order_id,
                from_state=State.DISPATCHED,
                to=State.ON_SITE,
                staff_id=staff,
                is_by_phone=True,
                happened_at=at,
            )
        )
    shown.read(order_id)
    shown.run("phone")
    popover = phone(shown)
    assert [option.text() for option in popover._members._segments()] == ["孙志远", "何文斌"]
    popover._choose_step(State.DONE)
    shown.qtbot.waitUntil(lambda: popover._result.text() == "Fix goes on: 3:30 left")
    popover.leave()
