"""Check that every sentence is there, in both languages and with the same blanks: python -m tests.project.words"""

import ast
import re
import string
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app.domain.words import TABLES
from tests.project.sources import calls, first_text, modules

Phrases = Mapping[str, tuple[str, str]]

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def faults_of_tables(tables: Sequence[Phrases]) -> Iterator[str]:
    """Say which sentences are double, lack a language, or have other blanks in one language than in the other."""
    seen: set[str] = set()
    for table in tables:
        for code, (chinese, english) in table.items():
            if code in seen:
                yield f"{code}: said twice"
            seen.add(code)
            if not chinese or not english or _CHINESE.search(english):
                yield f"{code}: a language is missing"
            if blanks(chinese) != blanks(english):
                yield f"{code}: {blanks(chinese)} in Chinese, {blanks(english)} in English"


def faults_of_errors(phrases: Phrases, trees: Mapping[Path, ast.Module]) -> Iterator[str]:
    """Say which errors are raised without a sentence, or with other parameters than the sentence has blanks."""
    errors = error_classes(trees)
    for path, tree in trees.items():
        for name, call in calls(tree):
            code = first_text(call)
            if name not in errors or code is None:
                continue
            place = f"{path}:{call.lineno}"
            given = {keyword.arg for keyword in call.keywords}
            if code not in phrases:
                yield f"{place}: no sentence for {code}"
            elif None not in given and not blanks(phrases[code][0]) <= given:
                yield f"{place}: {code} needs {blanks(phrases[code][0])}, is given {given or 'nothing'}"


def faults_of_unused(phrases: Phrases, trees: Mapping[Path, ast.Module]) -> Iterator[str]:
    """Say which sentences nothing in the program names, neither whole nor by the beginning of an f-string."""
    texts: set[str] = set()
    beginnings: set[str] = set()
    for path, tree in trees.items():
        if path.parent.name == "phrases":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value.removeprefix("@"))
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value).removeprefix("@"))
    beginnings -= {"", "@"}
    for code in phrases:
        if code not in texts and not any(code.startswith(beginning) for beginning in beginnings):
            yield f"{code}: said by nobody"


def blanks(template: str) -> set[str]:
    """The names in a sentence's braces."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def error_classes(trees: Mapping[Path, ast.Module]) -> set[str]:
    """The names of OpsError and of every class below it."""
    bases = {
        node.name: {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"OpsError"}
    while more := {name for name, parents in bases.items() if parents & found} - found:
        found |= more
    return found


def main() -> None:
    """Print every fault; the exit code is 1 if there is one."""
    phrases = {code: pair for table in TABLES for code, pair in table.items()}
    faults = [
        *faults_of_tables(TABLES),
        *faults_of_errors(phrases, modules()),
        *faults_of_unused(phrases, modules()),
    ]
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    main()
