"""The posts of each site: trades, skills and shifts of those who hold them, and the names of some."""

from dataclasses import dataclass

from app.domain.permissions import Role
from app.server.demo import chengyue, lanwan, qiming, roster
from app.server.demo.kinds import Team
from app.server.demo.said import Said


@dataclass(frozen=True, slots=True)
class Post:
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


DESK = Post(Team.DESK, 203, Said("前台", "Front desk"), "reception 4", Role.CLERK, roster.DESK, (14, 0, 7))
_CONTROL = Post(
    Team.CONTROL_ROOM,
    401,
    Said("消控值机", "Control room"),
    "fire 4",
    Role.OPERATOR,
    roster.AROUND_THE_CLOCK,
    (0, 1, 2, 3, 4, 5, 6, 7),
)
_SECURITY = Post(
    Team.SECURITY,
    501,
    Said("秩序员", "Security"),
    "patrol 3",
    Role.TECHNICIAN,
    roster.AROUND_THE_CLOCK,
    (6, 7, 5, 4, 3, 2, 1, 0, 6, 5, 3, 2),
)
_CLEANING = Post(
    Team.CLEANING,
    601,
    Said("保洁员", "Cleaner"),
    "cleaning 2",
    Role.TECHNICIAN,
    roster.WORKING_DAYS,
    (0, 4, 2, 0, 3, 5, 1, 6, 2),
)
_GARDENING = Post(
    Team.GARDENING, 701, Said("绿化工", "Gardener"), "gardening 3", Role.TECHNICIAN, roster.WORKING_DAYS, (0, 4, 2)
)
SUPERVISORS = Post(
    Team.MANAGEMENT, 101, Said("工程主管", "Engineering supervisor"), "", Role.SUPERVISOR, roster.WORKING_DAYS, (0,)
)
_TECHNICIAN = Said("综合维修", "Maintenance")


def _engineer(place: int, phase: int, trade: Said, levels: str, certificates: str = "") -> Post:
    return Post(Team.ENGINEERING, 301 + place, trade, levels, Role.TECHNICIAN, roster.WORKSHOP, (phase,), certificates)


ENGINEERS = (
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
NAMES: dict[tuple[str, Team], str] = {
    (lanwan.KEY, Team.MANAGEMENT): "罗建平",
    (lanwan.KEY, Team.DESK): "林晓雨 谢婷婷 冯雅琴",
    (lanwan.KEY, Team.ENGINEERING): "赵启明 孙志远 彭立群 何文斌 韩冬生 许家明 曹伟东",
    (lanwan.KEY, Team.CONTROL_ROOM): "马海波 沈佳怡 罗文娟 田立新 郑国良 韦春燕 白志刚 陆敏",
    (lanwan.KEY, Team.SECURITY): "邓国强 潘永康 唐金龙",
    (lanwan.KEY, Team.CLEANING): "田玉兰",
    (lanwan.KEY, Team.GARDENING): "蒙秀莲",
    (lanwan.KEY, Team.LIFT_FIRM): "周铁生 秦海峰 薛立军",
}
SITES: tuple[tuple[str, int, tuple[tuple[Post, int], ...]], ...] = (
    (lanwan.KEY, 0, ((_CONTROL, 8), (_SECURITY, 12), (_CLEANING, 9), (_GARDENING, 3))),
    (qiming.KEY, 1000, ((_CONTROL, 8), (_SECURITY, 8), (_CLEANING, 6), (_GARDENING, 1))),
    (chengyue.KEY, 2000, ((_CONTROL, 8), (_SECURITY, 12), (_CLEANING, 8), (_GARDENING, 1))),
)
FIRM_TECHNICIANS = Post(
    Team.LIFT_FIRM,
    9101,
    Said("电梯维保工", "Lift mechanic"),
    "lift_repair 4",
    Role.TECHNICIAN,
    roster.ON_CALL,
    (0, 0, 0),
)
