"""The two SLA clocks of an order: minutes used, due times and verdicts, exactly and from the timeline alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.calendars import MINUTE
from app.domain.clock import cut_to_minute
from app.domain.sla_history import ClockEvent, History, Leg, Span, Start
from app.domain.sla_policies import ClockKind, PolicyBook, PolicyVersion


class Verdict(StrEnum):
    """How a clock ended in a round."""

    MET = "met"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Round:
    """One clock from the report, or a reopening, until it stopped (``stopped_at`` ``None``: it runs).

    ``elapsed`` is what is held against ``target``; ``own_minutes`` are those of this round alone, which differ for the
    resolution of an order reopened. Both in open, unpaused minutes.
    """

    started_at: datetime
    stopped_at: datetime | None
    elapsed: int
    own_minutes: int
    target: int | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class SlaClock:
    """One clock over all rounds; the properties speak of the latest.

    ``due_at`` and ``warn_at`` are ``None`` while the clock is paused, after it stopped, and without a target;
    ``warn_minutes`` is the elapsed from which it is due soon.
    """

    rounds: tuple[Round, ...]
    warn_minutes: int | None
    due_at: datetime | None
    warn_at: datetime | None

    @property
    def elapsed(self) -> int:
        """Open, unpaused minutes used so far: of this round for the response, of all rounds for the resolution."""
        return self.rounds[-1].elapsed

    @property
    def target(self) -> int | None:
        """The open minutes allowed, by the policy in force now or when the clock stopped."""
        return self.rounds[-1].target

    @property
    def stopped_at(self) -> datetime | None:
        """When it stopped, ``None`` while it runs or is paused."""
        return self.rounds[-1].stopped_at

    @property
    def verdict(self) -> Verdict | None:
        """How it ended; ``None`` while it runs, when it was cancelled, and without a target."""
        return self.rounds[-1].verdict


@dataclass(frozen=True, slots=True)
class SlaClocks:
    """Both clocks; ``paused_since`` is the minute from which a running clock has stood still."""

    response: SlaClock
    resolution: SlaClock
    paused_since: datetime | None


def compute(start: Start, events: Iterable[ClockEvent], book: PolicyBook, now: datetime | None = None) -> SlaClocks:
    """Read both clocks off the timeline (without its withdrawn lines).

    The target is that of the policy in force at ``now``. Without ``now`` the rows alone decide: it is then the newest
    minute they speak of, the last line's or the last policy edit's, so that a step that arrives after an edit is still
    judged by it, and the same rows give the same due times whenever and wherever they are read. A clock that has
    stopped was judged by the policy in force at the minute it stopped.

    A clock is due at the first minute that begins, not paused, with the whole target used up, if nothing more happens;
    it is late from the next minute on. Versions that begin after ``now`` count from their minute.
    """
    history = History(start, events)
    newest = book.edits(history.last.subject) if now is None else [cut_to_minute(now)]
    reading = _Reading(history, book, max([history.last.minute, *newest]))
    return SlaClocks(
        response=reading.clock(ClockKind.RESPONSE, [[leg] for leg in history.response]),
        resolution=reading.clock(
            ClockKind.RESOLUTION, [history.resolution[: count + 1] for count in range(len(history.resolution))]
        ),
        paused_since=reading.paused_since(),
    )


class Standing(StrEnum):
    """How a clock stands, as the queue shows it."""

    OK = "ok"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    NONE = "none"


class Remaining(NamedTuple):
    """A clock's standing, with the minutes left, over, or paused so far; 0 where there is nothing to count."""

    standing: Standing
    minutes: int


