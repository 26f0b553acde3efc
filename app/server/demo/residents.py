"""Who lives in the flats, rents the offices and runs the shops, with telephones and flags."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from app.db.base import Synced
from app.db.places import Unit
from app.db.residents import Exemption, Residence, Resident, ResidentPhone
from app.domain.ids import named_id, stream_id
from app.server.demo.estates import Estate
from app.server.demo.names import NameBook, romanised
from app.server.demo.roster import ZONE
from app.server.demo.said import NOTHING, Said

_MOBILE = ("160", "161", "163", "164", "168", "169")
"""Prefixes that no operator hands out."""
_OWNERS = {
    "5-902": "魏国富",
    "9-304": "汪桂凤",
    "6-1104": "卢文静",
    "6-702": "严秀珍",
    "12-703": "裴志强",
    "2-1703": "宋丽珍",
    "2-1803": "龚永强",
    "7-1101": "邵海英",
    "9-1604": "毛俊杰",
    "5-601": "江雪梅",
}
"""Whom the estate's pictures name; the rest is drawn."""
_FLAG_NOTES = {
    "elderly": (
        Said("独居，上门先打电话", "Lives alone; ring before you come"),
        Said("听力不好，多敲几下门", "Hard of hearing; knock again"),
        Said("行动不便，开门慢", "Walks badly; slow to the door"),
    ),
    "disabled": (
        Said("坐轮椅，停梯时先联系", "Wheelchair; call first when the lift stops"),
        Said("视力障碍，请报工号", "Cannot see well; say your staff number"),
    ),
    "infant": (
        Said("有婴儿，午睡时间勿敲门", "Baby asleep after lunch; do not knock"),
        Said("奶粉用水，停水提前告知", "Needs water for feeding; warn of cuts"),
    ),
}
_FLAG_DAYS = {"elderly": (20, 720), "disabled": (60, 1000), "infant": (20, 900)}
_AT_HOME = (
    Said("家里，18 点后", "Home, after 18:00"),
    Said("家里", "Home"),
    Said("单位", "Work"),
)


class Caller(NamedTuple):
    """Somebody who may ring about a unit."""

    resident_id: str
    name: str
    phone: str
    since: date
    until: date | None
    is_flagged: bool


class Flag(NamedTuple):
    """What raises the priority of somebody's orders; what is not given is drawn."""

    kind: str
    note: Said = NOTHING
    days: int = 0
    """How long it still stands."""


