"""Workbooks are read by their stored values, and those that would take the machine's memory are not read."""

import struct
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from app.domain.errors import InvalidError
from app.exchange.rows import Rejection, Row
from app.exchange.tables import CELL_LIMIT, TableForm, open_table
from tests.exchange.files import cells_of, changed, rows_of, workbook, write

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
        sheet = made.add_worksheet()
        for number, row in enumerate((["no", "what"], [1, "lift"], [2, "lamp"])):
            sheet.write_row(number, 0, row)
    return tmp_path / "a.xlsx"


def test_cells_are_what_they_are(tmp_path: Path) -> None:
    moment = datetime(2024, 5, 6, 7, 8)  # noqa: DTZ001
    values = [13800132046.0, 2.5, "text", moment, date(2024, 5, 6), True, time(7, 8), None]
    path = workbook(tmp_path / "a.xlsx", [list("abcdefgh"), values])
    with open_table(path) as table:
        (row,) = table
        assert table.share_read == 1
    assert isinstance(row, Row)
    cells = row.cells
    assert cells == (13800132046, 2.5, "text", moment, date(2024, 5, 6), "TRUE", "07:08:00", "")
    assert str(cells[0]) == "13800132046"


def test_formulas_are_read_as_the_values_stored_with_them(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["no", "what"], [1, "=1+41"]])
    changed(path, {SHEET: (b"<v />", b"<v>42</v>")})
    assert cells_of(path) == [(1, 42)]


def test_blank_rows_and_columns_around_the_table_are_left_out(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [[], [None, "报修登记"], [], [None, "no", "what"], [None, 1, "x"], []])
    with open_table(path) as table:
        assert table.columns == ("no", "what")
        assert list(table) == [Row(5, (1, "x"))]


def test_the_first_visible_sheet_is_read_or_the_one_named(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for name, state in (("hidden", "hidden"), ("seen", "visible"), ("住户", "visible")):
        sheet = made.create_sheet(name)
        sheet.append(["sheet"])
        sheet.append([name])
        sheet.sheet_state = state
    assert made.active is not None
    made.remove(made.active)
    made.active = 1
    made.save(tmp_path / "a.xlsx")
    assert cells_of(tmp_path / "a.xlsx") == [("seen",)]
    assert cells_of(tmp_path / "a.xlsx", TableForm(sheet="住户")) == [("住户",)]
    with pytest.raises(InvalidError) as refused:
        rows_of(tmp_path / "a.xlsx", TableForm(sheet="none"))
    assert refused.value.code == "import_sheet_missing"


def test_a_merged_cell_says_where_its_text_stands(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["", "building", "unit"], ["", "3", "101"], ["", "", "102"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    made.save(tmp_path / "a.xlsx")
    with open_table(tmp_path / "a.xlsx") as table:
        column = table.columns.index("building")
        assert [table.merged_from(row.line, column) for row in table] == [None, 2]


def test_a_long_cell_costs_its_row_only(book: Path) -> None:
    changed(book, {"xl/sharedStrings.xml": (b"lift", b"x" * (CELL_LIMIT + 1))})
    assert rows_of(book) == [
        Rejection(2, "what", "cell_too_long", {"limit": CELL_LIMIT}, "x" * 59 + "…"),
        Row(3, (2, "lamp")),
    ]


def test_styled_but_empty_cells_far_away_do_no_harm(book: Path) -> None:
    changed(book, {SHEET: (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')})
    assert cells_of(book) == [(1, "lift"), (2, "lamp")]


def refusal(path: Path) -> str:
    with pytest.raises(InvalidError) as refused:
        rows_of(path)
    return refused.value.code


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(SHEET, "w", force_zip64=True) as part:
            for _ in range(190):
                part.write(b" " * 1_000_000)
    assert path.stat().st_size < 200_000
    assert refusal(path) == "import_zip_bomb"


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(SHEET, b" " * 30_000_000)
    content = path.read_bytes()
    claimed = struct.pack("<I", 30_000_000)
    assert content.count(claimed) == 2
    path.write_bytes(content.replace(claimed, struct.pack("<I", 500)))
    assert refusal(path) == "import_zip_bomb"


def test_one_cell_at_the_far_corner_is_not_given_the_memory_for_all_before_it(book: Path) -> None:
    changed(book, {SHEET: (b"</sheetData>", b'<row><c r="XFD1048576"><v>1</v></c></row></sheetData>')})
    assert refusal(book) == "import_sheet_too_wide"


def test_one_cell_of_a_far_row_is_found_without_a_place_of_its_own(book: Path) -> None:
    far = b'<row r="4000000"><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row></sheetData>'
    changed(book, {SHEET: (b"</sheetData>", far)})
    assert refusal(book) == "import_sheet_too_wide"


def test_a_number_of_strings_that_cannot_be_is_not_given_memory(book: Path) -> None:
    changed(book, {"xl/sharedStrings.xml": (b'uniqueCount="4"', b'uniqueCount="4294967296"')})
    assert refusal(book) == "import_workbook_broken"


def test_one_long_text_shown_by_many_cells_is_not_given_memory_for_each(book: Path) -> None:
    changed(
        book,
        {
            "xl/sharedStrings.xml": (b"lift", b"x" * 900_000),
            SHEET: (b"</sheetData>", b"<row>" + b'<c t="s"><v>2</v></c>' * 300 + b"</row></sheetData>"),
        },
    )
    assert refusal(book) == "import_zip_bomb"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b"<sheetData"),
        (b'r="B2"', b'r="BBBB2"'),
        (b'r="B2"', b'r="B99999999999"'),
        (b"<worksheet ", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet '),
    ],
)
def test_a_damaged_sheet_is_refused_in_words(book: Path, old: bytes, new: bytes) -> None:
    assert refusal(changed(book, {SHEET: (old, new)})) == "import_workbook_broken"


def test_what_is_no_workbook_is_refused_in_words(tmp_path: Path, book: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
    assert refusal(write(tmp_path / "b.xlsx", b"<html><body><table>")) == "import_is_web_page"
    assert refusal(write(tmp_path / "c.xlsx", ole)) == "import_not_xlsx"
    assert refusal(write(tmp_path / "d.xlsx", ole + "EncryptedPackage".encode("utf-16-le"))) == "import_file_encrypted"
    assert refusal(write(tmp_path / "e.xlsx", book.read_bytes()[:-200])) == "import_workbook_broken"
    with zipfile.ZipFile(tmp_path / "f.xlsx", "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert refusal(tmp_path / "f.xlsx") == "import_not_xlsx"


def test_a_workbook_without_a_visible_sheet_is_refused_in_words(book: Path) -> None:
    changed(book, {"xl/workbook.xml": (b'sheetId="1"', b'sheetId="1" state="hidden"')})
    assert refusal(book) == "import_workbook_broken"


def test_a_sheet_that_the_reader_cannot_read_is_refused_in_words(book: Path) -> None:
    changed(book, {"xl/_rels/workbook.xml.rels": (b"worksheets/sheet1.xml", b"worksheets/none.xml")})
    assert refusal(book) == "import_workbook_broken"


def test_a_text_table_called_xlsx_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert cells_of(write(tmp_path / "a.xlsx", "no,what\n1,x\n")) == [("1", "x")]
