"""The header of a table: sorts, hides, moves and sizes columns, and keeps how it was left."""

import json
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget
from typing_extensions import override

from app.ui.models.columns import CellKind, Column
from app.ui.models.row_table import RowTable
from app.ui.theme.controls import paint_check_box
from app.ui.theme.painting import LEFT, RIGHT, paint_chevron, paint_line, paint_text
from app.ui.theme.style import current_theme

VERSION = 1
_MARKS = {Qt.CheckState.Checked: "on", Qt.CheckState.PartiallyChecked: "some", Qt.CheckState.Unchecked: "off"}


class TableHeader(QHeaderView):
    """Paints titles in the caption size; a press sorts, a press of the other button shows which columns there are."""

    columns_changed = Signal()
    """A person hid, showed, moved or sized a column, or sorted: keep :meth:`arrangement`."""

    def __init__(self, model: RowTable[Any], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = model
        self._sorted: tuple[str, bool] | None = None
        self._scale = current_theme().scale
        self._is_restoring = False
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.open_menu)
        self.sectionClicked.connect(self._on_clicked)
        self.sectionMoved.connect(self._on_changed)
        self.sectionResized.connect(self._on_changed)
        model.checked_changed.connect(self.viewport().update)

    # ------------------------------------------------------------------------------------------------------ columns

    def lay_out(self) -> None:
        """Give every column the width, place and visibility of its description."""
        self._is_restoring = True
        theme = current_theme()
        self._scale = theme.scale
        self.setMinimumSectionSize(theme.px(24))
        self.setFixedHeight(theme.row.header)
        for section, column in enumerate(self._rows.columns):
            self.moveSection(self.visualIndex(section), section)
            self.setSectionHidden(section, column.is_hidden)
            mode = QHeaderView.ResizeMode
            is_stiff = column.width == 0 or column.kind in (CellKind.CHECK, CellKind.STATE, CellKind.PRIORITY)
            self.setSectionResizeMode(section, mode.Fixed if is_stiff else mode.Interactive)
            if column.width:
                self.resizeSection(section, theme.px(column.width))
        self._is_restoring = False
        self.fill()

    def fill(self) -> None:
        """Give columns without a width of their own what is left, but never less than they need to be read."""
        theme, columns = current_theme(), self._rows.columns
        shown = [section for section in range(self.count()) if not self.isSectionHidden(section)]
        free = [section for section in shown if columns[section].width == 0]
        if not free:
            return
        left = self.viewport().width() - sum(self.sectionSize(section) for section in shown if section not in free)
        was_restoring, self._is_restoring = self._is_restoring, True
        for section in free:
            self.resizeSection(section, max(theme.px(columns[section].least), left // len(free)))
        self._is_restoring = was_restoring

    def rescale(self) -> None:
        """Follow the user's scale: widths grow with the words."""
        theme, before = current_theme(), self._scale
        self._is_restoring = True
        self._scale = theme.scale
        self.setFixedHeight(theme.row.header)
        self.setMinimumSectionSize(theme.px(24))
        for section, column in enumerate(self._rows.columns):
            if column.width and not self.isSectionHidden(section):
                self.resizeSection(section, round(self.sectionSize(section) * theme.scale / before))
        self._is_restoring = False
        self.fill()

    def arrangement(self) -> str:
        """How the columns are now, as a text to keep."""
        found = []
        for place in range(self.count()):
            section = self.logicalIndex(place)
            column = self._rows.columns[section]
            is_hidden = self.isSectionHidden(section)
            width = column.width if is_hidden or not column.width else round(self.sectionSize(section) / self._scale)
            found.append([column.key, width, not is_hidden])
        return json.dumps({"version": VERSION, "columns": found, "sort": self._sorted})

    def arrange(self, text: str) -> None:
        """Put columns back as they were kept; new columns come after, and what is not understood changes nothing."""
        kept = _read(text)
        if kept is None:
            return
        columns, sort = kept
        sections = {column.key: section for section, column in enumerate(self._rows.columns)}
        self._is_restoring = True
        known = [(key, width, shown) for key, width, shown in columns if key in sections]
        for place, (key, width, is_shown) in enumerate(known):
            section = sections[key]
            column = self._rows.columns[section]
            self.moveSection(self.visualIndex(section), place)
            self.setSectionHidden(section, not is_shown and not column.is_fixed)
            if column.width and is_shown:
                self.resizeSection(section, current_theme().px(max(width, 24)))
        self._is_restoring = False
        self.fill()
        if sort is not None and sort[0] in sections:
            self.sort_by(*sort)

    def first_visible(self) -> int:
        """The column that stands first, by its place in the model."""
        sections = map(self.logicalIndex, range(self.count()))
        return next((section for section in sections if not self.isSectionHidden(section)), 0)

    def reset_columns(self) -> None:
        """Put all columns back as they are described."""
        self.lay_out()
        self.columns_changed.emit()

    def set_shown(self, key: str, *, is_shown: bool) -> None:
        """Show or hide a column."""
        section = next(place for place, column in enumerate(self._rows.columns) if column.key == key)
        self.setSectionHidden(section, not is_shown)
        column = self._rows.columns[section]
        if is_shown and column.width:
            self.resizeSection(section, current_theme().px(column.width))
        self._on_changed()

    # ------------------------------------------------------------------------------------------------------- sorting

    def sort_by(self, key: str, is_descending: bool = False) -> None:  # as kept
        """Sort by a column, and show it."""
        section = next(place for place, column in enumerate(self._rows.columns) if column.key == key)
        self._sorted = (key, is_descending)
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self._rows.sort(section, order)
        self.viewport().update()

    def show_sorted(self, key: str, *, is_descending: bool = False) -> None:
        """Show by which column the rows came sorted, without asking again."""
        self._sorted = (key, is_descending)
        self.viewport().update()

    def sorted_by(self) -> tuple[str, bool] | None:
        """Key of the column the table is sorted by, and whether descending."""
        return self._sorted

    def _on_clicked(self, section: int) -> None:
        column = self._rows.columns[section]
        if column.kind is CellKind.CHECK:
            if self._rows.check_state() is Qt.CheckState.Checked:
                self._rows.check_none()
            else:
                self._rows.check_all()
        elif column.is_sortable:
            is_again = self._sorted is not None and self._sorted[0] == column.key
            self.sort_by(column.key, is_again and not (self._sorted or ("", False))[1])
            self.columns_changed.emit()

    def _on_changed(self) -> None:
        if not self._is_restoring:
            self.fill()
            self.columns_changed.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fill()

    # ---------------------------------------------------------------------------------------------------------- menu

    def open_menu(self, place: QPoint) -> None:
        """Show the columns to choose from."""
        self.menu().popup(self.mapToGlobal(place))

    def menu(self) -> QMenu:
        """The columns to choose from, and a way back."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for section, column in enumerate(self._rows.columns):
            if column.is_fixed or column.kind is CellKind.CHECK:
                continue
            action = menu.addAction(column.title())
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(section))
            action.setData(column.key)
        menu.triggered.connect(self._on_chosen)
        menu.addSeparator()
        menu.addAction(self.tr("Reset the columns")).triggered.connect(self.reset_columns)
        return menu

    def _on_chosen(self, action: Any) -> None:
        if action.data():
            self.set_shown(action.data(), is_shown=action.isChecked())

    # ------------------------------------------------------------------------------------------------------ painting

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, column, box = current_theme(), self._rows.columns[logicalIndex], QRectF(rect)
        base = theme.base
        painter.fillRect(box, base.surface_sunken)
        paint_line(painter, box.left(), box.bottom() - 1, box.right() - 1, box.bottom() - 1, base.border)
        if column.kind is CellKind.CHECK:
            paint_check_box(theme, painter, box, _MARKS[self._rows.check_state()])
            return
        if not column.shows_title:
            return
        self._paint_title(painter, box, column)

    def _paint_title(self, painter: QPainter, box: QRectF, column: Column[Any]) -> None:
        theme = current_theme()
        is_number = column.kind is CellKind.NUMBER
        inner = box.adjusted(theme.px(6 + column.indent), 0, -theme.px(6), 0)
        arrow = theme.px(16) if self._sorted and self._sorted[0] == column.key else 0
        room = inner.adjusted(0, 0, -arrow, 0)
        ink = theme.base.text if arrow else theme.base.text_muted
        font = theme.font("caption")
        used = paint_text(painter, room, column.title(), font, ink, RIGHT if is_number else LEFT)
        if arrow and self._sorted:
            left = room.right() if is_number else room.left() + used
            centre = QRectF(left + theme.px(4), box.top(), theme.px(12), box.height()).center()
            paint_chevron(painter, centre, theme.px(3.5), theme.base.text_muted, up=not self._sorted[1])


def _read(text: str) -> tuple[list[tuple[str, int, bool]], tuple[str, bool] | None] | None:
    try:
        kept = json.loads(text)
        if kept["version"] != VERSION:
            return None
        columns = [(str(key), int(width), bool(shown)) for key, width, shown in kept["columns"]]
        sort = kept["sort"]
        return columns, (str(sort[0]), bool(sort[1])) if sort else None
    except (ValueError, KeyError, TypeError):
        return None
