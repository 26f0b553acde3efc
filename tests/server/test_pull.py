"""What a console is told: everything that changed, nothing it may not see, whole transactions."""

from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import delete, select

from app.commands.residents import AddResident
from app.commands.work_orders import EditWorkOrder, MoveWorkOrder, WorkOrderFields
from app.db.base import Base
from app.db.ownership import CLASS_OF, stream_of
from app.db.places import Building
from app.db.residents import Resident
from app.db.work_orders import WorkOrder
from app.domain.clock import to_micros
from app.domain.errors import ForbiddenError, InvalidError
from app.domain.ids import COMPANY_STREAM, new_id
from app.domain.permissions import Role
from app.protocol import PullRequest
from app.server import images
from app.server import pull as pulling
from app.server.accounts import grant_role, withdraw_role
from app.server.changelog import recorded
from app.server.database import Database
from app.server.publishing import TOGETHER, publish
from app.server.pull import Pulled, SnapshotQuestion, pull, snapshot
from app.server.tables import Account, Change, Stream
from tests.clocks import HandClock
from tests.factories import CLERK, OTHER_SITE, SITE, SUPERVISOR, TECHNICIAN, a_report
from tests.server.kit import Desk

WORK, PEOPLE = stream_of("work_order", SITE), stream_of("resident", SITE)


class Reader:
    """A console that only reads: its cursors, and the rows it has."""

    def __init__(self, database: Database, user_id: str, *streams: str) -> None:
        self._database = database
        self._user_id = user_id
        self.cursor = dict.fromkeys(streams, 0)
        self.scope_version = -1
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}

    def ask(self, limit: int = 5_000) -> Pulled:
        """One page, taken in."""
        request = PullRequest(epoch=1, scope_version=self.scope_version, cursor=self.cursor, limit=limit)
        with self._database.read() as session:
            pulled = pull(session, self._user_id, request)
        if pulled.scope is not None:
            self.scope_version = pulled.scope.version
        for table, page in pulled.tables.items():
            for values in page.rows:
                row = dict(zip(page.columns, values, strict=True))
                known = self.rows.get((table, row["id"]))
                if known is None or row["version"] > known["version"]:
                    self.rows[table, row["id"]] = row
        for table, gone in pulled.removed.items():
            for row_id, stream_id, version in gone:
                known = self.rows.get((table, row_id))
                if known and known["stream_id"] == stream_id and known["version"] <= version:
                    del self.rows[table, row_id]
        self.cursor |= {stream_id: page.next for stream_id, page in pulled.streams.items() if not page.reset}
        return pulled

    def catch_up(self, limit: int = 5_000) -> list[Pulled]:
        """Pages until there is no more."""
        pages = [self.ask(limit)]
        while any(page.more for page in pages[-1].streams.values()):
            pages.append(self.ask(limit))
        return pages


