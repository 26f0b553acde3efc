"""The command line as a whole: help in two languages, exit codes, the language it speaks, what it hands on."""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from queue import SimpleQueue

import pytest

from app.cli.arguments import named_language
from app.cli.program import run as run_program
from app.cli.terminal import Terminal, language_of
from app.domain.errors import InvalidError
from app.domain.words import Language
from app.store.doorbell import Doorbell
from tests.cli.conftest import Run

COMMANDS = {
    "console": (),
    "demo": (),
    "server": (),
    "migrate": (),
    "import": (),
    "users": ("add", "list", "grant", "revoke", "disable", "enable", "password", "consoles"),
    "call": (),
    "self-test": (),
    "orders": ("list", "show", "new", "step"),
    "sync": (),
}
PAGES = [(name,) for name in COMMANDS] + [(name, action) for name, actions in COMMANDS.items() for action in actions]


def test_help_names_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert all(f"    {name} " in ran.out for name in COMMANDS)
    assert "3 server out of reach" in ran.out


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_explains_itself_with_an_example(run: Run, words: tuple[str, ...], language: str) -> None:
    ran = run("--language", language, *words, "--help")
    assert ran.code == 0
    assert f"steward {' '.join(words)}" in ran.out.split("例：" if language == "zh" else "example:")[1]
    assert "cli." not in ran.out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("orders",),
        ("orders", "list"),
        ("orders", "list", "--user", "lin", "--limit", "0"),
        ("import", "orders", "a.csv", "--mapping", "a.toml", "--check", "--shift-hours", "nan"),
        ("import", "orders", "a.csv", "--mapping", "a.toml", "--check", "--shift-hours", "49"),
        ("sync", "--server", "x"),
        ("server", "--port", "65536"),
        ("server", "--port", "-1"),
    ],
)
def test_words_that_make_no_sense_are_exit_code_2(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).code == 2


@pytest.mark.parametrize(
    ("named", "environment", "language"),
    [
        ("zh", {"LANG": "en_US.UTF-8"}, Language.CHINESE),
        (None, {"STEWARD_LANGUAGE": "zh", "LC_ALL": "en_US.UTF-8"}, Language.CHINESE),
        (None, {"LANG": "zh_CN.UTF-8"}, Language.CHINESE),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, Language.ENGLISH),
        (None, {"LANG": "de_DE.UTF-8"}, Language.ENGLISH),
    ],
)
def test_it_speaks_the_language_that_is_named_first(
    named: str | None, environment: Mapping[str, str], language: Language
) -> None:
    assert language_of(named, environment) is language


@pytest.mark.parametrize(
    ("argv", "named"),
    [
        (["--language", "zh", "call", "1"], "zh"),
        (["call", "1", "--language=en"], "en"),
        (["call", "1"], None),
        (["--language", "xx", "call", "1"], None),
        (["--language"], None),
    ],
)
def test_the_language_is_known_before_anything_else(argv: list[str], named: str | None) -> None:
    assert named_language(argv) == named


def test_a_table_stands_straight_with_chinese_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal(Language.CHINESE).table([("漏水", "x"), ("leak", "y")])
    assert capsys.readouterr().out == "漏水  x\nleak  y\n"


def test_a_call_is_handed_to_the_console_that_runs(run: Run, tmp_path: Path) -> None:
    calls: SimpleQueue[str] = SimpleQueue()
    doorbell = Doorbell(tmp_path, calls.put)
    try:
        assert run("call", "138 0013 2046", "--data", str(tmp_path)).code == 0
        assert calls.get(timeout=5) == "138 0013 2046"
    finally:
        doorbell.close()
    ran = run("call", "138 0013 2046", "--data", str(tmp_path))
    assert ran.code == 1
    assert "No console runs" in ran.err


@pytest.mark.parametrize(("error", "code"), [(BrokenPipeError(), 1), (KeyboardInterrupt(), 1)])
def test_an_interrupted_program_ends_quietly(
    error: BaseException, code: int, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_arguments: argparse.Namespace, _terminal: Terminal) -> int:
        raise error

    monkeypatch.setattr(os, "dup2", lambda *_arguments: None)
    assert run_program(["self-test"], {"self-test": broken}) == code
    assert capfd.readouterr().err == ""


def test_any_other_refusal_is_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    def refused(_arguments: argparse.Namespace, _terminal: Terminal) -> int:
        raise InvalidError("server_address_invalid", address="x")

    assert run_program(["--language", "en", "self-test"], {"self-test": refused}) == 1
    assert capsys.readouterr().err.startswith("steward: “x” is no server address")
