"""What may happen to an order, its rules and the network: each draws from a life what it leaves open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from sqlalchemy import select

from app.commands.command import Command
from app.commands.contacts import AnswerWorkOrder, ChaseWorkOrder, CommentWorkOrder, MergeReport
from app.commands.crews import AddToCrew, AssignWorkOrder, RemoveFromCrew
from app.commands.policies import Promise, SetCalendarDay, SetServiceCalendar, SetSlaPolicy
from app.commands.steps import (
    CancelWorkOrder,
    HoldWorkOrder,
    ReopenWorkOrder,
    ResumeWorkOrder,
    StepWorkOrder,
    TakeStep,
)
from app.commands.withdrawals import WithdrawStep
from app.commands.work_orders import EditWorkOrder, MoveWorkOrder, Reporter, WorkOrderFields
from app.db.work_orders import Timeline
from app.domain.work_orders import ACTIVE_CREW, OPEN_STATES, CancelReason, CrewState, HoldReason, State
from tests.factories import (
    ALWAYS,
    COMPLAINT,
    HE,
    LIFT_FIRM,
    OFFICE_HOURS,
    ORDINARY_POLICY,
    OTHER_SITE,
    PLUMBING,
    SUN,
    URGENT_POLICY,
    an_id,
)
from tests.server.clocks.company import CATEGORIES, PLANNED_POLICY
from tests.server.clocks.lives import PRIORITIES, SECONDS, Life, Seat, View
from tests.unit.domain.strategies import GAPS, opening_hours

Fields = st.SearchStrategy[dict[str, Any]]
CREWS = ((SUN,), (SUN, HE), (SUN, HE), (HE,), (SUN, HE, LIFT_FIRM))
AHEAD: dict[CrewState, tuple[State, ...]] = {
    CrewState.ASSIGNED: (State.ON_SITE, State.ACCEPTED, State.ACCEPTED, State.TRIAGED),
    CrewState.ACCEPTED: (State.ON_SITE, State.ON_SITE, State.DONE, State.TRIAGED),
    CrewState.ON_SITE: (State.DONE,),
}
SELECTORS: dict[str, dict[str, Any]] = {
    ORDINARY_POLICY: {},
    URGENT_POLICY: {"priority": "P1"},
    PLANNED_POLICY: {"priority": "P3"},
    an_id("here"): {"site_id": ""},
    an_id("water"): {"category_id": PLUMBING},
    an_id("urgent here"): {"site_id": "", "priority": "P1"},
    an_id("offices"): {"property_kind": "office"},
}
"""Policy → for which orders; an empty site stands for the order's first one."""


def go_on(life: Life) -> None:
    """Let some time pass and something happen."""
    life.clock.forward(minutes=life.draw(GAPS), seconds=life.draw(SECONDS), microseconds=1)
    move = life.draw(st.sampled_from(MOVES))
    if life.view().state not in FROM.get(move, tuple(State)):
        move = onward
    note(f"{life.clock.now():%d. %H:%M:%S} {move.__name__}")
    move(life)


def set_rules(life: Life) -> None:
    """Decree the days of the time and place, and promise something else than usual, before the order is reported."""
    for day, kind in life.setting.days.items():
        if abs(day - life.setting.noon.date()) <= timedelta(days=3):
            life.desks[0].give(SetCalendarDay(day=f"{day}", kind=kind.value))
    for _ in range(life.draw(st.integers(0, 2))):
        life.choose(*RULES)(life)


def onward(life: Life) -> None:
    """The step that comes next."""
    state = life.view().state
    if life.report.category_id == COMPLAINT and life.draw(st.booleans()):
        answer(life)
    elif state in (State.DISPATCHED, State.ACCEPTED, State.ON_SITE):
        life.choose(step_of_crew, step_in_basement)(life)
    elif state is State.ON_HOLD:
        resume(life)
    elif state in (State.DONE, State.VERIFIED, State.CLOSED):
        life.choose(desk_step, reopen)(life)
    elif state is State.CANCELLED:
        edit_policy(life)
    else:
        assign(life)


def desk_step(life: Life) -> None:
    """Triage, recall, verify, close."""
    ways = {
        State.REPORTED: (State.TRIAGED, State.TRIAGED, State.TRIAGED, State.CLOSED),
        State.DONE: (State.VERIFIED,),
        State.VERIFIED: (State.CLOSED,),
    }

    def make(view: View) -> Command:
        to: Any = life.choose(*ways.get(view.state, (State.TRIAGED,)))
        return StepWorkOrder(work_order_id=life.order_id, from_state=view.state, to=to, happened_at=life.told())

    life.do(life.choose(*life.desks), make)


