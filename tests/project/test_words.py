"""The check of sentences finds what it is there for."""

import ast
from pathlib import Path

from tests.project.words import faults_of_errors, faults_of_tables, faults_of_unused

PHRASES = {"disk_full": ("磁盘已满：{folder}", "The disk is full: {folder}"), "state.done": ("待验收", "Done")}


def program(text: str) -> dict[Path, ast.Module]:
    return {Path("app/somewhere.py"): ast.parse(text)}


def test_whole_sentences_have_no_fault() -> None:
    assert list(faults_of_tables([PHRASES])) == []


def test_a_sentence_said_twice_is_found() -> None:
    assert list(faults_of_tables([PHRASES, {"state.done": ("完成", "Done")}])) == ["state.done: said twice"]


def test_a_missing_language_is_found() -> None:
    assert list(faults_of_tables([{"a": ("好", "")}, {"b": ("好", "好")}])) == [
        "a: a language is missing",
        "b: a language is missing",
    ]


def test_other_blanks_in_the_other_language_are_found() -> None:
    assert list(faults_of_tables([{"a": ("{x}", "{y}")}])) == ["a: {'x'} in Chinese, {'y'} in English"]


def test_an_error_without_a_sentence_is_found() -> None:
    text = "class FullError(OpsError): ...\nraise FullError('disk_gone')\nraise ValueError('anything')"
    assert list(faults_of_errors(PHRASES, program(text))) == ["app/somewhere.py:2: no sentence for disk_gone"]


def test_an_error_that_fills_too_few_blanks_is_found() -> None:
    text = "raise OpsError('disk_full')\nraise OpsError('disk_full', folder='/')\nraise OpsError('disk_full', **params)"
    assert list(faults_of_errors(PHRASES, program(text))) == [
        "app/somewhere.py:1: disk_full needs {'folder'}, is given nothing"
    ]


def test_a_sentence_that_nobody_says_is_found() -> None:
    assert list(faults_of_unused(PHRASES, program("say(f'state.{state}')"))) == ["disk_full: said by nobody"]
