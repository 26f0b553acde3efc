"""The queue lists what passes its filter, in order, and finds the place of what changed without sorting anew."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.steps import HoldWorkOrder
from app.db.companies import Category
from app.db.ownership import stream_of
from app.db.work_orders import Assignment, WorkOrder
from app.domain.changes import Changes
from app.domain.ids import new_id
from app.domain.work_orders import HoldReason, State
from app.store.queries.queue import (
    Due,
    QueueFilter,
    Viewer,
    emptiness,
    passes,
    queue_counts,
    queue_ids,
    queue_page,
    queue_rows,
    queue_update,
)
from app.store.queries.queue_sort import BY_TIME_LEFT, Sort, SortKey
from app.store.search import refresh
from app.store.tables import BaseRow, Fetch
from tests.factories import (
    CLERK,
    HE,
    LIFT_FIRM,
    NOON,
    OTHER_SITE,
    PLUMBING,
    SITE,
    SUN,
    a_context,
    a_report,
    a_step,
    an_assignment,
    an_id,
    do,
)

HERE = frozenset({stream_of("work_order", SITE)})
ANY = QueueFilter(states=())


def seen_by(user_id: str = CLERK, *, staff_id: str | None = None, now: datetime = NOON) -> Viewer:
    return Viewer(user_id, staff_id, HERE, now, now + timedelta(hours=12))


def put(session: Session, **values: Any) -> str:
    given: dict[str, Any] = {
        "id": new_id(),
        "stream_id": stream_of("work_order", SITE),
        "number": "260916-07-001",
        "site_id": SITE,
        "description": "漏水",
        "priority": "P3",
        "source": "phone",
        "state": "reported",
        "reported_at": NOON,
        "place_label": "",
        **values,
    }
    session.add(WorkOrder(**given))
    session.flush()
    return str(given["id"])


def scatter(session: Session, count: int, chance: random.Random) -> list[str]:
    minutes = [None, *range(5)]
    ids = []
    for number in range(count):
        due = chance.choice(minutes)
        ids.append(
            put(
                session,
                number=f"260916-07-{number:03}",
                description=chance.choice(["漏水", "灯不亮", "a", "A", ""]),
                priority=chance.choice(["P1", "P2", "P3"]),
                state=chance.choice([*State, "from the future"]),
                place_label=chance.choice(["3 幢", "12 幢", "地库"]),
                lead_staff_id=chance.choice([None, SUN, HE, an_id("nobody")]),
                reported_at=NOON - timedelta(minutes=chance.randrange(4)),
                due_at=None if due is None else NOON + timedelta(minutes=due),
            )
        )
    return ids


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize("key", SortKey)
def test_what_changed_is_placed_where_sorting_anew_would_place_it(
    session: Session, key: SortKey, is_descending: bool
) -> None:
    chance, sort = random.Random(7), Sort(key, is_descending)
    ids = scatter(session, 60, chance)
    shown = queue_ids(session, QueueFilter(), sort, seen_by())
    touched = chance.sample(ids, 12)
    for row_id in touched:
        order = session.get_one(WorkOrder, row_id)
        order.state, order.priority = chance.choice(list(State)), "P2"
        order.description, order.place_label = chance.choice(["b", "灯"]), chance.choice(["5 幢", "地库"])
        order.lead_staff_id, order.due_at = chance.choice([None, SUN]), chance.choice([None, NOON])
    session.flush()
    update = queue_update(session, shown, touched, (), QueueFilter(), sort, seen_by())
    assert update.ids == queue_ids(session, QueueFilter(), sort, seen_by())
    assert {row.id for row in update.rows} == set(touched) & set(update.ids)


def test_open_orders_are_listed_by_time_left_and_those_without_a_clock_last(session: Session) -> None:
    late = put(session, due_at=NOON - timedelta(minutes=5))
    old = put(session, reported_at=NOON - timedelta(days=2))
    new = put(session, reported_at=NOON - timedelta(days=1))
    soon = put(session, due_at=NOON + timedelta(minutes=5))
    put(session, state="closed")
    assert queue_ids(session, QueueFilter(), Sort(), seen_by()) == [late, soon, new, old]


def test_orders_of_a_site_one_may_not_read_are_not_listed(session: Session) -> None:
    put(session, site_id=OTHER_SITE, stream_id=stream_of("work_order", OTHER_SITE))
    assert queue_ids(session, ANY, Sort(), seen_by()) == []


def test_overdue_begins_in_the_minute_after_the_due_one(session: Session) -> None:
    row_id = put(session, due_at=NOON, warn_at=NOON - timedelta(minutes=10))
    at = seen_by(now=NOON + timedelta(seconds=59))
    assert passes(session, [row_id], QueueFilter(due=Due.DUE_SOON), at) == {row_id}
    assert passes(session, [row_id], QueueFilter(due=Due.OVERDUE), at) == set()
    later = seen_by(now=NOON + timedelta(seconds=60))
    assert passes(session, [row_id], QueueFilter(due=Due.DUE_SOON), later) == set()
    assert passes(session, [row_id], QueueFilter(due=Due.OVERDUE), later) == {row_id}


def test_a_category_stands_for_those_below_it(session: Session) -> None:
    below = an_id("drains")
    session.add(
        Category(id=below, stream_id=stream_of("category", SITE), parent_id=PLUMBING, name_zh="下水", name_en="Drains")
    )
    row_id = put(session, category_id=below)
    put(session)
    assert queue_ids(session, QueueFilter(category_ids=(PLUMBING,)), Sort(), seen_by()) == [row_id]


def test_mine_are_those_i_work_on_and_those_i_stand_for_that_wait_for_the_desk(session: Session) -> None:
    given = a_report()
    do(session, given)
    do(session, an_assignment(given.id))
    waits = put(session, steward_user_id=CLERK, state="done")
    put(session, steward_user_id=CLERK, state="on_site")
    wanted = QueueFilter(is_mine=True)
    assert queue_ids(session, wanted, Sort(), seen_by()) == [waits]
    assert set(queue_ids(session, wanted, Sort(), seen_by(staff_id=SUN))) == {given.id, waits}


def test_counts_follow_the_filters(session: Session) -> None:
    put(session, chase_count=1, priority="P1")
    put(session, reopened_at=NOON - timedelta(days=8))
    put(session, reopened_at=NOON - timedelta(days=6), lead_staff_id=SUN)
    wanted = [
        QueueFilter(),
        QueueFilter(is_chased=True),
        QueueFilter(priorities=("P1",)),
        QueueFilter(reopened_within_days=7),
        QueueFilter(is_unassigned=True),
    ]
    assert queue_counts(session, wanted, seen_by()) == [3, 1, 1, 1, 2]


def test_rows_come_in_the_order_asked_for_and_say_what_waits_to_be_sent(session: Session) -> None:
    first, second = put(session, lead_supplier_id=LIFT_FIRM), put(session, lead_staff_id=SUN)
    session.add(BaseRow(table_name="work_order", row_id=second))
    session.flush()
    rows = queue_rows(session, [second, an_id("gone"), first])
    assert [(row.id, row.assignee_zh, row.assignee_en, bool(row.is_unsynced)) for row in rows] == [
        (second, "孙志远", "孙志远", True),
        (first, "澜捷电梯维保", "Lanjie Lift Service", False),
    ]


def test_a_held_order_shows_why_and_since_when(session: Session) -> None:
    given = a_report()
    do(session, given)
    do(session, an_assignment(given.id), a_context(NOON + timedelta(minutes=1)))
    do(session, a_step(given.id, State.ON_SITE), a_context(NOON + timedelta(minutes=2)))
    at = NOON + timedelta(minutes=9)
    hold = HoldWorkOrder(work_order_id=given.id, from_state=State.ON_SITE, reason=HoldReason.PARTS)
    do(session, hold, a_context(at))
    (row,) = queue_rows(session, [given.id])
    assert (row.state, row.hold_reason, row.paused_since, row.due_at) == ("on_hold", "parts", at, None)


def test_a_page_holds_all_ids_and_the_rows_that_are_seen_first(session: Session) -> None:
    ids = [put(session, due_at=NOON + timedelta(minutes=minutes)) for minutes in range(9)]
    page = queue_page(session, QueueFilter(), BY_TIME_LEFT, seen_by(), 2, ids[7])
    assert page.ids == page.base == ids
    assert [row.id for row in page.rows] == [ids[0], ids[1], ids[6], ids[7]]


def test_a_text_picks_from_what_the_rest_of_the_filter_lets_through(session: Session) -> None:
    leak, light = put(session, description="漏水"), put(session, description="灯不亮")
    closed = put(session, description="漏水", state="closed", reported_at=NOON - timedelta(days=1))
    changes = Changes()
    changes.add("work_order", [leak, light, closed])
    refresh(session, changes)
    session.flush()
    wanted = QueueFilter(text="漏")
    assert queue_page(session, wanted, BY_TIME_LEFT, seen_by(), 9).ids == [leak]
    assert queue_page(session, wanted, BY_TIME_LEFT, seen_by(), 9, base=[light]).ids == []
    assert queue_page(session, QueueFilter(states=(), text="漏"), BY_TIME_LEFT, seen_by(), 9).ids == [leak, closed]
    assert queue_ids(session, wanted, BY_TIME_LEFT, seen_by()) == [leak]


def test_one_order_that_only_looks_different_leaves_the_list_as_it_is(session: Session) -> None:
    ids = [put(session, due_at=NOON + timedelta(minutes=minutes)) for minutes in range(3)]
    session.get_one(WorkOrder, ids[1]).description = "改过"
    session.flush()
    update = queue_update(session, ids, [ids[1]], (), QueueFilter(), BY_TIME_LEFT, seen_by())
    assert update.ids is ids
    assert [row.text for row in update.rows] == ["改过"]
    session.get_one(WorkOrder, ids[1]).due_at = NOON + timedelta(hours=1)
    session.flush()
    update = queue_update(session, ids, [ids[1]], (), QueueFilter(), BY_TIME_LEFT, seen_by())
    assert update.ids == [ids[0], ids[2], ids[1]]


def test_members_of_a_crew_lead_to_their_order(session: Session) -> None:
    given = a_report()
    do(session, given)
    do(session, an_assignment(given.id))
    member = session.scalars(select(Assignment)).one()
    update = queue_update(session, [given.id], (), [member.id], QueueFilter(), BY_TIME_LEFT, seen_by())
    assert [row.id for row in update.rows] == [given.id]


def test_an_empty_list_knows_why(session: Session) -> None:
    assert emptiness(session, HERE) == (True, False)
    put(session)
    session.add(Fetch(stream_id=an_id("stream"), stream_class="work", table_name="work_order"))
    session.flush()
    assert emptiness(session, HERE) == (False, True)
