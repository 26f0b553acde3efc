"""Kinds of order: the leaves of the category tree, with what the demo world must know to make orders of each."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from app.domain.ids import named_id
from app.server.demo.said import Said


class Team(StrEnum):
    """What somebody does for a living; an order goes to one of these, but for management."""

    MANAGEMENT = "management"
    DESK = "desk"
    ENGINEERING = "engineering"
    CONTROL_ROOM = "control_room"
    SECURITY = "security"
    CLEANING = "cleaning"
    GARDENING = "gardening"
    LIFT_FIRM = "lift_firm"
    FACADE_FIRM = "facade_firm"
    FIRE_FIRM = "fire_firm"
    WASTE_FIRM = "waste_firm"
    PEST_FIRM = "pest_firm"


FIRMS = (Team.LIFT_FIRM, Team.FACADE_FIRM, Team.FIRE_FIRM, Team.WASTE_FIRM, Team.PEST_FIRM)


def is_firm(team: Team) -> bool:
    """Whether an order of this team goes to an outside firm as such; a lift firm's technicians are sent by name."""
    return team in FIRMS and team is not Team.LIFT_FIRM


SKILLS: dict[str, Said] = {
    "electrics": Said("低压电工", "Low-voltage electrics"),
    "high_voltage": Said("高压电工", "High-voltage electrics"),
    "plumbing": Said("给排水", "Plumbing"),
    "drains": Said("管道疏通", "Drain clearing"),
    "hvac": Said("暖通空调", "Heating and cooling"),
    "joinery": Said("门窗五金", "Doors, windows, fittings"),
    "access": Said("门禁弱电", "Access systems"),
    "pumps": Said("水泵", "Pumps"),
    "lift_repair": Said("电梯修理", "Lift repair"),
    "lift_safety": Said("电梯安全管理", "Lift safety"),
    "fire": Said("消防设施", "Fire systems"),
    "height": Said("高处作业", "Work at height"),
    "reception": Said("客户接待", "Reception"),
    "patrol": Said("秩序巡逻", "Patrol"),
    "cleaning": Said("保洁", "Cleaning"),
    "gardening": Said("绿化养护", "Gardening"),
}
CERTIFIED_SKILLS = frozenset({"electrics", "high_voltage", "lift_repair", "lift_safety", "fire", "height"})
"""Skills that nobody may use without a certificate valid on that day."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A leaf of the category tree.

    ``shares`` weighs it at the housing estate, the office tower and the mall: noise, parking, fire, rubbish, lifts,
    leaks, water and power stand at the estate as often as letters to an authority name them, the rest is assumed.
    ``minutes`` is the median time at work, an assumption.
    """

    group: str
    code: str
    name: Said
    priority: str
    team: Team
    skill: str
    level: int
    minutes: int
    shares: tuple[int, int, int]

    @property
    def id(self) -> str:
        """The id of its category."""
        return category_id(self.code)

    @property
    def keywords(self) -> str:
        """Words that suggest it, parted by spaces."""
        return _KEYWORDS[self.code]

    @property
    def is_urgent(self) -> bool:
        """Whether it comes round the clock."""
        return self.code in _ROUND_THE_CLOCK

    @property
    def is_opinion(self) -> bool:
        """Whether it is a complaint or an opinion, whose response is the first answer."""
        return self.group == "opinion"

    @property
    def needs_visit(self) -> bool:
        """Whether somebody goes there."""
        return self.team is not Team.DESK


@cache
def category_id(code: str) -> str:
    """The id of the category of a kind, or of a group (``group lift``)."""
    return named_id("demo", "category", code)


GROUPS: dict[str, Said] = {
    "water_power": Said("水电维修", "Plumbing, electrical"),
    "lift": Said("电梯", "Lifts"),
    "door": Said("门禁", "Access"),
    "fabric": Said("房屋本体", "Building fabric"),
    "climate": Said("空调暖通", "Heating, cooling"),
    "plant": Said("设备机房", "Plant rooms"),
    "clean": Said("保洁", "Cleaning"),
    "green": Said("绿化", "Gardens"),
    "guard": Said("安保", "Security"),
    "fire": Said("消防", "Fire safety"),
    "car": Said("停车", "Parking"),
    "noise": Said("噪音", "Noise"),
    "opinion": Said("投诉建议", "Complaints"),
    "enquiry": Said("咨询", "Questions"),
}


