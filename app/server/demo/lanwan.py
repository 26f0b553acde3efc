"""The housing estate: 澜湾雅苑, Lanwan Court, fourteen buildings of two entrances over two garage levels."""

from random import Random
from typing import NamedTuple

from app.db.places import Building, Unit
from app.domain.words import Language
from app.server.demo.estates import Estate, new_estate, user_id
from app.server.demo.said import Said

KEY = "lanwan"
STEWARDS = ("0203", "0204", "0205")
"""The clerks who stand for five buildings each."""
HANDED_OVER = ("2016-05-20", "2016-05-20", "2017-11-10")
_BUILDINGS = 14
_LIFT_INSTALLED = ("2015-11", "2016-01", "2017-06")


class _Layout(NamedTuple):
    """One of the flats of a landing, by the last digit of its number."""

    name: Said
    area_dm2: int


_LAYOUTS = {
    1: _Layout(Said("三室两厅，朝南", "3 bedrooms, facing south"), 12_640),
    2: _Layout(Said("三室两厅，朝南", "3 bedrooms, facing south"), 11_860),
    3: _Layout(Said("两室两厅，东西", "2 bedrooms, east to west"), 8_950),
    4: _Layout(Said("两室一厅，朝北", "2 bedrooms, facing north"), 7_820),
}
_PLACES = (
    ("garage_b1_east", "garage", Said("地库 B1 东", "Garage B1 east")),
    ("garage_b1_west", "garage", Said("地库 B1 西", "Garage B1 west")),
    ("garage_b2_east", "garage", Said("地库 B2 东", "Garage B2 east")),
    ("garage_b2_west", "garage", Said("地库 B2 西", "Garage B2 west")),
    ("garden", "garden", Said("中心花园", "Garden")),
    ("playground", "playground", Said("儿童乐园", "Playground")),
    ("fitness", "playground", Said("健身广场", "Exercise ground")),
    ("south_path", "path", Said("南区步道", "South path")),
    ("lake_path", "path", Said("环湖步道", "Lake path")),
    ("main_gate", "gate", Said("主入口", "Main gate")),
    ("east_gate", "gate", Said("东门岗", "East gate")),
    ("north_gate", "gate", Said("北门岗", "North gate")),
    ("ring_road", "ring", Said("小区环路", "Ring road")),
    ("pump_room", "plant", Said("水泵房", "Pump room")),
    ("power_room", "plant", Said("配电房", "Substation")),
    ("control_room", "plant", Said("消控室", "Control room")),
    ("clubhouse_1", "club", Said("会所 1 层", "Clubhouse, ground floor")),
    ("clubhouse_2", "club", Said("会所 2 层", "Clubhouse, upper floor")),
    ("pool", "club", Said("会所泳池", "Clubhouse pool")),
    ("bins_east", "bins", Said("东区垃圾房", "East bin store")),
    ("bins_west", "bins", Said("西区垃圾房", "West bin store")),
)


def lanwan(language: Language, random: Random) -> Estate:
    """The estate, the same for every ``random`` of one seed."""
    estate = new_estate(
        KEY,
        "housing",
        Said("澜湾雅苑", "Lanwan Court"),
        Said("临江路 88 号", "88 Linjiang Road"),
        "057100008800",
        language,
        random,
    )
    for key, kind, name in _PLACES:
        estate.add_place(key, kind, name)
    for number in range(1, _BUILDINGS + 1):
        _building(estate, number)
    _machines(estate)
    return estate


def _building(estate: Estate, number: int) -> None:
    name = Said(f"{number} 幢", f"Bldg {number}")
    building = estate.add_building(str(number), name)
    floors = 16 if number % 5 == 3 else 17
    for kind, word in (
        ("stairs", Said("楼道", "stairs")),
        ("roof", Said("屋面", "roof")),
        ("facade", Said("北立面", "north face")),
        ("undercroft", Said("架空层", "undercroft")),
    ):
        estate.add_place(f"{number}_{kind}", kind, Said(f"{name.zh}{word.zh}", f"{name.en} {word.en}"), building)
    for entrance in (1, 2):
        _entrance(estate, building, number, entrance, floors)


