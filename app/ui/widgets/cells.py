"""How each kind of cell of a table is painted."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.glyphs.marks import Tag, paint_priority, paint_tag, tag_size
from app.ui.glyphs.sla import paint_pill
from app.ui.glyphs.states import paint_state
from app.ui.models.columns import CellKind, Column
from app.ui.theme.controls import paint_check_box
from app.ui.theme.icons import paint_icon
from app.ui.theme.painting import LEFT, RIGHT, paint_box, paint_text, text_width
from app.ui.theme.theme import Theme

PADDING, _TAG_GAP = 6, 6


class Cell(NamedTuple):
    """A cell about to be painted."""

    painter: QPainter
    box: QRectF
    theme: Theme
    column: Column[Any]
    row: Any
    is_checked: bool
    is_hovered: bool


def paint_cell(cell: Cell) -> None:
    """Paint the cell's contents, or a placeholder while its row is not here."""
    if cell.column.kind is CellKind.CHECK:
        paint_check_box(cell.theme, cell.painter, cell.box, "on" if cell.is_checked else "off")
    elif cell.row is None:
        _paint_placeholder(cell)
    else:
        _PAINTERS[cell.column.kind](cell)


def _inner(cell: Cell) -> QRectF:
    padding = cell.theme.px(PADDING)
    return cell.box.adjusted(padding + cell.theme.px(cell.column.indent), 0, -padding, 0)


def _paint_placeholder(cell: Cell) -> None:
    if cell.column.kind in (CellKind.STATE, CellKind.PRIORITY):
        return
    inner = _inner(cell)
    bar = QRectF(inner.left(), 0, min(inner.width(), cell.theme.px(160)) * 0.7, cell.theme.px(8))
    bar.moveTop(round(cell.box.center().y() - bar.height() / 2))
    paint_box(cell.painter, bar, fill=cell.theme.base.grid, radius=bar.height() / 2)


def _paint_text(cell: Cell) -> None:
    """A text and, after its last word, a tag; the text gives way first."""
    column, theme, inner = cell.column, cell.theme, _inner(cell)
    bold = bool(column.is_bold and column.is_bold(cell.row))
    tag = column.tag(cell.row) if column.tag else None
    text, font = column.text(cell.row), theme.font("body", bold=bold)
    ink = theme.colour(column.token_of(cell.row))
    needed = tag_size(tag, theme).width() + theme.px(_TAG_GAP) if isinstance(tag, Tag) else 0
    if not isinstance(tag, Tag) or needed > inner.width():
        paint_text(cell.painter, inner, text, font, ink)
        return
    room = QRectF(inner)
    room.setWidth(max(inner.width() - needed, 0))
    used = paint_text(cell.painter, room, text, font, ink)
    paint_tag(cell.painter, inner.adjusted(used + theme.px(_TAG_GAP), 0, 0, 0), tag, theme)


def _paint_number(cell: Cell) -> None:
    ink = cell.theme.colour(cell.column.token_of(cell.row))
    paint_text(cell.painter, _inner(cell), cell.column.text(cell.row), cell.theme.font("body"), ink, RIGHT)


def _paint_state(cell: Cell) -> None:
    value = cell.column.value(cell.row)
    state = value[0] if isinstance(value, tuple) else value
    paint_state(cell.painter, cell.box, str(state), cell.theme)


def _paint_priority(cell: Cell) -> None:
    side = cell.theme.px(26)
    box = QRectF(cell.box)
    box.setLeft(round(cell.box.center().x() - side / 2))
    paint_priority(cell.painter, box, str(cell.column.value(cell.row)), cell.theme)


def _paint_pill(cell: Cell) -> None:
    pill = cell.column.value(cell.row)
    if pill is not None:
        paint_pill(cell.painter, _inner(cell), pill, cell.theme)
    elif cell.column.words is not None:
        _paint_text(cell)


def _paint_tag(cell: Cell) -> None:
    tag = cell.column.value(cell.row)
    if isinstance(tag, Tag):
        paint_tag(cell.painter, _inner(cell), tag, cell.theme)


def _paint_link(cell: Cell) -> None:
    if not cell.column.calls_in(cell.row):
        _paint_text(cell)
        return
    theme, box = cell.theme, link_box(cell.column, cell.box, cell.theme)
    side, link = theme.px(13), theme.base.link
    icon = QRectF(box.left(), round(box.center().y() - side / 2), side, side)
    paint_icon(cell.painter, icon, "plus", link)
    words = box.adjusted(side + theme.px(3), 0, 0, 0)
    paint_text(cell.painter, words, cell.column.call(), theme.font("body"), link, LEFT)
    if cell.is_hovered:
        width = min(text_width(cell.column.call(), theme.font("body")), words.width())
        cell.painter.fillRect(QRectF(words.left(), box.center().y() + theme.px(9), width, 1), link)


def link_box(column: Column[Any], box: QRectF, theme: Theme) -> QRectF:
    """Where the link of an empty cell is: what a press must hit."""
    inner = box.adjusted(theme.px(PADDING), 0, -1, 0)
    width = theme.px(16) + text_width(column.call(), theme.font("body")) + 1
    return QRectF(inner.left(), inner.top(), min(width, inner.width()), inner.height())


_PAINTERS: Mapping[CellKind, Callable[[Cell], None]] = {
    CellKind.TEXT: _paint_text,
    CellKind.NUMBER: _paint_number,
    CellKind.STATE: _paint_state,
    CellKind.PRIORITY: _paint_priority,
    CellKind.PILL: _paint_pill,
    CellKind.LINK: _paint_link,
    CellKind.TAG: _paint_tag,
}
