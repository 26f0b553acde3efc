"""What is open at the moment the demo begins: the queue of the pictures, and as much as fits at the other sites."""

from typing import NamedTuple

from app.domain.work_orders import HoldReason, State
from app.server.demo import chengyue, lanwan, qiming
from app.server.demo.said import NOTHING, Said

_HOURS = 60
_WAITING, _OPEN = State.DISPATCHED, State.TRIAGED


class Scene(NamedTuple):
    """An open order as it is to be found.

    ``left`` is minutes of its calendar until the nearer clock is due, negative when late; for one that is done or
    verified, minutes since, and for one on hold, since the hold. Without ``said`` words and place are drawn.
    ``place`` names a unit, place or asset of the estate, ``caller`` the unit of whoever rang, ``who`` whoever was sent,
    by employee number; somebody else of the team goes when they cannot.
    """

    kind: str
    state: State
    left: int
    who: str = ""
    place: str = ""
    said: Said = NOTHING
    note: Said = NOTHING
    caller: str = ""
    arrived: int = 0
    """Minutes from report to arrival, where it matters."""
    reason: HoldReason | None = None
    chases: int = 0
    chased: Said = NOTHING
    comment: Said = NOTHING
    helper: str = ""
    is_reopened: bool = False


_LANWAN = (
    Scene(
        "burst",
        _WAITING,
        -41,
        "0302",
        "3-1502",
        Said("厨房下水管破裂，水漫到客厅", "Kitchen drain burst, water into the living room"),
        caller="3-1502",
        chases=1,
        chased=Said("水已漫到客厅地板", "Water has reached the living room floor"),
    ),
    Scene(
        "trapped",
        State.ON_SITE,
        -6,
        "9101",
        "6-2-3",
        Said("电梯困人，轿厢停在 7–8 层之间，2 人", "Trapped in lift, car between floors 7 and 8, 2 people"),
        caller="6-702",
        arrived=19,
        comment=Said("已与轿厢内通话：2 人平安，正平层放人", "Spoke to the car: 2 safe, levelling now"),
        helper="0301",
    ),
    Scene(
        "power",
        _OPEN,
        -3,
        place="garage_b1_east",
        said=Said("地库 B1 东侧照明回路跳闸，约 20 盏", "Garage B1 east, lighting circuit tripped, about 20 lamps"),
    ),
    Scene(
        "reader",
        State.REPORTED,
        5,
        place="5-1_reader",
        said=Said("单元门禁刷卡无反应，住户被挡在门外", "Entrance reader dead, residents locked out"),
        caller="5-601",
    ),
    Scene(
        "pump",
        State.ON_SITE,
        17,
        "0303",
        "pump_2",
        Said("生活水泵 2# 振动高", "Water pump 2, vibration high"),
        arrived=22,
    ),
    Scene(
        "burning",
        _OPEN,
        21,
        place="8_stairs",
        said=Said("楼道有烧焦味，无明火，住户要求排查", "Burning smell on landing, no flame seen"),
        note=Said("12 层", "floor 12"),
    ),
    Scene(
        "leak",
        State.ON_SITE,
        38,
        "0302",
        "2-1703",
        Said("卫生间顶部渗水，楼上 1803 已联系", "Bathroom ceiling leaks, flat above was called"),
        arrived=70,
    ),
    Scene(
        "playground",
        _WAITING,
        72,
        "0304",
        "playground",
        Said("儿童乐园秋千链条松动，已围挡", "Swing chain loose in playground, fenced off"),
    ),
    Scene(
        "lock",
        State.ON_HOLD,
        17 * _HOURS,
        "0304",
        "1-903",
        Said("入户门锁芯更换，等配件到货", "Replace entrance lock cylinder"),
        reason=HoldReason.PARTS,
    ),
    Scene(
        "condensate",
        State.ON_SITE,
        114,
        "0301",
        "4-602",
        Said("空调外机滴水扰民", "Air-conditioner drips on neighbour's sill"),
        arrived=64,
    ),
    Scene(
        "space",
        State.ON_SITE,
        125,
        "0501",
        "garage_b2_east",
        Said("车位 B2-118 被占，请联系车主挪车", "Space B2-118 taken, call the owner"),
        arrived=80,
    ),
    Scene(
        "drain",
        State.REOPENED,
        105,
        "0302",
        "7-1101",
        Said("马桶漏水，修后再次渗水", "Toilet leaks again after repair"),
        caller="7-1101",
    ),
    Scene(
        "barrier",
        _OPEN,
        108,
        place="east_gate_entry",
        said=Said("东门道闸抬杆慢，早高峰排队", "East barrier slow, queue in the morning"),
    ),
    Scene(
        "pets",
        _WAITING,
        40,
        "0601",
        "south_path",
        Said("宠物粪便未清理，住户第二次反映", "Dog mess on south path, second complaint"),
        chases=2,
        chased=Said("孩子又踩到了", "A child stepped in it again"),
    ),
    Scene(
        "fitting_out",
        State.ACCEPTED,
        1290,
        "0203",
        "9-1604",
        Said("夜间施工噪声投诉，9 幢 1604 装修", "Noise at night, works in 9-1604"),
    ),
    Scene(
        "facade",
        State.ON_HOLD,
        20 * _HOURS,
        place="2_facade",
        said=Said("外墙瓷砖空鼓，等外协高空车", "Loose facade tile, lift truck ordered"),
        reason=HoldReason.SUPPLIER,
    ),
    Scene("playground", _WAITING, 110, "0305", "parcel_3", Said("快递柜屏幕黑屏", "Parcel locker screen is black")),
    Scene(
        "socket",
        _OPEN,
        96,
        place="clubhouse_2",
        said=Said("会客厅投影仪接线，周五业委会用", "Wire up the projector for Friday's meeting"),
    ),
    Scene(
        "trim", State.ACCEPTED, 480, "0701", "main_gate", Said("绿篱修剪，主入口两侧", "Trim hedges at main entrance")
    ),
    Scene(
        "hydrant",
        _WAITING,
        420,
        place="5-1_hydrants",
        said=Said("消火栓箱门更换 4 处", "Replace 4 hydrant doors"),
    ),
    Scene("tap", State.DONE, 35),
    Scene("intercom", State.DONE, 80),
    Scene("lamp", State.DONE, 130),
    Scene("neighbours", State.DONE, 55),
    Scene("rubbish", State.DONE, 170),
    Scene("lighting", State.DONE, 240),
    Scene("closer", State.DONE, 300),
    Scene("lane", State.DONE, 25),
    Scene("stairs", State.VERIFIED, 150),
    Scene("socket", State.VERIFIED, 200),
    Scene("leak", State.ON_HOLD, 26 * _HOURS, reason=HoldReason.ACCESS),
    Scene("roof", State.ON_HOLD, 40 * _HOURS, reason=HoldReason.WEATHER),
    Scene("car", State.ON_HOLD, 5 * _HOURS, "9102", reason=HoldReason.PARTS),
    Scene("leak", _WAITING, 88, is_reopened=True),
    Scene("tap", _WAITING, 64),
    Scene("drain", State.ACCEPTED, 52),
    Scene("lamp", _WAITING, 100),
    Scene("jolting", State.ACCEPTED, 80, "9103"),
    Scene("rubbish", State.ACCEPTED, 58),
    Scene("lost", State.ACCEPTED, 90),
    Scene("window", _WAITING, 330),
    Scene("window", State.ACCEPTED, 260),
    Scene("paving", _WAITING, 390),
    Scene("bulky", State.ACCEPTED, 700),
    Scene("wall", _WAITING, 520),
    Scene("charges", State.ACCEPTED, 1000),
    Scene("suggestion", State.ACCEPTED, 1210),
)
_QIMING = (
    Scene("cooling", State.ON_SITE, 96, arrived=55),
    Scene("cooling", _WAITING, 44, chases=1, chased=Said("客户会议两点开始", "Client meeting at two")),
    Scene("lamp", _OPEN, 104),
    Scene("reader", State.ACCEPTED, 14),
    Scene("lamp", State.DONE, 60),
    Scene("air", State.DONE, 190),
    Scene("socket", State.VERIFIED, 120),
    Scene("air", State.ON_HOLD, 30 * _HOURS, reason=HoldReason.PARTS),
    Scene("stairs", State.ACCEPTED, 66),
    Scene("car", _WAITING, 92, "9102"),
    Scene("window", _WAITING, 350),
    Scene("service", State.ACCEPTED, 1120),
)
_CHENGYUE = (
    Scene("drain", State.ON_SITE, 70, arrived=40),
    Scene("power", _WAITING, -8, chases=1, chased=Said("收银停了，排长队", "Till is down, long queue")),
    Scene("cooling", _OPEN, 98),
    Scene("lost", State.ON_SITE, 150, arrived=20),
    Scene("rubbish", State.ACCEPTED, 48),
    Scene("lamp", State.DONE, 45),
    Scene("dispute", State.DONE, 20),
    Scene("tap", State.DONE, 160),
    Scene("stairs", State.VERIFIED, 140),
    Scene("air", State.ON_HOLD, 22 * _HOURS, reason=HoldReason.SUPPLIER),
    Scene("car", State.ACCEPTED, 75, "9103"),
    Scene("hydrant", _WAITING, 440),
    Scene("wall", _WAITING, 600),
    Scene("cooling", _WAITING, 86, is_reopened=True),
    Scene("charges", State.ACCEPTED, 900),
)
SCENES: dict[str, tuple[Scene, ...]] = {
    lanwan.KEY: _LANWAN,
    qiming.KEY: _QIMING,
    chengyue.KEY: _CHENGYUE,
}
