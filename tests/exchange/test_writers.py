"""A list is written with real dates and numbers, nothing in it runs, and it is there whole or not at all."""

import csv
import errno
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from app.domain.errors import InvalidError, NotFoundError, OpsError, StorageError
from app.exchange.writers import Value, write_csv, write_xlsx
from tests.exchange.files import cells_of

COLUMNS = ("number", "what", "minutes", "reported", "day")
AT = datetime(2024, 1, 2, 16, 30, 5, tzinfo=UTC)
ROWS: list[tuple[Value, ...]] = [
    ("240102-07-001", "灯不亮\n第二行", 25, AT, date(2024, 1, 3)),
    ("13800132046", "", 1.5, None, None),
]
FORMULAS = ("=1+1", "+86 138", "-x", "@SUM(A1)", "\t=1", "\r=1", "{=1}", "http://a.example", "=HYPERLINK(1)")

both = pytest.mark.parametrize(("write", "name"), [(write_xlsx, "a.xlsx"), (write_csv, "a.csv")])
Write = Callable[..., None]


def test_a_sheet_holds_dates_and_numbers_of_the_site(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", COLUMNS, iter(ROWS), timezone="Asia/Shanghai")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        [*COLUMNS],
        ["240102-07-001", "灯不亮\n第二行", 25, datetime(2024, 1, 3, 0, 30, 5), datetime(2024, 1, 3)],  # noqa: DTZ001
        ["13800132046", None, 1.5, None, None],
    ]
    assert [sheet.cell(2, column).number_format for column in (4, 5)] == ["yyyy-mm-dd hh:mm", "yyyy-mm-dd"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:E3")
    assert sheet.cell(1, 1).font.b
    assert 13 <= sheet.column_dimensions["A"].width < 20


def test_csv_is_read_by_excel_as_what_it_is(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", COLUMNS, iter(ROWS), timezone="Asia/Shanghai")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfnumber,")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["240102-07-001", "灯不亮\n第二行", "25", "2024-01-03 00:30:05", "2024-01-03"]
    assert rows[2] == ["13800132046", "", "1.5", "", ""]


def test_no_text_becomes_a_formula_or_a_link_in_a_sheet(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", FORMULAS, [FORMULAS], timezone="UTC")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    for row in sheet.iter_rows():
        assert [cell.data_type for cell in row] == ["s"] * len(FORMULAS)
        assert [cell.hyperlink for cell in row] == [None] * len(FORMULAS)
        assert row[0].value == "=1+1"


def test_no_text_becomes_a_formula_in_csv(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ("=a",), [(text,) for text in FORMULAS], timezone="UTC")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = [row[0] for row in csv.reader(file)]
    assert texts[0] == "'=a"
    assert [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert texts[-2:] == ["http://a.example", "'=HYPERLINK(1)"]


def test_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ("a", "b"), [(-5, -2.5)], timezone="UTC")
    assert cells_of(tmp_path / "a.csv") == [("-5", "-2.5")]
    write_xlsx(tmp_path / "a.xlsx", ("a", "b"), [(-5, -2.5)], timezone="UTC")
    assert cells_of(tmp_path / "a.xlsx") == [(-5, -2.5)]


@both
def test_what_a_file_cannot_hold_is_left_out(tmp_path: Path, write: Write, name: str) -> None:
    odd = "a\x00\x07\x1b\ufffe\ud800b🏠<&>"
    write(tmp_path / name, ("x", "y"), [(odd, 1)], timezone="UTC")
    assert [row[0] for row in cells_of(tmp_path / name)] == ["ab🏠<&>"]


def test_numbers_and_days_that_excel_gets_wrong_are_texts(tmp_path: Path) -> None:
    values = [(10**17, date(1899, 12, 31), datetime(1899, 12, 31, tzinfo=UTC), float("inf"))]
    write_xlsx(tmp_path / "a.xlsx", "abcd", values, timezone="UTC")
    assert cells_of(tmp_path / "a.xlsx") == [("1" + "0" * 17, "1899-12-31", "1899-12-31 00:00:00", "inf")]


@both
def test_an_empty_list_is_a_header(tmp_path: Path, write: Write, name: str) -> None:
    write(tmp_path / name, COLUMNS, [], timezone="UTC")
    assert cells_of(tmp_path / name) == []


@both
def test_a_list_that_breaks_off_leaves_what_was_there(tmp_path: Path, write: Write, name: str) -> None:
    class BrokenError(Exception):
        pass

    def rows() -> Iterator[tuple[str, ...]]:
        yield ("1",)
        raise BrokenError

    (tmp_path / name).write_text("before")
    with pytest.raises(BrokenError):
        write(tmp_path / name, ("a",), rows(), timezone="UTC")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, "before")]


@both
@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (errno.ENOSPC, StorageError, "export_disk_full"),
        (errno.EACCES, StorageError, "export_not_allowed"),
        (errno.EIO, StorageError, "export_failed"),
    ],
)
def test_a_failing_disk_is_said_in_words(
    tmp_path: Path, write: Write, name: str, number: int, kind: type[OpsError], code: str
) -> None:
    def rows() -> Iterator[tuple[str, ...]]:
        yield ("1",)
        raise OSError(number, "as the system says it")

    with pytest.raises(kind) as refused:
        write(tmp_path / name, ("a",), rows(), timezone="UTC")
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_when_the_workbook_is_packed_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", full)
    with pytest.raises(StorageError) as refused:
        write_xlsx(tmp_path / "a.xlsx", ("a",), [(1,)], timezone="UTC")
    assert refused.value.code == "export_disk_full"
    assert list(tmp_path.iterdir()) == []


@both
def test_a_missing_folder_is_said_in_words(tmp_path: Path, write: Write, name: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        write(tmp_path / "none" / name, ("a",), [], timezone="UTC")
    assert refused.value.code == "export_folder_missing"


@both
def test_a_folder_in_the_place_of_the_file_is_said_in_words(tmp_path: Path, write: Write, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(StorageError):
        write(tmp_path / name, ("a",), [], timezone="UTC")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_more_than_a_sheet_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.exchange.writers.ROW_LIMIT", 2)
    write_xlsx(tmp_path / "a.xlsx", ("a",), [(1,)] * 2, timezone="UTC")
    with pytest.raises(InvalidError) as refused:
        write_xlsx(tmp_path / "b.xlsx", ("a",), [(1,)] * 3, timezone="UTC")
    assert refused.value.code == "export_too_many_rows"
    with pytest.raises(InvalidError) as refused:
        write_xlsx(tmp_path / "b.xlsx", ("a",), [("x" * 32_768,)], timezone="UTC")
    assert refused.value.code == "export_text_too_long"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


_ON_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from app.domain.errors import OpsError
from app.exchange.writers import write_csv, write_xlsx
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
rows = ((str(number * 7919 % 100_003) * 5, number) for number in range(int(sys.argv[2])))
path = Path(sys.argv[1])
try:
    (write_xlsx if path.suffix == ".xlsx" else write_csv)(path, ("a", "b"), rows, timezone="UTC")
except OpsError as error:
    print(error.code, [item.name for item in path.parent.iterdir()])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are not Windows'")
@pytest.mark.parametrize("count", [600, 20_000])
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_disk_that_is_full_in_the_middle_leaves_no_half_file(tmp_path: Path, name: str, count: int) -> None:
    if name == "a.csv" and count == 600:
        count = 1000
    run = [sys.executable, "-W", "error", "-c", _ON_A_FULL_DISK, str(tmp_path / name), str(count)]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("export_disk_full []", "")
