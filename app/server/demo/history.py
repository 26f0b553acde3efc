"""What became of a call: an order from report to closed, with the people who were there to work on it."""

from datetime import UTC, datetime, time, timedelta
from math import exp, log
from random import Random
from typing import NamedTuple

from app.domain.work_orders import HoldReason, State
from app.server.demo import outcomes
from app.server.demo.arrivals import closing
from app.server.demo.calls import Call
from app.server.demo.desks import Desks
from app.server.demo.diary import Diary, Slot
from app.server.demo.estates import Estate
from app.server.demo.kinds import Team, is_firm
from app.server.demo.roster import DAY, ZONE
from app.server.demo.said import Said
from app.server.demo.stories import Entry, Finish, Story
from app.server.demo.workers import Worker, Workforce

CANCELLED_SHARE, HELD_SHARE, REFUSED_SHARE, REOPENED_SHARE = 0.03, 0.12, 0.025, 0.055
CHASED_SHARE, CHASED_AGAIN_SHARE, JOINED_SHARE, RAISED_SHARE = 0.12, 0.25, 0.01, 0.012
CORRECTED_SHARE, ASKED_AGAIN_SHARE, FLAGGED_SHARE = 0.028, 0.022, 0.35
ANSWERED_SHARES = {"enquiry": 1.0, "car": 0.6, "door": 0.5}
"""Share of the kinds without a visit that are answered on the telephone at once, by group."""
MERGED_AFTER = timedelta(seconds=150)
"""How soon the desk sees that a second report doubles a first."""


class _Spread(NamedTuple):
    """A log-normal span: its median in minutes, and the spread of the logarithm."""

    median: float
    sigma: float

    def draw(self, random: Random) -> timedelta:
        return timedelta(minutes=exp(random.gauss(log(self.median), self.sigma)))


_ARRIVED = {"P1": _Spread(13, 0.45), "P2": _Spread(16, 0.6)}
"""From report to arrival; an assumption."""
_DONE = _Spread(82, 0.85)
"""From report to done of what is ordinary, if the day it is closed does not cut it short; an assumption."""
_OPINION_DONE, _ANSWERED, _HELD = _Spread(5200, 0.75), _Spread(260, 0.9), _Spread(1800, 0.9)
_LENGTH_SIGMA = 0.35
_LET_IN, _DAYLIGHT = (8, 20), (8, 17)
"""Local hours in which tenants let somebody in for what can wait, and in which an outside firm comes."""
_HOLDABLE = frozenset({Team.ENGINEERING, Team.GARDENING})
_BRIEF_HOURS = 3
"""What guards settle within such a median they are sent to at once, day and night, and it is closed as soon."""
_MINUTE = timedelta(minutes=1)


class Historian:
    """Tells the stories of calls that were all closed before ``now``."""

    def __init__(self, workforce: Workforce, desks: Desks, diary: Diary, now: datetime, random: Random) -> None:
        self.workforce = workforce
        self.desks = desks
        self.diary = diary
        self.now = now
        self.random = random

    def tell(self, estate: Estate, call: Call) -> Story | None:
        """The story of a call, or ``None`` when it could not have been closed by now."""
        for speed in (1.0, 0.12):
            teller = _Teller(self, estate, call, speed)
            story = teller.tell()
            if story is not None and story.last_recorded_at < self.now:
                return story
            self.diary.release(teller.slots)
        for double in call.doubles or ():
            double.is_merged = False
        return None