def rows_of(database: Database, *streams: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What a console with these streams must have, read straight from the tables."""
    found = {}
    with database.read() as session:
        for name in CLASS_OF:
            table = Base.metadata.tables[name]
            query = images.select_images(table).where(table.c.stream_id.in_(streams))
            for values in session.execute(query):
                row = dict(zip(table.columns.keys(), values, strict=True))
                found[name, row["id"]] = row
    return found


def edit(order_id: str, **fields: Any) -> EditWorkOrder:
    return EditWorkOrder(id=order_id, set=WorkOrderFields(**fields))


def sizes(pages: Iterable[Pulled]) -> list[int]:
    return [sum(len(table.rows) for table in page.tables.values()) for page in pages]


@pytest.mark.parametrize("limit", [1, 3, 5_000])
def test_a_reader_ends_with_the_rows_of_the_server_whatever_the_page(
    database: Database, clock: HandClock, limit: int
) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    reader = Reader(database, CLERK, COMPANY_STREAM, WORK, PEOPLE)
    orders = [desk.report(reporter={"name": "王女士"}) for _ in range(3)]
    reader.catch_up(limit)
    assert reader.rows == rows_of(database, COMPANY_STREAM, WORK, PEOPLE)
    desk.do(edit(orders[0], description="别的"), edit(orders[1], description="别的"))
    desk.do(MoveWorkOrder(work_order_id=orders[1], from_site_id=SITE, to_site_id=OTHER_SITE))
    reader.catch_up(limit)
    assert reader.rows == rows_of(database, COMPANY_STREAM, WORK, PEOPLE)
    assert ("work_order", orders[1]) not in reader.rows


def test_times_are_numbers_and_columns_stand_once(database: Database, desk: Desk, clock: HandClock) -> None:
    desk.report()
    page = Reader(database, CLERK, WORK).ask().tables["work_order"]
    assert page.rows[0][page.columns.index("reported_at")] == to_micros(clock.now())
    assert page.columns == tuple(Base.metadata.tables["work_order"].columns.keys())


def test_a_row_that_moves_between_two_readable_streams_survives(database: Database, clock: HandClock) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    streams = (WORK, stream_of("work_order", OTHER_SITE))
    reader = Reader(database, SUPERVISOR, *streams)
    order_id = desk.report()
    reader.catch_up()
    desk.do(MoveWorkOrder(work_order_id=order_id, from_site_id=SITE, to_site_id=OTHER_SITE))
    reader.catch_up()
    assert reader.rows == rows_of(database, *streams)
    assert reader.rows["work_order", order_id]["stream_id"] == streams[1]


def test_nothing_new_is_an_empty_page(database: Database) -> None:
    reader = Reader(database, CLERK, WORK)
    reader.catch_up()
    again = reader.ask()
    assert (again.tables, again.removed, again.scope) == ({}, {}, None)
    assert again.streams[WORK].next == again.streams[WORK].head


def test_a_page_ends_where_a_transaction_does(database: Database, desk: Desk) -> None:
    reader = Reader(database, CLERK, WORK)
    reader.catch_up()
    for _ in range(4):
        desk.report()
    with database.read() as session:
        ends = set(session.scalars(select(Change.tx).where(Change.stream_id == WORK)))
    together = sizes([Reader(database, CLERK, WORK).ask()])[0] // 4
    assert together >= 2
    for page in reader.catch_up(limit=together + 1):
        assert page.streams[WORK].next in ends


def test_a_page_grows_rather_than_cut_a_transaction_but_not_without_end(database: Database, desk: Desk) -> None:
    reader = Reader(database, CLERK, WORK)
    reader.catch_up()
    desk.do(*[a_report(number=f"260916-99-{number:03d}") for number in range(10)])
    lines = 20  # an order and its line in the timeline, ten times
    grown = reader.catch_up(limit=5)
    assert sizes(grown) == [lines]
    again = Reader(database, CLERK, WORK)
    again.cursor = {WORK: reader.cursor[WORK] - lines}
    assert sizes(again.catch_up(limit=3)) == [12, 8]


def test_a_transaction_that_no_longer_fits_waits_for_the_next_page(
    database: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(database, CLERK, WORK)
    reader.catch_up()
    desk.report()
    desk.do(a_report(number="260916-99-001"), a_report(number="260916-99-002"), a_report(number="260916-99-003"))
    assert sizes(reader.catch_up(limit=7)) == [2, 6]
    monkeypatch.setattr(pulling, "CHUNK", 2)
    again = Reader(database, CLERK, WORK)
    again.cursor = {WORK: reader.cursor[WORK] - 8}
    assert sizes(again.catch_up(limit=8)) == [8]


def test_a_page_is_bounded_in_bytes(database: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(database, CLERK, WORK)
    reader.catch_up()
    desk.report(description="漏" * 1_000)
    desk.report(description="漏" * 1_000)
    monkeypatch.setattr(pulling, "CHUNK", 2)
    monkeypatch.setattr(images, "PAGE_BYTES", 2_000)
    monkeypatch.setattr(pulling, "Budget", lambda rows: images.Budget(rows, images.PAGE_BYTES))
    assert sizes(reader.catch_up()) == [2, 2]


def test_what_is_published_together_comes_in_parts(database: Database) -> None:
    reader = Reader(database, CLERK, WORK)
    reader.catch_up()
    rows = [
        Building(id=new_id(), stream_id=WORK, site_id=SITE, name=str(number)) for number in range(2 * TOGETHER + 10)
    ]
    with database.write() as session:
        publish(session, rows)
    assert sizes(reader.catch_up(limit=TOGETHER)) == [TOGETHER, TOGETHER, 10]
    assert reader.rows == rows_of(database, WORK)


def test_a_removed_row_is_taken_away(database: Database, clock: HandClock) -> None:
    row_id = new_id()
    with database.write() as session:
        publish(session, [Building(id=row_id, stream_id=WORK, site_id=SITE, name="9 幢")])
    reader = Reader(database, CLERK, WORK)
    reader.catch_up()
    assert ("building", row_id) in reader.rows
    with database.write() as session, recorded(session, clock.now()):
        session.delete(session.get_one(Building, row_id))
    pulled = reader.ask()
    assert pulled.removed == {"building": ((row_id, WORK, 2),)}
    assert reader.rows == rows_of(database, WORK)


def test_a_statement_past_the_rows_is_a_bug_because_no_pull_would_see_it(database: Database, clock: HandClock) -> None:
    with (
        pytest.raises(RuntimeError, match="row by row"),
        database.write() as session,
        recorded(session, clock.now()),
    ):
        session.execute(delete(Building))


# ---- cursors that are no good


@pytest.mark.parametrize(("cursor", "is_reset"), [(4, True), (5, False), (10**30, True), (-1, True)])
def test_a_cursor_before_the_floor_or_past_the_head_resets_that_stream_alone(
    database: Database, cursor: int, is_reset: bool
) -> None:
    with database.write() as session:
        session.get_one(Stream, WORK).floor_seq = 5
    reader = Reader(database, CLERK, WORK, PEOPLE)
    reader.cursor[WORK] = cursor
    pulled = reader.ask()
    assert pulled.streams[WORK].reset is is_reset
    assert pulled.streams[PEOPLE].reset is False


def test_a_stream_whose_last_change_is_forgotten_has_nothing_more(database: Database) -> None:
    with database.write() as session:
        session.get_one(Stream, PEOPLE).seq = 7
    pulled = Reader(database, CLERK, PEOPLE).ask()
    assert (pulled.streams[PEOPLE].next, pulled.streams[PEOPLE].more) == (7, False)


# ---- scope


def test_a_stream_out_of_scope_is_passed_over(database: Database, clock: HandClock) -> None:
    other = stream_of("work_order", OTHER_SITE)
    Desk(database, clock, SUPERVISOR).report(site_id=OTHER_SITE, unit_id=None)
    reader = Reader(database, CLERK, WORK, other)
    reader.catch_up()
    assert {row["stream_id"] for row in reader.rows.values()} == {WORK}
    assert other not in reader.ask().streams


def test_a_technician_reads_orders_and_not_people(database: Database) -> None:
    scope = Reader(database, TECHNICIAN).ask().scope
    assert scope is not None
    assert [stream.stream_class for stream in scope.streams] == ["company", "work"]
    assert scope.roles == {SITE: ("technician",)}


def test_the_scope_is_told_once_when_it_changes(database: Database) -> None:
    reader = Reader(database, CLERK)
    first = reader.ask().scope
    assert first is not None
    assert {stream.site_id for stream in first.streams} == {None, SITE}
    assert reader.ask().scope is None
    with database.write() as session:
        grant_role(session, "lin", Role.CLERK, OTHER_SITE)
    wider = reader.ask().scope
    assert wider is not None
    assert {stream.site_id for stream in wider.streams} == {None, SITE, OTHER_SITE}
    assert wider.version == first.version + 1


def test_a_right_withdrawn_amid_a_pull_stops_the_rows_and_says_so(database: Database, clock: HandClock) -> None:
    desk = Desk(database, clock, SUPERVISOR)
    reader = Reader(database, CLERK, COMPANY_STREAM, WORK)
    reader.catch_up()
    for _ in range(5):
        desk.report()
    assert reader.ask(limit=4).streams[WORK].more
    with database.write() as session:
        withdraw_role(session, "lin", Role.CLERK, SITE)
    pulled = reader.ask(limit=4)
    assert WORK not in pulled.streams
    assert pulled.tables == {}
    assert pulled.scope is not None
    assert [stream.stream_id for stream in pulled.scope.streams] == [COMPANY_STREAM]


def test_rights_and_rows_are_of_one_moment(database: Database, clock: HandClock, desk: Desk) -> None:
    order_id = desk.report()
    request = PullRequest(epoch=1, scope_version=-1, cursor={WORK: 0})
    with database.read() as session:
        session.get_one(Account, CLERK)  # the snapshot begins with the first question
        with database.write() as other:
            withdraw_role(other, "lin", Role.CLERK, SITE)
        desk_two = Desk(database, clock, SUPERVISOR)
        desk_two.do(edit(order_id, description="之后的"))
        pulled = pull(session, CLERK, request)
    page = pulled.tables["work_order"]
    assert page.rows[0][page.columns.index("description")] == "厨房下水管漏水"
    assert pulled.scope is not None
    assert WORK in {stream.stream_id for stream in pulled.scope.streams}


# ---- first fetch


def fetch(database: Database, stream: str, table: str, limit: int = 5_000) -> list[list[dict[str, Any]]]:
    """The pages of a whole table."""
    pages: list[list[dict[str, Any]]] = []
    after = None
    while True:
        with database.read() as session:
            found = snapshot(session, SUPERVISOR, SnapshotQuestion(stream, table, after, limit))
        pages.append([dict(zip(found.page.columns, row, strict=True)) for row in found.page.rows])
        after = found.after
        if after is None:
            return pages


def test_orders_are_fetched_newest_first(database: Database, clock: HandClock, desk: Desk) -> None:
    orders = []
    for hours in (1, 3, 0, 2):
        clock.forward(hours=hours)
        orders.append(desk.report())
    pages = fetch(database, WORK, "work_order", limit=3)
    assert [len(page) for page in pages] == [3, 1]
    times = [row["reported_at"] for page in pages for row in page]
    assert times == sorted(times, reverse=True)
    assert {row["id"] for page in pages for row in page} == set(orders)


def test_other_tables_are_fetched_by_id_and_without_what_was_removed(database: Database, clock: HandClock) -> None:
    rows = [Resident(id=new_id(), stream_id=PEOPLE, site_id=SITE, name=str(number)) for number in range(7)]
    with database.write() as session:
        publish(session, rows)
    ids = sorted(row.id for row in rows)
    with database.write() as session, recorded(session, clock.now()):
        session.delete(session.get_one(Resident, ids[3]))
    pages = fetch(database, PEOPLE, "resident", limit=2)
    assert [row["id"] for page in pages for row in page] == [*ids[:3], *ids[4:]]
    assert [len(page) for page in pages] == [2, 2, 2, 0]


def test_a_fetch_then_a_pull_from_its_head_is_everything(database: Database, desk: Desk) -> None:
    desk.report()
    with database.read() as session:
        head = snapshot(session, CLERK, SnapshotQuestion(WORK, "work_order", None, 1)).head
    order_id = desk.report()
    reader = Reader(database, CLERK, WORK)
    reader.cursor = {WORK: head}
    reader.catch_up()
    assert ("work_order", order_id) in reader.rows


def test_a_fetch_of_what_one_may_not_read_is_refused(database: Database) -> None:
    question = SnapshotQuestion(stream_of("work_order", OTHER_SITE), "work_order", None, 10)
    with database.read() as session, pytest.raises(ForbiddenError, match="stream_not_readable"):
        snapshot(session, CLERK, question)


@pytest.mark.parametrize("table", ["resident", "account", "weather"])
def test_a_table_of_another_class_is_not_in_the_stream(database: Database, table: str) -> None:
    with database.read() as session, pytest.raises(InvalidError, match="table_unknown"):
        snapshot(session, CLERK, SnapshotQuestion(WORK, table, None, 10))


@pytest.mark.parametrize("after", ["x", "9" * 40 + ":a"])
def test_a_page_that_was_never_given_is_refused(database: Database, after: str) -> None:
    with database.read() as session, pytest.raises(InvalidError, match="page_unknown"):
        snapshot(session, CLERK, SnapshotQuestion(WORK, "work_order", after, 10))


def test_a_command_on_people_moves_their_stream_alone(database: Database, desk: Desk) -> None:
    (result,) = desk.do(AddResident(id=new_id(), site_id=SITE, name="王女士"))
    assert set(result.seqs) == {PEOPLE}
    with database.read() as session:
        assert session.scalars(select(WorkOrder)).all() == []