_ROUND_THE_CLOCK = frozenset({"burst", "burning", "trapped", "stranger", "dispute", "detector"})
_E, _S, _C, _G, _D = Team.ENGINEERING, Team.SECURITY, Team.CLEANING, Team.GARDENING, Team.DESK
_LIFT = Team.LIFT_FIRM
KINDS: tuple[Kind, ...] = (
    Kind("water_power", "leak", Said("漏水渗水", "Leak"), "P3", _E, "plumbing", 2, 50, (70, 25, 22)),
    Kind("water_power", "burst", Said("爆管跑水", "Burst pipe"), "P2", _E, "plumbing", 3, 60, (12, 6, 7)),
    Kind("water_power", "drain", Said("下水堵塞", "Blocked drain"), "P3", _E, "drains", 2, 45, (60, 20, 36)),
    Kind("water_power", "tap", Said("龙头洁具", "Taps, fittings"), "P3", _E, "plumbing", 1, 30, (50, 25, 24)),
    Kind("water_power", "supply", Said("停水水压", "Little or no water"), "P2", _E, "plumbing", 2, 40, (53, 14, 12)),
    Kind("water_power", "power", Said("停电跳闸", "Power cut, tripping"), "P2", _E, "electrics", 2, 40, (14, 12, 14)),
    Kind("water_power", "socket", Said("插座线路", "Sockets, wiring"), "P3", _E, "electrics", 2, 40, (34, 30, 32)),
    Kind("water_power", "lamp", Said("户内灯具", "Lamps indoors"), "P3", _E, "electrics", 1, 30, (24, 36, 40)),
    Kind("water_power", "lighting", Said("公共照明", "Common lighting"), "P3", _E, "electrics", 2, 45, (40, 18, 22)),
    Kind("water_power", "burning", Said("焦味漏电", "Burning smell"), "P2", _E, "electrics", 3, 45, (5, 4, 5)),
    Kind("lift", "trapped", Said("困人", "Trapped in lift"), "P1", _LIFT, "lift_repair", 3, 22, (6, 5, 4)),
    Kind("lift", "stopped", Said("停梯", "Lift out of service"), "P2", _LIFT, "lift_repair", 3, 60, (30, 20, 15)),
    Kind("lift", "jolting", Said("异响抖动", "Lift noise, jolting"), "P3", _LIFT, "lift_repair", 3, 50, (24, 14, 8)),
    Kind("lift", "car", Said("按钮照明", "Lift buttons, lights"), "P3", _LIFT, "lift_repair", 2, 30, (14, 10, 6)),
    Kind("door", "reader", Said("读卡器", "Door reader"), "P2", _E, "access", 2, 35, (28, 22, 12)),
    Kind("door", "intercom", Said("可视对讲", "Intercom"), "P3", _E, "access", 2, 40, (40, 3, 2)),
    Kind("door", "closer", Said("单元门", "Entrance door"), "P3", _E, "joinery", 2, 30, (24, 14, 10)),
    Kind("door", "card", Said("开卡授权", "Cards, permits"), "P3", _D, "reception", 2, 10, (40, 46, 16)),
    Kind("fabric", "lock", Said("门锁", "Locks"), "P3", _E, "joinery", 2, 35, (22, 14, 12)),
    Kind("fabric", "window", Said("门窗纱窗", "Windows, screens"), "P4", _E, "joinery", 2, 50, (24, 16, 10)),
    Kind("fabric", "wall", Said("墙面粉刷", "Walls, paint"), "P4", _E, "joinery", 2, 90, (14, 16, 16)),
    Kind("fabric", "facade", Said("外墙空鼓", "Facade"), "P3", Team.FACADE_FIRM, "height", 2, 120, (5, 2, 2)),
    Kind("fabric", "roof", Said("屋面防水", "Roof"), "P3", _E, "plumbing", 2, 90, (6, 2, 3)),
    Kind("fabric", "playground", Said("公共设施", "Benches, playground"), "P3", _E, "joinery", 2, 40, (18, 2, 4)),
    Kind("fabric", "paving", Said("路面地砖", "Paving"), "P4", _E, "joinery", 1, 60, (10, 4, 8)),
    Kind("climate", "cooling", Said("空调", "Air conditioning"), "P3", _E, "hvac", 2, 60, (10, 56, 52)),
    Kind("climate", "condensate", Said("外机滴水", "Condensate"), "P3", _E, "hvac", 1, 35, (14, 4, 4)),
    Kind("climate", "air", Said("新风排风", "Ventilation"), "P3", _E, "hvac", 2, 50, (4, 24, 20)),
    Kind("plant", "pump", Said("水泵", "Pumps"), "P2", _E, "pumps", 2, 45, (8, 5, 5)),
    Kind("plant", "sump", Said("集水井", "Sumps"), "P3", _E, "pumps", 2, 40, (6, 4, 4)),
    Kind("clean", "stairs", Said("楼道卫生", "Corridors, lobbies"), "P3", _C, "cleaning", 1, 25, (45, 28, 40)),
    Kind("clean", "rubbish", Said("垃圾清运", "Rubbish"), "P3", _C, "cleaning", 1, 25, (81, 20, 46)),
    Kind("clean", "bulky", Said("大件垃圾", "Bulky waste"), "P4", Team.WASTE_FIRM, "cleaning", 1, 30, (20, 6, 10)),
    Kind("clean", "pets", Said("宠物粪便", "Dog mess"), "P3", _C, "cleaning", 1, 15, (22, 1, 4)),
    Kind("clean", "pests", Said("消杀", "Pest control"), "P4", Team.PEST_FIRM, "cleaning", 1, 40, (12, 10, 16)),
    Kind("green", "trim", Said("修剪", "Trimming"), "P4", _G, "gardening", 1, 90, (16, 3, 2)),
    Kind("green", "branch", Said("断枝倒树", "Fallen branches"), "P2", _G, "gardening", 2, 40, (4, 1, 1)),
    Kind("green", "plants", Said("补种虫害", "Planting, blight"), "P4", _G, "gardening", 1, 60, (10, 3, 3)),
    Kind("guard", "stranger", Said("可疑人员", "Suspicious person"), "P2", _S, "patrol", 2, 20, (14, 8, 14)),
    Kind("guard", "dispute", Said("纠纷", "Dispute"), "P2", _S, "patrol", 2, 25, (12, 4, 18)),
    Kind("guard", "throwing", Said("高空抛物", "Thrown from above"), "P2", _S, "patrol", 2, 30, (8, 1, 1)),
    Kind("guard", "lost", Said("失物寻物", "Lost property"), "P3", _S, "patrol", 1, 20, (16, 14, 36)),
    Kind("fire", "lane", Said("消防通道", "Fire lane"), "P2", _S, "patrol", 1, 15, (48, 8, 14)),
    Kind("fire", "ebike", Said("电动车进楼", "E-bike indoors"), "P2", _S, "patrol", 1, 15, (34, 1, 1)),
    Kind("fire", "detector", Said("烟感误报", "Detector"), "P2", _E, "fire", 2, 25, (14, 16, 16)),
    Kind("fire", "hydrant", Said("消火栓灭火器", "Hydrants"), "P4", Team.FIRE_FIRM, "fire", 2, 60, (12, 8, 10)),
    Kind("car", "space", Said("车位被占", "Space taken"), "P3", _S, "patrol", 1, 15, (90, 24, 10)),
    Kind("car", "barrier", Said("道闸", "Barrier"), "P3", _E, "access", 2, 40, (25, 12, 16)),
    Kind("car", "fee", Said("停车费", "Parking fees"), "P3", _D, "reception", 2, 8, (30, 24, 22)),
    Kind("noise", "neighbours", Said("邻里噪音", "Neighbours' noise"), "P3", _S, "patrol", 1, 20, (85, 5, 10)),
    Kind("noise", "works", Said("装修噪音", "Noise of works"), "P3", _S, "patrol", 1, 20, (70, 18, 10)),
    Kind("opinion", "service", Said("服务投诉", "Service"), "P3", _D, "reception", 3, 30, (30, 10, 14)),
    Kind("opinion", "fitting_out", Said("装修管理", "Fitting-out rules"), "P3", _D, "reception", 3, 30, (16, 6, 6)),
    Kind("opinion", "charges", Said("收费异议", "Charges"), "P3", _D, "reception", 3, 30, (22, 9, 8)),
    Kind("opinion", "suggestion", Said("建议", "Suggestions"), "P4", _D, "reception", 2, 20, (16, 6, 8)),
    Kind("enquiry", "fees", Said("物业费", "Fees"), "P4", _D, "reception", 1, 6, (110, 50, 40)),
    Kind("enquiry", "how", Said("办事流程", "How to"), "P4", _D, "reception", 1, 6, (90, 72, 60)),
    Kind("enquiry", "notice", Said("停水停电通知", "Planned cuts"), "P4", _D, "reception", 1, 5, (60, 20, 14)),
)
KIND_BY_CODE: dict[str, Kind] = {kind.code: kind for kind in KINDS}

