"""Undo: a command of its own that restores what still stands, and can itself be undone."""

from app.commands.contacts import CommentWorkOrder
from app.commands.steps import StepWorkOrder
from app.commands.work_orders import EditReporter, EditWorkOrder, Reporter, WorkOrderFields
from app.domain.work_orders import State
from app.store.store import Report
from tests.unit.store.desks import Desk
from tests.unit.store.little_server import LittleServer


def edit(order_id: str, **values: object) -> EditWorkOrder:
    return EditWorkOrder(id=order_id, set=WorkOrderFields(**values))  # type: ignore[arg-type]


def undo(desk: Desk, *command_ids: str) -> Report:
    return desk.store.undo(command_ids, desk.author())


def codes(report: Report) -> list[tuple[int, str]]:
    return [(place, error.code) for place, error in report.refused]


def test_undo_restores_what_was_there_and_redo_brings_it_back(desk: Desk) -> None:
    order_id = desk.report()
    done = desk.do(edit(order_id, description="阳台漏水"))

    undone = undo(desk, done)
    assert desk.row("work_order", order_id)["description"] == "厨房下水管漏水"
    redone = undo(desk, *undone.done)
    assert desk.row("work_order", order_id)["description"] == "阳台漏水"

    envelopes = {envelope.command_id: envelope for envelope in desk.store.take_batch()}
    assert envelopes[undone.done[0]].undoes == done
    assert envelopes[undone.done[0]].base == {"description": "阳台漏水"}
    assert envelopes[redone.done[0]].undoes == undone.done[0]


def test_undo_works_after_the_command_was_sent_and_settled(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    done = desk.do(edit(order_id, description="阳台漏水"))
    desk.sync()

    assert undo(desk, done).refused == ()
    desk.sync()

    assert server.rows()["work_order", order_id]["description"] == "厨房下水管漏水"


def test_undo_of_several_takes_the_last_first(desk: Desk) -> None:
    order_id = desk.report()
    first, second = (desk.do(edit(order_id, description=text)) for text in ("一", "二"))

    report = undo(desk, first, second)

    assert report.refused == ()
    assert desk.row("work_order", order_id)["description"] == "厨房下水管漏水"
    undo(desk, *report.done)
    assert desk.row("work_order", order_id)["description"] == "二"


def test_undo_leaves_fields_that_somebody_has_changed_since(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    desk.sync()
    done = desk.do(edit(order_id, description="阳台漏水", place_label="阳台"))
    desk.sync()
    server.do(edit(order_id, description="别人写的"))
    desk.pull()

    report = undo(desk, done)

    row = desk.row("work_order", order_id)
    assert (row["description"], row["place_label"]) == ("别人写的", "3 幢 1502")
    assert desk.store.take_batch()[0].body["set"] == {"place_label": "3 幢 1502"}
    assert report.refused == ()


def test_undo_of_what_was_all_changed_since_is_refused_in_words(desk: Desk) -> None:
    order_id = desk.report()
    done = desk.do(edit(order_id, description="一"))
    desk.do(edit(order_id, description="二"))
    other = desk.do(CommentWorkOrder(work_order_id=order_id, text="x"))

    assert codes(undo(desk, other, done)) == [(1, "undo_nothing_left"), (0, "undo_not_possible")]


def test_the_inverse_is_computed_anew_when_the_row_under_it_changes(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    desk.sync()
    done = desk.do(edit(order_id, description="我写的"))
    server.do(edit(order_id, description="别人写的"))
    desk.pull()
    assert desk.row("work_order", order_id)["description"] == "我写的"

    undo(desk, done)

    assert desk.row("work_order", order_id)["description"] == "别人写的"


def test_a_step_is_withdrawn_and_taken_again(desk: Desk) -> None:
    order_id = desk.report()
    done = desk.do(StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.TRIAGED))

    undone = undo(desk, done)
    assert undone.refused == ()
    assert desk.row("work_order", order_id)["state"] == "reported"
    redone = undo(desk, *undone.done)

    assert redone.refused == ()
    assert desk.row("work_order", order_id)["state"] == "triaged"


def test_an_inverse_that_is_no_edit_of_fields_is_given_as_it_is(desk: Desk) -> None:
    order_id = desk.report(reporter=Reporter(name="王小明", phone="13800132046"))
    done = desk.do(EditReporter(work_order_id=order_id, reporter=Reporter(name="王晓明")))
    undo(desk, done)
    assert desk.row("order_reporter", order_id)["name"] == "王小明"


def test_a_refused_or_unknown_command_has_nothing_to_undo(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    desk.sync()
    server.refuse = {"EditWorkOrder"}
    done = desk.do(edit(order_id, description="一"))
    desk.push()
    assert codes(undo(desk, done)) == [(0, "undo_was_refused")]
    desk.store.discard(done)
    assert codes(undo(desk, done)) == [(0, "undo_not_possible")]
    assert codes(undo(desk, "unknown")) == [(0, "undo_not_possible")]
