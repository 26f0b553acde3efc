"""The rules of the SLA clocks read literally, minute by minute, sharing no code with ``app.domain.sla``.

Only the values that go in are shared. Every function below is written from the sentence it quotes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.calendars import ServiceCalendar
from app.domain.sla_history import Change, ClockEvent, FirstAnswer, Start, Step
from app.domain.sla_policies import PolicyVersion, Selector, Subject

ONE = timedelta(minutes=1)


@dataclass(frozen=True)
class Story:
    """All the rows that the clocks of one order depend on, in the order they happen to be read."""

    start: Start
    events: tuple[ClockEvent, ...]
    selectors: Mapping[str, Selector]
    versions: tuple[PolicyVersion, ...]
    calendars: Mapping[tuple[str, str], ServiceCalendar]
    now: datetime | None = None


class LiteralRound(NamedTuple):
    """A clock in one round."""

    started_at: datetime
    stopped_at: datetime | None
    elapsed: int
    own_minutes: int
    target: int | None
    verdict: str | None


class LiteralClock(NamedTuple):
    """A clock over all rounds."""

    rounds: tuple[LiteralRound, ...]
    warn_minutes: int | None
    due_at: datetime | None
    warn_at: datetime | None


class LiteralClocks(NamedTuple):
    """Both clocks of an order."""

    response: LiteralClock
    resolution: LiteralClock
    paused_since: datetime | None
    seen_until: datetime
    """The last minute looked at: what is due later was not found."""


def cut(moment: datetime) -> datetime:
    """Times enter cut to the minute."""
    return moment - timedelta(seconds=moment.second, microseconds=moment.microsecond)


def is_open(calendar: ServiceCalendar, minute: datetime) -> bool:
    """What the clock on the site's wall shows lies within the opening hours of a working day."""
    if calendar.kind.value == "always":
        return True
    wall = minute.astimezone(ZoneInfo(calendar.timezone))
    kind = calendar.days[wall.date()].value if wall.date() in calendar.days else ""
    if kind in ("rest", "holiday") or (kind == "" and wall.strftime("%a") in ("Sat", "Sun")):
        return False
    return calendar.opens_minute <= wall.hour * 60 + wall.minute < calendar.closes_minute


def is_closer(one: Selector, other: Selector, subject: Subject) -> bool:
    """Site before category (the nearer the better) before priority before kind of property."""
    if (one.site_id is None) != (other.site_id is None):
        return one.site_id is not None
    if one.category_id != other.category_id:
        for category_id in subject.category.path:
            if category_id in (one.category_id, other.category_id):
                return category_id == one.category_id
    if (one.priority is None) != (other.priority is None):
        return one.priority is not None
    return one.property_kind is not None and other.property_kind is None


def fits(selector: Selector, subject: Subject) -> bool:
    """What the selector leaves open fits anything."""
    return (
        selector.site_id in (None, subject.site_id)
        and selector.property_kind in (None, subject.property_kind)
        and selector.priority in (None, subject.priority)
        and (selector.category_id is None or selector.category_id in subject.category.path)
    )


def closest(story: Story, subject: Subject, policy_ids: Sequence[str]) -> str | None:
    """The closest of some policies; of two alike the one with the lower id."""
    best = None
    for policy_id in sorted(policy_ids):
        selector = story.selectors[policy_id]
        if fits(selector, subject) and (best is None or is_closer(selector, story.selectors[best], subject)):
            best = policy_id
    return best


def version_in_force(story: Story, subject: Subject, minute: datetime) -> PolicyVersion | None:
    """The latest version not after the minute, of the closest policy that has begun (before all of them: its first)."""
    begun = [version for version in story.versions if cut(version.from_at) <= minute]
    best = closest(story, subject, [version.policy_id for version in begun])
    if best is not None:
        return max((version for version in begun if version.policy_id == best), key=lambda version: version.from_at)
    best = closest(story, subject, [version.policy_id for version in story.versions])
    mine = [version for version in story.versions if version.policy_id == best]
    return min(mine, key=lambda version: version.from_at, default=None)


class Tick(NamedTuple):
    """One minute of an order's life."""

    minute: datetime
    response_round: int | None
    """The round whose response runs in this minute; ``None`` when it has stopped."""
    resolution_round: int | None
    version: PolicyVersion | None
    is_open: bool
    is_paused: bool


