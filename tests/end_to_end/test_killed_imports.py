"""An import that is killed at any moment: run again, it ends with every row there once."""

import contextlib
import csv
import operator
import random
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.db.work_orders import Timeline, WorkOrder
from app.server.database import open_database
from tests.conftest import IS_LONG
from tests.end_to_end.programs import PASSWORD, ServerProcess, start, steward
from tests.factories import SITE

ROUNDS = 200 if IS_LONG else 20
PART = 400
"""Rows that are killed twice: once as soon as some of them are there, once at any moment of what is left."""
ROWS = PART * ROUNDS // 2
MAPPING = """
kind = "orders"
source = "old"
key = "id"
[fields]
description = "text"
reported_at = "at"
closed_at = "at"
state = { default = "closed" }
"""


def the_file(folder: Path, rows: range) -> tuple[str, ...]:
    """A file of some of the old orders, and its mapping, as words of the command line."""
    with (folder / "old.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "at"])
        writer.writerows([number, f"旧工单 {number}", "2026-01-02 03:04"] for number in rows)
    (folder / "old.toml").write_text(MAPPING, "utf-8")
    return "import", "orders", str(folder / "old.csv"), "--mapping", str(folder / "old.toml"), "--site", SITE


def killed(command: tuple[str, ...], is_time: Callable[[float], bool]) -> float:
    """Begin an import, and kill it once it is time, which is asked with the seconds that it has run; returns them."""
    importing, began = start(*command), time.monotonic()
    assert importing.stdin
    assert importing.stdout
    importing.stdin.write(f"{PASSWORD}\n")
    importing.stdin.close()
    while importing.poll() is None and not is_time(time.monotonic() - began):
        with contextlib.suppress(subprocess.TimeoutExpired):
            importing.wait(0.02)
    importing.kill()
    importing.wait(30)
    importing.stdout.close()
    return time.monotonic() - began


@pytest.mark.slow
@pytest.mark.timeout(120 + 15 * ROUNDS)
def test_an_import_killed_again_and_again_ends_with_every_row_once(
    company: str, server: ServerProcess, tmp_path: Path
) -> None:
    database = open_database(company)

    def rows() -> int:
        with database.read() as session:
            return session.scalars(select(func.count()).select_from(WorkOrder)).one()

    def has_more_than(there: int, _s: float) -> bool:
        return rows() > there

    target, chance = ("--server", server.address, "--user", "luo"), random.Random(20260916)
    for first in range(0, ROWS, PART):
        command = (*the_file(tmp_path, range(first, first + PART)), *target)
        first_s = killed(command, partial(has_more_than, rows()))
        killed(command, partial(operator.lt, first_s * chance.uniform(0.6, 1.1)))
    ran = steward(*the_file(tmp_path, range(ROWS)), *target, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["added"] + ran.json["kept"] == ROWS
    assert rows() == ROWS
    with database.read() as session:
        assert session.scalar(select(func.count(WorkOrder.number.distinct()))) == ROWS
        assert session.scalar(select(func.count()).select_from(Timeline)) == 2 * ROWS
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()
