"""Rows and columns of widgets whose gaps and margins are px at 100 % and grow with the user's scale."""

from typing import TypeAlias

from PySide6.QtWidgets import QApplication, QBoxLayout, QLayout, QWidget

from app.ui.theme.style import current_theme

Margins: TypeAlias = int | tuple[int, int, int, int]
"""One margin for all sides, or left, top, right, bottom; px at 100 %."""

Part: TypeAlias = QWidget | QLayout | None
"""A widget, a layout, or None for a stretch that takes what is left."""


class Box(QBoxLayout):
    """A row or column of parts; made by :func:`row` and :func:`column`."""

    def __init__(self, direction: QBoxLayout.Direction, gap: int, margins: Margins) -> None:
        super().__init__(direction)
        self._gap = gap
        self._margins = margins if isinstance(margins, tuple) else (margins, margins, margins, margins)
        self.rescale(current_theme().scale)

    def rescale(self, scale: float) -> None:
        """Set gaps and margins for ``scale``."""
        self.setSpacing(round(self._gap * scale))
        self.setContentsMargins(*(round(margin * scale) for margin in self._margins))

    def put(self, part: Part, stretch: int = 0) -> None:
        """Add a part at the end; ``stretch`` is its share of what is left."""
        if part is None:
            self.addStretch(stretch or 1)
        elif isinstance(part, QLayout):
            self.addLayout(part, stretch)
        else:
            self.addWidget(part, stretch)


def row(*parts: Part | tuple[Part, int], gap: int = 8, margins: Margins = 0, parent: QWidget | None = None) -> Box:
    """Parts side by side; ``(part, n)`` gives a part a share of what is left, None is a stretch."""
    return _filled(Box(QBoxLayout.Direction.LeftToRight, gap, margins), parts, parent)


def column(*parts: Part | tuple[Part, int], gap: int = 8, margins: Margins = 0, parent: QWidget | None = None) -> Box:
    """Parts one below the other; as :func:`row`."""
    return _filled(Box(QBoxLayout.Direction.TopToBottom, gap, margins), parts, parent)


def _filled(box: Box, parts: tuple[Part | tuple[Part, int], ...], parent: QWidget | None) -> Box:
    if parent is not None:
        parent.setLayout(box)
    for part in parts:
        if isinstance(part, tuple):
            box.put(*part)
        else:
            box.put(part)
    return box


def rescale_layouts(scale: float) -> None:
    """Let every box of the program follow a new scale."""
    for widget in QApplication.allWidgets():
        layout = widget.layout()
        if layout is None:
            continue
        for box in (layout, *layout.findChildren(QBoxLayout)):
            if isinstance(box, Box):
                box.rescale(scale)
