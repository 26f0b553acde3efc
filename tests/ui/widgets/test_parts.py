"""Tests of the small parts: buttons, fields, chips, segments, texts."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.ui.glyphs.marks import Tag
from app.ui.glyphs.sla import Pill, PillKind
from app.ui.theme.apply import apply_theme
from app.ui.theme.theme import Theme, make_theme
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import Field, LineEdit, PasswordField, SearchField
from app.ui.widgets.marks import PillMark
from app.ui.widgets.segments import Option, Segments
from app.ui.widgets.texts import ElidedText, Span, SpanText, Text

LEFT = Qt.MouseButton.LeftButton


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)


def test_button_has_room_for_icon_words_and_key(qtbot: QtBot) -> None:
    plain, full = Button("完工"), Button("完工", icon="check", key="Ctrl D", size="main")
    qtbot.addWidget(plain)
    qtbot.addWidget(full)
    assert full.sizeHint().width() > plain.sizeHint().width() + 16 + 30
    assert (plain.sizeHint().height(), full.sizeHint().height()) == (28, 32)


def test_main_button_in_bold_still_has_room(qtbot: QtBot) -> None:
    main, plain = Button("Enter it now", role="primary"), Button("Enter it now")
    qtbot.addWidget(main)
    qtbot.addWidget(plain)
    assert main.sizeHint().width() > plain.sizeHint().width()


def test_button_without_words_is_square_and_says_what_it_does(qtbot: QtBot) -> None:
    button = IconButton("printer", "Print", key="Ctrl P")
    qtbot.addWidget(button)
    assert button.sizeHint().width() == button.sizeHint().height()
    assert (button.accessibleName(), button.toolTip()) == ("Print", "Print  Ctrl P")


def test_buttons_are_pressed_by_space(qtbot: QtBot) -> None:
    button = Button("Hold")
    shown(qtbot, button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_escape_empties_a_search_and_down_leaves_it(qtbot: QtBot) -> None:
    field = SearchField("Search", key="Ctrl K")
    shown(qtbot, field)
    qtbot.keyClicks(field, "138")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.left_by_key):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_undo_is_the_window_s_while_nothing_was_typed_in_the_search(qtbot: QtBot) -> None:
    window = QWidget()
    field, undo = SearchField("Search", parent=window), QAction("Undo", window)
    undo.setShortcut("Ctrl+Z")
    window.addAction(undo)
    shown(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    with qtbot.waitSignal(undo.triggered):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "138")
    with qtbot.assertNotEmitted(undo.triggered):
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""


def test_typed_words_never_run_under_icon_or_hints(qtbot: QtBot) -> None:
    field = SearchField("Search", hints=("name", "room"))
    qtbot.addWidget(field)
    margins = field.textMargins()
    assert margins.left() >= 16
    assert margins.right() > 60
    field.set_hints()
    assert field.textMargins().right() < 10


def test_what_a_line_cannot_hold_is_left_out_and_said(qtbot: QtBot) -> None:
    line = LineEdit("水", limit=10)
    qtbot.addWidget(line)
    line.show()
    QApplication.clipboard().setText("漏" * 1_000_000)
    line.paste()
    assert line.text() == "水" + "漏" * 9
    assert line.accessibleDescription() == "At most 10 characters fit; the rest was left out."
    assert QToolTip.text() == line.accessibleDescription()
    QToolTip.hideText()


def test_what_stands_in_a_line_already_stays_whole(qtbot: QtBot) -> None:
    line = LineEdit("水" * 20, limit=10)
    qtbot.addWidget(line)
    assert line.text() == "水" * 20


def test_eye_shows_and_hides_the_password(qtbot: QtBot) -> None:
    field = PasswordField()
    shown(qtbot, field)
    eye = field.findChild(IconButton)
    assert isinstance(eye, IconButton)
    eye.click()
    assert (field.echoMode(), eye.accessibleName()) == (QLineEdit.EchoMode.Normal, "Hide the password")
    eye.click()
    assert (field.echoMode(), eye.accessibleName()) == (QLineEdit.EchoMode.Password, "Show the password")


def test_field_says_what_is_wrong_in_words_and_to_screen_readers(qtbot: QtBot) -> None:
    edit = QLineEdit()
    field = Field("Phone:", edit, label_width=64)
    shown(qtbot, field)
    assert edit.accessibleName() == "Phone"
    before = field.sizeHint().height()
    field.set_error("Six more digits")
    assert (field.error(), edit.accessibleDescription(), edit.property("error")) == ("Six more digits",) * 2 + (True,)
    assert field.sizeHint().height() > before
    field.set_error("")
    assert (edit.accessibleDescription(), edit.property("error")) == ("", False)


def test_cross_of_a_chip_removes_and_the_rest_presses(qtbot: QtBot) -> None:
    chip = Chip("Lanwan", "Site", is_removable=True)
    shown(qtbot, chip)
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.clicked):
        qtbot.mouseClick(chip, LEFT, pos=QPoint(chip.width() - 12, chip.height() // 2))
    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.removed):
        qtbot.mouseClick(chip, LEFT, pos=QPoint(12, chip.height() // 2))
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_chip_that_cannot_be_removed_is_pressed_anywhere(qtbot: QtBot) -> None:
    chip = Chip("Filter", icon="plus")
    shown(qtbot, chip)
    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.removed):
        qtbot.mouseClick(chip, LEFT, pos=QPoint(chip.width() - 6, chip.height() // 2))


def test_segments_are_chosen_by_pointer_and_key(qtbot: QtBot) -> None:
    segments = Segments([Option("a", "A"), Option("b", "B"), Option("c", "C")], "b")
    shown(qtbot, segments)
    told: list[str] = []
    segments.chosen.connect(told.append)
    last = segments._segments()[2]
    qtbot.mouseClick(last, LEFT)
    qtbot.keyClick(last, Qt.Key.Key_Left)
    assert (told, segments.current()) == (["c", "b"], "b")


def test_segments_said_in_another_language_keep_the_choice(qtbot: QtBot) -> None:
    segments = Segments([Option("a", "A"), Option("b", "B")], "b")
    qtbot.addWidget(segments)
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_options([Option("a", "甲"), Option("b", "乙")])
        segments.choose("a")
    assert segments.current() == "a"


@pytest.mark.parametrize("kind", [Text, ElidedText])
def test_data_is_never_taken_for_markup(qtbot: QtBot, kind: type[Text]) -> None:
    text = kind("<b>bold</b>")
    qtbot.addWidget(text)
    assert text.textFormat() is Qt.TextFormat.PlainText


def test_text_follows_theme_and_scale(qapp: QApplication, qtbot: QtBot) -> None:
    text = Text("x", "title", bold=True, token="danger.text")
    qtbot.addWidget(text)
    apply_theme(qapp, make_theme("dark", scale=1.5))
    assert text.font().pointSizeF() == 18
    assert text.palette().windowText().color() == make_theme("dark").status("danger").text


def test_cut_text_is_whole_in_its_tip(qtbot: QtBot) -> None:
    text = ElidedText("a rather long description of a leaking pipe")
    shown(qtbot, text)
    text.resize(80, 20)
    text.grab()
    assert text.toolTip() == text.text()
    text.resize(800, 20)
    text.grab()
    assert text.toolTip() == ""


def test_words_break_into_lines_and_the_tag_comes_after_the_last(qtbot: QtBot, theme: Theme) -> None:
    text = SpanText([Span("周铁生", is_bold=True), Span(" 到场，6 幢 2 单元")], tag=Tag("林晓雨 09:11 电话代记"))
    qtbot.addWidget(text)
    wide, narrow = text.heightForWidth(600), text.heightForWidth(100)
    assert wide == 20
    assert narrow >= 60
    assert text.accessibleName() == "周铁生 到场，6 幢 2 单元 林晓雨 09:11 电话代记"


def test_bold_part_after_a_sign_beyond_the_basic_plane_is_where_it_should_be(qtbot: QtBot, theme: Theme) -> None:
    text = SpanText([Span("𠮷"), Span("B", is_bold=True, token="danger.text")])
    qtbot.addWidget(text)
    text.resize(60, 20)
    image = text.grab().toImage()
    red = theme.status("danger").text
    reddish = [x for x in range(60) for y in range(20) if image.pixelColor(x, y) == red]
    assert reddish
    assert min(reddish) >= 10


def test_pill_changes_size_with_its_words(qtbot: QtBot) -> None:
    mark = PillMark(Pill(PillKind.RUNNING, "2:31"))
    qtbot.addWidget(mark)
    before = mark.sizeHint().width()
    mark.set_pill(Pill(PillKind.RUNNING, "12 d 23 h left"))
    assert mark.sizeHint().width() > before
    mark.set_pill(None)
    assert mark.sizeHint().width() == 0