def assign(life: Life, seat: Seat | None = None) -> None:
    """Send a crew."""

    def make(view: View) -> Command:
        crew = life.choose(*CREWS)
        return AssignWorkOrder(
            work_order_id=life.order_id,
            staff_ids=tuple(member for member in crew if member != LIFT_FIRM),
            supplier_id=LIFT_FIRM if LIFT_FIRM in crew else None,
            seen_crew=tuple(view.crew),
        )

    life.do(seat or life.choose(*life.desks), make)


def change_crew(life: Life) -> None:
    """Send one more, or take one off."""
    kind = life.choose(AddToCrew, RemoveFromCrew)
    member = life.choose(SUN, HE)
    life.do(life.choose(*life.desks), lambda _: kind(work_order_id=life.order_id, staff_id=member))


def step_of_crew(life: Life) -> None:
    """A step that one of the crew takes, or tells the desk on the phone."""
    _step_of_crew(life, life.choose(*life.desks, *life.technicians, *life.technicians))


def step_in_basement(life: Life) -> None:
    """A step of one of the crew that nobody hears of yet."""
    seat = life.choose(*life.technicians)
    if not seat.is_offline or seat.staff_id not in seat.see().crew:
        seat.come_back()
        seat.go_offline()
    _step_of_crew(life, seat)


def _step_of_crew(life: Life, seat: Seat) -> None:

    def make(view: View) -> Command | None:
        crew = {member: state for member, state in view.crew.items() if state in ACTIVE_CREW}
        whose = sorted(crew) if seat.staff_id is None else [member for member in crew if member == seat.staff_id]
        if not whose:
            return None
        member = life.choose(*whose)
        to: Any = life.choose(*AHEAD[crew[member]])
        return TakeStep(
            work_order_id=life.order_id,
            from_state=view.state,
            to=to,
            staff_id=None if member == LIFT_FIRM else member,
            supplier_id=LIFT_FIRM if member == LIFT_FIRM else None,
            is_by_phone=seat.staff_id is None,
            happened_at=life.told() if seat.staff_id is None else None,
        )

    life.do(seat, make)


def hold(life: Life, seat: Seat | None = None) -> None:
    """Put it on hold, for a reason that may pause the clocks or not."""

    def make(view: View) -> Command:
        told = life.told()
        return HoldWorkOrder(
            work_order_id=life.order_id,
            from_state=view.state,
            reason=life.choose(HoldReason.PARTS, HoldReason.PARTS, *HoldReason),
            is_by_phone=told is not None,
            happened_at=told,
        )

    life.do(seat or life.choose(*life.desks), make)


def resume(life: Life, seat: Seat | None = None) -> None:
    """Take it off hold."""

    def make(view: View) -> Command:
        told = life.told()
        return ResumeWorkOrder(
            work_order_id=life.order_id, from_state=view.state, is_by_phone=told is not None, happened_at=told
        )

    life.do(seat or life.choose(*life.desks), make)


def cancel(life: Life) -> None:
    """Cancel it, though seldom: little happens after."""
    if life.draw(st.integers(0, 2)):
        onward(life)
        return
    reason = CancelReason.WITHDRAWN
    life.do(
        life.choose(*life.desks),
        lambda view: CancelWorkOrder(work_order_id=life.order_id, from_state=view.state, reason=reason),
    )


def reopen(life: Life) -> None:
    """Reopen it."""
    life.do(life.choose(*life.desks), lambda view: ReopenWorkOrder(work_order_id=life.order_id, from_state=view.state))


def withdraw(life: Life) -> None:
    """Take one's last step back."""
    seat = life.choose(*life.desks, *life.technicians)
    query = select(Timeline).where(Timeline.work_order_id == life.order_id, Timeline.undo.is_not(None))
    with life.database.read() as session:
        lines = session.scalars(query.where(Timeline.user_id == seat.user_id)).all()
        ids = [line.id for line in sorted(lines, key=lambda line: line.recorded_at)]
    if ids:
        life.do(seat, lambda _: WithdrawStep(work_order_id=life.order_id, line_id=ids[-1]))


def edit(life: Life, seat: Seat | None = None) -> None:
    """Change what a policy looks at, or something that no clock asks for."""
    priorities: Fields = st.sampled_from(PRIORITIES).map(lambda priority: {"priority": priority})
    categories: Fields = st.sampled_from(CATEGORIES).map(lambda category_id: {"category_id": category_id})
    wanted = WorkOrderFields.model_validate(life.draw(st.one_of(priorities, categories, st.just({"result": "换了"}))))
    life.do(seat or life.choose(*life.desks), lambda _: EditWorkOrder(id=life.order_id, set=wanted))


def move(life: Life, seat: Seat | None = None) -> None:
    """Move it to another site, or back."""

    def make(view: View) -> Command:
        to = life.site_id if view.site_id == OTHER_SITE else OTHER_SITE
        return MoveWorkOrder(work_order_id=life.order_id, from_site_id=view.site_id, to_site_id=to)

    life.do(seat or life.choose(*life.desks), make)


