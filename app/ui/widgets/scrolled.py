"""A part of a page that scrolls up and down where it is taller than its room."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolled(content: QWidget) -> QScrollArea:
    """``content`` in an area that scrolls it; it is as wide as the area, and takes no focus of its own."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)  # Qt's own signature
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
