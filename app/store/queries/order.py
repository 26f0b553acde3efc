"""Everything that is known of one order: what its reading pane shows."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.commands.clocks import clocks_of_lines, read_rulebook
from app.commands.lines import read_params, standing_lines
from app.db.companies import AppUser, Category, CategorySkill, Cause, Site, Skill, Staff, Supplier
from app.db.places import Asset
from app.db.residents import OrderReporter, Resident, ResidentPhone
from app.db.work_orders import Assignment, Timeline, WorkOrder
from app.domain.errors import NotFoundError, Param
from app.domain.sla import SlaClocks
from app.domain.work_orders import TRACK, CrewState, State, known, state_of_crew
from app.store.queries.residents import flags_in_force

KNOWN_STATES = frozenset(state.value for state in State)
Named = dict[str, str]
"""A name that is data: ``{"zh": …, "en": …}``."""


class TrackStep(NamedTuple):
    """One of the eight steps, with when and by whom it was reached in this round."""

    state: State
    at: datetime | None
    is_current: bool


class CrewMember(NamedTuple):
    """Somebody who was sent."""

    staff_id: str | None
    supplier_id: str | None
    name: Named
    trade: Named
    firm: Named | None
    phone: str
    state: CrewState
    chased_at: datetime | None


class TimelineLine(NamedTuple):
    """One line of the history; ``who`` did it, ``entered_by`` wrote it down when that was somebody else."""

    id: str
    kind: str
    code: str
    params: Mapping[str, Param]
    note: str
    happened_at: datetime
    is_day: bool
    """It happened on that day, and nobody knows when: the source of an imported order has no time."""
    recorded_at: datetime
    who: Named
    entered_by: str
    user_id: str | None
    is_by_phone: bool
    is_offline: bool
    is_withdrawable: bool
    state: str | None


class Caller(NamedTuple):
    """Who reported, as far as the viewer may know."""

    resident_id: str | None
    name: str
    phone: str
    exemptions: tuple[tuple[str, str | None], ...]
    """Kind and end of each flag in force."""


class OrderDetail(NamedTuple):
    """An order whole."""

    id: str
    number: str
    source_number: str | None
    site_id: str
    site: Named
    timezone: str
    state: State
    held_from: State | None
    hold_reason: str | None
    cancel_reason: str | None
    priority: str
    description: str
    place: str
    building_id: str | None
    unit_id: str | None
    place_id: str | None
    asset_id: str | None
    asset: str
    category_id: str | None
    category: tuple[Named, ...]
    """From the top of the tree down."""
    needs_visit: bool
    is_opinion: bool
    skills: tuple[tuple[Named, int], ...]
    steward: str
    steward_user_id: str | None
    reported_at: datetime
    reported_by_user_id: str | None
    appointment_at: datetime | None
    round: int
    chase_count: int
    chased_at: datetime | None
    result: str
    cause: Named | None
    cause_id: str | None
    minutes: int | None
    due_at: datetime | None
    warn_at: datetime | None
    paused_since: datetime | None
    clocks: SlaClocks | None
    callers: tuple[Caller, ...]
    crew: tuple[CrewMember, ...]
    track: tuple[TrackStep, ...]
    lines: tuple[TimelineLine, ...]
    """The newest first."""
    duplicates: tuple[tuple[str, str], ...]
    """Id and number of orders merged into this one."""
    duplicate_of: tuple[str, str] | None
    version: int


def order_detail(session: Session, order_id: str, streams: frozenset[str], now: datetime) -> OrderDetail:
    """The order as it stands at ``now``. Raises ``NotFoundError`` when it is gone or not for the viewer."""
    order = session.get(WorkOrder, order_id)
    if order is None or order.stream_id not in streams:
        raise NotFoundError("work_order_gone")
    site = session.get(Site, order.site_id)
    category = session.get(Category, order.category_id) if order.category_id else None
    cause = session.get(Cause, order.cause_id) if order.cause_id else None
    steward = session.get(AppUser, order.steward_user_id) if order.steward_user_id else None
    asset = session.get(Asset, order.asset_id) if order.asset_id else None
    lines = standing_lines(session, order.id)
    return OrderDetail(
        id=order.id,
        number=order.number,
        source_number=order.source_number,
        site_id=order.site_id,
        site=_named(site),
        timezone=site.timezone if site else "Asia/Shanghai",
        state=_state(order.state),
        held_from=_state(order.held_from) if order.held_from else None,
        hold_reason=order.hold_reason,
        cancel_reason=order.cancel_reason,
        priority=order.priority,
        description=order.description,
        place=order.place_label,
        building_id=order.building_id,
        unit_id=order.unit_id,
        place_id=order.place_id,
        asset_id=order.asset_id,
        asset=asset.name if asset else "",
        category_id=order.category_id,
        category=category_path(session, category),
        needs_visit=category is None or bool(category.needs_visit),
        is_opinion=category is not None and bool(category.is_opinion),
        skills=required_skills(session, order.category_id),
        steward=steward.name if steward else "",
        steward_user_id=order.steward_user_id,
        reported_at=order.reported_at,
        reported_by_user_id=order.reported_by_user_id,
        appointment_at=order.appointment_at,
        round=order.round,
        chase_count=order.chase_count,
        chased_at=order.chased_at,
        result=order.result or "",
        cause=_named(cause) if cause else None,
        cause_id=order.cause_id,
        minutes=order.minutes,
        due_at=order.due_at,
        warn_at=order.warn_at,
        paused_since=order.paused_since,
        clocks=clocks_of_lines(order, lines, read_rulebook(session), now) if order.has_clocks else None,
        callers=_callers(session, order, streams, now),
        crew=_crew(session, order.id),
        track=_track(order, lines),
        lines=_timeline(session, lines),
        duplicates=tuple(
            (row_id, number)
            for row_id, number in session.execute(
                select(WorkOrder.id, WorkOrder.number).where(WorkOrder.duplicate_of_id == order.id)
            )
        ),
        duplicate_of=_number_of(session, order.duplicate_of_id),
        version=order.version,
    )


class StepPreview(NamedTuple):
    """What a step would make of an order and its clocks."""

    state: State
    """Where the order would stand: others of the crew may still be at work."""
    clocks: SlaClocks | None


def step_preview(
    session: Session,
    order_id: str,
    to: State,
    staff_id: str | None,
    at: datetime,
    now: datetime,
    reason: str = "",
) -> StepPreview:
    """What the clocks would say at ``now`` of a step of ``staff_id`` taken at ``at``; ``reason`` is that of a hold.

    Raises ``NotFoundError`` when the order is gone.
    """
    order = session.get(WorkOrder, order_id)
    if order is None:
        raise NotFoundError("work_order_gone")
    state = _state_after(session, order, to, staff_id)
    lines = list(standing_lines(session, order_id))
    params = json.dumps({"reason": f"@hold.{reason}"} if reason else {})
    lines.append(Timeline(kind="step", state=state, params=params, happened_at=at, recorded_at=now, position=0, id=""))
    lines.sort(key=lambda line: (line.happened_at, line.recorded_at, line.position))
    is_counted = bool(order.has_clocks)
    return StepPreview(state, clocks_of_lines(order, lines, read_rulebook(session), now) if is_counted else None)


_MEMBER_STATES = {
    State.ACCEPTED: CrewState.ACCEPTED,
    State.ON_SITE: CrewState.ON_SITE,
    State.DONE: CrewState.FINISHED,
    State.TRIAGED: CrewState.REFUSED,
}


def _state_after(session: Session, order: WorkOrder, to: State, staff_id: str | None) -> State:
    if to is State.ON_HOLD or order.state == State.ON_HOLD:
        return to
    members = session.execute(select(Assignment.staff_id, Assignment.state).where(Assignment.work_order_id == order.id))
    return state_of_crew(
        _MEMBER_STATES[to] if member == staff_id and state != CrewState.REMOVED else known(CrewState, state)
        for member, state in members
    )


def category_path(session: Session, category: Category | None) -> tuple[Named, ...]:
    """A category's names from the top of the tree down; at most five levels are read."""
    path: list[Named] = []
    while category is not None and len(path) < 5:
        path.append(_named(category))
        category = session.get(Category, category.parent_id) if category.parent_id else None
    return tuple(reversed(path))


