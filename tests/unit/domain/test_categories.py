"""What a caller's words suggest."""

from app.domain.categories import KnownCategory, suggest_category

LEAK = KnownCategory("leak", ("漏水", "渗水", "leak"))
LIFT = KnownCategory("lift", ("电梯", "困人", "lift"))
DOOR = KnownCategory("door", ("门禁", "刷卡没反应", "刷卡"))
ALL = (LEAK, LIFT, DOOR)


def test_the_longest_words_found_decide() -> None:
    found = suggest_category("单元门刷卡没反应，电梯正常", ALL)
    assert found is not None
    assert found == ("door", "刷卡没反应")


def test_between_equals_what_was_said_first_wins() -> None:
    found = suggest_category("电梯里漏水", (LEAK, LIFT))
    assert found is not None
    assert found.category_id == "lift"


def test_case_does_not_matter_and_nothing_known_suggests_nothing() -> None:
    assert suggest_category("Leak under the sink", ALL) == ("leak", "leak")
    assert suggest_category("不知道怎么说", ALL) is None
    assert suggest_category("", ALL) is None
