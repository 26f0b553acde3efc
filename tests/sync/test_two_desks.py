"""Two desks and a server: what one does the other sees, whatever the network does meanwhile."""

import pytest

from app.commands.contacts import CommentWorkOrder
from app.commands.steps import StepWorkOrder
from app.commands.work_orders import EditWorkOrder, WorkOrderFields
from app.domain.errors import OutOfReachError
from app.domain.work_orders import State
from tests.factories import HE, SUN, an_assignment
from tests.fault_proxy import ANSWER_LOST, DOUBLED, UNHEARD, Fault
from tests.plant import Console, Plant


def an_edit(order_id: str, **fields: object) -> EditWorkOrder:
    return EditWorkOrder(id=order_id, set=WorkOrderFields.model_validate(fields))


def triage(order_id: str) -> StepWorkOrder:
    return StepWorkOrder(work_order_id=order_id, from_state=State.REPORTED, to=State.TRIAGED)


@pytest.fixture
def a(plant: Plant) -> Console:
    return plant.console("A")


@pytest.fixture
def b(plant: Plant) -> Console:
    return plant.console("B")


@pytest.fixture
def order_id(plant: Plant, a: Console, b: Console) -> str:
    """An order that both desks see."""
    found = a.report(description="厨房漏水")
    plant.sync()
    return found


def test_an_order_opened_offline_reaches_the_other_desk_when_the_network_is_back(
    plant: Plant, a: Console, b: Console
) -> None:
    plant.sync()
    order_id = a.offline().report(description="厨房漏水")
    assert a.row("work_order", order_id)["state"] == "reported"
    plant.sync()
    assert ("work_order", order_id) not in b.rows()
    a.online()
    plant.sync()
    assert b.row("work_order", order_id)["description"] == "厨房漏水"
    plant.assert_agreed()
    assert not a.outbox()


def test_a_day_of_steps_offline_arrives_in_the_order_it_was_given(
    plant: Plant, a: Console, b: Console, order_id: str
) -> None:
    a.offline().do(triage(order_id)).do(an_assignment(order_id, SUN)).do(an_assignment(order_id, HE, seen=(SUN,)))
    a.do(CommentWorkOrder(work_order_id=order_id, text="住户下午在家"))
    second = a.report(description="楼道灯不亮")
    a.do(triage(second)).online()
    plant.sync()
    plant.assert_agreed()
    assert b.row("work_order", order_id)["lead_staff_id"] == HE
    assert b.row("work_order", second)["state"] == "triaged"


def test_more_than_a_batch_goes_in_several_requests_and_keeps_its_order(plant: Plant, a: Console) -> None:
    orders = [a.offline().report(description=str(number)) for number in range(70)]
    for order_id in orders:
        a.do(triage(order_id))
    report = a.online().sync()
    assert report.pushed == 140
    assert report.refused == 0
    plant.assert_agreed()


def test_refused_command_is_undone_and_kept_with_its_reason(
    plant: Plant, a: Console, b: Console, order_id: str
) -> None:
    a.offline().do(an_assignment(order_id, SUN))
    b.do(an_assignment(order_id, HE))
    b.sync()
    assert a.row("work_order", order_id)["lead_staff_id"] == SUN
    a.online().sync()
    assert a.row("work_order", order_id)["lead_staff_id"] == HE
    (kept,) = a.outbox()
    assert kept.status == "rejected"
    assert kept.error
    assert kept.error.code == "assignee_changed_meanwhile"
    assert kept.error.is_conflict
    assert kept.body["staff_ids"] == [SUN]
    plant.assert_agreed()


def test_what_depends_on_a_refused_command_is_blocked_and_nothing_else_is(
    plant: Plant, a: Console, b: Console, order_id: str
) -> None:
    a.offline().do(triage(order_id)).do(an_assignment(order_id, SUN))
    other = a.report(description="另一张")
    b.do(triage(order_id))
    b.sync()
    a.online().sync()
    refused, blocked = a.outbox()
    assert (refused.status, blocked.status, blocked.by) == ("rejected", "blocked", refused.command_id)
    plant.sync()
    assert ("work_order", other) in b.rows()
    plant.assert_agreed()


def test_edits_of_the_same_field_clash_and_the_later_is_refused_whole(
    plant: Plant, a: Console, b: Console, order_id: str
) -> None:
    a.offline().do(an_edit(order_id, description="厨房水管漏水", place_label="厨房"))
    b.do(an_edit(order_id, description="卫生间漏水"))
    b.sync()
    a.online()
    plant.sync()
    (refused,) = a.outbox()
    assert refused.error
    assert refused.error.code == "field_changed_meanwhile"
    for desk in (a, b):
        row = desk.row("work_order", order_id)
        assert (row["description"], row["place_label"]) == ("卫生间漏水", "3 幢 1502")
    plant.assert_agreed()


def test_edits_of_different_fields_both_stand(plant: Plant, a: Console, b: Console, order_id: str) -> None:
    a.offline().do(an_edit(order_id, description="厨房水管漏水"))
    b.do(an_edit(order_id, priority="P2"))
    b.sync()
    a.online()
    plant.sync()
    for desk in (a, b):
        row = desk.row("work_order", order_id)
        assert (row["description"], row["priority"]) == ("厨房水管漏水", "P2")
        assert not desk.outbox()
    plant.assert_agreed()


def test_pending_work_stays_on_top_of_what_is_pulled(plant: Plant, a: Console, b: Console, order_id: str) -> None:
    b.do(an_edit(order_id, priority="P2"))
    b.sync()
    a.do(an_edit(order_id, description="厨房水管漏水")).fault(UNHEARD)
    with pytest.raises(OutOfReachError):
        a.sync()
    assert a.row("work_order", order_id)["description"] == "厨房水管漏水"
    a.sync()
    row = a.row("work_order", order_id)
    assert (row["description"], row["priority"]) == ("厨房水管漏水", "P2")


@pytest.mark.parametrize("fault", [ANSWER_LOST, UNHEARD, DOUBLED, Fault(cut=600)])
def test_a_lost_cut_or_doubled_push_has_one_effect(
    fault: Fault, plant: Plant, a: Console, b: Console, order_id: str
) -> None:
    a.do(CommentWorkOrder(work_order_id=order_id, text="只有一次")).fault(fault)
    a.sync_if_possible()
    a.sync()
    plant.sync()
    lines = [row for key, row in b.rows().items() if key[0] == "timeline" and "只有一次" in str(row)]
    assert len(lines) == 1
    plant.assert_agreed()
    assert not a.outbox()


@pytest.mark.parametrize("fault", [ANSWER_LOST, UNHEARD])
def test_a_program_that_ends_with_commands_on_the_way_sends_them_again(
    fault: Fault, plant: Plant, a: Console, order_id: str
) -> None:
    a.do(triage(order_id)).fault(fault)
    with pytest.raises(OutOfReachError):
        a.sync()
    assert [item.status for item in a.outbox()] == ["sent"]
    a.restart()
    a.report(description="重启以后")
    a.sync()
    assert not a.outbox()
    plant.assert_agreed()


def test_the_server_starts_again_on_what_it_had(plant: Plant, a: Console, b: Console, order_id: str) -> None:
    a.do(triage(order_id)).fault(ANSWER_LOST)
    a.sync_if_possible()
    plant.restart_server()
    plant.sync()
    assert b.row("work_order", order_id)["state"] == "triaged"
    plant.assert_agreed()
