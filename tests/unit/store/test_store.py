"""Commands at a desk: applied and kept in one transaction, or refused and not there at all."""

from datetime import date, timedelta

import pytest

from app.commands.contacts import ChaseWorkOrder, CommentWorkOrder
from app.commands.steps import StepWorkOrder
from app.commands.work_orders import EditWorkOrder, MoveWorkOrder, WorkOrderFields
from app.domain.clock import from_micros
from app.domain.errors import ForbiddenError, InvalidError, NotFoundError, OpsError, RefusedError, StorageError
from app.domain.ids import stream_id
from app.domain.permissions import Right, Role
from app.domain.work_orders import State
from app.store import outbox
from app.store.outbox import waiting_count
from tests.clocks import START
from tests.factories import OTHER_SITE, SITE, UNIT, a_report, an_id
from tests.unit.store.desks import DAY, PEOPLE, WORK, Desk
from tests.unit.store.little_server import LittleServer


def test_a_command_is_applied_kept_and_told(desk: Desk) -> None:
    command = a_report()
    done = desk.store.execute(command, desk.author())

    assert desk.row("work_order", command.id)["description"] == "厨房下水管漏水"
    assert [item.command_id for item in desk.items()] == [done.command_id]
    assert done.changes.of("work_order") == {command.id}
    assert done.can_undo
    assert desk.heard == [done.changes]
    assert desk.read(waiting_count) == 1


def test_what_has_no_inverse_is_said_to_be_for_good(desk: Desk) -> None:
    command = a_report()
    desk.do(command)
    assert not desk.store.execute(ChaseWorkOrder(work_order_id=command.id), desk.author()).can_undo


def test_what_a_rule_forbids_leaves_nothing(desk: Desk) -> None:
    before = desk.rows()
    with pytest.raises(InvalidError, match="text_missing"):
        desk.do(a_report(description="  "))
    assert desk.rows() == before
    assert desk.items() == []
    assert desk.heard == []
    desk.do(a_report())


def test_what_the_author_has_no_right_to_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(ForbiddenError) as caught:
        desk.store.execute(a_report(), desk.author(Role.MANAGER))
    assert caught.value.params == {"right": f"@right.{Right.REPORT}"}
    assert desk.items() == []


def test_a_bug_in_a_command_is_raised_and_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    command = a_report()

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.commands.work_orders.refresh_clocks", fail)
    with pytest.raises(ZeroDivisionError):
        desk.do(command)
    assert desk.items() == []
    assert ("work_order", command.id) not in desk.rows()


def test_the_envelope_says_who_when_where_and_on_what_it_was_based(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    desk.sync()
    desk.clock.forward(minutes=1)
    desk.clock.offset = timedelta(milliseconds=-340)
    desk.store.execute(
        EditWorkOrder(id=order_id, set=WorkOrderFields(description="新", place_label="阳台")),
        desk.author(is_offline=True),
        base={"description": "旧"},
    )

    (envelope,) = desk.store.take_batch()

    assert envelope.kind == "EditWorkOrder"
    assert envelope.made_at == START + timedelta(minutes=1)
    assert envelope.clock_offset_ms == -340
    assert envelope.offline
    assert envelope.base == {"description": "旧", "place_label": "3 幢 1502"}
    assert [(read.table, read.id, read.version) for read in envelope.reads] == [("work_order", order_id, 1)]
    assert envelope.stream_ids == (WORK,)
    assert envelope.sequence == 2
    lines = [row for (table, _), row in desk.rows().items() if table == "timeline" and row["kind"] == "edited"]
    assert [from_micros(line["recorded_at"]) for line in lines] == [envelope.made_at - timedelta(milliseconds=340)]
    server.push([envelope])
    theirs = [row for (table, _), row in server.rows().items() if table == "timeline" and row["kind"] == "edited"]
    assert [line["recorded_at"] for line in theirs] == [lines[0]["recorded_at"]]


def test_a_row_that_is_not_here_has_no_version_to_rely_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CommentWorkOrder, "reads", lambda _: (("unit", UNIT), ("work_order", an_id("gone"))))
    desk.do(CommentWorkOrder(work_order_id=desk.report(), text="x"))
    assert [(read.table, read.id, read.version) for read in desk.store.take_batch()[1].reads] == [("unit", UNIT, 1)]


def test_a_command_depends_on_what_made_its_rows_or_stepped_them(desk: Desk) -> None:
    order_id = desk.report()
    other = desk.report()
    (made, _) = desk.items()
    step = desk.do(StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.TRIAGED))
    edited = desk.do(EditWorkOrder(id=order_id, set=WorkOrderFields(description="新")))
    desk.do(EditWorkOrder(id=order_id, set=WorkOrderFields(description="更新")))
    envelopes = {envelope.command_id: envelope for envelope in desk.store.take_batch()}

    assert other
    assert envelopes[step].depends_on == (made.command_id,)
    assert envelopes[edited].depends_on == (made.command_id, step)
    assert edited not in [id_ for envelope in envelopes.values() for id_ in envelope.depends_on]


