"""Both clocks of an order add up in every order and combination of pauses, calendars, edits and reopenings."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from app.domain.calendars import CalendarKind, DayKind, ServiceCalendar
from app.domain.sla import Remaining, SlaClock, SlaClocks, Standing, Verdict, compute, remaining
from app.domain.sla_history import Change, ClockEvent, FirstAnswer, Start, Step
from app.domain.sla_policies import OrderCategory, PolicyBook, PolicyVersion, Selector, Subject
from app.domain.work_orders import State
from tests.unit.domain import literal_sla
from tests.unit.domain.literal_sla import LiteralClock, Story
from tests.unit.domain.strategies import stories

MET, BREACHED = Verdict.MET, Verdict.BREACHED
SITE = "estate"
SUBJECT = Subject(SITE, "housing", "P3")
NO_VISIT = OrderCategory(("advice",), needs_visit=False)
OPINION = OrderCategory(("complaint",), is_opinion=True)


def at(clock: str, day: int = 15) -> datetime:
    """A moment in September 2026 (the 15th is a Tuesday); its site lives by UTC."""
    hour, minute, second = map(int, f"{clock}:0".split(":")[:3])
    return datetime(2026, 9, day, hour, minute, second, tzinfo=UTC)


def step(clock: str, to: State, reason: str = "", day: int = 15, recorded: str = "") -> Step:
    """A step at a time of day, recorded then unless said otherwise."""
    return Step(at(clock, day), at(recorded or clock, day), to, reason)


def hold(clock: str, reason: str = "parts") -> Step:
    return step(clock, State.ON_HOLD, reason)


def change(clock: str, priority: str | None = None, category: OrderCategory | None = None) -> Change:
    return Change(at(clock), at(clock), priority, category)


def answer(clock: str) -> FirstAnswer:
    return FirstAnswer(at(clock), at(clock))


ALL_DAY = ServiceCalendar(CalendarKind.ALWAYS)
OFFICE = ServiceCalendar(CalendarKind.WORKING, 8 * 60, 17 * 60, "UTC", {date(2026, 9, 16): DayKind.HOLIDAY})
CALENDARS = {("all day", SITE): ALL_DAY, ("office", SITE): OFFICE}
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
ORDINARY = PolicyVersion("ordinary", BEGUN, "all day", 30, 240, pausing_reasons=frozenset({"parts"}))
URGENT = PolicyVersion("urgent", BEGUN, "all day", 10, 60)
DESK = PolicyVersion("desk", BEGUN, "office", 60, 540, pausing_reasons=frozenset({"parts"}))
SELECTORS = {
    "ordinary": Selector(),
    "urgent": Selector(priority="P1"),
    "desk": Selector(priority="P4"),
}
BOOK = PolicyBook(SELECTORS, [ORDINARY, URGENT, DESK], CALENDARS)


def clocks(
    *events: ClockEvent,
    now: str | None = None,
    start: str = "9:00",
    subject: Subject = SUBJECT,
    book: PolicyBook = BOOK,
) -> SlaClocks:
    """The clocks of an order reported at 9:00."""
    return compute(Start(at(start), subject), events, book, at(now) if now else None)


TRIAGED, DISPATCHED, ACCEPTED, ON_SITE = State.TRIAGED, State.DISPATCHED, State.ACCEPTED, State.ON_SITE
DONE, VERIFIED, CLOSED, CANCELLED, REOPENED = (
    State.DONE,
    State.VERIFIED,
    State.CLOSED,
    State.CANCELLED,
    State.REOPENED,
)


@pytest.mark.parametrize(
    ("category", "events", "stopped_at", "elapsed", "verdict"),
    [
        # Until somebody is on site it runs; neither triage nor acceptance stops it.
        (OrderCategory(), [step("9:05", TRIAGED), step("9:10", ACCEPTED)], None, 10, None),
        (OrderCategory(), [step("9:10", ACCEPTED), step("9:20", ON_SITE)], at("9:20"), 20, MET),
        # The last minute is still in time, the next one late; seconds are cut.
        (OrderCategory(), [step("9:30:59", ON_SITE)], at("9:30"), 30, MET),
        (OrderCategory(), [step("9:31", ON_SITE)], at("9:31"), 31, BREACHED),
        # Where no visit is needed acceptance is enough, and so is turning up.
        (NO_VISIT, [step("9:10", ACCEPTED), step("9:40", DONE)], at("9:10"), 10, MET),
        (NO_VISIT, [step("9:10", ON_SITE)], at("9:10"), 10, MET),
        # An opinion is responded to by the first answer, not by a visit; a second answer changes nothing.
        (OPINION, [step("9:10", ON_SITE), answer("9:40"), answer("9:50")], at("9:40"), 40, BREACHED),
        # A repair is not answered in words.
        (OrderCategory(), [answer("9:10")], None, 10, None),
        # Finishing stops whatever runs: a question answered on the phone, or an opinion settled at once.
        (OrderCategory(), [step("9:12", CLOSED)], at("9:12"), 12, MET),
        (OPINION, [step("9:45", DONE)], at("9:45"), 45, BREACHED),
        # The category as it is at a line decides: an accepted order that turns out to need no visit is responded to
        # then; one that was, stays so when it turns out to need one.
        (OrderCategory(), [step("9:10", ACCEPTED), change("9:20", category=NO_VISIT)], at("9:20"), 20, MET),
        (OrderCategory(), [answer("9:10"), change("9:20", category=OPINION)], at("9:20"), 20, MET),
        (NO_VISIT, [step("9:10", ACCEPTED), change("9:20", category=OrderCategory())], at("9:10"), 10, MET),
        # Given back before the category changed, it waits for somebody else.
        (
            OrderCategory(),
            [step("9:10", ACCEPTED), step("9:15", TRIAGED), change("9:20", category=NO_VISIT)],
            None,
            20,
            None,
        ),
        # Second trade needed: the order is dispatched again, the response stands.
        (OrderCategory(), [step("9:10", ON_SITE), step("9:50", DISPATCHED)], at("9:10"), 10, MET),
        # Cancelling stops it without a verdict, even when it was late.
        (OrderCategory(), [step("9:50", CANCELLED)], at("9:50"), 50, None),
        (OrderCategory(), [step("9:10", ON_SITE), step("9:50", CANCELLED)], at("9:10"), 10, MET),
    ],
)
def test_the_response_stops_where_its_category_says(
    category: OrderCategory,
    events: Sequence[ClockEvent],
    stopped_at: datetime | None,
    elapsed: int,
    verdict: Verdict | None,
) -> None:
    response = clocks(*events, subject=replace(SUBJECT, category=category)).response
    assert (response.stopped_at, response.elapsed, response.verdict) == (stopped_at, elapsed, verdict)


@pytest.mark.parametrize(
    ("events", "now", "stopped_at", "elapsed", "verdict"),
    [
        # It runs on after arrival, until done; what follows done does not matter.
        ([step("9:10", ON_SITE)], "10:00", None, 60, None),
        ([step("9:10", ON_SITE), step("13:00", DONE)], None, at("13:00"), 240, MET),
        ([step("9:10", ON_SITE), step("13:01", DONE)], None, at("13:01"), 241, BREACHED),
        ([step("10:00", DONE), step("11:00", VERIFIED), step("12:00", CLOSED)], None, at("10:00"), 60, MET),
        # A pause for a reason that may pause is left out, from its minute to before the minute of resuming.
        ([hold("10:00"), step("11:00", ON_SITE), step("11:30", DONE)], None, at("11:30"), 90, MET),
        ([hold("10:00")], "11:00", None, 60, None),
        # A hold that the policy does not let pause runs on.
        ([hold("10:00", "access"), step("11:00", ON_SITE)], "11:30", None, 150, None),
        # Held and taken up in one minute: nothing is left out.
        ([hold("10:00:05"), step("10:00:50", ON_SITE)], "11:00", None, 120, None),
        # Held from reopened, and back: no new round.
        ([step("9:30", DONE), step("9:40", REOPENED), hold("9:50"), step("10:00", REOPENED)], "10:10", None, 50, None),
        # Held and then cancelled or finished ends there.
        ([hold("10:00"), step("11:00", CANCELLED)], "12:00", at("11:00"), 60, None),
        ([hold("10:00"), step("11:00", DONE)], "12:00", at("11:00"), 60, MET),
        # Nothing after a cancellation counts, and it cannot be reopened.
        ([step("10:00", CANCELLED), step("11:00", REOPENED), hold("12:00")], "13:00", at("10:00"), 60, None),
        # A line dated before the report counts from the report.
        ([step("8:30", DONE)], None, at("9:00"), 0, MET),
        # Lines in any order: what happened when decides, and within a minute what was recorded first.
        ([step("11:30", DONE), step("11:00", ON_SITE), hold("10:00")], None, at("11:30"), 90, MET),
        ([step("10:00:40", ACCEPTED), hold("10:00:10")], "11:00", None, 120, None),
        # A technician's step by phone is typed to the minute, and yet comes after the desk's own of that minute.
        ([step("10:00", ACCEPTED, recorded="10:05"), hold("10:00:30")], "11:00", None, 120, None),
        # Taken offline at 9:40, heard of at noon: it counts at 9:40.
        ([step("9:40", DONE, recorded="12:00")], "12:30", at("9:40"), 40, MET),
    ],
)
def test_the_resolution_counts_what_is_neither_paused_nor_over(
    events: Sequence[ClockEvent], now: str | None, stopped_at: datetime | None, elapsed: int, verdict: Verdict | None
) -> None:
    resolution = clocks(*events, now=now).resolution
    assert (resolution.stopped_at, resolution.elapsed, resolution.verdict) == (stopped_at, elapsed, verdict)


REOPENED_ONCE = (
    step("9:20", ON_SITE),
    step("11:00", DONE),
    step("12:00", CLOSED),
    step("14:00", REOPENED),
    step("14:40", ON_SITE),
    step("16:30", DONE),
)


def test_reopening_goes_on_with_the_resolution_and_starts_a_new_response() -> None:
    both = clocks(*REOPENED_ONCE)
    assert [(turn.started_at, turn.stopped_at, turn.elapsed, turn.verdict) for turn in both.response.rounds] == [
        (at("9:00"), at("9:20"), 20, MET),
        (at("14:00"), at("14:40"), 40, BREACHED),
    ]
    assert [(turn.stopped_at, turn.elapsed, turn.own_minutes, turn.verdict) for turn in both.resolution.rounds] == [
        (at("11:00"), 120, 120, MET),
        (at("16:30"), 270, 150, BREACHED),  # 11:00 to 14:00 does not count
    ]


def test_a_round_closed_before_counts_though_the_next_is_cancelled() -> None:
    both = clocks(*REOPENED_ONCE[:4], step("15:00", CANCELLED))
    assert [turn.verdict for turn in both.response.rounds] == [MET, None]
    assert [turn.verdict for turn in both.resolution.rounds] == [MET, None]
    assert both.resolution.elapsed == 180


def test_a_second_round_is_due_when_the_rest_of_the_target_is_used_up() -> None:
    both = clocks(*REOPENED_ONCE[:4])
    assert both.resolution.due_at == at("16:00")  # 120 of 240 minutes are left
    assert both.response.due_at == at("14:30")


def test_a_target_used_up_before_reopening_stays_used_up() -> None:
    both = clocks(step("13:30", DONE), step("15:00", REOPENED), step("15:00", DONE))
    assert [turn.verdict for turn in both.resolution.rounds] == [BREACHED, BREACHED]


def test_a_new_answer_is_owed_after_reopening() -> None:
    opinion = replace(SUBJECT, category=OPINION)
    both = clocks(answer("9:05"), step("10:00", DONE), step("11:00", REOPENED), now="11:10", subject=opinion)
    assert both.response.stopped_at is None
    assert both.response.elapsed == 10


@pytest.mark.parametrize(
    ("events", "now", "due_at", "warn_at"),
    [
        # 80 % of 30 minutes, and all of them.
        ([], None, at("9:30"), at("9:24")),
        # A pause moves both by its length once it is over.
        ([hold("9:10"), step("9:40", TRIAGED)], None, at("10:00"), at("9:54")),
        # While it lasts nothing is due.
        ([hold("9:10")], None, None, None),
        # A pause that begins as the last minute ends leaves the order due the minute it is taken up.
        ([hold("9:30"), step("9:50", TRIAGED)], None, at("9:50"), at("9:24")),
        # A rise to P1 does not start again: 10 minutes from the report, whenever it came.
        ([change("9:05", "P1")], None, at("9:10"), at("9:08")),
        ([change("9:20", "P1")], None, at("9:10"), at("9:08")),
        # And back: the minutes used stay used.
        ([change("9:05", "P1"), change("9:08", "P3")], None, at("9:30"), at("9:24")),
        # Office hours from then on: 20 minutes were used by 9:20, at night nothing runs.
        ([change("9:20", "P4")], None, at("10:00"), at("9:48")),
        # Stopped: nothing is due any more.
        ([step("9:10", ON_SITE)], None, None, None),
        # The due time stays in the past once it has passed.
        ([], "12:00", at("9:30"), at("9:24")),
    ],
)
def test_the_response_is_due_at_the_first_minute_with_the_target_used_up(
    events: Sequence[ClockEvent], now: str | None, due_at: datetime | None, warn_at: datetime | None
) -> None:
    response = clocks(*events, now=now).response
    assert (response.due_at, response.warn_at) == (due_at, warn_at)


P4 = replace(SUBJECT, priority="P4")


@pytest.mark.parametrize(
    ("start", "events", "due_at"),
    [
        # From the report in the evening over a holiday to the end of a whole working day, not to the next morning.
        (at("20:00"), [], at("17:00", day=17)),
        # Held from 16:30 to 8:30: half an hour of either day is left out, the closed hours were none anyway.
        (at("15:30"), [hold("16:30"), step("8:30", TRIAGED, day=17)], at("16:30", day=17)),
        (at("7:00"), [], at("17:00")),
    ],
)
def test_the_resolution_in_office_hours_is_due_in_office_hours(
    start: datetime, events: Sequence[ClockEvent], due_at: datetime
) -> None:
    assert compute(Start(start, P4), events, BOOK).resolution.due_at == due_at


@pytest.mark.parametrize(
    ("done_at", "verdict"),
    [
        (at("17:00"), MET),  # the target is used up with the last minute of the day
        (at("17:01"), BREACHED),  # closed, but past the due time, as the queue has shown it since
        (at("9:00", day=17), BREACHED),
    ],
)
def test_past_the_due_time_is_late_though_no_open_minute_has_begun(done_at: datetime, verdict: Verdict) -> None:
    due = compute(Start(at("7:00"), P4), [], BOOK).resolution.due_at
    done = compute(Start(at("7:00"), P4), [Step(done_at, done_at, DONE)], BOOK).resolution
    assert (due, done.verdict) == (at("17:00"), verdict)


@pytest.mark.parametrize(
    ("events", "now", "since"),
    [
        ([], None, None),
        ([hold("10:00:40")], "11:00", at("10:00")),
        ([hold("10:00", "access")], "11:00", None),
        # One pause, whatever the reason it is held for meanwhile.
        ([hold("10:00"), step("10:30", TRIAGED), hold("10:30")], "11:00", at("10:00")),
        ([hold("10:00"), step("10:30", TRIAGED), hold("10:40")], "11:00", at("10:40")),
        ([hold("10:00"), step("10:30", TRIAGED)], "11:00", None),
        # A rise to P1, whose policy lets nothing pause, sets the clocks going again.
        ([hold("10:00"), change("10:30", "P1")], "11:00", None),
        # What has stopped is not paused.
        ([step("10:00", DONE), hold("11:00")], "12:00", None),
    ],
)
def test_paused_since_is_the_first_minute_the_clocks_stood_still(
    events: Sequence[ClockEvent], now: str, since: datetime | None
) -> None:
    assert clocks(*events, now=now).paused_since == since


def edited(*versions: PolicyVersion) -> PolicyBook:
    """The ordinary policy with later versions."""
    return PolicyBook({"ordinary": Selector()}, [*reversed(versions), ORDINARY], CALENDARS)


def test_an_edit_rules_from_its_minute_on_and_resets_nothing() -> None:
    # All day until 10:30, and office hours from then on.
    book = edited(replace(ORDINARY, from_at=at("10:30:30"), calendar_id="office", resolution_minutes=600))
    started_early = Start(at("7:00"), SUBJECT)
    resolution = compute(started_early, [], book, at("18:00")).resolution
    assert resolution.elapsed == 600
    assert resolution.due_at == at("17:00")


def test_an_edit_of_the_pause_rule_pauses_or_wakes_from_its_minute_on() -> None:
    book = edited(
        replace(ORDINARY, from_at=at("9:20"), pausing_reasons=frozenset()),
        replace(ORDINARY, from_at=at("9:25")),
    )
    both = clocks(hold("9:10"), now="9:40", book=book)
    assert both.response.elapsed == 15
    assert both.paused_since == at("9:25")
    assert clocks(hold("9:10"), now="9:22", book=book).response.due_at is None  # it stops again before it is due


def test_while_paused_nothing_is_due_though_a_version_to_come_will_wake_it() -> None:
    book = edited(replace(ORDINARY, from_at=at("9:20"), pausing_reasons=frozenset()))
    assert clocks(hold("9:10"), now="9:15", book=book).response.due_at is None
    assert clocks(hold("9:10"), now="9:20", book=book).response.due_at == at("9:40")


def test_a_version_yet_to_come_counts_from_its_minute() -> None:
    book = edited(replace(ORDINARY, from_at=at("9:20"), response_minutes=15))
    assert clocks(now="9:10", book=book).response.target == 30
    assert clocks(now="9:10", book=book).response.due_at == at("9:20")  # by then the shorter target is used up
    assert clocks(now="9:20", book=book).response.due_at == at("9:15")


def test_rows_alone_are_judged_by_the_newest_version() -> None:
    book = edited(replace(ORDINARY, from_at=at("10:00"), response_minutes=120))
    # Recorded before the edit, arrived after it.
    late_step = step("9:05", TRIAGED)
    assert clocks(late_step, book=book).response.due_at == at("11:00")
    assert clocks(late_step, book=book) == clocks(late_step, now="10:00", book=book)


def test_a_stopped_clock_keeps_the_verdict_of_the_policy_it_stopped_under() -> None:
    book = edited(replace(ORDINARY, from_at=at("10:00"), response_minutes=5))
    response = clocks(step("9:20", ON_SITE), now="12:00", book=book).response
    assert (response.target, response.verdict, response.warn_minutes) == (30, MET, 24)


def test_a_change_recorded_after_the_stop_in_the_same_minute_does_not_judge_it() -> None:
    assert clocks(step("9:20", ON_SITE), change("9:20:30", "P1")).response.target == 30
    assert clocks(change("9:20", "P1"), step("9:20:30", ON_SITE)).response.target == 10


def test_the_warning_is_the_first_whole_minute_at_its_share_of_the_target() -> None:
    book = edited(replace(ORDINARY, from_at=BEGUN + timedelta(days=1), response_minutes=33, warn_percent=50))
    response = clocks(book=book).response
    assert (response.warn_minutes, response.warn_at) == (17, at("9:17"))


@pytest.mark.parametrize(
    ("book", "elapsed"),
    [
        # A policy without targets counts; nothing is ever due.
        (edited(replace(ORDINARY, from_at=at("8:00"), response_minutes=None, resolution_minutes=None)), 60),
        # No policy fits, or its calendar is not there: nothing to count by.
        (PolicyBook({"urgent": Selector(priority="P1")}, [URGENT], CALENDARS), 0),
        (PolicyBook({"ordinary": Selector(), "gone": Selector()}, [ORDINARY], {}), 0),
    ],
)
def test_without_a_target_there_is_neither_due_time_nor_verdict(book: PolicyBook, elapsed: int) -> None:
    for clock in _both(clocks(step("10:00", DONE), book=book)):
        assert (clock.elapsed, clock.target, clock.verdict) == (elapsed, None, None)
    for clock in _both(clocks(now="10:00", book=book)):
        assert (clock.elapsed, clock.due_at, clock.warn_at, clock.warn_minutes) == (elapsed, None, None, None)


def test_a_calendar_that_never_opens_is_never_due() -> None:
    shut = {("all day", SITE): ServiceCalendar(CalendarKind.WORKING, 0, 0)}
    assert clocks(book=PolicyBook({"ordinary": Selector()}, [ORDINARY], shut)).resolution.due_at is None


def test_a_moved_order_lives_by_the_hours_of_each_site_while_it_is_there() -> None:
    book = PolicyBook(
        {"desk": Selector()}, [DESK], {("office", SITE): OFFICE, ("office", "tower"): replace(OFFICE, opens_minute=720)}
    )
    moved = Change(at("10:00"), at("10:00"), site_id="tower", property_kind="office")
    assert clocks(moved, now="12:30", book=book).response.elapsed == 60 + 30


WATER = OrderCategory(("tap", "water"))


@pytest.mark.parametrize(
    ("selectors", "winner"),
    [
        # Each beats all of those after it, alone or together.
        ([Selector(site_id=SITE), Selector(None, "housing", "tap", "P3")], 0),
        ([Selector(category_id="water"), Selector(None, "housing", None, "P3")], 0),
        ([Selector(category_id="water"), Selector(category_id="tap")], 1),
        ([Selector(priority="P3"), Selector(property_kind="housing")], 0),
        ([Selector(), Selector(property_kind="housing")], 1),
        # More of the same kind is closer.
        ([Selector(site_id=SITE), Selector(site_id=SITE, priority="P3")], 1),
        # What does not fit is out, however close the rest of it.
        ([Selector(SITE, "housing", "tap", "P1"), Selector()], 1),
        ([Selector(SITE, "office"), Selector()], 1),
        ([Selector(SITE, category_id="lift"), Selector()], 1),
        ([Selector("tower"), Selector()], 1),
        # Two alike: the one with the lower id, on every machine.
        ([Selector(priority="P3"), Selector(priority="P3")], 0),
    ],
)
def test_the_closest_policy_wins(selectors: Sequence[Selector], winner: int) -> None:
    named = {str(count): selector for count, selector in enumerate(selectors)}
    versions = [replace(ORDINARY, policy_id=name, response_minutes=int(name)) for name in named]
    for order in (1, -1):
        ruling = PolicyBook(named, versions[::order], CALENDARS).ruling(replace(SUBJECT, category=WATER), at("9:00"))
        assert ruling is not None
        assert ruling.version.policy_id == str(winner)


def test_a_new_policy_does_not_reach_back_before_it_began() -> None:
    new = replace(ORDINARY, policy_id="new", from_at=at("9:30"), calendar_id="office")
    book = PolicyBook({"ordinary": Selector(), "new": Selector(priority="P3")}, [new, ORDINARY], CALENDARS)
    assert [_policy(book, clock) for clock in ("9:29", "9:30")] == ["ordinary", "new"]


def test_before_any_policy_began_the_closest_one_s_first_version_rules() -> None:
    later = [replace(ORDINARY, from_at=at("10:00"), response_minutes=5), replace(URGENT, from_at=at("11:00"))]
    book = PolicyBook(SELECTORS, [*later, replace(ORDINARY, from_at=at("9:30"))], CALENDARS)
    assert _policy(book, "9:00") == "ordinary"
    ruling = book.ruling(replace(SUBJECT, priority="P1"), at("9:00"))
    assert ruling is not None
    assert ruling.version == later[1]


def _policy(book: PolicyBook, clock: str) -> str:
    ruling = book.ruling(SUBJECT, at(clock))
    assert ruling is not None
    return ruling.version.policy_id


@pytest.mark.parametrize(
    ("clock", "due_at", "warn_at", "paused_since", "verdict", "expected"),
    [
        ("9:00:59", "9:30", "9:24", None, None, Remaining(Standing.OK, 30)),
        ("9:23:59", "9:30", "9:24", None, None, Remaining(Standing.OK, 7)),
        ("9:24", "9:30", "9:24", None, None, Remaining(Standing.DUE_SOON, 6)),
        ("9:30:59", "9:30", "9:24", None, None, Remaining(Standing.DUE_SOON, 0)),  # the last minute
        ("9:31", "9:30", "9:24", None, None, Remaining(Standing.OVERDUE, 1)),
        ("9:10", "9:30", None, None, None, Remaining(Standing.OK, 20)),
        ("9:10", None, None, "9:04", None, Remaining(Standing.PAUSED, 6)),
        ("9:10", None, None, "9:12", None, Remaining(Standing.PAUSED, 0)),  # this PC's clock is behind
        ("9:10", None, None, "9:04", MET, Remaining(Standing.MET, 0)),
        ("9:10", None, None, None, BREACHED, Remaining(Standing.BREACHED, 0)),
        ("9:10", None, None, None, None, Remaining(Standing.NONE, 0)),
    ],
)
def test_remaining_says_how_a_clock_stands(
    clock: str,
    due_at: str | None,
    warn_at: str | None,
    paused_since: str | None,
    verdict: Verdict | None,
    expected: Remaining,
) -> None:
    due, warn, paused = (moment and at(moment) for moment in (due_at, warn_at, paused_since))
    assert remaining(at(clock), due or None, warn or None, paused or None, verdict) == expected


def _both(both: SlaClocks) -> Iterable[SlaClock]:
    return (both.response, both.resolution)


def _book(story: Story) -> PolicyBook:
    return PolicyBook(story.selectors, story.versions, story.calendars)


def _as_literal(clock: SlaClock, seen_until: datetime) -> LiteralClock:
    """The clock as the literal reading gives it, which does not see beyond ``seen_until``."""
    return LiteralClock(
        tuple(
            literal_sla.LiteralRound(
                turn.started_at,
                turn.stopped_at,
                turn.elapsed,
                turn.own_minutes,
                turn.target,
                turn.verdict and turn.verdict.value,
            )
            for turn in clock.rounds
        ),
        clock.warn_minutes,
        clock.due_at if clock.due_at and clock.due_at <= seen_until else None,
        clock.warn_at if clock.warn_at and clock.warn_at <= seen_until else None,
    )


@pytest.mark.timeout(1800)
@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=settings().max_examples * 3
)
@given(stories())
def test_random_histories_equal_a_literal_minute_by_minute_reading(story: Story) -> None:
    literal = literal_sla.read(story, timedelta(hours=20))
    both = compute(story.start, story.events, _book(story), story.now)
    event(f"rounds: {len(both.response.rounds)}")
    event(f"due: {both.resolution.due_at is not None}, paused: {both.paused_since is not None}")
    event(f"verdict: {both.resolution.rounds[0].verdict}")

    assert _as_literal(both.response, literal.seen_until) == literal.response
    assert _as_literal(both.resolution, literal.seen_until) == literal.resolution
    assert both.paused_since == literal.paused_since


@given(stories(), st.randoms(use_true_random=False))
def test_the_order_in_which_lines_arrive_does_not_matter(story: Story, random: Random) -> None:
    lines = list({line.recorded_at: line for line in story.events}.values())
    shuffled = random.sample(lines, len(lines))
    assert compute(story.start, lines, _book(story)) == compute(story.start, shuffled, _book(story))


@given(stories(), st.integers(0, 5000))
def test_what_is_stored_stays_true_as_long_as_no_row_is_added(story: Story, later: int) -> None:
    stored = compute(story.start, story.events, _book(story))
    rows = [line.happened_at for line in story.events] + [version.from_at for version in story.versions]
    newest = max([story.start.happened_at, *rows])
    seen = compute(story.start, story.events, _book(story), newest + timedelta(minutes=later))
    assert _stored(seen) == _stored(stored)


def _stored(both: SlaClocks) -> object:
    """What is written into the order's row, apart from the minutes elapsed so far."""
    clocks_of_row = [
        (clock.due_at, clock.warn_at, clock.target, clock.stopped_at, clock.verdict) for clock in _both(both)
    ]
    return clocks_of_row, both.paused_since
