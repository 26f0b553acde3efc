"""Rows become what they say, and whatever cannot be taken is rejected with its column and reason."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.commands.imported_rows import CategoryRow, OrderRow, PlaceRow, ResidentRow, WhereRow
from app.domain.errors import InvalidError
from app.domain.words import Language
from app.exchange.records import Record
from app.exchange.rows import Rejection
from tests.exchange.files import ORDERS, faults, read, workbook, write

HEADER = "no,what,at,state,end"


def orders(tmp_path: Path, *lines: str, more: str = "", header: str = HEADER, shift_hours: float | None = None) -> Any:
    path = write(tmp_path / "a.csv", "\n".join([header, *lines, ""]))
    return read(path, ORDERS + more, shift_hours=shift_hours)


def one(found: Any) -> Any:
    (record,) = found
    assert isinstance(record, Record), record
    return record.row


def test_an_order_is_read_whole(tmp_path: Path) -> None:
    header = f"{HEADER},kind,building,entrance,floor,unit,who,phone,reply,replied,urgency"
    line = (
        "17,灯不亮,2024-01-02 10:00,done,2024/1/3 8:05:09,电/灯,3 幢,1,B1,101,吴桂芳,138 0013-2046,已换,2024-01-02,高"
    )
    more = """
category = { column = "kind", split = "/" }
building = "building"
entrance = "entrance"
floor = "floor"
unit = "unit"
reporter_name = "who"
reporter_phone = "phone"
answer = "reply"
answered_at = "replied"
priority = { column = "urgency", values = { "高" = "P1" }, otherwise = "P3" }
"""
    (record,) = orders(tmp_path, line, header=header, more=more)
    assert record == Record(
        2,
        OrderRow(
            key="17",
            number="17",
            category=("电", "灯"),
            description="灯不亮",
            reported_at=datetime(2024, 1, 2, 2, 0, tzinfo=UTC),
            closed_at=datetime(2024, 1, 3, 0, 5, 9, tzinfo=UTC),
            state="closed",
            priority="P1",
            where=WhereRow(building="3 幢", entrance="1", floor=-1, unit="101"),
            reporter_name="吴桂芳",
            reporter_phone="13800132046",
            answer="已换",
            answered_at=datetime(2024, 1, 2, 2, 0, tzinfo=UTC),
            days=("answered_at",),
        ),
    )


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        (",x,2024-01-02,open,", "no", "cell_missing"),
        ("1,,2024-01-02,open,", "what", "cell_missing"),
        ("1,x,,open,", "at", "cell_missing"),
        ("1,x,2024-01-02,,", "state", "cell_missing"),
        ("1,x,2.1.2024,open,", "at", "time_unreadable"),
        ("1,x,2024-02-30,open,", "at", "time_unreadable"),
        ("1,x,1900-01-01,open,", "at", "time_unlikely"),
        ("1,x,0001-01-01,open,", "at", "time_unlikely"),
        ("1,x,2024-06-02,open,", "at", "time_in_future"),
        ("1,x,2024-01-02,lost,", "state", "value_unknown"),
        ("1,x,2024-01-02,done,", "", "closed_time_missing"),
        ("1,x,2024-01-02,double,", "", "closed_time_missing"),
        ("1,x,2024-01-02,open,2024-01-03", "end", "closed_time_of_open"),
        ("1,x,2024-01-02 10:00,done,2024-01-02 09:59", "end", "closed_before_reported"),
        ("1,x,2024-01-02,done,2024-01-01", "end", "closed_before_reported"),
        ("1,x,2024-01-02,done,2024-06-02", "end", "time_in_future"),
        (f"{'1' * 501},x,2024-01-02,open,", "no", "cell_text_too_long"),
        (f"1,{'x' * 16_001},2024-01-02,open,", "what", "cell_text_too_long"),
        ("1,x,2024-01-02,open,,,", "", None),
        ("1,x,2024-01-02,open,,y", "", "row_too_wide"),
    ],
)
def test_a_bad_row_is_rejected_with_column_and_reason(tmp_path: Path, line: str, column: str, code: str | None) -> None:
    found = orders(tmp_path, line, "2,y,2024-01-02,open,")
    assert isinstance(found[1], Record)
    if code is None:
        assert isinstance(found[0], Record)
        return
    rejection = found[0]
    assert faults(found) == [(2, column or ("end" if code.startswith("closed") else ""), code)]
    for language in Language:
        assert "{" not in rejection.say(language)


def test_a_rejection_says_line_column_reason_and_value(tmp_path: Path) -> None:
    (rejection,) = orders(tmp_path, "1,x,昨天,open,")
    assert rejection.say(Language.CHINESE).startswith("第 2 行，“at”列：看不懂这个时间")
    assert rejection.say(Language.CHINESE).endswith("（表里写的：昨天）")
    (rejection,) = orders(tmp_path, "1,x,,open,")
    assert rejection.say(Language.ENGLISH) == "Line 2, column “at”: This cell must be filled in. (it says: nothing)"


def test_a_key_that_comes_twice_is_taken_once(tmp_path: Path) -> None:
    found = orders(tmp_path, "1,x,2024-01-02,open,", "2,y,2024-01-02,open,", "1,z,2024-01-02,open,")
    assert faults(found) == [(4, "no", "key_repeated")]
    assert found[2].params == {"key": "1", "first": 2}


def test_rows_that_the_mapping_leaves_out_say_why(tmp_path: Path) -> None:
    more = '[[skip]]\nreason = "a trial"\ncolumn = "what"\nmatches = "^trial"\n'
    more += '[[skip]]\nreason = "no number"\ncolumn = "no"\nempty = true\n'
    found = orders(tmp_path, "1,trial 2,2024-01-02,open,", ",x,2024-01-02,open,", "2,x,2024-01-02,open,", more=more)
    assert faults(found) == [(2, "what", "row_skipped"), (3, "no", "row_skipped")]
    assert found[0].params == {"reason": "a trial"}


def test_the_clock_of_the_source_is_set_right(tmp_path: Path) -> None:
    line = "1,x,2024-01-02 23:30,open,"
    assert one(orders(tmp_path, line, shift_hours=4)).reported_at == datetime(2024, 1, 2, 19, 30, tzinfo=UTC)
    mapping = ORDERS.replace('key = "no"', 'key = "no"\nshift_hours = 4\ntimezone = "America/New_York"')
    path = write(tmp_path / "a.csv", f"{HEADER}\n{line}\n")
    assert one(read(path, mapping)).reported_at == datetime(2024, 1, 3, 8, 30, tzinfo=UTC)
    assert one(read(path, mapping, shift_hours=0)).reported_at == datetime(2024, 1, 3, 4, 30, tzinfo=UTC)


def test_a_day_without_a_time_is_not_shifted_and_may_be_the_day_of_the_report(tmp_path: Path) -> None:
    row = one(orders(tmp_path, "1,x,2024-01-02 10:00,done,2024-01-02", shift_hours=-3))
    assert row.closed_at == row.reported_at == datetime(2024, 1, 1, 23, tzinfo=UTC)
    mapping = ORDERS.replace('"at"', '{ column = "at", midnight_is_day = true }')
    path = write(tmp_path / "a.csv", f"{HEADER}\n1,x,2024-01-02 00:00,open,\n")
    assert one(read(path, mapping, shift_hours=5)).reported_at == datetime(2024, 1, 1, 16, tzinfo=UTC)


def test_a_day_that_a_shift_moves_past_the_day_it_closed_is_seen(tmp_path: Path) -> None:
    found = orders(tmp_path, "1,x,2024-01-02 23:00,done,2024-01-02", shift_hours=4)
    assert faults(found) == [(2, "end", "closed_before_reported")]


def test_a_time_with_its_zone_needs_no_other(tmp_path: Path) -> None:
    mapping = ORDERS.replace('"at"', '{ column = "at", formats = "%Y-%m-%dT%H:%M:%S%z" }')
    path = write(tmp_path / "a.csv", f"{HEADER}\n1,x,2024-01-02T10:00:00+01:00,open,\n")
    assert one(read(path, mapping)).reported_at == datetime(2024, 1, 2, 9, tzinfo=UTC)


def test_fields_may_depend_on_another_column(tmp_path: Path) -> None:
    mapping = ORDERS.replace(
        '"end"', '{ column = ["end", "at"], when = { column = "state", matches = "done|double" } }'
    )
    path = write(tmp_path / "a.csv", f"{HEADER}\n1,x,2024-01-02,open,2024-01-03\n2,x,2024-01-02,double,\n")
    first, second = (record.row for record in read(path, mapping) if isinstance(record, Record))
    assert isinstance(first, OrderRow)
    assert isinstance(second, OrderRow)
    assert (first.closed_at, second.closed_at) == (None, second.reported_at)


def test_a_reason_is_kept_for_cancelled_orders_only(tmp_path: Path) -> None:
    more = 'cancel_reason = { column = "state", values = { "double" = "duplicate", "done" = "other" }, otherwise = "" }'
    found = orders(tmp_path, "1,x,2024-01-02,done,2024-01-03", "2,x,2024-01-02,double,2024-01-03", more=more)
    assert [record.row.cancel_reason for record in found] == [None, "duplicate"]


def test_an_answer_needs_a_time(tmp_path: Path) -> None:
    more = 'answer = "reply"\nanswered_at = "replied"'
    header = HEADER + ",reply,replied"
    found = orders(tmp_path, "1,x,2024-01-02,open,,soon,", "2,x,2024-01-02,open,,,", more=more, header=header)
    assert faults(found) == [(2, "replied", "answer_time_missing")]
    found = orders(tmp_path, "1,x,2024-01-02,open,,soon,2024-01-01", more=more, header=header)
    assert faults(found) == [(2, "replied", "answered_before_reported")]


def test_padding_html_and_hidden_characters_are_taken_off(tmp_path: Path) -> None:
    text = '"\t\t\n　　<p>灯&nbsp;不亮</p><script>x()</script>\n\n\n\n见<某某方案>\u202e 1 < 2 &amp; &dot\x07 </br>\n "'
    mapping = ORDERS.replace('"what"', '{ column = "what", html = true }')
    path = write(tmp_path / "a.csv", f"{HEADER}\n1,{text},2024-01-02,open,\n")
    assert one(read(path, mapping)).description == "灯 不亮\n\n见<某某方案> 1 < 2 & &dot"


def test_names_keep_what_belongs_to_them(tmp_path: Path) -> None:
    more = 'reporter_name = "who"'
    row = one(orders(tmp_path, '1,x,2024-01-02,open,,"<b> 吴\n桂芳 🏠 "', header=f"{HEADER},who", more=more))
    assert row.reporter_name == "<b> 吴 桂芳 🏠"


def test_words_that_mean_nothing_are_nothing(tmp_path: Path) -> None:
    mapping = ORDERS.replace("[fields]", 'empty = ["N/A"]\n[fields]')
    path = write(tmp_path / "a.csv", f"{HEADER}\n1,x,2024-01-02,open, N/A \n2,N/A,2024-01-02,open,\n")
    assert faults(read(path, mapping)) == [(3, "what", "cell_missing")]


def test_sheets_give_dates_and_long_numbers_as_they_are(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [*HEADER.split(",")],
        [13800132046, "x", datetime(2024, 1, 2, 10), "done", date(2024, 1, 3)],  # noqa: DTZ001
        [1.39e17, "x", datetime(2024, 1, 2, 10), "open", None],  # noqa: DTZ001
        [3, "x", 45000, "open", None],
    ]
    found = read(workbook(tmp_path / "a.xlsx", rows), ORDERS)
    assert isinstance(found[0], Record)
    assert found[0].row.key == "13800132046"
    assert isinstance(found[0].row, OrderRow)
    assert found[0].row.closed_at == datetime(2024, 1, 2, 16, tzinfo=UTC)
    assert faults(found) == [(3, "no", "number_lost_digits"), (4, "at", "time_unreadable")]


RESIDENTS = """
kind = "residents"
source = "register"
key = ["building", "unit", "name"]
[fields]
name = "name"
phones = ["phone", "second"]
building = { column = "building", default = "1 幢" }
unit = "unit"
relation = { column = "relation", values = { "业主" = "owner", "租户" = "tenant" }, default = "owner" }
since = "since"
"""


def residents(tmp_path: Path, *lines: str) -> Any:
    path = write(tmp_path / "a.csv", "\n".join(["name,phone,second,building,unit,relation,since", *lines, ""]))
    return read(path, RESIDENTS)


def test_a_resident_is_read_whole(tmp_path: Path) -> None:
    row = one(residents(tmp_path, "吴桂芳,13800132046/0571-88001234,+86 139 2207 4418,3 幢,1502,租户,2020/5/6"))
    assert row == ResidentRow(
        key="3 幢 / 1502 / 吴桂芳",
        name="吴桂芳",
        phones=("13800132046", "057188001234", "13922074418"),
        where=WhereRow(building="3 幢", unit="1502"),
        relation="tenant",
        since="2020-05-06",
    )
    assert one(residents(tmp_path, "吴桂芳,,,,1502,,")).where.building == "1 幢"


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        (",13800132046,,3,1502,,", "name", "cell_missing"),
        ("吴,1.39E+10,,3,1502,,", "phone", "number_lost_digits"),
        ("吴,138001320466,,3,1502,,", "phone", "phone_one_digit_more"),
        ("吴,无,,3,1502,,", "phone", "phone_invalid"),
        ("吴,1234567890123456,,3,1502,,", "phone", "phone_invalid"),
        ("吴,,,3,,,", "unit", "cell_missing"),
        ("吴,,,3,1502,承祖人,", "relation", "value_unknown"),
        ("吴,,,3,1502,,2020", "since", "time_unreadable"),
    ],
)
def test_a_bad_resident_is_rejected_with_column_and_reason(tmp_path: Path, line: str, column: str, code: str) -> None:
    assert faults(residents(tmp_path, line)) == [(2, column, code)]


def test_a_merged_cell_is_rejected_with_the_row_that_has_its_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["name", "unit"], ["吴桂芳", "1502"], ["秦立平", None]])
    made = openpyxl.load_workbook(path)
    assert made.active is not None
    made.active.merge_cells("B2:B3")
    made.save(path)
    mapping = 'kind="residents"\nsource="a"\nkey="name"\n[fields]\nname="name"\nunit="unit"\nbuilding={default="1"}'
    found = read(path, mapping)
    assert faults(found) == [(3, "unit", "cell_merged")]
    assert isinstance(found[1], Rejection)
    assert found[1].params == {"row": 2}


def test_places_are_named_by_where_they_are(tmp_path: Path) -> None:
    mapping = """
