"""The office tower: 启明广场, Qiming Plaza, two towers over a podium and two garage levels."""

from random import Random
from typing import NamedTuple

from app.db.places import Building, Unit
from app.domain.words import Language
from app.server.demo.estates import Estate, new_estate, user_id
from app.server.demo.said import Said

KEY = "qiming"
STEWARDS = ("1203", "1204")
HANDED_OVER = "2014-09-01"
_LIFTS_INSTALLED = "2014-03-15"


class _Tower(NamedTuple):
    """A tower: its letter, its office floors, suites a floor, lifts."""

    letter: str
    floors: range
    suites: int
    lifts: int


_TOWERS = (_Tower("A", range(4, 29), 6, 6), _Tower("B", range(4, 19), 4, 4))
_AREAS_DM2 = (32_600, 18_450, 14_200, 14_200, 18_450, 27_800)
_PLACES = (
    ("garage_b1", "garage", Said("地库 B1", "Garage B1")),
    ("garage_b2", "garage", Said("地库 B2", "Garage B2")),
    ("plaza", "garden", Said("中庭广场", "Plaza")),
    ("main_gate", "gate", Said("车行主入口", "Main vehicle gate")),
    ("loading", "road", Said("卸货区", "Loading bay")),
    ("chiller_room", "plant", Said("制冷机房", "Chiller room")),
    ("pump_room", "plant", Said("水泵房", "Pump room")),
    ("power_room", "plant", Said("配电房", "Substation")),
    ("control_room", "plant", Said("消控室", "Control room")),
    ("conference", "club", Said("3 层会议中心", "Conference centre, floor 3")),
    ("canteen", "club", Said("2 层食堂", "Canteen, floor 2")),
    ("bins", "bins", Said("B1 垃圾房", "Bin store B1")),
)


def qiming(language: Language, random: Random) -> Estate:
    """The towers, the same for every ``random`` of one seed."""
    estate = new_estate(
        KEY,
        "office",
        Said("启明广场", "Qiming Plaza"),
        Said("启明路 1 号", "1 Qiming Road"),
        "057100006200",
        language,
        random,
    )
    for key, kind, name in _PLACES:
        estate.add_place(key, kind, name)
    for tower in _TOWERS:
        _tower(estate, tower)
    _machines(estate)
    return estate


def _tower(estate: Estate, tower: _Tower) -> None:
    letter = tower.letter
    building = estate.add_building(letter, Said(f"{letter} 座", f"Tower {letter}"))
    hall = estate.add_place(f"{letter}_hall", "hall", Said(f"{letter} 座大堂", f"Tower {letter} lobby"), building)
    for kind, word in (
        ("stairs", Said("公共走廊", "corridors")),
        ("toilets", Said("卫生间", "toilets")),
        ("roof", Said("屋面", "roof")),
        ("facade", Said("幕墙", "curtain wall")),
    ):
        estate.add_place(f"{letter}_{kind}", kind, Said(f"{letter} 座{word.zh}", f"Tower {letter} {word.en}"), building)
    for lift in range(1, tower.lifts + 1):
        name = Said(f"{letter}-{lift}# 客梯", f"Lift {letter}-{lift}")
        estate.add_asset(f"{letter}-{lift}", "lift", name, at=building, installed_on=_LIFTS_INSTALLED)
    reader = Said(f"{letter} 座大堂闸机", f"Tower {letter} turnstiles")
    estate.add_asset(f"{letter}_reader", "reader", reader, at=hall, installed_on="2020-07-02")
    for floor in tower.floors:
        hydrants = Said(f"{letter} 座 {floor} 层消火栓", f"Hydrants {letter}-{floor}")
        estate.add_asset(f"{letter}_{floor}_hydrants", "hydrant", hydrants, at=building)
        for suite in range(1, tower.suites + 1):
            _suite(estate, building, letter, floor, suite)


def _suite(estate: Estate, building: Building, letter: str, floor: int, suite: int) -> None:
    number = f"{floor}{suite:02d}"
    spoken = estate.say(Said(f"{letter}座{number}", f"{letter} {number}"))
    estate.add_unit(
        f"{letter}-{number}",
        Unit(
            building_id=building.id,
            entrance="",
            floor=floor,
            number=number,
            label=estate.say(Said(f"{letter} 座 {number}", f"Tower {letter} {number}")),
            aliases=f"{letter}{number}, {letter}-{number}, {spoken}",
            area_dm2=_AREAS_DM2[suite - 1],
            layout=estate.say(Said("办公", "Office")),
            occupancy=estate.random.choices(("lived_in", "vacant", "fitting_out"), (86, 11, 3))[0],
            handed_over_on=HANDED_OVER,
            steward_user_id=user_id(STEWARDS[0 if letter == "A" else 1]),
        ),
    )


def _machines(estate: Estate) -> None:
    """What stands in the plant rooms and at the gate."""
    places = estate.places
    for number in (1, 2, 3):
        name = Said(f"冷水机组 {number}#", f"Chiller {number}")
        estate.add_asset(f"chiller_{number}", "chiller", name, at=places["chiller_room"], installed_on="2014-05-06")
        name = Said(f"生活水泵 {number}#", f"Water pump {number}")
        estate.add_asset(f"pump_{number}", "pump", name, at=places["pump_room"], installed_on="2014-04-20")
    for number in (1, 2):
        name = Said(f"变压器 {number}#", f"Transformer {number}")
        estate.add_asset(f"transformer_{number}", "power", name, at=places["power_room"])
        name = Said(f"B{number} 集水井", f"Sump B{number}")
        estate.add_asset(f"sump_{number}", "sump", name, at=places[f"garage_b{number}"])
    estate.add_asset("fire_panel", "panel", Said("火灾报警主机", "Fire panel"), at=places["control_room"])
    for way in (Said("进口道闸", "Entry barrier"), Said("出口道闸", "Exit barrier")):
        estate.add_asset(way.en.split()[0].lower(), "barrier", way, at=places["main_gate"], installed_on="2021-11-02")