_KEYWORDS: dict[str, str] = {
    "leak": "漏水 渗水 滴水 水渍 泡水 漏雨 leak leaks leaking dripping wet ceiling",
    "burst": "爆管 水管爆 破裂 跑水 漫水 漫到 喷水 burst flooding gushing",
    "drain": "堵 下水 地漏 返臭 返水 马桶 drain blocked toilet",
    "tap": "龙头 花洒 水箱 角阀 三角阀 tap cistern shower valve",
    "supply": "停水 没水 水压 水小 水黄 pressure brown",
    "power": "停电 没电 跳闸 断电 空开 trips tripped breaker blackout",
    "socket": "插座 开关 线路 网线 网络 弱电箱 socket switch wiring",
    "lamp": "灯不亮 灯坏 灯闪 灯泡 灯管 吸顶灯 射灯 镇流器 lamp light tube",
    "lighting": "路灯 路灯不亮 声控灯 楼道灯 地库灯 车库灯 灯全灭 照明 回路 streetlight landing lighting",
    "burning": "焦味 烧焦 漏电 冒烟 电火花 着火 起火 煤气味 燃气味 burning smell smoke sparks shock",
    "trapped": "困人 被困 关在电梯 trapped stuck",
    "stopped": "停梯 电梯停 电梯不动 电梯坏 stopped",
    "jolting": "异响 抖动 平层 顿一下 jolts jolting grinding level",
    "car": "按钮 轿厢灯 楼层显示 button display",
    "reader": "刷卡 读卡 没反应 刷脸 门禁 reader card badge entrance",
    "intercom": "对讲 可视 门铃 intercom doorbell video",
    "closer": "单元门 闭门器 门关不上 玻璃门 地弹簧 entrance door closer",
    "card": "开卡 补卡 授权 人脸录入 放行条 card permit pass",
    "lock": "门锁 锁芯 锁坏 把手 门打不开 钥匙断 钥匙丢 lock cylinder handle key",
    "window": "纱窗 窗户 推拉门 合页 密封条 玻璃碎 玻璃破 window screen hinge",
    "wall": "墙面 墙皮 起皮 掉漆 发霉 裂缝 粉刷 paint plaster wall crack mould",
    "facade": "外墙 瓷砖 空鼓 脱落 facade tile loose",
    "roof": "屋面 楼顶 天台 防水 roof terrace",
    "playground": "秋千 滑梯 座椅 健身器材 栏杆 井盖 swing slide bench railing",
    "paving": "地砖 路面 坑洼 台阶 paving step pothole",
    "cooling": "空调 不制冷 不制热 风机盘管 温控 air conditioning cooling heating thermostat conditioner",
    "condensate": "外机 冷凝水 滴水扰民 condensate outdoor",
    "air": "新风 排风 油烟 闷 换气扇 ventilation stuffy fumes fan",
    "pump": "水泵 泵房 振动 压力低 pump vibration",
    "sump": "集水井 排水泵 井盖 积水 sump grating standing water",
    "stairs": "楼道 大堂 卫生间脏 地面脏 污渍 corridor dirty stain lobby",
    "rubbish": "垃圾 垃圾桶 满了 异味 rubbish bins overflowing",
    "bulky": "大件 旧沙发 床垫 装修垃圾 bulky sofa mattress debris",
    "pets": "宠物 狗 狗屎 粪便 dog mess",
    "pests": "蟑螂 老鼠 蚂蚁 白蚁 蚊 cockroach mice ants termites",
    "trim": "修剪 绿篱 树枝挡 杂草 hedge trim overgrown weeds",
    "branch": "断枝 树倒 树枝掉 fallen branch",
    "plants": "枯死 枯了 枯黄 补种 虫害 毛毛虫 草皮 plants caterpillars lawn",
    "stranger": "可疑 陌生人 尾随 推销 stranger suspicious hawker",
    "dispute": "吵架 纠纷 打架 争执 quarrel fight dispute",
    "throwing": "高空抛物 扔下来 烟头 thrown",
    "lost": "丢了 捡到 失物 监控 lost found wallet phone",
    "lane": "消防通道 安全出口 堵住 堆物 lane exit",
    "ebike": "电动车 电瓶 充电 推进电梯 e-bike battery charging",
    "detector": "烟感 报警 误报 警铃 detector alarm bell",
    "hydrant": "消火栓 灭火器 水带 应急灯 疏散指示 hydrant extinguisher exit sign",
    "space": "车位 被占 挪车 乱停 堵车 space taken",
    "barrier": "道闸 抬杆 车牌识别 barrier number plate",
    "fee": "停车费 月卡 续费 发票 monthly parking",
    "neighbours": "吵 噪音 音响 跳绳 脚步声 noise loud music",
    "works": "装修 电钻 施工噪声 砸墙 drilling works hammering",
    "service": "投诉 态度 没人管 complaint rude",
    "fitting_out": "违规装修 敲承重墙 封阳台 unauthorised",
    "charges": "多收 收费不合理 公摊 账单不对 overcharged",
    "suggestion": "建议 希望 能不能增加 suggest suggestion",
    "fees": "物业费 缴费 账单 怎么交 fee fees",
    "how": "怎么办 手续 流程 预约 procedure appointment",
    "notice": "什么时候来水 几点来电 通知 planned notice",
}
