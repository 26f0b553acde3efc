"""Renders every widget in every state to pictures: python -m tests.ui.gallery FOLDER"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEventLoop, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QTabBar,
    QTimeEdit,
    QWidget,
)
from typing_extensions import override

from app.domain.words import Language
from app.ui.crash import CrashDialog
from app.ui.glyphs.marks import Tag, chase_tag, paint_badge
from app.ui.glyphs.shapes import Shape
from app.ui.glyphs.sla import Pill, PillKind
from app.ui.models.columns import CellKind, Column
from app.ui.models.row_table import RowTable
from app.ui.theme.apply import apply_theme
from app.ui.theme.icons import ICONS_FOLDER, paint_icon
from app.ui.theme.layouts import Part, column, row
from app.ui.theme.style import current_theme
from app.ui.theme.theme import make_theme
from app.ui.theme.tokens import TEXT_SIZES, ThemeName
from app.ui.translation import Translations
from app.ui.widgets.bars import BulkBar, PageHeader, PaneFooter, StatusBar, StatusPart, TaskPart
from app.ui.widgets.buttons import Button, IconButton, LinkButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.clocks import ClockRow, Clocks
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.facts import Fact, SectionHeader
from app.ui.widgets.fields import Field, PasswordField, ReadOnly, SearchField
from app.ui.widgets.grounds import Band, Ground, Line, Panel, Rule
from app.ui.widgets.marks import Avatar, IconMark, KeyHint, PillMark, PriorityMark, StateMark, TagMark
from app.ui.widgets.notices import NoticeData, NoticeStack
from app.ui.widgets.popover import Popover
from app.ui.widgets.rail import Rail, RailItem
from app.ui.widgets.segments import Option, Segments
from app.ui.widgets.side_list import SideGroup, SideItem, SideList
from app.ui.widgets.table import Table
from app.ui.widgets.texts import Span, SpanText, Text
from app.ui.widgets.timeline import Timeline, TimelineLine
from app.ui.widgets.toasts import Toast
from app.ui.widgets.track import StepState, Track, TrackStep

STATES = {
    "reported": ("待受理", "Reported"),
    "triaged": ("待派单", "Triaged"),
    "dispatched": ("待接单", "Sent"),
    "accepted": ("已接单", "Accepted"),
    "on_site": ("处理中", "On site"),
    "done": ("待验收", "Done"),
    "verified": ("待关闭", "Verified"),
    "closed": ("已关闭", "Closed"),
    "on_hold": ("挂起", "On hold"),
    "cancelled": ("已取消", "Cancelled"),
    "reopened": ("重开", "Reopened"),
}
SEQUENCE = ["reported", "triaged", "dispatched", "accepted", "on_site", "done", "verified", "closed"]


def say(chinese: str, english: str) -> str:
    """The words of the language shown."""
    return chinese if current_theme().language == "zh" else english


def nothing() -> None:
    """What the gallery's buttons do."""