def answer(life: Life) -> None:
    """Answer whoever complained, now or a while ago."""
    happened_at = life.draw(st.none() | life.moments(timedelta(hours=2)))
    command = AnswerWorkOrder(work_order_id=life.order_id, happened_at=happened_at)
    life.do(life.choose(*life.desks), lambda _: command)


def talk(life: Life) -> None:
    """Say what no clock listens to."""
    order_id = life.order_id
    command = life.choose(
        ChaseWorkOrder(work_order_id=order_id),
        CommentWorkOrder(work_order_id=order_id, text="下午在家"),
        MergeReport(work_order_id=order_id, reporter=Reporter(name="贺远航")),
    )
    life.do(life.choose(*life.desks), lambda _: command)


def edit_policy(life: Life) -> None:
    """Promise something else from now on."""
    policy_id = life.choose(*sorted(SELECTORS))
    selector = dict(SELECTORS[policy_id])
    if "site_id" in selector:
        selector["site_id"] = life.site_id
    minutes = st.sampled_from((30, 15, 60, 120, 240, 480, None)) | st.integers(1, 600)
    promise = Promise(
        calendar_id=life.choose(ALWAYS, OFFICE_HOURS, OFFICE_HOURS),
        response_minutes=life.draw(minutes),
        resolution_minutes=life.draw(minutes),
        warn_percent=life.choose(80, 80, 1, 33, 100),
        pausing_reasons=life.choose(tuple(HoldReason), tuple(HoldReason), tuple(HoldReason)[:2], ()),
    )
    command = SetSlaPolicy(id=policy_id, name_zh="约定", name_en="Promise", promise=promise, **selector)
    life.choose(*life.desks).give(command)


def edit_calendar(life: Life) -> None:
    """Open at other hours."""
    opens, closes = life.draw(opening_hours(life.setting.timezone))
    command = SetServiceCalendar(
        id=OFFICE_HOURS,
        name_zh="工作时间",
        name_en="Office hours",
        kind=life.choose("working", "working", "working", "always"),
        opens_minute=opens,
        closes_minute=closes,
    )
    life.choose(*life.desks).give(command)


def edit_day(life: Life) -> None:
    """Make a day a holiday, a day to make up for one, or what its weekday says."""
    day = life.setting.noon.date() + timedelta(days=life.choose(0, 1, 0, 1, 3))
    kind: Any = life.choose("makeup", "working", "holiday", "rest", None)
    command = SetCalendarDay(day=f"{day}", kind=kind, site_id=life.choose(life.site_id, None))
    life.choose(*life.desks).give(command)


def cut_off(life: Life) -> None:
    """A desk loses the network, and goes on by what it sees; technicians lose it when they work."""
    seat: Seat = life.choose(*life.desks)
    if not seat.is_offline:
        seat.go_offline()
    ways = [assign, edit, move]
    ways += [resume] * 3 if seat.see().state is State.ON_HOLD else [hold] * 3
    life.choose(*ways)(life, seat)


def come_back(life: Life) -> None:
    """Somebody gets the network back."""
    away = [seat for seat in (*life.desks, *life.technicians) if seat.is_offline]
    if away:
        life.choose(*away).come_back()
    else:
        onward(life)


def read_anew(life: Life) -> None:
    """The server brings the clocks of open orders up to date."""
    life.read_anew()


FROM: dict[Callable[[Life], None], tuple[State, ...]] = {
    hold: (State.TRIAGED, State.DISPATCHED, State.ACCEPTED, State.ON_SITE, State.REOPENED),
    resume: (State.ON_HOLD,),
    desk_step: (State.REPORTED, State.DISPATCHED, State.ACCEPTED, State.DONE, State.VERIFIED),
    reopen: (State.DONE, State.VERIFIED, State.CLOSED),
    change_crew: (State.DISPATCHED, State.ACCEPTED, State.ON_SITE, State.ON_HOLD),
    step_in_basement: (State.DISPATCHED, State.ACCEPTED, State.ON_SITE),
    step_of_crew: (State.DISPATCHED, State.ACCEPTED, State.ON_SITE),
    cancel: OPEN_STATES,
}
"""The states in which a move makes sense; those offline see what they see."""
RULES = (edit_policy, edit_policy, edit_calendar, edit_day)
MOVES: tuple[Callable[[Life], None], ...] = (
    *[onward] * 8,
    *[hold] * 4,
    *[cut_off] * 3,
    *[come_back] * 6,
    *[step_of_crew] * 2,
    *[step_in_basement] * 3,
    *[edit] * 3,
    *[reopen] * 2,
    *RULES,
    *(resume, desk_step, assign, change_crew, withdraw, move, answer, talk, cancel, read_anew),
)
