"""Commands that arrive: in order, once, all or nothing, judged by the rows and rights as they are."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.commands.command import Command
from app.commands.places import AddSite, EditUnit, UnitFields
from app.commands.residents import AddResident
from app.commands.steps import HoldWorkOrder, ResumeWorkOrder, StepWorkOrder
from app.commands.work_orders import EditWorkOrder, MoveWorkOrder, WorkOrderFields
from app.db.companies import Site
from app.db.ownership import stream_of
from app.db.places import Unit
from app.db.work_orders import NumberAlias, Timeline, WorkOrder
from app.domain.errors import ConflictError, ForbiddenError, SignInError
from app.domain.ids import COMPANY_STREAM, new_id
from app.domain.permissions import Role
from app.domain.work_orders import HoldReason, State
from app.server.accounts import grant_role, revoke_console, set_active, withdraw_role
from app.server.database import Database
from app.server.problems import OverusedError, SequenceError
from app.server.push import PUSHES_A_MINUTE
from app.server.tables import AUTOMATION_USER, Account, Audit, Change, Console, Handled, Stream
from app.server.times import TICK
from tests.clocks import HandClock
from tests.factories import CLERK, OTHER_SITE, SITE, SUPERVISOR, TECHNICIAN, UNIT, a_report
from tests.server.kit import Desk

WORK, PEOPLE = stream_of("work_order", SITE), stream_of("resident", SITE)


def count(database: Database, table: type[Any], *where: Any) -> int:
    with database.read() as session:
        return session.scalars(select(func.count()).select_from(table).where(*where)).one()


def triage(order_id: str) -> StepWorkOrder:
    return StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.TRIAGED)


def edit(order_id: str, **fields: Any) -> EditWorkOrder:
    return EditWorkOrder(id=order_id, set=WorkOrderFields(**fields))


# ---- once, and in order


def test_a_command_takes_effect_and_says_where_it_stands_in_each_stream(database: Database, desk: Desk) -> None:
    command = a_report(reporter={"name": "王女士", "phone": "13800132046"})
    envelope = desk.envelope(command)
    pushed = desk.push(envelope)
    (result,) = pushed.results
    assert (pushed.last_sequence, result.status, result.replayed) == (1, "accepted", False)
    with database.read() as session:
        order = session.get_one(WorkOrder, command.id)
        assert (order.version, order.state) == (1, State.REPORTED)
        heads = {stream.id: stream.seq for stream in session.scalars(select(Stream))}
        assert result.seqs == {stream: heads[stream] for stream in (WORK, PEOPLE)}
        assert order.seq <= heads[WORK]
        audit = session.scalars(select(Audit).where(Audit.command_id == envelope.command_id)).one()
        assert (audit.author_id, audit.sender_id, audit.kind) == (CLERK, CLERK, "ReportWorkOrder")


def test_a_thousand_replays_have_one_effect(database: Database, desk: Desk, clock: HandClock) -> None:
    envelope = desk.envelope(a_report())
    first = desk.push(envelope).results[0]
    for turn in range(1, 1_001):
        if turn % 500 == 0:
            clock.forward(minutes=2)
        again = desk.push(envelope).results[0]
        assert again == first.model_copy(update={"replayed": True})
    assert count(database, WorkOrder) == 1
    assert count(database, Handled) == 1


def test_a_batch_sent_again_with_one_more_command_runs_only_that(desk: Desk) -> None:
    batch = [desk.envelope(a_report()), desk.envelope(a_report(number="260916-01-002"))]
    desk.push(*batch)
    pushed = desk.push(*batch, desk.envelope(a_report(number="260916-01-003")))
    assert [result.replayed for result in pushed.results] == [True, True, False]
    assert pushed.last_sequence == 3


def test_one_command_twice_in_a_batch_is_done_once(database: Database, desk: Desk) -> None:
    first = desk.envelope(a_report())
    second = first.model_copy(update={"sequence": 2})
    pushed = desk.push(first, second)
    assert [(result.status, result.replayed) for result in pushed.results] == [("accepted", False), ("accepted", True)]
    assert pushed.last_sequence == 2
    assert count(database, WorkOrder) == 1


def test_a_gap_in_the_sequence_is_out_of_order_and_nothing_is_done(database: Database, desk: Desk) -> None:
    desk.report()
    good = desk.envelope(a_report(number="260916-99-001"))
    desk.sequence += 1
    with pytest.raises(SequenceError) as caught:
        desk.push(good, desk.envelope(a_report(number="260916-99-002")))
    assert (caught.value.code, caught.value.last_sequence) == ("out_of_order", 1)
    assert count(database, WorkOrder) == 1


def test_two_commands_under_one_sequence_are_of_two_machines(database: Database, desk: Desk) -> None:
    desk.report()
    desk.sequence = 0
    with pytest.raises(SequenceError, match="console_cloned"):
        desk.push(desk.envelope(a_report()))
    assert count(database, WorkOrder) == 1


def test_a_command_that_was_forgotten_is_never_run_again(database: Database, desk: Desk) -> None:
    envelope = desk.envelope(a_report())
    desk.push(envelope)
    with database.write() as session:
        session.delete(session.get_one(Handled, envelope.command_id))
    with pytest.raises(SequenceError, match="already_handled"):
        desk.push(envelope)


def test_a_clone_that_enrols_anew_keeps_its_ids_and_has_no_second_effect(
    database: Database, desk: Desk, clock: HandClock
) -> None:
    envelope = desk.envelope(a_report())
    desk.push(envelope)
    other = Desk(database, clock)
    pushed = other.push(envelope.model_copy(update={"sequence": 1}))
    assert (pushed.last_sequence, pushed.results[0].replayed) == (1, True)
    assert count(database, WorkOrder) == 1


# ---- refusals


def test_a_refused_command_stops_only_what_depends_on_it_and_is_remembered(database: Database, desk: Desk) -> None:
    report = a_report()
    opened = desk.envelope(report)
    desk.push(opened)
    wrong = desk.envelope(edit(report.id, description=" "))
    hanging = desk.envelope(edit(report.id, description="别的"), depends_on=(wrong.command_id,))
    further = desk.envelope(edit(report.id, description="又别的"), depends_on=(hanging.command_id, opened.command_id))
    free = desk.envelope(triage(report.id), depends_on=(opened.command_id, new_id()))
    results = desk.push(wrong, hanging, further, free).results
    assert [result.status for result in results] == ["rejected", "blocked", "blocked", "accepted"]
    assert [result.by for result in results] == [None, wrong.command_id, hanging.command_id, None]
    assert results[0].error is not None
    assert (results[0].error.code, results[0].error.is_conflict) == ("text_missing", False)
    later = desk.push(desk.envelope(edit(report.id, description="再"), depends_on=(wrong.command_id,))).results[0]
    assert later.status == "blocked"
    with database.read() as session:
        assert session.get_one(Handled, wrong.command_id).status == "rejected"
        assert session.get_one(WorkOrder, report.id).description == "厨房下水管漏水"
    assert desk.push(wrong).results[0].error == results[0].error


def test_what_a_refused_command_had_written_is_undone(
    database: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply = EditWorkOrder.apply

    def apply_and_fail(self: EditWorkOrder, session: Any, context: Any) -> None:
        apply(self, session, context)
        raise ConflictError("id_taken")

    order_id = desk.report()
    with database.read() as session:
        before = session.get_one(Stream, WORK).seq
    monkeypatch.setattr(EditWorkOrder, "apply", apply_and_fail)
    (result,) = desk.do(edit(order_id, description="别的"))
    assert result.status == "rejected"
    with database.read() as session:
        assert session.get_one(WorkOrder, order_id).description != "别的"
        assert session.get_one(Stream, WORK).seq == before
    assert count(database, Timeline, Timeline.kind == "edited") == 0


def test_what_a_refused_command_had_written_is_no_news_of_the_next(
    database: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = [desk.report(), desk.report()]
    apply = EditWorkOrder.apply

    def apply_and_fail(self: EditWorkOrder, session: Any, context: Any) -> None:
        apply(self, session, context)
        session.flush()
        if self.id == orders[0]:
            raise ConflictError("id_taken")

    monkeypatch.setattr(EditWorkOrder, "apply", apply_and_fail)
    results = desk.do(edit(orders[0], description="别的"), edit(orders[1], description="别的"))
    assert [result.status for result in results] == ["rejected", "accepted"]
    with database.read() as session:
        versions = [session.get_one(Change, (WORK, "work_order", order_id)).version for order_id in orders]
        assert versions == [1, 2]
        lines = session.scalars(select(Change.row_id).where(Change.table_name == "timeline"))
        assert set(lines) == set(session.scalars(select(Timeline.id)))


@pytest.mark.expects_log(r"command .* \(EditWorkOrder\) failed")
def test_a_bug_refuses_its_command_and_never_stops_the_queue(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    order_id = desk.report()
    monkeypatch.setattr(EditWorkOrder, "apply", lambda *_: 1 / 0)
    results = desk.do(edit(order_id, description="别的"), triage(order_id))
    assert [result.status for result in results] == ["rejected", "accepted"]
    assert results[0].error is not None
    assert (results[0].error.code, results[0].error.resolve) == ("server_fault", ("retry", "discard"))


@pytest.mark.expects_log(r"command .* \(EditUnit\) failed")
def test_a_row_that_the_database_will_not_have_refuses_its_command(
    database: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EditUnit, "wanted", lambda _: {"area_dm2": 10**30})
    command = EditUnit(id=UNIT, site_id=SITE, set=UnitFields(area_dm2=1))
    (result, after) = desk.do(command, a_report())
    assert (result.status, after.status) == ("rejected", "accepted")
    with database.read() as session:
        assert session.get_one(Unit, UNIT).area_dm2 is None


def test_a_body_of_another_form_is_refused_for_the_author_to_edit(desk: Desk) -> None:
    (result,) = desk.push(desk.envelope(a_report(), body={"id": new_id(), "colour": "red"})).results
    assert result.status == "rejected"
    assert result.error is not None
    assert (result.error.code, result.error.resolve) == ("command_malformed", ("edit", "discard"))


def test_a_body_over_its_limit_is_refused(desk: Desk) -> None:
    body = {**desk.envelope(a_report()).body, "description": "漏" * 30_000}
    desk.sequence = 0
    (result,) = desk.push(desk.envelope(a_report(), body=body)).results
    assert result.error is not None
    assert result.error.code == "command_too_large"


# ---- what this server does not know yet


def test_an_unknown_command_is_held_with_what_depends_on_it_and_runs_when_it_is_sent_again(
    database: Database, desk: Desk
) -> None:
    report = a_report()
    unknown = desk.envelope(report, kind="ReportByDrone")
    hanging = desk.envelope(report, depends_on=(unknown.command_id,))
    pushed = desk.push(unknown, hanging)
    assert [result.status for result in pushed.results] == ["unsupported", "unsupported"]
    assert [result.by for result in pushed.results] == [None, unknown.command_id]
    assert pushed.last_sequence == 2
    again = desk.push(unknown, hanging)
    assert [result.replayed for result in again.results] == [True, True]
    known = unknown.model_copy(update={"kind": "ReportWorkOrder", "sequence": 3})
    (result,) = desk.push(known).results
    assert (result.status, result.replayed) == ("accepted", False)
    assert count(database, Handled, Handled.status == "accepted", Handled.sequence == 3) == 1


def test_a_command_of_a_later_version_is_unsupported(desk: Desk) -> None:
    (result,) = desk.push(desk.envelope(a_report(), version=99)).results
    assert result.status == "unsupported"


# ---- who may


def test_an_author_must_have_signed_in_at_this_console(database: Database, desk: Desk) -> None:
    for stranger in (SUPERVISOR, AUTOMATION_USER, new_id()):
        (result,) = desk.push(desk.envelope(a_report(), user_id=stranger)).results
        assert result.status == "rejected"
        assert result.error is not None
        assert (result.error.code, result.error.is_conflict) == ("author_not_known_here", False)
    assert count(database, WorkOrder) == 0


def test_a_colleague_at_the_same_console_may_be_the_author(database: Database, clock: HandClock) -> None:
    desk = Desk(database, clock, CLERK, SUPERVISOR)
    envelope = desk.envelope(a_report(), user_id=SUPERVISOR)
    assert desk.push(envelope).results[0].status == "accepted"
    with database.read() as session:
        audit = session.scalars(select(Audit).where(Audit.command_id == envelope.command_id)).one()
        assert (audit.author_id, audit.sender_id) == (SUPERVISOR, CLERK)


def test_a_right_is_held_now_or_not_at_all(database: Database, clock: HandClock) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    command = desk.envelope(a_report())
    with database.write() as session:
        withdraw_role(session, "luo", Role.SUPERVISOR)
    (result,) = desk.push(command).results
    assert result.error is not None
    assert (result.status, result.error.code) == ("rejected", "no_right")


def test_a_foreign_site_is_refused(desk: Desk) -> None:
    (result,) = desk.do(a_report(site_id=OTHER_SITE, unit_id=None))
    assert result.error is not None
    assert (result.status, result.error.code) == ("rejected", "no_right")


def test_an_author_who_was_shut_out_is_refused(database: Database, clock: HandClock) -> None:
    desk = Desk(database, clock, CLERK, SUPERVISOR)
    with database.write() as session:
        set_active(session, "luo", clock.now(), is_active=False)
    (result,) = desk.push(desk.envelope(a_report(), user_id=SUPERVISOR)).results
    assert result.error is not None
    assert result.error.code == "account_disabled"


def test_a_sender_or_console_that_was_shut_out_sends_nothing(database: Database, desk: Desk, clock: HandClock) -> None:
    envelope = desk.envelope(a_report())
    with database.write() as session:
        set_active(session, "lin", clock.now(), is_active=False)
    with pytest.raises(SignInError, match="account_disabled"):
        desk.push(envelope)
    with database.write() as session:
        revoke_console(session, desk.prefix or "")
    with pytest.raises(ForbiddenError, match="console_revoked"):
        desk.push(envelope)


# ---- streams


def test_a_command_that_touches_a_stream_it_did_not_name_is_refused_as_a_conflict(
    database: Database, desk: Desk
) -> None:
    named = desk.push(desk.envelope(a_report(reporter={"name": "王"}), stream_ids=(WORK,))).results[0]
    assert named.error is not None
    assert (named.error.code, named.error.is_conflict) == ("scope_mismatch", True)
    assert count(database, WorkOrder) == 0


def test_what_a_command_writes_beyond_what_it_said_is_undone(
    database: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AddResident, "streams", lambda *_: ())
    (result,) = desk.push(
        desk.envelope(AddResident(id=new_id(), site_id=SITE, name="王女士"), stream_ids=(WORK,))
    ).results
    assert result.error is not None
    assert result.error.code == "scope_mismatch"


def test_a_moved_order_leaves_one_stream_and_comes_into_the_other(database: Database, clock: HandClock) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    order_id = desk.report(reporter={"name": "王女士"})
    other_work = stream_of("work_order", OTHER_SITE)
    (result,) = desk.do(MoveWorkOrder(work_order_id=order_id, from_site_id=SITE, to_site_id=OTHER_SITE))
    assert result.status == "accepted"
    with database.read() as session:
        order = session.get_one(WorkOrder, order_id)
        assert (order.stream_id, order.version) == (other_work, 2)
        left = session.get_one(Change, (WORK, "work_order", order_id))
        came = session.get_one(Change, (other_work, "work_order", order_id))
        assert (left.op, left.version, left.removed_at) == ("remove", 2, clock.now())
        assert (came.op, came.version, came.removed_at) == ("put", 2, None)
        reporter = session.get_one(Change, (PEOPLE, "order_reporter", order_id))
        assert reporter.op == "remove"
    (back,) = desk.do(MoveWorkOrder(work_order_id=order_id, from_site_id=OTHER_SITE, to_site_id=SITE))
    assert back.status == "accepted"
    with database.read() as session:
        assert session.get_one(Change, (WORK, "work_order", order_id)).op == "put"


def test_a_new_site_has_its_streams_at_once_and_widens_who_sees_everything(
    database: Database, clock: HandClock
) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    site = AddSite(id=new_id(), name_zh="新苑", name_en="New Court", kind="housing")
    report = a_report(site_id=site.id, unit_id=None)
    with database.write() as session:
        before = session.get_one(Account, SUPERVISOR).scope_version
        grant_role(session, "luo", Role.ADMINISTRATOR)
    streams = tuple(sorted((stream_of("work_order", site.id), stream_of("resident", site.id))))
    results = desk.push(desk.envelope(site), desk.envelope(report, stream_ids=streams)).results
    assert [result.status for result in results] == ["accepted", "accepted"]
    with database.read() as session:
        assert session.get_one(Site, site.id).stream_id == COMPANY_STREAM
        assert session.get_one(Stream, streams[0]).site_id == site.id
        assert session.get_one(Account, SUPERVISOR).scope_version == before + 2
        assert session.get_one(Account, TECHNICIAN).scope_version == 2


# ---- clashes


def test_two_who_change_different_fields_both_have_their_way(database: Database, clock: HandClock) -> None:
    first, second = Desk(database, clock), Desk(database, clock)
    order_id = first.report()
    late = second.envelope(edit(order_id, priority="P2"))
    assert first.do(edit(order_id, description="卫生间也漏"))[0].status == "accepted"
    assert second.push(late).results[0].status == "accepted"
    with database.read() as session:
        order = session.get_one(WorkOrder, order_id)
        assert (order.description, order.priority) == ("卫生间也漏", "P2")


def test_two_who_change_one_field_clash_and_the_second_is_refused_whole(database: Database, clock: HandClock) -> None:
    first, second = Desk(database, clock), Desk(database, clock)
    order_id = first.report()
    late = second.envelope(edit(order_id, description="阳台漏", priority="P2"))
    first.do(edit(order_id, description="卫生间漏"))
    (result,) = second.push(late).results
    assert result.status == "rejected"
    assert result.error is not None
    assert (result.error.code, result.error.is_conflict) == ("field_changed_meanwhile", True)
    assert result.error.params == {"field": "@field.description"}
    with database.read() as session:
        assert session.get_one(WorkOrder, order_id).priority == "P3"


def test_two_who_want_the_same_do_not_clash(database: Database, clock: HandClock) -> None:
    first, second = Desk(database, clock), Desk(database, clock)
    order_id = first.report()
    late = second.envelope(edit(order_id, description="卫生间漏", appointment_at=clock.now()))
    first.do(edit(order_id, description="卫生间漏", appointment_at=clock.now()))
    assert second.push(late).results[0].status == "accepted"
    assert count(database, Timeline, Timeline.kind == "edited") == 1


@pytest.mark.parametrize(
    ("seen", "status"),
    [
        ("2026-09-16T09:00:00+08:00", "accepted"),
        ("2026-09-16T01:00:01Z", "rejected"),
        ("yesterday", "rejected"),
        (None, "rejected"),
    ],
)
def test_a_moment_is_the_same_in_any_zone(desk: Desk, clock: HandClock, seen: str | None, status: str) -> None:
    order_id = desk.report(appointment_at=clock.now())
    change = edit(order_id, appointment_at=clock.now() + timedelta(hours=1))
    (result,) = desk.push(desk.envelope(change, base={"appointment_at": seen})).results
    assert result.status == status


def close(order_id: str) -> StepWorkOrder:
    return StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.CLOSED)


def test_a_step_that_somebody_else_took_first_is_a_conflict(database: Database, clock: HandClock) -> None:
    first, second = Desk(database, clock), Desk(database, clock)
    order_id = first.report()
    late = second.envelope(triage(order_id))
    first.do(triage(order_id))
    (result,) = second.push(late).results
    assert result.error is not None
    assert (result.error.code, result.error.is_conflict) == ("state_changed_meanwhile", True)


def test_a_rule_broken_on_an_order_that_moved_meanwhile_is_a_conflict(database: Database, clock: HandClock) -> None:
    first, second = Desk(database, clock), Desk(database, clock)
    order_id = first.report()
    late = second.envelope(edit(order_id, description="别的"))
    first.do(close(order_id))
    (result,) = second.push(late).results
    assert result.error is not None
    assert (result.error.code, result.error.is_conflict) == ("order_is_closed", True)


def test_a_rule_broken_on_rows_as_the_author_saw_them_is_no_conflict(desk: Desk) -> None:
    order_id = desk.report()
    desk.do(close(order_id))
    reads = ({"table": "weather", "id": new_id(), "version": 1},)
    for known in (
        desk.envelope(edit(order_id, description="别的")),
        desk.envelope(edit(order_id, description="别的"), reads=reads),
    ):
        (result,) = desk.push(known).results
        assert result.error is not None
        assert (result.error.code, result.error.is_conflict) == ("order_is_closed", False)
        assert result.error.resolve == ("edit", "retry", "discard")


# ---- times


def test_times_are_corrected_by_the_offset_and_clamped_once(database: Database, desk: Desk, clock: HandClock) -> None:
    now = clock.now()
    slow = desk.push(desk.envelope(a_report(), made_at=now - timedelta(minutes=20), clock_offset_ms=600_000))
    context = slow.results[0].context
    assert context is not None
    assert context.recorded_at == context.happened_at == now - timedelta(minutes=10)
    early = desk.push(desk.envelope(a_report(number="260916-99-002"), made_at=now - timedelta(days=3650))).results[0]
    assert early.context is not None
    assert early.context.recorded_at == context.recorded_at + TICK  # as it was given: after the one before
    ahead = desk.push(desk.envelope(a_report(number="260916-99-003"), made_at=now + timedelta(days=3650))).results[0]
    assert ahead.context is not None
    assert ahead.context.recorded_at == now


def test_what_a_console_did_one_after_the_other_is_read_so_though_its_clock_was_set_back(
    database: Database, clock: HandClock
) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    order_id = desk.report()
    steps: list[Command] = [triage(order_id)]
    for _ in range(3):
        steps.append(HoldWorkOrder(work_order_id=order_id, from_state=State.TRIAGED, reason=HoldReason.PARTS))
        steps.append(ResumeWorkOrder(work_order_id=order_id, from_state=State.ON_HOLD))
    made_at = clock.now() - timedelta(days=1)
    pushed = desk.push(*[desk.envelope(step, made_at=made_at - timedelta(hours=n)) for n, step in enumerate(steps)])
    assert {result.status for result in pushed.results} == {"accepted"}
    with database.read() as session:
        order = session.get_one(WorkOrder, order_id)
        assert (order.state, order.paused_since) == (State.TRIAGED, None)


def test_the_first_command_of_a_console_is_no_older_than_its_cache_could_be(desk: Desk, clock: HandClock) -> None:
    (result,) = desk.push(desk.envelope(a_report(), made_at="0001-01-01T00:00:00+10:00")).results
    assert result.context is not None
    assert result.context.recorded_at == clock.now()  # beyond any calendar: the time it came
    other = desk.envelope(a_report(number="260916-99-002"), made_at=clock.now() - timedelta(days=900))
    (result,) = desk.push(other).results
    assert result.context is not None
    assert result.context.recorded_at == clock.now() + TICK


def test_an_old_console_may_bring_a_month_of_work(database: Database, clock: HandClock) -> None:
    desk = Desk(database, clock)
    made_at = clock.now() - timedelta(days=900)
    (result,) = desk.push(desk.envelope(a_report(), made_at=made_at)).results
    assert result.context is not None
    assert result.context.recorded_at == clock.now() - timedelta(days=30)


def test_what_happened_is_told_apart_from_when_it_was_entered(desk: Desk, clock: HandClock) -> None:
    earlier = clock.now() - timedelta(hours=2)
    (told, future, ancient) = desk.do(
        a_report(happened_at=earlier),
        a_report(number="260916-99-002", happened_at=clock.now() + timedelta(days=1)),
        a_report(number="260916-99-003", happened_at=clock.now() - timedelta(days=9_000)),
    )
    assert told.context is not None
    assert (told.context.happened_at, told.context.recorded_at) == (earlier, clock.now())
    assert future.context is not None
    assert future.context.happened_at == future.context.recorded_at == clock.now() + TICK
    assert ancient.context is not None
    assert ancient.context.happened_at == ancient.context.recorded_at - timedelta(days=366)


# ---- numbers


def test_a_double_number_yields_and_stays_findable(database: Database, clock: HandClock) -> None:
    first, second = Desk(database, clock), Desk(database, clock)
    kept = a_report(number="260916-01-001")
    first.do(kept)
    reports = [a_report(number="260916-01-001"), a_report(number="260916-01-001")]
    results = second.do(*reports)
    assert [result.renumbered for result in results] == ["260916-00-001", "260916-00-002"]
    with database.read() as session:
        assert session.get_one(WorkOrder, kept.id).number == "260916-01-001"
        assert session.get_one(WorkOrder, reports[1].id).number == "260916-00-002"
        aliases = session.scalars(select(NumberAlias).where(NumberAlias.number == "260916-01-001")).all()
        assert {alias.work_order_id for alias in aliases} == {report.id for report in reports}
        assert all(alias.version == 1 for alias in aliases)


def test_a_number_of_no_desk_is_held_against_the_others_too(desk: Desk) -> None:
    results = desk.do(a_report(number="260916-99-001"), a_report(number="260916-99-001"))
    assert [result.renumbered for result in results] == [None, "260916-00-001"]


# ---- limits


def test_a_console_may_push_so_often_a_minute(database: Database, desk: Desk, clock: HandClock) -> None:
    envelope = desk.envelope(a_report())
    desk.push(envelope)
    with database.write() as session:
        session.get_one(Console, desk.console_id).minute_pushes = PUSHES_A_MINUTE
    clock.forward(seconds=20)
    with pytest.raises(OverusedError) as caught:
        desk.push(envelope)
    assert caught.value.retry_after_s == 40
    clock.forward(seconds=40)
    assert desk.push(envelope).results[0].replayed


def test_an_importer_may_push_as_it_can(database: Database, clock: HandClock) -> None:
    desk = Desk(database, clock, SUPERVISOR, has_desk=False)
    envelope = desk.envelope(a_report())
    with database.write() as session:
        console = session.get_one(Console, desk.console_id)
        console.minute_at, console.minute_pushes = clock.now(), PUSHES_A_MINUTE
    assert desk.push(envelope).results[0].status == "accepted"
