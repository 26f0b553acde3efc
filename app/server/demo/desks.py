"""Who sits at a desk of a site at a given moment, and which number that desk has."""

from datetime import datetime, timedelta
from random import Random

from app.server.demo import chengyue, lanwan, qiming
from app.server.demo.kinds import Team
from app.server.demo.roster import ZONE
from app.server.demo.workers import Worker, Workforce

DESKS: dict[tuple[str, Team], str] = {
    (lanwan.KEY, Team.DESK): "01",
    (lanwan.KEY, Team.CONTROL_ROOM): "02",
    (qiming.KEY, Team.DESK): "03",
    (qiming.KEY, Team.CONTROL_ROOM): "04",
    (chengyue.KEY, Team.DESK): "05",
    (chengyue.KEY, Team.CONTROL_ROOM): "06",
}
"""Desk numbers of the consoles that the demo's orders were entered at; the next to enrol is 07."""
OPENS, CLOSES = 7, 23
"""Local hours between which a clerk is at the front desk; at other times the control room takes the calls."""


class Desks:
    """Who is on duty at the desks of all sites."""

    def __init__(self, workforce: Workforce, random: Random) -> None:
        self._workforce = workforce
        self._random = random
        self._on_duty: dict[tuple[str, Team, object, int], Worker | None] = {}

    def clerk(self, site: str, at: datetime) -> Worker | None:
        """The clerk at the front desk; ``None`` at night."""
        return self._holder(site, Team.DESK, at)

    def anyone(self, site: str, at: datetime) -> Worker:
        """Who takes a call: the clerk, or at night an operator of the control room."""
        found = self.clerk(site, at) or self._holder(site, Team.CONTROL_ROOM, at)
        if found is None:
            raise LookupError(site, at)
        return found

    def supervisor(self, site: str) -> Worker:
        """The supervisor of a site."""
        return self._workforce.team(site, Team.MANAGEMENT)[0]

    def staffed(self, site: str, at: datetime) -> datetime:
        """``at`` if a clerk is at the desk then, else soon after the desk opens."""
        if self.clerk(site, at) is not None:
            return at
        local = at.astimezone(ZONE)
        opens = local.replace(hour=OPENS, minute=0, second=0, microsecond=0)
        opens += timedelta(days=1) if local.hour >= CLOSES else timedelta()
        return opens.astimezone(at.tzinfo) + timedelta(seconds=self._random.randint(60, 2700))

    def _holder(self, site: str, team: Team, at: datetime) -> Worker | None:
        local = at.astimezone(ZONE) - timedelta(hours=OPENS)
        key = (site, team, local.date(), local.hour // 8)
        if key not in self._on_duty:
            members = (member for member in self._workforce.team(site, team) if member.rota.covers(at, at))
            self._on_duty[key] = next(members, None)
        return self._on_duty[key]


def desk_of(worker: Worker) -> str:
    """The number of the desk at which somebody enters things: the control room's for its own, else the front desk's."""
    team = Team.CONTROL_ROOM if worker.team is Team.CONTROL_ROOM else Team.DESK
    return DESKS[worker.site, team]
