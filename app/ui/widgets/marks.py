"""Glyphs as widgets, for panes and cards: states, pills, priorities, tags, keys, initials, icons."""

from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.glyphs.keys import key_size, paint_key
from app.ui.glyphs.marks import Tag, paint_avatar, paint_priority, paint_tag, priority_size, tag_size
from app.ui.glyphs.shapes import Shape, paint_shape
from app.ui.glyphs.sla import Pill, paint_pill, pill_size
from app.ui.glyphs.states import paint_state, state_size
from app.ui.theme.icons import paint_icon
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme


class Mark(QWidget):
    """A painted glyph of fixed size."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def changed(self, name: str) -> None:
        """Paint anew, under another accessible name."""
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def glyph_size(self, theme: Theme) -> QSizeF:
        """Size of the glyph in px."""
        raise NotImplementedError

    def paint_glyph(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the glyph into ``rect``."""
        raise NotImplementedError

    @override
    def sizeHint(self) -> QSize:
        size = self.glyph_size(current_theme())
        return QSize(int(size.width() + 0.99), int(size.height() + 0.99))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.paint_glyph(QPainter(self), QRectF(self.rect()), current_theme())


class StateMark(Mark):
    """The glyph of a work order's state; ``name`` is the state in words."""

    def __init__(self, state: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._state = state

    def set_state(self, state: str, name: str) -> None:
        """Show another state."""
        self._state = state
        self.changed(name)

    @override
    def glyph_size(self, theme: Theme) -> QSizeF:
        return state_size(theme)

    @override
    def paint_glyph(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        paint_state(painter, rect, self._state, theme)


class PillMark(Mark):
    """The pill of a clock."""

    def __init__(self, pill: Pill | None = None, parent: QWidget | None = None) -> None:
        super().__init__(pill.text if pill else "", parent)
        self._pill = pill

    def set_pill(self, pill: Pill | None) -> None:
        """Show another pill, or none."""
        if pill != self._pill:
            self._pill = pill
            self.changed(pill.text if pill else "")

    @override
    def glyph_size(self, theme: Theme) -> QSizeF:
        return pill_size(self._pill, theme) if self._pill else QSizeF(0, theme.size.pill_height)

    @override
    def paint_glyph(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        if self._pill:
            paint_pill(painter, rect, self._pill, theme)


class PriorityMark(Mark):
    """The mark of a priority, "P1" to "P4"."""

    def __init__(self, priority: str = "", parent: QWidget | None = None) -> None:
        super().__init__(priority, parent)
        self._priority = priority

    def set_priority(self, priority: str) -> None:
        """Show another priority."""
        self._priority = priority
        self.changed(priority)

    @override
    def glyph_size(self, theme: Theme) -> QSizeF:
        return priority_size(theme)

    @override
    def paint_glyph(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        paint_priority(painter, rect, self._priority, theme)


class TagMark(Mark):
    """A tag."""

    def __init__(self, tag: Tag, parent: QWidget | None = None) -> None:
        super().__init__(tag.text, parent)
        self._tag = tag

    def set_tag(self, tag: Tag) -> None:
        """Show another tag."""
        if tag != self._tag:
            self._tag = tag
            self.changed(tag.text)

    @override
    def glyph_size(self, theme: Theme) -> QSizeF:
        return tag_size(self._tag, theme)

    @override
    def paint_glyph(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        paint_tag(painter, rect, self._tag, theme)


class KeyHint(Mark):
    """A key in its box, "Ctrl N"."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self._key = key

    @override
    def glyph_size(self, theme: Theme) -> QSizeF:
        return key_size(self._key, theme)

    @override
    def paint_glyph(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        paint_key(painter, rect, self._key, theme)


class Avatar(Mark):
    """A person's initial in a disc of ``side`` px at 100 %."""

    def __init__(self, name: str = "", side: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._name, self._side = name, side

    def set_name(self, name: str) -> None:
        """Stand for another person."""
        self._name = name
        self.changed(name)

    @override
    def glyph_size(self, theme: Theme) -> QSizeF:
        return QSizeF(theme.px(self._side), theme.px(self._side))

    @override
    def paint_glyph(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        paint_avatar(painter, rect, self._name, theme)


class IconMark(Mark):
    """An icon, or a shape, of ``side`` px at 100 % that only looks; ``name`` says what it means, if anything."""

    def __init__(
        self,
        icon: str | Shape,
        token: str = "text_secondary",
        *,
        side: int = 16,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._icon, self._token, self._side = icon, token, side

    def set_icon(self, icon: str | Shape, token: str = "text_secondary", name: str = "") -> None:
        """Show another icon."""
        self._icon, self._token = icon, token
        self.changed(name)

    @override
    def glyph_size(self, theme: Theme) -> QSizeF:
        return QSizeF(theme.px(self._side), theme.px(self._side))

    @override
    def paint_glyph(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        if isinstance(self._icon, Shape):
            paint_shape(painter, rect, self._icon, theme.colour(self._token))
        elif self._icon:
            paint_icon(painter, rect, self._icon, theme.colour(self._token))
