"""Who works on an order: sending people or an outside firm, adding one, taking one off."""

from dataclasses import replace

from pydantic import Field
from sqlalchemy.orm import Session
from typing_extensions import override

from app.commands.clocks import refresh_clocks
from app.commands.command import Command, Context, LongText, Moment, RowId, require_row
from app.commands.lines import Line, add_line
from app.commands.orders import (
    OrderCommand,
    active,
    crew_of,
    current,
    find_order,
    member_ids,
    name_of,
    question,
    set_lead,
)
from app.commands.step_times import check_latest, check_told
from app.commands.withdrawals import WithdrawStep, remember, undo_of
from app.db.companies import Staff, Supplier
from app.db.work_orders import Assignment, WorkOrder
from app.domain.errors import ConflictError, InvalidError, Param, RefusedError
from app.domain.permissions import Rights, StepQuestion
from app.domain.words import listed
from app.domain.work_orders import CrewState, State, check_text, check_transition, known, state_of_crew

_WITH_CREW = (State.DISPATCHED, State.ACCEPTED, State.ON_SITE)


class AssignWorkOrder(OrderCommand):
    """Send a crew to an order in place of whoever was sent before; triages it on the way when nobody has."""

    staff_ids: tuple[RowId, ...] = Field(default=(), max_length=20)
    supplier_id: RowId | None = None
    seen_crew: tuple[RowId, ...]
    """The members (staff and supplier ids) the author saw; refused when they are others by now."""
    note: LongText = ""
    happened_at: Moment | None = None

    @override
    def reads(self) -> tuple[tuple[str, str], ...]:
        return (("work_order", self.work_order_id),)

    @override
    def happened(self) -> Moment | None:
        return self.happened_at

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order = find_order(session, self.work_order_id)
        asked = question(session, order, rights, State.DISPATCHED)
        if order.state == State.REPORTED:
            rights.require_step(order.site_id, question(session, order, rights, State.TRIAGED))
        if order.state in (State.REPORTED, State.ON_HOLD):
            asked = replace(asked, state=State.TRIAGED)
        rights.require_step(order.site_id, asked)

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        if not self.staff_ids and self.supplier_id is None:
            raise InvalidError("assignee_missing")
        crew = current(crew_of(session, order.id))
        if set(member_ids(crew)) != set(self.seen_crew):
            there = [name_of(session, member.staff_id, member.supplier_id) for member in crew]
            raise ConflictError("assignee_changed_meanwhile", name=listed(there) if there else "-")
        is_held = order.state == State.ON_HOLD
        if self.happened_at is not None:
            check_told(session, order, context)
        if not is_held:
            check_latest(session, order, context)
        before = remember(session, order)
        implied = []
        if order.state == State.REPORTED:
            line = Line("step", "line_triaged", {}, state=State.TRIAGED, part="triaged", position=-1)
            implied.append(add_line(session, order, context, line).id)
            order.state = State.TRIAGED
        if not is_held:
            check_transition(known(State, order.state), State.DISPATCHED)
        for member in crew:
            member.state = CrewState.REMOVED
        session.flush()
        names = self._send(session, order, context)
        if is_held:
            order.held_from = State.DISPATCHED
        else:
            order.state = State.DISPATCHED
        set_lead(session, order)
        params = {"names": names, "note": check_text("note", self.note)}
        kind, state = ("crew", None) if is_held else ("step", State.DISPATCHED)
        undo = undo_of(session, order, before, *implied)
        add_line(session, order, context, Line(kind, "line_dispatched", params, state=state, undo=undo))
        refresh_clocks(session, order)

    def _send(self, session: Session, order: WorkOrder, context: Context) -> Param:
        names: list[Param] = []
        for sort, staff_id in enumerate(dict.fromkeys(self.staff_ids)):
            names.append(_send_one(session, order, context, staff_id=staff_id, supplier_id=None, sort=sort))
        if self.supplier_id is not None:
            names.append(
                _send_one(session, order, context, staff_id=None, supplier_id=self.supplier_id, sort=len(names))
            )
        return listed(names)

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        return (WithdrawStep(work_order_id=self.work_order_id, line_id=context.row_id(0)),)


