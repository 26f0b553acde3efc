"""Puts other widgets into a box in place of those it has."""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QWidget


def refill(box: QBoxLayout, widgets: Sequence[QWidget]) -> None:
    """Take out what ``box`` holds and put ``widgets`` in."""
    while (item := box.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        box.addWidget(widget)