kind = "places"
source = "plan"
[fields]
building = "building"
entrance = "entrance"
floor = "floor"
unit = "unit"
place = "place"
area = "area"
"""
    lines = [
        "building,entrance,floor,unit,place,area",
        "3 幢,1,15层,1502,,89.5㎡",
        "3 幢,,,,门厅,",
        ',,,,地下车库,"6,200"',
        ",,,1503,,",
        ",1,,,,",
        "3 幢,1,15,1504,,大",
        "3 幢,1,十五,1505,,",
        "3 幢,1,15,1502,,90",
        "3 幢,1,15,1506,,NaN",
    ]
    found = read(write(tmp_path / "a.csv", "\n".join(lines)), mapping)
    assert [record.row for record in found if isinstance(record, Record)] == [
        PlaceRow(
            key="3 幢 / 1 / 1502",
            where=WhereRow(building="3 幢", entrance="1", floor=15, unit="1502"),
            area_dm2=8950,
        ),
        PlaceRow(key="3 幢 / 门厅", where=WhereRow(building="3 幢", place="门厅")),
        PlaceRow(key="地下车库", where=WhereRow(place="地下车库"), area_dm2=620_000),
    ]
    assert faults(found) == [
        (5, "unit", "unit_without_building"),
        (6, "building", "place_nowhere"),
        (7, "area", "number_unreadable"),
        (8, "floor", "number_unreadable"),
        (9, "", "key_repeated"),
        (10, "area", "number_unreadable"),
    ]


def test_categories_have_paths_in_both_languages(tmp_path: Path) -> None:
    mapping = """
