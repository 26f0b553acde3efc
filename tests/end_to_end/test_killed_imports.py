"""An import that is killed at any moment: run again, it ends with every row there once."""

import contextlib
import csv
import os
import random
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.db.work_orders import Timeline, WorkOrder
from app.server.database import open_database
from tests.end_to_end.programs import PASSWORD, ServerProcess, start, steward
from tests.factories import SITE

ROUNDS = 60 if os.environ.get("STEWARD_LONG") == "1" else 6
ROWS = 3_000
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


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_import_killed_again_and_again_ends_with_every_row_once(
    company: str, server: ServerProcess, files: tuple[str, ...]
) -> None:
    command = (*files, "--server", server.address, "--user", "luo")
    chance = random.Random(20260916)
    for _ in range(ROUNDS):
        importing = start(*command)
        assert importing.stdin
        assert importing.stdout
        importing.stdin.write(f"{PASSWORD}\n")
        importing.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            importing.wait(chance.uniform(0.5, 4.0))
        importing.kill()
        importing.wait(30)
        importing.stdout.close()
    ran = steward(*command, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["added"] + ran.json["kept"] == ROWS
    database = open_database(company)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(WorkOrder)) == ROWS
        assert session.scalar(select(func.count(WorkOrder.number.distinct()))) == ROWS
        assert session.scalar(select(func.count()).select_from(Timeline)) == 2 * ROWS
    database.close()
