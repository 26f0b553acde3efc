"""Streams: fetched when granted, wiped when nobody here may read them, swept when fetched anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db.ownership import tables_of
from app.db.work_orders import WorkOrder
from app.domain.ids import COMPANY_STREAM, stream_id
from app.domain.permissions import Role
from app.protocol import PullReply, StreamPage, StreamScope
from app.store.changing import Author
from app.store.scopes import cursors, next_fetches
from app.store.search import search
from app.store.settling import News
from app.store.users import Person, known_user, verifier_of
from tests.factories import CLERK, NOON, OTHER_SITE, SITE, SUPERVISOR, UNIT, a_report
from tests.unit.store.desks import PASSWORD, PEOPLE, STREAMS, WORK, Desk, a_desk
from tests.unit.store.little_server import LittleServer, a_scope

OTHER_WORK = stream_id(OTHER_SITE, "work")


def test_a_scope_begins_a_fetch_of_each_stream_the_company_first_and_work_last(
    tmp_path: Path, server: LittleServer
) -> None:
    with a_desk(tmp_path, server) as desk:
        desk.store.users.remember(Person(CLERK, "lin", "林晓雨"), verifier_of(PASSWORD), NOON)
        desk.take_scope(a_scope(SITE))
        fetches = desk.read(next_fetches)
        assert [fetch.stream_id for fetch in fetches] == [COMPANY_STREAM, PEOPLE, WORK]
        assert fetches[2].table == tables_of("work")[0].name
        assert desk.read(cursors) == {}
        known = desk.read(known_user, CLERK)
        assert known.streams == STREAMS
        assert known.scope_version == 1


def test_a_first_fetch_goes_on_where_it_stopped(tmp_path: Path, server: LittleServer) -> None:
    with a_desk(tmp_path, server) as desk:
        desk.store.users.remember(Person(CLERK, "lin", "林晓雨"), verifier_of(PASSWORD), NOON)
        desk.take_scope(a_scope(SITE))
        for _ in range(4):
            desk.store.settle(News(snapshot=server.snapshot(*desk.read(next_fetches)[0])))
        (step, *_) = desk.read(next_fetches)
    with a_desk(tmp_path, server) as desk:
        assert desk.read(next_fetches)[0] == step
        server.do(a_report())
        desk.fetch()
        desk.pull()
        assert desk.rows() == server.rows(list(STREAMS))
        assert set(desk.read(cursors)) == STREAMS


def test_a_page_that_comes_twice_or_too_late_is_not_taken_in(desk: Desk, server: LittleServer) -> None:
    page = server.snapshot(WORK, "unit", None)
    assert not desk.store.settle(News(snapshot=page))


def test_a_page_tells_everybody_to_look_again(tmp_path: Path, server: LittleServer) -> None:
    with a_desk(tmp_path, server) as desk:
        desk.enrol()
        changes = desk.take_scope(a_scope(SITE, OTHER_SITE, version=2))
        assert not changes.everything
        assert desk.store.settle(News(snapshot=server.snapshot(*desk.read(next_fetches)[0]))).everything


def test_what_was_done_offline_stays_applied_while_a_stream_is_fetched(tmp_path: Path, server: LittleServer) -> None:
    with a_desk(tmp_path, server) as desk:
        desk.enrol()
        order_id = desk.report()
        desk.take_scope(a_scope(SITE, OTHER_SITE, version=2))
        desk.fetch()
        assert desk.row("work_order", order_id)["version"] == 0
        assert OTHER_WORK in desk.read(cursors)


def test_an_accepted_command_on_a_stream_being_fetched_is_not_seen_yet(desk: Desk, server: LittleServer) -> None:
    order_id = desk.report()
    desk.push()
    reset = {WORK: StreamPage(next=0, head=0, reset=True)}
    desk.store.settle(News(pull=PullReply(server_time=NOON, epoch=1, streams=reset)))
    assert [item.status for item in desk.items()] == ["accepted"]
    assert ("work_order", order_id) in desk.rows()
    desk.fetch()
    assert desk.items() == []
    assert desk.row("work_order", order_id)["version"] == 1


def test_a_stream_the_server_forgot_removals_of_is_fetched_anew_and_swept(desk: Desk, server: LittleServer) -> None:
    for number in range(3):
        server.do(a_report(number=f"260916-99-{number:03d}"))
    desk.pull()
    ghost = {**desk.row("unit", UNIT), "id": "00000000-0000-7000-8000-000000000000", "label": "幽灵"}
    page = {"unit": {"columns": tuple(ghost), "rows": (tuple(ghost.values()),)}}
    desk.store.settle(News(pull=PullReply(server_time=NOON, epoch=1, streams={}, tables=page)))  # type: ignore[arg-type]
    order_id = desk.report()
    reset = {WORK: StreamPage(next=0, head=0, reset=True), "unknown": StreamPage(next=0, head=0, reset=True)}

    desk.store.settle(News(pull=PullReply(server_time=NOON, epoch=1, streams=reset)))
    assert [fetch.stream_id for fetch in desk.read(next_fetches)] == [WORK]
    assert ("unit", ghost["id"]) in desk.rows()
    desk.fetch()

    assert ("unit", ghost["id"]) not in desk.rows()
    assert ("work_order", order_id) in desk.rows()
    assert desk.count("met_row") == 0
    desk.sync()
    assert desk.rows() == server.rows(list(STREAMS))


@pytest.fixture
def everywhere(tmp_path: Path, server: LittleServer) -> Iterator[Desk]:
    desk = Desk(tmp_path / "everywhere", server)
    desk.enrol(scope=a_scope(SITE, OTHER_SITE))
    yield desk
    desk.store.close()


def test_a_right_that_is_lost_takes_the_rows_with_it(everywhere: Desk, server: LittleServer, tmp_path: Path) -> None:
    desk = everywhere
    server.do(a_report(description="绝密的漏水点"))
    desk.pull()
    desk.report(description="已收下")
    desk.push()
    refused = desk.report(description="还没发出")
    kept = [row["id"] for (table, _), row in desk.rows().items() if table == "site"]

    changes = desk.take_scope(a_scope(OTHER_SITE, version=2))

    assert changes.everything
    assert {row["stream_id"] for row in desk.rows().values()} == {COMPANY_STREAM}
    assert kept
    (item,) = desk.items()
    assert item.status == "rejected"
    assert item.error is not None
    assert item.error.code == "no_right"
    assert set(desk.read(cursors)) == {COMPANY_STREAM, OTHER_WORK, stream_id(OTHER_SITE, "people")}
    assert desk.read(search, "绝密", STREAMS, ("work_order",), 9) == []
    assert refused not in str(desk.rows())
    desk.store.close()
    assert "绝密的漏水点".encode() not in (tmp_path / "everywhere" / "cache.sqlite").read_bytes()


def test_what_was_done_elsewhere_is_still_sent_when_a_right_is_lost(everywhere: Desk) -> None:
    desk = everywhere
    rights = desk.author().rights.__class__(CLERK, None, {"": frozenset({Role.CLERK})})
    other = a_report(site_id=OTHER_SITE, unit_id=None, place_note="大堂")
    desk.store.execute(other, Author(CLERK, rights, is_offline=True))

    desk.take_scope(a_scope(OTHER_SITE, version=2))

    assert [item.status for item in desk.items()] == ["pending"]
    with desk.store.reading() as session:
        assert session.get(WorkOrder, other.id) is not None


def test_what_a_colleague_at_the_same_pc_may_read_stays(everywhere: Desk) -> None:
    desk = everywhere
    desk.store.users.remember(Person(SUPERVISOR, "luo", "罗建平"), verifier_of(PASSWORD), NOON)
    desk.take_scope(a_scope(SITE), SUPERVISOR)

    desk.take_scope(a_scope(OTHER_SITE, version=2))

    assert ("unit", UNIT) in desk.rows()
    desk.store.close()


def test_a_class_of_stream_this_program_does_not_know_is_not_followed(desk: Desk) -> None:
    scope = a_scope(SITE, version=2)
    strange = StreamScope(stream_id="x", site_id=SITE, stream_class="hologram")
    desk.take_scope(scope.model_copy(update={"streams": (*scope.streams, strange)}))
    assert desk.read(next_fetches) == []


def test_a_scope_that_comes_with_a_pull_is_taken(desk: Desk) -> None:
    reply = PullReply(server_time=NOON, epoch=1, streams={}, scope=a_scope(SITE, OTHER_SITE, version=2))
    desk.store.settle(News(pull=reply, user_id=CLERK))
    assert OTHER_WORK in {fetch.stream_id for fetch in desk.read(next_fetches)}
