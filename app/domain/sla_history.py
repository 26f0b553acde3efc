"""What an order's timeline says to its clocks: when each ran, and what ruled it meanwhile."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple, assert_never

from app.domain.clock import cut_to_minute
from app.domain.sla_policies import OrderCategory, PolicyBook, Ruling, Subject
from app.domain.work_orders import State

_FINISHED = frozenset({State.DONE, State.VERIFIED, State.CLOSED})
"""Reaching any of these ends a round: a question answered on the phone goes from reported to closed at once."""


@dataclass(frozen=True, slots=True)
class Start:
    """The report, from which both clocks run; of an imported order, the first step taken here."""

    happened_at: datetime
    subject: Subject


@dataclass(frozen=True, slots=True)
class Step:
    """The order (not one of its crew) enters a state; any but on hold ends a hold.

    Taking up a held order again is the step back to the state it was held from. ``reason`` goes with on hold alone.
    """

    happened_at: datetime
    recorded_at: datetime
    to: State
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The order becomes another thing to the policies; what is ``None`` stays."""

    happened_at: datetime
    recorded_at: datetime
    priority: str | None = None
    category: OrderCategory | None = None
    site_id: str | None = None
    property_kind: str | None = None

    def applied_to(self, subject: Subject) -> Subject:
        """``subject`` after the change."""
        return replace(
            subject,
            priority=self.priority or subject.priority,
            category=self.category or subject.category,
            site_id=self.site_id or subject.site_id,
            property_kind=self.property_kind or subject.property_kind,
        )


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """Whoever complained, or gave an opinion, has had an answer."""

    happened_at: datetime
    recorded_at: datetime


ClockEvent = Step | Change | FirstAnswer


class Leg(NamedTuple):
    """One run of one clock: from the report or a reopening until it stops.

    ``subject`` is the order as it stopped; ``is_judged`` is false while the clock runs and after a cancellation.
    """

    started_at: datetime
    stopped_at: datetime | None = None
    subject: Subject | None = None
    is_judged: bool = False


class Fact(NamedTuple):
    """What holds from a minute on: the order, and the reason it is held for, if it is."""

    minute: datetime
    subject: Subject
    reason: str | None


class Span(NamedTuple):
    """A span from ``start`` to before ``end`` (``None``: for good) in which a clock runs under one ruling."""

    start: datetime
    end: datetime | None
    ruling: Ruling


class Stretch(NamedTuple):
    """A span from ``start`` to before ``end`` (``None``: for good) in which nothing about an order's clocks changes."""

    start: datetime
    end: datetime | None
    ruling: Ruling | None
    reason: str | None

    @property
    def is_paused(self) -> bool:
        """Whether the order is held for a reason that the policy in force lets pause."""
        return self.ruling is not None and self.reason in self.ruling.version.pausing_reasons

    def run_of(self, leg: Leg) -> Span | None:
        """The part of it in which the clock of ``leg`` runs, not paused, or ``None`` when there is none."""
        start = max(self.start, leg.started_at)
        end = min((moment for moment in (self.end, leg.stopped_at) if moment is not None), default=None)
        if self.ruling is None or self.is_paused or (end is not None and end <= start):
            return None
        return Span(start, end, self.ruling)


class History:
    """An order's timeline replayed: the legs of both clocks, one a round, and the facts by minute.

    Lines count in the order of their minutes, then as they were recorded, then as given; one dated before the report
    counts from the report on.
    """

    def __init__(self, start: Start, events: Iterable[ClockEvent]) -> None:
        begin = cut_to_minute(start.happened_at)
        self.response = [Leg(begin)]
        self.resolution = [Leg(begin)]
        self.facts = [Fact(begin, start.subject, None)]
        self._subject = start.subject
        self._state = State.REPORTED
        self._reason: str | None = None
        self._has_answer = False
        timed = [(max(begin, cut_to_minute(event.happened_at)), event) for event in events]
        for minute, event in sorted(timed, key=lambda line: (line[0], line[1].recorded_at)):
            self._take(minute, event)

    @property
    def last(self) -> Fact:
        """What holds after the last line."""
        return self.facts[-1]

    def stretches(self, book: PolicyBook) -> Iterator[Stretch]:
        """The time since the report, cut wherever the order, its hold or the policy in force changes."""
        facts = [self.facts[0]]  # most lines change nothing that a clock asks for
        facts += [fact for before, fact in pairwise(self.facts) if fact[1:] != before[1:]]
        for fact, following in zip(facts, [*facts[1:], None], strict=True):
            end = following.minute if following else None
            if fact.minute == end:
                continue  # the last line of a minute holds in it
            edits = [edit for edit in book.edits(fact.subject) if fact.minute < edit and (end is None or edit < end)]
            starts = [fact.minute, *edits]
            for start, stop in zip(starts, [*edits, end], strict=True):
                yield Stretch(start, stop, book.ruling(fact.subject, start), fact.reason)

    def _take(self, minute: datetime, event: ClockEvent) -> None:
        match event:
            case Step():
                self._step(minute, event)
            case Change():
                self._subject = event.applied_to(self._subject)
            case FirstAnswer():
                self._has_answer = True
            case _:
                assert_never(event)
        if self._is_answered():
            self._stop(self.response, minute, is_judged=True)
        self.facts.append(Fact(minute, self._subject, self._reason))

    def _step(self, minute: datetime, step: Step) -> None:
        if step.to is State.ON_HOLD:
            is_running = self.resolution[-1].stopped_at is None
            self._reason = step.reason if is_running else None
            return
        self._reason = None
        self._state = step.to
        if step.to is State.REOPENED and self.resolution[-1].is_judged:
            self.response.append(Leg(minute))
            self.resolution.append(Leg(minute))
            self._has_answer = False
        elif step.to is State.CANCELLED or step.to in _FINISHED:
            for legs in (self.response, self.resolution):
                self._stop(legs, minute, is_judged=step.to is not State.CANCELLED)

    def _is_answered(self) -> bool:
        """Whether the response is reached, by the category as it is at this line."""
        category = self._subject.category
        if category.is_opinion:
            return self._has_answer
        return self._state is State.ON_SITE or (self._state is State.ACCEPTED and not category.needs_visit)

    def _stop(self, legs: list[Leg], minute: datetime, *, is_judged: bool) -> None:
        """End the last leg, unless it has ended: what came first stands."""
        if legs[-1].stopped_at is None:
            legs[-1] = Leg(legs[-1].started_at, minute, self._subject, is_judged)
