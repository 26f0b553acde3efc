"""The stories of the demo are what the program itself would write: told again by its commands, they give equal rows."""

import json
from collections.abc import Iterable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands import clocks
from app.commands.command import Command, Context
from app.commands.contacts import AnswerWorkOrder, ChaseWorkOrder, CommentWorkOrder
from app.commands.crews import AssignWorkOrder
from app.commands.steps import CancelWorkOrder, HoldWorkOrder, ReopenWorkOrder, ResumeWorkOrder, StepWorkOrder, TakeStep
from app.commands.work_orders import ReportWorkOrder
from app.db.places import Asset, Place, Unit
from app.db.residents import OrderReporter
from app.db.work_orders import Assignment, Timeline, WorkOrder
from app.domain.ids import named_id, new_id
from app.domain.permissions import Rights, Role
from app.domain.work_orders import CLOSED_STATES, State
from tests.server.demo.seeded import Seeded

pytestmark = pytest.mark.timeout(300)  # whoever comes first seeds a world for all

_GIVEN = ("merged", "edited")
"""Lines that come from what happens to another order, or correct a fact that is not kept as it was."""
_COLUMNS = [
    column.name
    for column in WorkOrder.__table__.columns
    if column.name not in ("id", "version", "seq", "number", "minutes")
]
_COMMANDS: dict[str, type[Command]] = {
    **dict.fromkeys(("line_triaged", "line_verified", "line_closed"), StepWorkOrder),
    **dict.fromkeys(("line_accepted", "line_on_site", "line_done", "line_refused"), TakeStep),
    "line_on_hold": HoldWorkOrder,
    "line_resumed": ResumeWorkOrder,
    "line_cancelled": CancelWorkOrder,
    "line_reopened": ReopenWorkOrder,
    "line_chased": ChaseWorkOrder,
    "line_answer": AnswerWorkOrder,
    "line_comment": CommentWorkOrder,
}
_PLACES: tuple[tuple[str, type[Asset | Unit | Place]], ...] = (
    ("asset_id", Asset),
    ("unit_id", Unit),
    ("place_id", Place),
)
_LINE = (
    *("kind", "state", "code", "params", "happened_at", "recorded_at"),
    *("user_id", "staff_id", "supplier_id", "is_by_phone", "is_offline", "origin"),
)


