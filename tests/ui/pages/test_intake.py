"""Tests of the phone intake: orders, callers, doubles, corrections; by keyboard alone."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.commands.residents import AddResident
from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.domain.clock import to_micros
from app.domain.permissions import Role
from app.domain.work_orders import TEXT_LIMIT
from app.store.queries.intake import find_people, person_card
from app.ui.pages.intake.dock import NARROW_WIDTH
from tests.factories import BUILDING, OTHER_UNIT, PLACE, PLUMBING, SITE, UNIT, a_report, an_id
from tests.ui.pages.intake_world import (
    CHEN,
    READER,
    SHARED,
    WEI,
    WU,
    Station,
)
from tests.ui.pseudo import PseudoTranslator

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


def the_order(station: Station) -> dict[str, object]:
    """Wait for the one order there is."""
    station.qtbot.waitUntil(lambda: len(station.orders()) == 1)
    station.settle()
    return station.orders()[0]


def has_open(station: Station, **values: object) -> str:
    """Somebody has opened an order before; returns its id."""
    reporter = {"resident_id": WU, "name": "吴桂芳", "phone": "13800132046"}
    number = station.store.reserve_number(station.desk.today())
    report = a_report(**{"number": number, "unit_id": UNIT, "priority": "P2", "reporter": reporter, **values})
    station.do(report)
    station.settle()
    return report.id


# ------------------------------------------------------------------------------------------------------------- an order


def test_an_ordinary_order_takes_at_most_four_entries(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")  # who
    station.type("漏水了")  # what: where follows from who, the kind from what
    station.ctrl(ENTER)  # save
    order = the_order(station)
    assert order["unit_id"] == OTHER_UNIT
    assert order["building_id"] == BUILDING
    assert (order["description"], order["category_id"], order["priority"]) == ("漏水了", PLUMBING, "P3")
    (reporter,) = station.rows("order_reporter")
    assert (reporter["resident_id"], reporter["name"], reporter["phone"]) == (WEI, "魏国富", "13922075518")


def test_saving_clears_the_dock_and_reads_the_number_out(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水了")
    station.ctrl(ENTER)
    order = the_order(station)
    assert station.dock.call.entry.is_empty
    assert station.focus() is station.dock.page.search.line
    assert station.dock.page.search.text() == ""
    (said,) = station.said
    assert str(order["number"])[2:] in said.text
    assert said.can_undo
    assert station.drafts() == []


def test_saving_can_be_undone(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水了")
    station.ctrl(ENTER)
    the_order(station)
    station.desk.undo()
    station.qtbot.waitUntil(lambda: station.orders()[0]["state"] == "cancelled")
    assert station.orders()[0]["cancel_reason"] == "mistaken"


def test_saving_and_sending_asks_who_should_go(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水了")
    with station.qtbot.waitSignal(station.desk.asked_for_dispatch) as asked:
        station.press(ENTER, CTRL, SHIFT)
    assert asked.args == [the_order(station)["id"]]


def test_what_is_missing_is_said_and_nothing_is_saved(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.ctrl(ENTER)
    station.settle()
    rows = station.dock.page.form.rows
    assert rows["place"].error()
    assert rows["description"].error()
    assert station.focus() is station.dock.page.form.place.line
    assert station.orders() == []


def test_the_words_suggest_a_category_and_say_by_which(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("单元门刷卡没反应，好几户都进不去")
    station.settle()
    advice = station.dock.call.advice
    assert advice.category is not None
    assert (advice.category.id, advice.word, advice.priority) == (READER, "刷卡没反应", "P2")
    said = station.dock.page.form._advice.text()
    assert "刷卡没反应" in said
    assert "needs Access control from level 2" in said
    assert "response in 1 h" in said


def test_a_category_and_priority_chosen_by_hand_outweigh_what_is_suggested(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水了")
    station.press(Qt.Key.Key_Tab)
    station.type("tz")
    station.settle()
    station.press(ENTER)
    station.press(Qt.Key.Key_Tab)
    station.press(Qt.Key.Key_Up)
    station.ctrl(ENTER)
    order = the_order(station)
    assert (order["category_id"], order["priority"]) == (an_id("tripped"), "P2")


def test_an_exemption_raises_the_priority_by_one_step_and_says_so(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    station.type("漏水了")
    station.settle()
    assert (station.dock.call.advice.priority, station.dock.call.advice.raised_by) == ("P2", "elderly")
    assert "one step" in station.dock.page.form._advice.text()
    station.ctrl(ENTER)
    assert the_order(station)["priority"] == "P2"


def test_where_can_be_a_place_found_or_any_words(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.press(ENTER)  # nobody is asked for
    station.type("地库")
    station.settle()
    station.press(ENTER)
    assert station.focus() is station.dock.page.form.what
    station.press(Qt.Key.Key_Tab, SHIFT)
    station.press(Qt.Key.Key_End)
    station.type(" east")
    station.press(Qt.Key.Key_Tab)
    station.type("lamps are out")
    station.ctrl(ENTER)
    order = the_order(station)
    assert (order["place_id"], order["place_label"], order["category_id"]) == (PLACE, "地库 B1 east", None)


def test_a_time_agreed_is_read_from_digits(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水了")
    station.alt(Qt.Key.Key_M)
    station.type("1430")
    station.ctrl(ENTER)
    order = the_order(station)
    assert order["appointment_at"] == to_micros(datetime(2026, 9, 16, 6, 30, tzinfo=UTC))


def test_the_site_is_asked_for_only_when_nothing_else_tells_it(station: Station) -> None:
    station.desk.choose_site(None)
    station.ctrl(Qt.Key.Key_N)
    station.press(ENTER)
    station.type("somewhere")
    station.settle()
    assert station.dock.page.form.rows["site"].isVisible()
    station.press(Qt.Key.Key_Tab)
    station.type("a noise")
    station.ctrl(ENTER)
    station.settle()
    assert station.dock.page.form.rows["site"].error()
    station.press(DOWN)
    station.ctrl(ENTER)
    assert the_order(station)["site_id"] in {site.id for site in station.dock.call.sites}


# -------------------------------------------------------------------------------------------------------------- callers


@pytest.mark.parametrize("typed", ["138 0013 2046", "+86 138-0013-2046", "3-1502", "吴桂芳", "wuguifang", "gf"])
def test_a_caller_is_found_however_they_are_named(station: Station, typed: str) -> None:
    found = station.read(find_people, typed, station.desk.person.streams)
    assert WU in {hit.resident_id for hit in found}


def test_results_stand_under_the_field_and_down_and_enter_take_one(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("wgf")
    station.settle()
    page = station.dock.page
    names = [row.parts[0].text for row in page.search.rows.rows()]
    assert sorted(names) == ["吴桂芳", "汪桂凤", "魏国富"]
    assert page.search.rows.isVisible()
    assert station.focus() is page.search.line
    station.press(DOWN)
    station.press(ENTER)
    station.settle()
    assert station.dock.call.entry.name == names[1]
    assert not page.search.is_open()


def test_the_letters_typed_are_marked_in_what_was_found(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("wgf")
    station.settle()
    row = next(row for row in station.dock.page.search.rows.rows() if row.parts[0].text == "吴桂芳")
    assert row.parts[1].text == "wu gui fang"
    assert row.parts[1].marks == ((0, 1), (3, 1), (7, 1))


def test_enter_before_the_search_is_done_takes_nobody_of_several(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("wgf")
    station.press(ENTER)
    station.settle()
    assert not station.dock.call.entry.has_caller
    assert station.dock.page.search.is_open()


def test_one_number_of_several_people_asks_who_speaks(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller(SHARED)
    page = station.dock.page
    assert not station.dock.call.entry.has_caller
    assert "ask who speaks" in page._several.text()
    assert page._several.isVisible()
    names = [row.parts[0].text for row in page.search.rows.rows()]
    assert sorted(names) == ["陈国栋", "陈晓梅"]
    for _ in range(names.index("陈国栋")):
        station.press(DOWN)
    station.press(ENTER)
    station.settle()
    assert (station.dock.call.entry.resident_id, station.dock.call.entry.phone) == (CHEN, SHARED)


def test_an_unknown_caller_can_be_a_name_and_a_number_for_this_order(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("15922077731")
    station.press(ENTER)  # nobody found: the panel opens with the number
    station.settle()
    station.type("路过的人")
    station.press(ENTER)
    station.settle()
    station.type("地库")
    station.settle()
    station.press(ENTER)
    station.type("有人按喇叭")
    station.ctrl(ENTER)
    assert the_order(station)["place_id"] == PLACE
    (reporter,) = station.rows("order_reporter")
    assert (reporter["resident_id"], reporter["name"], reporter["phone"]) == (None, "路过的人", "15922077731")


def test_an_unknown_caller_is_known_again_by_their_number_and_sees_their_open_order_first(station: Station) -> None:
    order_id = has_open(station, unit_id=None, place_id=PLACE, reporter={"name": "路过的人", "phone": "15922077731"})
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("15922077731")
    assert station.dock.call.has_open_order()
    assert station.dock.page.order.current().brief.id == order_id


def test_an_unknown_caller_becomes_a_resident_with_one_key(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("15922077731")
    station.press(ENTER)
    station.settle()
    station.type("卢文静")
    station.press(Qt.Key.Key_Tab)
    station.press(Qt.Key.Key_Tab)
    station.type("0304")
    station.settle()
    station.press(ENTER)
    station.alt(Qt.Key.Key_2)
    station.qtbot.waitUntil(lambda: bool(station.read(find_people, "15922077731", station.desk.person.streams)))
    station.settle()
    (hit,) = station.read(find_people, "15922077731", station.desk.person.streams)
    assert (hit.name, hit.unit, hit.relation) == ("卢文静", "3 幢 0304", "owner")
    assert station.dock.call.entry.resident_id == hit.resident_id
    assert station.dock.page.form.place.text() == "3 幢 0304"
    assert station.focus() is station.dock.page.form.what


def test_a_number_that_is_not_on_record_is_added_with_one_key(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("13922070000")
    station.settle()
    station.dock.page.search.line.selectAll()
    station.find_caller("weiguofu")
    assert station.dock.page.unknown_number.isVisible()
    station.alt(Qt.Key.Key_2)
    station.qtbot.waitUntil(lambda: station.dock.call.unknown_number() == "")
    card = station.read(person_card, WEI, station.clock.now())
    assert [phone[1] for phone in card.phones] == ["13922075518", "13922070000"]


def test_a_wrong_number_is_mended_on_the_spot(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("13922070000")
    station.settle()
    station.dock.page.search.line.selectAll()
    station.find_caller("weiguofu")
    station.alt(Qt.Key.Key_4)
    station.press(ENTER)
    station.qtbot.waitUntil(lambda: station.dock.call.unknown_number() == "")
    card = station.read(person_card, WEI, station.clock.now())
    assert [phone[1] for phone in card.phones] == ["13922070000"]


def test_what_is_asked_of_the_caller_has_the_main_button(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("15922077731")
    station.press(ENTER)
    station.settle()
    save = station.dock.footer.buttons["save"]
    assert save.property("role") == ""
    station.press(ENTER)  # they say no name
    station.settle()
    assert save.property("role") == "primary"
    said = [label.text() for label in station.dock.page.card.findChildren(QLabel) if label.isVisible()]
    assert said.count("159 2207 7731") == 1
    assert "159 2207 7731" not in station.dock.page.card.head._facts.text()


def test_who_may_not_send_nor_write_residents_down_is_not_offered_to(station: Station) -> None:
    own = station.desk.person.rights
    station.desk.person = station.desk.person._replace(rights=replace(own, roles={SITE: frozenset({Role.TECHNICIAN})}))
    station.ctrl(Qt.Key.Key_N)
    assert station.dock.footer.buttons["save"].isVisible()
    assert not station.dock.footer.buttons["dispatch"].isVisible()
    assert not station.actions.is_enabled("intake.dispatch")
    station.type("15922077731")
    station.press(ENTER)
    station.settle()
    station.type("路过的人")
    station.alt(Qt.Key.Key_2)
    assert station.dock.page.caller.isVisible()
    assert not station.dock.page.caller._record.isVisible()
    station.press(ENTER)
    station.settle()
    station.type("地库")
    station.settle()
    station.press(ENTER)
    station.type("有人按喇叭")
    station.ctrl(ENTER)
    the_order(station)
    assert station.dock.page.last.isVisible()
    assert not station.dock.page.last.first.isVisible()
    assert not station.actions.is_enabled("intake.correct")


def test_the_number_on_record_is_said_beside_the_one_that_replaces_it(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("weiguofu")
    station.alt(Qt.Key.Key_4)
    assert station.dock.page.caller._detail.text() == "on record: 139 2207 5518"


def test_a_number_that_is_none_is_refused_in_words(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("zzz")
    station.press(ENTER)
    station.settle()
    assert station.dock.page.caller.name.text() == "zzz"
    assert station.focus() is station.dock.page.caller.phone
    station.type("12")
    station.press(ENTER)
    assert station.dock.page.caller._fields[1].error()
    assert not station.dock.call.entry.has_caller


# ---------------------------------------------------------------------------------------------------------- open orders


def test_a_caller_with_an_open_order_gets_that_first(station: Station) -> None:
    order_id = has_open(station)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    page = station.dock.page
    assert page.order.isVisible()
    assert not page.form.isVisible()
    assert page.order.current().brief.id == order_id
    said = " ".join(fact._words.text() for fact in page.order._facts)
    for words in ("Reported", "reported 09:00", "take it in", "10:00", "not yet"):
        assert words in said


def test_a_chase_is_logged_by_one_key_and_opens_no_order(station: Station) -> None:
    order_id = has_open(station)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    assert "supervisor" not in station.dock.page.order._warning_text.text()
    station.type("the water is rising")
    station.ctrl(Qt.Key.Key_U)
    station.qtbot.waitUntil(lambda: station.orders()[0]["chase_count"] == 1)
    station.settle()
    assert [order["id"] for order in station.orders()] == [order_id]
    line = next(line for line in station.rows("timeline") if line["kind"] == "chased")
    assert json.loads(line["params"]) == {"count": 1, "note": "the water is rising"}
    assert station.rows("notice") == []
    assert station.dock.call.entry.is_empty


def test_no_key_but_its_own_chases_without_a_word(station: Station) -> None:
    order_id = has_open(station)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    for key in (ENTER, DOWN, Qt.Key.Key_Up, Qt.Key.Key_Tab):
        station.press(key)
    station.dock.page.order.note.setFocus()
    station.type("hello")
    station.press(DOWN)
    station.settle()
    assert station.orders()[0]["chase_count"] == 0
    assert station.dock.call.has_open_order()
    station.press(ENTER)
    station.qtbot.waitUntil(lambda: station.orders()[0]["chase_count"] == 1)
    assert station.orders()[0]["id"] == order_id


def test_the_second_chase_tells_the_supervisor_and_says_so_before(station: Station) -> None:
    has_open(station)
    for count in (1, 2):
        station.ctrl(Qt.Key.Key_N)
        station.find_caller("13800132046")
        said = station.dock.page.order._warning_text.text()
        assert ("supervisor" in said) is (count == 2)
        station.ctrl(Qt.Key.Key_U)
        station.qtbot.waitUntil(lambda: station.dock.call.entry.is_empty)
        station.settle()
    assert station.orders()[0]["chase_count"] == 2
    (notice,) = station.rows("notice")
    assert (notice["role"], notice["code"]) == ("supervisor", "notice_chased")


def test_a_chase_past_due_tells_the_supervisor_at_once(station: Station) -> None:
    has_open(station)
    station.clock.forward(minutes=62)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    assert "supervisor" in station.dock.page.order._warning_text.text()
    station.ctrl(Qt.Key.Key_U)
    station.qtbot.waitUntil(lambda: len(station.rows("notice")) == 1)
    assert station.rows("notice")[0]["code"] == "notice_chased_late"


@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_5, Qt.Key.Key_6])
def test_a_key_that_does_nothing_now_writes_nothing_either(station: Station, key: Qt.Key) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水")
    station.alt(key)
    assert station.dock.page.form.what.toPlainText() == "漏水"


def test_another_matter_gets_a_form_with_the_place_filled_in(station: Station) -> None:
    has_open(station)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    station.ctrl(Qt.Key.Key_J)
    assert station.dock.page.form.isVisible()
    assert station.focus() is station.dock.page.form.what
    station.type("door does not close")
    station.ctrl(ENTER)
    station.qtbot.waitUntil(lambda: len(station.orders()) == 2)


def test_the_open_order_is_opened_by_a_key_and_the_call_stays(station: Station) -> None:
    order_id = has_open(station)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    station.type("still dripping")
    with station.qtbot.waitSignal(station.desk.asked_for_order) as asked:
        station.ctrl(Qt.Key.Key_O)
    assert asked.args == [order_id]
    assert not station.dock.isVisible()
    station.page.setFocus()
    station.ctrl(Qt.Key.Key_N)
    assert station.dock.page.order.note.text() == "still dripping"


# -------------------------------------------------------------------------------------------------------------- doubles


def test_a_double_is_offered_before_saving_and_joined_by_a_key(station: Station) -> None:
    order_id = has_open(station, place_id=PLACE, unit_id=None)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.press(Qt.Key.Key_Tab, SHIFT)
    station.dock.page.form.place.line.selectAll()
    station.type("地库")
    station.settle()
    station.press(ENTER)
    station.type("漏水")
    station.settle()
    offered = station.dock.page.duplicates.current()
    assert offered is not None
    assert offered.id == order_id
    station.alt(Qt.Key.Key_1)
    station.qtbot.waitUntil(lambda: len(station.rows("order_reporter")) == 2)
    station.settle()
    assert [order["id"] for order in station.orders()] == [order_id]
    assert station.dock.call.entry.is_empty
    assert "260916-07-001"[2:] in station.said[-1].text


def test_a_double_must_be_answered_once_before_a_new_order_is_saved(station: Station) -> None:
    has_open(station, reporter={"name": "x"})
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    station.ctrl(Qt.Key.Key_J)
    station.type("漏水")
    station.ctrl(ENTER)
    station.settle()
    assert len(station.orders()) == 1
    station.ctrl(ENTER)
    station.qtbot.waitUntil(lambda: len(station.orders()) == 2)


def test_the_order_that_may_be_the_same_is_looked_at_by_a_key_and_the_call_stays(station: Station) -> None:
    order_id = has_open(station, reporter={"name": "x"})
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    station.ctrl(Qt.Key.Key_J)
    station.type("漏水")
    station.settle()
    with station.qtbot.waitSignal(station.desk.asked_for_order) as asked:
        station.ctrl(Qt.Key.Key_O)
    assert asked.args == [order_id]
    station.page.setFocus()
    station.ctrl(Qt.Key.Key_N)
    assert station.dock.page.form.what.toPlainText() == "漏水"
    assert station.dock.page.duplicates.isVisible()


def test_what_is_not_the_same_is_not_offered_again(station: Station) -> None:
    has_open(station, reporter={"name": "x"})
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    station.ctrl(Qt.Key.Key_J)
    station.type("漏水")
    station.settle()
    assert station.dock.page.duplicates.isVisible()
    assert station.dock.footer.buttons["save"].property("role") == ""
    station.alt(Qt.Key.Key_0)
    assert station.dock.footer.buttons["save"].property("role") == "primary"
    assert not station.dock.page.duplicates.isVisible()
    station.ctrl(ENTER)
    station.qtbot.waitUntil(lambda: len(station.orders()) == 2)


def test_no_order_of_another_flat_is_ever_offered(station: Station) -> None:
    has_open(station, unit_id=UNIT)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水")
    station.settle()
    assert station.dock.call.duplicates == []
    station.ctrl(ENTER)
    station.qtbot.waitUntil(lambda: len(station.orders()) == 2)


# ---------------------------------------------------------------------------------------------------------- data errors


def test_what_is_corrected_after_saving_is_kept_as_an_error_of_the_report(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水")
    station.ctrl(ENTER)
    the_order(station)
    station.alt(Qt.Key.Key_5)
    station.settle()
    assert station.focus() is station.dock.page.form.what
    station.press(Qt.Key.Key_End)
    station.type("，厨房")
    station.ctrl(ENTER)
    station.qtbot.waitUntil(lambda: station.orders()[0]["description"] == "漏水，厨房")
    station.settle()
    assert [(row["field"], row["kind"]) for row in station.rows("data_error")] == [("description", "corrected")]
    assert station.drafts() == []


def test_an_order_that_was_undone_or_changed_elsewhere_is_not_corrected_here(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水了")
    station.ctrl(ENTER)
    order = the_order(station)
    station.settle()
    station.alt(Qt.Key.Key_5)
    assert str(order["number"])[2:] in station.dock.header._title.text()
    station.type("，很急")  # after what stands there
    station.ctrl(ENTER)
    station.qtbot.waitUntil(lambda: station.orders()[0]["description"] == "漏水了，很急")
    station.settle()
    assert station.dock.page.last.isVisible()
    station.desk.undo()
    station.qtbot.waitUntil(lambda: not station.dock.page.last.isVisible())
    assert station.orders()[0]["description"] == "漏水了"
    assert not station.actions.is_enabled("intake.correct")


def test_a_home_that_stood_there_and_was_typed_again_is_kept_as_asked_again(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.press(Qt.Key.Key_Tab, SHIFT)
    station.dock.page.form.place.line.selectAll()
    station.press(Qt.Key.Key_Delete)
    station.type("0902")
    station.settle()
    station.press(ENTER)
    station.type("漏水")
    station.ctrl(ENTER)
    the_order(station)
    assert [(row["field"], row["kind"]) for row in station.rows("data_error")] == [("place", "asked_again")]


def test_the_desk_can_mark_what_had_to_be_said_again(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水")
    station.alt(Qt.Key.Key_9)
    assert station.dock.page.form.rows["description"]._again.isVisible()
    station.ctrl(ENTER)
    the_order(station)
    assert [(row["field"], row["kind"]) for row in station.rows("data_error")] == [("description", "asked_again")]


# ------------------------------------------------------------------------------------------------------------ bad input


def test_direction_marks_tags_and_emoji_are_shown_as_they_are_and_do_no_harm(station: Station) -> None:
    name = "\u202e<b>王</b>😀\u200f"
    station.do(AddResident(site_id=SITE, id=an_id("odd"), name=name, phone="13611112222"))
    station.settle()
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13611112222")
    assert station.dock.call.entry.name == "<b>王</b>😀"
    station.type("<u>屋顶</u>\u202e")
    station.press(Qt.Key.Key_Tab)
    station.type("<img src=x> 😀 \u202eevil")
    station.settle()
    station.dock.grab()
    labels = station.dock.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    station.ctrl(ENTER)
    order = the_order(station)
    assert (order["description"], order["place_label"]) == ("<img src=x> 😀 evil", "<u>屋顶</u>")


def test_a_megabyte_of_text_is_refused_in_words_and_not_lost(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    text = "水管漏了。\n" * 170_000
    station.type(text)
    station.settle()
    rows = station.dock.page.form.rows
    assert f"{len(text)}" in rows["description"].error()
    assert f"{TEXT_LIMIT}" in rows["description"].error()
    station.ctrl(ENTER)
    station.settle()
    assert station.orders() == []
    assert station.dock.call.entry.description == text
    station.qtbot.waitUntil(lambda: any(draft.body.get("description") == text for draft in station.drafts()))


def test_a_megabyte_in_the_one_line_fields_is_refused_in_words(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("水" * 1_000_000)
    station.settle()
    station.dock.page.search.line.clear()
    station.dock.page.form.place.setFocus()
    station.type("屋" * 1_000_000)
    station.press(Qt.Key.Key_Tab)
    station.type("x")
    station.ctrl(ENTER)
    station.settle()
    assert station.dock.page.form.rows["place"].error()
    assert station.orders() == []


def test_an_order_that_is_refused_comes_back_with_its_words(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13922075518")
    station.type("漏水了")
    station.settle()
    station.desk.person = station.desk.person._replace(
        rights=station.desk.person.rights.__class__(station.desk.person.user_id)
    )
    station.ctrl(ENTER)
    station.qtbot.waitUntil(lambda: bool(station.said))
    station.settle()
    assert station.said[-1].tone == "danger"
    assert station.dock.page.form.what.toPlainText() == "漏水了"
    assert station.dock.call.entry.name == "魏国富"


# ----------------------------------------------------------------------------------------------------------- the widget


def test_every_part_has_an_accessible_name(station: Station) -> None:
    has_open(station)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    for view in (station.dock.page, station.dock.drafts, station.dock.header, station.dock.footer):
        for widget in view.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(view):
                words = widget.text() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or words, widget


def test_every_text_is_translated(station: Station, qtbot: QtBot) -> None:
    translator = PseudoTranslator()
    station.ctrl(Qt.Key.Key_N)
    station.settle()
    QCoreApplication.installTranslator(translator)
    try:
        station.qtbot.waitUntil(lambda: station.dock.accessibleName().startswith("["))
        station.settle()
        plain = [
            label.text()
            for label in station.dock.findChildren(QLabel)
            if label.isVisible() and label.text() and not label.text().startswith("[") and label.text() != "*"
        ]
        assert plain == []
        buttons = [
            button.text()
            for button in station.dock.findChildren(QAbstractButton)
            if button.isVisible() and button.text()
        ]
        assert all(text.startswith("[") for text in buttons), buttons
    finally:
        QCoreApplication.removeTranslator(translator)


def test_the_dock_is_narrower_in_a_narrow_window(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.window.resize(1366, 768)
    station.qtbot.waitUntil(lambda: station.dock.width() == NARROW_WIDTH)
    station.window.resize(1440, 900)
    station.qtbot.waitUntil(lambda: station.dock.width() == 480)


def test_a_change_from_elsewhere_is_shown_without_being_asked_for(station: Station) -> None:
    order_id = has_open(station)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    edit = EditWorkOrder(id=order_id, set=WorkOrderFields(description="水已退"))
    station.do(edit)
    station.qtbot.waitUntil(lambda: station.dock.page.order.current().brief.text == "水已退")


@pytest.mark.parametrize("typed", ["13800132046", "zzz", SHARED])
def test_nothing_is_cut_off_in_the_narrow_dock(station: Station, typed: str) -> None:
    has_open(station)
    station.window.resize(1366, 768)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller(typed)
    area = station.dock.page.area
    ground = area.widget()
    assert ground is not None
    assert ground.minimumSizeHint().width() <= area.viewport().width()
    station.ctrl(Qt.Key.Key_J)
    station.type("漏水")
    station.settle()
    assert ground.minimumSizeHint().width() <= area.viewport().width()
    assert station.dock.footer.minimumSizeHint().width() <= station.dock.width()


def test_numbers_in_a_list_are_whole_only_for_somebody_who_typed_digits(station: Station) -> None:
    station.ctrl(Qt.Key.Key_N)
    station.type("wuguifang")
    station.settle()
    assert [row.right.text for row in station.dock.page.search.rows.rows()] == ["138 **** 2046"]
    station.dock.page.search.line.selectAll()
    station.type("2046")
    station.settle()
    assert [row.right.text for row in station.dock.page.search.rows.rows()] == ["138 0013 2046"]


def test_what_is_left_of_a_clock_is_said_anew_as_time_passes(station: Station) -> None:
    has_open(station)
    station.ctrl(Qt.Key.Key_N)
    station.find_caller("13800132046")
    box = station.dock.page.order
    assert box._pill.accessibleName() == "1:00 left"
    station.clock.forward(minutes=61)
    station.dock.page._clock.timeout.emit()
    assert box._pill.accessibleName() == "1m over"
    assert "supervisor" in box._warning_text.text()
