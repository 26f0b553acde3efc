"""The queue page in words: every part has a name, every text is translated, both languages and themes hold."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.commands.work_orders import Reporter
from app.domain.words import TABLES, Language
from app.domain.work_orders import OPEN_STATES, State
from app.store.queries.queue import Due, QueueFilter
from app.store.queries.queue_choices import NO_CHOICES
from app.store.queries.queue_sort import Sort, SortKey
from app.ui.actions import clashes
from app.ui.pages.work_orders.facets import facets_on, without
from app.ui.pages.work_orders.forms.form import OrderForm
from app.ui.pages.work_orders.menus import order_menu
from app.ui.pages.work_orders.order_words import when, when_exactly
from app.ui.pages.work_orders.page import NARROW_PANE
from app.ui.pages.work_orders.specs import specs
from app.ui.pages.work_orders.told_times import told_time
from app.ui.pages.work_orders.views import Group, View, built_in_views, own_view, view_body
from app.ui.theme.apply import apply_theme
from app.ui.theme.theme import make_theme
from app.ui.translation import Translations
from app.ui.widgets.bars import PaneFooter
from tests.factories import HE, LIFT, SUN
from tests.ui.pages.queue_desk import Shown
from tests.ui.pseudo import PseudoTranslator

ZONE = ZoneInfo("Asia/Shanghai")
FORMS = ("assign", "add", "hold", "cancel", "merge", "edit")


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[PseudoTranslator]:
    """Speak a language that does not exist."""
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)


def filled(shown: Shown) -> str:
    """A page with something in every part of it; the order that is read."""
    order_id = shown.queue.sent(
        "电梯困人", SUN, HE, minutes_ago=20, asset_id=LIFT, reporter=Reporter(name="严秀珍", phone="13922071846")
    )
    shown.read(order_id)
    return order_id


def opened_forms(shown: Shown) -> Iterator[QWidget]:
    """Every form in turn."""
    for name in FORMS:
        shown.run(name)
        shown.qtbot.waitUntil(lambda: isinstance(shown.page.pane.form, OrderForm))
        form = shown.page.pane.form
        assert form is not None
        yield form
        shown.page.asking.leave()


def nameless(root: QWidget) -> list[str]:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    found = [widget for widget in root.findChildren(QWidget) if isinstance(widget, kinds) and widget.isVisibleTo(root)]
    return [repr(widget) for widget in found if not (widget.accessibleName() or _words(widget))]


def _words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""


def test_every_part_that_can_be_used_has_a_name(shown: Shown) -> None:
    filled(shown)
    shown.page.list.chips.open_search()
    assert nameless(shown.page) == []
    for form in opened_forms(shown):
        assert nameless(form) == []
    shown.run("phone")
    popover = shown.page.doing._phone
    assert popover is not None
    assert nameless(popover) == []
    popover.leave()


DATA = ("P1", "P2", "P3", "P4", "严秀珍", "周铁生", "孙志远", "何文斌", "电梯困人", "260916")


def untranslated(root: QWidget) -> list[str]:
    """Texts in sight that no translator was asked for, other than data, figures and domain words."""
    texts = [_words(widget) for widget in root.findChildren(QWidget) if widget.isVisibleTo(root)]
    texts += [widget.placeholderText() for widget in root.findChildren(QLineEdit) if widget.isVisibleTo(root)]
    plain = [text for text in texts if any(sign.isascii() and sign.isalpha() for sign in text)]
    return [text for text in plain if not text.startswith("[") and not any(word in text for word in DATA)]


SAID = {english for table in TABLES for _, english in table.values()} | {"Plumbing"}
"""Domain words and names that are data: they are said by code, not by the translator."""


def test_every_text_in_sight_is_translated(shown: Shown, pseudo: PseudoTranslator) -> None:
    filled(shown)
    found = untranslated(shown.page)
    for form in opened_forms(shown):
        found += untranslated(form)
    shown.page.list.chips.changed.emit(QueueFilter(due=Due.OVERDUE))
    shown.qtbot.waitUntil(lambda: not shown.ids())
    found += untranslated(shown.page.list)
    menu = order_menu(shown.queue.actions, shown.page)
    found += [action.text() for action in menu.findChildren(QAction) if action.text() and action.text()[0] != "["]
    menu.deleteLater()
    assert {text for text in found if not _is_domain_word(text)} == set()


def _is_domain_word(text: str) -> bool:
    return text.lstrip("1234567890 ") in SAID


def test_the_language_changes_while_the_page_is_open(shown: Shown, tmp_path: Path) -> None:
    order_id = filled(shown)
    translations = Translations(tmp_path / "i18n")
    translations.use(Language.CHINESE)
    page = shown.page
    shown.qtbot.waitUntil(lambda: page.pane.head._state_words.text() == "待接单")
    assert page.list.table.rows.headerData(2, page.list.table.header.orientation()) == "单号"
    assert page.list.header._title.text() == "全部未关闭"
    row = page.listing.rows.row(order_id)
    left = next(column for column in page.listing.rows.columns if column.key == "left")
    assert row is not None
    assert left.value(row).text == "剩 40 分"
    translations.use(Language.ENGLISH)
    shown.qtbot.waitUntil(lambda: page.pane.head._state_words.text() == "Dispatched")
    assert page.list.header._title.text() == "All open"


@pytest.mark.parametrize(("name", "scale"), [("dark", 1.0), ("light", 1.5)])
def test_the_page_stands_in_every_theme_and_size(shown: Shown, qapp: QApplication, name: str, scale: float) -> None:
    filled(shown)
    apply_theme(qapp, make_theme(name, "zh", scale))  # type: ignore[arg-type]
    shown.page.resize(1400, 900)
    assert not shown.page.grab().isNull()


def test_no_two_actions_share_a_key() -> None:
    assert clashes(specs()) == []
    assert [spec.id for spec in specs() if not spec.text()] == []


def test_keys_with_letters_alone_are_secondary_or_drawn_so() -> None:
    assert [spec.id for spec in specs() for key in spec.keys if len(key) == 1] == []


@pytest.mark.parametrize(
    ("typed", "clock"),
    [("909", "09:09"), ("0909", "09:09"), ("9:09", "09:09"), ("9", "09:00"), ("９：０９", "09:09"), ("2350", "23:50")],
)
def test_a_told_time_is_read_however_it_is_typed(typed: str, clock: str) -> None:
    latest = datetime(2026, 9, 16, 15, 59, tzinfo=UTC)
    at = told_time(typed, latest - timedelta(hours=23), latest, ZONE)
    assert at is not None
    assert f"{at.astimezone(ZONE):%H:%M}" == clock


def test_a_told_time_after_midnight_is_of_the_day_before_when_only_that_can_be() -> None:
    latest = datetime(2026, 9, 15, 16, 10, tzinfo=UTC)
    at = told_time("2350", latest - timedelta(hours=2), latest, ZONE)
    assert at is not None
    assert at.astimezone(ZONE).day == 15


@pytest.mark.parametrize("typed", ["", "x", "25", "960", "12345", "12.5"])
def test_what_is_no_time_is_none(typed: str) -> None:
    latest = datetime(2026, 9, 16, 4, 0, tzinfo=UTC)
    assert told_time(typed, latest, latest, ZONE) is None


def test_times_name_their_day_when_it_is_another() -> None:
    today = datetime(2026, 9, 16, tzinfo=ZONE).date()
    assert when(datetime(2026, 9, 16, 1, 14, tzinfo=UTC), today, ZONE) == "09:14"
    assert when_exactly(datetime(2026, 9, 15, 1, 14, tzinfo=UTC), today, ZONE) == "9-15 09:14"
    assert when(datetime(2025, 12, 31, 1, 14, tzinfo=UTC), today, ZONE) == "2025-12-31"
    assert when(datetime(2025, 12, 31, 1, 14, tzinfo=UTC), today, ZONE, has_year=False) == "12-31"


def test_a_saved_filter_comes_back_as_it_was() -> None:
    wanted = QueueFilter(
        states=(State.DONE,),
        site_ids=("a",),
        priorities=("P1",),
        category_ids=("b",),
        staff_ids=("c",),
        is_unassigned=True,
        is_mine=True,
        is_chased=True,
        reopened_within_days=7,
        reported_within_days=1,
        due=Due.TODAY,
        text="漏",
    )
    view = View("1", "n", wanted, Group.OTHER, Sort(SortKey.NUMBER, is_descending=True), "{}", is_own=True)
    assert own_view("1", "n", view_body(view), is_starred=False) == view


def test_a_filter_that_another_version_saved_loses_only_what_is_not_known() -> None:
    body = {"filter": {"states": ["done", "teleported"], "due": "someday", "new": 1}, "sort": {"key": "mood"}}
    view = own_view("1", "n", body, is_starred=True)
    assert view.wanted == QueueFilter(states=(State.DONE,))
    assert view.sort == Sort()
    assert view.group is Group.STARRED
    assert own_view("1", "n", {}, is_starred=False).wanted == QueueFilter()


def test_the_buttons_of_every_form_have_room_in_the_narrowest_pane(shown: Shown) -> None:
    filled(shown)
    for form in opened_forms(shown):
        (foot,) = form.findChildren(PaneFooter)
        assert foot.minimumSizeHint().width() <= NARROW_PANE, type(form)


def test_every_facet_can_be_taken_off() -> None:
    wanted = QueueFilter(
        priorities=("P1",), is_unassigned=True, is_chased=True, due=Due.OVERDUE, text="漏", is_mine=True
    )
    left = wanted
    for facet in facets_on(wanted, NO_CHOICES):
        left = without(left, facet.id)
    assert left == QueueFilter(states=())
    assert QueueFilter().states == OPEN_STATES


def test_filters_that_come_with_the_program_are_told_apart() -> None:
    views = built_in_views(NO_CHOICES)
    assert len({view.id for view in views}) == len(views)
    assert len({view.name for view in views}) == len(views)
