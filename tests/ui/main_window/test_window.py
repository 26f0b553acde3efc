"""The window: pages, docks, undo, what is told, the site, and the badges of the rail."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.commands.places import EditUnit, UnitFields
from app.db.companies import Site
from app.db.ownership import stream_of
from app.db.places import Unit
from app.db.work_orders import Notice
from app.domain.ids import new_id
from app.domain.permissions import Rights, Role
from app.ui.desk import Said
from tests.factories import CLERK, OTHER_SITE, SITE, SUPERVISOR, UNIT
from tests.ui.main_window.shown_window import ShownWindow
from tests.ui.pages.queue_desk import STREAMS
from tests.ui.pseudo import PseudoTranslator
from tests.ui.sight import nameless, untranslated

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[PseudoTranslator]:
    """Speak a language that does not exist, once it is installed."""
    translator = PseudoTranslator()
    yield translator
    qapp.removeTranslator(translator)


def label_of(shown: ShownWindow) -> str:
    return str(shown.queue.read(lambda session: session.get(Unit, UNIT).label))


def rename(shown: ShownWindow, label: str) -> None:
    shown.window.show()
    shown.desk.do(EditUnit(id=UNIT, site_id=SITE, set=UnitFields(label=label)), words="kept")
    shown.qtbot.waitUntil(lambda: label_of(shown) == label)


def told(shown: ShownWindow, order_id: str, **values: object) -> str:
    """A notice for the person at the desk."""
    row = Notice(
        id=new_id(),
        stream_id=stream_of("notice", SITE),
        work_order_id=order_id,
        site_id=SITE,
        code="notice_chased",
        params=json.dumps({"number": "260916-07-001", "count": 2, "place": "3 幢 & 1502"}),
        made_at=shown.desk.clock.now(),
        **{"user_id": CLERK, **values},
    )
    shown.queue.put([row])
    return str(row.id)


def test_keys_go_from_page_to_page_and_a_page_is_made_when_first_shown(shown: ShownWindow) -> None:
    window = shown.window
    assert shown.made == ["orders"]
    shown.ctrl(Qt.Key.Key_2)
    assert (window.page_id(), shown.made) == ("places", ["orders", "places"])
    shown.ctrl(Qt.Key.Key_Comma)
    assert (window.page_id(), window.stack.currentWidget()) == ("settings", shown.page("settings"))
    shown.ctrl(Qt.Key.Key_1)
    assert (window.page_id(), shown.made) == ("work_orders", ["orders", "places", "settings"])


def test_the_rail_goes_to_a_page(shown: ShownWindow) -> None:
    shown.window.rail._buttons["sync"].click()
    assert shown.window.page_id() == "sync"


def test_a_page_gives_its_side_to_the_sheet_of_keys_and_takes_it_back(shown: ShownWindow) -> None:
    window = shown.window
    shown.press(Qt.Key.Key_F1)
    assert window.keys.isVisible()
    assert shown.page("work_orders").taken[-1] is True
    shown.ctrl(Qt.Key.Key_2)
    assert shown.page("places").taken == [True]
    shown.press(Qt.Key.Key_F1)
    assert not window.keys.isVisible()
    assert shown.page("places").taken[-1] is False


def test_the_intake_takes_the_place_of_the_sheet_of_keys(shown: ShownWindow) -> None:
    window = shown.window
    window.toggle_keys()
    window.set_intake_shown(is_shown=True)
    assert (window.keys.isVisible(), window.intake.isVisible()) == (False, True)
    assert shown.page("work_orders").taken[-1] is True
    window.set_intake_shown(is_shown=False)
    assert shown.page("work_orders").taken[-1] is False


def test_the_keyboard_goes_back_to_where_it_was_on_the_page(shown: ShownWindow) -> None:
    window = shown.window
    rename(shown, "1502")
    shown.qtbot.waitUntil(window.toast.isVisible)  # its button would be the next to take the keyboard
    page, caller = shown.page("work_orders"), QLineEdit(window.intake)
    table = QLineEdit(page)
    table.show()
    table.setFocus()
    window.set_intake_shown(is_shown=True)
    caller.setFocus()
    window.set_intake_shown(is_shown=False)
    assert table.hasFocus()
    shown.press(Qt.Key.Key_F1)
    assert not table.hasFocus()
    shown.press(Qt.Key.Key_F1)
    assert table.hasFocus()
    shown.ctrl(Qt.Key.Key_2)
    assert shown.page("places").hasFocus()
    shown.ctrl(Qt.Key.Key_1)
    assert table.hasFocus()
    shown.ctrl(Qt.Key.Key_2)
    table.hide()
    shown.ctrl(Qt.Key.Key_1)
    assert page.hasFocus()


def test_what_was_done_is_undone_and_done_again_by_key(shown: ShownWindow) -> None:
    window, actions = shown.window, shown.desk.actions
    assert not actions.is_enabled("undo")
    assert not actions.is_enabled("redo")
    rename(shown, "3 幢 1502 室")
    shown.qtbot.waitUntil(lambda: window.toast.text() == "kept")
    shown.ctrl(Qt.Key.Key_Z)
    shown.qtbot.waitUntil(lambda: label_of(shown) == "3 幢 1502")
    shown.qtbot.waitUntil(lambda: actions.is_enabled("redo"))
    assert not actions.is_enabled("undo")
    assert window.toast.text() == "Undone: kept"
    shown.ctrl(Qt.Key.Key_Y)
    shown.qtbot.waitUntil(lambda: label_of(shown) == "3 幢 1502 室")
    shown.qtbot.waitUntil(lambda: window.toast.text() == "kept")
    shown.qtbot.waitUntil(lambda: actions.is_enabled("undo"))


def test_the_toast_undoes_too(shown: ShownWindow) -> None:
    rename(shown, "1502")
    shown.qtbot.waitUntil(shown.window.toast.isVisible)
    shown.window.toast._undo.click()
    shown.qtbot.waitUntil(lambda: label_of(shown) == "3 幢 1502")


def test_a_refusal_stays_as_a_notice_with_its_ways_out(shown: ShownWindow) -> None:
    pressed: list[str] = []
    shown.window.show()
    shown.desk.said.emit(Said("no", tone="danger", buttons=(("why", lambda: pressed.append("why")),)))
    notice = shown.window.notices.notice("said")
    assert (notice.data.tone, notice.accessibleName()) == ("danger", "no")
    notice.data.buttons[0][1]()
    assert pressed == ["why"]
    shown.desk.said.emit(Said("strange", tone="no tone at all"))
    assert shown.window.notices.notice("said").data.tone == "info"


def test_the_rail_counts_what_is_late_else_what_nobody_took_up(shown: ShownWindow) -> None:
    button = shown.window.rail._buttons["work_orders"]
    shown.queue.order()
    shown.qtbot.waitUntil(lambda: (button.count, button.is_urgent) == (1, False))
    shown.queue.order(minutes_ago=500)
    shown.qtbot.waitUntil(lambda: (button.count, button.is_urgent) == (1, True))


def test_the_clock_of_the_status_bar_moves_and_counts_anew_each_minute(shown: ShownWindow) -> None:
    button = shown.window.rail._buttons["work_orders"]
    shown.queue.order(minutes_ago=59)
    shown.qtbot.waitUntil(lambda: button.count == 1)
    shown.desk.clock.forward(minutes=2)  # type: ignore[attr-defined]
    shown.window._on_second()
    assert "12:02:00" in shown.window._clock.accessibleName()
    shown.qtbot.waitUntil(lambda: button.is_urgent)


def test_one_of_several_sites_is_chosen_or_all(shown: ShownWindow) -> None:
    window, box = shown.window, shown.sites()
    shown.qtbot.waitUntil(lambda: box.count() == 3)
    assert [box.itemText(place) for place in range(3)] == ["All sites", "Lanwan Court", "Qiming Plaza"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert shown.desk.site_id == OTHER_SITE
    window.retranslate()
    assert box.currentText() == "Qiming Plaza"
    box.activated.emit(0)
    assert shown.desk.site_id is None


def test_who_sees_one_site_is_at_that_site(shown: ShownWindow) -> None:
    only = frozenset(stream for stream in STREAMS if stream == stream_of("work_order", SITE))
    shown.desk.person = shown.desk.person._replace(streams=only)
    shown.window.show()
    shown.qtbot.waitUntil(lambda: shown.desk.site_id == SITE)
    assert shown.sites().count() == 1


def test_a_site_that_is_renamed_is_offered_by_its_new_name(shown: ShownWindow) -> None:
    shown.qtbot.waitUntil(lambda: shown.sites().count() == 3)
    site = shown.queue.read(lambda session: session.connection().exec_driver_sql("SELECT * FROM site").mappings().all())
    row = next(dict(found) for found in site if found["id"] == SITE)
    shown.queue.put([Site(**{**row, "name_en": "Lanwan Gardens"})])
    shown.qtbot.waitUntil(lambda: shown.sites().itemText(1) == "Lanwan Gardens")


def test_the_bell_counts_opens_the_order_and_marks_it_read(shown: ShownWindow) -> None:
    window, order_id = shown.window, shown.queue.order()
    assert window.top.bell.accessibleName().startswith("0 ")
    told(shown, order_id)
    told(shown, order_id, user_id=None, role=Role.CLERK)
    told(shown, order_id, user_id=SUPERVISOR)
    told(shown, order_id, user_id=None, role=Role.SUPERVISOR)
    shown.qtbot.waitUntil(lambda: window.top.bell.count() == 2)
    shown.press(Qt.Key.Key_F8)
    menu = shown.menu()
    assert len(menu.actions()) == 2
    assert "3 幢 && 1502" in menu.actions()[0].text()
    menu.actions()[0].trigger()
    menu.close()
    assert shown.asked_orders == [order_id]
    shown.qtbot.waitUntil(lambda: window.top.bell.count() == 1)
    assert not shown.desk.can_undo()


def test_the_bell_says_when_there_is_nothing_new(shown: ShownWindow) -> None:
    shown.window.top.bell.click()
    menu = shown.menu()
    assert [(action.text(), action.isEnabled()) for action in menu.actions()] == [("Nothing new", False)]
    menu.close()


def test_the_top_bar_asks_for_a_call_a_search_a_password_and_leaving(shown: ShownWindow) -> None:
    window = shown.window
    wanted: list[str] = []
    window.password_wanted.connect(lambda: wanted.append("password"))
    window.sign_out_wanted.connect(lambda: wanted.append("sign out"))
    window.top._order.click()
    assert shown.asked_intake == [""]
    window.top._person.click()
    menu = shown.menu()
    for action in menu.actions():
        action.trigger()
    menu.close()
    assert wanted == ["password", "sign out"]
    shown.press(Qt.Key.Key_Q, CTRL, SHIFT)
    assert wanted[-1] == "sign out"
    shown.qtbot.keyClick(window.top._search, Qt.Key.Key_Tab)
    assert not window.palette_box.isVisible()
    shown.qtbot.keyClick(window.top._search, Qt.Key.Key_A)
    assert window.palette_box.isVisible()
    window.palette_box.leave()
    shown.qtbot.mouseClick(window.top._search, Qt.MouseButton.LeftButton)
    assert window.palette_box.isVisible()


def test_an_order_or_place_asked_for_brings_its_page(shown: ShownWindow) -> None:
    window = shown.window
    shown.desk.asked_for_place.emit("unit", UNIT)
    assert window.page_id() == "places"
    shown.desk.asked_for_order.emit("an order")
    assert window.page_id() == "work_orders"


def test_full_screen_comes_and_goes(shown: ShownWindow) -> None:
    outer = shown.window.window()
    shown.press(Qt.Key.Key_F11)
    assert outer.isFullScreen()
    shown.press(Qt.Key.Key_F11)
    assert not outer.isFullScreen()


def test_everything_in_the_window_has_a_name(shown: ShownWindow) -> None:
    shown.qtbot.waitUntil(lambda: shown.sites().count() == 3)
    shown.desk.said.emit(Said("no", tone="danger"))
    shown.window.toggle_keys()
    assert nameless(shown.window) == []


def test_another_language_reaches_every_text_of_the_window(
    shown: ShownWindow, qapp: QApplication, pseudo: PseudoTranslator
) -> None:
    window = shown.window
    window.toggle_keys()
    window.open_palette()
    shown.qtbot.waitUntil(lambda: shown.sites().count() == 3)
    qapp.installTranslator(pseudo)
    shown.qtbot.waitUntil(lambda: shown.sites().itemText(0).startswith("["))
    window.palette_box.leave()
    pages = ("Orders", "Places", "Sync", "Settings", "Work orders", "stand", "派单", "接电话开单")
    assert untranslated(window, (*pages, "Front desk", "林晓雨", "Lanwan", "Wed 16 Sep")) == []
    window.open_palette()
    assert untranslated(window.palette_box, pages) == []


def test_rights_read_anew_change_what_is_seen(shown: ShownWindow) -> None:
    button = shown.window.rail._buttons["work_orders"]
    shown.queue.order()
    shown.qtbot.waitUntil(lambda: button.count == 1)
    shown.desk.person = shown.desk.person._replace(rights=Rights(CLERK), streams=frozenset())
    shown.desk.choose_site(OTHER_SITE)
    shown.qtbot.waitUntil(lambda: button.count == 0)