def required_skills(session: Session, category_id: str | None) -> tuple[tuple[Named, int], ...]:
    """The skills that a category asks for, with their levels."""
    if category_id is None:
        return ()
    query = (
        select(Skill, CategorySkill.level)
        .join(CategorySkill, CategorySkill.skill_id == Skill.id)
        .where(CategorySkill.category_id == category_id)
        .order_by(Skill.code)
    )
    return tuple((_named(skill), level) for skill, level in session.execute(query))


def _named(row: Site | Category | Cause | Skill | Supplier | None) -> Named:
    return {"zh": row.name_zh, "en": row.name_en} if row is not None else {"zh": "", "en": ""}


def _both(name: str) -> Named:
    """The name of a person, which is the same in both languages."""
    return {"zh": name, "en": name}


def _state(value: str) -> State:
    """A state that a newer server sent and this program does not know is shown as reported, never a crash."""
    return State(value) if value in KNOWN_STATES else State.REPORTED


def _crew_state(value: str) -> CrewState:
    """The same of a member of the crew, who then has only been sent."""
    return CrewState(value) if value in set(CrewState) else CrewState.ASSIGNED


def _number_of(session: Session, order_id: str | None) -> tuple[str, str] | None:
    other = session.get(WorkOrder, order_id) if order_id else None
    return (other.id, other.number) if other else None


