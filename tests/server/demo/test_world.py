"""The demo world holds together: whatever two of its rows say of one thing agrees."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select, text

from app.commands.clocks import read_clocks, read_rulebook
from app.db.base import Base
from app.db.companies import CalendarDay
from app.db.ownership import stream_of
from app.db.places import Unit
from app.db.residents import Exemption, OrderReporter, Residence, Resident, ResidentPhone
from app.db.work_orders import Assignment, Notice, WorkOrder
from app.domain.calendars import DayKind
from app.domain.clock import cut_to_minute
from app.domain.permissions import Role, StepQuestion, role_may_step
from app.domain.phones import phone_digits
from app.domain.work_orders import CLOSED_STATES, CrewState, Priority, State, check_transition, state_of_crew
from app.server.demo.kinds import FIRMS, Team
from app.server.demo.roster import SHIFT, ZONE, monday_of
from app.server.tables import Change, Stream
from tests.server.demo.seeded import Job, Seeded

pytestmark = pytest.mark.timeout(300)  # whoever comes first seeds a world for all


def test_every_reference_leads_somewhere(any_demo: Seeded) -> None:
    orders = {order.id: order for order in any_demo.orders}
    with any_demo.database.read() as session:
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert all(row.work_order_id in orders for row in any_demo.all(OrderReporter))
    assert all(row.site_id == orders[row.work_order_id].site_id for row in any_demo.all(Notice))
    assert {line.user_id for lines in any_demo.lines.values() for line in lines} <= set(any_demo.users)


def test_every_row_is_counted_in_its_stream_once(any_demo: Seeded) -> None:
    with any_demo.database.read() as session:
        entries = {
            (stream, table): count
            for stream, table, count in session.execute(
                select(Change.stream_id, Change.table_name, func.count()).group_by(Change.stream_id, Change.table_name)
            )
        }
        rows = {
            (stream, table.name): count
            for table in Base.metadata.sorted_tables
            for stream, count in session.execute(select(table.c.stream_id, func.count()).group_by(table.c.stream_id))
        }
        heads = {stream.id: stream.seq for stream in session.scalars(select(Stream))}
    assert entries == rows
    totals: Counter[str] = Counter()
    for (stream, _), count in entries.items():
        totals[stream] += count
    assert totals == Counter({stream: head for stream, head in heads.items() if head})


def test_rows_lie_in_the_stream_of_their_site(any_demo: Seeded) -> None:
    sites = {order.id: order.site_id for order in any_demo.orders}
    for row in any_demo.all(OrderReporter):
        assert row.stream_id == stream_of("order_reporter", sites[row.work_order_id])
    for lines in any_demo.lines.values():
        assert {line.stream_id for line in lines} == {stream_of("timeline", sites[lines[0].work_order_id])}


def test_each_order_stands_where_its_timeline_leads_step_by_lawful_step(any_demo: Seeded) -> None:
    for order in any_demo.orders:
        first, *steps = any_demo.steps(order)
        assert (first.state, first.happened_at) == (State.REPORTED, order.reported_at)
        state, held_from = State.REPORTED, None
        for line in steps:
            to = State(line.state or "")
            check_transition(state, to, held_from, needs_visit=any_demo.kind(order).needs_visit)
            held_from = state if to is State.ON_HOLD else None
            state = to
        assert (order.state, order.held_from) == (state, held_from), order.number
        assert order.round == sum(line.state == State.REOPENED for line in steps)
        assert order.chase_count == sum(line.kind == "chased" for line in any_demo.lines[order.id])
        last = {line.state: line.happened_at for line in steps}
        if state in CLOSED_STATES:
            assert order.closed_at == last[state]
        if order.done_at:
            assert order.done_at == last[State.DONE]


def test_lines_are_entered_after_they_happen_in_order_and_before_now(any_demo: Seeded) -> None:
    for lines in any_demo.lines.values():
        steps = [line for line in lines if line.kind == "step"]
        assert all(line.happened_at <= line.recorded_at <= any_demo.world.now for line in lines)
        assert all(before.recorded_at <= after.recorded_at for before, after in pairwise(steps))
        assert all(before.happened_at < after.happened_at for before, after in pairwise(steps))


def test_steps_are_entered_by_those_who_may(any_demo: Seeded) -> None:
    for order in any_demo.orders:
        state = State.REPORTED
        for line in any_demo.steps(order)[1:]:
            to, by = State(line.state or ""), any_demo.users[line.user_id or ""]
            question = StepQuestion(
                state,
                to,
                Priority(order.priority),
                is_own=line.staff_id == by.id or (not line.is_by_phone and to is State.ON_HOLD),
                is_reporter=order.reported_by_user_id == by.user_id,
                is_for_another=bool(line.is_by_phone),
            )
            roles = {by.role} | ({Role.TECHNICIAN} if by.role is Role.CLERK else set())
            if state is State.ON_HOLD and not line.is_by_phone:
                roles.add(Role.SUPERVISOR)  # taking up one's own held order again
            assert any(role_may_step(role, question) for role in roles), (order.number, line.code, by.role)
            state = to


def test_crews_agree_with_their_orders(any_demo: Seeded) -> None:
    crews: dict[str, list[Assignment]] = defaultdict(list)
    for member in any_demo.all(Assignment):
        crews[member.work_order_id].append(member)
    for order in any_demo.orders:
        current = [m for m in crews[order.id] if m.state not in (CrewState.REFUSED, CrewState.REMOVED)]
        first = min(current, key=lambda member: member.sort, default=None)
        assert order.lead_staff_id == (first.staff_id if first else None)
        assert order.lead_supplier_id == (first.supplier_id if first else None)
        if order.state in (State.DISPATCHED, State.ACCEPTED, State.ON_SITE, State.DONE):
            assert state_of_crew(CrewState(member.state) for member in current) == order.state
        else:
            assert order.state not in (State.TRIAGED, State.REPORTED, State.REOPENED) or not current


def test_clocks_are_what_the_timeline_and_the_policies_say(any_demo: Seeded) -> None:
    open_or_recent = [order for order in any_demo.orders if order.state not in CLOSED_STATES] + any_demo.orders[-150:]
    with any_demo.database.read() as session:
        rulebook = read_rulebook(session)
        for stored in open_or_recent:
            order = session.get_one(WorkOrder, stored.id)
            clocks = read_clocks(session, order, rulebook)
            assert clocks is not None
            assert (order.response_due_at, order.resolution_due_at, order.paused_since) == (
                clocks.response.due_at,
                clocks.resolution.due_at,
                clocks.paused_since,
            )
            assert (order.response_verdict, order.resolution_verdict) == (
                clocks.response.verdict,
                clocks.resolution.verdict,
            )


def test_nobody_is_at_two_jobs_at_once(any_demo: Seeded) -> None:
    by_worker: dict[str, list[Job]] = defaultdict(list)
    for job in any_demo.jobs():
        by_worker[job.worker.id].append(job)
    for jobs in by_worker.values():
        jobs.sort(key=lambda job: job.start)
        for before, after in pairwise(jobs):
            assert before.end is not None
            assert before.end <= after.start, (before, after)


def test_who_works_is_on_shift_and_certified(any_demo: Seeded) -> None:
    now = any_demo.world.now
    jobs = list(any_demo.jobs())
    assert len(jobs) > 200
    for job in jobs:
        assert job.worker.rota.covers(job.start, job.end or now), job
        assert job.worker.can(job.kind.skill, job.kind.level, job.start.astimezone(ZONE).date()), job


def test_who_accepts_is_on_shift(any_demo: Seeded) -> None:
    for lines in any_demo.lines.values():
        for line in lines:
            if line.state == State.ACCEPTED and line.staff_id:
                assert any_demo.workers[line.staff_id].rota.covers(line.happened_at, line.happened_at)


def test_clerks_and_operators_enter_things_on_their_shifts(any_demo: Seeded) -> None:
    for lines in any_demo.lines.values():
        for line in lines:
            by = any_demo.users[line.user_id or ""]
            if by.team in (Team.DESK, Team.CONTROL_ROOM):
                started = line.recorded_at - timedelta(minutes=10)  # what was begun is finished
                assert by.rota.covers(line.recorded_at, line.recorded_at) or by.rota.covers(started, started)


def test_rotas_leave_eleven_hours_between_shifts_and_a_day_in_seven(demo: Seeded) -> None:
    begin = monday_of(demo.world.now) - timedelta(weeks=30)
    for worker in demo.world.workforce.workers:
        if worker.team in FIRMS:
            continue
        days = [begin + timedelta(days=count) for count in range(210)]
        shifts = [shift for day in days if (shift := worker.rota.shift_on(day))]
        assert all(after.start - before.end >= timedelta(hours=11) for before, after in pairwise(shifts))
        assert _longest_run(days, {shift.start.astimezone(ZONE).date() for shift in shifts}) <= 6
        assert len(shifts) * SHIFT / timedelta(hours=1) / 30 <= 44


@pytest.mark.parametrize("team", [Team.DESK, Team.ENGINEERING, Team.CONTROL_ROOM, Team.SECURITY])
def test_posts_that_must_be_held_are_held(demo: Seeded, team: Team) -> None:
    need = {Team.CONTROL_ROOM: 2}.get(team, 1)
    start = datetime.combine(monday_of(demo.world.now) - timedelta(weeks=20), datetime.min.time(), ZONE)
    for site in ("lanwan", "qiming", "chengyue"):
        for hours in range(0, 20 * 7 * 24, 5):
            at = start + timedelta(hours=hours)
            if team is Team.DESK and not 7 <= at.hour < 23:
                continue
            held = sum(worker.rota.covers(at, at) for worker in demo.world.workforce.team(site, team))
            assert held >= need, (site, at)


def test_a_number_belongs_to_one_household(any_demo: Seeded) -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for residence in any_demo.all(Residence):
        homes[residence.resident_id].add(residence.unit_id)
    owners: dict[str, list[str]] = defaultdict(list)
    for phone in any_demo.all(ResidentPhone):
        assert phone.digits == phone_digits(phone.digits)
        owners[phone.digits].append(phone.resident_id)
    shared = [residents for residents in owners.values() if len(residents) > 1]
    assert shared
    for residents in shared:
        assert len(set(residents)) == len(residents)
        assert set.intersection(*(homes[resident] for resident in residents))
    staff = [worker.phone for worker in any_demo.world.workforce.workers]
    assert len({*staff, *owners}) == len(staff) + len(owners)


def test_every_resident_lives_somewhere_and_every_flag_ends(any_demo: Seeded) -> None:
    residents = {resident.id for resident in any_demo.all(Resident)}
    assert {residence.resident_id for residence in any_demo.all(Residence)} == residents
    flags = any_demo.all(Exemption)
    assert flags
    assert all(flag.until and flag.note for flag in flags)
    for residence in any_demo.all(Residence):
        assert residence.until is None or (residence.since or "") <= residence.until


def test_whoever_rings_about_a_flat_lived_there_that_day(any_demo: Seeded) -> None:
    homes: dict[tuple[str, str], list[Residence]] = defaultdict(list)
    for residence in any_demo.all(Residence):
        homes[residence.resident_id, residence.unit_id].append(residence)
    orders = {order.id: order for order in any_demo.orders}
    count = 0
    for row in any_demo.all(OrderReporter):
        order = orders[row.work_order_id]
        if order.unit_id is None or row.resident_id is None:
            continue
        count += 1
        day = order.reported_at.astimezone(ZONE).date().isoformat()
        lived = homes[row.resident_id, order.unit_id]
        assert any((one.since or "") <= day <= (one.until or day) for one in lived), order.number
    assert count > 100


def test_numbers_are_of_the_desk_and_day_and_given_once(any_demo: Seeded) -> None:
    numbers = [order.number for order in any_demo.orders]
    assert len(set(numbers)) == len(numbers)
    for order in any_demo.orders:
        day, desk, _ = order.number.split("-")
        assert day == f"{order.reported_at.astimezone(ZONE):%y%m%d}"
        assert desk == any_demo.steps(order)[0].origin


def test_doubles_point_to_an_order_of_the_same_place_that_was_open(any_demo: Seeded) -> None:
    orders = {order.id: order for order in any_demo.orders}
    for double in (order for order in any_demo.orders if order.duplicate_of_id):
        kept = orders[double.duplicate_of_id or ""]
        assert (kept.place_label, kept.category_id) == (double.place_label, double.category_id)
        assert kept.reported_at < double.reported_at
        assert kept.closed_at is None or (double.closed_at and double.closed_at < kept.closed_at)
        assert any(double.number in line.params for line in any_demo.lines[kept.id] if line.kind == "merged")


def test_units_have_a_steward_and_labels_of_their_own(any_demo: Seeded) -> None:
    units = any_demo.all(Unit)
    labels = Counter((unit.site_id, unit.label) for unit in units)
    assert max(labels.values()) == 1
    assert all(unit.steward_user_id in any_demo.users for unit in units)


def test_the_queue_of_the_estate_looks_as_in_the_pictures(demo: Seeded) -> None:
    site = demo.world.estates[0].row.id
    found = [order for order in demo.orders if order.site_id == site and order.state not in CLOSED_STATES]
    minute = cut_to_minute(demo.world.now)
    late = [order for order in found if order.due_at and order.due_at < minute]
    soon = [order for order in found if order.due_at and order.warn_at and order.warn_at <= minute <= order.due_at]
    assert (len(found), len(late), len(soon)) == (47, 3, 3)
    assert {order.description for order in late} == {
        "厨房下水管破裂，水漫到客厅",
        "电梯困人，轿厢停在 7–8 层之间，2 人",
        "地库 B1 东侧照明回路跳闸，约 20 盏",
    }
    assert Counter(order.state for order in found)[State.DONE] == 8
    assert Counter(order.state for order in found)[State.ON_HOLD] == 5
    assert {order.hold_reason for order in found} == {None, "parts", "access", "supplier", "weather"}
    assert sorted(order.chase_count for order in found)[-2:] == [1, 2]
    assert sum(order.round > 0 for order in found) == 2


def test_at_any_hour_there_is_work_of_every_kind(night_demo: Seeded) -> None:
    states = {order.state for order in night_demo.orders}
    assert states >= {State.REPORTED, State.TRIAGED, State.DISPATCHED, State.ON_SITE, State.ON_HOLD, State.DONE}
    minute = cut_to_minute(night_demo.world.now)
    assert any(order.due_at and order.due_at < minute for order in night_demo.orders)


def test_calendar_days_know_holidays_and_make_up_days(demo: Seeded) -> None:
    days = {date.fromisoformat(row.day): row for row in demo.all(CalendarDay)}
    assert {day.year for day in days} == {2024, 2025, 2026, 2027}
    assert days[date(2026, 10, 1)].kind == DayKind.HOLIDAY
    assert days[date(2026, 10, 6)].kind == DayKind.REST
    assert days[date(2026, 9, 20)].kind == DayKind.MAKEUP
    assert all(row.name_zh and row.name_en for row in days.values())


def _longest_run(days: list[date], worked: set[date]) -> int:
    longest = run = 0
    for day in days:
        run = run + 1 if day in worked else 0
        longest = max(longest, run)
    return longest
