"""What can be seen and what a screen reader is told, for walks over whole pages."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QTableView,
    QTreeView,
    QWidget,
)

from app.domain.words import TABLES
from app.ui.widgets.marks import KeyHint

SAID = frozenset(english for table in TABLES for _, english in table.values())
"""Domain words: they are said by code, not by the translator."""


def in_sight(root: QWidget) -> Iterator[QWidget]:
    """The page and every part of it that is not hidden; Qt's own parts of scroll areas left out."""
    yield root
    for widget in root.findChildren(QWidget):
        is_qts_own = isinstance(widget.parentWidget(), QAbstractScrollArea) or widget.objectName().startswith("qt_")
        if widget.isVisibleTo(root) and not is_qts_own:
            yield widget


def nameless(root: QWidget) -> list[str]:
    """Parts that take the focus and say nothing of themselves."""
    return [repr(widget) for widget in in_sight(root) if _takes_focus(widget) and not _name(widget)]


def _takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isEnabled()


def _name(widget: QWidget) -> str:
    proxy = widget.focusProxy()
    if proxy is not None:
        return _name(proxy)
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def texts(root: QWidget) -> Iterator[str]:
    """Every text of a page: labels, buttons, placeholders, accessible names, rows of lists and trees."""
    for widget in in_sight(root):
        if isinstance(widget, KeyHint):
            continue
        yield widget.accessibleName()
        yield widget.toolTip()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QAbstractItemView):
            yield from _rows(widget)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    if isinstance(view, QTreeView):
        return
    model = view.model()
    for row in range(model.rowCount()):
        yield str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) or "")
    columns = model.columnCount() if isinstance(view, QTableView) else 0
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")


def untranslated(root: QWidget, data: Iterable[str] = ()) -> list[str]:
    """Texts that hold a word which no translator was asked for; ``data`` are words that come from records."""
    known = {*data, *SAID}
    return [text for text in texts(root) if _has_word(text) and not _is_known(text, known)]


def _has_word(text: str) -> bool:
    return any(sign.isascii() and sign.isalpha() for sign in text)


def _is_known(text: str, known: Iterable[str]) -> bool:
    return "[" in text or any(word and word in text for word in known)
