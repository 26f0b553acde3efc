"""Every code is said in both languages."""

import string

import pytest

from app.domain.errors import RefusedError
from app.domain.permissions import Right, Role
from app.domain.words import TABLES, Language, knows, listed, say, say_error
from app.domain.work_orders import CancelReason, HoldReason, State


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("table", TABLES, ids=range(len(TABLES)))
def test_both_sentences_of_a_code_have_the_same_blanks(table: dict[str, tuple[str, str]]) -> None:
    for code, (chinese, english) in table.items():
        assert chinese, code
        assert english, code
        assert blanks(chinese) == blanks(english), code


def test_no_code_stands_in_two_tables() -> None:
    codes = [code for table in TABLES for code in table]
    assert len(codes) == len(set(codes))


def test_every_value_of_the_domain_has_a_word() -> None:
    for prefix, values in (
        ("state", State),
        ("hold", HoldReason),
        ("cancel", CancelReason),
        ("role", Role),
        ("right", Right),
    ):
        assert [value for value in values if not knows(f"{prefix}.{value}")] == []


def test_parameters_that_are_codes_or_names_are_said_in_the_language() -> None:
    error = RefusedError("step_not_allowed", state="@state.on_hold", to={"zh": "某处", "en": "somewhere"})
    assert say_error(error) == "工单现在是“挂起”，不能直接到“某处”。"
    assert say_error(error, Language.ENGLISH) == "The order is “On hold”; it cannot go straight to “somewhere”."


def test_several_names_fill_a_blank_as_each_language_strings_them() -> None:
    names = listed(["孙志远", {"zh": "澜捷电梯维保", "en": "Lanjie Lift Service"}])
    assert say("line_dispatched", {"names": names}) == "派给 孙志远、澜捷电梯维保"
    assert say("line_dispatched", {"names": names}, Language.ENGLISH) == "Sent 孙志远, Lanjie Lift Service"
    assert listed(["孙志远"]) == "孙志远"


def test_an_unknown_code_and_a_missing_blank_are_still_readable() -> None:
    assert say("from_a_newer_server", {"a": 1}) == "from_a_newer_server (a=1)"
    assert say("no_right") == "您没有“{right}”的权限；需要时请找主管或管理员开通。"
    assert say("no_right", {"right": "@unknown"}) == "您没有“@unknown”的权限；需要时请找主管或管理员开通。"