class Sheet(QWidget):
    """All badges and icons, painted."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(560, 140)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        for place, (count, urgent) in enumerate(((3, True), (6, False), (47, True), (120, False))):
            paint_badge(painter, QRectF(place * 40, 0, 32, 24), count, theme, is_urgent=urgent)
        for place, file in enumerate(sorted(ICONS_FOLDER.glob("*.svg"))):
            box = QRectF(place % 22 * 25, 32 + place // 22 * 26, 16, 16)
            paint_icon(painter, box, file.stem, theme.base.text_secondary)


def section(title: str, *parts: Part) -> QWidget:
    """A titled part of a gallery page."""
    made = QWidget()
    column(SectionHeader(title, is_strong=True), Line(), *parts, gap=10, parent=made)
    return made


def pills() -> list[Pill]:
    texts = [
        ("超时 41 分", "41m over"),
        ("剩 9 分", "9m left"),
        ("剩 2:41", "2:41 left"),
        ("等配件", "Parts"),
        ("达标", "Met"),
    ]
    return [Pill(kind, say(*text)) for kind, text in zip(PillKind, texts, strict=True)]


def controls() -> QWidget:
    """Buttons, fields, chips, marks."""
    disabled = Button(say("停用", "Disabled"))
    disabled.setEnabled(False)
    disabled_main = Button(say("停用", "Disabled"), role="primary", key="Enter")
    disabled_main.setEnabled(False)
    wrong = QLineEdit("13800")
    failing = Field(say("电话", "Phone"), wrong, label_width=64)
    failing.set_error(say("还差 6 位", "Six more digits"))
    tick = QCheckBox(say("减少动效", "Reduce motion"))
    tick.setChecked(True)
    choice = QComboBox()
    choice.addItems([say("系统默认（微软雅黑 UI）", "System default"), "Noto Sans"])
    radio = QRadioButton(say("简体中文", "Chinese"))
    radio.setChecked(True)
    note = QPlainTextEdit(say("水已漫到客厅地板", "Water reaches the living room"))
    note.setFixedHeight(56)
    made = Ground("surface")
    left = column(
        section(
            say("按钮", "Buttons"),
            row(
                Button(say("记入", "Enter it"), role="primary", key="Enter"),
                Button(say("次按钮", "Secondary")),
                disabled,
                disabled_main,
                Button(say("删除", "Delete"), role="danger"),
                Button(say("文字", "Text"), role="text"),
                None,
            ),
            row(
                Button(say("完工", "Done"), role="primary", icon="check", key="Ctrl D", size="main"),
                Button(say("挂起", "Hold"), icon="player-pause", size="main"),
                IconButton("message", say("备注", "Note"), role="", size="main"),
                Button(say("升级", "Escalate"), icon="bell-ringing", size="main"),
                None,
            ),
            row(
                Button(say("小 24", "Small 24"), size="small"),
                IconButton("dots", say("更多", "More"), role=""),
                IconButton("copy", say("打印", "Print"), key="Ctrl P"),
                LinkButton(say("加派", "Add"), icon="user-plus", key="Shift A"),
                LinkButton(say("全部 9 条", "All 9")),
                Button(say("按剩余时间", "By time left"), role="text", icon="arrows-sort"),
                Button(say("项目", "Site"), has_chevron=True),
                KeyHint("Ctrl Shift A"),
                None,
            ),
        ),
        section(
            say("输入框", "Fields"),
            row(
                SearchField(say("搜索单号、住户、操作", "Search orders, residents"), key="Ctrl K", is_quiet=True),
                SearchField(
                    say("来电号码", "Caller"),
                    hints=(say("姓名", "Name"), say("拼音", "Pinyin"), say("房号", "Room"), say("电话", "Phone")),
                ),
            ),
            row(QLineEdit(say("常态", "Plain")), PasswordField(), ReadOnly("ops.example.com"), choice, QTimeEdit()),
            row(failing, Field(say("补充", "More"), QLineEdit(), hint=say("可不填", "Optional"), label_width=64)),
            note,
            row(tick, QCheckBox(say("停用", "Off")), radio, QRadioButton("English"), None),
            row(
                Segments([Option("1", "100 %"), Option("2", "115 %"), Option("3", "130 %"), Option("4", "150 %")]),
                Segments([Option("c", say("紧凑 28", "Compact 28")), Option("n", say("标准 32", "Normal 32"))], "n"),
                None,
            ),
        ),
        None,
    )
    right = column(
        section(
            say("筛选片、标签", "Chips, tags"),
            row(
                Chip(say("澜湾雅苑", "Lanwan"), say("项目", "Site"), is_removable=True),
                Chip(say("未关闭", "Open"), say("状态", "State"), is_removable=True, is_active=True),
                Chip(say("筛选", "Filter"), icon="plus"),
                LinkButton(say("清除", "Clear")),
                None,
            ),
            row(
                TagMark(chase_tag(1, say("催 1", "1 chase"))),
                TagMark(chase_tag(2, say("催 2", "2 chases"))),
                TagMark(Tag(say("3 超时", "3 overdue"), "danger", Shape.TRIANGLE)),
                TagMark(Tag(say("3 即将超时", "3 due soon"), "warning", Shape.DIAMOND)),
                TagMark(Tag(say("老人", "Elderly"), "info", "accessible")),
                TagMark(Tag(say("离线", "Offline"))),
                None,
            ),
        ),
        section(
            say("时限、状态、优先级", "Time, state, priority"),
            row(*(PillMark(pill) for pill in pills()), None),
            row(*(StateMark(state, say(*words)) for state, words in STATES.items()), None),
            row(*(PriorityMark(f"P{place}") for place in range(1, 5)), Avatar("周铁生"), Avatar("lena", 36), None),
        ),
        section(
            say("字号", "Sizes"), *(Text(f"{size} 澜湾雅苑 0916-07-031", size, bold=True) for size in TEXT_SIZES[::-1])
        ),
        section(say("图标", "Icons"), Sheet()),
        None,
    )
    row((left, 1), (right, 1), gap=32, margins=24, parent=made)
    return made


def hovered(widget: Part) -> Part:
    """The widget as if the pointer were over it."""
    if isinstance(widget, QWidget):
        widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    return widget


def states() -> QWidget:
    """Controls under the pointer, with the focus, off; a menu; a dialog."""
    made, focused = Ground("surface"), QLineEdit(say("焦点", "Focus"))
    focused.setObjectName("focused")
    off = [QLineEdit(say("停用", "Off")), QComboBox(), QCheckBox(say("停用", "Off")), QTimeEdit()]
    for control in off:
        control.setEnabled(False)
    wrong = QPlainTextEdit(say("有错", "Wrong"))
    wrong.setProperty("error", "yes")
    wrong.setFixedHeight(48)
    plain, key = Button(say("焦点", "Focus")), Button(say("主", "Main"), role="primary", key="Enter")
    plain.setObjectName("focused-button")
    bar = QProgressBar()
    bar.setValue(40)
    tabs = QTabBar()
    for words in (("表格", "Table"), ("日志", "Log"), ("同步", "Sync")):
        tabs.addTab(say(*words))
    rows = QListWidget()
    rows.addItems([say("一", "One"), say("二", "Two"), say("三", "Three")])
    rows.setCurrentRow(1)
    table = queue(made)
    table.setParent(made)
    table.hide()
    menu = table.header.menu()
    menu.setParent(made, Qt.WindowType.Widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    menu.show()
    crash = CrashDialog("Steward 0.1.0, Python 3.11.7\n\nTraceback (most recent call last):\n  KeyError: 'a bug'", made)
    crash.setWindowFlags(Qt.WindowType.Widget)
    crash.setFixedSize(620, 240)
    chip = Chip(say("澜湾雅苑", "Lanwan"), say("项目", "Site"), is_removable=True)
    hover = [
        Button(say("主", "Main"), role="primary"),
        Button(say("次", "Plain")),
        Button(say("删", "Delete"), role="danger"),
    ]
    column(
        row(*map(hovered, hover), hovered(IconButton("copy", say("打印", "Print"))), hovered(chip), plain, key, None),
        row(focused, *off, None),
        row(wrong, bar, tabs, None),
        row(rows, menu, None),
        crash,
        None,
        gap=16,
        margins=24,
        parent=made,
    )
    return made


def side_groups() -> list[SideGroup]:
    favourites = [
        SideItem("mine", say("待我处理", "Mine"), 7),
        SideItem("today", say("今日到期", "Due today"), 23),
        SideItem("late", say("已超时", "Overdue"), 3, "danger"),
        SideItem("chased", say("被催办", "Chased"), 2, "warning"),
    ]
    team = [
        SideItem("open", say("全部未关闭", "All open"), 47),
        SideItem("none", say("未指派", "Unassigned"), 6, is_strong=True),
        SideItem("held", say("挂起", "On hold"), 1200),
        SideItem("save", say("保存当前筛选", "Save this filter"), is_action=True),
    ]
    return [SideGroup(say("我的收藏", "Starred"), favourites), SideGroup(say("班组", "Team"), team)]


def rail_items() -> list[RailItem]:
    return [
        RailItem("work_orders", say("工单", "Orders"), "clipboard-list", "Ctrl 1"),
        RailItem("dispatch", say("派单", "Dispatch"), "route", "Ctrl 2"),
        RailItem("places", say("房产", "Places"), "building", "Ctrl 3"),
        RailItem("sync", say("同步", "Sync"), "refresh", "Ctrl 4"),
        RailItem("settings", say("设置", "Settings"), "settings", is_last=True),
    ]


def track_steps() -> list[TrackStep]:
    names = [("报事", "Report"), ("受理", "Triage"), ("派单", "Send"), ("接单", "Accept"), ("到场", "On site")]
    times = ["08:50", "08:51", "08:51", "08:53", "09:09"]
    taken = [TrackStep(say(*name), time, StepState.TAKEN) for name, time in zip(names, times, strict=True)]
    ahead = [("完工", "Done"), ("验收", "Verify"), ("关闭", "Close")]
    current = taken.pop()._replace(state=StepState.CURRENT)
    return [*taken, current, *(TrackStep(say(*name), "", StepState.AHEAD) for name in ahead)]


def timeline_lines() -> list[TimelineLine]:
    zhou, auto = say("周铁生", "Zhou Tiesheng"), say("自动派单", "Automatic dispatch")
    return [
        TimelineLine(
            "09:14",
            "phone",
            [
                Span(zhou, is_bold=True),
                Span(say(" 已与轿厢内通话：2 人平安", " spoke with the car: two people, unhurt")),
            ],
        ),
        TimelineLine(
            "09:09",
            "map-pin",
            [Span(zhou, is_bold=True), Span(say(" 到场，6 幢 2 单元", " arrived, building 6"))],
            Tag(say("林晓雨 09:11 电话代记", "by phone, Lin Xiaoyu 09:11")),
        ),
        TimelineLine("08:53", "check", [Span(zhou, is_bold=True), Span(say(" 接单", " accepted"))], is_withdrawn=True),
        TimelineLine(
            "08:51",
            "route",
            [
                Span(auto, is_bold=True),
                Span(
                    say(
                        " 规则“困人”：派澜捷电梯维保 周铁生（电梯修理），赵启明 陪同",
                        " rule “trapped”: Zhou Tiesheng of Lanjie Lifts, with Zhao Qiming",
                    )
                ),
            ],
        ),
    ]


def clock_rows() -> list[ClockRow]:
    return [
        ClockRow(
            say("响应", "Respond"), 0.63, 0.8, say("限 30 分钟", "30 min"), Pill(PillKind.MET, say("19 分达标", "Met"))
        ),
        ClockRow(
            say("修复", "Repair"),
            1.2,
            0.8,
            say("限 45 分钟", "45 min"),
            Pill(PillKind.OVERDUE, say("超时 6 分", "6m over")),
        ),
    ]


def reading_pane() -> QWidget:
    """A pane as on the queue page."""
    made = Ground("surface", lines="left", width=400)
    head = row(
        StateMark("on_site", say("处理中", "On site")),
        Text(say("处理中", "On site")),
        Rule(),
        Text("260916-07-031", token="text_secondary"),
        IconButton("copy", say("复制单号", "Copy the number"), size="small"),
        None,
        IconButton("chevron-left", say("上一张", "Previous"), size="small"),
        IconButton("chevron-right", say("下一张", "Next"), size="small"),
        IconButton("dots", say("更多", "More"), size="small"),
        gap=8,
    )
    title = row(
        PriorityMark("P1"),
        (
            SpanText(
                [Span(say("电梯困人，轿厢停在 7–8 层之间，2 人", "Lift stuck between floors 7 and 8"), is_bold=True)],
                "title",
            ),
            1,
        ),
    )
    where = row(
        IconMark("map-pin"),
        Text(say("6 幢 2 单元 3# 梯", "Building 6, lift 3")),
        IconMark("phone"),
        Text(say("严秀珍", "Yan Xiuzhen")),
        None,
        gap=6,
    )
    person = row(
        Avatar("周铁生"),
        (
            column(
                SpanText(
                    [
                        Span("周铁生", is_bold=True),
                        Span(say(" 外协单位 澜捷电梯维保", " Lanjie Lifts"), token="text_secondary"),
                    ]
                ),
                Text(
                    say("电梯修理证 有效至 2028-06-30", "Licensed until 2028-06-30"), "caption", token="text_secondary"
                ),
                gap=0,
            ),
            1,
        ),
        Button(say("呼叫", "Call"), icon="phone", size="small"),
    )
    body = [
        column(head, title, where, gap=8, margins=(16, 12, 12, 12)),
        Line(),
        column(Track(track_steps()), gap=0, margins=(4, 12, 4, 8)),
        Line(),
        column(Clocks(clock_rows()), gap=0, margins=(16, 8, 16, 8)),
        Line(),
        column(
            SectionHeader(say("处理人", "Assignee"), LinkButton(say("加派", "Add"), icon="user-plus", key="Shift A")),
            person,
            margins=(16, 8, 16, 12),
        ),
        Line(),
        column(
            SectionHeader(say("处理记录", "History"), LinkButton(say("全部 9 条", "All 9"))),
            Timeline(timeline_lines()),
            margins=(16, 8, 16, 8),
        ),
        None,
        PaneFooter(
            Button(say("完工", "Done"), role="primary", icon="check", key="Ctrl D", size="main"),
            Button(say("挂起", "Hold"), icon="player-pause", size="main"),
            None,
            Button(say("升级", "Escalate"), icon="bell-ringing", size="main"),
        ),
    ]
    column(*body, gap=0, parent=made)
    return made


def caller_box() -> QWidget:
    """The box of a caller who has an open order."""
    made, head = Panel("danger"), Band("danger", is_head=True)
    row(
        IconMark(Shape.TRIANGLE, "danger.text", side=12),
        Text(say("她有 1 张未关闭的工单，先看这张", "She has one open order"), bold=True),
        None,
        PillMark(pills()[0]),
        margins=(12, 8, 12, 8),
        parent=head,
    )
    second = Band("warning")
    row(
        IconMark(Shape.DIAMOND, "warning.text", side=12),
        (
            SpanText(
                [
                    Span(say("这是第 2 次催办", "The second chase"), is_bold=True),
                    Span(say("，保存后告知主管 罗建平", ", the supervisor is told")),
                ]
            ),
            1,
        ),
        margins=(12, 8, 12, 8),
        parent=second,
    )
    facts = [
        Fact(
            say("现在", "Now"),
            [
                Span(say("待接单，派给 ", "Waits for ")),
                Span("孙志远", is_bold=True),
                Span(say("，他在 2 幢 1703 处理 0916-07-018", ", now at 2-1703 with 0916-07-018")),
            ],
        ),
        Fact(say("从何时", "Since"), say("08:30 报事，08:34 派单，已等 1:11", "reported 08:30, sent 08:34")),
        Fact(
            say("应到场", "Due"),
            [Span(say("09:00 前，已超 41 分", "before 09:00, 41 min late"), is_bold=True, token="danger.text")],
        ),
    ]
    buttons = row(
        Button(say("催办", "Chase"), role="primary", icon="bell-ringing", key="Ctrl U", size="main"),
        Button(say("打开", "Open"), icon="eye", key="Ctrl O", size="main"),
        None,
    )
    column(head, column(*facts, second, buttons, gap=8, margins=(12, 8, 12, 12)), gap=0, parent=made)
    return made


def notices() -> QWidget:
    made = NoticeStack()
    made.put(
        "clock",
        NoticeData(
            "danger",
            [
                Span(say("本机时钟快 6 分钟", "This clock is 6 minutes fast"), is_bold=True),
                Span(
                    say(
                        "（服务器 09:41，本机 09:47）。时限按服务器时间算，记录不会错。",
                        " (server 09:41, here 09:47). Limits follow the server.",
                    )
                ),
            ],
            [(say("怎么改", "How to mend"), nothing), (say("再查一次", "Check again"), nothing)],
            "clock-exclamation",
        ),
    )
    made.put(
        "offline",
        NoticeData(
            "warning",
            [
                Span(say("服务器连不上，已 29 分钟", "No server for 29 minutes"), is_bold=True),
                Span(say("。照常用，3 项已存本机。", ". Work on; 3 changes are kept here.")),
            ],
            [(say("看 3 项", "Show 3"), nothing)],
            "cloud-off",
        ),
    )
    made.put(
        "cache",
        NoticeData(
            "info", say("正重新取数：工单 31,200 / 48,600。", "Fetching again: orders 31,200 / 48,600."), (), "archive"
        ),
    )
    made.put("done", NoticeData("ok", say("已同步 128 条", "128 changes are in step")))
    return made


def page(*, is_full: bool = True) -> QWidget:
    """A frame as the main window's: rail, side list, header, chips, empty state, bulk bar, pane, notices, status."""
    made = Ground("window")
    rail = Rail(rail_items(), say("页面", "Pages"))
    rail.choose("work_orders")
    rail.set_badge("work_orders", 3, is_urgent=True)
    rail.set_badge("dispatch", 6)
    side = SideList(say("筛选", "Filters"))
    side.set_groups(side_groups())
    side.choose("open")
    filters = Ground("surface_sunken", lines="right", width=208)
    column((side, 1), margins=(0, 8, 1, 8), parent=filters)
    header = PageHeader(
        say("全部未关闭", "All open"),
        IconButton("columns-3", say("列", "Columns")),
        IconButton("copy", say("打印", "Print")),
    )
    header.set_title(say("全部未关闭", "All open"), "47")
    header.set_tags(
        [
            Tag(say("3 超时", "3 overdue"), "danger", Shape.TRIANGLE),
            Tag(say("3 即将超时", "3 due soon"), "warning", Shape.DIAMOND),
        ]
    )
    chips = row(
        Chip(say("澜湾雅苑", "Lanwan"), say("项目", "Site"), is_removable=True),
        Chip(say("筛选", "Filter"), icon="plus"),
        LinkButton(say("清除", "Clear")),
        None,
        Button(say("按剩余时间", "By time left"), role="text", icon="arrows-sort", size="small"),
        margins=(16, 4, 16, 4),
    )
    bulk = BulkBar(
        Button(say("指派", "Assign"), icon="user-plus", key="A"),
        Button(say("挂起", "Hold"), icon="player-pause"),
        IconButton("dots", say("更多", "More"), role=""),
    )
    bulk.say(say("已选 3 张", "3 checked"), say("共 47 张符合筛选", "of 47 shown"))
    bulk.show()
    empty = EmptyState(
        "inbox",
        say("没有符合的工单", "No order matches"),
        say("换一个筛选，或者清除条件再看。", "Choose another filter, or clear the conditions."),
        [Button(say("清除筛选", "Clear the filter"), role="primary")],
    )
    middle = Ground("surface")
    if is_full:
        column(header, chips, Line(), (queue(middle), 1), bulk, gap=0, parent=middle)
    else:
        column(header, chips, Line(), (empty, 1), column(caller_box(), margins=16), bulk, gap=0, parent=middle)
    task = TaskPart()
    task.say(say("导入住户", "Importing residents"), 640, 1000)
    offline = StatusPart()
    offline.say(
        say("离线", "Offline"), say("3 项待同步，上次 09:12", "3 waiting, last 09:12"), icon="cloud-off", tone="warning"
    )
    status = StatusBar(
        [StatusPart("cloud-check", say("在线", "Online"), say("2 项待同步", "2 waiting")), offline, task],
        [
            StatusPart("users", say("在岗 14 人", "14 on duty")),
            StatusPart("", say("9月16日 周三 09:41:26", "Wed 16 Sep 09:41:26")),
        ],
    )
    body = row(rail, (column(notices(), (row(filters, (middle, 1), reading_pane(), gap=0), 1), gap=0), 1), gap=0)
    column((body, 1), status, gap=0, parent=made)
    return made


