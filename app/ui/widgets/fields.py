"""Fields: a line, search, password, and a label with a line for what is wrong."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.domain.work_orders import LINE_LIMIT
from app.ui.glyphs.keys import key_size, paint_key
from app.ui.theme.icons import paint_icon
from app.ui.theme.layouts import column, row
from app.ui.theme.painting import RIGHT, paint_line, paint_text, text_width
from app.ui.theme.style import current_theme
from app.ui.translation import say_here
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.marks import IconMark
from app.ui.widgets.texts import Text


class LineEdit(QLineEdit):
    """A line of so many characters: what is pasted beyond them is left out, and it says so."""

    def __init__(self, text: str = "", *, limit: int = LINE_LIMIT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(max(limit, len(text)))  # what stands there already stays whole
        self.setText(text)
        self.inputRejected.connect(self._on_rejected)

    def _on_rejected(self) -> None:
        words = say_here("text_cut", limit=self.maxLength())
        self.setAccessibleDescription(words)
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), words, self)


class SearchField(QLineEdit):
    """A line edit with an icon at its left and, at its right, hints ("name | room") or the key that leads to it.

    Esc empties it before it does anything else; undo is the window's while nothing can be taken back in the field.
    ``left_by_key`` tells Down or Enter, to go on to what was found.
    """

    left_by_key = Signal()
    entered = Signal()
    """Enter was pressed: told before ``left_by_key``."""

    def __init__(
        self,
        placeholder: str = "",
        *,
        icon: str = "search",
        hints: tuple[str, ...] = (),
        key: str = "",
        is_quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._hints, self._key = icon, hints, key
        self.setProperty("quiet", is_quiet)
        self.set_placeholder(placeholder)
        self._make_room()

    def set_placeholder(self, placeholder: str) -> None:
        """Say what can be searched for; it is the accessible name too."""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)

    def set_hints(self, *hints: str) -> None:
        """Show other hints at the right."""
        self._hints = hints
        self._make_room()

    def _make_room(self) -> None:
        theme = current_theme()
        self.setTextMargins(theme.px(24) if self._icon else 0, 0, round(self._hint_width()) + theme.px(4), 0)
        self.update()

    def _hint_width(self) -> float:
        theme = current_theme()
        if self._key:
            return key_size(self._key, theme).width()
        font, gaps = theme.font("caption"), theme.px(13) * max(len(self._hints) - 1, 0)
        return sum(text_width(hint, font) for hint in self._hints) + gaps

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter, box = current_theme(), QPainter(self), QRectF(self.rect())
        if self._icon:
            side = theme.icon.row
            icon = QRectF(theme.px(9), round(box.center().y() - side / 2), side, side)
            paint_icon(painter, icon, self._icon, theme.base.text_secondary)
        right = box.right() - theme.px(8)
        if self._key:
            width = key_size(self._key, theme).width()
            paint_key(painter, QRectF(right - width, box.top(), width, box.height()), self._key, theme)
            return
        for hint in reversed(self._hints):
            width = text_width(hint, theme.font("caption")) + 1
            room = QRectF(right - width, box.top(), width, box.height())
            paint_text(painter, room, hint, theme.font("caption"), theme.base.text_muted, RIGHT)
            if hint is not self._hints[0]:
                x, middle = round(room.left() - theme.px(7)), box.center().y()
                paint_line(painter, x, middle - theme.px(5), x, middle + theme.px(4), theme.base.border_strong)
            right = room.left() - theme.px(13)

    @override
    def event(self, event: QEvent) -> bool:
        is_shortcut = event.type() is QEvent.Type.ShortcutOverride
        if is_shortcut and isinstance(event, QKeyEvent) and self._has_nothing_for(event):
            event.ignore()
            return False
        return super().event(event)

    def _has_nothing_for(self, event: QKeyEvent) -> bool:
        """Whether undo or redo is meant for the window: nothing was typed here that could be taken back."""
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        return (event.matches(undo) and not self.isUndoAvailable()) or (
            event.matches(redo) and not self.isRedoAvailable()
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            event.accept()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if event.key() != Qt.Key.Key_Down:
                self.entered.emit()
            self.left_by_key.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._make_room()


class PasswordField(QLineEdit):
    """A line edit that hides what is typed, with an eye to show it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = IconButton("eye", self.tr("Show the password"), size="small", parent=self)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.setCursor(Qt.CursorShape.ArrowCursor)
        self._eye.clicked.connect(self._on_eye)
        self._make_room()

    def _on_eye(self) -> None:
        is_hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_hidden else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye-off" if is_hidden else "eye")
        self._name_eye()

    def _name_eye(self) -> None:
        is_hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self._eye.set_name(self.tr("Show the password") if is_hidden else self.tr("Hide the password"))

    def _make_room(self) -> None:
        self.setTextMargins(0, 0, self._eye.sizeHint().width(), 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._eye.sizeHint()
        self._eye.setGeometry(
            self.width() - size.width() - current_theme().px(4),
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._name_eye()
        elif event.type() is QEvent.Type.StyleChange:
            self._make_room()


class Field(QWidget):
    """A control under its label, or beside it, with a hint and a line that says what is wrong.

    ``label_width`` is px at 100 % for a label at the left; 0 puts it above.
    """

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        hint: str = "",
        label_width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._label_width = label_width
        self._label = Text(label, token="text_secondary" if label_width else "text")
        self._label.setBuddy(control)
        if not control.accessibleName():
            control.setAccessibleName(label.rstrip("：: "))
        self._hint = Text(hint, "caption", token="text_muted", wrap=True, parent=self)
        self._hint.setVisible(bool(hint))
        self._mark = IconMark("alert-circle", "danger.shape", side=14)
        self._error = Text("", "caption", token="danger.text", wrap=True)
        self._mark.hide()
        self._error.hide()
        below = column(control, row(self._mark, (self._error, 1), gap=4), self._hint, gap=4)
        if label_width:
            self._label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            beside = row(self._label, (below, 1), gap=8, parent=self)
            beside.setAlignment(self._label, Qt.AlignmentFlag.AlignTop)
        else:
            column(self._label, below, gap=4, parent=self)
        self._fit()

    def set_label(self, label: str) -> None:
        """Say what is asked for, in the language of the moment."""
        self._label.setText(label)
        self.control.setAccessibleName(label.rstrip("：: "))

    def set_error(self, sentence: str) -> None:
        """Say what is wrong, in red; empty when nothing is."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._mark.setVisible(bool(sentence))
        self._hint.setVisible(bool(self._hint.text()) and not sentence)
        self.control.setProperty("error", bool(sentence))
        self.control.setAccessibleDescription(sentence)
        self.control.update()

    def error(self) -> str:
        """What is said to be wrong."""
        return self._error.text()

    def _fit(self) -> None:
        if self._label_width:
            theme = current_theme()
            self._label.setFixedWidth(theme.px(self._label_width))
            self._label.setFixedHeight(max(self.control.sizeHint().height(), theme.px(20)))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()


class ReadOnly(QLineEdit):
    """A value that cannot be changed here, with a lock."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setReadOnly(True)
        self.setCursorPosition(0)
        self._make_room()

    def _make_room(self) -> None:
        self.setTextMargins(current_theme().px(22), 0, 0, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, painter = current_theme(), QPainter(self)
        side = theme.px(14)
        box = QRectF(theme.px(9), round((self.height() - side) / 2), side, side)
        paint_icon(painter, box, "lock", theme.base.text_muted)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._make_room()