class AddToCrew(OrderCommand):
    """Send one more person to an order that somebody is already sent to."""

    staff_id: RowId

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order = find_order(session, self.work_order_id)
        rights.require_step(order.site_id, _sending(session, order, rights))

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        if order.state not in (*_WITH_CREW, State.ON_HOLD):
            raise RefusedError("step_not_allowed", state=f"@state.{order.state}", to="@step.dispatched")
        crew = crew_of(session, order.id)
        if self.staff_id in member_ids(current(crew)):
            raise RefusedError("already_in_crew", name=name_of(session, self.staff_id))
        name = _send_one(session, order, context, staff_id=self.staff_id, supplier_id=None, sort=len(crew))
        set_lead(session, order)
        add_line(session, order, context, Line("crew", "line_added", {"names": name}, staff_id=self.staff_id))

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        return (RemoveFromCrew(work_order_id=self.work_order_id, staff_id=self.staff_id),)


class RemoveFromCrew(OrderCommand):
    """Take one of several off an order."""

    staff_id: RowId | None = None
    supplier_id: RowId | None = None

    @override
    def authorize(self, session: Session, rights: Rights) -> None:
        order = find_order(session, self.work_order_id)
        rights.require_step(order.site_id, _sending(session, order, rights))

    @override
    def apply(self, session: Session, context: Context) -> None:
        order = find_order(session, self.work_order_id)
        gone = [
            member
            for member in active(crew_of(session, order.id))
            if (member.staff_id, member.supplier_id) == (self.staff_id, self.supplier_id)
        ]
        name = name_of(session, self.staff_id, self.supplier_id)
        if not gone:
            raise ConflictError("not_in_crew", name=name)
        before = remember(session, order)
        gone[0].state = CrewState.REMOVED
        session.flush()
        set_lead(session, order)
        state = self._state_without(session, order)
        kind = "crew" if state == order.state else "step"
        if kind == "step":
            check_latest(session, order, context)
        order.state = state
        if state is State.DONE:
            order.done_at = context.happened_at
        line = Line(
            kind,
            "line_removed",
            {"names": name},
            state=state if kind == "step" else None,
            staff_id=self.staff_id,
            supplier_id=self.supplier_id,
            undo=undo_of(session, order, before),
        )
        add_line(session, order, context, line)
        refresh_clocks(session, order)

    def _state_without(self, session: Session, order: WorkOrder) -> State:
        """Where the order stands by those who are left; one on hold will, when it is taken up again."""
        crew = crew_of(session, order.id)
        left = state_of_crew(known(CrewState, member.state) for member in crew)
        if order.state == State.ON_HOLD and order.held_from in _WITH_CREW:
            order.held_from = left if active(crew) else State.TRIAGED
        return left if order.state in _WITH_CREW else known(State, order.state)

    @override
    def inverse(self, session: Session, context: Context) -> tuple[Command, ...]:
        return (WithdrawStep(work_order_id=self.work_order_id, line_id=context.row_id(0)),)


def _send_one(
    session: Session, order: WorkOrder, context: Context, *, staff_id: str | None, supplier_id: str | None, sort: int
) -> Param:
    if staff_id is not None:
        staff = require_row(session, Staff, staff_id, "staff_gone")
        if not staff.is_active:
            raise RefusedError("assignee_inactive", name=staff.name)
    else:
        require_row(session, Supplier, supplier_id or "", "staff_gone")
    session.add(
        Assignment(
            id=context.row_id(f"member:{staff_id or supplier_id}"),
            stream_id=order.stream_id,
            work_order_id=order.id,
            staff_id=staff_id,
            supplier_id=supplier_id,
            state=CrewState.ASSIGNED,
            assigned_at=context.happened_at,
            sort=sort,
        )
    )
    session.flush()
    return name_of(session, staff_id, supplier_id)


def _sending(session: Session, order: WorkOrder, rights: Rights) -> StepQuestion:
    """Changing a crew asks for the same right as sending it, whatever the state by then."""
    return replace(question(session, order, rights, State.DISPATCHED), state=State.TRIAGED)


KINDS: tuple[type[Command], ...] = (AssignWorkOrder, AddToCrew, RemoveFromCrew)