class OrderRow(NamedTuple):
    """A row of the example table."""

    id: str
    state: str
    number: str
    priority: str
    text: str
    place: str
    person: str
    pill: Pill
    chases: int = 0


def order_rows() -> list[OrderRow]:
    """Some invented orders."""
    over, soon, run, held = PillKind.OVERDUE, PillKind.DUE_SOON, PillKind.RUNNING, PillKind.PAUSED
    rows = [
        (
            "dispatched",
            "P2",
            ("厨房下水管破裂，水漫到客厅", "Burst kitchen pipe, water in the living room"),
            "孙志远",
            over,
            ("超时 41 分", "41m over"),
            1,
        ),
        (
            "on_site",
            "P1",
            ("电梯困人，轿厢停在 7–8 层之间，2 人", "Lift stuck between floors 7 and 8, two people"),
            "周铁生",
            over,
            ("超时 6 分", "6m over"),
            0,
        ),
        (
            "triaged",
            "P2",
            ("地库 B1 东侧照明回路跳闸，约 20 盏", "Lights out in basement B1 east"),
            "",
            over,
            ("超时 3 分", "3m over"),
            0,
        ),
        (
            "reported",
            "P2",
            ("单元门禁刷卡无反应，住户被挡在门外", "Door reader dead, residents locked out"),
            "",
            soon,
            ("剩 5 分", "5m left"),
            0,
        ),
        (
            "accepted",
            "P2",
            ("生活水泵 2# 振动高，告警转单", "Water pump 2 vibrates"),
            "彭立群",
            soon,
            ("剩 17 分", "17m left"),
            0,
        ),
        (
            "on_site",
            "P3",
            ("卫生间顶部渗水，楼上 1803 已联系", "Bathroom ceiling drips"),
            "孙志远",
            soon,
            ("剩 38 分", "38m left"),
            0,
        ),
        (
            "on_hold",
            "P3",
            ("入户门锁芯更换，等配件到货", "New door lock, waiting for parts"),
            "何文斌",
            held,
            ("等配件", "Parts"),
            0,
        ),
        (
            "reopened",
            "P3",
            ("马桶漏水，修后再次渗水（7 天内）", "Toilet leaks again"),
            "孙志远",
            run,
            ("剩 2:31", "2:31 left"),
            0,
        ),
        (
            "dispatched",
            "P3",
            ("宠物粪便未清理，住户第二次反映", "Dog dirt, second report"),
            "田玉兰",
            run,
            ("剩 3:02", "3:02 left"),
            2,
        ),
        (
            "triaged",
            "P4",
            ("会客厅投影仪调试，周五业委会用", "Projector for Friday"),
            "",
            run,
            ("剩 1 天 6 时", "1d 6h left"),
            0,
        ),
        ("verified", "P4", ("绿篱修剪，主入口两侧", "Trim the hedges"), "蒙秀莲", PillKind.MET, ("达标", "Met"), 0),
    ]
    return [
        OrderRow(
            str(n),
            state,
            f"0916-07-{n:03}",
            priority,
            say(*text),
            say(f"{n} 幢 1502", f"Building {n}"),
            person,
            Pill(kind, say(*left)),
            chases,
        )
        for n, (state, priority, text, person, kind, left, chases) in enumerate(rows, 22)
    ]


