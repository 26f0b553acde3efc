"""Servers of another version, servers that will not take a batch, and servers that break."""

import pytest

from app.commands.contacts import CommentWorkOrder
from app.domain.errors import OutOfReachError
from app.protocol import PushReply, PushRequest, Result
from app.server import dependencies, guard, push, routes
from app.sync.failures import BusyError, ReplyError
from tests.plant import Console, Plant


@pytest.fixture
def a(plant: Plant) -> Console:
    return plant.console("A")


def test_a_newer_server_still_takes_what_was_done_and_says_why_nothing_comes(
    plant: Plant, a: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    b = plant.console("B")
    monkeypatch.setattr(dependencies, "PROTOCOL_MIN", 2)
    order_id = a.report()
    a.sync()
    assert not any(item.status == "pending" for item in a.outbox())
    assert a.states[-1].notice is not None
    assert a.states[-1].notice.code == "upgrade_required"
    monkeypatch.undo()
    b.sync()
    assert ("work_order", order_id) in b.rows()


def test_a_newer_server_is_recognised_by_its_greeting_already(
    plant: Plant, a: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "PROTOCOL_MIN", 2)
    monkeypatch.setattr(routes, "PROTOCOL_MAX", 3)
    a.restart().report()
    a.sync()
    assert a.states[-1].notice is not None
    assert a.states[-1].notice.code == "upgrade_required"
    assert not any(item.status == "pending" for item in a.outbox())


def test_what_an_older_server_does_not_know_waits_until_it_does(
    plant: Plant, a: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = a.report()
    a.sync()
    a.do(CommentWorkOrder(work_order_id=order_id, text="它还不认识"))
    monkeypatch.setattr(a.engine._transport, "push", _too_old)
    a.sync()
    (waiting,) = a.outbox()
    assert waiting.status == "unsupported"
    assert any("它还不认识" in str(row) for row in a.rows().values())
    monkeypatch.undo()
    a.restart().sync()
    assert not a.outbox()
    plant.assert_agreed()


def _too_old(request: PushRequest) -> PushReply:
    results = tuple(Result(command_id=one.command_id, status="unsupported") for one in request.batch)
    last = request.batch[-1].sequence
    return PushReply(server_time=request.batch[-1].made_at, epoch=1, last_sequence=last, results=results)


def test_a_server_that_says_nothing_of_a_command_is_asked_later_again(
    plant: Plant, a: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    a.report()
    asked: list[PushRequest] = []

    def silent(request: PushRequest) -> PushReply:
        asked.append(request)
        return PushReply(server_time=plant.clock.now(), epoch=1, last_sequence=1, results=())

    monkeypatch.setattr(a.engine._transport, "push", silent)
    with pytest.raises(OutOfReachError, match="reply_not_understood"):
        a.sync()
    assert len(asked) == 1
    assert [item.status for item in a.outbox()] == ["sent"]
    monkeypatch.undo()
    a.sync()
    assert not a.outbox()


@pytest.mark.expects_log("app.sync.conversation: WARNING: command .* is not taken")
def test_a_batch_that_is_too_long_is_halved_down_to_the_one_that_cannot_go(
    plant: Plant, a: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = a.report()
    a.sync()
    texts = ["短"] * 9
    texts[4] = "长" * 5_000
    for text in texts:
        a.do(CommentWorkOrder(work_order_id=order_id, text=text))
    monkeypatch.setattr(guard, "BODY_LIMIT", 8_000)
    a.sync()
    (refused,) = a.outbox()
    assert refused.body["text"] == texts[4]
    assert refused.error
    assert refused.error.code == "malformed"
    assert refused.error.resolve == ("discard",)
    monkeypatch.undo()
    plant.assert_agreed()


@pytest.mark.expects_log("app.server.guard: ERROR: request .* failed")
def test_a_server_that_breaks_keeps_the_outbox_as_it_is(
    plant: Plant, a: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    a.report()
    monkeypatch.setattr(push, "lock_console", _broken)
    with pytest.raises(ReplyError) as caught:
        a.sync()
    assert caught.value.status == 500
    monkeypatch.undo()
    a.sync()
    assert not a.outbox()
    plant.assert_agreed()


def _broken(*_arguments: object) -> None:
    raise ZeroDivisionError


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(
    plant: Plant, a: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "PUSHES_A_MINUTE", 0)
    a.report()
    with pytest.raises(BusyError) as caught:
        a.sync()
    assert 0 < caught.value.retry_after_s <= 60
    plant.clock.forward(minutes=1)
    monkeypatch.undo()
    a.sync()
    assert not a.outbox()


@pytest.mark.expects_log("app.server.guard: ERROR: request .* failed")
def test_a_server_that_breaks_while_it_gives_rows_is_asked_again(
    plant: Plant, a: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "pull", _broken)
    with pytest.raises(ReplyError):
        a.sync()
    monkeypatch.undo()
    a.sync()
    plant.assert_agreed()