class Stop(NamedTuple):
    """How a clock ended in a round."""

    minute: datetime
    target: int | None
    warn_percent: int
    is_judged: bool


class Film:
    """The order's life, a picture a minute, up to ``last``."""

    def __init__(self, story: Story, last: datetime) -> None:
        self.story = story
        self.begin = cut(story.start.happened_at)
        self.subject = story.start.subject
        self.state = "reported"
        self.held: str | None = None
        self.answered = False
        self.starts = [self.begin]
        self.response_stops: dict[int, Stop] = {}
        self.resolution_stops: dict[int, Stop] = {}
        self.ticks = list(self._minutes(last))

    @property
    def round(self) -> int:
        return len(self.starts) - 1

    def _minutes(self, last: datetime) -> Iterator[Tick]:
        edits = {cut(version.from_at) for version in self.story.versions}
        waiting = sorted(
            self.story.events, key=lambda event: (max(cut(event.happened_at), self.begin), event.recorded_at)
        )
        version = self.version(self.begin)
        minute = self.begin
        while minute <= last:
            subject = self.subject
            while waiting and cut(waiting[0].happened_at) <= minute:
                self._read(waiting.pop(0), minute)
            if self.subject != subject or minute in edits:
                version = self.version(minute)
            yield self._tick(minute, version)
            minute += ONE

    def version(self, minute: datetime) -> PolicyVersion | None:
        """The version in force for the order as it is; none while its calendar is not at hand."""
        version = version_in_force(self.story, self.subject, minute)
        if version and (version.calendar_id, self.subject.site_id) in self.story.calendars:
            return version
        return None

    def _tick(self, minute: datetime, version: PolicyVersion | None) -> Tick:
        return Tick(
            minute,
            None if self.round in self.response_stops else self.round,
            None if self.round in self.resolution_stops else self.round,
            version,
            version is not None and is_open(self.story.calendars[version.calendar_id, self.subject.site_id], minute),
            version is not None and self.held in version.pausing_reasons,
        )

    def _read(self, event: ClockEvent, minute: datetime) -> None:
        if isinstance(event, Step):
            self._step(event, minute)
        elif isinstance(event, FirstAnswer):
            self.answered = True
        elif isinstance(event, Change):
            old = self.subject
            self.subject = Subject(
                event.site_id or old.site_id,
                event.property_kind or old.property_kind,
                event.priority or old.priority,
                event.category or old.category,
            )
        # The response ends on site; accepted, where no visit is needed; with the first answer to an opinion.
        if self.subject.category.is_opinion:
            is_reached = self.answered
        elif self.subject.category.needs_visit:
            is_reached = self.state == "on_site"
        else:
            is_reached = self.state in ("accepted", "on_site")
        if is_reached:
            self._stop_response(minute, is_judged=True)

    def _step(self, event: Step, minute: datetime) -> None:
        to = event.to.value
        if to == "on_hold":
            if self.round not in self.resolution_stops:
                self.held = event.reason
            return
        self.held = None
        self.state = to
        stop = self.resolution_stops.get(self.round)
        if to == "reopened" and stop is not None and stop.is_judged:
            self.starts.append(minute)
            self.answered = False
        if to in ("done", "verified", "closed", "cancelled"):
            self._stop_response(minute, is_judged=to != "cancelled")
            self._stop_resolution(minute, is_judged=to != "cancelled")

    def _stop_response(self, minute: datetime, *, is_judged: bool) -> None:
        if self.round not in self.response_stops:
            version = self.version(minute)
            target = version.response_minutes if version else None
            self.response_stops[self.round] = Stop(minute, target, version.warn_percent if version else 0, is_judged)

    def _stop_resolution(self, minute: datetime, *, is_judged: bool) -> None:
        if self.round not in self.resolution_stops:
            version = self.version(minute)
            target = version.resolution_minutes if version else None
            self.resolution_stops[self.round] = Stop(minute, target, version.warn_percent if version else 0, is_judged)


def read(story: Story, look_ahead: timedelta) -> LiteralClocks:
    """Both clocks of a story; a due time further away than ``look_ahead`` after the last line is not found."""
    begin = cut(story.start.happened_at)
    last_line = max([begin, *(cut(event.happened_at) for event in story.events)])
    until_last_line = Film(story, last_line)
    if story.now is None:
        newest = [
            cut(version.from_at)
            for version in story.versions
            if fits(story.selectors[version.policy_id], until_last_line.subject)
        ]
    else:
        newest = [cut(story.now)]
    moment = max([last_line, *newest])
    film = Film(story, max(last_line + look_ahead, moment))
    now = next(tick for tick in film.ticks if tick.minute == moment)
    paused_since = None
    for tick in film.ticks:
        if tick.minute <= moment:
            paused_since = (paused_since or tick.minute) if tick.is_paused else None
    return LiteralClocks(response(film, now), resolution(film, now), paused_since, film.ticks[-1].minute)


