"""How scroll bars, headers, tabs, progress, menus and tips look."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyleOption,
    QStyleOptionHeader,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionTab,
    QWidget,
)

from app.ui.theme.controls import box_of, has
from app.ui.theme.painting import paint_box, paint_chevron, paint_line
from app.ui.theme.theme import Theme

_State = QStyle.StateFlag
_Sub = QStyle.SubControl


def paint_scroll_bar(theme: Theme, option: QStyleOptionSlider, painter: QPainter, slider: QRect) -> None:
    """A groove of the ground's colour and a rounded handle, stronger under the pointer."""
    handle = QRectF(slider).adjusted(2, 2, -2, -2)
    if handle.width() < 1 or handle.height() < 1:
        return
    hot = has(option, _State.State_MouseOver) or has(option, _State.State_Sunken)
    colour = theme.base.border_strong if hot else theme.base.border
    paint_box(painter, handle, fill=colour, radius=min(handle.width(), handle.height()) / 2)


def scroll_bar_part(theme: Theme, option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Where a part of a scroll bar lies; there are no arrow buttons."""
    rect: QRect = option.rect
    if part in (_Sub.SC_ScrollBarAddLine, _Sub.SC_ScrollBarSubLine):
        return QRect()
    horizontal = option.orientation == Qt.Orientation.Horizontal
    length = rect.width() if horizontal else rect.height()
    start, size = _slider(option, length, theme.px(28))
    spans = {
        _Sub.SC_ScrollBarGroove: (0, length),
        _Sub.SC_ScrollBarSlider: (start, size),
        _Sub.SC_ScrollBarSubPage: (0, start),
        _Sub.SC_ScrollBarAddPage: (start + size, length - start - size),
    }
    if part not in spans:
        return QRect()
    begin, extent = spans[part]
    if horizontal:
        return QRect(rect.left() + begin, rect.top(), extent, rect.height())
    return QRect(rect.left(), rect.top() + begin, rect.width(), extent)


def _slider(option: QStyleOptionSlider, length: int, least: int) -> tuple[int, int]:
    low: int = option.minimum
    high: int = option.maximum
    page: int = option.pageStep
    if high <= low:
        return 0, length
    size = min(max(least, length * page // (high - low + page)), length)
    position: int = option.sliderPosition
    upside_down: bool = option.upsideDown
    return QStyle.sliderPositionFromValue(low, high, position, length - size, upside_down), size


def paint_header(theme: Theme, option: QStyleOptionHeader, painter: QPainter, _widget: QWidget | None) -> None:
    """Ground of a header's section: sunken, a line below."""
    box = box_of(option)
    painter.fillRect(box, theme.base.surface_sunken)
    paint_line(painter, box.left(), box.bottom() - 1, box.right() - 1, box.bottom() - 1, theme.base.border)


def paint_header_arrow(theme: Theme, option: QStyleOptionHeader, painter: QPainter, _widget: QWidget | None) -> None:
    """The sort mark: a small chevron."""
    up = option.sortIndicator == QStyleOptionHeader.SortIndicator.SortUp
    paint_chevron(painter, box_of(option).center(), theme.px(3.5), theme.base.text_muted, up=up)


def paint_arrow_down(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A chevron down, as on a tool button with a menu."""
    _paint_arrow(theme, option, painter, up=False)


def paint_arrow_up(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A chevron up."""
    _paint_arrow(theme, option, painter, up=True)


def _paint_arrow(theme: Theme, option: QStyleOption, painter: QPainter, *, up: bool) -> None:
    box = box_of(option)
    colour = theme.base.text_secondary if has(option, _State.State_Enabled) else theme.base.text_disabled
    paint_chevron(painter, box.center(), min(theme.px(4), box.width() / 3), colour, up=up)


def paint_groove(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The empty part of a progress bar, 6 px high."""
    paint_box(painter, _bar(theme, box_of(option)), fill=theme.status("neutral").fill, radius=3)


def paint_progress(theme: Theme, option: QStyleOptionProgressBar, painter: QPainter, _widget: QWidget | None) -> None:
    """The done part of a progress bar; a third of it when the whole is not known."""
    bar = _bar(theme, box_of(option))
    low, high = int(option.minimum), int(option.maximum)
    done = int(option.progress)
    share = 1 / 3 if high <= low else max(0.0, min(1.0, (done - low) / (high - low)))
    if share > 0:
        bar.setWidth(max(bar.height(), bar.width() * share))
        paint_box(painter, bar, fill=theme.base.accent, radius=3)


def _bar(theme: Theme, box: QRectF) -> QRectF:
    height = theme.px(6)
    return QRectF(box.left(), round(box.center().y() - height / 2), box.width(), height)


def paint_menu_panel(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A menu's ground and outline."""
    box = box_of(option)
    painter.fillRect(box, theme.base.surface_raised)
    paint_box(painter, box, line=theme.base.border_strong)


def paint_tip(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """A tool tip's ground."""
    painter.fillRect(box_of(option), theme.base.tooltip)


def paint_splitter(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The line between two panes."""
    box = box_of(option)
    if has(option, _State.State_Horizontal):
        paint_line(painter, box.left(), box.top(), box.left(), box.bottom() - 1, theme.base.border)
    else:
        paint_line(painter, box.left(), box.top(), box.right() - 1, box.top(), theme.base.border)


def paint_tab(theme: Theme, option: QStyleOptionTab, painter: QPainter, _widget: QWidget | None) -> None:
    """A tab: words over a line, accent when it is the chosen one."""
    box = box_of(option)
    if has(option, _State.State_Selected):
        mark = QRectF(box.left() + theme.px(4), box.bottom() - 3, box.width() - theme.px(8), 3)
        paint_box(painter, mark, fill=theme.base.accent, radius=1)
    elif has(option, _State.State_MouseOver):
        paint_box(painter, box.adjusted(0, 2, 0, -3), fill=theme.base.hover, radius=theme.radius.control)


def paint_tab_base(theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The line that tabs stand on."""
    box = box_of(option)
    paint_line(painter, box.left(), box.bottom() - 1, box.right() - 1, box.bottom() - 1, theme.base.border)


def paint_spin_arrows(theme: Theme, painter: QPainter, up: QRect, down: QRect, *, enabled: bool) -> None:
    """The two steps of a number or time field."""
    colour = theme.base.text_secondary if enabled else theme.base.text_disabled
    reach = theme.px(3.5)
    paint_chevron(painter, QPointF(QRectF(up).center().x(), QRectF(up).center().y() + 1), reach, colour, up=True)
    paint_chevron(painter, QPointF(QRectF(down).center().x(), QRectF(down).center().y() - 1), reach, colour)