@dataclass(slots=True)
class People:
    """The people of one site: their rows, and who may ring about which unit."""

    estate: Estate
    names: NameBook
    today: date
    rows: list[Synced] = field(default_factory=list)
    callers: dict[str, list[Caller]] = field(default_factory=dict)
    """Unit id → callers, former ones included."""
    _phones: set[str] = field(default_factory=set)
    _count: int = 0

    @property
    def random(self) -> Random:
        """The estate's source of chance."""
        return self.estate.random

    def add(  # noqa: PLR0913  # the facts of a resident
        self,
        unit: Unit,
        name: str,
        relation: str,
        since: date,
        *,
        until: date | None = None,
        phone: str = "",
        is_primary: bool = False,
        flag: Flag | None = None,
        note: str = "",
    ) -> Caller:
        """A resident of a unit, with a telephone and a flag where given."""
        self._count += 1
        resident_id = named_id("demo", self.estate.key, "resident", self._count)
        where = {"stream_id": stream_id(self.estate.row.id, "people")}
        self.rows.append(Resident(id=resident_id, site_id=self.estate.row.id, name=name, note=note, **where))
        home = Residence(id=named_id(resident_id, "residence"), resident_id=resident_id, unit_id=unit.id, **where)
        home.relation, home.is_primary, home.since = relation, int(is_primary), since.isoformat()
        home.until = until.isoformat() if until else None
        self.rows.append(home)
        if phone:
            self.add_phone(resident_id, phone)
        is_flagged = flag is not None and self._flag(resident_id, flag)
        caller = Caller(resident_id, name, phone, since, until, is_flagged)
        self.callers.setdefault(unit.id, []).append(caller)
        return caller

    def add_phone(self, resident_id: str, digits: str, label: Said = NOTHING, *, is_primary: bool = True) -> None:
        """A telephone number of a resident."""
        row = ResidentPhone(
            id=named_id(resident_id, digits),
            stream_id=stream_id(self.estate.row.id, "people"),
            resident_id=resident_id,
            digits=digits,
            label=self.estate.say(label),
            is_primary=int(is_primary),
        )
        self.rows.append(row)

    def also_at(self, caller: Caller, unit: Unit) -> None:
        """The same resident at one more unit."""
        self.rows.append(
            Residence(
                id=named_id(caller.resident_id, "residence", unit.id),
                stream_id=stream_id(self.estate.row.id, "people"),
                resident_id=caller.resident_id,
                unit_id=unit.id,
                relation="tenant",
                since=caller.since.isoformat(),
                is_primary=0,
            )
        )
        self.callers.setdefault(unit.id, []).append(caller)

    def new_mobile(self) -> str:
        """A mobile number that nobody else has."""
        while True:
            digits = f"{self.random.choice(_MOBILE)}{self.random.randrange(10**8):08d}"
            if digits not in self._phones:
                self._phones.add(digits)
                return digits

    def new_landline(self, exchange: str) -> str:
        """A number of a telephone exchange that no town has."""
        self._count += 1
        return f"0571{exchange}{self._count:04d}"

    def person(self, *, is_woman: bool, surname: str = "") -> str:
        """A new name, as this world writes it."""
        return self.estate.say(self.names.person(is_woman=is_woman, surname=surname))

    def before(self, days: tuple[int, int]) -> date:
        """A day so many days ago."""
        return self.today - timedelta(days=self.random.randint(*days))

    def _flag(self, resident_id: str, flag: Flag) -> bool:
        """A flag with its end, seldom one that has ended already; returns whether it stands."""
        stands = bool(flag.days) or self.random.random() < 0.92
        days = flag.days or (self.random.randint(*_FLAG_DAYS[flag.kind]) if stands else -self.random.randint(5, 200))
        self.rows.append(
            Exemption(
                id=named_id(resident_id, flag.kind),
                stream_id=stream_id(self.estate.row.id, "people"),
                resident_id=resident_id,
                kind=flag.kind,
                note=self.estate.say(flag.note or self.random.choice(_FLAG_NOTES[flag.kind])),
                until=(self.today + timedelta(days=days)).isoformat(),
            )
        )
        return stands


def households(estate: Estate, names: NameBook, now: datetime) -> People:
    """The residents of the housing estate."""
    names.reserve("吴桂芳", "贺远航", "丁岚", "贺念", *_OWNERS.values())
    people = People(estate, names, now.astimezone(ZONE).date())
    for key, unit in estate.units.items():
        if key == "3-1502":
            unit.occupancy = "lived_in"
            _wu_guifang(people, unit)
        elif key in _OWNERS:
            unit.occupancy = "lived_in"
            _family(people, unit, estate.say(romanised(_OWNERS[key])))
        elif unit.occupancy == "lived_in" and people.random.random() < 0.28:
            _let(people, unit)
        else:
            _family(people, unit)
    return people


def _family(people: People, unit: Unit, name: str = "") -> None:
    """Owners who live in their flat; of one that stands empty or is being fitted out only the owner is known."""
    random = people.random
    handed_over = date.fromisoformat(unit.handed_over_on or "2016-05-20")
    longest = (people.today - handed_over).days - 60
    since = handed_over + timedelta(days=min(longest, int(random.expovariate(1 / 700))))
    is_woman = random.random() < 0.45
    is_lived_in = unit.occupancy == "lived_in"
    flag = Flag("elderly") if is_lived_in and random.random() < 0.05 else None
    name = name or people.person(is_woman=is_woman)
    owner = people.add(unit, name, "owner", since, phone=people.new_mobile(), is_primary=True, flag=flag)
    if random.random() < 0.06:
        people.add_phone(owner.resident_id, people.new_landline("0003"), random.choice(_AT_HOME), is_primary=False)
    if is_lived_in:
        _relatives(people, unit, owner, is_woman=is_woman)


