"""Text tables are read whatever their encoding, delimiter and dirt, and a bad row costs only itself."""

import gzip
import random
from pathlib import Path

import pytest

from app.domain.errors import InvalidError, NotFoundError, StorageError
from app.exchange.rows import Rejection, Row
from app.exchange.tables import CELL_LIMIT, TableForm, open_table
from tests.exchange.files import cells_of, rows_of, write

CHINESE = "编号,内容\n1,电梯坏了，请派人来修\n2,地下车库漏水，很严重\n"
CHINESE_CELLS = [("1", "电梯坏了，请派人来修"), ("2", "地下车库漏水，很严重")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_chinese_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    assert cells_of(write(tmp_path / "a.csv", CHINESE, encoding)) == CHINESE_CELLS


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "璩珺玥、覃晟睿、亓琬琰和逄煜住在这里"),
        ("gb18030", "電梯故障，請派人處理。停車場的燈不亮，垃圾沒人清理"),
        ("big5", "電梯故障，請派人處理。停車場的燈不亮，垃圾沒人清理"),
        ("cp1252", "Fuite d’eau à l’étage, déjà signalée; façade abîmée, élevé"),
        ("cp932", "エレベーターが故障しています。駐車場の電灯が切れています"),
        ("cp1251", "Протечка воды в подъезде, лифт не работает"),
    ],
)
def test_other_encodings_are_told_by_their_letters(tmp_path: Path, encoding: str, text: str) -> None:
    path = write(tmp_path / "a.csv", f"no|what\n1|{text}\n2|{text}\n", encoding)
    assert cells_of(path) == [("1", text), ("2", text)]


def test_an_encoding_that_is_named_is_used(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "no,what\n1,été\n", "cp850")
    assert cells_of(path, TableForm(encoding="cp850")) == [("1", "été")]


def test_bytes_that_are_no_text_cost_their_row_only(tmp_path: Path) -> None:
    good = "1,电梯坏了请派人来修，地下车库漏水\n" * 20
    path = write(tmp_path / "a.csv", f"编号,内容\n{good}".encode() + b"2,\xff\xfe\n" + "3,灯不亮\n".encode())
    rows = rows_of(path)
    assert rows[-2] == Rejection(22, "内容", "row_bytes_broken", {"limit": CELL_LIMIT}, "")
    assert rows[-1] == Row(23, ("3", "灯不亮"))


def test_packed_tables_are_read_as_they_are(tmp_path: Path) -> None:
    assert cells_of(write(tmp_path / "a.csv.gz", gzip.compress(CHINESE.encode("gb18030")))) == CHINESE_CELLS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path / "a.csv", f'a{delimiter}b\n"x, y; z | w"{delimiter}"2,5"\n1{delimiter}3\n')
    assert cells_of(path) == [("x, y; z | w", "2,5"), ("1", "3")]


def test_the_delimiter_that_excel_names_is_used(tmp_path: Path) -> None:
    assert rows_of(write(tmp_path / "a.csv", "sep=^\na^b\n1,2^3\n")) == [Row(3, ("1,2", "3"))]


def test_a_row_is_named_by_the_line_it_begins_on(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'no,what\r\n1,"two\r\nlines"\r\n\r\n , \r\n2,one\r\n')
    assert rows_of(path) == [Row(2, ("1", "two\r\nlines")), Row(6, ("2", "one"))]


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "2024 年报修\n\nno,what\n1,x\n")
    with open_table(path) as table:
        assert table.columns == ("no", "what")
        assert list(table) == [Row(4, ("1", "x"))]


def test_the_line_of_the_header_can_be_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "a,b\nno,what\n1,x\n")
    with open_table(path, TableForm(header_row=2)) as table:
        assert table.columns == ("no", "what")


def test_a_table_of_one_column_has_a_header_too(tmp_path: Path) -> None:
    assert cells_of(write(tmp_path / "a.csv", "name\nx\ny\n")) == [("x",), ("y",)]