def order_columns() -> list[Column[OrderRow]]:
    """The columns of the queue."""

    def chase(row: OrderRow) -> Tag | None:
        return chase_tag(row.chases, say(f"催 {row.chases}", f"{row.chases} chases")) if row.chases else None

    return [
        Column(
            "check",
            lambda: say("勾选", "Check"),
            lambda row: row.id,
            CellKind.CHECK,
            28,
            is_fixed=True,
            shows_title=False,
        ),
        Column("state", lambda: say("状态", "State"), lambda row: row.state, CellKind.STATE, 28, shows_title=False),
        Column("number", lambda: say("单号", "Number"), lambda row: row.number, width=92, token="text_secondary"),
        Column(
            "priority",
            lambda: say("优先级", "Priority"),
            lambda row: row.priority,
            CellKind.PRIORITY,
            32,
            shows_title=False,
        ),
        Column(
            "text",
            lambda: say("内容", "What"),
            lambda row: row.text,
            is_bold=lambda row: row.priority < "P3",
            tag=chase,
            least=200,
        ),
        Column("place", lambda: say("位置", "Where"), lambda row: row.place, width=112, token="text_secondary"),
        Column(
            "person",
            lambda: say("处理人", "Who"),
            lambda row: row.person,
            CellKind.LINK,
            68,
            call=lambda: say("指派", "Assign"),
        ),
        Column("left", lambda: say("剩余", "Left"), lambda row: row.pill, CellKind.PILL, 116),
    ]


