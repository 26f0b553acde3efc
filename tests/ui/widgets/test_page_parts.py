"""Tests of the parts of pages: notices, toasts, side list, rail, popover, bars, timeline, track, clocks."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.glyphs.marks import Tag
from app.ui.glyphs.sla import Pill, PillKind
from app.ui.theme.painting import text_width
from app.ui.theme.theme import Theme
from app.ui.widgets.bars import BulkBar, PageHeader, StatusPart, TaskPart
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.clocks import ClockRow, Clocks
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.facts import Fact
from app.ui.widgets.marks import TagMark
from app.ui.widgets.notices import NoticeData, NoticeStack
from app.ui.widgets.popover import Popover
from app.ui.widgets.rail import Rail, RailItem
from app.ui.widgets.side_list import SideGroup, SideItem, SideList, count_text
from app.ui.widgets.texts import Span, SpanText
from app.ui.widgets.timeline import Timeline, TimelineLine
from app.ui.widgets.toasts import SECONDS, Toast
from app.ui.widgets.track import StepState, Track, TrackStep

LEFT = Qt.MouseButton.LeftButton


def shown(qtbot: QtBot, widget: QWidget, width: int = 800, height: int = 600) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)


def test_gravest_notice_stands_first_and_higher(qtbot: QtBot) -> None:
    stack = NoticeStack()
    shown(qtbot, stack)
    stack.put("sync", NoticeData("info", "Fetching"))
    stack.put("clock", NoticeData("danger", [Span("Six minutes fast", is_bold=True)]))
    assert stack.names() == ["clock", "sync"]
    assert (stack.notice("clock").minimumHeight(), stack.notice("sync").minimumHeight()) == (44, 36)


def test_notice_of_a_name_is_replaced_not_repeated(qtbot: QtBot) -> None:
    stack = NoticeStack()
    shown(qtbot, stack)
    stack.put("offline", NoticeData("warning", "28 minutes"))
    first = stack.notice("offline")
    stack.put("offline", NoticeData("warning", "28 minutes"))
    assert stack.notice("offline") is first
    stack.put("offline", NoticeData("warning", "29 minutes"))
    assert stack.names() == ["offline"]
    assert stack.notice("offline").accessibleName() == "29 minutes"


def test_stack_takes_no_room_when_its_last_notice_is_closed(qtbot: QtBot) -> None:
    stack = NoticeStack()
    shown(qtbot, stack)
    stack.put("done", NoticeData("ok", "In step"))
    assert not stack.isHidden()
    close = stack.notice("done").findChild(IconButton)
    assert isinstance(close, IconButton)
    with qtbot.waitSignal(stack.closed) as told:
        close.click()
    assert told.args == ["done"]
    assert stack.isHidden()
    stack.remove("done")


def test_button_of_a_notice_does_what_it_says(qtbot: QtBot) -> None:
    stack, done = NoticeStack(), list[str]()
    shown(qtbot, stack)
    stack.put("offline", NoticeData("warning", "No server", [("Show 3", lambda: done.append("show"))], can_close=False))
    notice = stack.notice("offline")
    next(button for button in notice.findChildren(Button) if button.text() == "Show 3").click()
    assert done == ["show"]
    assert all(button.isHidden() for button in notice.findChildren(IconButton))


def test_toast_counts_down_and_goes(qtbot: QtBot) -> None:
    window = QWidget()
    shown(qtbot, window)
    toast = Toast(window)
    toast.say("12 assigned")
    for _second in range(SECONDS - 1):
        toast._on_second()
    assert (toast.isVisible(), toast.seconds_left()) == (True, 1)
    toast._on_second()
    assert not toast.isVisible()
    assert not toast._timer.isActive()


def test_undo_takes_it_back_once(qtbot: QtBot) -> None:
    window = QWidget()
    shown(qtbot, window)
    toast = Toast(window)
    toast.say("12 assigned", can_undo=True)
    undo = toast.findChild(QPushButton)
    assert isinstance(undo, QPushButton)
    with qtbot.waitSignal(toast.undone):
        undo.click()
    assert not toast.isVisible()
    toast.say("Saved")
    assert undo.isHidden()
    toast.hide()


def test_toast_keeps_its_corner_when_the_window_changes(qtbot: QtBot) -> None:
    window = QWidget()
    shown(qtbot, window)
    toast = Toast(window)
    toast.say("Saved")
    window.resize(700, 500)
    assert (toast.geometry().left(), window.height() - toast.geometry().bottom() - 1) == (24, 24 + 28)
    toast.hide()


def test_toast_waits_while_undo_has_the_focus(qtbot: QtBot) -> None:
    window = QWidget()
    shown(qtbot, window)
    toast = Toast(window)
    toast.say("Saved", can_undo=True)
    window.activateWindow()
    undo = toast.findChild(QPushButton)
    assert isinstance(undo, QPushButton)
    undo.setFocus()
    qtbot.waitUntil(undo.hasFocus)
    toast._on_second()
    assert toast.seconds_left() == SECONDS
    toast.hide()


@pytest.fixture
def side(qtbot: QtBot) -> SideList:
    made = SideList("Filters")
    shown(qtbot, made, 208, 400)
    made.set_groups(groups())
    return made


def groups(late: int = 3) -> list[SideGroup]:
    starred = [SideItem("mine", "Mine", 7), SideItem("late", "Overdue", late, "danger")]
    team = [SideItem("open", "All open", 1200), SideItem("save", "Save this filter", is_action=True)]
    return [SideGroup("Starred", starred), SideGroup("Team", team)]


def click_row(qtbot: QtBot, side: SideList, row: int) -> None:
    qtbot.mouseClick(side.viewport(), LEFT, pos=side.visualRect(side.model().index(row, 0)).center())


def test_row_is_chosen_by_pointer(side: SideList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(side.chosen) as told:
        click_row(qtbot, side, 2)
    assert (told.args, side.current()) == (["late"], "late")


def test_arrows_skip_captions(side: SideList, qtbot: QtBot) -> None:
    side.choose("late")
    with qtbot.waitSignal(side.chosen) as told:
        qtbot.keyClick(side, Qt.Key.Key_Down)
    assert told.args == ["open"]


def test_action_row_acts_and_leaves_the_current_filter(side: SideList, qtbot: QtBot) -> None:
    side.choose("open")
    with qtbot.waitSignal(side.chosen) as told:
        click_row(qtbot, side, 5)
    assert (told.args, side.current()) == (["save"], "open")


def test_counts_change_without_losing_the_current_row(side: SideList, qtbot: QtBot) -> None:
    side.choose("open")
    with qtbot.assertNotEmitted(side.chosen), qtbot.assertNotEmitted(side.model().modelReset):
        side.set_groups(groups(late=0))
        side.set_count("mine", 8)
    assert side.currentIndex().row() == 4
    assert side.model().index(1, 0).data() == "Mine 8"


def test_count_is_capped() -> None:
    assert (count_text(999), count_text(1000)) == ("999", "999+")


def test_mark_is_shown_only_where_the_count_means_trouble(side: SideList, theme: Theme) -> None:
    def has_red() -> bool:
        image = side.viewport().grab(side.visualRect(side.model().index(2, 0))).toImage()
        red = theme.status("danger").shape
        return any(image.pixelColor(x, y) == red for x in range(image.width()) for y in range(image.height()))

    assert has_red()
    side.set_groups(groups(late=0))
    assert not has_red()


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    items = [RailItem("orders", "Orders", "clipboard-list", "Ctrl 1"), RailItem("sync", "Sync", "refresh")]
    made = Rail([*items, RailItem("settings", "Settings", "settings", is_last=True)], "Pages")
    shown(qtbot, made, 64, 600)
    return made


def test_rail_is_as_wide_as_drawn_and_settings_stand_at_its_foot(rail: Rail) -> None:
    assert rail.width() == 64
    assert rail._buttons["settings"].geometry().bottom() > 540
    assert rail._buttons["sync"].geometry().bottom() < 200


def test_page_is_chosen_by_pointer_and_shown(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.mouseClick(rail._buttons["sync"], LEFT)
    assert (told.args, rail.current()) == (["sync"], "sync")
    with qtbot.assertNotEmitted(rail.chosen):
        rail.choose("orders")
    assert rail.current() == "orders"


def test_arrows_move_between_pages_and_enter_goes_there(rail: Rail, qtbot: QtBot) -> None:
    rail.activateWindow()
    rail._buttons["orders"].setFocus()
    qtbot.waitUntil(rail._buttons["orders"].hasFocus)
    qtbot.keyClick(rail._buttons["orders"], Qt.Key.Key_Down)
    assert rail._buttons["sync"].hasFocus()
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.keyClick(rail._buttons["sync"], Qt.Key.Key_Return)
    assert told.args == ["sync"]


def test_badge_is_said_to_screen_readers(rail: Rail) -> None:
    rail.set_badge("orders", 3, is_urgent=True)
    assert rail._buttons["orders"].accessibleName() == "Orders 3"
    rail.set_badge("orders", 0)
    assert rail._buttons["orders"].accessibleName() == "Orders"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    shown(qtbot, made)
    return made


def test_popover_opens_under_its_row_and_within_the_window(window: QWidget, qtbot: QtBot) -> None:
    popover = Popover(window, "Enter a step", width=400)
    popover.add(QLineEdit())
    popover.open_at(QRect(100, 100, 300, 32))
    assert popover.pane().top() == 132 + 3
    assert popover.pane().left() == 100
    popover.open_at(QRect(700, 580, 90, 20))
    assert popover.pane().bottom() <= 592
    assert popover.pane().right() <= 792


def test_popover_is_left_by_escape_and_gives_the_focus_back(window: QWidget, qtbot: QtBot) -> None:
    below = QLineEdit(window)
    below.show()
    window.activateWindow()
    below.setFocus()
    qtbot.waitUntil(below.hasFocus)
    popover, inside = Popover(window, "Enter a step"), QLineEdit()
    popover.add(inside)
    popover.open_at(QRect(100, 100, 300, 32), inside)
    qtbot.waitUntil(inside.hasFocus)
    with qtbot.waitSignal(popover.closed):
        qtbot.keyClick(inside, Qt.Key.Key_Escape)
    assert not popover.isVisible()
    qtbot.waitUntil(below.hasFocus)


def test_press_elsewhere_leaves_the_popover_and_a_press_inside_does_not(window: QWidget, qtbot: QtBot) -> None:
    popover = Popover(window, "Enter a step", width=300)
    popover.add(QLineEdit())
    popover.open_at(QRect(100, 100, 300, 32))
    with qtbot.assertNotEmitted(popover.closed):
        qtbot.mouseClick(popover._pane, LEFT)
    with qtbot.waitSignal(popover.closed):
        qtbot.mouseClick(popover, LEFT, pos=QPoint(10, 10))


def test_popover_grows_with_its_contents(window: QWidget, qtbot: QtBot) -> None:
    popover, more = Popover(window, "Enter a step"), QLineEdit()
    popover.add(QLineEdit())
    popover.add(more)
    more.hide()
    popover.open_at(QRect(100, 100, 300, 32))
    before = popover.pane().height()
    more.show()
    qtbot.waitUntil(lambda: popover.pane().height() > before)


def test_header_shows_as_many_tags_as_there_are(qtbot: QtBot) -> None:
    header = PageHeader("All open")
    shown(qtbot, header)
    header.set_tags([Tag("3 late", "danger"), Tag("3 soon", "warning")])
    header.set_tags([Tag("4 late", "danger")])
    tags = [mark for mark in header.findChildren(TagMark) if not mark.isHidden()]
    assert [mark.accessibleName() for mark in tags] == ["4 late"]
    assert header.height() == 48 or header.minimumHeight() == 48


def test_bulk_bar_is_cancelled_by_its_button(qtbot: QtBot) -> None:
    bar = BulkBar(Button("Assign"))
    qtbot.addWidget(bar)
    bar.say("3 checked", "of 47")
    cancel = next(button for button in bar.findChildren(Button) if button.text() == "Cancel")
    with qtbot.waitSignal(bar.cancelled):
        cancel.click()


def test_work_shows_its_share_and_can_be_stopped(qtbot: QtBot) -> None:
    part = TaskPart()
    shown(qtbot, part)
    part.say("Importing", 640, 1000)
    assert part.share() == "64 %"
    part.say("Importing")
    assert part.share() == ""
    stop = part.findChild(IconButton)
    assert isinstance(stop, IconButton)
    with qtbot.waitSignal(part.cancelled):
        stop.click()


def test_status_part_is_pressed(qtbot: QtBot) -> None:
    part = StatusPart("cloud-off", "Offline", "3 waiting")
    shown(qtbot, part)
    assert part.accessibleName() == "Offline 3 waiting"
    with qtbot.waitSignal(part.pressed):
        qtbot.mouseClick(part, LEFT)


def test_timeline_grows_with_its_lines_and_when_it_is_narrow(qtbot: QtBot) -> None:
    line = TimelineLine("09:14", "phone", [Span("Zhou", is_bold=True), Span(" spoke with the car: two people, unhurt")])
    timeline = Timeline([line])
    qtbot.addWidget(timeline)
    one = timeline.heightForWidth(400)
    assert timeline.heightForWidth(160) > one
    timeline.set_lines([line, line._replace(tag=Tag("offline"))])
    assert timeline.heightForWidth(400) >= 2 * one + 10
    assert timeline.accessibleName().splitlines()[1].endswith("offline")


def test_notice_grows_with_a_long_sentence_but_not_without_end(qtbot: QtBot) -> None:
    stack = NoticeStack()
    qtbot.addWidget(stack)
    stack.resize(600, 400)
    stack.show()
    stack.put("one", NoticeData("danger", "short"))
    stack.put("two", NoticeData("danger", "字" * 60))
    stack.put("three", NoticeData("danger", "字" * 5_000))
    qtbot.waitUntil(lambda: stack.notice("two").height() == 48)
    assert stack.notice("one").height() == 44
    assert stack.notice("three").height() == 68


def test_button_that_gives_way_is_no_wider_than_its_room(qtbot: QtBot) -> None:
    button = Button("字" * 80, icon="map-pin")
    qtbot.addWidget(button)
    whole = button.minimumSizeHint().width()
    button.let_give_way()
    assert button.minimumSizeHint().width() < 100 < whole
    button.resize(120, 24)
    button.grab()


def test_text_is_cut_after_so_many_lines(qtbot: QtBot) -> None:
    text = SpanText("字" * 200, size="title", most_lines=3)
    qtbot.addWidget(text)
    one = SpanText("字", size="title").heightForWidth(300)
    assert text.heightForWidth(300) == 3 * one
    assert text.is_cut(300)
    assert not text.is_cut(20_000)
    assert text.text() == "字" * 200
    text.resize(300, 3 * one)
    text.grab()


def test_lines_of_a_text_stay_lines(qtbot: QtBot) -> None:
    text = SpanText("one\ntwo")
    qtbot.addWidget(text)
    assert text.heightForWidth(300) == 2 * SpanText("one").heightForWidth(300)


def test_timeline_gives_a_day_of_another_year_its_width(qtbot: QtBot, theme: Theme) -> None:
    timeline = Timeline([TimelineLine("09:14", "phone", "spoke with the car")])
    qtbot.addWidget(timeline)
    usual = timeline._words_left(theme)
    timeline.set_lines([TimelineLine("2025-12-31", "phone", "spoke with the car")])
    assert timeline._words_left(theme) - usual >= text_width("2025-12-31", theme.font("caption")) - 36


def test_track_says_what_was_done(qtbot: QtBot) -> None:
    steps = [
        TrackStep("Report", "08:50", StepState.TAKEN),
        TrackStep("On site", "09:09", StepState.CURRENT),
        TrackStep("Done", "", StepState.AHEAD),
    ]
    track = Track(steps)
    qtbot.addWidget(track)
    assert track.accessibleName() == "Report 08:50, On site 09:09"
    track.resize(400, 60)
    track.grab()


def test_clocks_show_how_much_is_gone(qtbot: QtBot, theme: Theme) -> None:
    clocks = Clocks([ClockRow("Repair", 0.5, 0.8, "45 min", Pill(PillKind.RUNNING, "20m left"))])
    qtbot.addWidget(clocks)
    clocks.resize(400, 28)
    done = theme.status("neutral").solid

    def filled() -> int:
        image = clocks.grab().toImage()
        return sum(image.pixelColor(x, 14) == done for x in range(400))

    before = filled()
    clocks.set_rows([ClockRow("Repair", 0.9, 0.8, "45 min", Pill(PillKind.RUNNING, "20m left"))])
    assert filled() > before > 20
    assert clocks.accessibleName() == "Repair 45 min 20m left"


def test_fact_breaks_into_lines(qtbot: QtBot) -> None:
    fact = Fact(
        "Now", [Span("Waits for "), Span("Sun Zhiyuan", is_bold=True), Span(", now at 2-1703 with 0916-07-018")]
    )
    qtbot.addWidget(fact)
    assert fact.heightForWidth(160) > fact.heightForWidth(800)


def test_empty_page_says_why_and_what_to_do(qtbot: QtBot) -> None:
    again = Button("Clear the filter", role="primary")
    empty = EmptyState("inbox", "No order matches", "Choose another filter.", [again])
    shown(qtbot, empty)
    empty.say("Nothing here")
    with qtbot.waitSignal(again.clicked):
        qtbot.mouseClick(again, LEFT)
    assert QApplication.focusWidget() in (None, again)