def _callers(session: Session, order: WorkOrder, streams: frozenset[str], now: datetime) -> tuple[Caller, ...]:
    rows = session.scalars(
        select(OrderReporter)
        .where(OrderReporter.work_order_id == order.id, OrderReporter.stream_id.in_(streams))
        .order_by(OrderReporter.id != order.id, OrderReporter.id)
    )
    return tuple(_caller(session, row, now) for row in rows)


def _caller(session: Session, row: OrderReporter, now: datetime) -> Caller:
    resident = session.get(Resident, row.resident_id) if row.resident_id else None
    phone, name = row.phone, row.name
    if resident is not None:
        name = name or resident.name
        if not phone:
            numbers = select(ResidentPhone.digits).where(ResidentPhone.resident_id == resident.id)
            phone = session.scalars(numbers.order_by(ResidentPhone.is_primary.desc())).first() or ""
    flags = () if resident is None else flags_in_force(session, resident.id, now)
    return Caller(row.resident_id, name, phone, flags)


def _crew(session: Session, order_id: str) -> tuple[CrewMember, ...]:
    query = (
        select(Assignment, Staff, Supplier)
        .outerjoin(Staff, Staff.id == Assignment.staff_id)
        .outerjoin(Supplier, Supplier.id == func.coalesce(Assignment.supplier_id, Staff.supplier_id))
        .where(Assignment.work_order_id == order_id, Assignment.state.not_in((CrewState.REFUSED, CrewState.REMOVED)))
        .order_by(Assignment.sort, Assignment.id)
    )
    return tuple(_member(*row) for row in session.execute(query))


def _member(assignment: Assignment, staff: Staff | None, firm: Supplier | None) -> CrewMember:
    firm_name = _named(firm) if firm else None
    return CrewMember(
        staff_id=assignment.staff_id,
        supplier_id=assignment.supplier_id,
        name=_both(staff.name) if staff else firm_name or _both("?"),
        trade={"zh": staff.trade_zh, "en": staff.trade_en} if staff else {"zh": "", "en": ""},
        firm=firm_name if staff else None,
        phone=staff.phone if staff else (firm.phone if firm else ""),
        state=_crew_state(assignment.state),
        chased_at=assignment.chased_at,
    )


_OF_MEMBERS = ("line_accepted", "line_on_site")
"""Lines of one of a crew: the order was there before if another came first."""


def _track(order: WorkOrder, lines: Sequence[Timeline]) -> tuple[TrackStep, ...]:
    """When each step was reached; a reopening clears what comes after the report."""
    reached: dict[str, datetime] = {}
    for line in lines:
        if line.kind not in ("step", "history") or not line.state:
            continue
        if line.state in TRACK:
            place = TRACK.index(State(line.state))
            if line.code in _OF_MEMBERS and any(TRACK.index(State(state)) >= place for state in reached):
                continue
            # Going back, as a refusal does, takes away the steps after it.
            reached = {state: at for state, at in reached.items() if TRACK.index(State(state)) < place}
            reached[line.state] = line.happened_at
        elif line.state == State.REOPENED:
            reached = {state: at for state, at in reached.items() if TRACK.index(State(state)) <= 1}
    shown = _state(order.held_from or order.state)
    return tuple(TrackStep(state, reached.get(state), state is shown) for state in TRACK)


def _timeline(session: Session, lines: Sequence[Timeline]) -> tuple[TimelineLine, ...]:
    people = dict(session.execute(select(Staff.id, Staff.name)).all())
    users = dict(session.execute(select(AppUser.id, AppUser.name)).all())
    firms = {firm.id: _named(firm) for firm in session.scalars(select(Supplier))}
    steps = [line for line in lines if line.kind in ("step", "crew")]
    last = max(steps, key=lambda line: (line.recorded_at, line.position, line.id), default=None)
    found = []
    for line in lines:
        params: dict[str, Param] = read_params(line.params)
        author = users.get(line.user_id or "", "")
        person = people.get(line.staff_id or "")
        firm = firms.get(line.supplier_id or "") if person is None else None
        doer = person or author
        found.append(
            TimelineLine(
                id=line.id,
                kind=line.kind,
                code=line.code,
                params=params,
                note=str(params.get("note", "")),
                happened_at=line.happened_at,
                is_day=bool(params.get("is_day")),
                recorded_at=line.recorded_at,
                who=firm or _both(doer),
                entered_by=author if firm or doer != author else "",
                user_id=line.user_id,
                is_by_phone=bool(line.is_by_phone),
                is_offline=bool(line.is_offline),
                is_withdrawable=last is not None and line.id == last.id and line.undo is not None,
                state=line.state,
            )
        )
    return tuple(reversed(found))
