"""The footer of the reading pane: the one next step, hold, comment, more."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.work_orders import State
from app.ui.actions import Actions
from app.ui.pages.work_orders.possible import NOTHING, Possible
from app.ui.theme.layouts import row
from app.ui.translation import say_here
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.grounds import Ground

_ICONS = {
    State.TRIAGED: "check",
    State.DISPATCHED: "route",
    State.ACCEPTED: "check",
    State.ON_SITE: "map-pin",
    State.DONE: "check",
    State.VERIFIED: "checklist",
    State.CLOSED: "archive",
}


def step_words(to: State | None, *, resumes: bool = False) -> str:
    """The next step as the main button says it."""
    if resumes:
        return say_here("step.resumed")
    return say_here(f"step.{to}") if to is not None else QCoreApplication.translate("PaneFoot", "Reopen")


class PaneFoot(Ground):
    """52 px of buttons; what is not possible is not shown."""

    asked_for_menu = Signal(QWidget)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("surface", lines="top", height=52, parent=parent)
        self._can = NOTHING
        self._main = Button(role="primary", size="main", key=actions.key("orders.step"))
        self._hold = Button(icon="player-pause", size="main")
        self._comment = Button(icon="message", size="main", key=actions.key("orders.comment"))
        self._more = IconButton("dots", "", size="main", role="")
        for button, action in ((self._main, "step"), (self._hold, "hold"), (self._comment, "comment")):
            button.clicked.connect(actions.action(f"orders.{action}").trigger)
        self._more.clicked.connect(self._on_more)
        row(self._main, self._hold, self._comment, None, self._more, gap=8, margins=(16, 0, 16, 0), parent=self)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._hold.setText(self.tr("Hold"))
        self._comment.set_name(self.tr("Comment"))
        self._more.set_name(self.tr("More"))
        self.show_possible(self._can)

    def show_possible(self, can: Possible) -> None:
        """Offer what can be done."""
        self._can = can
        self._main.setVisible(can.resume or can.reopen or can.next is not None)
        self._main.setText(step_words(can.next, resumes=can.resume))
        self._main.set_icon("player-play" if can.resume else _ICONS.get(can.next, "refresh") if can.next else "refresh")
        self._hold.setVisible(can.hold)
        self._comment.setVisible(can.comment)

    def focus_main(self) -> None:
        """Go to the first button there is."""
        for button in (self._main, self._hold, self._comment, self._more):
            if button.isVisibleTo(self):
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _on_more(self) -> None:
        self.asked_for_menu.emit(self._more)
