"""The calls of two years: who reports what and when, with the repeats and doubles there are among them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from app.domain.numbers import format_number
from app.server.demo.arrivals import Arrivals
from app.server.demo.desks import Desks, desk_of
from app.server.demo.estates import Estate
from app.server.demo.kinds import KINDS, Kind
from app.server.demo.matters import Matter, Matters
from app.server.demo.residents import Caller, People
from app.server.demo.roster import ZONE

DUPLICATE_SHARE = 0.023
"""Orders cancelled because another was open for the same: 2.3 % of a city's requests are marked so."""
REPEAT_SHARE = 0.025
"""Matters of the same place and kind within 30 days: at least 2 %, as counted in a sample."""
_ON_ROUNDS = {"pump": 1.0, "sump": 0.9, "hydrant": 0.7, "lighting": 0.3, "lane": 0.3, "branch": 0.4, "stairs": 0.15}
"""Share of a kind that nobody rings about: staff see it on their rounds."""
_TRIES = 12


@dataclass(slots=True)
class Call:
    """A report: at which site, when, what, by whom (``None``: seen on a round)."""

    site: str
    at: datetime
    matter: Matter
    caller: Caller | None
    original: "Call | None" = None
    """The open order that this one doubles."""
    number: str = ""
    desk: str = ""
    doubles: "list[Call] | None" = None
    """Those that double this one."""
    is_merged: bool = False
    """The double was found and merged into its original while that was open."""


class Switchboard:
    """Makes the calls of one site."""

    def __init__(self, estate: Estate, people: People, random: Random) -> None:
        self._estate = estate
        self.people = people
        self._random = random
        units = [unit for unit in estate.units.values() if any(one.phone for one in people.callers.get(unit.id, ()))]
        self._units = units
        self.matters = Matters(estate, units, random)

    def calls(self, shares: dict[Kind, float], count: int, arrivals: Arrivals) -> list[Call]:
        """``count`` calls, their kinds weighed by ``shares``, oldest first."""
        kinds = self._random.choices(list(shares), list(shares.values()), k=count)
        found = sorted((self._call(kind, arrivals.draw(kind)) for kind in kinds), key=lambda call: call.at)
        for place, call in enumerate(found):
            chance = self._random.random()
            if chance < DUPLICATE_SHARE:
                self._double(call, found)
            elif chance < DUPLICATE_SHARE + REPEAT_SHARE and place > 100:
                self._repeat(call, found[max(0, place - 400) : place])
        return sorted(found, key=lambda call: call.at)

    def caller_for(self, matter: Matter, day: date) -> Caller | None:
        """Somebody of the unit, or of any, who lived there on ``day`` and has a telephone."""
        unit_id = matter.where.unit_id
        if unit_id is None:
            building = matter.where.building_id
            near = [unit for unit in self._random.choices(self._units, k=_TRIES) if unit.building_id == building]
            unit_id = (near or self._random.choices(self._units))[0].id
        callers = [
            caller
            for caller in self.people.callers[unit_id]
            if caller.phone and caller.since <= day and (caller.until is None or day <= caller.until)
        ]
        return self._random.choice(callers) if callers else None

    def _call(self, kind: Kind, at: datetime) -> Call:
        day = at.astimezone(ZONE).date()
        is_round = self._random.random() < _ON_ROUNDS.get(kind.code, 0.0)
        call = Call(self._estate.key, at, self.matters.draw(kind), None)
        for _ in range(_TRIES):
            if not is_round or call.matter.where.unit_id is not None:
                call.caller = self.caller_for(call.matter, day)
            if call.caller is not None or is_round:
                break
            call.matter = self.matters.draw(kind)
        return call

    def _double(self, call: Call, among: list[Call]) -> None:
        """Make ``call`` a second report of one that came shortly before."""
        original = self._random.choice(among)
        if original is call or original.original or call.doubles or not original.matter.kind.needs_visit:
            return
        call.at = original.at + timedelta(seconds=self._random.randint(240, 2400))
        call.matter = original.matter
        call.caller = self.caller_for(call.matter, call.at.astimezone(ZONE).date())
        call.original = original
        original.doubles = [*(original.doubles or []), call]

    def _repeat(self, call: Call, before: list[Call]) -> None:
        """Make ``call`` the same matter as one of the last weeks."""
        earlier = [
            one
            for one in self._random.choices(before, k=_TRIES)
            if one.matter.kind.needs_visit and call.at - one.at < timedelta(days=30)
        ]
        if earlier and not call.doubles:
            call.matter, call.caller = earlier[0].matter, earlier[0].caller
            if call.caller and call.caller.until:
                call.caller = self.caller_for(call.matter, call.at.astimezone(ZONE).date())


def shares_of(site_kind: str, matters: Matters) -> dict[Kind, float]:
    """How often each kind comes at a site, of those that can happen there."""
    place = ("housing", "office", "mall").index(site_kind)
    return {kind: float(kind.shares[place]) for kind in KINDS if matters.knows(kind)}


def number_calls(calls: Iterable[Call], desks: Desks) -> list[Call]:
    """The calls in the order they came, each with the number that its desk gave it."""
    numbered = sorted(calls, key=lambda call: call.at)
    counters: dict[tuple[str, date], int] = defaultdict(int)
    for call in numbered:
        call.desk = desk_of(desks.anyone(call.site, call.at))
        day = call.at.astimezone(ZONE).date()
        counters[call.desk, day] += 1
        call.number = format_number(day, call.desk, counters[call.desk, day])
    return numbered
