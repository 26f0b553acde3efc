"""The places page: tree, residents, orders, equipment, and mending them on the spot."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.commands.steps import CancelWorkOrder
from app.db.companies import Site
from app.db.ownership import stream_of
from app.db.work_orders import DataError
from app.domain.permissions import Role
from app.domain.work_orders import CancelReason, State
from app.ui.pages.places.page import PlacesPage
from app.ui.pages.places.tree import _node
from app.ui.pages.places.wording import floor_words, read_day
from app.ui.theme.apply import apply_theme
from app.ui.theme.theme import make_theme
from app.ui.widgets.buttons import Button
from tests.factories import BUILDING, CLERK, LIFT, OTHER_SITE, PLACE, SITE, UNIT, a_step, an_id
from tests.ui.pages.places_desk import CELLAR, GARDEN, LOFT, METER, ONLY_WORK, PlacesDesk
from tests.ui.pages.queue_desk import STREAMS, QueueDesk
from tests.ui.pseudo import PseudoTranslator
from tests.ui.sight import nameless, untranslated

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def places(queue: QueueDesk, qtbot: QtBot) -> Iterator[PlacesDesk]:
    """Lend the page over a desk."""
    desk = PlacesDesk(queue, qtbot)
    yield desk
    desk.close()


def button(places: PlacesDesk, name: str) -> QAbstractButton:
    """The button of the person's pane that says or is called so."""
    found = places.page.person.findChildren(QAbstractButton)
    return next(one for one in found if name in (one.text(), one.accessibleName()) and not one.isHidden())


def phones(places: PlacesDesk) -> list[tuple[str, str]]:
    person = places.page.person._person
    return [(digits, label) for _, digits, label, _ in person.phones] if person else []


def go_in_tree(places: PlacesDesk, kind: str, row_id: str) -> None:
    item = places.page.tree._find(kind, row_id)
    assert item is not None
    places.page.tree.setCurrentItem(item)


# ------------------------------------------------------------------------------------------------------------- the tree


def test_the_tree_shows_sites_buildings_entrances_floors_and_units(places: PlacesDesk) -> None:
    places.page.tree._find("building", BUILDING).setExpanded(True)  # type: ignore[union-attr]
    places.qtbot.waitUntil(lambda: places.item("unit", UNIT) is not None)
    said = [(node.kind, node.text, node.note) for node in places.nodes() if node.kind != "group"]
    assert ("site", "Lanwan Court", "4 unit(s)") in said
    assert ("building", "3 幢", "4") in said
    assert ("entrance", "Entrance 1", "2") in said
    assert ("entrance", "北门", "1") in said
    assert ("floor", "Floor 15", "1") in said
    assert ("floor", "Basement 1", "1") in said
    assert ("unit", "阁楼", "Vacant") in said
    assert ("place", "屋顶花园", "") in said
    assert ("asset", "3-1-1# 客梯", "") in said


def test_a_unit_without_a_known_floor_hangs_at_its_entrance(places: PlacesDesk) -> None:
    places.go_to("unit", LOFT)
    places.qtbot.waitUntil(lambda: places.item("unit", LOFT) is not None)
    item = places.item("unit", LOFT)
    parent = item.parent() if item is not None else None
    assert parent is not None
    assert _node(parent).text == "北门"


