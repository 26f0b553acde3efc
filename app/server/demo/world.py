"""The demo world: three sites, their people, and two years of orders up to a given moment, all from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from app.commands.clocks import Rulebook, clocks_of_lines, store_clocks
from app.db.base import Synced
from app.domain.words import Language
from app.server.demo.arrivals import Arrivals
from app.server.demo.calls import Switchboard, number_calls, shares_of
from app.server.demo.catalogue import catalogue_rows
from app.server.demo.chengyue import chengyue
from app.server.demo.desks import Desks
from app.server.demo.diary import Diary
from app.server.demo.estates import Estate
from app.server.demo.history import Historian
from app.server.demo.lanwan import lanwan
from app.server.demo.names import NameBook
from app.server.demo.promises import promise_rows
from app.server.demo.qiming import qiming
from app.server.demo.residents import People, businesses, households
from app.server.demo.scenes import SCENES
from app.server.demo.stories import Story
from app.server.demo.today import Stage
from app.server.demo.workers import Workforce, workforce

DAYS = 730
ORDERS_A_DAY = {"lanwan": 12.0, "qiming": 5.5, "chengyue": 6.5}


@dataclass(frozen=True, slots=True)
class World:
    """Everything but the orders as rows, and what is needed to tell the orders."""

    now: datetime
    language: Language
    seed: int
    days: int
    workforce: Workforce
    estates: tuple[Estate, ...]
    people: tuple[People, ...]

    def company_rows(self) -> Iterator[Synced]:
        """Sites, staff, those who sign in, categories, calendars, policies."""
        for estate in self.estates:
            yield estate.row
        yield from self.workforce.rows()
        yield from catalogue_rows()
        yield from promise_rows(self.now)

    def site_rows(self) -> Iterator[Synced]:
        """What stands on the sites, and who lives there."""
        for estate in self.estates:
            yield from (row for row in estate.rows() if row is not estate.row)
        for people in self.people:
            yield from people.rows

    def stories(self, rulebook: Rulebook) -> Iterator[Story]:
        """Every order, oldest first, with its clocks as ``rulebook`` reads them."""
        random = _chance(self.seed, "stories")
        desks, diary = Desks(self.workforce, random), Diary(random)
        historian = Historian(self.workforce, desks, diary, self.now, random)
        estates = {estate.key: estate for estate in self.estates}
        stages, scenes, calls = {}, {}, []
        for estate, people in zip(self.estates, self.people, strict=True):
            switchboard = Switchboard(estate, people, random)
            stage = stages[estate.key] = Stage(estate, switchboard, historian, rulebook)
            for planned in map(stage.plan, SCENES[estate.key]):
                scenes[id(planned.call)] = planned
                calls.append(planned.call)
            count = int(ORDERS_A_DAY[estate.key] * self.days)
            shares = shares_of(estate.row.kind, switchboard.matters)
            calls += switchboard.calls(shares, count, Arrivals(self.now, self.days, random))
        for call in number_calls(calls, desks):
            scene = scenes.get(id(call))
            story = stages[call.site].play(scene) if scene else historian.tell(estates[call.site], call)
            if story is None:
                continue
            lines = sorted(story.lines, key=lambda line: (line.happened_at, line.recorded_at, line.id))
            store_clocks(story.order, clocks_of_lines(story.order, lines, rulebook))
            yield story


def build_world(now: datetime, language: Language, *, seed: int = 1, days: int = DAYS) -> World:
    """The world at ``now``, its orders going back ``days``. The same for the same arguments; in the other language
    it is the same world, said otherwise.
    """
    now = now.replace(microsecond=0)
    names = NameBook(_chance(seed, "names"))
    staff = workforce(_chance(seed, "staff"), names, now, language)
    estates = tuple(build(language, _chance(seed, build.__name__)) for build in (lanwan, qiming, chengyue))
    people = (households(estates[0], names, now), *(businesses(estate, names, now) for estate in estates[1:]))
    return World(now, language, seed, days, staff, estates, people)


def _chance(seed: int, purpose: str) -> Random:
    """A source of chance of its own for each purpose, so that a change in one leaves the others as they were."""
    return Random(f"{seed} {purpose}")  # noqa: S311  # an invented world, no secret