class _Teller:
    """One telling of a story; a swift one goes straight: no hold, no refusal, no reopening.

    ``slots`` is the time it keeps in the diary.
    """

    def __init__(self, historian: Historian, estate: Estate, call: Call, speed: float) -> None:
        self._all = historian
        self._random = historian.random
        self._desks = historian.desks
        self._estate = estate
        self._call = call
        self._kind = call.matter.kind
        self._speed = speed
        self._is_straight = speed < 1
        self._is_brief = closing(self._kind).p50 < _BRIEF_HOURS and self._kind.team is Team.SECURITY
        self._total = closing(self._kind).draw(self._random) * speed
        self._story = Story(estate, call.number)
        self.slots: list[Slot] = []

    def tell(self) -> Story | None:
        """The story, or ``None`` when nobody could be found for it."""
        call, story = self._call, self._story
        for double in call.doubles or ():
            double.is_merged = False
        taker = self._desks.anyone(call.site, call.at)
        story.report(call.at, taker, call.matter, call.caller, self._priority())
        if call.caller and self._chance(ASKED_AGAIN_SHARE):
            story.asked_again(call.at, taker, self._random.choice(("phone", "name", "place")))
        if call.original and call.is_merged:
            at = call.at + MERGED_AFTER
            story.cancel(at, taker, "duplicate", Story.id_of(call.original.number))
        elif not self._kind.needs_visit and self._chance(ANSWERED_SHARES.get(self._kind.group, 0.0)):
            at = self._desks.staffed(call.site, self._after(call.at, 90, 420))
            story.desk_step(State.CLOSED, at, self._desks.anyone(call.site, at), self._pick(outcomes.PHONE_ANSWERS))
        elif not self._take_its_course(taker):
            return None
        story.read_notices(self._desks.supervisor(call.site), timedelta(seconds=self._random.randint(120, 5400)))
        return story

    def _take_its_course(self, taker: Worker) -> bool:
        at = self._after(self._call.at, 30, 200)
        self._story.desk_step(State.TRIAGED, at, taker)
        if self._chance(CORRECTED_SHARE):
            at = self._staffed(at, 60, 400)
            self._story.correct(at, self._at_desk(at), self._random.choice(("place", "phone", "description")))
        if not self._is_straight and self._chance(CANCELLED_SHARE):
            at = self._staffed(at, 200, 5000)
            reason = self._random.choices(("withdrawn", "mistaken", "not_ours", "other"), (60, 15, 20, 5))[0]
            self._story.cancel(at, self._at_desk(at), reason)
            return True
        if not self._kind.needs_visit:
            self._settle()
        elif not self._go(self._call.at):
            return False
        self._join()
        return self._close()

    def _go(self, since: datetime) -> bool:
        """Send somebody for what was reported at ``since``; ``False`` when there is nobody."""
        sent, length = self._sending_time(), self._length()
        arrived = _ARRIVED.get(self._story.order.priority)
        wanted = since + (arrived.draw(self._random) * self._speed if arrived else self._delay() - length)
        if is_firm(self._kind.team):
            self._go_firm(sent, wanted, length)
            return True
        slot = self._find(max(sent + 3 * _MINUTE, wanted), length)
        if slot is None:
            return False
        if not self._is_straight and self._chance(REFUSED_SHARE):
            sent = self._refuse(sent, slot)
        self._keep(slot)
        self._story.send(sent, self._sender(sent), slot.worker)
        accepted = self._accepted_at(sent, slot)
        self._story.crew_step(State.ACCEPTED, accepted, self._entry(slot.worker, accepted, slot.start))
        self._wait(slot.start)
        if not self._is_straight and self._kind.team in _HOLDABLE and self._chance(HELD_SHARE):
            return self._hold(slot, length)
        self._story.crew_step(State.ON_SITE, slot.start, self._entry(slot.worker, slot.start, slot.end))
        self._finish(slot)
        return True

    def _go_firm(self, sent: datetime, start: datetime, length: timedelta) -> None:
        """An outside firm comes by daylight; the desk enters its steps when it rings in."""
        self._story.send(sent, self._at_desk(sent), self._kind.team)
        accepted = self._staffed(sent, 600, 5400)
        self._story.crew_step(State.ACCEPTED, accepted, self._rung_in(accepted, None))
        start = self._within(_DAYLIGHT, max(self._story.last_recorded_at + 20 * _MINUTE, start))
        end = start + length
        self._story.crew_step(State.ON_SITE, start, self._rung_in(start, end))
        self._story.crew_step(State.DONE, end, self._rung_in(end, None), finish=self._outcome(length))

    def _refuse(self, sent: datetime, slot: Slot) -> datetime:
        """Somebody else was sent first and gave it back; returns when the next is sent."""
        others = [
            one for one in self._team() if one.id != slot.worker.id and one.rota.covers(sent, sent + 20 * _MINUTE)
        ]
        again = slot.start - 5 * _MINUTE
        if not others or again < sent + 12 * _MINUTE:
            return sent
        refuser = self._random.choice(others)
        self._story.send(sent, self._sender(sent), refuser)
        at = self._after(sent, 60, 300)
        entry = self._entry(refuser, at, sent + 9 * _MINUTE)
        self._story.crew_step(State.TRIAGED, at, entry, self._pick(outcomes.REFUSALS))
        return self._after(sent + 9 * _MINUTE, 10, 120)

    def _hold(self, slot: Slot, length: timedelta) -> bool:
        """On arrival something is missing; the same worker comes back when it is there."""
        worker, story = slot.worker, self._story
        held = slot.start + min(length, timedelta(minutes=self._random.randint(9, 20)))
        story.crew_step(State.ON_SITE, slot.start, self._entry(worker, slot.start, held))
        reason = self._hold_reason()
        story.hold(held, self._entry(worker, held, None), reason, self._pick(outcomes.HOLD_NOTES[reason]))
        again = self._find(story.last_recorded_at + _HELD.draw(self._random), length, [worker])
        if again is None:
            return False
        self._keep(again)
        story.resume(again.start, self._entry(worker, again.start, again.end))
        self._finish(again)
        return True

    def _finish(self, slot: Slot) -> None:
        outcome = self._outcome(slot.end - slot.start)
        self._story.crew_step(State.DONE, slot.end, self._entry(slot.worker, slot.end, None), finish=outcome)

    def _settle(self) -> None:
        """A matter for the desk itself, with no visit; a complaint is answered first."""
        at = self._staffed(self._story.last_recorded_at, 60, 600)
        sent, at = at, self._after(at, 5, 90)
        clerk, story = self._at_desk(at), self._story
        story.send(sent, self._at_desk(sent), clerk)
        story.crew_step(State.ACCEPTED, at, Entry(clerk))
        if self._kind.is_opinion:
            at = self._on_duty(clerk, at + _ANSWERED.draw(self._random) * self._speed)
            story.answer(at, clerk, self._pick(outcomes.ANSWERS))
        done = self._on_duty(clerk, max(at + 6 * _MINUTE, self._call.at + self._delay()))
        story.crew_step(State.DONE, done, Entry(clerk), finish=self._outcome(self._length()))

    def _join(self) -> None:
        """Who else rang about it while it was open: doubles merged in, and callers who join."""
        story, call = self._story, self._call
        last = story.last_recorded_at
        for double in call.doubles or ():
            at = double.at + MERGED_AFTER
            double.is_merged = at < last
            if double.is_merged:
                story.merge_order(at, self._desks.anyone(call.site, at), double.number)
        at = self._after(call.at, 240, 900)
        if call.caller and at < last and self._chance(JOINED_SHARE):
            story.merge_caller(at, self._desks.anyone(call.site, at), call.caller, "")

    def _close(self) -> bool:
        """Verified and closed, and for a few the whole way again."""
        reopens = self._kind.needs_visit and not self._is_straight and self._chance(REOPENED_SHARE)
        verified = max(self._after(self._story.last_recorded_at, 120, 700), self._call.at + self._total)
        verified = verified if self._is_brief else self._desks.staffed(self._call.site, verified)
        if reopens and self._chance(0.3):
            return self._reopen(verified)
        self._story.desk_step(State.VERIFIED, verified, self._at_desk(verified))
        closed = self._after(verified, 20, 240) if self._is_brief else self._staffed(verified, 20, 240)
        self._story.desk_step(State.CLOSED, closed, self._at_desk(closed))
        return self._reopen(self._staffed(closed, 14_000, 560_000)) if reopens else True

    def _reopen(self, at: datetime) -> bool:
        self._is_straight = True
        self._story.reopen(at, self._at_desk(at), self._pick(outcomes.REOPENINGS))
        return self._go(at) and self._close()

    def _wait(self, start: datetime) -> None:
        """What may come while somebody is on the way: the caller chases, the supervisor raises the priority."""
        begin, order = self._story.last_recorded_at, self._story.order
        if start - begin < 20 * _MINUTE:
            return
        if self._call.caller and self._chance(CHASED_SHARE):
            times = 2 if self._chance(CHASED_AGAIN_SHARE) else 1
            for place in range(times):
                at = begin + (start - begin) * (place + 1) / (times + 2)
                by = self._desks.anyone(self._call.site, at)
                self._story.chase(at, by, self._pick(outcomes.CHASES))
        elif order.priority == "P3" and self._chance(RAISED_SHARE):
            self._story.raise_priority(begin + (start - begin) / 3, self._desks.supervisor(self._call.site), "P2")

    def _accepted_at(self, sent: datetime, slot: Slot) -> datetime:
        """When the one who was sent accepts: soon, or when their shift begins."""
        latest = slot.start - timedelta(seconds=self._random.randint(50, 120))
        accepted = min(self._after(sent, 30, 500), latest)
        if not slot.worker.rota.covers(accepted, accepted):
            accepted = latest
        return max(accepted, sent + timedelta(seconds=20))

    def _entry(self, worker: Worker, at: datetime, before: datetime | None) -> Entry:
        """A step of a worker: entered by them, or rung in; an outside firm's people always ring in."""
        is_night = self._desks.clerk(self._call.site, at) is None
        if worker.supplier_id is None and (is_night or self._chance(0.35)):
            return Entry(worker, is_offline=self._chance(0.03))
        return self._rung_in(at, before)

    def _rung_in(self, at: datetime, before: datetime | None) -> Entry:
        """A step told by telephone, entered soon after, ``before`` the next; by night a supervisor takes it."""
        latest = max(at, (before or at + 20 * _MINUTE) - timedelta(seconds=15))
        entered = min(self._after(at, 30, 400), latest)
        by = self._desks.clerk(self._call.site, entered) or self._desks.supervisor(self._call.site)
        return Entry(by, entered, is_by_phone=True)

    def _sending_time(self) -> datetime:
        """When somebody is sent: what is urgent or is over soon at once, the rest when a clerk is there."""
        last = self._story.last_recorded_at
        is_urgent = self._story.order.priority in ("P1", "P2") or self._is_brief
        return self._after(last, 30, 200) if is_urgent else self._staffed(last, 60, 1300)

    def _find(self, earliest: datetime, length: timedelta, workers: list[Worker] | None = None) -> Slot | None:
        if self._story.order.priority not in ("P1", "P2") and self._call.matter.where.unit_id and not self._is_brief:
            earliest = self._within(_LET_IN, earliest)
        skill = (self._kind.skill, self._kind.level)
        return self._all.diary.find(workers or self._team(), skill, earliest, length)

    def _keep(self, slot: Slot) -> None:
        self._all.diary.book(slot)
        self.slots.append(slot)

    def _team(self) -> list[Worker]:
        return self._all.workforce.team(self._call.site, self._kind.team)

    def _delay(self) -> timedelta:
        """From report to done."""
        if self._kind.is_opinion:
            return _OPINION_DONE.draw(self._random) * self._speed
        latest = self._total * (0.6 if self._is_brief else 0.85)
        if self._story.order.round:
            return min(_DONE.draw(self._random), DAY)
        return latest if self._kind.priority == "P4" else min(_DONE.draw(self._random) * self._speed, latest)

    def _length(self) -> timedelta:
        minutes = _Spread(self._kind.minutes, _LENGTH_SIGMA).draw(self._random) // _MINUTE
        return timedelta(minutes=max(5, min(minutes, 240)))

    def _outcome(self, length: timedelta) -> Finish:
        result = self._estate.say(outcomes.draw_result(self._kind, self._random))
        return Finish(result, outcomes.draw_cause(self._kind, self._random), length // _MINUTE)

    def _hold_reason(self) -> HoldReason:
        if self._kind.group == "green" or self._kind.code in ("roof", "paving"):
            return HoldReason.WEATHER
        if self._call.matter.where.unit_id and self._chance(0.45):
            return HoldReason.ACCESS
        return HoldReason.PARTS if self._chance(0.85) else HoldReason.SUPPLIER

    def _priority(self) -> str:
        """As the category suggests; raised for some whose flag stands."""
        kind, caller = self._kind, self._call.caller
        is_raised = caller is not None and caller.is_flagged and kind.group in ("water_power", "lift")
        return "P2" if is_raised and kind.priority == "P3" and self._chance(FLAGGED_SHARE) else kind.priority

    def _on_duty(self, worker: Worker, at: datetime) -> datetime:
        """``at`` if the worker is on shift then, else soon after the next shift begins."""
        if worker.rota.covers(at, at):
            return at
        return self._after(worker.rota.next_shift(at).start, 60, 3000)

    def _within(self, hours: tuple[int, int], at: datetime) -> datetime:
        """``at`` if it falls within local hours, else the next time that does."""
        local = at.astimezone(ZONE)
        if hours[0] <= local.hour < hours[1]:
            return at
        day = local.date() + DAY if local.hour >= hours[1] else local.date()
        return self._after(datetime.combine(day, time(hours[0]), ZONE).astimezone(UTC), 60, 5400)

    def _staffed(self, at: datetime, shortest_s: int, longest_s: int) -> datetime:
        """A while after ``at``, when a clerk is at the desk."""
        return self._desks.staffed(self._call.site, self._after(at, shortest_s, longest_s))

    def _at_desk(self, at: datetime) -> Worker:
        """Who may do what the control room may not: the clerk, or by night the supervisor on call."""
        return self._desks.clerk(self._call.site, at) or self._desks.supervisor(self._call.site)

    def _sender(self, at: datetime) -> Worker:
        """Who sends somebody: by night the control room for what is urgent."""
        is_urgent = self._story.order.priority in ("P1", "P2")
        return self._desks.anyone(self._call.site, at) if is_urgent else self._at_desk(at)

    def _after(self, at: datetime, shortest_s: int, longest_s: int) -> datetime:
        return at + timedelta(seconds=self._random.randint(shortest_s, longest_s))

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _pick(self, choices: tuple[Said, ...]) -> str:
        return self._estate.say(self._random.choice(choices))
