"""What is said when the work is done, why it was needed, and what people say when they chase, complain or reopen."""

from random import Random

from app.server.demo.catalogue import cause_id
from app.server.demo.kinds import Kind
from app.server.demo.said import Said

_SEAL, _ELECTRICAL, _WEAR = ("Worn seal", "Aged electrical part", "Mechanical wear")
_CAUSES: dict[str, tuple[str, ...]] = {
    "water_power": (_SEAL, _WEAR, _ELECTRICAL, "Foreign matter", "Badly fixed"),
    "lift": (_ELECTRICAL, _WEAR, "Foreign matter", "Overload"),
    "door": (_ELECTRICAL, _WEAR, "Knocked or forced"),
    "fabric": (_WEAR, "Badly fixed", "Knocked or forced", "Faulty waterproofing", "Weather"),
    "climate": (_ELECTRICAL, "Foreign matter", _WEAR),
    "plant": (_SEAL, _WEAR, _ELECTRICAL),
    "clean": ("Missed on the round", "Somebody in the way"),
    "green": ("Weather", "Missed on the round"),
    "guard": ("Misunderstanding", "Somebody in the way"),
    "fire": ("Somebody in the way", _ELECTRICAL, "Missed on the round"),
    "car": ("Somebody in the way", "Misunderstanding"),
    "noise": ("Third-party works", "Misunderstanding"),
    "opinion": ("Misunderstanding", "Missed on the round"),
}
_CAUSES_OF_KIND = {
    "leak": (_SEAL, "Faulty waterproofing", "Earlier repair did not hold"),
    "drain": ("Foreign matter", "Earlier repair did not hold"),
    "supply": ("Town mains", "Foreign matter", _WEAR),
    "power": ("Overload", _ELECTRICAL, "Town mains"),
}
_RESULTS: dict[str, tuple[Said, ...]] = {
    "leak": (
        Said("更换软管和密封圈，试水不漏", "Hose and seal replaced, tested dry"),
        Said("楼上地漏重做防水，观察三天", "Drain upstairs sealed again, watched for three days"),
        Said("接头拆下重新缠带", "Joint taken apart and taped again"),
    ),
    "burst": (Said("关阀抢修，换管一段，现场已吸水", "Valve shut, pipe section replaced, water sucked up"),),
    "drain": (
        Said("机械疏通，取出毛发和抹布", "Cleared by machine, hair and a rag removed"),
        Said("高压冲洗，排水正常", "Jetted, drains well"),
        Said("更换防臭芯", "Trap insert replaced"),
    ),
    "tap": (Said("更换阀芯", "Cartridge replaced"), Said("更换水箱进水阀", "Inlet valve replaced")),
    "supply": (
        Said("清洗减压阀滤网，压力 0.3 MPa", "Pressure valve strainer cleaned, 0.3 MPa"),
        Said("市政降压，已通知", "Town pressure is low, residents told"),
    ),
    "power": (
        Said("更换 32A 空开，负载正常", "32 A breaker replaced, load is fine"),
        Said("查出热水器漏电，已断开", "Heater leaks to earth, disconnected"),
    ),
    "trapped": (Said("盘车放人，人员平安，门锁触点更换", "Released by hand, all well, door contact replaced"),),
    "space": (
        Said("联系车主已挪车", "Owner called, car moved"),
        Said("车主电话不通，张贴提示，上锁登记", "Owner not reached, notice put up"),
    ),
    "neighbours": (
        Said("上门劝说，对方配合", "Spoke to them, they agreed"),
        Said("到场已无声响，巡查半小时", "Quiet on arrival, patrolled half an hour"),
    ),
    "works": (
        Said("责令停工，登记一次", "Works stopped, noted"),
        Said("重申施工时间，已签字", "Hours explained and signed"),
    ),
    "lane": (
        Said("车已移走，地面补喷标线", "Car gone, marking renewed"),
        Said("杂物限时清理，已清", "Things cleared away"),
    ),
    "ebike": (Said("劝离，推至充电区", "Sent to the charging area"),),
}
_RESULTS_OF_GROUP: dict[str, tuple[Said, ...]] = {
    "water_power": (
        Said("更换配件，试用正常", "Part replaced, works"),
        Said("紧固接线，测试正常", "Wiring tightened, tested"),
    ),
    "lift": (
        Said("调整门机，试运行正常", "Door drive adjusted, test run fine"),
        Said("更换元件，恢复运行", "Part replaced, back in service"),
    ),
    "door": (
        Said("重启控制器，刷卡正常", "Controller restarted, cards work"),
        Said("更换部件，开合正常", "Part replaced, opens and shuts"),
    ),
    "fabric": (Said("修补完成，成品已保护", "Made good and protected"), Said("更换五金件", "Fittings replaced")),
    "climate": (
        Said("清洗滤网，出风 14 度", "Filter cleaned, air at 14 degrees"),
        Said("加注冷媒，制冷正常", "Refrigerant topped up, cools well"),
    ),
    "plant": (
        Said("更换机封，运行平稳", "Seal replaced, runs smoothly"),
        Said("清理浮球，自动正常", "Float cleaned, automatic again"),
    ),
    "clean": (Said("已清理，地面拖净", "Cleared and mopped"), Said("已清运，喷洒除味", "Taken away, deodorised")),
    "green": (
        Said("修剪完成，枝条清运", "Trimmed, cuttings taken away"),
        Said("已处理，现场清理", "Done, place cleared"),
    ),
    "guard": (
        Said("到场处置，双方和解", "Settled on the spot"),
        Said("核实身份，已离开", "Identity checked, has left"),
        Said("查看监控，已答复", "Cameras checked, answer given"),
    ),
    "fire": (
        Said("现场核查，系统复位", "Checked on site, system reset"),
        Said("更换器材，压力正常", "Equipment replaced, pressure fine"),
    ),
    "car": (Said("已处理，通行正常", "Done, traffic flows"),),
    "noise": (Said("已劝阻", "Asked to stop"),),
    "opinion": (
        Said("当面说明，住户认可", "Explained in person, accepted"),
        Said("已整改，照片发住户", "Put right, pictures sent"),
    ),
    "enquiry": (Said("电话答复", "Answered on the phone"),),
}
ANSWERS = (
    Said("已了解情况，周内回复处理办法", "Understood; a way forward within the week"),
    Said("致歉，已请主管核实", "Apologised; the supervisor looks into it"),
    Said("已登记，约好明天上门说明", "Noted; will call in person tomorrow"),
)
PHONE_ANSWERS = (
    Said("电话已答复", "Answered on the phone"),
    Said("告知流程和材料", "Told the steps and papers"),
    Said("已发短信说明", "Sent a text with the details"),
)
CHASES = (
    Said("问师傅几点到", "Asks when somebody comes"),
    Said("等不及要出门", "Has to leave soon"),
    Said("水还在流", "Water still runs"),
    Said("说再不来就投诉", "Will complain otherwise"),
    Said("", ""),
)
REOPENINGS = (
    Said("又出现同样问题", "Same thing again"),
    Said("修后再次渗水", "Leaks again after the repair"),
    Said("用了两天又坏", "Broke again after two days"),
    Said("没有处理干净", "Not done properly"),
)
REFUSALS = (
    Said("手上有急单，请派别人", "Busy with something urgent, send another"),
    Said("不是我的工种", "Not my trade"),
)
HOLD_NOTES: dict[str, tuple[Said, ...]] = {
    "parts": (
        Said("缺同型号阀芯，已下单", "No matching cartridge, ordered"),
        Said("等厂家发主板", "Waiting for the maker's board"),
        Said("锁芯要定做，三天到", "Cylinder made to order, three days"),
    ),
    "access": (
        Said("家里没人，约改天", "Nobody in, another day"),
        Said("楼上住户出差，周末回", "Neighbour above is away till the weekend"),
    ),
    "supplier": (Said("外协排期中", "Outside firm is scheduling"), Said("等高空车", "Waiting for the lift truck")),
    "weather": (Said("下雨，雨停再做", "Rain; when it stops"), Said("风大，高处作业暂停", "Wind; no work at height")),
}


def draw_result(kind: Kind, random: Random) -> Said:
    """What was done about a matter of a kind."""
    return random.choice(_RESULTS.get(kind.code) or _RESULTS_OF_GROUP[kind.group])


def draw_cause(kind: Kind, random: Random) -> str | None:
    """The id of why it happened; unknown for one in six."""
    causes = _CAUSES_OF_KIND.get(kind.code) or _CAUSES.get(kind.group)
    if causes is None or random.random() < 1 / 6:
        return None
    return cause_id(random.choice(causes))
