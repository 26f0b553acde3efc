"""Check that every text of the windows is translated: python -m tests.project.translations [--write]

With --write the texts that are new in the windows are added to the files, unfinished, and those that are gone removed.
"""

import ast
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT
from tests.project.sources import calls, modules

FOLDER = ROOT / "resources" / "i18n"
_BLANK = re.compile(r"\{\w*\}|%n|%\d")


class Text(NamedTuple):
    """A text in the windows: where it belongs, what it says in English, what tells it from its like."""

    context: str
    source: str
    comment: str
    is_plural: bool


def update(file: Path, sources: Sequence[Path]) -> None:
    """Have Qt's own tool bring a translation file up to date with the sources; a file of English only holds plurals."""
    tool = shutil.which("pyside6-lupdate", path=Path(sys.executable).parent)
    assert tool is not None
    language = file.stem.partition("_")[2]
    plural_only = ["-pluralonly"] if language == "en" else []
    options = ["-silent", "-no-obsolete", "-locations", "none", "-target-language", language, *plural_only]
    subprocess.run([tool, *options, *map(str, sources), "-ts", str(file)], check=True)


def texts(file: Path) -> dict[Text, list[str]]:
    """Each text of a translation file with its translation, one a plural form; none if it is unfinished."""
    found: dict[Text, list[str]] = {}
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            text = Text(
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("comment", ""),
                message.get("numerus") == "yes",
            )
            translation = message.find("translation")
            is_finished = translation is not None and translation.get("type") is None
            forms = [form.text or "" for form in message.iter("numerusform")] or [message.findtext("translation", "")]
            found[text] = forms if is_finished else []
    return found


def faults(file: Path, sources: Sequence[Path]) -> Iterator[str]:
    """Say which texts a translation file lacks, has in vain, has not translated, or has with other blanks."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(shutil.copy(file, folder))
        update(fresh, sources)
        wanted = texts(fresh)
    there = texts(file)
    for text in sorted(wanted.keys() | there.keys()):
        place = f"{file.name}: {text.context}: {text.source!r}"
        if text not in there:
            yield f"{place} is missing"
        elif text not in wanted:
            yield f"{place} is in no window"
        elif not there[text] or not all(there[text]):
            yield f"{place} is not translated"
        elif any(_wrong_blanks(text, form) for form in there[text]):
            yield f"{place} has other blanks in translation"


def faults_of_calls(trees: Mapping[Path, ast.Module]) -> Iterator[str]:
    """Say where a text is put together inside tr(): it is found by no translator."""
    for path, tree in trees.items():
        for name, call in calls(tree):
            if not all(isinstance(text, ast.Constant) for text in _texts_of(name, call)):
                yield f"{path}:{call.lineno}: tr() takes a plain text; fill it afterwards with format()"


def _texts_of(name: str, call: ast.Call) -> Sequence[ast.expr]:
    """What Qt would look up: nothing for a call of another kind, such as ``str.translate`` or a painter's."""
    if name == "tr":
        return call.args[:1]
    is_qt = name == "translate" and isinstance(call.func, ast.Attribute) and _is_application(call.func.value)
    return call.args[:2] if is_qt else ()


def _is_application(receiver: ast.expr) -> bool:
    return isinstance(receiver, ast.Name) and receiver.id == "QCoreApplication"


def _wrong_blanks(text: Text, form: str) -> bool:
    wanted, there = set(_BLANK.findall(text.source)), set(_BLANK.findall(form))
    return not there <= wanted or not wanted - {"%n"} <= there  # "one order" may do without its number


def main() -> None:
    """Print every fault, the exit code is 1 if there is one; or write the files."""
    files, sources = sorted(FOLDER.glob("*.ts")), sorted((ROOT / "app" / "ui").rglob("*.py"))
    if "--write" in sys.argv:
        for file in files:
            update(file, sources)
    found = [fault for file in files for fault in faults(file, sources)]
    if not files:
        found.append(f"no translation in {FOLDER}")
    sys.exit("\n".join([*found, *faults_of_calls(modules())]) or 0)


if __name__ == "__main__":
    main()
