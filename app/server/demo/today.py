"""Plays the scenes: open orders whose clocks stand at the present moment as each scene says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.commands.clocks import Rulebook
from app.domain.calendars import MINUTE, ServiceCalendar
from app.domain.clock import cut_to_minute
from app.domain.sla_policies import ClockKind
from app.domain.work_orders import State
from app.server.demo import outcomes
from app.server.demo.calls import Call, Switchboard
from app.server.demo.diary import Slot
from app.server.demo.estates import Estate
from app.server.demo.history import Historian
from app.server.demo.kinds import KIND_BY_CODE, Kind, Team, is_firm
from app.server.demo.matters import Matter, whereabouts
from app.server.demo.residents import Caller
from app.server.demo.roster import ZONE
from app.server.demo.said import Said
from app.server.demo.scenes import Scene
from app.server.demo.stories import Entry, Finish, Story
from app.server.demo.workers import Worker

_JUST_NOW = 4 * MINUTE
_REPORTED_BEFORE = 40 * MINUTE
"""How long before somebody arrives it was reported, in scenes that do not say."""
_FOUND_OUT = 12 * MINUTE
"""How long after arriving it is seen that something is missing."""
_DAYS_TO_REOPENING = timedelta(days=2)


@dataclass(slots=True)
class Planned:
    """A scene with its times, ready to be told as soon as its call has a number."""

    scene: Scene
    call: Call
    state: State
    slot: Slot | None = None
    worker: Worker | None = None
    reopened_at: datetime | None = None


class Stage:
    """Plans and plays the scenes of one site."""

    def __init__(self, estate: Estate, switchboard: Switchboard, historian: Historian, rulebook: Rulebook) -> None:
        self._estate = estate
        self._switchboard = switchboard
        self._historian = historian
        self._rulebook = rulebook
        self._random = historian.random
        self._now = historian.now

    def plan(self, scene: Scene) -> Planned:
        """Find the times and the people; whoever is working now keeps that time in the diary."""
        kind = KIND_BY_CODE[scene.kind]
        planned = Planned(scene, Call(self._estate.key, self._now, self._matter(scene, kind), None), scene.state)
        if scene.is_reopened or scene.state is State.REOPENED:
            self._plan_reopened(planned, kind)
        elif scene.state in (State.DONE, State.VERIFIED, State.ON_HOLD):
            self._plan_past(planned, kind, self._now - scene.left * MINUTE)
        elif scene.state is State.ON_SITE:
            self._plan_present(planned, kind)
        else:
            self._plan_waiting(planned, kind)
        planned.call.caller = self._caller(scene, planned.call)
        return planned

    def play(self, planned: Planned) -> Story:
        """The story of a planned scene, up to now."""
        story, call = Story(self._estate, planned.call.number, keeps_undo=True), planned.call
        taker = self._historian.desks.anyone(call.site, call.at)
        story.report(call.at, taker, call.matter, call.caller)
        if planned.state is not State.REPORTED:
            at = call.at + timedelta(seconds=self._random.randint(20, 50))
            story.desk_step(State.TRIAGED, at, taker)
            self._go_on(story, planned)
        return story

    def _go_on(self, story: Story, planned: Planned) -> None:
        state = planned.state
        if state is State.ON_HOLD and planned.slot is None:
            at = self._now - planned.scene.left * MINUTE
            self._hold(story, planned, at, Entry(self._desk(at)))
        elif planned.reopened_at is not None:
            self._finish(story, planned)
            story.reopen(planned.reopened_at, self._desk(planned.reopened_at), self._say(outcomes.REOPENINGS[0]))
            if state is not State.REOPENED and planned.worker:
                self._send(story, planned, planned.reopened_at + MINUTE)
        elif state in (State.DONE, State.VERIFIED):
            self._finish(story, planned)
        elif state is not State.TRIAGED:
            self._send(story, planned, story.last_recorded_at + MINUTE)
            self._work(story, planned)

    def _work(self, story: Story, planned: Planned) -> None:
        """What came after somebody was sent, up to now."""
        worker, slot, scene = planned.worker, planned.slot, planned.scene
        sent = story.last_recorded_at
        if planned.state is not State.DISPATCHED:
            begin = slot.start if slot else self._now
            accepted = self._accepted_at(sent, worker, begin)
            story.crew_step(State.ACCEPTED, accepted, self._entry(worker, accepted, begin))
        if slot is not None:
            story.crew_step(State.ON_SITE, slot.start, self._entry(worker, slot.start, slot.end))
        if planned.state is State.ON_HOLD and slot is not None:
            self._hold(story, planned, slot.end, self._entry(worker, slot.end))
        self._chase(story, planned, sent)
        if scene.comment:
            story.comment(story.last_recorded_at + 3 * MINUTE, self._desk(self._now), self._say(scene.comment))

    def _hold(self, story: Story, planned: Planned, at: datetime, entry: Entry) -> None:
        reason = planned.scene.reason
        if reason is not None:
            story.hold(at, entry, reason, self._say(self._random.choice(outcomes.HOLD_NOTES[reason])))

    def _finish(self, story: Story, planned: Planned) -> None:
        """The whole way to done, and on to verified or, before a reopening, to closed."""
        slot, kind = planned.slot, planned.call.matter.kind
        if slot is None:
            return
        sent = story.last_recorded_at + MINUTE
        story.send(sent, self._desk(sent), slot.worker)
        accepted = self._accepted_at(sent, slot.worker, slot.start)
        story.crew_step(State.ACCEPTED, accepted, self._entry(slot.worker, accepted, slot.start))
        story.crew_step(State.ON_SITE, slot.start, self._entry(slot.worker, slot.start, slot.end))
        result = self._say(outcomes.draw_result(kind, self._random))
        cause = outcomes.draw_cause(kind, self._random)
        finish = Finish(result, cause, (slot.end - slot.start) // MINUTE)
        story.crew_step(State.DONE, slot.end, self._entry(slot.worker, slot.end), finish=finish)
        verified = story.last_recorded_at + 3 * MINUTE
        if planned.state is State.VERIFIED or planned.reopened_at:
            story.desk_step(State.VERIFIED, verified, self._desk(verified))
        if planned.reopened_at:
            story.desk_step(State.CLOSED, verified + MINUTE, self._desk(verified))

    def _send(self, story: Story, planned: Planned, at: datetime) -> None:
        team = planned.call.matter.kind.team
        to = [team if is_firm(team) or planned.worker is None else planned.worker]
        to += [helper for helper in self._by_number(planned.scene.helper) if helper not in to]
        story.send(at, self._desk(at), *to)

    def _chase(self, story: Story, planned: Planned, since: datetime) -> None:
        times = planned.scene.chases
        for place in range(times):
            at = since + (self._now - since) * (place + 1) / (times + 1)
            due_at = self._due_at(planned.call)
            note = self._say(planned.scene.chased)
            story.chase(at, self._desk(at), note, is_late=due_at is not None and at > due_at)

    def _plan_present(self, planned: Planned, kind: Kind) -> None:
        """Somebody is there now; where nobody on shift can be, they are still waited for."""
        scene = planned.scene
        at = self._reported_at(kind, scene.left, ClockKind.RESOLUTION)
        age = self._now - at
        arrived = at + (scene.arrived * MINUTE if scene.arrived else age * 2 / 3)
        for worker in (*self._by_number(scene.who), *self._team(kind)):
            stay = Slot(worker, arrived, self._now + 20 * MINUTE)
            if self._is_free(stay, kind):
                self._historian.diary.book(stay)
                planned.call.at, planned.slot, planned.worker = at, stay, worker
                return
        planned.state = State.DISPATCHED
        self._plan_waiting(planned, kind)

    def _plan_waiting(self, planned: Planned, kind: Kind) -> None:
        """Nobody is there yet; to have accepted, somebody must have been on shift since it was reported."""
        scene = planned.scene
        planned.call.at = self._reported_at(kind, scene.left, ClockKind.RESPONSE)
        able = self._able(scene, kind)
        planned.worker = able[0] if able else None
        if planned.state is State.ACCEPTED and able:
            sent = planned.call.at + 3 * MINUTE
            awake = [one for one in able if self._accepted_at(sent, one, self._now) < self._now - MINUTE]
            planned.state = State.ACCEPTED if awake else State.DISPATCHED
            planned.worker = (*awake, *able)[0]

    def _plan_past(self, planned: Planned, kind: Kind, ended: datetime) -> None:
        """Somebody was there and left about ``ended``; an outside firm that nobody has sent yet was not."""
        if is_firm(kind.team):
            planned.call.at = ended - _REPORTED_BEFORE
            return
        length = _FOUND_OUT if planned.state is State.ON_HOLD else kind.minutes * MINUTE
        planned.slot = self._slot_before(planned.scene, kind, ended, length)
        planned.worker = planned.slot.worker
        planned.call.at = planned.slot.start - _REPORTED_BEFORE + timedelta(seconds=self._random.randint(0, 900))

    def _plan_reopened(self, planned: Planned, kind: Kind) -> None:
        self._plan_past(planned, kind, self._now - _DAYS_TO_REOPENING)
        planned.reopened_at = self._reported_at(kind, planned.scene.left, ClockKind.RESPONSE)
        planned.worker = self._able(planned.scene, kind)[0]

    def _slot_before(self, scene: Scene, kind: Kind, ended: datetime, length: timedelta) -> Slot:
        """The time of somebody who was there until about ``ended``, and is gone by now."""
        earliest = ended - length
        while True:
            for workers in (self._by_number(scene.who), self._team(kind)):
                slot = self._historian.diary.find(workers, (kind.skill, kind.level), earliest, length, days=1)
                if slot is not None and slot.end < self._now - _JUST_NOW:
                    self._historian.diary.book(slot)
                    return slot
            earliest -= 30 * MINUTE

    def _reported_at(self, kind: Kind, left: int, clock: ClockKind) -> datetime:
        """When it must have been reported for ``clock`` to have ``left`` minutes now."""
        subject = self._rulebook.subject(self._estate.row.id, kind.priority, kind.id)
        ruling = self._rulebook.policies.ruling(subject, self._now)
        target = ruling.version.target(clock) if ruling else None
        if ruling is None or target is None:
            raise LookupError(kind.code)
        minute = _open_minutes_ago(ruling.calendar, cut_to_minute(self._now), target - left)
        return minute + timedelta(seconds=self._random.randint(0, 50))

    def _due_at(self, call: Call) -> datetime | None:
        """When the response to a call was due, in minutes of its calendar."""
        kind = call.matter.kind
        subject = self._rulebook.subject(self._estate.row.id, kind.priority, kind.id)
        ruling = self._rulebook.policies.ruling(subject, self._now)
        target = ruling.version.response_minutes if ruling else None
        if ruling is None or target is None:
            return None
        return ruling.calendar.add_open_minutes(cut_to_minute(call.at), target)

    def _able(self, scene: Scene, kind: Kind) -> list[Worker]:
        """Who could be sent: first whom the scene names, then those on shift; none by name of an outside firm."""
        if is_firm(kind.team):
            return []
        today = self._now.astimezone(ZONE).date()
        able = [worker for worker in self._team(kind) if worker.can(kind.skill, kind.level, today)]
        able.sort(key=lambda worker: not worker.rota.covers(self._now, self._now))
        return [*self._by_number(scene.who), *able]

    def _accepted_at(self, sent: datetime, worker: Worker | None, before: datetime) -> datetime:
        """When somebody accepts: soon, or as soon as they are on shift, but before ``before``."""
        soon = sent + timedelta(seconds=self._random.randint(30, 240))
        if worker is not None and not worker.rota.covers(soon, soon):
            soon = worker.rota.next_shift(soon).start + MINUTE
        return min(soon, before - timedelta(seconds=40))

    def _entry(self, worker: Worker | None, at: datetime, before: datetime | None = None) -> Entry:
        """A step told by telephone or, for one in three who can, entered by the worker; ``before`` the next."""
        signs_in = worker is not None and worker.supplier_id is None
        if worker and signs_in and (worker.team is Team.DESK or self._random.random() < 1 / 3):
            return Entry(worker)
        latest = min(before or self._now, self._now) - timedelta(seconds=5)
        entered = max(at, min(at + timedelta(seconds=self._random.randint(20, 130)), latest))
        return Entry(self._desk(entered), entered, is_by_phone=True)

    def _desk(self, at: datetime) -> Worker:
        """Who enters what the control room may not: the clerk, or by night the supervisor."""
        desks = self._historian.desks
        return desks.clerk(self._estate.key, at) or desks.supervisor(self._estate.key)

    def _is_free(self, slot: Slot, kind: Kind) -> bool:
        """Whether somebody is on shift, certified and not elsewhere for all of ``slot``, which ends after now."""
        worker, start, _ = slot
        if not worker.rota.covers(start, self._now):
            return False
        length = self._now - start
        found = self._historian.diary.find([worker], (kind.skill, kind.level), start, length, days=1)
        return found is not None and found.start == start

    def _by_number(self, employee_no: str) -> list[Worker]:
        return [worker for worker in self._historian.workforce.workers if worker.employee_no == employee_no]

    def _team(self, kind: Kind) -> list[Worker]:
        return self._historian.workforce.team(self._estate.key, kind.team)

    def _matter(self, scene: Scene, kind: Kind) -> Matter:
        if not scene.said:
            return self._switchboard.matters.draw(kind)
        estate = self._estate
        spot = estate.units.get(scene.place) or estate.places.get(scene.place) or estate.assets[scene.place]
        return Matter(kind, whereabouts(spot, estate.say(scene.note)), estate.say(scene.said))

    def _caller(self, scene: Scene, call: Call) -> Caller | None:
        """Whoever lives where the scene says, else somebody who may well have rung."""
        if scene.caller:
            return self._switchboard.people.callers[self._estate.units[scene.caller].id][0]
        return self._switchboard.caller_for(call.matter, call.at.astimezone(ZONE).date())

    def _say(self, said: Said) -> str:
        return self._estate.say(said)


def _open_minutes_ago(calendar: ServiceCalendar, now: datetime, minutes: int) -> datetime:
    """The latest minute from which ``minutes`` of the calendar have passed at ``now``."""
    early, late = now - timedelta(days=60), now
    while late - early > MINUTE:
        middle = cut_to_minute(early + (late - early) / 2)
        if calendar.open_minutes_between(middle, now) >= minutes:
            early = middle
        else:
            late = middle
    return early
