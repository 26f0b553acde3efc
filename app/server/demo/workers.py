"""Who works at the three sites and for their outside firms: names, trades, skills, certificates, rotas.

Skills, certificates and rotas stay inside the generator; no table holds them yet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from app.db.base import Synced
from app.db.companies import AppUser, Staff, Supplier
from app.domain.ids import COMPANY_STREAM, named_id
from app.domain.permissions import Role
from app.domain.words import Language
from app.server.demo import lanwan
from app.server.demo.estates import site_id, user_id
from app.server.demo.kinds import CERTIFIED_SKILLS, FIRMS, Team
from app.server.demo.names import NameBook, romanised
from app.server.demo.posts import DESK, ENGINEERS, FIRM_TECHNICIANS, NAMES, SITES, SUPERVISORS, Post
from app.server.demo.roster import ZONE, Rota, monday_of
from app.server.demo.said import Said

_CERTIFICATE_DAYS = (120, 900)
"""How much longer a certificate is valid, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A person, as staff, as one who may sign in, and as one who can be sent."""

    id: str
    """Of the member of staff."""
    user_id: str
    employee_no: str
    name: Said
    site: str
    team: Team
    trade: Said
    rota: Rota
    levels: Mapping[str, int]
    certificates: Mapping[str, date]
    """Skill → the last day on which it is certified."""
    role: Role
    phone: str

    @property
    def supplier_id(self) -> str | None:
        """The outside firm, for one of its technicians."""
        return supplier_id(self.team) if self.team in FIRMS else None

    def can(self, skill: str, level: int, day: date) -> bool:
        """Whether the person may be sent for a skill on a day: level reached, certificate valid."""
        if self.levels.get(skill, 0) < level:
            return False
        return skill not in CERTIFIED_SKILLS or self.certificates.get(skill, date.min) >= day


FIRM_NAMES: dict[Team, Said] = {
    Team.LIFT_FIRM: Said("澜捷电梯维保", "Lanjie Lift Service"),
    Team.FACADE_FIRM: Said("云架外墙工程", "Yunjia Facade Works"),
    Team.FIRE_FIRM: Said("磐盾消防维保", "Pandun Fire Service"),
    Team.WASTE_FIRM: Said("净途清运", "Jingtu Waste Haulage"),
    Team.PEST_FIRM: Said("安栖有害生物防制", "Anqi Pest Control"),
}


@dataclass(frozen=True, slots=True)
class Workforce:
    """Everybody who works, with what is asked of them: who is of a team, who is on the desk."""

    workers: tuple[Worker, ...]
    manager: Said
    administrator: Said
    language: Language

    def team(self, site: str, team: Team) -> list[Worker]:
        """The members of a team at a site; a firm serves them all."""
        return [worker for worker in self.workers if worker.team is team and (team in FIRMS or worker.site == site)]

    def rows(self) -> Iterator[Synced]:
        """Firms, staff, and those who may sign in."""
        for team, firm in FIRM_NAMES.items():
            yield Supplier(
                id=supplier_id(team),
                stream_id=COMPANY_STREAM,
                name_zh=firm.zh,
                name_en=firm.en,
                phone=f"0571000091{list(FIRM_NAMES).index(team):02d}",
            )
        for worker in self.workers:
            yield self._staff(worker)
            if worker.team not in FIRMS:
                yield self._user(worker.employee_no, worker.name, worker.trade, worker.id)
        yield self._user(MANAGER, self.manager, Said("项目经理", "Manager"))
        yield self._user(ADMINISTRATOR, self.administrator, Said("系统管理员", "Administrator"))

    def _staff(self, worker: Worker) -> Staff:
        return Staff(
            id=worker.id,
            stream_id=COMPANY_STREAM,
            name=worker.name.in_(self.language),
            employee_no=worker.employee_no,
            home_site_id=site_id(worker.site),
            trade_zh=worker.trade.zh,
            trade_en=worker.trade.en,
            phone=worker.phone,
            supplier_id=worker.supplier_id,
        )

    def _user(self, employee_no: str, name: Said, title: Said, staff_id: str | None = None) -> AppUser:
        return AppUser(
            id=user_id(employee_no),
            stream_id=COMPANY_STREAM,
            name=name.in_(self.language),
            title_zh=title.zh,
            title_en=title.en,
            staff_id=staff_id,
        )


MANAGER, ADMINISTRATOR = "0001", "0002"


def supplier_id(team: Team) -> str:
    """The id of an outside firm."""
    return named_id("demo", "supplier", team)


def workforce(random: Random, names: NameBook, now: datetime, language: Language) -> Workforce:
    """Everybody, with rotas that begin on the Monday of ``now`` and certificates counted from its day."""
    names.reserve(*(name for group in NAMES.values() for name in group.split()))
    builder = _Builder(random, names, now)
    workers = list(builder.post(lanwan.KEY, 0, FIRM_TECHNICIANS))
    for site, base, posts in SITES:
        workers += builder.post(site, base, SUPERVISORS)
        workers += builder.post(site, base, DESK)
        for post, count in (*((post, 1) for post in ENGINEERS), *posts):
            workers += builder.post(site, base, post, count)
    manager, administrator = names.person(is_woman=True), names.person(is_woman=False)
    return Workforce(tuple(workers), manager, administrator, language)


class _Builder:
    """Makes people for posts."""

    def __init__(self, random: Random, names: NameBook, now: datetime) -> None:
        self._random = random
        self._names = names
        self._today = now.astimezone(ZONE).date()
        self._monday = monday_of(now)
        self._known = {key: iter(text.split()) for key, text in NAMES.items()}
        self._count = 0

    def post(self, site: str, base: int, post: Post, count: int | None = None) -> Iterator[Worker]:
        """The first ``count`` members of a post, or all."""
        levels = _parsed(post.levels)
        days = _parsed(post.certificates) if site == lanwan.KEY else {}
        for place, phase in enumerate(post.phases[:count]):
            self._count += 1
            employee_no = f"{base + post.first_no + place:04d}"
            yield Worker(
                id=named_id("demo", "staff", employee_no),
                user_id=user_id(employee_no),
                employee_no=employee_no,
                name=self._name(site, post.team),
                site=site,
                team=post.team,
                trade=post.trade,
                rota=Rota(post.pattern, phase, self._monday),
                levels=levels,
                certificates=self._certificates(levels, days),
                role=post.role,
                phone=f"1600001{self._count:04d}",
            )

    def _name(self, site: str, team: Team) -> Said:
        known = next(self._known.get((site, team), iter(())), None)
        women = {Team.DESK: 0.8, Team.CLEANING: 0.8, Team.CONTROL_ROOM: 0.4, Team.GARDENING: 0.5}.get(team, 0.1)
        return romanised(known) if known else self._names.person(is_woman=self._random.random() < women)

    def _certificates(self, levels: Mapping[str, int], days: Mapping[str, int]) -> dict[str, date]:
        return {
            skill: self._today + timedelta(days=days.get(skill) or self._random.randint(*_CERTIFICATE_DAYS))
            for skill, level in levels.items()
            if skill in CERTIFIED_SKILLS and level >= 2
        }


def _parsed(text: str) -> dict[str, int]:
    """``plumbing 3, drains 2`` as a mapping."""
    pairs = (part.split() for part in text.split(",") if part.strip())
    return {name: int(number) for name, number in pairs}
