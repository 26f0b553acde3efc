"""Random lives of an order, led by the real commands, leave the clocks that a literal reading of its rows gives."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from app.db.work_orders import WorkOrder
from app.domain.work_orders import CLOSED_STATES, State
from app.server.database import Database, open_database
from tests.conftest import IS_LONG
from tests.databases import Databases
from tests.server.clocks.company import Beginning, prepare
from tests.server.clocks.lives import Life
from tests.server.clocks.moves import go_on, set_rules
from tests.server.clocks.rows import rows_of, story_of
from tests.unit.domain import literal_sla
from tests.unit.domain.literal_sla import LiteralClocks, cut

EXAMPLES = 4000 if IS_LONG else 60
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, *((Phase.shrink,) if IS_LONG else ()))
"""A life takes a while, so one that fails is made shorter only where there is time."""
LOOK_AHEAD = timedelta(hours=16)
"""How far after the last line the literal reading goes, a minute at a time."""


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """Lend the company's database."""
    url = databases.create(prepare)
    database = open_database(url)
    yield database
    database.close()
    databases.drop(url)


@pytest.mark.timeout(3600)
def test_random_lives_leave_the_clocks_that_a_literal_reading_of_the_rows_gives(database: Database) -> None:
    beginning = Beginning(database)

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), phases=PHASES)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        beginning.put_back(database)
        life = Life(database, data)
        set_rules(life)
        life.begin()
        for n in range(life.choose(24, 18, 30, 12)):
            go_on(life)
            if n % 3 == 0:
                check(database, life)
        life.settle()
        event(f"ends {life.view().state}")
        check(database, life)

    run()


def check(database: Database, life: Life) -> None:
    """Hold what is stored on the order against the literal reading, and that against what was done."""
    with database.read() as session:
        lines = rows_of(session, "timeline", work_order_id=life.order_id)
        versions = {(row.policy_id, row.from_at) for row in rows_of(session, "sla_policy_version")}
        order = session.get_one(WorkOrder, life.order_id)
        story = story_of(session, order.id, life.report.model_dump())
        stored = {column.name: getattr(order, column.name) for column in WorkOrder.__table__.columns}
    assert {line.id: cut(line.happened_at) for line in lines if line.id in life.minutes}.items() <= life.minutes.items()
    assert {version for version in versions if version[1] >= life.began_at} == life.promises
    if life.has_older_rules:
        return
    literal = literal_sla.read(story, LOOK_AHEAD)
    wanted = columns_of(literal, State(stored["state"]))
    assert {name: until(stored[name], literal.seen_until) for name in wanted} == wanted
    film = literal_sla.Film(story, max(cut(line.happened_at) for line in [story.start, *story.events]))
    facts = (film.subject.site_id, film.subject.priority, (film.subject.category.path or (None,))[0])
    assert facts == (stored["site_id"], stored["priority"], stored["category_id"])
    assert (film.held is not None) == (stored["state"] == State.ON_HOLD)


def columns_of(literal: LiteralClocks, state: State) -> dict[str, Any]:
    """The clocks as an order keeps them."""
    found: dict[str, Any] = {"has_clocks": 1, "paused_since": literal.paused_since}
    for name, clock in (("response", literal.response), ("resolution", literal.resolution)):
        last = clock.rounds[-1]
        found |= {f"{name}_due_at": clock.due_at, f"{name}_warn_at": clock.warn_at}
        found |= {f"{name}_elapsed": last.elapsed, f"{name}_target": last.target, f"{name}_verdict": last.verdict}
    for part in ("due_at", "warn_at"):
        both = [found[f"{name}_{part}"] for name in ("response", "resolution")]
        known = [moment for moment in both if moment is not None and state not in CLOSED_STATES]
        found[part] = min(known, default=None)
    found["round"] = len(literal.resolution.rounds) - 1
    return found


def until(value: Any, last: datetime) -> Any:
    """The value, unless it is a time that the literal reading does not reach."""
    return None if isinstance(value, datetime) and value > last else value
