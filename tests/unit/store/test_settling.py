"""Rebase: what is pending stays applied on top of what the server says, and goes when the server refuses it."""

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.commands.contacts import CommentWorkOrder
from app.commands.steps import StepWorkOrder
from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.db.places import Unit
from app.domain.errors import InvalidError, StorageError
from app.domain.ids import new_id
from app.domain.work_orders import State
from app.protocol import AppliedContext, PullReply, Refusal, Result, StreamPage, TablePage
from app.store.scopes import cursors
from app.store.settling import News
from tests.factories import NOON, SITE, UNIT, a_report
from tests.unit.store.desks import STREAMS, WORK, Desk
from tests.unit.store.little_server import LittleServer


def edit(order_id: str, **values: object) -> EditWorkOrder:
    return EditWorkOrder(id=order_id, set=WorkOrderFields(**values))  # type: ignore[arg-type]


def page(**rows: dict[str, object]) -> PullReply:
    """A pull that brings these rows, one a table, and moves no cursor."""
    tables = {name: TablePage(columns=tuple(row), rows=(tuple(row.values()),)) for name, row in rows.items()}
    return PullReply(server_time=NOON, epoch=1, streams={}, tables=tables)


def test_a_fetched_cache_equals_the_server_row_for_row(desk: Desk, server: LittleServer) -> None:
    assert desk.rows() == server.rows(list(STREAMS))