@pytest.fixture
def _rules_read_once(demo: Seeded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command reads all policies anew; here nothing changes them."""
    with demo.database.read() as session:
        rulebook = clocks.read_rulebook(session)
    monkeypatch.setattr(clocks, "read_rulebook", lambda _session: rulebook)


@pytest.mark.usefixtures("_rules_read_once")
def test_commands_write_the_same_order_and_timeline(demo: Seeded) -> None:
    closed = [order for order in demo.orders if order.state in CLOSED_STATES and not order.duplicate_of_id]
    chosen = [order for order in demo.orders if order.state not in CLOSED_STATES] + closed[::120]
    plain = [order for order in chosen if not any(line.kind in _GIVEN for line in demo.lines[order.id])]
    assert len(plain) > 100
    with demo.database.writing() as session:
        for order in plain:
            told = _told(session, demo, order)
            line_rows = session.scalars(select(Timeline).where(Timeline.work_order_id == told.id)).all()
            assert _facts(told, _COLUMNS) == _facts(order, _COLUMNS), order.number
            expected = [_facts(line, _LINE) for line in demo.lines[order.id]]
            found = sorted(line_rows, key=lambda line: (line.happened_at, line.recorded_at, line.id))
            assert [_facts(line, _LINE) for line in found] == expected, order.number
        session.rollback()


def test_steps_of_open_orders_can_be_withdrawn(demo: Seeded) -> None:
    for order in demo.orders:
        if order.state not in CLOSED_STATES:
            for line in demo.steps(order)[1:]:
                undo = json.loads(line.undo or "{}")
                assert undo["before"]["state"] != undo["after"]["state"] == line.state
                assert set(undo["before"]) == set(undo["after"]) >= {"held_from", "crew", "done_at", "round"}


def _told(session: Session, demo: Seeded, order: WorkOrder) -> WorkOrder:
    """A second order, made by commands in the order in which the lines of ``order`` were entered."""
    order_id = new_id()
    for line in sorted(demo.lines[order.id], key=lambda line: (line.recorded_at, line.happened_at)):
        context = Context(
            command_id=named_id("told", line.id),
            actor=line.user_id,
            happened_at=line.happened_at,
            recorded_at=line.recorded_at,
            is_offline=bool(line.is_offline),
            origin=line.origin,
        )
        command = _command(session, order, order_id, line)
        command.authorize(session, _rights(demo, order, line))
        command.apply(session, context)
        session.flush()
    return session.get_one(WorkOrder, order_id)


def _command(session: Session, order: WorkOrder, order_id: str, line: Timeline) -> Command:
    """What made ``line``."""
    if line.code == "line_reported":
        return _report(session, order, order_id)
    if line.code == "line_dispatched":
        return _assignment(session, order, order_id, line)
    params = json.loads(line.params)
    facts = {
        "work_order_id": order_id,
        "from_state": session.get_one(WorkOrder, order_id).state,
        "to": line.state,
        "note": params.get("note", ""),
        "text": params.get("note", ""),
        "result": params.get("note", "") if line.state == State.DONE else "",
        "cause_id": order.cause_id if line.state == State.DONE else None,
        "reason": params.get("reason", "").rpartition(".")[2],
        "reporter": {"name": "somebody"},
        "staff_id": line.staff_id,
        "supplier_id": line.supplier_id,
        "is_by_phone": bool(line.is_by_phone),
    }
    kind = _COMMANDS[line.code]
    return kind.model_validate({name: value for name, value in facts.items() if name in kind.model_fields})


def _report(session: Session, order: WorkOrder, order_id: str) -> Command:
    """Opening it, with what the desk chose for where: the asset, else the unit, else the place, and its own words."""
    field, table = next((field, table) for field, table in _PLACES if getattr(order, field))
    row = session.get_one(table, getattr(order, field))
    assert isinstance(row, Asset | Unit | Place)
    name = row.label if isinstance(row, Unit) else row.name
    reporter = session.get(OrderReporter, order.id)
    body = {
        "id": order_id,
        "number": f"{order.number}000",
        "site_id": order.site_id,
        field: row.id,
        "place_note": order.place_label.removeprefix(name).strip(),
        "description": order.description,
        "category_id": order.category_id,
        "priority": order.priority,
        "source": order.source,
        "reporter": {"resident_id": reporter.resident_id, "name": reporter.name} if reporter else {},
    }
    return ReportWorkOrder.model_validate(body)


def _assignment(session: Session, order: WorkOrder, order_id: str, line: Timeline) -> AssignWorkOrder:
    sent = select(Assignment).where(Assignment.assigned_at == line.happened_at).order_by(Assignment.sort)
    members = session.scalars(sent.where(Assignment.work_order_id == order.id)).all()
    now = select(Assignment).where(Assignment.work_order_id == order_id)
    seen = [one for one in session.scalars(now) if one.state not in ("refused", "removed")]
    return AssignWorkOrder(
        work_order_id=order_id,
        staff_ids=tuple(member.staff_id for member in members if member.staff_id),
        supplier_id=next((member.supplier_id for member in members if member.supplier_id), None),
        seen_crew=tuple(sorted(one.staff_id or one.supplier_id or "" for one in seen)),
    )


def _rights(demo: Seeded, order: WorkOrder, line: Timeline) -> Rights:
    worker = demo.users[line.user_id or ""]
    roles = {worker.role, Role.TECHNICIAN} if worker.role is Role.CLERK else {worker.role}
    return Rights(worker.user_id, worker.id, {order.site_id: frozenset(roles)})


def _facts(row: WorkOrder | Timeline, names: Iterable[str]) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}
