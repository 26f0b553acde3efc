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
ROWS = 2_000
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


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    """A file of a few thousand orders and its mapping, as words of the command line."""
    with (tmp_path / "old.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "at"])
        writer.writerows([number, f"旧工单 {number}", "2026-01-02 03:04"] for number in range(ROWS))
    (tmp_path / "old.toml").write_text(MAPPING, "utf-8")
    return "import", "orders", str(tmp_path / "old.csv"), "--mapping", str(tmp_path / "old.toml"), "--site", SITE


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
    company: str, server: ServerProcess, files: tuple[str, ...]
) -> None:
    database = open_database(company)

    def rows() -> int:
        with database.read() as session:
            return session.scalars(select(func.count()).select_from(WorkOrder)).one()

    command = (*files, "--server", server.address, "--user", "luo")
    first_s = killed(command, lambda _s: rows() > 0)
    assert 0 < rows() < ROWS
    chance = random.Random(20260916)
    for _ in range(1, ROUNDS):
        killed(command, partial(operator.lt, first_s * chance.uniform(0.6, 1.4)))
    ran = steward(*command, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["added"] + ran.json["kept"] == ROWS
    assert rows() == ROWS
    with database.read() as session:
        assert session.scalar(select(func.count(WorkOrder.number.distinct()))) == ROWS
        assert session.scalar(select(func.count()).select_from(Timeline)) == 2 * ROWS
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()
