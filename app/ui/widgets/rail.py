"""The rail at the left of the window: one button for each page."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.glyphs.marks import badge_size, badge_text, paint_badge
from app.ui.theme.controls import came_by_key
from app.ui.theme.icons import paint_icon
from app.ui.theme.layouts import column
from app.ui.theme.painting import CENTRE, paint_box, paint_text
from app.ui.theme.style import current_theme
from app.ui.widgets.grounds import Ground


class RailItem(NamedTuple):
    """A page: its id, one word, its icon, its key; ``is_last`` puts it at the foot."""

    id: str
    text: str
    icon: str
    key: str = ""
    is_last: bool = False


class _RailButton(QAbstractButton):
    """Icon over label; white ground and a bar when its page is shown."""

    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.count, self.is_urgent = 0, False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_item(item)

    def set_item(self, item: RailItem) -> None:
        self.item = item
        self.setText(item.text)
        self.setToolTip(f"{item.text}  {item.key}" if item.key else item.text)
        self.tell()

    def tell(self) -> None:
        """Keep the accessible name true, and paint anew."""
        self.setAccessibleName(f"{self.item.text} {badge_text(self.count)}" if self.count else self.item.text)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the rail moves the focus
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.size.rail, theme.px(56))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        base, box = theme.base, QRectF(self.rect())
        plate = box.adjusted(theme.px(4), 1, -theme.px(5), -1)
        is_shown = self.isChecked()
        if is_shown:
            paint_box(painter, plate, fill=base.rail_active, radius=theme.radius.control)
            bar = QRectF(plate.left(), 0, 3, theme.px(24))
            bar.moveTop(round(box.center().y() - bar.height() / 2))
            paint_box(painter, bar, fill=base.accent, radius=1)
        elif self.underMouse():
            paint_box(painter, plate, fill=base.hover, radius=theme.radius.control)
        if self.hasFocus() and came_by_key(self):
            paint_box(painter, plate, line=base.focus, width=2, radius=theme.radius.control)
        ink = base.rail_active_text if is_shown else base.rail_text
        side = theme.icon.rail
        icon = QRectF(round(box.center().x() - side / 2), theme.px(10), side, side)
        paint_icon(painter, icon, self.item.icon, ink)
        room = QRectF(0, icon.bottom() + theme.px(3), box.width(), theme.px(18))
        paint_text(painter, room, self.item.text, theme.font("caption", bold=is_shown), ink, CENTRE)
        if self.count:
            size = badge_size(self.count, theme)
            left = min(icon.right() - theme.px(3), box.width() - size.width() - theme.px(4))
            badge = QRectF(left, theme.px(4), size.width(), size.height())
            paint_badge(painter, badge, self.count, theme, is_urgent=self.is_urgent)


class Rail(Ground):
    """64 px wide; up and down move between pages."""

    chosen = Signal(str)
    """The id of the page a person went to."""

    def __init__(self, items: Sequence[RailItem], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__("rail", lines="right", width=64, parent=parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._buttons = {item.id: _RailButton(item, self) for item in items}
        for button in self._buttons.values():
            self._group.addButton(button)
        first = [button for button in self._buttons.values() if not button.item.is_last]
        last = [button for button in self._buttons.values() if button.item.is_last]
        column(*first, None, *last, gap=0, margins=(0, 4, 0, 4), parent=self)

    def set_items(self, items: Sequence[RailItem]) -> None:
        """Say the same pages in another language."""
        for item in items:
            self._buttons[item.id].set_item(item)

    def set_badge(self, item_id: str, count: int, *, is_urgent: bool = False) -> None:
        """Show how many wait (grey) or are late (red); none at zero."""
        button = self._buttons[item_id]
        button.count, button.is_urgent = count, is_urgent
        button.tell()

    def choose(self, item_id: str) -> None:
        """Show which page is there, without telling."""
        self._buttons[item_id].setChecked(True)

    def current(self) -> str:
        """The id of the page shown."""
        return next((item_id for item_id, button in self._buttons.items() if button.isChecked()), "")

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _RailButton):
            self.chosen.emit(button.item.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        at = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
