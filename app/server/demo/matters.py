"""What an order is about: words for it and where it is, drawn so that the two agree."""

import re
from functools import cached_property
from random import Random
from typing import NamedTuple

from app.db.places import Place, Unit
from app.server.demo.estates import Estate, Spot
from app.server.demo.kinds import Kind
from app.server.demo.said import NOTHING, Said, same
from app.server.demo.sayings_around import SAYINGS as AROUND
from app.server.demo.sayings_home import SAYINGS as AT_HOME

SAYINGS = AT_HOME | AROUND
_UNIT_WORDS = {"housing": "home", "office": "suite", "mall": "shop"}
_FLOORS = {"housing": (2, 16), "office": (4, 18), "mall": (1, 5)}
_STOREY = re.compile(r"(?:L(?=\d)|(?=B\d))(\w+)")
_TAIL_SHARE = 0.22
_TAILS = (
    Said("家里有老人", "an old person lives here"),
    Said("下午三点后有人", "in after three"),
    Said("今天都在家", "in all day"),
    Said("来之前先打电话", "please ring first"),
    Said("家里有小孩", "small child at home"),
    Said("请带鞋套", "please bring shoe covers"),
    Said("最好上午来", "mornings are best"),
    Said("六点下班后方便", "after six is best"),
)
_PARTS: dict[str, tuple[Said, ...]] = {
    "room": (
        Said("厨房", "kitchen"),
        Said("阳台", "balcony"),
        Said("主卫", "main bathroom"),
        Said("客卫", "guest bathroom"),
    ),
    "bath": (Said("主卫", "main bathroom"), Said("客卫", "guest bathroom"), Said("卫生间", "bathroom")),
    "bedroom": (
        Said("主卧", "main bedroom"),
        Said("次卧", "second bedroom"),
        Said("儿童房", "children's room"),
        Said("客厅", "living room"),
        Said("书房", "study"),
    ),
    "spot": (Said("洗手台", "basin"), Said("马桶", "toilet"), Said("洗衣机", "washing machine"), Said("地面", "floor")),
    "when": (
        Said("昨晚", "last night"),
        Said("今早", "this morning"),
        Said("刚才", "just now"),
        Said("中午", "at noon"),
        Said("昨天", "yesterday"),
    ),
    "since": (
        Said("两天", "for two days"),
        Said("三天", "for three days"),
        Said("一个星期", "for a week"),
        Said("好几天", "for days"),
    ),
    "side": (Said("男", "men's"), Said("女", "women's")),
    "n": tuple(same(number) for number in range(3, 10)),
    "few": tuple(same(number) for number in (2, 2, 3, 4)),
    "tens": tuple(same(number) for number in (12, 15, 20, 24, 30, 40)),
    "deg": tuple(same(number) for number in (27, 28, 29, 30, 31)),
}


class Where(NamedTuple):
    """The place columns of an order."""

    building_id: str | None = None
    unit_id: str | None = None
    place_id: str | None = None
    asset_id: str | None = None
    label: str = ""


class Matter(NamedTuple):
    """What is the matter, and where."""

    kind: Kind
    where: Where
    description: str


class Matters:
    """Draws matters at one site; ``units`` are those from which somebody may ring."""

    def __init__(self, estate: Estate, units: list[Unit], random: Random) -> None:
        self._estate = estate
        self._units = units
        self._random = random

    def draw(self, kind: Kind) -> Matter:
        """A matter of a kind."""
        place, chinese, english = self._random.choice(self._sayings[kind.code])
        spot = self._spot(place)
        floor = self._floor(spot)
        words = Said(chinese, english).filled(self._parts(spot, floor))
        if place == "home" and kind.needs_visit and self._random.random() < _TAIL_SHARE:
            tail = self._random.choice(_TAILS)
            words = Said(f"{words.zh}，{tail.zh}", f"{words.en}, {tail.en}")
        note = Said(f"{floor} 层", f"floor {floor}") if place == "stairs" and not self._is_mall else NOTHING
        return Matter(kind, whereabouts(spot, self._estate.say(note)), self._estate.say(words))

    def knows(self, kind: Kind) -> bool:
        """Whether such a thing can happen at this site."""
        return bool(self._sayings.get(kind.code))

    @cached_property
    def _sayings(self) -> dict[str, list[tuple[str, str, str]]]:
        """Kind → what may be said of it here, where the places are."""
        here = {"unit", _UNIT_WORDS[self._estate.row.kind], *self._estate.spots}
        return {code: [saying for saying in sayings if saying[0] in here] for code, sayings in SAYINGS.items()}

    @property
    def _is_mall(self) -> bool:
        return self._estate.row.kind == "mall"

    def _spot(self, place: str) -> Spot:
        return self._random.choice(self._estate.spots.get(place) or self._units)

    def _floor(self, spot: Spot) -> str:
        drawn = self._random.randint(*_FLOORS[self._estate.row.kind])
        storey = _STOREY.match(_name(spot)) if self._is_mall else None
        return storey[1] if storey else str(drawn)

    def _parts(self, spot: Spot, floor: str) -> dict[str, Said]:
        parts = {key: self._random.choice(words) for key, words in _PARTS.items()}
        level = "B2" if isinstance(spot, Place) and "B2" in spot.name else "B3" if "B3" in _name(spot) else "B1"
        return {
            **parts,
            "floor": same(floor),
            "up": same(int(floor) + 1 if floor.isdigit() else floor),
            "above": same(_above(spot)),
            "bay": same(f"{level}-{self._random.randint(1, 320):03d}"),
            "plate": same(f"{self._random.randrange(1000):03d}"),
        }


def whereabouts(spot: Spot, note: str = "") -> Where:
    """The place columns for a spot, the wider filled from the narrower, as opening an order fills them."""
    label = " ".join(part for part in (_name(spot), note) if part)
    if isinstance(spot, Unit):
        return Where(spot.building_id, spot.id, label=label)
    if isinstance(spot, Place):
        return Where(spot.building_id, place_id=spot.id, label=label)
    return Where(spot.building_id, spot.unit_id, spot.place_id, spot.id, label)


def _name(spot: Spot) -> str:
    return spot.label if isinstance(spot, Unit) else spot.name


def _above(spot: Spot) -> str:
    """The number of the flat above, or below the top floor's."""
    if not isinstance(spot, Unit) or not spot.number.isdigit():
        return ""
    number = int(spot.number)
    return str(number + 100 if number < 1600 else number - 100)
