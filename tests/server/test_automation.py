"""What the server does by itself."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.commands.policies import Promise, RecomputeClocks, SetCalendarDay, SetSlaPolicy
from app.commands.residents import AddResident
from app.db.ownership import stream_of
from app.db.places import Building
from app.db.work_orders import WorkOrder
from app.domain.errors import OpsError
from app.domain.ids import COMPANY_STREAM, new_id
from app.protocol import PullRequest
from app.server import automation as automating
from app.server.automation import INTERVAL_S, LEASE, REMOVALS_KEPT, RESULTS_KEPT, Automation
from app.server.changelog import recorded
from app.server.database import Database
from app.server.publishing import publish
from app.server.pull import pull
from app.server.tables import AUTOMATION_USER, SERVER_CONSOLE, Audit, Change, Handled, Lease, Stream, TokenPair
from app.server.tokens import issue
from tests.clocks import HandClock
from tests.factories import ALWAYS, CLERK, ORDINARY_POLICY, SITE, SUPERVISOR
from tests.server.kit import Desk

WORK = stream_of("work_order", SITE)


@pytest.fixture
def automation(database: Database, clock: HandClock) -> Automation:
    """An automation that nobody started, brought up to date with the seed."""
    automation = Automation(database, clock)
    automation.run_once()
    return automation


def new_promise(minutes: int) -> SetSlaPolicy:
    promise = Promise(calendar_id=ALWAYS, response_minutes=minutes, resolution_minutes=minutes)
    return SetSlaPolicy(id=ORDINARY_POLICY, name_zh="普通", name_en="Ordinary", promise=promise)


def due(database: Database, order_id: str) -> Any:
    with database.read() as session:
        return session.get_one(WorkOrder, order_id).due_at


def recomputed(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(Audit).where(Audit.kind == "RecomputeClocks")).all())


def test_an_edited_policy_moves_the_due_times_of_open_orders(
    database: Database, clock: HandClock, automation: Automation
) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    orders = [desk.report() for _ in range(2)]
    before = due(database, orders[0])
    assert before == clock.now() + timedelta(minutes=60)
    clock.forward(minutes=5)
    assert desk.do(new_promise(120))[0].status == "accepted"
    automation.run_once()
    assert [due(database, order_id) for order_id in orders] == [before + timedelta(minutes=60)] * 2
    with database.read() as session:
        audit = session.scalars(select(Audit).where(Audit.kind == "RecomputeClocks")).one()
        assert (audit.author_id, audit.console_id) == (AUTOMATION_USER, SERVER_CONSOLE)
        order = session.get_one(WorkOrder, orders[0])
        assert session.get_one(Change, (WORK, "work_order", orders[0])).version == order.version == 2
    automation.run_once()
    assert recomputed(database) == 1


def test_orders_are_recomputed_so_many_at_once(
    database: Database, clock: HandClock, automation: Automation, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    for _ in range(5):
        desk.report()
    monkeypatch.setattr(automating, "RECOMPUTE_LIMIT", 2)
    desk.do(new_promise(120))
    automation.run_once()
    assert recomputed(database) == 3


def test_a_change_that_no_clock_is_read_by_recomputes_nothing(
    database: Database, clock: HandClock, automation: Automation
) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    desk.report()
    with database.write() as session:
        session.get_one(Stream, COMPANY_STREAM).seq += 1
    automation.run_once()
    desk.do(AddResident(id=new_id(), site_id=SITE, name="王女士"))
    automation.run_once()
    assert recomputed(database) == 0


def test_one_process_at_a_time_has_the_lease(database: Database, clock: HandClock, automation: Automation) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    desk.report()
    desk.do(SetCalendarDay(day="2026-09-17", kind="holiday"))
    other = Automation(database, clock)
    other.run_once()
    assert recomputed(database) == 0
    clock.forward(seconds=LEASE.total_seconds())
    other.run_once()
    assert recomputed(database) == 1


def test_a_refused_recomputation_is_tried_again(
    database: Database, clock: HandClock, automation: Automation, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    order_id = desk.report()
    before = due(database, order_id)
    desk.do(new_promise(120))
    apply = RecomputeClocks.apply

    def refuse(*_: Any) -> None:
        raise OpsError("row_gone")

    monkeypatch.setattr(RecomputeClocks, "apply", refuse)
    with pytest.raises(OpsError, match="row_gone"):
        automation.run_once()
    monkeypatch.setattr(RecomputeClocks, "apply", apply)
    automation.run_once()
    assert due(database, order_id) > before


def test_old_things_are_forgotten_once_a_day(database: Database, clock: HandClock, automation: Automation) -> None:
    desk = Desk(database, clock)
    desk.report()
    with database.write() as session:
        issue(session, CLERK, desk.console_id, clock.now())
    clock.forward(days=RESULTS_KEPT.days)
    automation.run_once()
    with database.read() as session:
        assert len(session.scalars(select(Handled)).all()) == 1
        assert session.scalars(select(TokenPair)).all() == []
    clock.forward(hours=1)
    automation.run_once()
    with database.read() as session:
        assert len(session.scalars(select(Handled)).all()) == 1
    clock.forward(days=1)
    automation.run_once()
    with database.read() as session:
        assert session.scalars(select(Handled)).all() == []
        assert len(session.scalars(select(Audit).where(Audit.kind == "ReportWorkOrder")).all()) == 1


def test_a_forgotten_removal_raises_the_floor_so_that_nobody_keeps_the_row(
    database: Database, clock: HandClock, automation: Automation
) -> None:
    building = Building(id=new_id(), stream_id=WORK, site_id=SITE, name="9 幢")
    with database.write() as session:
        publish(session, [building])
    with database.read() as session:
        cursor = session.get_one(Stream, WORK).seq
    with database.write() as session, recorded(session, clock.now()):
        session.delete(session.get_one(Building, building.id))
    clock.forward(days=REMOVALS_KEPT.days + 1)
    automation.run_once()
    with database.read() as session:
        assert session.get(Change, (WORK, "building", building.id)) is None
        request = PullRequest(epoch=1, scope_version=0, cursor={WORK: cursor})
        assert pull(session, CLERK, request).streams[WORK].reset
        request = PullRequest(epoch=1, scope_version=0, cursor={WORK: cursor + 1})
        assert not pull(session, CLERK, request).streams[WORK].reset


# ---- the thread


def test_the_thread_looks_again_and_again_until_it_is_closed(database: Database, clock: HandClock) -> None:
    looked = threading.Semaphore(0)
    automation = Automation(database, clock, interval_s=0.001)
    automation.run_once = looked.release  # type: ignore[method-assign]
    automation.start()
    for _ in range(3):
        assert looked.acquire(timeout=30)
    automation.close()


@pytest.mark.expects_log("automation waits and tries again")
def test_a_failure_is_logged_once_and_does_not_end_the_thread(
    database: Database, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    turns = iter([ZeroDivisionError, ZeroDivisionError, None, None])
    is_through = threading.Event()

    def run() -> None:
        error = next(turns, StopIteration)
        if error is StopIteration:
            is_through.set()
        elif error is not None:
            raise ZeroDivisionError

    automation = Automation(database, clock, interval_s=0.001)
    automation.run_once = run  # type: ignore[method-assign]
    with caplog.at_level("INFO"):
        automation.start()
        assert is_through.wait(timeout=30)
        automation.close()
    said = [record.getMessage() for record in caplog.records if record.name == "app.server.automation"]
    assert said == ["automation waits and tries again", "automation goes on"]


def test_closing_stops_between_two_commands(
    database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    for _ in range(3):
        desk.report()
    monkeypatch.setattr(automating, "RECOMPUTE_LIMIT", 1)
    automation = Automation(database, clock, INTERVAL_S)
    send = automation._send

    def send_and_stop(command: RecomputeClocks) -> None:
        send(command)
        automation._stop.set()

    monkeypatch.setattr(automation, "_send", send_and_stop)
    automation.run_once()
    assert recomputed(database) == 1
    with database.read() as session:
        assert session.get_one(Lease, "clocks").cursor == 0
