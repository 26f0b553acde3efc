"""Tests of all parts at once, as the gallery shows them: named, translated, never cut."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.theme.apply import apply_theme
from app.ui.theme.theme import make_theme
from app.ui.theme.tokens import THEME_NAMES, ThemeName
from app.ui.widgets.bars import BulkBar, TaskPart
from app.ui.widgets.fields import PasswordField
from app.ui.widgets.marks import Mark
from app.ui.widgets.notices import NoticeData, NoticeStack
from app.ui.widgets.table_header import TableHeader
from app.ui.widgets.toasts import Toast
from tests.ui import gallery
from tests.ui.pseudo import PseudoTranslator

NAMED = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)


@pytest.fixture(params=[("zh", 1.0), ("en", 1.0), ("en", 1.5)], ids=str)
def look(request: pytest.FixtureRequest, qapp: QApplication) -> None:
    language, scale = request.param
    apply_theme(qapp, make_theme("light", language, scale))


def built(qtbot: QtBot, build: Callable[[], QWidget]) -> QWidget:
    made = build()
    qtbot.addWidget(made)
    made.resize(2200, 1400)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("build", [gallery.controls, gallery.page])
def test_no_button_or_mark_is_smaller_than_its_contents(qtbot: QtBot, build: Callable[[], QWidget]) -> None:
    made = built(qtbot, build)
    parts = [*made.findChildren(QAbstractButton), *made.findChildren(Mark), *made.findChildren(QLabel)]
    cut = [
        (type(part).__name__, part.accessibleName(), part.width(), part.minimumSizeHint().width())
        for part in parts
        if part.isVisible() and part.width() < part.minimumSizeHint().width()
    ]
    assert cut == []


@pytest.mark.parametrize("build", [gallery.page, lambda: gallery.page(is_full=False)])
def test_whatever_takes_the_focus_says_what_it_is(qtbot: QtBot, build: Callable[[], QWidget]) -> None:
    made = built(qtbot, build)
    nameless = []
    for part in made.findChildren(QWidget):
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and isinstance(part, NAMED):
            found = QAccessible.queryAccessibleInterface(part)
            if not found.text(QAccessible.Text.Name) and not isinstance(part, TableHeader):
                nameless.append(part)
    assert nameless == []


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_theme_paints_every_part(qtbot: QtBot, qapp: QApplication, name: ThemeName) -> None:
    apply_theme(qapp, make_theme(name))
    for build in (gallery.controls, gallery.page, gallery.states):
        made = built(qtbot, build)
        ground = made.grab().toImage().pixelColor(2190, 1390)
        assert ground in (make_theme(name).base.surface, make_theme(name).base.window)


def test_open_parts_follow_the_language(qtbot: QtBot) -> None:
    """What a part says by itself is said anew when the language changes, and nothing is left in English."""
    window = QWidget()
    qtbot.addWidget(window)
    notices = NoticeStack()
    notices.put("x", NoticeData("ok", "[x]"))
    parts = [BulkBar(), TaskPart(), Toast(window), PasswordField(), notices]
    for part in parts:
        part.setParent(window)
    window.show()

    def english() -> list[str]:
        words = [button.text() or button.accessibleName() for button in window.findChildren(QAbstractButton)]
        return [said for said in words if not said.startswith("[")]

    assert len(english()) == len(parts)
    pseudo = PseudoTranslator()
    QCoreApplication.installTranslator(pseudo)
    try:
        qtbot.waitUntil(lambda: not english())
    finally:
        QCoreApplication.removeTranslator(pseudo)