def _entrance(estate: Estate, building: Building, number: int, entrance: int, floors: int) -> None:
    key = f"{number}-{entrance}"
    hall = estate.add_place(
        f"{key}_hall", "hall", Said(f"{number} 幢 {entrance} 单元", f"Bldg {number}-{entrance}"), building
    )
    installed = f"{_LIFT_INSTALLED[_phase(number)]}-{10 + number:02d}"
    for lift in (2 * entrance - 1, 2 * entrance):
        name = Said(f"{key}-{lift}# 客梯", f"Lift {key}-{lift}")
        estate.add_asset(f"{key}-{lift}", "lift", name, at=building, installed_on=installed)
    reader = Said(f"{number} 幢 {entrance} 单元门禁", f"Bldg {key} door reader")
    estate.add_asset(f"{key}_reader", "reader", reader, at=hall, installed_on="2021-03-18")
    hydrants = Said(f"{key} 消火栓 {floors} 处", f"Hydrants {key}, {floors} of them")
    estate.add_asset(f"{key}_hydrants", "hydrant", hydrants, at=building, installed_on=installed)
    for floor in range(1, floors + 1):
        for flat in (3, 4) if floor == 1 else (1, 2, 3, 4):
            _flat(estate, building, key, floor, flat + 4 * (entrance - 1))


def _flat(estate: Estate, building: Building, entrance_key: str, floor: int, flat: int) -> None:
    number, entrance = entrance_key.split("-")
    name = f"{floor}{flat:02d}"
    layout = _LAYOUTS[(flat - 1) % 4 + 1]
    spoken = estate.say(Said(f"{number}幢{entrance}单元{name}", f"Building {number} {name}"))
    occupancy = estate.random.choices(("lived_in", "vacant", "fitting_out"), (91, 6, 3))[0]
    unit = estate.add_unit(
        f"{number}-{name}",
        Unit(
            building_id=building.id,
            entrance=entrance,
            floor=floor,
            number=name,
            label=estate.say(Said(f"{number} 幢 {name}", f"Bldg {number}-{name}")),
            aliases=f"{number}-{entrance}-{name}, {spoken}, {number}-{name}",
            area_dm2=layout.area_dm2,
            layout=estate.say(layout.name),
            occupancy=occupancy,
            handed_over_on=HANDED_OVER[_phase(int(number))],
            steward_user_id=user_id(STEWARDS[_phase(int(number))]),
        ),
    )
    code = f"{number}-{entrance}-{name}"
    intercom = Said(f"可视对讲分机 {code}", f"Intercom {code}")
    estate.add_asset(f"{code}_intercom", "intercom", intercom, at=unit, installed_on=unit.handed_over_on)
    meter = Said(f"水表 {code}", f"Water meter {code}")
    estate.add_asset(f"{code}_water", "meter", meter, at=unit, installed_on=unit.handed_over_on)


def _machines(estate: Estate) -> None:
    """What stands in the plant rooms, at the gates and in the garages."""
    pump_room = estate.places["pump_room"]
    for number in (1, 2, 3):
        name = Said(f"生活水泵 {number}#", f"Water pump {number}")
        estate.add_asset(f"pump_{number}", "pump", name, at=pump_room, installed_on="2015-12-08")
    fire_pump = Said("消防水泵 1#", "Fire pump 1")
    estate.add_asset("fire_pump_1", "fire_pump", fire_pump, at=pump_room, installed_on="2015-12-08")
    for number in (1, 2):
        name = Said(f"变压器 {number}#", f"Transformer {number}")
        estate.add_asset(f"transformer_{number}", "power", name, at=estate.places["power_room"])
    estate.add_asset("fire_panel", "panel", Said("火灾报警主机", "Fire panel"), at=estate.places["control_room"])
    for gate, said in (("main_gate", Said("主入口", "Main gate")), ("east_gate", Said("东门", "East gate"))):
        for way in (Said("进口道闸", "entry barrier"), Said("出口道闸", "exit barrier")):
            key = f"{gate}_{way.en.split()[0]}"
            name = Said(said.zh + way.zh, f"{said.en} {way.en}")
            estate.add_asset(key, "barrier", name, at=estate.places[gate], installed_on="2022-08-30")
    for key, kind, garage in _PLACES:
        for number in (1, 2) if kind == "garage" else ():
            name = Said(f"{garage.zh} 集水井 {number}#", f"{garage.en} sump {number}")
            estate.add_asset(f"{key}_sump_{number}", "sump", name, at=estate.places[key])
    estate.add_asset(
        "parcel_3", "locker", Said("3 幢快递柜", "Parcel locker, Bldg 3"), at=estate.places["3_undercroft"]
    )
    estate.add_asset(
        "parcel_9", "locker", Said("9 幢快递柜", "Parcel locker, Bldg 9"), at=estate.places["9_undercroft"]
    )
    estate.add_asset("swing", "play", Said("秋千", "Swing"), at=estate.places["playground"])


def _phase(number: int) -> int:
    """The phase of building, 0 … 2: also who is its steward."""
    return (number - 1) // 5
