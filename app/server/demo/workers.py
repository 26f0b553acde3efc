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
from app.server.demo import chengyue, lanwan, qiming, roster
from app.server.demo.estates import site_id, user_id
from app.server.demo.kinds import CERTIFIED_SKILLS, FIRMS, Team
from app.server.demo.names import NameBook, romanised
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


@dataclass(frozen=True, slots=True)
class _Post:
    """What the members of a team have in common."""

    team: Team
    first_no: int
    trade: Said
    levels: str
    """Skills and levels: ``plumbing 3, drains 2``."""
    role: Role
    pattern: str
    phases: tuple[int, ...]
    certificates: str = ""
    """Skill and days still valid, for those whose certificates run out at the estate of the pictures."""


FIRM_NAMES: dict[Team, Said] = {
    Team.LIFT_FIRM: Said("澜捷电梯维保", "Lanjie Lift Service"),
    Team.FACADE_FIRM: Said("云架外墙工程", "Yunjia Facade Works"),
    Team.FIRE_FIRM: Said("磐盾消防维保", "Pandun Fire Service"),
    Team.WASTE_FIRM: Said("净途清运", "Jingtu Waste Haulage"),
    Team.PEST_FIRM: Said("安栖有害生物防制", "Anqi Pest Control"),
}
_DESK = _Post(Team.DESK, 203, Said("前台", "Front desk"), "reception 4", Role.CLERK, roster.DESK, (14, 0, 7))
_CONTROL = _Post(
    Team.CONTROL_ROOM,
    401,
    Said("消控值机", "Control room"),
    "fire 4",
    Role.OPERATOR,
    roster.AROUND_THE_CLOCK,
    (0, 1, 2, 3, 4, 5, 6, 7),
)
_SECURITY = _Post(
    Team.SECURITY,
    501,
    Said("秩序员", "Security"),
    "patrol 3",
    Role.TECHNICIAN,
    roster.AROUND_THE_CLOCK,
    (6, 7, 5, 4, 3, 2, 1, 0, 6, 5, 3, 2),
)
_CLEANING = _Post(
    Team.CLEANING,
    601,
    Said("保洁员", "Cleaner"),
    "cleaning 2",
    Role.TECHNICIAN,
    roster.WORKING_DAYS,
    (0, 4, 2, 0, 3, 5, 1, 6, 2),
)
_GARDENING = _Post(
    Team.GARDENING, 701, Said("绿化工", "Gardener"), "gardening 3", Role.TECHNICIAN, roster.WORKING_DAYS, (0, 4, 2)
)
_SUPERVISORS = _Post(
    Team.MANAGEMENT, 101, Said("工程主管", "Engineering supervisor"), "", Role.SUPERVISOR, roster.WORKING_DAYS, (0,)
)
_TECHNICIAN = Said("综合维修", "Maintenance")


def _engineer(place: int, phase: int, trade: Said, levels: str, certificates: str = "") -> _Post:
    return _Post(Team.ENGINEERING, 301 + place, trade, levels, Role.TECHNICIAN, roster.WORKSHOP, (phase,), certificates)


_ENGINEERS = (
    _engineer(
        0,
        0,
        Said("维修班长", "Maintenance foreman"),
        "electrics 4, plumbing 3, hvac 3, joinery 3, drains 4, lift_safety 3, fire 2, pumps 2, access 2",
        "lift_safety 77, electrics 976",
    ),
    _engineer(
        1, 7, Said("水暖工", "Plumber"), "electrics 1, plumbing 4, hvac 3, joinery 3, drains 4, pumps 2, access 1"
    ),
    _engineer(
        2, 21, Said("水泵工", "Pump fitter"), "electrics 2, plumbing 4, hvac 2, joinery 2, drains 3, pumps 4, access 1"
    ),
    _engineer(
        3,
        35,
        Said("电工", "Electrician"),
        "electrics 3, high_voltage 3, plumbing 3, hvac 2, joinery 3, drains 2, access 3, pumps 2",
        "electrics 28, high_voltage 14",
    ),
    _engineer(
        4,
        28,
        Said("弱电工", "Low-voltage technician"),
        "electrics 3, plumbing 2, hvac 2, joinery 3, drains 2, access 4, fire 2, pumps 2",
        "electrics 53",
    ),
    _engineer(
        5, 42, _TECHNICIAN, "electrics 3, plumbing 3, hvac 2, joinery 3, drains 3, access 2, pumps 1", "electrics -2"
    ),
    _engineer(6, 14, _TECHNICIAN, "electrics 2, plumbing 3, hvac 2, joinery 3, drains 2, access 2, fire 2, pumps 3"),
)
_NAMES: dict[tuple[str, Team], str] = {
    (lanwan.KEY, Team.MANAGEMENT): "罗建平",
    (lanwan.KEY, Team.DESK): "林晓雨 谢婷婷 冯雅琴",
    (lanwan.KEY, Team.ENGINEERING): "赵启明 孙志远 彭立群 何文斌 韩冬生 许家明 曹伟东",
    (lanwan.KEY, Team.CONTROL_ROOM): "马海波 沈佳怡 罗文娟 田立新 郑国良 韦春燕 白志刚 陆敏",
    (lanwan.KEY, Team.SECURITY): "邓国强 潘永康 唐金龙",
    (lanwan.KEY, Team.CLEANING): "田玉兰",
    (lanwan.KEY, Team.GARDENING): "蒙秀莲",
    (lanwan.KEY, Team.LIFT_FIRM): "周铁生 秦海峰 薛立军",
}
_SITES: tuple[tuple[str, int, tuple[tuple[_Post, int], ...]], ...] = (
    (lanwan.KEY, 0, ((_CONTROL, 8), (_SECURITY, 12), (_CLEANING, 9), (_GARDENING, 3))),
    (qiming.KEY, 1000, ((_CONTROL, 8), (_SECURITY, 8), (_CLEANING, 6), (_GARDENING, 1))),
    (chengyue.KEY, 2000, ((_CONTROL, 8), (_SECURITY, 12), (_CLEANING, 8), (_GARDENING, 1))),
)
_FIRM_TECHNICIANS = _Post(
    Team.LIFT_FIRM,
    9101,
    Said("电梯维保工", "Lift mechanic"),
    "lift_repair 4",
    Role.TECHNICIAN,
    roster.ON_CALL,
    (0, 0, 0),
)


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
    names.reserve(*(name for group in _NAMES.values() for name in group.split()))
    builder = _Builder(random, names, now)
    workers = list(builder.post(lanwan.KEY, 0, _FIRM_TECHNICIANS))
    for site, base, posts in _SITES:
        workers += builder.post(site, base, _SUPERVISORS)
        workers += builder.post(site, base, _DESK)
        for post, count in (*((post, 1) for post in _ENGINEERS), *posts):
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
        self._known = {key: iter(text.split()) for key, text in _NAMES.items()}
        self._count = 0

    def post(self, site: str, base: int, post: _Post, count: int | None = None) -> Iterator[Worker]:
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
