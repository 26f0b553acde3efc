"""Who is where when: finds somebody for a job who is on shift, certified and not at another, and keeps their time."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from app.server.demo.roster import ZONE, Span
from app.server.demo.workers import Worker

_TRAVEL = timedelta(minutes=4)
"""Between two jobs."""
_HAND_OVER = timedelta(minutes=3)
"""At the beginning of a shift, before the first job."""


class Slot(NamedTuple):
    """Somebody's time at a job."""

    worker: Worker
    start: datetime
    end: datetime


class Diary:
    """The jobs of everybody; no one has two at once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._jobs: dict[str, list[Span]] = {}

    def find(
        self, workers: Iterable[Worker], skill: tuple[str, int], earliest: datetime, length: timedelta, days: int = 10
    ) -> Slot | None:
        """The first time from ``earliest`` at which one of ``workers`` can do a job in one shift, if within ``days``.

        ``skill`` is what the job asks for and its level.
        """
        found: list[Slot] = []
        for worker in self._shuffled(workers):
            start = self._first_free(worker, skill, earliest, length, days)
            if start is not None:
                found.append(Slot(worker, start, start + length))
                if start == earliest:
                    break
        return min(found, key=lambda slot: slot.start, default=None)

    def book(self, slot: Slot) -> None:
        """Keep somebody's time."""
        insort(self._jobs.setdefault(slot.worker.id, []), Span(slot.start, slot.end))

    def release(self, slots: Iterable[Slot]) -> None:
        """Give time back that was kept in vain."""
        for slot in slots:
            self._jobs[slot.worker.id].remove(Span(slot.start, slot.end))

    def _shuffled(self, workers: Iterable[Worker]) -> list[Worker]:
        shuffled = list(workers)
        self._random.shuffle(shuffled)
        return shuffled

    def _first_free(
        self, worker: Worker, skill: tuple[str, int], earliest: datetime, length: timedelta, days: int
    ) -> datetime | None:
        if worker.levels.get(skill[0], 0) < skill[1]:
            return None
        for shift in worker.rota.shifts_from(earliest, days):
            start = self._after_jobs(worker, max(earliest, shift.start + _HAND_OVER), length)
            if start + length <= shift.end and worker.can(*skill, start.astimezone(ZONE).date()):
                return start
        return None

    def _after_jobs(self, worker: Worker, start: datetime, length: timedelta) -> datetime:
        """The first moment from ``start`` with no job within ``length``."""
        jobs = self._jobs.get(worker.id, [])
        place = bisect_left(jobs, Span(start, start))
        if place and jobs[place - 1].end + _TRAVEL > start:
            start = jobs[place - 1].end + _TRAVEL
        while place < len(jobs) and jobs[place].start < start + length + _TRAVEL:
            start = jobs[place].end + _TRAVEL
            place += 1
        return start
