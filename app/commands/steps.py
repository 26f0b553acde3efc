"""The steps of an order: the desk's own, those of the crew, holding, finishing, reopening, and taking a step back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.clocks import refresh_clocks
from app.commands.command import Command, Context, LongText, Moment, RowId, require_row
from app.commands.lines import Line, add_line
from app.commands.orders import (
    OrderCommand,
    crew_of,
    current,
    find_order,
    name_of,
    needs_visit,
    question,
    set_lead,
    staff_of_user,
)
from app.commands.step_times import check_latest, check_round, check_told, finished_later, is_first
from app.commands.withdrawals import WithdrawStep, remember, undo_of
from app.db.companies import Cause
from app.db.work_orders import Assignment, WorkOrder
from app.domain.errors import ConflictError, InvalidError, Param, RefusedError
from app.domain.permissions import Rights
from app.domain.work_orders import (
    REOPEN_DAYS,
    CancelReason,
    CrewState,
    HoldReason,
    State,
    check_text,
    check_transition,
    known,
    state_of_crew,
)

MINUTES_LIMIT = 10_000


class OrderStep(OrderCommand):
    """What all steps share: the order, the state the author saw, and when it happened."""

    from_state: State
    """The state the author saw; the step is refused when somebody was there before."""
    happened_at: Moment | None = None

    @override
    def reads(self) -> tuple[tuple[str, str], ...]:
        return (("work_order", self.work_order_id),)

    @override
    def happened(self) -> Moment | None:
        return self.happened_at

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        return (WithdrawStep(work_order_id=self.work_order_id, line_id=context.row_id(0)),)

    def _seen(self, session: Session) -> WorkOrder:
        order = find_order(session, self.work_order_id)
        if order.state != self.from_state:
            raise ConflictError("state_changed_meanwhile", state=f"@state.{order.state}")
        return order

    def _check_time(self, session: Session, order: WorkOrder, context: Context, *, is_by_phone: bool = False) -> None:
        if is_by_phone or self.happened_at is not None:
            check_told(session, order, context)
        check_latest(session, order, context)


class StepWorkOrder(OrderStep):
    """The desk's own steps: triage, recall, verify, close; and closing a question answered on the phone."""

    to: Literal[State.TRIAGED, State.VERIFIED, State.CLOSED]
    note: LongText = ""

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order = self._seen(session)
        # One of the crew gives an order back for themselves; recalling it takes off everybody, and is the desk's.
        rights.require_step(order.site_id, replace(question(session, order, rights, self.to), is_own=False))

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = self._seen(session)
        check_transition(known(State, order.state), self.to)
        self._check_time(session, order, context)
        before = remember(session, order)
        if self.to is State.TRIAGED:
            for member in current(crew_of(session, order.id)):
                member.state = CrewState.REMOVED
            session.flush()
            set_lead(session, order)
        if self.to is State.CLOSED:
            order.closed_at = context.happened_at
        code = "line_recalled" if self.to is State.TRIAGED and self.from_state != State.REPORTED else f"line_{self.to}"
        order.state = self.to
        params = {"note": check_text("note", self.note)}
        undo = undo_of(session, order, before)
        add_line(session, order, context, Line("step", code, params, state=self.to, undo=undo))
        refresh_clocks(session, order)


