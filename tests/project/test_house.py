"""The house rules that no linter knows."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.project.sources import modules

VAGUE = {"utils", "util", "helpers", "common", "core", "misc", "manager", "handler"}
WITHOUT_WINDOWS = ["cli", "commands", "db", "domain", "exchange", "server", "store", "sync"]


def test_packages_begin_empty() -> None:
    assert [path for path, tree in modules().items() if path.name == "__init__.py" and tree.body] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in modules() if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_no_module_is_longer_than_can_be_read() -> None:
    assert [path for path in modules() if (ROOT / path).read_text("utf-8").count("\n") > 400] == []


def test_domain_imports_the_standard_library_and_itself() -> None:
    imported = {
        (path, name.split(".")[0])
        for path, tree in modules().items()
        if path.is_relative_to("app/domain")
        for node in ast.walk(tree)
        for name in _imported_by(node)
        if not name.startswith("app.domain")
    }
    assert [pair for pair in imported if pair[1] not in sys.stdlib_module_names] == []


@pytest.mark.parametrize("room", WITHOUT_WINDOWS)
def test_room_does_without_qt(room: str) -> None:
    names = [str(path.with_suffix("")).replace("/", ".") for path in modules() if path.is_relative_to(f"app/{room}")]
    program = f"import sys, {', '.join(names)}; sys.exit(any('PySide6' in name for name in sys.modules))"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_no_test_waits_for_a_time() -> None:
    waits = re.compile(r"qtbot\.wait\(|\bsleep\(")
    files = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    assert [path for path in files if waits.search(path.read_text("utf-8"))] == []


def test_every_icon_is_there_for_something() -> None:
    named = {
        node.value
        for path, tree in modules().items()
        if path.is_relative_to("app")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [icon.name for icon in (ROOT / "resources" / "icons").glob("*.svg") if icon.stem not in named] == []


def test_decisions_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [name[:5] for name in names] == [f"{number:04}-" for number in range(1, len(names) + 1)]


def _imported_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
