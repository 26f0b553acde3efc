"""The first fetch: in which order rows come, and that it goes on where it was cut off."""

import pytest

from app.domain.ids import COMPANY_STREAM, stream_id
from app.protocol import SnapshotReply
from app.server.tables import ServerIdentity
from app.store.settling import News
from tests.factories import SITE
from tests.fault_proxy import ANSWER_LOST, Fault
from tests.plant import Console, Plant

PEOPLE, WORK = stream_id(SITE, "people"), stream_id(SITE, "work")
ORDERS = 120


@pytest.fixture
def newest_first(plant: Plant) -> list[str]:
    """Ids of many orders, the newest report first."""
    desk = plant.console("Z")
    found = []
    for _ in range(ORDERS):
        plant.clock.forward(minutes=1)
        found.append(desk.report())
    desk.sync()
    return found[::-1]


@pytest.fixture
def fresh(plant: Plant, newest_first: list[str]) -> Console:
    """A console that has nothing yet."""
    return plant.console("A", is_fetched=False)


@pytest.fixture
def pages(fresh: Console, monkeypatch: pytest.MonkeyPatch) -> list[SnapshotReply]:
    """The pages that the fresh console takes in, as they come."""
    found: list[SnapshotReply] = []
    settle = fresh.store.begin_settle

    def noting(news: News) -> object:
        if news.snapshot:
            found.append(news.snapshot)
        return settle(news)

    monkeypatch.setattr(fresh.store, "begin_settle", noting)
    return found


def test_company_comes_first_then_people_then_work_newest_first(
    fresh: Console, pages: list[SnapshotReply], newest_first: list[str]
) -> None:
    fresh.sync()
    streams = list(dict.fromkeys(page.stream_id for page in pages))
    assert streams == [COMPANY_STREAM, PEOPLE, WORK]
    orders = [page for page in pages if page.table == "work_order"]
    place = orders[0].page.columns.index("id")
    assert [row[place] for page in orders for row in page.page.rows] == newest_first
    assert len(orders) > 2


def test_it_tells_how_many_rows_have_come(fresh: Console) -> None:
    fresh.sync()
    told = [state.fetching.rows for state in fresh.states if state.fetching]
    assert told == sorted(told)
    assert told[-1] > ORDERS
    assert fresh.states[-1].fetching is None


def test_cut_off_at_any_page_it_goes_on_where_it_was(plant: Plant, fresh: Console, pages: list[SnapshotReply]) -> None:
    for number in range(12):
        fresh.proxy.faults.extend([*_passing(number % 4 + 2), ANSWER_LOST])
        fresh.sync_if_possible()
    fresh.proxy.faults.clear()
    fresh.restart().sync()
    asked = [(page.stream_id, page.table, page.page.rows[:1]) for page in pages]
    assert len(asked) == len(set(map(str, asked))), "a page was fetched twice"
    plant.assert_agreed()


def test_what_is_done_meanwhile_is_sent_before_the_next_page(
    plant: Plant, fresh: Console, pages: list[SnapshotReply], monkeypatch: pytest.MonkeyPatch
) -> None:
    taking = fresh.store.take_batch
    sent_at: list[int] = []

    def take_batch(limit: int) -> object:
        if len(pages) == 30 and not sent_at:
            sent_at.append(len(pages))
            fresh.report(description="不等取完")
        return taking(limit)

    monkeypatch.setattr(fresh.store, "take_batch", take_batch)
    fresh.sync()
    assert sent_at == [30]
    assert not fresh.outbox()
    plant.assert_agreed()


def test_after_a_new_epoch_everything_is_fetched_again(plant: Plant, newest_first: list[str]) -> None:
    desk = plant.console("Z")
    with plant.server.database.write() as session:
        session.query(ServerIdentity).update({"epoch": 2})
    plant.restart_server()
    before = len([state for state in desk.states if state.fetching])
    plant.assert_agreed()
    assert len([state for state in desk.states if state.fetching]) > before


def _passing(count: int) -> list[Fault]:
    return [Fault() for _ in range(count)]
