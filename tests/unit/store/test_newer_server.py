"""Rows with words that only a newer server knows: what can be done on them is done, the rest is refused in words."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from app.commands.registry import KINDS, parse
from app.domain.errors import OpsError
from app.domain.permissions import Rights, Role
from app.domain.words import knows
from app.domain.work_orders import State
from app.protocol import PullReply, TablePage
from app.store.changing import Author
from app.store.queries.order import order_detail
from app.store.queries.shell import site_choices, unread
from app.store.settling import News
from tests.factories import CLERK, HE, NOON, SITE, SUN, a_step, an_assignment
from tests.unit.store.desks import STREAMS, Desk
from tests.unit.store.little_server import LittleServer

ALMIGHTY = Rights(CLERK, SUN, {SITE: frozenset(Role)})
EXAMPLES = Path(__file__).parents[1] / "commands" / "examples"
WORDS = {
    "site": ["kind"],
    "category": ["priority"],
    "service_calendar": ["kind"],
    "sla_policy": ["priority", "property_kind"],
    "unit": ["occupancy"],
    "asset": ["kind"],
    "residence": ["relation"],
    "exemption": ["kind"],
    "work_order": ["state", "priority", "source", "held_from", "hold_reason", "cancel_reason", "resolution_verdict"],
    "assignment": ["state"],
    "timeline": ["kind", "state", "code", "params", "undo"],
    "notice": ["role", "code", "params"],
    "data_error": ["field", "kind"],
}
"""Columns whose values are words of a list that may grow."""


def example(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{kind}.{KINDS[kind].version}.json").read_text(encoding="utf-8"))
    return found


def give(desk: Desk, command: Any) -> None:
    desk.store.execute(command, Author(CLERK, ALMIGHTY, is_offline=False))


def spoil(desk: Desk, server: LittleServer, table: str, names: Iterable[str]) -> None:
    """Have the server say the same of all rows of a table in words that nobody knows here."""
    said = dict.fromkeys(names, "quantum") | {"version": 99}
    rows = [{**row, **said} for (name, _), row in server.rows().items() if name == table]
    page = TablePage(columns=tuple(rows[0]), rows=tuple(tuple(row.values()) for row in rows))
    desk.store.settle(News(pull=PullReply(server_time=NOON, epoch=1, streams={}, tables={table: page})))


@pytest.mark.parametrize("table", WORDS)
def test_nothing_that_only_a_newer_server_knows_breaks_anything(desk: Desk, server: LittleServer, table: str) -> None:
    desk.clock.forward(hours=4)
    report = parse("ReportWorkOrder", 1, example("ReportWorkOrder"))
    order_id = example("ReportWorkOrder")["id"]
    for command in (parse("AddResident", 1, example("AddResident")), report, an_assignment(order_id, SUN, HE)):
        give(desk, command)
    give(desk, a_step(order_id, State.ACCEPTED))
    for kind in ("ChaseWorkOrder", "ChaseWorkOrder", "AddExemption"):
        give(desk, parse(kind, 1, example(kind)))
    desk.sync()
    spoil(desk, server, table, WORDS[table])

    refused = set()
    for kind in KINDS:
        try:
            give(desk, parse(kind, KINDS[kind].version, example(kind)))
        except OpsError as error:
            refused.add(error.code)
    assert all(map(knows, refused))
    assert desk.read(order_detail, order_id, STREAMS, desk.clock.now())
    assert desk.read(site_choices, STREAMS)
    desk.read(unread, ALMIGHTY, STREAMS)