def test_rows_are_as_wide_as_the_header_or_rejected(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "a,b,c\n1\n1,2,3,,\n1,2,3,4\n")
    rows = rows_of(path)
    assert rows[:2] == [Row(2, ("1", "", "")), Row(3, ("1", "2", "3"))]
    assert rows[2] == Rejection(4, "", "row_too_wide", {"cells": 4, "columns": 3}, "1 | 2 | 3 | 4")


def test_a_header_without_rows_is_an_empty_table(tmp_path: Path) -> None:
    assert rows_of(write(tmp_path / "a.csv", "no,what\n")) == []


def test_zero_bytes_are_dropped(tmp_path: Path) -> None:
    assert cells_of(write(tmp_path / "a.csv", "no,what\n" + "1,lift is stuck\n" * 50 + "2,a\0b\n"))[-1] == ("2", "ab")


def test_ten_megabytes_in_a_cell_cost_their_row_only(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f'no,what\n1,"{"x" * 10_000_000}"\n2,y\n')
    assert rows_of(path) == [
        Rejection(2, "what", "cell_too_long", {"limit": CELL_LIMIT}, "x" * 59 + "…"),
        Row(3, ("2", "y")),
    ]


def test_ten_megabytes_over_many_lines_cost_their_row_only(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'no,what\n1,"' + 'she said ""no"", twice\n' * 450_000 + '"\n2,y\n')
    first, second = rows_of(path)
    assert isinstance(first, Rejection)
    assert (first.line, first.column, first.code) == (2, "what", "cell_too_long")
    assert second == Row(450_003, ("2", "y"))


def test_a_row_beyond_all_measure_is_rejected_though_its_cells_are_not(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "a,b,c,d,e,f\n" + ",".join(["x" * 900_000] * 6) + "\n1,2,3,4,5,6\n")
    assert cells_of(path) == [("row_too_long",), ("1", "2", "3", "4", "5", "6")]


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'no,what\n1,a\n2,"b\n3,c\n')
    assert rows_of(path) == [Row(2, ("1", "a")), Rejection(3, "", "row_quote_open", {}, "2 | b 3,c")]


def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "no,what\n" + "1,x\n" * 20_000)
    with open_table(path) as table:
        shares = [table.share_read for _ in table]
        assert 0 <= shares[0] < 1
        assert shares == sorted(shares)
        assert table.share_read == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_file_empty"),
        (b" \n\n", "import_file_empty"),
        (b"<!DOCTYPE html><html><table><tr><td>no</td></tr></table></html>", "import_is_web_page"),
        (b"\xef\xbb\xbf\n<table border=1>", "import_is_web_page"),
        (b"%PDF-1.7 ...", "import_not_a_table"),
        (bytes(range(256)) * 40, "import_not_a_table"),
        (random.Random(1).randbytes(5000).translate(bytes(range(128, 256)) * 2), "import_encoding_unknown"),
        (gzip.compress(CHINESE.encode() * 9)[:-9], "import_gzip_broken"),
        (gzip.compress(CHINESE.encode() * 9)[:20], "import_gzip_broken"),
        (b"\x1f\x8bnothing of the kind", "import_gzip_broken"),
        (b'no,"' + b"x" * 5_000_000 + b'"\n1,2\n', "import_no_header"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(InvalidError) as refused:
        rows_of(write(tmp_path / "a.csv", content))
    assert refused.value.code == code


def test_a_missing_file_is_said_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as refused:
        open_table(tmp_path / "no.csv")
    assert refused.value.params == {"file": str(tmp_path / "no.csv")}


def test_a_folder_is_not_read(tmp_path: Path) -> None:
    with pytest.raises((StorageError, InvalidError)):
        open_table(tmp_path)


def test_a_packed_bomb_ends_at_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.exchange.encoding.SIZE_LIMIT", 5_000_000)
    path = write(tmp_path / "a.csv.gz", gzip.compress(b"0" * 6_000_000))
    with pytest.raises(InvalidError) as refused:
        rows_of(path)
    assert refused.value.code == "import_file_too_large"
