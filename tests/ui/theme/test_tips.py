"""What pops up beside the pointer."""

from PySide6.QtGui import Qt, QTextDocument

from app.ui.theme.tips import LONGEST, plain_tip


def shown(tip: str) -> str:
    """What is read where this is given as a tip."""
    document = QTextDocument()
    if Qt.mightBeRichText(tip):
        document.setHtml(tip)
    else:
        document.setPlainText(tip)
    return document.toPlainText()


def test_a_tip_is_read_as_it_was_typed() -> None:
    for text in (
        "王芳",
        "a < b & c",
        "<b>王</b>",
        "<img src='file:///etc/x'>",
        "&lt;b&gt;",
        "<!DOCTYPE html>",
        "一\n二",
    ):
        assert shown(plain_tip(text)) == text


def test_a_long_text_is_cut() -> None:
    assert shown(plain_tip("水" * 20_000)) == "水" * LONGEST + "…"
