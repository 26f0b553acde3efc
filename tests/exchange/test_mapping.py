"""A mapping file is taken whole, or its first fault is named by line and key."""

from pathlib import Path

import pytest

from app.domain.errors import InvalidError, NotFoundError, StorageError
from app.domain.words import Language, say_error
from app.exchange.mapping import load_mapping, parse_mapping
from tests.conftest import ROOT
from tests.exchange.files import ORDERS

WHOLE = """
kind = "orders"
source = "old-desk"
key = ["no", "part"]
timezone = "Asia/Shanghai"
shift_hours = -1.5
empty = "N/A"

[file]
encoding = "gb18030"
delimiter = ";"
header_row = 2

[fields]
number = "no"
category = { column = "kind", split = "/" }
description = { column = ["title", "text"], join = ": ", html = true, default = "?" }
reported_at = { column = "at", formats = ["%Y-%m-%d", "%d.%m.%Y %H:%M"], midnight_is_day = true }
state = { column = "state", values = { "done" = "closed" }, otherwise = "reported" }
closed_at = { column = "end", when = { column = "state", equals = "done" } }
priority = { default = "P2" }

[[skip]]
reason = "a test"
column = "text"
matches = "^test"

[[skip]]
reason = "no number"
column = "no"
empty = true
"""


def test_a_whole_mapping_is_read() -> None:
    mapping = parse_mapping(WHOLE)
    assert mapping.key == ("no", "part")
    assert mapping.file.delimiter == ";"
    assert mapping.fields["number"].column == ("no",)
    assert mapping.fields["description"].column == ("title", "text")
    assert mapping.columns() == {"no", "part", "kind", "title", "text", "at", "state", "end"}
    assert [rule.reason for rule in mapping.skip] == ["a test", "no number"]


def test_the_example_of_the_documentation_is_a_mapping() -> None:
    text = (ROOT / "docs" / "import.md").read_text("utf-8")
    examples = [part.split("```")[0] for part in text.split("```toml\n")[1:]]
    whole = [example for example in examples if "kind =" in example]
    assert whole
    for example in whole:
        parse_mapping(example)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "key"),
    [
        ('"orders"', '"orders', "mapping_not_toml", 2, None),
        ('kind = "orders"\n', "", "mapping_key_missing", 1, ""),
        ('"orders"', '"letters"', "mapping_choice_unknown", 2, "kind"),
        ('source = "old-desk"', 'source = ""', "mapping_value_wrong", 3, "source"),
        ('source = "old-desk"', "source = 7", "mapping_value_wrong", 3, "source"),
        ('key = ["no", "part"]\n', "", "mapping_key_missing", 1, ""),
        ('"Asia/Shanghai"', '"Asia/Peking"', "mapping_zone_unknown", 5, "timezone"),
        ('"Asia/Shanghai"', '"../etc"', "mapping_zone_unknown", 5, "timezone"),
        ("-1.5", '"1"', "mapping_value_wrong", 6, "shift_hours"),
        ("-1.5", "100", "mapping_value_wrong", 6, "shift_hours"),
        ("empty = ", "emtpy = ", "mapping_key_unknown", 7, "emtpy"),
        ('"gb18030"', '"gbk18"', "mapping_encoding_unknown", 10, "file.encoding"),
        ('";"', '";;"', "mapping_value_wrong", 11, "file.delimiter"),
        ("header_row = 2", "header_row = 0", "mapping_value_wrong", 12, "file.header_row"),
        ('number = "no"', 'nubmer = "no"', "mapping_field_unknown", 15, "fields.nubmer"),
        ('number = "no"', "number = {}", "mapping_field_from_nowhere", 15, "fields.number"),
        ('number = "no"', "number = 5", "mapping_value_wrong", 15, "fields.number"),
        ('number = "no"', 'number = { default = ["a", "b"] }', "mapping_value_wrong", 15, "fields.number.default"),
        ('split = "/"', 'spilt = "/"', "mapping_key_unknown", 16, "fields.category.spilt"),
        ('split = "/"', "html = true", "mapping_option_misplaced", 16, "fields.category.html"),
        ("html = true", 'html = "yes"', "mapping_value_wrong", 17, "fields.description.html"),
        ("%Y-%m-%d", "%Y-%m", "mapping_format_wrong", 18, "fields.reported_at.formats.1"),
        ("%Y-%m-%d", "YYYY-MM-DD", "mapping_format_wrong", 18, "fields.reported_at.formats.1"),
        ('"closed"', '"shut"', "mapping_choice_unknown", 19, "fields.state"),
        ('"done" }', '"done", empty = true }', "mapping_condition_wrong", 20, "fields.closed_at.when"),
        (', equals = "done"', "", "mapping_condition_wrong", 20, "fields.closed_at.when"),
        ('"P2"', '"P9"', "mapping_choice_unknown", 21, "fields.priority"),
        ("description = ", "answer = ", "mapping_field_missing", 14, "fields"),
        ('"^test"', '"(test"', "mapping_pattern_wrong", 26, "skip.1.matches"),
        ('reason = "no number"\n', "", "mapping_key_missing", 28, "skip.2"),
    ],
)
def test_a_fault_is_named_by_line_and_key(old: str, new: str, code: str, line: int, key: str | None) -> None:
    assert old in WHOLE
    with pytest.raises(InvalidError) as refused:
        parse_mapping(WHOLE.replace(old, new, 1))
    assert (refused.value.code, refused.value.params["line"]) == (code, line)
    assert refused.value.params.get("key") == key
    for language in Language:
        assert "{" not in say_error(refused.value, language).replace("{}", "")


def test_categories_and_places_need_no_key() -> None:
    assert parse_mapping('kind = "categories"\nsource = "a"\n[fields]\npath = "name"').key == ()
    assert parse_mapping('kind = "places"\nsource = "a"\n[fields]\nplace = "name"').key == ()


def test_a_mapping_file_that_is_missing_or_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        load_mapping(tmp_path / "no.toml")
    with pytest.raises((StorageError, InvalidError)):
        load_mapping(tmp_path)
    (tmp_path / "a.toml").write_bytes("# 说明\n".encode("gb18030"))
    with pytest.raises(InvalidError) as refused:
        load_mapping(tmp_path / "a.toml")
    assert refused.value.code == "mapping_not_utf8"


def test_a_mapping_file_may_begin_with_a_mark(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(ORDERS, "utf-8-sig")
    assert load_mapping(tmp_path / "a.toml").source == "old-desk"
