"""The mall: 澄悦汇, Chengyue Mall, five trading floors over a supermarket and a garage."""

from random import Random
from typing import NamedTuple

from app.db.places import Building, Unit
from app.domain.words import Language
from app.server.demo.estates import Estate, new_estate, user_id
from app.server.demo.said import Said

KEY = "chengyue"
STEWARDS = ("2203", "2204")
HANDED_OVER = "2018-12-08"


class _Floor(NamedTuple):
    """A trading floor: its name, its place in the building, its shops."""

    name: str
    level: int
    shops: int


_FLOORS = (
    _Floor("B1", -1, 26),
    _Floor("L1", 1, 38),
    _Floor("L2", 2, 38),
    _Floor("L3", 3, 34),
    _Floor("L4", 4, 28),
    _Floor("L5", 5, 14),
)
_AREAS_DM2 = (6_800, 9_400, 12_200, 8_600, 15_800)
_PLACES = (
    ("garage_b2", "garage", Said("地库 B2", "Garage B2")),
    ("garage_b3", "garage", Said("地库 B3", "Garage B3")),
    ("forecourt", "garden", Said("南广场", "South forecourt")),
    ("main_gate", "gate", Said("地库车行入口", "Garage entry")),
    ("loading", "road", Said("B1 卸货区", "Loading bay B1")),
    ("chiller_room", "plant", Said("制冷机房", "Chiller room")),
    ("pump_room", "plant", Said("水泵房", "Pump room")),
    ("power_room", "plant", Said("配电房", "Substation")),
    ("control_room", "plant", Said("消控室", "Control room")),
    ("bins", "bins", Said("B1 垃圾房", "Bin store B1")),
    ("service_desk", "club", Said("L1 服务台", "Service desk L1")),
    ("kids", "playground", Said("L4 亲子区", "Family area L4")),
)


def chengyue(language: Language, random: Random) -> Estate:
    """The mall, the same for every ``random`` of one seed."""
    estate = new_estate(
        KEY,
        "mall",
        Said("澄悦汇", "Chengyue Mall"),
        Said("悦江大道 199 号", "199 Yuejiang Avenue"),
        "057100007300",
        language,
        random,
    )
    for key, kind, name in _PLACES:
        estate.add_place(key, kind, name)
    building = estate.add_building("mall", Said("主楼", "Main building"))
    for floor in _FLOORS:
        _floor(estate, building, floor)
    for kind, name in (("roof", Said("屋面", "Roof")), ("facade", Said("外立面", "Facade"))):
        estate.add_place(kind, kind, name, building)
    _machines(estate, building)
    return estate


def _floor(estate: Estate, building: Building, floor: _Floor) -> None:
    for kind, word in (
        ("stairs", Said("公共通道", "walkways")),
        ("hall", Said("中庭", "atrium")),
        ("toilets", Said("卫生间", "toilets")),
    ):
        estate.add_place(
            f"{floor.name}_{kind}", kind, Said(f"{floor.name} {word.zh}", f"{floor.name} {word.en}"), building
        )
    hydrants = Said(f"{floor.name} 消火栓", f"Hydrants {floor.name}")
    estate.add_asset(f"{floor.name}_hydrants", "hydrant", hydrants, at=building)
    for shop in range(1, floor.shops + 1):
        number = f"{floor.name}-{shop:02d}"
        estate.add_unit(
            number,
            Unit(
                building_id=building.id,
                entrance="",
                floor=floor.level,
                number=number,
                label=number,
                aliases=f"{floor.name}{shop:02d}, {floor.name} {shop:02d}",
                area_dm2=_AREAS_DM2[shop % len(_AREAS_DM2)],
                layout=estate.say(Said("商铺", "Shop")),
                occupancy=estate.random.choices(("lived_in", "vacant", "fitting_out"), (89, 7, 4))[0],
                handed_over_on=HANDED_OVER,
                steward_user_id=user_id(STEWARDS[0 if floor.level < 3 else 1]),
            ),
        )


def _machines(estate: Estate, building: Building) -> None:
    """Lifts and escalators, and what stands in the plant rooms and at the gate."""
    places = estate.places
    for number in range(1, 7):
        name = Said(f"{number}# 客梯", f"Lift {number}")
        estate.add_asset(f"lift_{number}", "lift", name, at=building, installed_on="2018-08-10")
    for number in range(1, 11):
        name = Said(f"E-{number:02d} 扶梯", f"Escalator E-{number:02d}")
        estate.add_asset(f"escalator_{number}", "escalator", name, at=building, installed_on="2018-08-22")
    for number in (1, 2):
        name = Said(f"冷水机组 {number}#", f"Chiller {number}")
        estate.add_asset(f"chiller_{number}", "chiller", name, at=places["chiller_room"], installed_on="2018-07-01")
        name = Said(f"生活水泵 {number}#", f"Water pump {number}")
        estate.add_asset(f"pump_{number}", "pump", name, at=places["pump_room"], installed_on="2018-07-01")
        name = Said(f"变压器 {number}#", f"Transformer {number}")
        estate.add_asset(f"transformer_{number}", "power", name, at=places["power_room"])
        name = Said(f"B{number + 1} 集水井", f"Sump B{number + 1}")
        estate.add_asset(f"sump_{number}", "sump", name, at=places[f"garage_b{number + 1}"])
    estate.add_asset("fire_panel", "panel", Said("火灾报警主机", "Fire panel"), at=places["control_room"])
    back_doors = Said("员工通道门禁", "Staff entrance reader")
    estate.add_asset("reader_staff", "reader", back_doors, at=places["loading"], installed_on="2018-11-15")
    for way in (Said("进口道闸", "Entry barrier"), Said("出口道闸", "Exit barrier")):
        estate.add_asset(way.en.split()[0].lower(), "barrier", way, at=places["main_gate"], installed_on="2018-11-20")
