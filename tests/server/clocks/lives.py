"""An order through its life: desks and technicians who give commands, and whose network comes and goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from hypothesis import note
from hypothesis import strategies as st
from sqlalchemy import select

from app.commands.command import Command
from app.commands.contacts import ChaseWorkOrder, CommentWorkOrder, MergeReport
from app.commands.crews import AddToCrew, AssignWorkOrder
from app.commands.policies import CompanyCommand, SetSlaPolicy
from app.commands.steps import HoldWorkOrder, ResumeWorkOrder, StepWorkOrder, TakeStep
from app.commands.work_orders import EditWorkOrder, ReportWorkOrder
from app.db.work_orders import Assignment, Timeline, WorkOrder
from app.domain.ids import derived_id
from app.domain.work_orders import CLOSED_STATES, CrewState, State, state_of_crew
from app.protocol import Envelope
from app.server.automation import Automation
from app.server.database import Database
from tests.clocks import HandClock
from tests.factories import LIFT_FIRM, SUPERVISOR, a_report
from tests.server.clocks.company import CATEGORIES, STAFF_OF, site_at
from tests.server.kit import Desk
from tests.unit.domain.literal_sla import cut
from tests.unit.domain.strategies import SETTINGS, Setting

Value = TypeVar("Value")
PRIORITIES = ("P1", "P2", "P3")
SECONDS = st.sampled_from((0, 0, 17, 59))
MEMBER_AT = {
    State.ACCEPTED: CrewState.ACCEPTED,
    State.ON_SITE: CrewState.ON_SITE,
    State.DONE: CrewState.FINISHED,
    State.TRIAGED: CrewState.REFUSED,
}
_GONE = (CrewState.REFUSED, CrewState.REMOVED)
_READS_NO_CLOCK = (AddToCrew, ChaseWorkOrder, CommentWorkOrder, MergeReport, EditWorkOrder)
"""What leaves the clocks as they are, an edit that changes nothing among it."""


@dataclass(frozen=True)
class View:
    """An order as somebody sees it; if they are offline, as it was then and as they made it since."""

    state: State
    held_from: State | None
    site_id: str
    crew: Mapping[str, CrewState] = field(default_factory=dict)

    def after(self, command: Command) -> "View":
        """What somebody offline sees when they have done this."""
        match command:
            case HoldWorkOrder():
                return replace(self, state=State.ON_HOLD, held_from=self.state)
            case ResumeWorkOrder():
                return replace(self, state=self.held_from or State.TRIAGED, held_from=None)
            case AssignWorkOrder():
                sent = [*command.staff_ids, *([command.supplier_id] if command.supplier_id else [])]
                return replace(self, state=State.DISPATCHED, crew=dict.fromkeys(sent, CrewState.ASSIGNED))
            case TakeStep():
                crew = {**self.crew, command.staff_id or LIFT_FIRM: MEMBER_AT[command.to]}
                return replace(self, state=state_of_crew(crew.values()), crew=crew)
            case StepWorkOrder():
                return replace(self, state=command.to)
            case _:
                return self


class Seat:
    """Somebody at a PC."""

    def __init__(self, life: "Life", user_id: str) -> None:
        self._life = life
        self.user_id = user_id
        self.staff_id = STAFF_OF.get(user_id)
        self.desk = Desk(life.database, life.clock, user_id)
        self._waiting: list[tuple[Command, Envelope]] = []
        self._alone: View | None = None
        """What they see while they are offline."""

    @property
    def is_offline(self) -> bool:
        """Whether what they do waits."""
        return self._alone is not None

    def see(self) -> View:
        """The order as they see it."""
        return self._alone or self._life.view()

    def give(self, command: Command) -> None:
        """Do something, now or as soon as there is a network."""
        self._waiting.append((command, self.desk.envelope(command, offline=self.is_offline)))
        if self._alone is not None:
            self._alone = self._alone.after(command)
        else:
            self._send()

    def go_offline(self) -> None:
        """Lose the network."""
        self._alone = self._life.view()

    def come_back(self) -> None:
        """Have the network again, and send what waits."""
        self._alone = None
        self._send()

    def _send(self) -> None:
        waiting, self._waiting = self._waiting, []
        results = self.desk.push(*(envelope for _, envelope in waiting)).results if waiting else ()
        for (command, envelope), result in zip(waiting, results, strict=True):
            code = result.error.code if result.error else ""
            note(f"  {type(command).__name__} of {self.desk.prefix} {result.status} {code}")
            assert result.status in ("accepted", "rejected"), result
            assert code not in ("server_fault", "command_malformed"), result
            if result.status == "accepted":
                self._life.heard_of(command, envelope)


class Life:
    """An order and everybody who has to do with it; ``data`` chooses."""

    def __init__(self, database: Database, data: st.DataObject) -> None:
        self.database = database
        self._data = data
        self.setting: Setting = self.draw(st.sampled_from(SETTINGS))
        self.began_at = self.setting.noon - timedelta(hours=1)
        self.clock = HandClock(self.began_at)
        self._automation = Automation(database, self.clock)
        self.site_id = site_at(self.setting.timezone)
        self.desks = [Seat(self, SUPERVISOR), Seat(self, SUPERVISOR)]
        self.technicians = [Seat(self, user_id) for user_id in STAFF_OF]
        self.has_older_rules = False
        """Whether a rule was edited after the clocks were read; those of an order that is closed are not read anew."""
        self.minutes: dict[str, datetime] = {}
        """Line → the minute at which, by whoever entered it, what it says happened."""
        self.promises: set[tuple[str, datetime]] = set()
        """Policy, and the minute of an edit of it."""
        self.report: ReportWorkOrder

    @property
    def order_id(self) -> str:
        """The order's id."""
        return self.report.id

    def begin(self) -> None:
        """Report the order, an hour after all began."""
        self.clock.forward(minutes=60, seconds=self.draw(SECONDS))
        self.report = a_report(
            number=f"260916-{self.desks[0].desk.prefix}-001",
            site_id=self.site_id,
            unit_id=None,
            priority=self.draw(st.sampled_from(PRIORITIES)),
            category_id=self.draw(st.sampled_from(CATEGORIES)),
            happened_at=self.draw(st.none() | self.moments(timedelta(minutes=40))),
        )
        self.desks[0].give(self.report)

    def settle(self) -> None:
        """Bring everybody back to the network, in any order, and the server up to date."""
        for seat in self.draw(st.permutations([*self.desks, *self.technicians])):
            seat.come_back()
        self.read_anew()

    def read_anew(self) -> None:
        """Have the server bring the clocks of open orders up to date, after rules were edited."""
        self._automation.run_once()
        self.has_older_rules = self.has_older_rules and self.view().state in CLOSED_STATES

    def view(self) -> View:
        """The order as the server has it."""
        with self.database.read() as session:
            order = session.get_one(WorkOrder, self.order_id)
            query = select(Assignment).where(Assignment.work_order_id == order.id).order_by(Assignment.assigned_at)
            crew = {row.staff_id or row.supplier_id or "": CrewState(row.state) for row in session.scalars(query)}
            here = {member: state for member, state in crew.items() if state not in _GONE}
            held_from = State(order.held_from) if order.held_from else None
            return View(State(order.state), held_from, order.site_id, here)

    def heard_of(self, command: Command, envelope: Envelope) -> None:
        """The server has taken a command."""
        minute = cut(command.happened() or envelope.made_at)
        self.minutes[derived_id(envelope.command_id, 0)] = minute
        if isinstance(command, SetSlaPolicy):
            self.promises.add((command.id, minute))
        if isinstance(command, CompanyCommand):
            self.has_older_rules = True
        elif not isinstance(command, _READS_NO_CLOCK):
            self.has_older_rules = False

    def draw(self, what: st.SearchStrategy[Value]) -> Value:
        """Choose."""
        return self._data.draw(what)

    def choose(self, *ways: Value) -> Value:
        """Choose one of several."""
        return self.draw(st.sampled_from(ways))

    def moments(self, span: timedelta) -> st.SearchStrategy[datetime]:
        """Moments not longer ago than ``span``."""
        now = self.clock.now()
        return st.integers(0, span // timedelta(seconds=1)).map(lambda seconds: now - timedelta(seconds=seconds))

    def told(self) -> datetime | None:
        """When something happened, as somebody says: now, or at a time since the last step."""
        with self.database.read() as session:
            query = select(Timeline.happened_at).where(Timeline.work_order_id == self.order_id, Timeline.kind == "step")
            last = max(session.scalars(query))
        return self.draw(st.none() | self.moments(max(timedelta(minutes=1), self.clock.now() - last)))

    def do(self, seat: Seat, make: Callable[[View], Command | None]) -> None:
        """Have somebody do what ``make`` makes of what they see."""
        command = make(seat.see())
        if command is not None:
            seat.give(command)
