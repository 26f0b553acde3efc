"""Pictures of every page, of the program as it runs on the demo estate, for a computer without a display."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.config import Config
from app.domain.work_orders import State
from app.sync.direct import DirectLine
from app.ui.application.director import Condition, Script, play, press, type_text
from app.ui.application.program import Program
from app.ui.application.visit import Account, Visit, offscreen_application, running, there
from app.ui.pages.places.page import PlacesPage
from app.ui.pages.work_orders.forms.edit import EditForm
from app.ui.pages.work_orders.forms.finish import FinishForm

THEMES = ("light", "dark")
Tell = Callable[[str], object]


class Estate(NamedTuple):
    """What is drawn: a server with the demo estate, and people who work there."""

    address: str
    stop: Callable[[], None]
    """End the server: the console goes on without it."""
    clerk: Account
    colleague: Account
    """Signs in at the same computer."""
    supervisor: Account
    """Works at another one."""


def draw(config: Config, estate: Estate, folder: Path, tell: Tell) -> None:
    """Write a picture of every page in the language of ``config``, light and dark, into ``folder``.

    ``tell`` is given the name of each file. The server is stopped on the way. Raises ``OpsError`` for a page that
    never comes to what it should show.
    """
    folder.mkdir(parents=True, exist_ok=True)
    application = offscreen_application()
    with running(application, config) as program:
        play(application, Album(program, estate, folder, tell).script())


class Album(Visit):
    """Leads through a day at the desk and takes the pictures."""

    def __init__(self, program: Program, estate: Estate, folder: Path, tell: Tell) -> None:
        super().__init__(program)
        self._estate, self._folder, self._tell = estate, folder, tell
        self._count = 0

    def script(self) -> Script:
        """Everything there is to see."""
        yield from self._arriving()
        yield from self._queue()
        yield from self._intake()
        yield from self._other_pages()
        yield from self._trouble()
        yield from self._signing_in_offline()

    def shoot(self, name: str, *conditions: Condition) -> Script:
        """Take a picture in every theme once the conditions hold and nothing moves any more."""
        self._count += 1
        yield from (*conditions, self.is_quiet)
        look = self.program.look
        for theme in THEMES:
            look.choose(replace(look.chosen, theme=theme))
            yield self.is_quiet
            file = f"{self._count:02}-{name}-{look.chosen.language}-{theme}.png"
            self.program.shell.grab().save(str(self._folder / file))
            self._tell(file)
        look.choose(replace(look.chosen, theme=THEMES[0]))
        yield self.is_quiet

    def _said(self, chinese: str, english: str) -> str:
        return chinese if self.program.look.chosen.language == "zh" else english

    # ------------------------------------------------------------------------------------------------------- signing in

    def _arriving(self) -> Script:
        """A new computer, where a colleague signs in first."""
        yield from self.shoot("first-run")
        press(Qt.Key.Key_Return)
        yield from self.first_run(self._estate.address, self._estate.colleague)
        yield from self.shoot("first-run-server")
        there(self.program.first_run_page).go_on.click()
        yield from self.shoot("first-run-ready")
        press(Qt.Key.Key_Return)
        yield self.is_seated
        yield from self.sign_out()
        there(self.program.sign_in_page).login_field().setText(self._estate.clerk.login)
        yield from self.shoot("sign-in")
        yield from self.sign_in(self._estate.clerk)
        yield self.is_synced
        yield from self.choose_site()

    def _signing_in_offline(self) -> Script:
        yield from self.sign_out()
        there(self.program.sign_in_page).password_field().setFocus()
        type_text("not this one")
        press(Qt.Key.Key_Return)
        yield from self.shoot("sign-in-offline")

    # -------------------------------------------------------------------------------------------------------- the queue

    def _queue(self) -> Script:
        queue = self.queue
        yield lambda: bool(self.rows())
        yield from self.open(State.ON_SITE, priority="P1")
        yield from self.shoot("queue")
        for place in (1, 6, 9):
            queue.table.go_to_row(place)
            self.run("orders.check")
        yield from self.shoot("queue-bulk")
        self.run("orders.uncheck")
        yield from self.open(State.DISPATCHED, State.ACCEPTED)
        self.run("orders.phone")
        yield from self.shoot("step-by-phone")
        press(Qt.Key.Key_Escape)
        self.run("orders.find")
        type_text("wgff")
        yield from self.shoot("queue-empty", lambda: not queue.listing.rows.ids())
        queue.list.focus_table()
        press(Qt.Key.Key_Escape)
        yield lambda: bool(queue.listing.rows.ids())

    # ------------------------------------------------------------------------------------------------------- the intake

    def _intake(self) -> Script:
        self.run("intake.open")
        type_text(self._said("wgf", "wu"))
        yield from self.shoot("intake-search", lambda: len(self.intake.page.search.offered()) > 1)
        press(Qt.Key.Key_Escape)
        yield from self._double()
        yield from self._drafts()
        yield from self._repeat_caller()
        self.run("intake.close")

    def _double(self) -> Script:
        """Report again what was reported already: the place and words of an order that nobody has taken up."""
        waiting = self.first(lambda row: row.state == State.REPORTED)
        yield from self.take_call("5-902")
        form = self.intake.page.form
        form.place.line.setFocus()
        form.place.line.selectAll()
        type_text(waiting.place)
        yield lambda: bool(form.place.offered())
        press(Qt.Key.Key_Return)
        yield self.is_quiet
        form.what.setFocus()
        type_text(self._said("单元门刷卡没反应，好几户都进不去，楼下还有老人在等。", waiting.text))
        yield from self.shoot("intake", lambda: bool(self.intake.call.offered()))

    def _drafts(self) -> Script:
        """Another call comes while one is being typed, and then another."""
        self.run("intake.open")
        yield self.is_quiet
        type_text("15922077731")
        self.intake.page.form.what.setFocus()
        type_text(self._said("说地库有人按喇叭，没讲完", "Somebody sounds a horn in the garage; did not finish"))
        yield self.is_quiet
        self.run("intake.open")
        yield self.is_quiet
        self.run("intake.drafts")
        yield from self.shoot("drafts", lambda: len(self.intake.drafts.items()) > 1)

    def _repeat_caller(self) -> Script:
        """The caller of an order that was chased once calls again."""
        self.run("intake.close")
        yield from self.open_id(self.first(lambda row: row.chase_count == 1).id)
        phone = self.order.callers[0].phone
        self.run("intake.open")
        type_text(phone)
        press(Qt.Key.Key_Return)
        yield self.intake.call.has_open_order
        yield self.is_quiet
        self.intake.page.order.note.setFocus()
        type_text(self._said("水已漫到客厅地板", "Water has reached the living room"))
        yield from self.shoot("intake-repeat-caller")

    # ------------------------------------------------------------------------------------------------------ other pages

    def _other_pages(self) -> Script:
        yield from self.open_id(self.first(lambda row: row.chase_count == 1).id)
        unit = there(self.order.unit_id)
        yield from self.go("places")
        self.seat.desk.asked_for_place.emit("unit", unit)
        page = self.seat.window.show_page("places")
        assert isinstance(page, PlacesPage)  # noqa: S101  # as the seat makes it
        yield from self.shoot("places", lambda: bool(page.person.residence_id()))
        yield from self.go("work_orders")
        self.run("keys")
        self.run("palette")
        type_text(self._said("pd", "dis"))
        yield from self.shoot("palette-and-keys")
        press(Qt.Key.Key_Escape)
        self.run("keys")
        yield from self.go("settings")
        yield from self.shoot("settings")
        yield from self.go("sync")
        yield from self.shoot("sync-empty")

    # ---------------------------------------------------------------------------------------------------------- trouble

    def _trouble(self) -> Script:
        """A colleague is quicker, then the server goes away while work goes on."""
        yield from self._clash()
        yield from self.go("sync")
        yield from self.shoot("sync", lambda: self.seat.engine.state.refused > 0)
        self._estate.stop()
        self.seat.engine.retry_now()
        yield lambda: not self.seat.engine.state.is_online
        # An ordinary one, but where shifts change, only the most urgent are not left alone.
        at_work = [row for row in self.rows() if row.state == State.ON_SITE]
        yield from self.open_id(max(at_work, key=lambda row: row.priority).id)
        self.run("orders.phone")
        yield self.is_quiet
        press(Qt.Key.Key_3)
        press(Qt.Key.Key_Return)
        yield lambda: isinstance(self.queue.pane.form, FinishForm)
        self.run("orders.chase")
        yield lambda: self.seat.engine.state.pending > 0
        type_text(self._said("冷凝水管接口松脱，已重新接牢。", "Drain joint was loose, put back and tested."))
        self.run("orders.step")
        yield from self.shoot("trouble", self.seat.window.toast.isVisible)

    def _clash(self) -> Script:
        """The supervisor changes what is just being changed here."""
        yield from self.open(State.TRIAGED)
        order = self.order
        self.run("orders.edit")
        yield lambda: isinstance(self.queue.pane.form, EditForm)
        command = EditWorkOrder(id=order.id, set=WorkOrderFields(place_label=f"{order.place} 2"))
        with self.program.store.reading() as session:
            streams = tuple(command.streams(session))
        supervisor = self._estate.supervisor
        line = DirectLine(self._estate.address, supervisor.login, supervisor.password)
        line.give(command, streams, {"place_label": order.place})
        line.close()
        place = there(there(self.queue.pane.form).findChild(QLineEdit))
        place.setFocus()
        place.end(False)  # noqa: FBT003  # Qt's own signature
        type_text(" 3")
        self.run("orders.step")
        yield lambda: self.queue.pane.form is None