def test_going_to_a_unit_opens_the_branches_that_lead_there(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.qtbot.waitUntil(lambda: places.item("unit", UNIT) is places.page.tree.currentItem())
    assert places.page.head._title.text() == "3 幢 1502"
    assert places.page.head._path.text() == "3 幢 › Entrance 1 › Floor 15"
    places.go_to("unit", CELLAR)
    assert places.page.head._path.text() == "3 幢 › Basement 1"


def test_the_tree_leads_to_the_place_gone_to(places: PlacesDesk) -> None:
    go_in_tree(places, "building", BUILDING)
    places.wait_shown(BUILDING)
    assert places.page.head._path.text() == "Lanwan Court"
    assert places.page.residents.isHidden()
    go_in_tree(places, "site", SITE)
    assert places.page._card is not None
    assert places.page._card.id == BUILDING


def test_a_unit_whose_order_is_late_is_marked_in_the_tree(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.queue.order(minutes_ago=600)
    places.qtbot.waitUntil(lambda: [node.late for node in places.nodes() if node.id == UNIT] == [1])
    assert [node.late for node in places.nodes() if node.text == "Floor 15"] == [1]
    assert places.page.tree.grab().toImage().width() > 0


def test_the_tree_follows_the_site_chosen_and_new_sites(places: PlacesDesk) -> None:
    assert places.page.tree._find("site", SITE) is not None
    places.desk.choose_site(OTHER_SITE)
    places.qtbot.waitUntil(lambda: _is_open(places, OTHER_SITE))
    site = Site(id="0191f0a0-0000-7000-8000-0000000000aa", name_zh="新项目", name_en="New site", kind="mall")
    site.stream_id = stream_of("site", site.id)
    places.desk.person = places.desk.person._replace(streams=places.desk.person.streams | {stream_of("unit", site.id)})
    places.queue.put([site])
    places.qtbot.waitUntil(lambda: places.item("site", site.id) is not None)


def _is_open(places: PlacesDesk, site_id: str) -> bool:
    item = places.item("site", site_id)
    return item is not None and item.isExpanded()


# ----------------------------------------------------------------------------------------------------------- searching


@pytest.mark.parametrize(
    ("typed", "found"), [("1502", UNIT), ("3幢1502", UNIT), ("地库", PLACE), ("客梯", LIFT), ("W-1502", METER)]
)
def test_the_search_goes_to_what_is_meant(typed: str, found: str, places: PlacesDesk) -> None:
    places.press(Qt.Key.Key_F, CTRL)
    assert places.page._search.hasFocus()
    places.page._search.setText(typed)
    places.press(Qt.Key.Key_Return, at=places.page._search)
    places.wait_shown(found)


def test_a_search_in_vain_is_marked(places: PlacesDesk) -> None:
    search = places.page._search
    search.setText("no such place")
    places.press(Qt.Key.Key_Return, at=search)
    places.qtbot.waitUntil(lambda: search.property("error") is True)
    search.clear()
    places.press(Qt.Key.Key_Return, at=search)


# -------------------------------------------------------------------------------------------------------- the residents


def test_the_first_resident_is_current_and_shown_beside(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    table = places.page.residents.table
    rows = [table.rows.row(row_id) for row_id in table.rows.ids()]
    said = [[column.text(row) for column in table.rows.columns] for row in rows if row is not None]
    assert said == [
        ["吴桂芳", "Owner", "138 0013 2046", "Elderly", "2019-04-12"],
        ["丁岚", "Former tenant", "no telephone", "", "2016-05-01 to 2019-03-31"],
    ]
    assert places.page.residents._count.text() == "1 person(s)"
    table.go_to_row(1)
    places.wait_person("丁岚")
    assert places.page.person._relation.text() == "Tenant, since 2016-05-01, until 2019-03-31"
    assert table.grab().toImage().width() > 0


def test_a_resident_is_added_at_one_line(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.press(Qt.Key.Key_R, CTRL, SHIFT)
    form = places.page.residents
    assert form._name.hasFocus()
    places.press(Qt.Key.Key_Return, at=form._name)
    assert not form._form.isHidden()
    form._name.setText("贺远航")
    form._phone.setText("139 2207 8830")
    form._relation.setCurrentIndex(form._relation.findData("family"))
    places.press(Qt.Key.Key_Return, at=form._phone)
    places.wait_card(lambda card: "贺远航" in [one.name for one in card.residents])
    added = next(one for one in places.card().residents if one.name == "贺远航")
    assert (added.relation, added.phone, added.since) == ("family", "13922078830", "2026-09-16")
    places.qtbot.waitUntil(lambda: form._count.text() == "2 person(s)")
    assert form._form.isHidden()


def test_a_telephone_is_added_mended_and_removed(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    button(places, "Add a telephone").click()
    form = places.page.person.phone_form
    form.number.setText("0571 0000 2046")
    form.label.setText("家里，18 点后")
    places.press(Qt.Key.Key_Return, at=form.label)
    places.qtbot.waitUntil(lambda: ("057100002046", "家里，18 点后") in phones(places))
    button(places, "Mend 057100002046").click()
    assert (form.number.text(), form.label.text()) == ("057100002046", "家里，18 点后")
    form.number.setText("0571 0000 2047")
    form._keep.click()
    places.qtbot.waitUntil(lambda: "057100002047" in [digits for digits, _ in phones(places)])
    button(places, "Remove 057100002047").click()
    places.qtbot.waitUntil(lambda: phones(places) == [("13800132046", "")])
    places.queue.desk.undo()
    places.qtbot.waitUntil(lambda: len(phones(places)) == 2)


def test_a_number_is_copied_and_a_form_left_changes_nothing(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    button(places, "Copy 13800132046").click()
    assert QGuiApplication.clipboard().text() == "13800132046"
    form = places.page.person.phone_form
    button(places, "Add a telephone").click()
    places.press(Qt.Key.Key_Return, at=form.number)
    assert not form.isHidden()
    places.press(Qt.Key.Key_A, at=form)
    places.press(Qt.Key.Key_Escape, at=form.number)
    assert form.isHidden()
    assert phones(places) == [("13800132046", "")]


def test_a_number_that_is_none_is_refused_in_words(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    form = places.page.person.phone_form
    form.open("", "")
    form.number.setText("no number")
    form.keep()
    places.qtbot.waitUntil(lambda: [said.tone for said in places.queue.said] == ["danger"])
    assert (form.isHidden(), form.number.text()) == (False, "no number")


def test_what_was_refused_can_be_mended_where_it_was_typed(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    residents, person = places.page.residents, places.page.person
    residents.add()
    residents._name.setText("贺远航")
    residents._phone.setText("no number")
    places.press(Qt.Key.Key_Return, at=residents._phone)
    places.qtbot.waitUntil(lambda: len(places.queue.said) == 1)
    assert not residents._form.isHidden()
    residents._phone.clear()
    places.press(Qt.Key.Key_Return, at=residents._phone)
    places.wait_card(lambda card: "贺远航" in [one.name for one in card.residents])
    places.qtbot.waitUntil(lambda: residents._name.text() == "")
    assert residents._form.isHidden()

    button(places, "Edit").click()
    person.name_field.setText("\u202e")
    places.press(Qt.Key.Key_Return, at=person.name_field)
    places.qtbot.waitUntil(lambda: places.queue.said[-1].tone == "danger")
    assert not person.name_field.isHidden()
    person.name_field.setText("吴桂芬")
    places.press(Qt.Key.Key_Return, at=person.name_field)
    places.wait_person("吴桂芬")


def test_a_form_stays_until_what_is_in_it_was_kept(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.wait_shown(UNIT)
    places.press(Qt.Key.Key_F2)
    form = places.page.editing._form
    assert form is not None
    form._inputs["label"].setText("\u202e")  # type: ignore[union-attr]
    places.press(Qt.Key.Key_Return, CTRL, at=form)
    places.qtbot.waitUntil(lambda: [said.tone for said in places.queue.said] == ["danger"])
    assert places.page.editing._form is form


def test_a_flag_is_set_with_its_last_day_and_taken_off(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    button(places, "Take off: Elderly").click()
    places.wait_card(lambda card: card.residents[0].exemptions == ())
    button(places, "Add a flag").click()
    form = places.page.person.flag_form
    form.kind.setCurrentIndex(form.kind.findData("disabled"))
    form.note.setText("轮椅")
    form.until.setText("tomorrow")
    places.press(Qt.Key.Key_Return, at=form.until)
    assert (form.until.property("error"), form.isHidden()) == (True, False)
    form.until.setText("2027/6/30")
    assert form.until.property("error") is False
    places.press(Qt.Key.Key_Return, at=form.until)
    places.wait_card(lambda card: card.residents[0].exemptions == (("disabled", "2027-06-30"),))


def test_a_name_is_mended(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    pane = places.page.person
    pane._edit.click()
    assert pane.name_field.hasFocus()
    pane.name_field.setText("吴桂芬")
    places.press(Qt.Key.Key_Return, at=pane.name_field)
    places.wait_person("吴桂芬")
    pane._edit.click()
    places.press(Qt.Key.Key_Return, at=pane.name_field)
    assert pane.name_field.isHidden()


def test_moving_out_is_entered_and_taken_back(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    button(places, "Record a move-out").click()
    places.wait_card(lambda card: [one.until for one in card.residents if one.name == "吴桂芳"] == ["2026-09-16"])
    places.desk.undo()
    places.wait_card(lambda card: [one.until for one in card.residents if one.name == "吴桂芳"] == [None])


def test_who_may_only_look_is_offered_no_mending(places: PlacesDesk) -> None:
    places.queue.grant(Role.TECHNICIAN)
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    page = places.page
    assert [part.isHidden() for part in (page.head._edit, page.residents._add, page.person._edit)] == [True] * 3
    page.residents.add()
    assert page.residents._form.isHidden()
    places.press(Qt.Key.Key_F2)
    assert page._side.currentIndex() == 0
    names = [one.accessibleName() for one in page.person.findChildren(Button) if not one.isHidden()]
    assert "Remove 13800132046" not in names


def test_who_may_not_see_people_sees_the_place_alone(places: PlacesDesk) -> None:
    places.desk.person = places.desk.person._replace(streams=ONLY_WORK)
    places.go_to("unit", UNIT)
    assert places.page.residents.table.rows.ids() == []
    assert places.page.residents._nobody.text() == "Residents are not visible to you."
    assert places.page.person.isHidden()


# ------------------------------------------------------------------------------------------------------ mending a place


def test_a_unit_is_corrected_with_f2_and_only_what_changed_is_sent(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.press(Qt.Key.Key_F2)
    form = places.page.editing._form
    assert form is not None
    assert form.values()["label"] == "3 幢 1502"
    layout, occupancy = form._inputs["layout"], form._inputs["occupancy"]
    assert isinstance(layout, QLineEdit)
    assert isinstance(occupancy, QComboBox)
    layout.setText("三室两厅")
    occupancy.setCurrentIndex(1)
    places.press(Qt.Key.Key_Return, CTRL, at=form)
    places.wait_card(lambda card: (card.layout, card.occupancy, card.label) == ("三室两厅", "vacant", "3 幢 1502"))
    places.qtbot.waitUntil(lambda: "三室两厅" in _facts(places))
    assert places.page.editing._form is None


def test_a_form_left_or_kept_unchanged_does_nothing(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    for key, modifier in ((Qt.Key.Key_Escape, ()), (Qt.Key.Key_Return, (CTRL,))):
        places.press(Qt.Key.Key_F2)
        form = places.page.editing._form
        assert form is not None
        places.press(Qt.Key.Key_A, at=form)
        places.press(key, *modifier, at=form)
        assert places.page.editing._form is None
    assert places.queue.said == []


@pytest.mark.parametrize(("kind", "row_id", "field"), [("place", GARDEN, "name"), ("asset", METER, "note")])
def test_places_and_equipment_are_corrected_too(kind: str, row_id: str, field: str, places: PlacesDesk) -> None:
    places.go_to(kind, row_id)
    places.page.head._edit.click()
    form = places.page.editing._form
    assert form is not None
    line = form._inputs[field]
    assert isinstance(line, QLineEdit)
    line.setText("空中花园")
    form._on_keep()
    shown = (lambda card: card.name) if field == "name" else (lambda card: card.note)
    places.qtbot.waitUntil(lambda: shown(places.page._card) == "空中花园")


def test_a_building_has_nothing_to_correct(places: PlacesDesk) -> None:
    places.go_to("building", BUILDING)
    places.press(Qt.Key.Key_F2)
    assert places.page.editing._form is None
    assert places.page.head._edit.isHidden()


def _facts(places: PlacesDesk) -> list[str]:
    return [one.text() for one in places.page.head.findChildren(type(places.page.head._title))]


# ------------------------------------------------------------------------------------------------ orders and equipment


def test_chips_choose_which_orders_of_the_place_are_listed(places: PlacesDesk) -> None:
    old = places.queue.order("去年的漏水", minutes_ago=60 * 24 * 500)
    closed = places.queue.order("旧的", minutes_ago=300)
    places.queue.do(CancelWorkOrder(work_order_id=closed, from_state=State.REPORTED, reason=CancelReason.WITHDRAWN))
    late = places.queue.order("迟了", minutes_ago=600)
    places.go_to("unit", UNIT)
    orders = places.page.orders
    places.qtbot.waitUntil(lambda: set(orders._model.ids()) == {old, closed, late})
    assert [chip.accessibleName() for chip in orders._chips.values()] == ["All 3", "Open 2", "Last year 2"]
    orders._chips["open"].click()
    places.qtbot.waitUntil(lambda: set(orders._model.ids()) == {old, late})
    orders._chips["year"].click()
    places.qtbot.waitUntil(lambda: set(orders._model.ids()) == {closed, late})
    texts = {row_id: _said(places, row_id) for row_id in (closed, late)}
    assert texts[closed][-1] == "Withdrawn by the resident"
    assert texts[late][-1].endswith("over")
    orders.table.opened.emit(late)
    assert orders.grab().toImage().width() > 0


def _said(places: PlacesDesk, row_id: str) -> list[str]:
    model = places.page.orders._model
    row = model.row(row_id)
    assert row is not None
    return [column.text(row) for column in model.columns]


def test_an_order_that_ended_says_how_long_it_took(places: PlacesDesk) -> None:
    for text, took in (("快", 30), ("慢", 400)):
        order_id = places.queue.sent(text, minutes_ago=500)
        at = places.desk.clock.now() - timedelta(minutes=495)
        for state, to in (("dispatched", "accepted"), ("accepted", "on_site")):
            places.queue.do(a_step(order_id, to, from_state=state, is_by_phone=True, happened_at=at))
        places.queue.do(
            a_step(
                order_id,
                "done",
                from_state="on_site",
                is_by_phone=True,
                result="修好",
                happened_at=at + timedelta(minutes=took),
            )
        )
    places.go_to("unit", UNIT)
    places.qtbot.waitUntil(lambda: len(places.page.orders._model.ids()) == 2)
    ended = {_said(places, row_id)[3]: _said(places, row_id)[-1] for row_id in places.page.orders._model.ids()}
    assert re.fullmatch(r"\d+m", ended["快"])
    assert re.fullmatch(r"missed, \d:\d\d", ended["慢"])


def test_more_orders_are_listed_when_asked_for(places: PlacesDesk) -> None:
    for number in range(8):
        places.queue.order(f"第 {number} 张", minutes_ago=number)
    places.go_to("unit", UNIT)
    orders = places.page.orders
    places.qtbot.waitUntil(lambda: len(orders._model.ids()) == 6)
    assert orders._more.text() == "2 earlier"
    orders._more.click()
    places.qtbot.waitUntil(lambda: len(orders._model.ids()) == 8)
    assert orders._more.isHidden()


def test_a_place_without_orders_says_so(places: PlacesDesk) -> None:
    places.go_to("unit", CELLAR)
    places.qtbot.waitUntil(places.page.orders._empty.isVisible)
    assert places.page._foot.isHidden()


def test_the_open_order_of_a_place_is_looked_at_and_a_new_one_opened(places: PlacesDesk) -> None:
    asked: list[str] = []
    places.desk.asked_for_order.connect(asked.append)
    places.desk.asked_for_intake.connect(asked.append)
    order_id = places.queue.order()
    places.go_to("unit", UNIT)
    places.qtbot.waitUntil(lambda: places.page.orders.first_open() == order_id)
    places.qtbot.waitUntil(places.page.open_order.isVisible)
    places.press(Qt.Key.Key_O, CTRL)
    places.press(Qt.Key.Key_N, CTRL, SHIFT)
    places.go_to("place", PLACE)
    places.page.head._order.click()
    assert asked == [order_id, "3 幢 1502", "地库 B1"]


def test_equipment_leads_to_itself(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    things = places.page.things
    places.qtbot.waitUntil(lambda: bool(things.findChildren(Button)))
    things.findChildren(Button)[0].click()
    places.wait_shown(METER)
    assert "W-1502" in _facts(places)


def test_what_reports_from_the_unit_got_wrong_is_listed(places: PlacesDesk) -> None:
    order_id = places.queue.order()
    error = DataError(
        id=an_id("error"),
        stream_id=stream_of("data_error", SITE),
        work_order_id=order_id,
        field="phone",
        kind="corrected",
        noted_at=places.desk.clock.now(),
        user_id=CLERK,
    )
    places.queue.put([error])
    places.go_to("unit", UNIT)
    places.qtbot.waitUntil(lambda: bool(places.page.things._corrections))
    said = [one.text() for one in places.page.things.findChildren(type(places.page.head._title))]
    assert any("林晓雨" in text and "Phone" in text for text in said)


# ------------------------------------------------------------------------------------------------------- room and words


def test_the_pane_gives_way_to_the_tables_and_is_brought_by_key(places: PlacesDesk) -> None:
    places.queue.order()
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    page = places.page
    places.qtbot.waitUntil(page.orders.table.isVisible)
    assert page._right.isVisible()
    page.resize(1000, 700)
    places.qtbot.waitUntil(page._right.isHidden)
    page.tree.setFocus()
    for stop in (page.residents.table, page.orders.table):
        places.press(Qt.Key.Key_F6)
        assert page.focusWidget() is stop
        assert page._right.isHidden()
    places.press(Qt.Key.Key_F6)
    assert page._side.isAncestorOf(page.focusWidget())
    assert page._right.isVisible()
    places.press(Qt.Key.Key_F6)
    assert page.focusWidget() is page.tree
    assert page._right.isHidden()


def test_the_pane_gives_way_to_a_dock_of_the_window(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    page = places.page
    page.take_side(is_taken=True)
    assert page._right.isHidden()
    page.take_side(is_taken=False)
    assert page._right.isVisible()


def test_looking_again_reads_the_place_anew(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    with places.qtbot.waitSignal(places.page.tree.itemExpanded):
        places.press(Qt.Key.Key_F5)


def test_a_place_that_is_gone_is_shown_no_more(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.page.show_place("unit", "0191f0a0-0000-7000-8000-00000000dead")
    places.qtbot.waitUntil(lambda: places.page._stack.currentIndex() == 0)
    assert places.page._right.isHidden()
    places.press(Qt.Key.Key_F2)
    places.press(Qt.Key.Key_N, CTRL, SHIFT)


def test_a_larger_scale_reaches_every_part(places: PlacesDesk, qapp: QApplication) -> None:
    places.go_to("unit", UNIT)
    width = places.page._right.width()
    apply_theme(qapp, make_theme("dark", "en", 1.3))
    assert places.page._right.width() > width
    assert places.page.tree.indentation() == 21


def test_every_part_has_a_name_and_every_text_is_translated(places: PlacesDesk, qapp: QApplication) -> None:
    places.queue.order(minutes_ago=600)
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    pane, page = places.page.person, places.page
    pane.flag_form.open()
    pane.phone_form.open("", "")
    page.residents.add()
    assert nameless(page) == []
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    try:
        places.qtbot.waitUntil(lambda: page.residents._title.text().startswith("["))
        places.qtbot.waitUntil(lambda: page.orders._chips["all"].accessibleName().startswith("["))
        places.wait_person("吴桂芳")
        data = ("P3", "P1", "吴桂芳", "Lanwan", "Qiming", "水表", "漏水")
        assert untranslated(page, data) == []
        places.qtbot.waitUntil(lambda: _branches(places) == {"[", "北"})
        assert places.item("unit", UNIT) is page.tree.currentItem()
        places.press(Qt.Key.Key_F2)
        assert page.editing._form is not None
        assert untranslated(page.editing, data) == []
        assert nameless(page.editing) == []
    finally:
        qapp.removeTranslator(translator)


def _branches(places: PlacesDesk) -> set[str]:
    """How the words of the branches begin."""
    return {node.text[:1] for node in places.nodes() if node.kind in ("floor", "group", "entrance")}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-06-30", "2027-06-30"),
        ("2027/6/3", "2027-06-03"),
        ("2027.13.1", None),
        ("soon", None),
        ("20270630", "2027-06-30"),
    ],
)
def test_a_day_is_read_however_it_is_written(typed: str, day: str | None) -> None:
    assert read_day(typed) == day


def test_a_floor_that_is_not_known_is_not_said() -> None:
    assert (floor_words(0), floor_words(-2), floor_words(7)) == ("", "Basement 2", "Floor 7")


# --------------------------------------------------------------------------------------------------- what is not there


def test_an_asset_of_a_unit_is_shown_while_the_tree_stands_at_the_unit(places: PlacesDesk) -> None:
    places.go_to("asset", METER)
    places.qtbot.waitUntil(lambda: places.item("unit", UNIT) is not None)
    assert places.page.tree.currentItem() is places.item("unit", UNIT)
    assert places.page.head._title.text() == "水表"
    assert places.page.head._path.text().endswith("› 3 幢 › 1502")


def test_a_search_that_finds_nothing_says_so_until_something_else_is_typed(places: PlacesDesk) -> None:
    search = places.page._search
    search.setFocus()
    places.qtbot.keyClicks(search, "zzz")
    places.press(Qt.Key.Key_Return, at=search)
    places.qtbot.waitUntil(places.page._found_none.isVisible)
    assert search.accessibleDescription() == places.page._found_none.text()
    places.qtbot.keyClicks(search, "z")
    assert not places.page._found_none.isVisible()


def test_a_unit_without_people_and_things_says_so(places: PlacesDesk) -> None:
    places.go_to("unit", CELLAR)
    assert places.page.residents._nobody.isVisible()
    assert not places.page.residents.table.isVisible()
    assert places.page._nothing.isVisible()


def test_the_name_gives_way_to_the_field_that_mends_it(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    person = places.page.person
    places.qtbot.waitUntil(lambda: bool(person.residence_id()))
    person._edit.click()
    assert person.name_field.isVisible()
    assert not person._name.isVisible()
    places.press(Qt.Key.Key_Return, at=person.name_field)
    assert person._name.isVisible()


def test_a_page_without_any_site_says_where_places_come_from(places: PlacesDesk) -> None:
    places.desk.person = places.desk.person._replace(streams=frozenset())
    page = PlacesPage(places.desk)
    places.qtbot.addWidget(page)
    places.qtbot.waitUntil(lambda: page._empty._sentence.text() == "No places yet")
    places.desk.person = places.desk.person._replace(streams=STREAMS)
    page.tree.reload()
    places.qtbot.waitUntil(lambda: page._empty._sentence.text() == "Choose a place")


def test_the_keyboard_stays_in_the_pane_when_a_form_of_it_is_left(places: PlacesDesk) -> None:
    places.go_to("unit", UNIT)
    places.wait_person("吴桂芳")
    person = places.page.person
    person._add_phone.click()
    assert person.phone_form.number.hasFocus()
    places.press(Qt.Key.Key_Escape, at=person.phone_form.number)
    assert person._add_phone.hasFocus()
    person._add_flag.click()
    places.press(Qt.Key.Key_Return, at=person.flag_form.note)
    assert person._add_flag.hasFocus()
