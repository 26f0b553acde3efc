"""Real records of real offices: every file is checked, imported, and imported again, by the program's own command."""

import csv
import gzip
import io
import re
from pathlib import Path

import pytest

from tests.end_to_end.programs import PASSWORD, ServerProcess, steward
from tests.factories import SITE

MAPPINGS = sorted((Path(__file__).parents[1] / "records").glob("*.toml"))
pytestmark = [pytest.mark.records, pytest.mark.slow, pytest.mark.timeout(600)]


def kind_of(mapping: Path) -> str:
    """What the mapping says its file holds."""
    found = re.search(r'^kind = "(\w+)"', mapping.read_text("utf-8"), re.MULTILINE)
    assert found
    return found[1]


def rows_in(file: Path) -> int:
    """How many rows stand below the header."""
    packed = file.read_bytes()
    text = (gzip.decompress(packed) if file.suffix == ".gz" else packed).decode("utf-8-sig")
    csv.field_size_limit(len(text))
    return sum(any(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text, newline=""))) - 1


@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda mapping: mapping.stem)
def test_a_real_file_is_checked_and_imported_and_imported_again(
    mapping: Path, records: Path, server: ServerProcess
) -> None:
    file = next(path for path in records.iterdir() if path.name in (f"{mapping.stem}.csv", f"{mapping.stem}.csv.gz"))
    command = ("import", kind_of(mapping), file, "--mapping", mapping, "--json", "--create-places")
    target = ("--site", SITE, "--server", server.address, "--user", login_for(mapping))
    checked = steward(*command, "--check").json
    assert checked["rows"] == rows_in(file)
    assert checked["checked"] + len(checked["rejected"]) == checked["rows"]
    assert all(one["reason"] and one["line"] > 1 for one in checked["rejected"])
    first = steward(*command, *target, stdin=f"{PASSWORD}\n").json
    assert first["added"] + first["kept"] == checked["checked"]
    assert first["rejected"] == checked["rejected"]
    second = steward(*command, *target, stdin=f"{PASSWORD}\n").json
    assert (second["added"], second["kept"]) == (0, first["added"] + first["kept"])


def login_for(mapping: Path) -> str:
    """Categories are the company's, and so the administrator's; orders are a supervisor's."""
    return "admin" if kind_of(mapping) == "categories" else "luo"
