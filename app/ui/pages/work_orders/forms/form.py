"""What every form of the reading pane is made of: a title, fields, one main button; Esc leaves it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.commands.command import Command
from app.domain.numbers import short_number
from app.domain.work_orders import TEXT_LIMIT
from app.store.queries.crews import Stand
from app.ui.theme.layouts import Box, column
from app.ui.translation import say_here
from app.ui.widgets.bars import PaneFooter
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import Field
from app.ui.widgets.texts import Text

SUBMIT_KEY, NEXT_KEY, LEAVE_KEY = "Ctrl D", "Alt Enter", "Esc"


class _Counted(QObject):
    """Says a number in its plural; from a subclass of a form Qt would not find the form's own plurals."""

    def orders(self, count: int) -> str:
        """``3 张``."""
        return self.tr("%n order(s)", None, count)


class OrderForm(QWidget):
    """Asks for what a command needs, about one order or several."""

    submitted = Signal(bool)
    """All is there; with ``True`` the next order is wanted then."""
    left = Signal()
    asked_for_order = Signal(str)

    def __init__(self, stands: Sequence[Stand], year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stands = tuple(stands)
        self._year = year
        self._title = Text(size="strong", bold=True, wrap=True)
        self._body: Box = column(gap=12, margins=(16, 12, 16, 16))
        self._body.put(self._title)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._body)
        outer.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder)
        self._main = Button(role="primary", size="main", key=SUBMIT_KEY)
        self._next = Button(size="main", parent=self)  # its key is in its tip: three keys have no room in a narrow pane
        self._next.setToolTip(NEXT_KEY)
        self._cancel = Button(role="text", size="main", key=LEAVE_KEY)
        self._main.clicked.connect(self._on_main)
        self._next.clicked.connect(self._on_next)
        self._cancel.clicked.connect(self.left)
        self._next.setVisible(len(self.stands) == 1)
        foot = PaneFooter(self._main, self._next, None, self._cancel)
        column((scroll, 1), foot, gap=0, parent=self)
        self._next.setText(self.tr("and next"))
        self._cancel.setText(self.tr("Back"))

    def set_title(self, what: str, main: str = "") -> None:
        """Say what is done, to the title and the main button; ``main`` where the button says it otherwise."""
        title = self.about(what)
        self._title.setText(title)
        self._main.setText(main or what)
        self.setAccessibleName(title)

    def about(self, what: str) -> str:
        """What is done, and to which order or how many."""
        if len(self.stands) == 1:
            return f"{what} {short_number(self.stands[0].number, self._year)}"
        return f"{what} {_Counted().orders(len(self.stands))}"

    def put(self, *parts: QWidget) -> None:
        """Add fields from the top down."""
        for part in parts:
            self._body.put(part)

    def submit(self, *, and_next: bool = False) -> None:
        """Send it off if all is there; otherwise what is missing is said beside its field."""
        if self.is_complete():
            self.submitted.emit(and_next)

    def is_complete(self) -> bool:
        """Whether all is there; says what is not."""
        return True

    def check_length(self, field: Field, name: str, text: str) -> bool:
        """Whether a text can be kept; says in words if it is too long."""
        is_long = len(text) > TEXT_LIMIT
        said = say_here("text_too_long", field=f"@field.{name}", length=len(text), limit=TEXT_LIMIT) if is_long else ""
        field.set_error(said)
        return not is_long

    def command(self, stand: Stand) -> Command:
        """What is to be done with one of the orders."""
        raise NotImplementedError

    def base(self) -> Mapping[str, Any] | None:
        """What was seen of the fields that are set, if the command sets any."""
        return None

    def done_words(self) -> str:
        """What was done, for the toast."""
        raise NotImplementedError

    def values(self) -> Mapping[str, Any]:
        """What is typed, so that coming back finds it."""
        return {}

    def restore(self, values: Mapping[str, Any]) -> None:
        """Put back what :meth:`values` told."""

    def focus_first(self) -> None:
        """Go to the first field."""
        self._main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_main(self) -> None:
        self.submit()

    def _on_next(self) -> None:
        self.submit(and_next=True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
