"""``steward import``: what a person and what a script is told."""

from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from tests.factories import SITE
from tests.plant import Plant

MAPPING = """
kind = "orders"
source = "old"
key = "id"
[fields]
description = "text"
reported_at = "at"
closed_at = "at"
state = { default = "closed" }
place = "where"
[[skip]]
column = "text"
equals = "test"
reason = "a test entry"
"""
ROWS = """id,text,at,where
1,漏水,2026-01-02 03:04,门厅
2,,2026-01-02 03:04,
3,test,2026-01-02 03:04,
4,停电,2026-01-02,
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    """A file and its mapping, as words of the command line."""
    (tmp_path / "old.csv").write_text(ROWS, "utf-8")
    (tmp_path / "old.toml").write_text(MAPPING, "utf-8")
    return (str(tmp_path / "old.csv"), "--mapping", str(tmp_path / "old.toml"))


def the_import(run: Run, plant: Plant, *words: str, login: str = "luo") -> Ran:
    return run("import", "orders", *words, "--server", plant.server.address, "--user", login)


def test_checking_needs_no_server_and_tells_of_every_row(run: Run, files: tuple[str, ...]) -> None:
    ran = run("import", "orders", *files, "--check")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "Line 3, column “text”: This cell must be filled in. (it says: nothing)",
        "Line 4, column “text”: Left out by the mapping: a test entry (it says: test)",
        "1 rows not taken, as: This cell must be filled in.",
        "1 rows not taken, as: Left out by the mapping: a test entry",
        "Checked 4 rows: 2 can be imported, 2 cannot. Nothing was written.",
    ]


def test_a_check_is_called_one_even_where_no_row_is_good(run: Run, files: tuple[str, ...]) -> None:
    Path(files[0]).write_text("id,text,at,where\n1,,,\n", "utf-8")
    ran = run("import", "orders", *files, "--check")
    assert ran.out.splitlines()[-1] == "Checked 1 rows: 0 can be imported, 1 cannot. Nothing was written."


def test_rows_are_taken_once_however_often_they_are_imported(run: Run, plant: Plant, files: tuple[str, ...]) -> None:
    first = the_import(run, plant, *files, "--site", SITE)
    assert first.out.splitlines()[-1] == "4 rows: 2 added, 0 were there and stay as they are, 2 not taken."
    second = the_import(run, plant, *files, "--site", "澜湾雅苑", "--json").json
    assert (second["added"], second["kept"], second["rows"]) == (0, 2, 4)
    assert [(one["line"], one["column"], one["code"]) for one in second["rejected"]] == [
        (3, "text", "cell_missing"),
        (4, "text", "row_skipped"),
    ]
    console = plant.console("A")
    orders = [console.row(*key) for key in console.rows() if key[0] == "work_order"]
    assert {order["source_number"] for order in orders} == {"1", "4"}


def test_places_are_made_only_where_that_is_asked_for(run: Run, plant: Plant, files: tuple[str, ...]) -> None:
    the_import(run, plant, *files, "--site", SITE, "--create-places")
    console = plant.console("A")
    assert "门厅" in [console.row(*key)["name"] for key in console.rows() if key[0] == "place"]


def test_the_clock_of_the_file_can_be_set_right(run: Run, plant: Plant, files: tuple[str, ...]) -> None:
    the_import(run, plant, *files, "--site", SITE, "--shift-hours", "4")
    console = plant.console("A")
    times = [console.row(*key)["reported_at"] for key in console.rows() if key[0] == "work_order"]
    assert [f"{moment:%H:%M}" for moment in sorted(times)] == ["16:00", "23:04"]  # a day without a time stays that day


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--site", "nowhere"), 1, "There is no site “nowhere”."),
        ((), 2, "say which with --site"),
    ],
)
def test_the_site_must_be_known(
    run: Run, plant: Plant, files: tuple[str, ...], more: tuple[str, ...], code: int, said: str
) -> None:
    ran = the_import(run, plant, *files, *more)
    assert ran.code == code
    assert said in ran.err


def test_categories_are_the_company_s_and_need_no_site(run: Run, plant: Plant, tmp_path: Path) -> None:
    (tmp_path / "tree.csv").write_text("一级,二级\n绿化,浇水\n水电维修,\n", "utf-8")
    mapping = 'kind = "categories"\nsource = "tree"\n[fields]\npath = ["一级", "二级"]\n'
    (tmp_path / "tree.toml").write_text(mapping, "utf-8")
    words = ("import", "categories", str(tmp_path / "tree.csv"), "--mapping", str(tmp_path / "tree.toml"), "--json")
    ran = run(*words, "--server", plant.server.address, "--user", "admin")
    assert (ran.code, ran.json["added"], ran.json["kept"]) == (0, 1, 1)


def test_what_stands_in_the_way_is_said(run: Run, plant: Plant, files: tuple[str, ...], tmp_path: Path) -> None:
    assert run("import", "orders", *files).code == 2
    assert run("import", "places", *files, "--check").code == 1
    assert run("import", "orders", str(tmp_path / "none.csv"), *files[1:], "--check").code == 1
    assert run("import", "orders", *files, "--server", "http://127.0.0.1:1", "--user", "luo").code == 3
    assert run("import", "orders", *files, "--server", plant.server.address, "--user", "luo", stdin="x\n").code == 1
    refused = the_import(run, plant, *files, "--site", SITE, login="sun")
    assert refused.code == 1
    assert "You may not import" in refused.err