def test_a_pending_command_shows_at_once_and_survives_a_pull_of_other_rows(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    other = a_report(number="260916-08-001")
    server.do(other)

    desk.pull()

    assert desk.row("work_order", order_id)["version"] == 0
    assert desk.row("work_order", other.id)["version"] == 1


def test_an_accepted_command_stays_applied_until_its_rows_come_back(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    desk.push()
    assert [item.status for item in desk.items()] == ["accepted"]
    assert desk.row("work_order", order_id)["version"] == 0

    changes = desk.pull()

    assert desk.items() == []
    assert desk.rows() == server.rows(list(STREAMS))
    assert desk.count("base_row") == 0
    assert desk.count("made_row") == 0
    assert changes.touches("outbox")


def test_a_pull_before_the_answer_of_the_push_settles_both(desk: Desk, server: LittleServer) -> None:
    desk.report()
    results = server.push(desk.store.take_batch())
    desk.pull()
    assert [item.status for item in desk.items()] == ["sent"]

    desk.store.settle(News(results=results))

    assert desk.items() == []
    assert desk.rows() == server.rows(list(STREAMS))


def test_refused_command_is_undone_and_kept_with_its_reason(desk: Desk, server: LittleServer) -> None:
    before = desk.rows()
    server.refuse = {"ReportWorkOrder"}
    order_id = desk.report()

    changes = desk.push()

    (item,) = desk.items()
    assert item.status == "rejected"
    assert item.error == Refusal(code="server_fault")
    assert desk.rows() == before
    assert order_id in changes.of("work_order")


def test_what_depends_on_a_refused_command_is_blocked_and_undone_with_it(desk: Desk, server: LittleServer) -> None:
    before = desk.rows()
    server.refuse = {"ReportWorkOrder"}
    order_id = desk.report()
    desk.do(CommentWorkOrder(work_order_id=order_id, text="住户催过一次"))

    desk.push()

    first, second = desk.items()
    assert (second.status, second.by) == ("blocked", first.command_id)
    assert desk.rows() == before


def test_a_refusal_leaves_what_does_not_depend_on_it(desk: Desk, server: LittleServer) -> None:
    server.refuse = {"CommentWorkOrder"}
    order_id = desk.report()
    desk.do(CommentWorkOrder(work_order_id=order_id, text="x"))
    desk.do(edit(order_id, description="阳台漏水"))

    desk.sync()

    assert [item.status for item in desk.items()] == ["rejected"]
    assert desk.row("work_order", order_id)["description"] == "阳台漏水"
    assert desk.rows() == server.rows(list(STREAMS))


def test_a_command_that_no_longer_applies_waits_unsure_until_the_server_speaks(
    desk: Desk, server: LittleServer
) -> None:
    order_id = desk.report()
    desk.sync()
    step = StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.TRIAGED)
    server.do(step)
    desk.do(step)

    desk.pull()

    (item,) = desk.items()
    assert (item.status, item.is_unsure) == ("pending", True)
    assert desk.rows() == server.rows(list(STREAMS))
    desk.push()
    assert [item.status for item in desk.items()] == ["rejected"]


def test_commands_are_applied_again_in_the_order_they_were_given(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    desk.sync()
    for text in ("一", "二", "三"):
        desk.do(edit(order_id, description=text))
    server.do(CommentWorkOrder(work_order_id=order_id, text="x"))

    desk.pull()

    assert desk.row("work_order", order_id)["description"] == "三"


def test_changes_name_rows_that_differ_and_no_others(desk: Desk, server: LittleServer) -> None:
    first, second = a_report(number="260916-99-001"), a_report(number="260916-99-002")
    server.do(first)
    server.do(second)
    desk.pull()
    server.do(edit(second.id, description="阳台漏水"))

    assert desk.pull().of("work_order") == {second.id}
    assert not desk.pull()
    stale = page(work_order={**desk.row("work_order", second.id), "description": "older", "version": 1})
    assert not desk.store.settle(News(pull=stale))


def test_rows_that_no_longer_wait_to_be_sent_are_told(desk: Desk) -> None:
    order_id = desk.report()
    assert not desk.push().of("work_order")
    assert desk.pull().of("work_order") == {order_id}


def test_an_older_version_of_a_row_changes_nothing(desk: Desk) -> None:
    unit = desk.row("unit", UNIT)
    desk.store.settle(News(pull=page(unit={**unit, "label": "old", "version": 0})))
    assert desk.row("unit", UNIT)["label"] == unit["label"]


def test_columns_of_a_newer_server_are_ignored_and_missing_ones_take_their_defaults(desk: Desk) -> None:
    row_id = new_id()
    row = {"id": row_id, "stream_id": WORK, "version": 3, "seq": 9, "name": "9 幢", "colour": "red"}

    desk.store.settle(News(pull=page(building=row, hologram={"id": row_id})))

    assert desk.row("building", row_id) == {
        "id": row_id,
        "stream_id": WORK,
        "version": 3,
        "seq": 9,
        "name": "9 幢",
        "site_id": "",
        "sort": 0,
    }


def test_a_column_that_did_not_come_keeps_its_value(desk: Desk) -> None:
    desk.store.settle(News(pull=page(unit={"id": UNIT, "stream_id": WORK, "version": 9, "label": "3 幢 1502 甲"})))
    assert desk.row("unit", UNIT)["number"] == "1502"
    assert desk.row("unit", UNIT)["label"] == "3 幢 1502 甲"


def test_an_unknown_state_of_a_newer_server_is_kept_and_breaks_nothing(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    desk.sync()
    desk.do(edit(order_id, description="x"))
    row = {**server.rows()["work_order", order_id], "state": "teleported", "version": 99}

    desk.store.settle(News(pull=page(work_order=row)))

    assert desk.row("work_order", order_id)["state"] == "teleported"
    desk.do(CommentWorkOrder(work_order_id=order_id, text="y"))


A_BUILDING = {"id": "a", "stream_id": WORK, "version": 1, "site_id": SITE, "name": "x"}


@pytest.mark.parametrize(
    "row",
    [
        {"id": "a", "name": "no stream, no version"},
        {"id": 7, "stream_id": WORK, "version": 1},
        {**A_BUILDING, "name": {"a": "list"}},
        {**A_BUILDING, "name": 7},
        {**A_BUILDING, "name": None},
        {**A_BUILDING, "name": "\ud800"},
        {**A_BUILDING, "stream_id": None},
        {**A_BUILDING, "version": "1"},
        {**A_BUILDING, "version": True},
        {**A_BUILDING, "version": 10**40},
    ],
)
def test_rows_that_no_table_can_hold_are_refused_and_nothing_is_taken_in(desk: Desk, row: dict[str, object]) -> None:
    desk.store.settle(News(pull=page(building={**A_BUILDING, "id": "b"})))
    before = desk.rows()
    with pytest.raises(InvalidError, match="reply_not_understood"):
        desk.store.settle(News(pull=page(building=row)))
    assert desk.rows() == before


@pytest.mark.parametrize("at", ["2026-09-16T04:00:00Z", 1.5, 10**18, -(10**17)])
def test_a_time_that_is_none_is_refused(desk: Desk, server: LittleServer, at: object) -> None:
    order_id = desk.report()
    desk.sync()
    row = {**server.rows()["work_order", order_id], "version": 99, "reported_at": at}
    with pytest.raises(InvalidError, match="reply_not_understood"):
        desk.store.settle(News(pull=page(work_order=row)))
    assert desk.row("work_order", order_id)["version"] == 1


def test_a_removal_or_cursor_beyond_all_measure_is_refused(desk: Desk) -> None:
    before = desk.rows(), desk.read(cursors)
    streams = {WORK: StreamPage(next=10**40, head=0)}
    for news in (
        PullReply(server_time=NOON, epoch=1, streams={}, removed={"unit": ((UNIT, WORK, 10**40),)}),
        PullReply(server_time=NOON, epoch=1, streams={}, removed={"unit": (("\ud800", WORK, 1),)}),
        PullReply(server_time=NOON, epoch=1, streams=streams),
    ):
        with pytest.raises(InvalidError, match="reply_not_understood"):
            desk.store.settle(News(pull=news))
    assert (desk.rows(), desk.read(cursors)) == before


def test_a_row_cut_short_is_refused(desk: Desk) -> None:
    short = TablePage(columns=("stream_id", "version", "name", "id"), rows=((WORK, 1),))
    with pytest.raises(InvalidError):
        desk.store.settle(News(pull=PullReply(server_time=NOON, epoch=1, streams={}, tables={"building": short})))
    shorter = TablePage(columns=("id", "stream_id", "version", "name"), rows=(("x", WORK),))
    with pytest.raises(InvalidError):
        desk.store.settle(News(pull=PullReply(server_time=NOON, epoch=1, streams={}, tables={"building": shorter})))


def test_a_removal_spares_a_row_that_has_moved_or_is_newer(desk: Desk) -> None:
    def remove(stream: str, version: int) -> PullReply:
        return PullReply(server_time=NOON, epoch=1, streams={}, removed={"unit": ((UNIT, stream, version),)})

    desk.store.settle(News(pull=remove("elsewhere", 99)))
    desk.store.settle(News(pull=remove(WORK, 0)))
    assert ("unit", UNIT) in desk.rows()

    assert desk.store.settle(News(pull=remove(WORK, 1))).of("unit") == {UNIT}
    assert ("unit", UNIT) not in desk.rows()


def test_cursor_and_rows_move_together(desk: Desk, server: LittleServer) -> None:
    server.do(a_report(number="260916-99-001"))
    before = desk.rows()
    reply = server.pull({WORK: 0})
    broken = reply.model_copy(
        update={"tables": {**reply.tables, "building": TablePage(columns=("id",), rows=(("x",),))}}
    )
    with pytest.raises(InvalidError):
        desk.store.settle(News(pull=broken))
    assert desk.rows() == before
    desk.pull()
    assert desk.rows() == server.rows(list(STREAMS))


def test_times_clamped_by_the_server_are_applied_from_then_on(desk: Desk) -> None:
    order_id = desk.report()
    (envelope,) = desk.store.take_batch()
    earlier = envelope.made_at - timedelta(minutes=30)
    result = Result(
        command_id=envelope.command_id,
        status="accepted",
        seqs={WORK: 1_000},
        context=AppliedContext(happened_at=earlier, recorded_at=earlier),
        renumbered="260916-07-900",
    )

    changes = desk.store.settle(News(results=[result]))

    assert order_id in changes.of("work_order")
    reported_at = desk.row("work_order", order_id)["reported_at"]
    assert reported_at == int(earlier.timestamp() * 1_000_000)
    same = result.model_copy(update={"seqs": {WORK: 2_000}})
    assert not desk.store.settle(News(results=[same])).of("work_order")


def test_a_merged_command_takes_the_narrowed_body(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    desk.sync()
    desk.do(edit(order_id, description="阳台漏水", place_label="阳台"))
    (envelope,) = desk.store.take_batch()
    body = {"id": order_id, "set": {"description": "阳台漏水"}}
    result = Result(command_id=envelope.command_id, status="merged", seqs={WORK: 1_000}, body=body)

    desk.store.settle(News(results=[result]))

    assert desk.row("work_order", order_id)["description"] == "阳台漏水"
    assert desk.row("work_order", order_id)["place_label"] == "3 幢 1502"
    assert [item.status for item in desk.items()] == ["merged"]


def test_a_command_the_server_is_too_old_for_stays_applied_and_is_sent_later(desk: Desk) -> None:
    order_id = desk.report()
    comment = desk.do(CommentWorkOrder(work_order_id=order_id, text="x"))
    other = desk.report()
    first, *_ = desk.store.take_batch(1)
    desk.store.settle(News(results=[Result(command_id=first.command_id, status="unsupported")]))

    batch = desk.store.take_batch()

    assert [envelope.command_id for envelope in batch] == [desk.items("sent")[0].command_id]
    assert comment not in [envelope.command_id for envelope in batch]
    assert {order_id, other} <= {row_id for table, row_id in desk.rows() if table == "work_order"}
    desk.store.release({"ReportWorkOrder": 0})
    assert [item.status for item in desk.items()] == ["unsupported", "pending", "sent"]
    desk.store.release({"ReportWorkOrder": 1})
    sequences = {envelope.command_id: envelope.sequence for envelope in desk.store.take_batch()}
    assert sequences[first.command_id] == 3


def test_a_result_that_comes_twice_changes_nothing(desk: Desk, server: LittleServer) -> None:
    desk.report()
    results = server.push(desk.store.take_batch())
    desk.store.settle(News(results=results))
    desk.pull()
    assert not desk.store.settle(News(results=results))


def test_a_command_that_had_no_effect_stays_applied_until_the_next_pull(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    desk.sync()
    server.do(edit(order_id, description="阳台漏水"))
    desk.do(edit(order_id, description="阳台漏水"))

    assert not desk.push().of("work_order")

    assert [item.status for item in desk.items()] == ["accepted"]
    desk.pull()
    assert desk.items() == []
    assert desk.rows() == server.rows(list(STREAMS))


def test_a_row_that_only_the_second_application_touches_is_told(
    desk: Desk, server: LittleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.do(CommentWorkOrder(work_order_id=desk.report(), text="x"))
    server.do(a_report(number="260916-99-002"))

    def touch(_: object, session: Session, _context: object) -> None:
        session.get_one(Unit, UNIT).label = "另写"

    monkeypatch.setattr(CommentWorkOrder, "apply", touch)
    assert desk.pull().of("unit") == {UNIT}
    monkeypatch.setattr(CommentWorkOrder, "apply", lambda *_: None)
    server.do(a_report(number="260916-99-003"))
    assert desk.pull().of("unit") == {UNIT}


@pytest.mark.expects_log("failed when applied again")
def test_a_bug_in_one_command_keeps_no_other_from_being_settled(
    desk: Desk, server: LittleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = desk.report()
    desk.do(CommentWorkOrder(work_order_id=order_id, text="x"))
    server.do(a_report(number="260916-99-002"))

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(CommentWorkOrder, "apply", fail)
    desk.pull()

    assert [item.is_unsure for item in desk.items()] == [False, True]


def test_a_full_disk_while_applying_again_is_no_fault_of_the_command(
    desk: Desk, server: LittleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = desk.report()
    desk.do(CommentWorkOrder(work_order_id=order_id, text="x"))
    server.do(a_report(number="260916-99-002"))
    before = desk.rows()
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def fail(*_: object) -> None:
        raise full

    monkeypatch.setattr(CommentWorkOrder, "apply", fail)
    with pytest.raises(StorageError, match="disk_full"):
        desk.pull()
    assert desk.rows() == before
    assert [item.is_unsure for item in desk.items()] == [False, False]


def test_a_command_this_program_cannot_read_any_more_waits_for_the_server(desk: Desk) -> None:
    desk.report()
    (envelope,) = desk.store.take_batch()
    desk.store._writer.run(lambda session, _: session.connection().exec_driver_sql("UPDATE outbox SET kind = 'Gone'"))
    times = AppliedContext(happened_at=envelope.made_at, recorded_at=envelope.made_at)
    result = Result(command_id=envelope.command_id, status="accepted", seqs={WORK: 1_000}, context=times)

    desk.store.settle(News(results=[result]))

    (item,) = desk.items()
    assert (item.status, item.is_unsure) == ("accepted", True)