def _relatives(people: People, unit: Unit, owner: Caller, *, is_woman: bool) -> None:
    """Who lives with an owner: husband or wife, sometimes sharing one number, a parent, a small child."""
    random = people.random
    if random.random() < 0.72:
        phone = owner.phone if random.random() < 0.05 else people.new_mobile()
        people.add(unit, people.person(is_woman=not is_woman), "family", owner.since, phone=phone)
    if random.random() < 0.16:
        kind = random.choices(("elderly", "disabled", ""), (55, 8, 37))[0]
        phone = people.new_mobile() if random.random() < 0.8 else ""
        name = people.person(is_woman=random.random() < 0.6)
        people.add(unit, name, "family", owner.since, phone=phone, flag=Flag(kind) if kind else None)
    if random.random() < 0.03:
        born = max(owner.since, people.before((30, 800)))
        people.add(unit, people.person(is_woman=random.random() < 0.5), "family", born, flag=Flag("infant"))


def _let(people: People, unit: Unit) -> None:
    """A flat that its owner lets, often with a tenant who has left."""
    random = people.random
    handed_over = date.fromisoformat(unit.handed_over_on or "2016-05-20")
    people.add(unit, people.person(is_woman=random.random() < 0.45), "owner", handed_over, phone=people.new_mobile())
    since = people.before((40, 1000))
    if random.random() < 0.6:
        until = since - timedelta(days=random.randint(4, 40))
        earlier = until - timedelta(days=random.randint(200, 800))
        people.add(
            unit,
            people.person(is_woman=random.random() < 0.5),
            "tenant",
            max(earlier, handed_over),
            until=until,
            phone=people.new_mobile(),
        )
    is_woman = random.random() < 0.5
    tenant = people.person(is_woman=is_woman)
    people.add(unit, tenant, "tenant", since, phone=people.new_mobile(), is_primary=True)
    if random.random() < 0.5:
        people.add(unit, people.person(is_woman=not is_woman), "family", since, phone=people.new_mobile())


def _wu_guifang(people: People, unit: Unit) -> None:
    """The household of the pictures: an old lady, her son, her grandchild, and the tenant before them."""

    def named(name: str) -> str:
        return people.estate.say(romanised(name))

    since, say = date(2019, 4, 12), people.estate.say
    elderly = Flag("elderly", Said("8–18 点独居，上门先打电话", "Alone from 8 to 18; ring before you come"), 287)
    wu = people.add(unit, named("吴桂芳"), "owner", since, phone="13800132046", is_primary=True, flag=elderly)
    people.add_phone(wu.resident_id, "057100002046", _AT_HOME[0], is_primary=False)
    people.add(unit, named("贺远航"), "family", since, phone="13800138830", note=say(Said("儿子", "Son")))
    born = people.before((560, 561))
    infant = Flag("infant", days=530)
    people.add(unit, named("贺念"), "family", born, flag=infant, note=say(Said("孙", "Grandchild")))
    people.add(unit, named("丁岚"), "tenant", date(2016, 5, 20), until=date(2019, 3, 31), phone="13800135127")


def businesses(estate: Estate, names: NameBook, now: datetime) -> People:
    """The firms of an office tower, or the shops of a mall, each with somebody who rings for it."""
    people = People(estate, names, now.astimezone(ZONE).date())
    is_mall = estate.row.kind == "mall"
    before: list[Caller] = []
    floor = None
    for unit in estate.units.values():
        if unit.occupancy == "vacant":
            before = []
        elif before and floor == unit.floor and not is_mall and people.random.random() < 0.25:
            for caller in before:
                people.also_at(caller, unit)
        else:
            before = _business(people, unit, is_mall=is_mall)
        floor = unit.floor
    return people


def _business(people: People, unit: Unit, *, is_mall: bool) -> list[Caller]:
    since = people.before((90, 2200))
    business = people.names.shop() if is_mall else people.names.firm()
    firm = people.estate.say(business)
    landline, mobile = people.new_landline("0002" if is_mall else "0001"), people.new_mobile()
    name = people.person(is_woman=people.random.random() < 0.6)
    role = Said("店长", "manager") if is_mall else Said("行政", "office manager")
    note = people.estate.say(Said(f"{business.zh}{role.zh}", f"{business.en}, {role.en}"))
    return [
        people.add(unit, firm, "tenant", since, phone=landline, is_primary=True),
        people.add(unit, name, "tenant", since, phone=mobile, note=note),
    ]