def queue(parent: QWidget) -> Table:
    """A table of orders with a current row and checks; the last rows have not come yet."""
    waiting: list[OrderRow] = order_rows()
    model = RowTable(
        order_columns(), lambda ids, deliver: deliver([row for row in waiting if row.id in ids]), parent=parent
    )
    table = Table(model, say("工单", "Orders"))
    model.set_ids([row.id for row in waiting] + ["98", "99"])
    model.set_checked(["23", "27"])
    table.header.show_sorted("left")
    table.go_to("23")
    return table


def over(window: QWidget) -> None:
    """Lay a popover and a toast over ``window``."""
    popover = Popover(
        window, say("周铁生 来电，代记一步", "Zhou Tiesheng calls: enter a step"), icon="phone-incoming", key="T"
    )
    steps = [
        Button(say(*words))
        for words in (("1 接单 08:53", "1 Accept 08:53"), ("2 到场", "2 On site"), ("3 完工", "3 Done"))
    ]
    steps[0].setEnabled(False)
    steps[1].setCheckable(True)
    steps[1].setChecked(True)
    when = QLineEdit("09:09")
    when.setFixedWidth(120)
    popover.add(
        column(
            row(*steps, None),
            row(
                Text(say("发生时间", "Happened at")),
                when,
                Text(say("打 909；可填 08:53 至 09:11", "type 909; 08:53 to 09:11"), "caption", token="text_muted"),
                None,
            ),
            gap=12,
            margins=12,
        )
    )
    popover.add_foot(
        row(
            Text(say("记为：09:09 周铁生 到场", "Entered as: 09:09 Zhou arrived"), "caption", token="text_muted"),
            None,
            Button(say("取消", "Cancel"), role="text", key="Esc"),
            Button(say("记入", "Enter it"), role="primary", key="Enter"),
            margins=(12, 8, 12, 8),
        )
    )
    popover.open_at(QRect(300, 330, 400, 32))
    toast = Toast(window)
    toast.say(say("已把 12 张单派给 孙志远", "12 orders assigned to Sun Zhiyuan"), can_undo=True)


