"""Random histories of an order, with the policies and calendars that rule it, for Hypothesis."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from app.domain.calendars import CalendarKind, DayKind, ServiceCalendar
from app.domain.sla_history import Change, ClockEvent, FirstAnswer, Start, Step
from app.domain.sla_policies import OrderCategory, PolicyVersion, Selector, Subject
from app.domain.work_orders import FOLLOWS, HoldReason, State
from tests.unit.domain.literal_sla import Story

SITES = ("estate", "tower")
PRIORITIES = ("P1", "P2", "P3")
REASONS = tuple(HoldReason)
CATEGORIES = (
    OrderCategory(),
    OrderCategory(path=("tap", "water")),
    OrderCategory(path=("advice",), needs_visit=False),
    OrderCategory(path=("complaint",), is_opinion=True),
)
SPAN = 24 * 60
"""Minutes within which everything of a history happens."""


class Setting(NamedTuple):
    """A time and place where counting minutes is hard."""

    timezone: str
    noon: datetime
    days: dict[date, DayKind]


GOLDEN_WEEK = {
    **{date(2026, 10, day): DayKind.HOLIDAY for day in range(1, 8)},
    date(2026, 9, 27): DayKind.MAKEUP,
    date(2026, 10, 10): DayKind.MAKEUP,
}
SETTINGS = (
    Setting("Asia/Shanghai", datetime(2026, 9, 25, 4, tzinfo=UTC), GOLDEN_WEEK),
    Setting("Asia/Shanghai", datetime(2026, 10, 8, 4, tzinfo=UTC), {**GOLDEN_WEEK, date(2026, 10, 9): DayKind.REST}),
    Setting(
        "Europe/Berlin", datetime(2026, 3, 28, 11, tzinfo=UTC), {date(2026, 3, day): DayKind.MAKEUP for day in (28, 29)}
    ),
    Setting(
        "Europe/Berlin",
        datetime(2026, 10, 24, 10, tzinfo=UTC),
        {date(2026, 10, day): DayKind.WORKING for day in (24, 25)},
    ),
    Setting(
        "America/New_York",
        datetime(2026, 10, 31, 16, tzinfo=UTC),
        {date(2026, 11, 1): DayKind.MAKEUP, date(2026, 11, 2): DayKind.REST},
    ),
    # Clocks here go back by half an hour, and are off by half hours and quarters.
    Setting(
        "Australia/Lord_Howe",
        datetime(2026, 4, 4, 1, tzinfo=UTC),
        {date(2026, 4, day): DayKind.WORKING for day in (4, 5)},
    ),
    Setting("Asia/Kathmandu", datetime(2026, 9, 18, 6, 15, tzinfo=UTC), {date(2026, 9, 20): DayKind.MAKEUP}),
)

# No opening within the hour that the clocks skip or repeat: how to read one there is tested by itself.
_CHANGING_HOUR = {
    "Europe/Berlin": range(121, 180),
    "America/New_York": range(61, 180),
    "Australia/Lord_Howe": range(91, 150),
}
_KINDS = st.sampled_from((CalendarKind.ALWAYS, CalendarKind.WORKING, CalendarKind.WORKING))


def opening_hours(timezone: str) -> st.SearchStrategy[tuple[int, int]]:
    """Minutes of the day at which a calendar opens and closes: office hours, or any."""
    changing = _CHANGING_HOUR.get(timezone, range(0))
    minutes = st.sampled_from([minute for minute in range(0, 1441, 10) if minute not in changing])
    two = st.lists(minutes, min_size=2, max_size=2, unique=True)
    return st.just((510, 1050)) | two.map(lambda hours: (min(hours), max(hours)))


def calendars(setting: Setting) -> st.SearchStrategy[ServiceCalendar]:
    """Round the clock, office hours, or any hours at all, with or without the decreed days."""
    return st.builds(
        lambda kind, hours, days: ServiceCalendar(kind, hours[0], hours[1], setting.timezone, days),
        _KINDS,
        opening_hours(setting.timezone),
        st.sampled_from((setting.days, setting.days, {})),
    )


def moments(setting: Setting, span: int = SPAN) -> st.SearchStrategy[datetime]:
    """A moment within ``span`` minutes, on the minute or not."""
    return st.builds(
        lambda minutes, seconds: setting.noon + timedelta(minutes=minutes, seconds=seconds),
        st.integers(0, span // 30).map(lambda count: count * 30) | st.integers(0, span) | st.integers(0, span // 12),
        st.sampled_from((0, 0, 17, 59)),
    )


@st.composite
def policies(draw: st.DrawFn, setting: Setting) -> tuple[dict[str, Selector], tuple[PolicyVersion, ...]]:
    """One policy for all, mostly, and up to two for some; each with up to three versions, some of them yet to come."""
    some = st.builds(
        Selector,
        st.sampled_from((None, None, *SITES)),
        st.sampled_from((None, None, "housing", "office")),
        st.sampled_from((None, "tap", "water", "complaint")),
        st.sampled_from((None, *PRIORITIES)),
    )
    chosen = [*draw(st.sampled_from(([Selector()],) * 7 + ([],))), *draw(st.lists(some, max_size=2))]
    selectors = {f"policy {count}": selector for count, selector in enumerate(chosen)}
    targets = st.sampled_from((30, 15, 60, 120, 240, 480, 540, None)) | st.integers(0, 600)
    versions = [
        draw(
            st.builds(
                PolicyVersion,
                policy_id=st.just(policy_id),
                from_at=moments(setting) if count else moments(setting).map(lambda moment: moment - timedelta(days=1)),
                calendar_id=st.sampled_from(("first",) * 5 + ("second",) * 5 + ("third",)),
                response_minutes=targets,
                resolution_minutes=targets,
                warn_percent=st.sampled_from((80, 80, 1, 33, 100)),
                pausing_reasons=st.sampled_from((frozenset(REASONS), frozenset(REASONS[:2]), frozenset())),
            )
        )
        for policy_id in selectors
        for count in range(draw(st.sampled_from((1, 1, 2, 3))))
    ]
    return selectors, tuple(draw(st.permutations(_distinct(versions))))


def _distinct(versions: Sequence[PolicyVersion]) -> list[PolicyVersion]:
    """Versions of which no two of a policy begin at the same moment."""
    return list({(version.policy_id, version.from_at): version for version in versions}.values())


@st.composite
def walks(draw: st.DrawFn, setting: Setting) -> list[Step]:
    """Steps as the table of states allows them, a history that could have been."""
    state, held_from = State.REPORTED, State.REPORTED
    moment = setting.noon
    steps: list[Step] = []
    for _ in range(draw(st.sampled_from((8, 12, 16, 4)))):
        onward = {held_from, State.CANCELLED} if state is State.ON_HOLD else FOLLOWS[state] - {state}
        if not onward:
            break
        # Along the track first, and seldom to an end: else few orders live long.
        ways = [to for to in State if to in onward and to not in (State.CANCELLED, State.CLOSED)]
        ends = [to for to in onward if to is State.CANCELLED or to is State.CLOSED]
        to = draw(st.sampled_from([*ways * 6, *sorted(ends)]))
        moment += timedelta(minutes=draw(GAPS), seconds=draw(st.sampled_from((0, 0, 20))))
        reason = draw(st.sampled_from(REASONS)) if to is State.ON_HOLD else ""
        steps.append(Step(moment, moment + draw(_DELAYS), to, reason))
        held_from, state = (state if to is State.ON_HOLD else held_from), to
    return steps


GAPS = st.sampled_from((10, 30, 5, 60, 0, 240)) | st.integers(0, 300)
"""Round numbers are frequent, so that steps fall on the very minutes at which targets are used up."""
_DELAYS = st.sampled_from((0, 0, 0, 1, 40, 600, 30_000)).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def wild_steps(draw: st.DrawFn, setting: Setting) -> list[Step]:
    """Steps in any order whatever: the clocks must read those as well, alike everywhere."""
    states = draw(st.lists(st.sampled_from(State), max_size=10))
    happened = [draw(moments(setting, SPAN // 2)) for _ in states]
    return [
        Step(moment, moment + draw(_DELAYS), to, draw(st.sampled_from(REASONS)))
        for to, moment in zip(states, happened, strict=True)
    ]


@st.composite
def other_lines(draw: st.DrawFn, setting: Setting) -> list[ClockEvent]:
    """Changes of priority, category and site, and answers to an opinion."""
    lines: list[ClockEvent] = []
    for _ in range(draw(st.integers(0, 4))):
        moment = draw(moments(setting))
        recorded = moment + draw(_DELAYS)
        change = st.builds(
            Change,
            st.just(moment),
            st.just(recorded),
            st.none() | st.sampled_from(PRIORITIES),
            st.none() | st.sampled_from(CATEGORIES),
            st.none() | st.sampled_from(SITES),
            st.none() | st.sampled_from(("housing", "office")),
        )
        lines.append(draw(change | st.just(FirstAnswer(moment, recorded))))
    return lines


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Everything the clocks of one order depend on."""
    setting = draw(st.sampled_from(SETTINGS))
    selectors, versions = draw(policies(setting))
    by_key = {(name, site_id): draw(calendars(setting)) for name in ("first", "second") for site_id in SITES}
    by_key["third", "estate"] = draw(calendars(setting))  # at the tower this calendar has not arrived yet
    subject = draw(
        st.builds(
            Subject,
            st.sampled_from(SITES),
            st.sampled_from(("housing", "office")),
            st.sampled_from(PRIORITIES),
            st.sampled_from(CATEGORIES),
        )
    )
    steps = draw(st.one_of(walks(setting), walks(setting), walks(setting), wild_steps(setting)))
    events = draw(st.permutations([*steps, *draw(other_lines(setting))]))
    start = Start(
        setting.noon + timedelta(minutes=draw(st.sampled_from((0, 0, 30, 7))), seconds=draw(st.integers(0, 59))),
        subject,
    )
    return Story(start, tuple(events), selectors, versions, by_key, draw(st.none() | moments(setting)))
