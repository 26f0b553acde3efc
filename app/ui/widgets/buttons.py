"""Buttons with their key printed on them."""

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget
from typing_extensions import override

from app.ui.glyphs.keys import key_size, paint_key
from app.ui.theme.controls import button_text_colour
from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import LEFT, paint_chevron, paint_text, text_width
from app.ui.theme.style import current_theme
from app.ui.theme.theme import Theme
from app.ui.theme.tips import plain_tip

Role = Literal["", "primary", "danger", "text", "link"]
ButtonSize = Literal["small", "normal", "main"]

_HEIGHTS: dict[ButtonSize, int] = {"small": 24, "normal": 28, "main": 32}
_PADDINGS: dict[ButtonSize, int] = {"small": 9, "normal": 11, "main": 12}
_GAP, _KEY_GAP, _CHEVRON = 6, 8, 8
_LEAST, _LEAST_PADDING = 72, 2


class Button(QPushButton):
    """A button: an icon, words, the key that presses it, in this order; any of them may be missing.

    ``role`` is "primary" (one per pane), "danger", "text" (no outline), "link", or "" for an outlined one;
    ``size`` is 24, 28 or 32 px. With an icon alone it is square and needs ``name``, also its tip.
    """

    def __init__(
        self,
        text: str = "",
        *,
        role: Role = "",
        icon: str = "",
        key: str = "",
        size: ButtonSize = "normal",
        name: str = "",
        has_chevron: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon_name, self._key, self._size, self._has_chevron = icon, key, size, has_chevron
        self._gives_way = False
        self.setProperty("role", role)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if name:
            self.set_name(name)

    def let_give_way(self) -> None:
        """Cut the words where there is no room for them, as data may be of any length."""
        self._gives_way = True
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_role(self, role: Role) -> None:
        """Look like another kind of button."""
        self.setProperty("role", role)
        self._changed()

    def set_icon(self, icon: str) -> None:
        """Show another icon from resources/icons, or none."""
        self._icon_name = icon
        self._changed()

    def set_key(self, key: str) -> None:
        """Print another key, or none."""
        self._key = key
        self._changed()

    def set_name(self, name: str) -> None:
        """Say what a button without words does, in its tip and to screen readers."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(f"{name}  {self._key}" if self._key else name))

    def key(self) -> str:
        """The key printed on it."""
        return self._key

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        height, padding = theme.px(_HEIGHTS[self._size]), theme.px(_PADDINGS[self._size])
        if self.property("role") == "link":
            padding = theme.px(2)
        if not self.text() and not (self._key and not self._icon_name):
            return QSize(height, height)
        return QSize(round(self._content_width(theme)) + 2 * padding + 1, height)

    @override
    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), current_theme().px(_LEAST)), whole.height()) if self._gives_way else whole

    def _content_width(self, theme: Theme) -> float:
        parts: list[float] = [theme.icon.row] if self._icon_name else []
        if self.text():
            parts.append(text_width(self._words(), theme.font("body", bold=self._is_bold())))
        width: float = sum(parts) + theme.px(_GAP) * max(len(parts) - 1, 0)
        if self._has_key_on_it():
            width += theme.px(_KEY_GAP) + key_size(self._key, theme).width()
        return width + (theme.px(_GAP + _CHEVRON) if self._has_chevron else 0)

    def _words(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _is_bold(self) -> bool:
        return self.property("role") == "primary" or self.isChecked()

    def _has_key_on_it(self) -> bool:
        return bool(self._key and self.text())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelButtonCommand, option, painter, self)
        role = str(self.property("role"))
        ink = button_text_colour(theme, role, enabled=self.isEnabled())
        box = QRectF(self.rect())
        spare = (box.width() - self._content_width(theme)) / 2
        left = box.left() + max(round(spare), theme.px(_LEAST_PADDING))
        if self._icon_name:
            side = theme.icon.row
            top = round(box.center().y() - side / 2)
            tint = theme.base.text_secondary if role in ("", "text") and self.isEnabled() else ink
            paint_icon(painter, QRectF(round(left), top, side, side), self._icon_name, tint)
            left += side + theme.px(_GAP)
        if self.text():
            room = QRectF(left, box.top(), box.right() - left, box.height())
            left += paint_text(painter, room, self._words(), theme.font("body", bold=self._is_bold()), ink, LEFT)
        self._paint_end(painter, theme, box, left, ink)

    def _paint_end(self, painter: QPainter, theme: Theme, box: QRectF, left: float, ink: QColor) -> None:
        if self._has_key_on_it():
            left += theme.px(_KEY_GAP)
            room = QRectF(left, box.top(), box.right() - left, box.height())
            if self.property("role") == "primary" and self.isEnabled():
                line = QColor(ink)
                line.setAlphaF(0.75)
                paint_key(painter, room, self._key, theme, ink=ink, line=line)
            else:
                paint_key(painter, room, self._key, theme, ink=None if self.isEnabled() else ink)
            left += key_size(self._key, theme).width()
        if self._has_chevron:
            room = QRectF(left + theme.px(_GAP), box.top(), theme.px(_CHEVRON), box.height())
            paint_chevron(painter, room.center(), theme.px(3.5), ink)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._changed()


class IconButton(Button):
    """A square button that shows only an icon; ``name`` says what it does. Without an outline unless asked."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        key: str = "",
        size: ButtonSize = "normal",
        role: Role = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon=icon, name=name, key=key, size=size, role=role, parent=parent)


class LinkButton(Button):
    """Words in the colour of links that do something."""

    def __init__(self, text: str, *, icon: str = "", key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, role="link", icon=icon, key=key, size="small", parent=parent)
