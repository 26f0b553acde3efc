"""Tests of the style: flat controls that follow the theme."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.apply import apply_theme, choose_theme
from app.ui.theme.icons import ICONS_FOLDER, icon, icon_pixmap
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme, make_theme


def pixel(widget: QWidget, x: int, y: int) -> QColor:
    return widget.grab().toImage().pixelColor(QPoint(x, y))


def test_main_button_is_one_flat_accent(qtbot: QtBot, theme: Theme) -> None:
    button = QPushButton("记入")
    qtbot.addWidget(button)
    button.setProperty("role", "primary")
    button.resize(120, 32)
    assert pixel(button, 10, 5) == pixel(button, 10, 26) == theme.base.accent


def test_field_in_error_has_a_red_outline(qtbot: QtBot, theme: Theme) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(120, 32)
    assert pixel(field, 60, 0) == theme.base.border_strong
    field.setProperty("error", "yes")
    assert pixel(field, 60, 1) == theme.status("danger").shape


def test_field_and_button_are_as_high_as_the_drawings_say(qtbot: QtBot, theme: Theme) -> None:
    field, button = QLineEdit(), QPushButton("x")
    qtbot.addWidget(field)
    qtbot.addWidget(button)
    assert field.sizeHint().height() == theme.size.field
    assert button.sizeHint().height() == theme.size.button_primary


def test_theme_changes_while_the_program_runs(qapp: QApplication, qtbot: QtBot) -> None:
    box = QCheckBox("x")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.show()
    mark = icon("check", "accent")
    before = mark.pixmap(QSize(16, 16)).toImage()
    apply_theme(qapp, make_theme("dark"))
    assert current_theme().name == "dark"
    assert pixel(box, 2, box.height() // 2 - 4) == make_theme("dark").base.accent
    assert mark.pixmap(QSize(16, 16)).toImage() != before


def test_gaps_follow_the_scale(qapp: QApplication, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    inner = row(QLineEdit(), None, QLineEdit(), gap=8)
    outer = column(inner, gap=12, margins=(16, 4, 16, 4), parent=widget)
    assert (inner.spacing(), outer.spacing(), outer.contentsMargins().left()) == (8, 12, 16)
    apply_theme(qapp, make_theme(scale=1.5))
    assert (inner.spacing(), outer.spacing(), outer.contentsMargins().left()) == (12, 18, 24)


def test_icon_has_the_colour_of_its_token_and_fades_when_disabled(theme: Theme) -> None:
    image = icon_pixmap("plus", QSize(24, 24), theme.base.link).toImage()
    assert image.pixelColor(12, 12) == theme.base.link
    faded = icon("plus", "link").pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    assert faded.pixelColor(12, 12) == theme.base.text_disabled


def test_icon_is_sharp_on_a_dense_screen(theme: Theme) -> None:
    pixmap = icon("plus").pixmap(QSize(16, 16), 2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.devicePixelRatio() == 2.0


def test_every_icon_can_be_painted(theme: Theme) -> None:
    for file in sorted(ICONS_FOLDER.glob("*.svg")):
        image = icon_pixmap(file.stem, QSize(24, 24), theme.base.text).toImage()
        inked = any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))
        assert inked, file.name


def test_the_wish_system_follows_the_desktop() -> None:
    assert choose_theme("system", Qt.ColorScheme.Dark) == "dark"
    assert choose_theme("system", Qt.ColorScheme.Unknown) == "light"
    assert choose_theme("control", Qt.ColorScheme.Dark) == "control"
