"""The program's own source, read as syntax trees, for checks that no linter makes."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT


@functools.cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the program by its path from the project's root."""
    files = sorted((ROOT / "app").rglob("*.py"))
    return {file.relative_to(ROOT): ast.parse(file.read_text("utf-8")) for file in files}


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Each call in a module with the last part of the called name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            yield name, node


def first_text(call: ast.Call) -> str | None:
    """The call's first argument, if it is a plain text."""
    match call.args:
        case [ast.Constant(value=str(text)), *_]:
            return text
    return None
