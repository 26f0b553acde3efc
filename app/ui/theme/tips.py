"""Tips: what pops up beside the pointer, which Qt would read as HTML where it looks like it."""

from PySide6.QtGui import Qt

LONGEST = 1_000
"""Characters: a page of text would cover the screen."""


def plain_tip(text: str) -> str:
    """``text`` as a tip shows it as it stands, whatever stands in it; cut where it is long."""
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return Qt.convertFromPlainText(short) if short != text or Qt.mightBeRichText(text) else short
