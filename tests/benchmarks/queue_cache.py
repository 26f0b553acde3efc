"""Fills a cache with 100,000 orders, as pulls of a server would: python -m tests.benchmarks.queue_cache FOLDER"""

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.db.base import Base
from app.db.ownership import stream_of
from app.domain.clock import to_micros
from app.domain.ids import named_id
from app.protocol import PullReply, TablePage
from app.store.settling import News
from app.store.store import Store
from tests.clocks import HandClock
from tests.factories import COMPLAINT, HE, NOON, PLUMBING, QUESTION, SITE, SUN, UNIT, ZHOU, small_world

ORDERS = 100_000
OPEN_SHARE = 0.06
PAGE = 1_000
WORD = "漏水"
"""Two characters that about one order in twelve holds."""
_WHAT = (
    "厨房水管",
    "卫生间顶部",
    "电梯轿厢",
    "单元门禁",
    "地库照明",
    "空调外机",
    "阳台地漏",
    "楼道窗户",
    "入户门锁",
    "车位地锁",
    "消防栓箱",
    "绿化喷头",
)
_HOW = (
    WORD,
    "异响",
    "松动",
    "不亮",
    "堵塞",
    "破损",
    "跳闸",
    "打不开",
    "有异味",
    "刷卡无反应",
    "被占用",
    "需要更换",
)
_MORE = ("请尽快处理", "住户在家", "晚上六点以后有人", "已报过一次", "影响出行", "家里有老人", "请先打电话")
_OPEN = ("reported", "triaged", "dispatched", "accepted", "on_site", "on_hold", "done")
COLUMNS = (
    *("id", "stream_id", "version", "seq", "number", "site_id", "unit_id", "place_label", "description"),
    *("category_id", "priority", "source", "state", "lead_staff_id", "reported_at", "closed_at", "round"),
    *("chase_count", "has_clocks", "response_elapsed", "resolution_elapsed", "due_at", "warn_at"),
    *("resolution_verdict", "held_from", "hold_reason"),
)


def order_id(number: int) -> str:
    """The id of the order with a number."""
    return named_id("bench", "order", number)


def order_row(number: int, chance: random.Random, version: int = 1) -> tuple[Any, ...]:
    """One order, as the wire carries it."""
    state = chance.choice(_OPEN) if chance.random() < OPEN_SHARE else "closed"
    reported = NOON - timedelta(minutes=chance.randrange(1, 60 * 24 * 730))
    if state != "closed":
        reported = NOON - timedelta(minutes=chance.randrange(1, 240))
    due = reported + timedelta(minutes=240)
    text = f"{chance.choice(_WHAT)}{chance.choice(_HOW)}，{chance.choice(_MORE)}，第 {number} 件"
    is_open = state not in ("closed", "done")
    values: dict[str, Any] = {
        "id": order_id(number),
        "stream_id": stream_of("work_order", SITE),
        "version": version,
        "seq": number * 100 + version,
        "number": f"{reported:%y%m%d}-07-{number:06}",
        "site_id": SITE,
        "unit_id": UNIT,
        "place_label": f"{chance.randrange(1, 25)} 幢 {chance.randrange(1, 30)}0{chance.randrange(1, 5)}",
        "description": text,
        "category_id": chance.choice((PLUMBING, PLUMBING, QUESTION, COMPLAINT)),
        "priority": chance.choices(("P1", "P2", "P3", "P4"), (1, 9, 60, 30))[0],
        "source": "phone",
        "state": state,
        "lead_staff_id": None if state in ("reported", "triaged") else chance.choice((SUN, HE, ZHOU)),
        "reported_at": to_micros(reported),
        "closed_at": to_micros(due) if state == "closed" else None,
        "round": 0,
        "chase_count": chance.choice((0, 0, 0, 0, 0, 0, 0, 1)),
        "has_clocks": 1,
        "response_elapsed": 0,
        "resolution_elapsed": 0,
        "due_at": to_micros(due) if is_open else None,
        "warn_at": to_micros(due - timedelta(minutes=48)) if is_open else None,
        "resolution_verdict": None if is_open else chance.choice(("met", "met", "breached")),
        "held_from": "on_site" if state == "on_hold" else None,
        "hold_reason": "parts" if state == "on_hold" else None,
    }
    return tuple(values[column] for column in COLUMNS)


def pull_of(rows: Sequence[tuple[Any, ...]], columns: Sequence[str] = COLUMNS, table: str = "work_order") -> News:
    """What a server would send of these rows."""
    page = TablePage(columns=tuple(columns), rows=tuple(rows))
    return News(pull=PullReply(server_time=NOON, epoch=1, streams={}, tables={table: page}))


def plain_rows(rows: Iterable[Any]) -> Iterator[tuple[str, Sequence[str], tuple[Any, ...]]]:
    """Table, columns and values of rows of the small world."""
    for row in rows:
        table = Base.metadata.tables[row.__tablename__]
        values = {column.name: getattr(row, column.name) for column in table.columns}
        values |= {
            name: getattr(column.default, "arg", None) for name, column in table.columns.items() if values[name] is None
        }
        moments = {name: to_micros(value) for name, value in values.items() if isinstance(value, datetime)}
        yield row.__tablename__, tuple(values), tuple({**values, **moments, "version": 1, "seq": 1}.values())


def fill(folder: Path, orders: int = ORDERS) -> None:
    """Make the cache in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open(folder, HandClock(NOON))
    try:
        store.enrol("0191f0a0-0000-7000-8000-000000000001", "07", {})
        for name, columns, values in plain_rows(small_world()):
            store.settle(pull_of([values], columns, name))
        chance = random.Random(1)
        for start in range(0, orders, PAGE):
            store.settle(pull_of([order_row(number, chance) for number in range(start, min(start + PAGE, orders))]))
    finally:
        store.close()


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
