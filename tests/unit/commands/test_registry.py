"""Every kind and version of a command is read for ever: an example of each is kept beside this test."""

import json
from pathlib import Path

import pytest

from app.commands.registry import KINDS, UnsupportedError, body_of, parse, versions
from app.domain.errors import InvalidError
from tests.factories import SITE, a_report

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_kept_example_is_still_understood(path: Path) -> None:
    kind, version = path.stem.split(".")
    body = json.loads(path.read_text(encoding="utf-8"))
    command = parse(kind, int(version), body)
    assert type(command).__name__ == kind
    if int(version) == command.version:
        assert body_of(command) == body


def test_every_kind_has_an_example_of_its_version() -> None:
    kept = {path.stem for path in EXAMPLES}
    assert {f"{kind}.{version}" for kind, version in versions().items()} <= kept


def test_a_kind_or_version_not_known_yet_is_unsupported() -> None:
    with pytest.raises(UnsupportedError, match="command_unknown"):
        parse("OpenTheDoor", 1, {})
    with pytest.raises(UnsupportedError, match="command_unknown"):
        parse("ReportWorkOrder", KINDS["ReportWorkOrder"].version + 1, body_of(a_report()))


def test_a_body_with_anything_extra_missing_or_of_another_type_is_refused_by_name() -> None:
    body = body_of(a_report())
    for changed, where in (
        ({**body, "colour": "red"}, "colour"),
        ({**body, "priority": 3}, "priority"),
        ({key: value for key, value in body.items() if key != "description"}, "description"),
        ({**body, "site_id": SITE.upper()}, "site_id"),
    ):
        with pytest.raises(InvalidError, match="command_malformed") as refused:
            parse("ReportWorkOrder", 1, changed)
        assert str(refused.value.params["detail"]).startswith(where)


def test_a_body_past_its_size_is_refused() -> None:
    body = {**body_of(a_report()), "place_note": "x" * 70_000}
    with pytest.raises(InvalidError, match="command_too_large"):
        parse("ReportWorkOrder", 1, body)