def remaining(
    at: datetime,
    due_at: datetime | None,
    warn_at: datetime | None,
    paused_since: datetime | None = None,
    verdict: Verdict | None = None,
) -> Remaining:
    """How a clock stands at ``at``, from what is stored of it.

    Minutes are those of the clock on the wall, as whoever reads them has to be there by then; nights and pauses are in
    ``due_at`` already. A clock is due soon from ``warn_at`` through the minute of ``due_at`` and overdue after it, so
    a filter in SQL reads ``due_at < cut_to_minute(now)``.
    """
    minute = cut_to_minute(at)
    if verdict is not None:
        return Remaining(Standing(verdict.value), 0)
    if paused_since is not None:
        return Remaining(Standing.PAUSED, max(0, (minute - paused_since) // MINUTE))
    if due_at is None:
        return Remaining(Standing.NONE, 0)
    if minute > due_at:
        return Remaining(Standing.OVERDUE, (minute - due_at) // MINUTE)
    is_soon = warn_at is not None and minute >= warn_at
    return Remaining(Standing.DUE_SOON if is_soon else Standing.OK, (due_at - minute) // MINUTE)


class _Reading:
    """A history under a book of policies, at ``moment``."""

    def __init__(self, history: History, book: PolicyBook, moment: datetime) -> None:
        self._book = book
        self._moment = moment
        self._stretches = list(history.stretches(book))
        self._current = [stretch for stretch in self._stretches if stretch.start <= moment][-1]

    def clock(self, kind: ClockKind, rounds: Sequence[Sequence[Leg]]) -> SlaClock:
        """The clock whose rounds are given as the legs that add up in each."""
        latest = rounds[-1]
        version = self._version(latest[-1])
        is_due = latest[-1].stopped_at is None and not self._current.is_paused
        return SlaClock(
            rounds=tuple(self._round(kind, legs) for legs in rounds),
            warn_minutes=version.warning(kind) if version else None,
            due_at=self._projection(latest, lambda version: version.target(kind)) if is_due else None,
            warn_at=self._projection(latest, lambda version: version.warning(kind)) if is_due else None,
        )

    def paused_since(self) -> datetime | None:
        """The first minute of the pause that lasts at the moment."""
        since = None
        for stretch in self._stretches:
            if stretch.start <= self._moment:
                since = (since or stretch.start) if stretch.is_paused else None
        return since

    def _version(self, leg: Leg) -> PolicyVersion | None:
        """The version that ``leg`` is held against: of the moment, or of the minute it stopped."""
        ruling = self._current.ruling
        if leg.subject is not None and leg.stopped_at is not None:
            ruling = self._book.ruling(leg.subject, leg.stopped_at)
        return ruling.version if ruling else None

    def _round(self, kind: ClockKind, legs: Sequence[Leg]) -> Round:
        leg = legs[-1]
        version = self._version(leg)
        target = version.target(kind) if version else None
        verdict = None
        if leg.is_judged and target is not None:
            is_late = self._first_reached(legs, lambda _: target) is not None
            verdict = Verdict.BREACHED if is_late else Verdict.MET
        return Round(leg.started_at, leg.stopped_at, self._elapsed(legs), self._elapsed([leg]), target, verdict)

    def _elapsed(self, legs: Sequence[Leg]) -> int:
        """The open, unpaused minutes of ``legs`` up to the moment."""
        ended = [leg if leg.stopped_at else leg._replace(stopped_at=self._moment) for leg in legs]
        return sum(_open_minutes(span) for span in self._runs(ended))

    def _projection(self, legs: Sequence[Leg], limit: Callable[[PolicyVersion], int | None]) -> datetime | None:
        """When ``legs``, the last of them running, use up ``limit`` of the version in force now, or then if later."""

        def allowed(span: Span) -> int | None:
            ruling = self._current.ruling if span.start <= self._moment else span.ruling
            return limit(ruling.version) if ruling else None

        return self._first_reached(legs, allowed)

    def _first_reached(self, legs: Sequence[Leg], limit: Callable[[Span], int | None]) -> datetime | None:
        """The first minute that begins in ``legs``, not paused, with ``limit`` used up."""
        used = 0
        for span in self._runs(legs):
            allowed = limit(span)
            if allowed is not None:
                reached = span.ruling.calendar.add_open_minutes(span.start, allowed - used)
                if reached is not None and (span.end is None or reached < span.end):
                    return reached
            used += _open_minutes(span)
        return None

    def _runs(self, legs: Iterable[Leg]) -> Iterator[Span]:
        """The spans in which ``legs`` run, oldest first."""
        for leg in legs:
            for stretch in self._stretches:
                span = stretch.run_of(leg)
                if span is not None:
                    yield span


def _open_minutes(span: Span) -> int:
    """The open minutes of a span; of one without an end none, as nothing comes after it."""
    return span.ruling.calendar.open_minutes_between(span.start, span.end) if span.end else 0