PAGES: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {
    "controls": (controls, (1280, 760)),
    "states": (states, (900, 760)),
    "page": (page, (1440, 900)),
    "empty": (lambda: page(is_full=False), (1440, 900)),
}


def settle() -> None:
    """Let layouts and changes of the theme come through."""
    for _round in range(4):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)  # noqa: TID251  # no loop runs here


def render(application: QApplication, folder: Path, theme: ThemeName, language: str, scale: float = 1.0) -> None:
    """Write the pictures of one theme, language and scale."""
    apply_theme(application, make_theme(theme, language, scale))
    settle()
    for name, (build, (width, height)) in PAGES.items():
        widget = build()
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        settle()
        end = f"{theme}-{language}-{scale:g}.png"
        if focused := widget.findChild(QWidget, "focused-button"):
            focused.setFocus(Qt.FocusReason.TabFocusReason)
            widget.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
            settle()
        widget.grab().save(str(folder / f"{name}-{end}"))
        if name == "page":
            over(widget)
            settle()
            widget.grab().save(str(folder / f"over-{end}"))
        widget.close()


def main() -> None:
    """Write all pictures into the folder named on the command line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    translations = Translations(folder / "i18n")
    for theme, language, scale in (
        ("light", "zh", 1.0),
        ("dark", "zh", 1.0),
        ("light", "en", 1.0),
        ("control", "zh", 1.3),
    ):
        translations.use(Language(language))
        render(application, folder, theme, language, scale)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