def response(film: Film, now: Tick) -> LiteralClock:
    """A new response clock starts with every round."""

    def in_round(number: int) -> Callable[[Tick], bool]:
        return lambda tick: tick.response_round == number

    rounds = tuple(
        round_of(
            film, now, start, film.response_stops.get(number), in_round(number), in_round(number), "response_minutes"
        )
        for number, start in enumerate(film.starts)
    )
    return clock_of(film, now, rounds, film.response_stops.get(film.round), in_round(film.round), "response_minutes")


def resolution(film: Film, now: Tick) -> LiteralClock:
    """Resolution goes on after a reopening; the time from done to reopened does not count."""

    def up_to(number: int) -> Callable[[Tick], bool]:
        return lambda tick: tick.resolution_round is not None and tick.resolution_round <= number

    def own(number: int) -> Callable[[Tick], bool]:
        return lambda tick: tick.resolution_round == number

    rounds = tuple(
        round_of(film, now, start, film.resolution_stops.get(number), up_to(number), own(number), "resolution_minutes")
        for number, start in enumerate(film.starts)
    )
    return clock_of(film, now, rounds, film.resolution_stops.get(film.round), up_to(film.round), "resolution_minutes")


def round_of(
    film: Film,
    now: Tick,
    start: datetime,
    stop: Stop | None,
    runs: Callable[[Tick], bool],
    runs_here: Callable[[Tick], bool],
    target_name: str,
) -> LiteralRound:
    """Minutes that are open and not paused, up to now; late when one began unpaused with the whole target used up."""
    lived = [tick for tick in film.ticks if tick.minute < (stop.minute if stop else now.minute)]
    elapsed = sum(1 for tick in lived if runs(tick) and tick.is_open and not tick.is_paused)
    own_minutes = sum(1 for tick in lived if runs_here(tick) and tick.is_open and not tick.is_paused)
    if stop is None:
        target = getattr(now.version, target_name) if now.version else None
        return LiteralRound(start, None, elapsed, own_minutes, target, None)
    verdict = None
    if stop.is_judged and stop.target is not None:
        verdict = "met" if used_up(lived, runs, lambda tick: stop.target) is None else "breached"
    return LiteralRound(start, stop.minute, elapsed, own_minutes, stop.target, verdict)


def clock_of(
    film: Film,
    now: Tick,
    rounds: tuple[LiteralRound, ...],
    stop: Stop | None,
    runs: Callable[[Tick], bool],
    target_name: str,
) -> LiteralClock:
    """The target is that of the policy in force now; at a minute to come, now will be then."""

    def allowed(tick: Tick) -> int | None:
        version = now.version if tick.minute <= now.minute else tick.version
        return getattr(version, target_name) if version else None

    def warned(tick: Tick) -> int | None:
        version = now.version if tick.minute <= now.minute else tick.version
        return first_minute_at(version.warn_percent, getattr(version, target_name)) if version else None

    if stop is not None:
        return LiteralClock(rounds, first_minute_at(stop.warn_percent, stop.target), None, None)
    if now.is_paused:
        return LiteralClock(rounds, warned(now), None, None)
    return LiteralClock(rounds, warned(now), used_up(film.ticks, runs, allowed), used_up(film.ticks, runs, warned))


def used_up(
    ticks: Sequence[Tick], runs: Callable[[Tick], bool], allowed: Callable[[Tick], int | None]
) -> datetime | None:
    """The first minute that begins, not paused, with all that is allowed used up."""
    used = 0
    for tick in ticks:
        if tick.version is None or tick.is_paused or not runs(tick):
            continue
        limit = allowed(tick)
        if limit is not None and used >= limit:
            return tick.minute
        if tick.is_open:
            used += 1
    return None


def first_minute_at(percent: int, target: int | None) -> int | None:
    """The first whole number of minutes that is at least ``percent`` of the target."""
    if target is None:
        return None
    minutes = 0
    while minutes * 100 < percent * target:
        minutes += 1
    return minutes
