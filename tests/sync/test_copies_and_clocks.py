"""Copied folders, copied PCs and clocks that are wrong: nothing is lost and nothing is done twice."""

from datetime import timedelta

import pytest

from app.commands.contacts import CommentWorkOrder
from app.sync.failures import ReplyError
from tests.fault_proxy import ANSWER_LOST
from tests.plant import Console, Plant


def desks(*consoles: Console) -> list[str]:
    """The desk numbers that consoles give orders."""
    return [console.store.reserve_number(console.clock.now().date()).split("-")[1] for console in consoles]


def test_a_copied_folder_on_another_pc_enrols_anew_and_sends_what_was_pending(plant: Plant) -> None:
    a = plant.console("A")
    order_id = a.report()
    copy = plant.copy("A", "B")
    assert len(set(desks(a, copy))) == 2
    other = copy.report()
    plant.assert_agreed()
    for console in (a, copy):
        assert {("work_order", order_id), ("work_order", other)} <= console.rows().keys()
        assert not console.outbox()


def test_of_two_pcs_that_are_the_same_one_enrols_anew_and_both_keep_their_commands(plant: Plant) -> None:
    a = plant.console("A")
    a.report(description="在复制之前")
    copy = plant.copy("A", "B", is_whole_machine=True)
    mine, theirs = a.report(description="甲"), copy.report(description="乙")
    a.sync()
    with pytest.raises(ReplyError, match="console_cloned"):
        copy.sync()
    assert len(copy.outbox()) == 2
    copy.sign_in.sign_in("lin", "correct horse")
    copy.sync()
    assert len(set(desks(a, copy))) == 2
    plant.assert_agreed()
    assert {("work_order", mine), ("work_order", theirs)} <= a.rows().keys()
    assert not a.outbox()
    assert not copy.outbox()


def test_a_copy_that_was_asleep_is_found_out_by_its_old_lease_before_it_sends_anything(plant: Plant) -> None:
    a = plant.console("A")
    copy = plant.copy("A", "B", is_whole_machine=True)
    for _ in range(2):
        a.restart().sync()
    copy.report()
    with pytest.raises(ReplyError, match="console_cloned"):
        copy.sync()
    assert [item.status for item in copy.outbox()] == ["pending"]
    copy.restart().sync()
    assert not copy.outbox()
    plant.assert_agreed()


def test_a_lost_answer_to_a_greeting_makes_no_clone_of_anybody(plant: Plant) -> None:
    a = plant.console("A")
    for _ in range(3):
        a.restart().fault(ANSWER_LOST)
        a.sync_if_possible()
    a.report()
    a.sync()
    assert not a.outbox()


@pytest.mark.parametrize("off", [timedelta(hours=3), timedelta(hours=-3), timedelta(days=3650), timedelta(days=-3650)])
def test_a_wrong_clock_is_corrected_and_told_of(plant: Plant, off: timedelta) -> None:
    a = plant.console("A", is_fetched=False)
    a.clock.error = off
    a.restart().sync()
    assert abs(a.clock.now() - plant.clock.now()) < timedelta(seconds=1)
    assert a.states[-1].clock_offset is not None
    assert abs(a.states[-1].clock_offset + off) < timedelta(seconds=1)
    order_id = a.report()
    a.sync()
    assert abs(a.row("work_order", order_id)["reported_at"] - plant.clock.now()) < timedelta(seconds=1)
    plant.assert_agreed()


def test_a_right_clock_is_not_told_of(plant: Plant) -> None:
    a = plant.console("A")
    assert a.states[-1].clock_offset is None


def test_what_was_entered_offline_by_a_fast_clock_is_not_in_the_future(plant: Plant) -> None:
    a = plant.console("A")
    a.clock.error += timedelta(hours=3)
    order_id = a.offline().report()
    plant.clock.forward(hours=1)
    a.online()
    plant.assert_agreed()
    assert a.row("work_order", order_id)["reported_at"] <= plant.clock.now()


def test_what_was_entered_offline_by_a_wrong_clock_is_set_right_when_it_is_sent(plant: Plant) -> None:
    a = plant.console("A")
    a.stop()
    a.clock.error, a.clock.offset = timedelta(hours=3), timedelta()
    a.offline().start()
    plant.clock.forward(minutes=30)
    entered_at = plant.clock.now()
    order_id = a.report()
    plant.clock.forward(hours=1)
    a.online()
    plant.assert_agreed()
    assert a.row("work_order", order_id)["reported_at"] == entered_at


def test_commands_of_a_console_keep_their_order_in_time_whatever_its_clock_does(plant: Plant) -> None:
    a = plant.console("A")
    order_id = a.report()
    a.sync()
    a.offline()
    for number, error_h in enumerate([0, 5, -5, 2]):
        a.clock.error = timedelta(hours=error_h)
        a.do(CommentWorkOrder(work_order_id=order_id, text=f"备注{number}"))
    plant.clock.forward(hours=8)
    a.online()
    plant.assert_agreed()
    lines = [a.row("timeline", key[1]) for key, row in a.rows().items() if key[0] == "timeline" and order_id in row]
    told = sorted((line["recorded_at"], line["params"]) for line in lines if "备注" in line["params"])
    assert [params[-4:-2] for _, params in told] == ["注0", "注1", "注2", "注3"]
