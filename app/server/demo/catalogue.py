"""The company's own words as rows: skills, the category tree, causes."""

from collections.abc import Iterator
from functools import cache

from app.db.base import Synced
from app.db.companies import Category, CategorySkill, Cause, Skill
from app.domain.ids import COMPANY_STREAM, named_id
from app.server.demo.kinds import GROUPS, KINDS, SKILLS, category_id
from app.server.demo.said import Said

CAUSES: dict[Said, tuple[Said, ...]] = {
    Said("设备老化", "Wear"): (
        Said("密封件老化", "Worn seal"),
        Said("电器元件老化", "Aged electrical part"),
        Said("机械磨损", "Mechanical wear"),
    ),
    Said("使用不当", "Use"): (
        Said("异物堵塞", "Foreign matter"),
        Said("过载", "Overload"),
        Said("碰撞损坏", "Knocked or forced"),
    ),
    Said("施工质量", "Workmanship"): (
        Said("防水层缺陷", "Faulty waterproofing"),
        Said("安装不牢", "Badly fixed"),
        Said("前次维修未修好", "Earlier repair did not hold"),
    ),
    Said("外部原因", "From outside"): (
        Said("市政停水停电", "Town mains"),
        Said("天气", "Weather"),
        Said("第三方施工", "Third-party works"),
    ),
    Said("管理原因", "Management"): (
        Said("巡查不到位", "Missed on the round"),
        Said("他人占用或堆放", "Somebody in the way"),
        Said("沟通误会", "Misunderstanding"),
    ),
}


def skill_id(code: str) -> str:
    """The id of a skill."""
    return named_id("demo", "skill", code)


@cache
def cause_id(name: str) -> str:
    """The id of a cause, by its English name."""
    return named_id("demo", "cause", name)


def catalogue_rows() -> Iterator[Synced]:
    """Skills, categories with what they ask for, causes."""
    for code, name in SKILLS.items():
        yield Skill(id=skill_id(code), stream_id=COMPANY_STREAM, code=code, name_zh=name.zh, name_en=name.en)
    yield from _categories()
    for sort, (group, causes) in enumerate(CAUSES.items()):
        yield _cause(group, None, sort)
        for place, cause in enumerate(causes):
            yield _cause(cause, group, place)


def _categories() -> Iterator[Synced]:
    for sort, (code, name) in enumerate(GROUPS.items()):
        yield Category(
            id=category_id(f"group {code}"),
            stream_id=COMPANY_STREAM,
            code=code,
            name_zh=name.zh,
            name_en=name.en,
            sort=sort,
        )
    for sort, kind in enumerate(KINDS):
        yield Category(
            id=kind.id,
            stream_id=COMPANY_STREAM,
            parent_id=category_id(f"group {kind.group}"),
            code=f"{kind.group}.{kind.code}",
            name_zh=kind.name.zh,
            name_en=kind.name.en,
            priority=kind.priority,
            needs_visit=int(kind.needs_visit),
            is_opinion=int(kind.is_opinion),
            keywords=kind.keywords,
            sort=sort,
        )
        yield CategorySkill(
            id=named_id("demo", "category skill", kind.code),
            stream_id=COMPANY_STREAM,
            category_id=kind.id,
            skill_id=skill_id(kind.skill),
            level=kind.level,
        )


def _cause(name: Said, group: Said | None, sort: int) -> Cause:
    return Cause(
        id=cause_id(name.en),
        stream_id=COMPANY_STREAM,
        parent_id=cause_id(group.en) if group else None,
        name_zh=name.zh,
        name_en=name.en,
        sort=sort,
    )