class TakeStep(OrderStep):
    """A step of one of the crew: accept, arrive, finish, refuse or give back.

    Entered by the member, or for them by the desk when they ring in (``is_by_phone``), with the time it happened.
    """

    to: Literal[State.ACCEPTED, State.ON_SITE, State.DONE, State.TRIAGED]
    staff_id: RowId | None = None
    supplier_id: RowId | None = None
    is_by_phone: bool = False
    note: LongText = ""
    result: LongText = ""
    cause_id: RowId | None = None
    minutes: int | None = None

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order = find_order(session, self.work_order_id)
        own = self.staff_id or (None if self.supplier_id else rights.staff_id)
        is_for_another = self.is_by_phone or own != rights.staff_id
        asked = question(session, order, rights, self.to, is_for_another=is_for_another)
        rights.require_step(order.site_id, replace(asked, state=self._asked_from(session, order, rights)))

    def _asked_from(self, session: Session, order: WorkOrder, rights: Rights) -> State:
        """Where the member stands: the order bears the state of the first of them, and the others come after."""
        own = self.staff_id or (None if self.supplier_id else rights.staff_id)
        for member in current(crew_of(session, order.id)):
            if (member.staff_id, member.supplier_id) == (own, self.supplier_id):
                return _STATE_OF_MEMBER.get(known(CrewState, member.state), known(State, order.state))
        return known(State, order.state)

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        member = self._member(session, order, context)
        stood, wanted = known(CrewState, member.state), _MEMBER_TO[self.to]
        if wanted not in _MEMBER_FOLLOWS[stood] or (
            wanted is CrewState.FINISHED and stood is CrewState.ACCEPTED and needs_visit(session, order)
        ):
            raise RefusedError(
                "step_needs_visit" if wanted is CrewState.FINISHED else "step_not_allowed",
                state=f"@state.{order.state}",
                to=f"@state.{self.to}",
            )
        if self.is_by_phone or self.happened_at is not None:
            check_told(session, order, context)
        check_round(session, order, context)
        before = remember(session, order)
        member.state = wanted
        session.flush()
        order.state = state_of_crew(known(CrewState, one.state) for one in crew_of(session, order.id))
        self._finish(session, order, context)
        set_lead(session, order)
        self._lines(session, order, member, context, before)
        refresh_clocks(session, order)

    def _member(self, session: Session, order: WorkOrder, context: Context) -> Assignment:
        own = self.staff_id or (None if self.supplier_id else staff_of_user(session, context.actor))
        if order.state not in (State.DISPATCHED, State.ACCEPTED, State.ON_SITE):
            raise ConflictError("state_changed_meanwhile", state=f"@state.{order.state}")
        for member in current(crew_of(session, order.id)):
            if (own and member.staff_id == own) or (self.supplier_id and member.supplier_id == self.supplier_id):
                return member
        raise ConflictError("not_in_crew", name=name_of(session, own, self.supplier_id))

    def _finish(self, session: Session, order: WorkOrder, context: Context) -> None:
        if self.to is not State.DONE:
            return
        check_minutes(self.minutes)
        if self.cause_id is not None:
            require_row(session, Cause, self.cause_id, "row_gone")
            order.cause_id = self.cause_id
        if result := check_text("result", self.result):
            order.result = result
        if self.minutes is not None:
            order.minutes = (order.minutes or 0) + self.minutes
        if order.state == State.DONE:
            last = finished_later(session, order, context)
            order.done_at = last.happened_at if last else context.happened_at

    def _lines(
        self, session: Session, order: WorkOrder, member: Assignment, context: Context, before: dict[str, Any]
    ) -> None:
        said = Line("crew", "", {}, None, member.staff_id, member.supplier_id, self.is_by_phone)
        implied, step = self._step(session, order, said, context, State(before["state"]))
        ids = [add_line(session, order, context, replace(line, part="implied", position=-1)).id for line in implied]
        code = "line_refused" if self.to is State.TRIAGED else f"line_{self.to}"
        params = {"note": check_text("note", self.note or self.result)}
        undo = undo_of(session, order, before, *ids)
        kind = "crew" if step is None else "step"
        add_line(session, order, context, replace(said, kind=kind, state=step, code=code, params=params, undo=undo))

    def _step(
        self, session: Session, order: WorkOrder, said: Line, context: Context, before: State
    ) -> tuple[list[Line], State | None]:
        """The step of the order that this one implies, and the one that it is itself, if any."""
        state = known(State, order.state)
        if before is State.DISPATCHED and state is State.ON_SITE:
            return [replace(said, kind="step", code="line_accepted", state=State.ACCEPTED)], state
        last = finished_later(session, order, context) if state is State.DONE else None
        if last is not None:
            who, at = (last.staff_id, last.supplier_id), last.happened_at
            return [Line("step", "line_all_done", {}, state, *who, happened_at=at)], None
        if state is before:
            return [], self.to if is_first(session, order, self.to, context) else None
        return [], state


_MEMBER_TO = {
    State.ACCEPTED: CrewState.ACCEPTED,
    State.ON_SITE: CrewState.ON_SITE,
    State.DONE: CrewState.FINISHED,
    State.TRIAGED: CrewState.REFUSED,
}
_STATE_OF_MEMBER = {
    CrewState.ASSIGNED: State.DISPATCHED,
    CrewState.ACCEPTED: State.ACCEPTED,
    CrewState.ON_SITE: State.ON_SITE,
}
_MEMBER_FOLLOWS: dict[CrewState, frozenset[CrewState]] = {
    CrewState.ASSIGNED: frozenset({CrewState.ACCEPTED, CrewState.ON_SITE, CrewState.REFUSED}),
    CrewState.ACCEPTED: frozenset({CrewState.ON_SITE, CrewState.FINISHED, CrewState.REFUSED}),
    CrewState.ON_SITE: frozenset({CrewState.FINISHED}),
    CrewState.FINISHED: frozenset(),
    CrewState.REFUSED: frozenset(),
    CrewState.REMOVED: frozenset(),
}


