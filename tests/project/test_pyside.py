"""The installed Qt binding can be trusted with this Python."""

import sys

from PySide6.QtGui import QImage, QPainter


def test_qt_calls_keep_the_references_of_none_and_true(qapp: object) -> None:
    """PySide6 6.12 with Python 3.11 drops one at each call and aborts the process after some thousands."""
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(1000):
        painter.drawLine(0, 0, 7, 7)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 100
