"""The first run on a new computer: language and look, the company's server, then work (picture 16)."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.domain.errors import InvalidError, OpsError
from app.ui.pages.first_run.look_step import LookStep
from app.ui.pages.first_run.ready_step import ReadyStep
from app.ui.pages.first_run.server_step import ServerStep
from app.ui.pages.first_run.step_list import StepList
from app.ui.preferences import Preferences
from app.ui.probing import Probed
from app.ui.tasks import Tasks
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.grounds import Ground, Panel
from app.ui.widgets.logo import Logo
from app.ui.widgets.texts import Text

WIDTH, HEIGHT, SIDE = 880, 560, 256
LOOK, SERVER, READY = range(3)


class FirstRunHooks(NamedTuple):
    """What the page asks of the program."""

    apply: Callable[[Preferences], None]
    """Put preferences on the running program and keep them."""
    probe: Callable[[str], Probed]
    """Ask the server at an address what it is; called beside the GUI thread. Raises ``OpsError``."""
    sign_in: Callable[[str, str, str], object]
    """Sign in at the server of an address; called beside the GUI thread. Raises ``OpsError``."""


class FirstRunPage(Ground):
    """A card with the steps at the left; Enter goes on."""

    signed_in = Signal(object)
    """What ``sign_in`` returned; the last step follows."""
    ended = Signal()

    def __init__(
        self, tasks: Tasks, hooks: FirstRunHooks, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__("window", parent=parent)
        self._tasks, self._hooks = tasks, hooks
        self._steps = StepList()
        self._product, self._foreign = Text(size="page", bold=True), Text("Steward", token="text_muted")
        self._later = Text(size="caption", token="text_muted", wrap=True)
        self._title, self._explanation = Text(size="page", bold=True), Text(token="text_secondary", wrap=True)
        self.look, self.server, self.ready_step = LookStep(preferences), ServerStep(preferences.server), ReadyStep()
        self._stack = QStackedWidget()
        for step in (self.look, self.server, self.ready_step):
            self._stack.addWidget(step)
        self.back, self.go_on = Button(role="text", size="main"), Button(role="primary", key="Enter", size="main")
        self._build()
        self.look.chosen.connect(hooks.apply)
        self.server.test_wanted.connect(self._on_test)
        self.server.ready.connect(self._on_next)
        self.back.clicked.connect(self._on_back)
        self.go_on.clicked.connect(self._on_next)
        self.retranslate()

    def _build(self) -> None:
        side = Ground("surface_sunken", lines="right", width=SIDE)
        column(
            row(Logo(28), self._product, self._foreign, None),
            self._steps,
            None,
            self._later,
            gap=24,
            margins=24,
            parent=side,
        )
        content = QWidget()
        column(
            column(self._title, self._explanation, gap=4),
            (self._stack, 1),
            row(self.back, None, self.go_on),
            gap=24,
            margins=(32, 32, 32, 20),
            parent=content,
        )
        self._card = Panel()
        row(side, (content, 1), gap=0, margins=1, parent=self._card)
        column(None, row(None, self._card, None), None, parent=self)
        self.rescale()

    def step(self) -> int:
        """Which step is under way: ``LOOK``, ``SERVER`` or ``READY``."""
        return self._stack.currentIndex()

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.retranslate()
        self._take_focus()

    def _take_focus(self) -> None:
        if self.step() == LOOK:
            self.look.take_focus()
        elif self.step() == SERVER:
            self.server.take_focus()
        else:
            self.go_on.setFocus()

    # ---------------------------------------------------------------------------------------------------------- doing

    def _on_back(self) -> None:
        self._go(LOOK)

    def _on_next(self) -> None:
        if self.step() == LOOK:
            self._go(SERVER)
        elif self.step() == SERVER:
            self._sign_in()
        else:
            self.ended.emit()

    def _sign_in(self) -> None:
        fields = [field.text().strip() for field in (self.server.address, self.server.login)]
        password = self.server.password.text()
        if not all(fields) or not password:
            self.server.show_error(InvalidError("sign_in_incomplete"))
            return
        self.go_on.setEnabled(False)  # Qt's own signature
        self.server.show_asking()
        self._tasks.run(self._hooks.sign_in, *fields, password, done=self._on_signed_in, failed=self._on_refused)

    def _on_signed_in(self, session: object) -> None:
        self.go_on.setEnabled(True)
        self.signed_in.emit(session)
        self._go(READY)

    def _on_refused(self, error: OpsError) -> None:
        self.go_on.setEnabled(True)
        self.server.show_error(error)
        self.server.password.selectAll()
        self.server.password.setFocus()

    def _on_test(self, address: str) -> None:
        self.server.show_asking()
        self._tasks.run(
            self._hooks.probe,
            address,
            done=self.server.show_probed,
            failed=self.server.show_error,
            latest="first_run.test",
        )

    # --------------------------------------------------------------------------------------------------------- saying

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        step = self.step()
        names = (self.tr("Language and look"), self.tr("Connect to the server"), self.tr("Begin"))
        explanations = (
            self.tr("This computer only; both can be changed at any time."),
            self.tr("The administrator gives you the address. Data is kept here too, so work goes on without network."),
            self.tr("You are signed in, and this computer has its desk number."),
        )
        self._product.setText(self.tr("Steward"))
        self._foreign.setVisible(self._product.text() != self._foreign.text())
        self._steps.say(names, step)
        self._title.setText(names[step])
        self._explanation.setText(explanations[step])
        self._later.setText(self.tr("All of this is also found under Settings."))
        self.back.setText(self.tr("Back"))
        self.back.setVisible(step == SERVER)
        words = (self.tr("Go on"), self.tr("Sign in and go on"), self.tr("Open the console"))
        self.go_on.setText(words[step])

    def rescale(self) -> None:
        """Grow with the user's scale."""
        theme = current_theme()
        self._card.setFixedSize(theme.px(WIDTH), theme.px(HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.step() != SERVER:
            self._on_next()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_focus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self.rescale()