class HoldWorkOrder(OrderStep):
    """Put an order on hold, with the reason it waits for."""

    reason: HoldReason
    note: LongText = ""
    staff_id: RowId | None = None
    is_by_phone: bool = False

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order = self._seen(session)
        is_for_another = self.is_by_phone or self.staff_id not in (None, rights.staff_id)
        rights.require_step(
            order.site_id, question(session, order, rights, State.ON_HOLD, is_for_another=is_for_another)
        )

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = self._seen(session)
        check_transition(known(State, order.state), State.ON_HOLD)
        self._check_time(session, order, context, is_by_phone=self.is_by_phone)
        before = remember(session, order)
        order.held_from, order.hold_reason, order.state = order.state, self.reason, State.ON_HOLD
        params = {"reason": f"@hold.{self.reason}", "note": check_text("note", self.note)}
        line = Line(
            "step",
            "line_on_hold",
            params,
            state=State.ON_HOLD,
            staff_id=self.staff_id,
            is_by_phone=self.is_by_phone,
            undo=undo_of(session, order, before),
        )
        add_line(session, order, context, line)
        refresh_clocks(session, order)


class ResumeWorkOrder(OrderStep):
    """Take an order off hold: back to the state it was held from."""

    staff_id: RowId | None = None
    is_by_phone: bool = False

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order = self._seen(session)
        to = _held_from(order) or State.TRIAGED
        is_for_another = self.is_by_phone or self.staff_id not in (None, rights.staff_id)
        rights.require_step(order.site_id, question(session, order, rights, to, is_for_another=is_for_another))

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = self._seen(session)
        to = _held_from(order)
        if order.state != State.ON_HOLD or to is None:
            raise RefusedError("step_not_allowed", state=f"@state.{order.state}", to="@step.resumed")
        self._check_time(session, order, context, is_by_phone=self.is_by_phone)
        before = remember(session, order)
        order.state, order.held_from, order.hold_reason = to, None, None
        line = Line(
            "step",
            "line_resumed",
            {},
            state=to,
            staff_id=self.staff_id,
            is_by_phone=self.is_by_phone,
            undo=undo_of(session, order, before),
        )
        add_line(session, order, context, line)
        refresh_clocks(session, order)


class CancelWorkOrder(OrderStep):
    """Cancel an order, with the reason."""

    reason: CancelReason
    duplicate_of_id: RowId | None = None
    note: LongText = ""

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order = self._seen(session)
        rights.require_step(order.site_id, question(session, order, rights, State.CANCELLED))

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = self._seen(session)
        check_transition(known(State, order.state), State.CANCELLED)
        if self.duplicate_of_id == order.id:
            raise InvalidError("duplicate_of_itself")
        self._check_time(session, order, context)
        before = remember(session, order)
        told: list[str] = []
        if self.duplicate_of_id is not None:
            kept = find_order(session, self.duplicate_of_id)
            if kept.site_id != order.site_id:
                raise RefusedError("duplicate_other_place")
            order.duplicate_of_id = kept.id
            line = Line("merged", "line_merged_in", {"number": order.number}, part="kept")
            told.append(add_line(session, kept, context, line).id)
        order.state, order.cancel_reason, order.closed_at = State.CANCELLED, self.reason, context.happened_at
        order.held_from = order.hold_reason = None
        params = {"reason": f"@cancel.{self.reason}", "note": check_text("note", self.note)}
        undo = undo_of(session, order, before, *told)
        add_line(session, order, context, Line("step", "line_cancelled", params, state=State.CANCELLED, undo=undo))
        refresh_clocks(session, order)


class ReopenWorkOrder(OrderStep):
    """Reopen an order that was done, verified or closed."""

    note: LongText = ""

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order = self._seen(session)
        rights.require_step(order.site_id, question(session, order, rights, State.REOPENED))

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = self._seen(session)
        check_transition(known(State, order.state), State.REOPENED)
        if order.closed_at is not None and context.happened_at > order.closed_at + timedelta(days=REOPEN_DAYS):
            raise RefusedError("reopen_too_late", days=REOPEN_DAYS)
        self._check_time(session, order, context)
        before = remember(session, order)
        for member in current(crew_of(session, order.id)):
            member.state = CrewState.REMOVED
        session.flush()
        set_lead(session, order)
        order.state, order.round = State.REOPENED, order.round + 1
        order.reopened_at, order.done_at, order.closed_at = context.happened_at, None, None
        params: dict[str, Param] = {"note": check_text("note", self.note), "round": order.round}
        undo = undo_of(session, order, before)
        add_line(session, order, context, Line("step", "line_reopened", params, state=State.REOPENED, undo=undo))
        refresh_clocks(session, order)


def check_minutes(minutes: int | None) -> None:
    """Raise ``InvalidError`` for minutes that nobody works on one order at a time."""
    if minutes is not None and not 0 <= minutes <= MINUTES_LIMIT:
        raise InvalidError("minutes_invalid", limit=MINUTES_LIMIT)


def _held_from(order: WorkOrder) -> State | None:
    return known(State, order.held_from) if order.held_from else None


KINDS: tuple[type[Command], ...] = (
    StepWorkOrder,
    TakeStep,
    HoldWorkOrder,
    ResumeWorkOrder,
    CancelWorkOrder,
    ReopenWorkOrder,
)