kind = "categories"
source = "tree"
[fields]
path = ["一级", "二级"]
path_en = { column = "english", split = ">" }
priority = "优先级"
"""
    long = f"{'水' * 300},{'电' * 300},,"
    lines = ["一级,二级,english,优先级", "水电,灯,Power > Lamp,P2", "水电,,,", "水电,水,Water,", "水电,气,,高", long]
    found = read(write(tmp_path / "a.csv", "\n".join(lines)), mapping)
    assert [record.row for record in found if isinstance(record, Record)] == [
        CategoryRow(key="水电 / 灯", path=("水电", "灯"), path_en=("Power", "Lamp"), priority="P2"),
        CategoryRow(key="水电", path=("水电",)),
    ]
    assert faults(found) == [
        (4, "english", "path_en_differs"),
        (5, "优先级", "value_unknown"),
        (6, "一级", "cell_text_too_long"),
    ]


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(InvalidError) as refused:
        orders(tmp_path, header="no,what,At,state,end")
    assert (refused.value.code, refused.value.params) == (
        "import_column_missing",
        {"column": "at", "known": "no, what, At, state, end"},
    )


def test_a_column_that_is_there_twice_is_refused_only_if_it_is_used(tmp_path: Path) -> None:
    assert len(orders(tmp_path, header=f"{HEADER},x,x")) == 0
    with pytest.raises(InvalidError) as refused:
        orders(tmp_path, header=f"{HEADER},end")
    assert (refused.value.code, refused.value.params) == ("import_column_double", {"column": "end"})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(st.text(max_size=30) | st.sampled_from(["2024-01-02", "open", "done", "1"]), min_size=5, max_size=5)
)
def test_whatever_a_row_says_it_is_taken_or_rejected(tmp_path: Path, cells: list[str]) -> None:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    content = f"{HEADER}\n{quoted}\n9,x,2024-01-02,open,\n".encode("utf-8", "surrogatepass")
    found = read(write(tmp_path / "a.csv", content), ORDERS)
    assert isinstance(found[-1], Record)
    for rejection in found:
        if isinstance(rejection, Rejection):
            assert "\n" not in rejection.say(Language.CHINESE)