def test_commands_follow_one_another_in_time_even_if_the_clock_stands(desk: Desk) -> None:
    for _ in range(3):
        desk.report()
    desk.clock.forward(hours=-1)
    desk.report()
    times = [item.made_at - START for item in desk.items()]
    assert times == [timedelta(microseconds=tick) for tick in range(3)] + [timedelta(hours=-1)]


def test_a_settled_command_is_depended_on_no_more(desk: Desk) -> None:
    order_id = desk.report()
    desk.sync()
    desk.do(CommentWorkOrder(work_order_id=order_id, text="x"))
    assert desk.store.take_batch()[0].depends_on == ()


def test_many_commands_are_one_transaction_and_the_refused_are_reported(desk: Desk) -> None:
    good, bad, also_good = (
        a_report(number="260916-99-001"),
        a_report(number="260916-99-002", description=""),
        a_report(number="260916-99-003"),
    )
    report = desk.store.execute_many([good, bad, also_good], desk.author())

    assert len(report.done) == 2
    assert [(place, error.code) for place, error in report.refused] == [(1, "text_missing")]
    assert report.changes.of("work_order") == {good.id, also_good.id}
    assert len(desk.heard) == 1
    assert ("work_order", bad.id) not in desk.rows()
    assert len(desk.items()) == 2


def test_an_outbox_that_is_full_takes_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "LIMIT", 1)
    desk.report()
    with pytest.raises(RefusedError, match="outbox_full"):
        desk.do(a_report())


def test_numbers_are_given_once_and_by_day(desk: Desk) -> None:
    numbers = [desk.store.reserve_number(DAY) for _ in range(2)]
    assert numbers == ["260916-07-001", "260916-07-002"]
    assert desk.store.reserve_number(date(2026, 9, 17)) == "260917-07-001"


def test_no_number_is_given_before_a_desk_has_one(desk: Desk) -> None:
    desk.store.remember({"number_prefix": None, "nothing": None})
    with pytest.raises(StorageError, match="not_enrolled"):
        desk.store.reserve_number(DAY)


def test_a_refused_command_can_be_tried_again_under_a_new_id(desk: Desk, server: LittleServer) -> None:
    server.refuse = {"ReportWorkOrder"}
    order_id = desk.report()
    desk.push()
    (old,) = desk.items()
    server.refuse = set()

    done = desk.store.retry(old.command_id, desk.author())

    assert done.command_id != old.command_id
    assert desk.store.take_batch()[0].replaces == old.command_id
    desk.sync()
    assert desk.items() == []
    assert desk.row("work_order", order_id)["version"] == 1
    with pytest.raises(NotFoundError, match="outbox_item_gone"):
        desk.store.retry(old.command_id, desk.author())


def test_a_refused_command_can_be_given_in_an_edited_form(desk: Desk, server: LittleServer) -> None:
    server.refuse = {"ReportWorkOrder"}
    desk.report()
    desk.push()
    (old,) = desk.items()

    desk.do(a_report(description="改过的"), replaces=old.command_id)

    (new,) = desk.items()
    assert new.body["description"] == "改过的"
    with pytest.raises(NotFoundError, match="outbox_item_gone"):
        desk.do(a_report(), replaces=new.command_id)


def test_a_refused_command_can_be_let_go(desk: Desk, server: LittleServer) -> None:
    server.refuse = {"ReportWorkOrder"}
    desk.report()
    desk.push()
    (old,) = desk.items()

    desk.store.discard(old.command_id)

    assert desk.items() == []
    with pytest.raises(NotFoundError, match="outbox_item_gone"):
        desk.store.discard(old.command_id)


def test_an_edit_that_moves_to_another_stream_names_both(desk: Desk) -> None:
    order_id = desk.report()
    with pytest.raises(OpsError):
        desk.do(MoveWorkOrder(work_order_id=order_id, from_site_id=SITE, to_site_id=OTHER_SITE))
    author = desk.author(Role.SUPERVISOR)
    both = author.rights.__class__(author.user_id, None, {"": frozenset({Role.SUPERVISOR})})
    move = MoveWorkOrder(work_order_id=order_id, from_site_id=SITE, to_site_id=OTHER_SITE)
    desk.store.execute(move, author._replace(rights=both))

    envelope = desk.store.take_batch()[-1]

    expected = {WORK, PEOPLE, stream_id(OTHER_SITE, "work"), stream_id(OTHER_SITE, "people")}
    assert set(envelope.stream_ids) == expected
    desk.sync()
    assert ("work_order", order_id) not in desk.rows()
    assert desk.items() == []
