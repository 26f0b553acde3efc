"""A full disk: said in words, nothing half-written, and all goes on once there is room."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.errors import StorageError
from app.protocol import PullReply, TablePage
from app.store.drafts import DraftText, list_drafts
from app.store.settling import News
from tests.factories import CLERK, NOON, a_report
from tests.unit.store.desks import WORK, Desk


def limit(desk: Desk, pages: int) -> None:
    """Leave the file this many pages to grow by."""

    def task(session: Any, _changes: Any) -> None:
        connection = session.connection()
        used = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used + pages}")

    desk.store._writer.run(task)


def type_on(desk: Desk) -> None:
    desk.store.drafts.save(DraftText("draft", CLERK, "林晓雨", body={"description": "漏" * 15_000}))


def report(desk: Desk) -> None:
    desk.do(a_report(description="漏" * 15_000))


def fetch(desk: Desk) -> None:
    rows = tuple((f"building {number}", WORK, 1, "x" * 1_000) for number in range(100))
    page = TablePage(columns=("id", "stream_id", "version", "name"), rows=rows)
    desk.store.settle(News(pull=PullReply(server_time=NOON, epoch=1, streams={}, tables={"building": page})))


@pytest.mark.parametrize("act", [type_on, report, fetch])
@pytest.mark.parametrize("pages", [0, 3, 6])
def test_a_full_disk_is_said_and_nothing_is_half_written(desk: Desk, act: Callable[[Desk], None], pages: int) -> None:
    desk.report()
    before = desk.rows(), desk.items(), desk.read(list_drafts), desk.count("search_document")
    desk.heard.clear()
    limit(desk, pages)

    with pytest.raises(StorageError, match="disk_full"):
        act(desk)

    assert (desk.rows(), desk.items(), desk.read(list_drafts), desk.count("search_document")) == before
    assert desk.heard == []
    limit(desk, 1_000_000)
    act(desk)
    assert len(desk.heard) == 1
