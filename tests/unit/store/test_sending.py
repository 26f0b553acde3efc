"""The outbox as sync takes it: numbered in order, never lost, numbered again when the server says so."""

from app.commands.contacts import CommentWorkOrder
from app.protocol import Result
from app.store import sending
from app.store.settling import News
from tests.unit.store.desks import Desk
from tests.unit.store.little_server import LittleServer


def sequences(desk: Desk, limit: int = 50) -> list[int]:
    return [envelope.sequence for envelope in desk.store.take_batch(limit)]


def test_a_batch_is_numbered_in_the_order_of_giving_and_offered_again_until_answered(
    desk: Desk, server: LittleServer
) -> None:
    for _ in range(3):
        desk.report()
    assert sequences(desk, 2) == [1, 2]
    assert sequences(desk, 2) == [1, 2]
    assert sequences(desk) == [1, 2, 3]
    desk.push()
    assert sequences(desk) == []
    desk.report()
    assert sequences(desk) == [4]


def test_a_batch_holds_no_more_bytes_than_fit_but_at_least_one_command(desk: Desk) -> None:
    order_id = desk.report()
    for _ in range(3):
        desk.do(CommentWorkOrder(work_order_id=order_id, text="漏" * 5_000))

    def batch(byte_limit: int) -> int:
        found: int = desk.store._writer.run(lambda session, _: len(sending.take_batch(session, 50, byte_limit)))
        return found

    assert batch(1) == 1
    assert batch(20_000) == 2
    assert batch(1_000_000) == 4


def test_numbers_go_on_where_the_server_says(desk: Desk) -> None:
    desk.report()
    desk.report()
    desk.store.take_batch()
    desk.store.renumber(7)
    assert sequences(desk) == [1, 2]  # the server answers these from what it remembers

    desk.store.renumber(0)

    assert [item.status for item in desk.items()] == ["pending", "pending"]
    assert sequences(desk) == [1, 2]


def test_a_console_enrolled_anew_keeps_its_commands_and_numbers_them_from_the_beginning(desk: Desk) -> None:
    desk.report()
    desk.push()
    desk.report()
    (before,) = desk.store.take_batch()
    assert before.sequence == 2

    desk.store.enrol("another console", "08", {"lease": "x"})

    (after,) = desk.store.take_batch()
    assert (after.command_id, after.sequence) == (before.command_id, 1)
    desk.store.enrol("another console", "08", {"lease": "y"})
    assert sequences(desk) == [1]


def test_what_depends_on_an_unsupported_command_is_held_with_all_that_follows_from_it(desk: Desk) -> None:
    order_id = desk.report()
    first = desk.store.take_batch()[0].command_id
    desk.store.settle(News(results=[Result(command_id=first, status="unsupported")]))
    desk.do(CommentWorkOrder(work_order_id=order_id, text="x"))
    assert sequences(desk) == []
    desk.report()
    assert sequences(desk) == [2]
