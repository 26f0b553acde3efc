"""SIGKILL at random moments: the cache opens whole, and nothing that was confirmed is missing."""

import random
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import IS_LONG, ROOT
from tests.unit.store.desks import DAY, a_desk
from tests.unit.store.little_server import LittleServer

ROUNDS = 200 if IS_LONG else 20


def killed(folder: Path, after_s: float) -> list[tuple[str, str]]:
    """Have a desk work for a while after its first order, kill it, and return what it had been confirmed."""
    command = [sys.executable, "-m", "tests.unit.store.busy_desk", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or not lines[-1].startswith("order"):
            lines.append(process.stdout.readline())
            assert lines[-1], "the desk ended before it was killed"
        timer = threading.Timer(after_s, process.kill)
        timer.start()
        lines += process.stdout.readlines()
        timer.join()
    pairs = [line.removesuffix("\n").partition(" ") for line in lines if line.endswith("\n")]
    return [(what, name) for what, _, name in pairs]


@pytest.mark.slow
@pytest.mark.timeout(60 + 10 * ROUNDS)
def test_nothing_confirmed_is_missing_after_a_kill(folder: Path, server: LittleServer) -> None:
    chance = random.Random(7)
    confirmed: dict[str, set[str]] = {"number": set(), "command": set(), "order": set(), "draft": set()}
    for _ in range(ROUNDS):
        for what, name in killed(folder, chance.uniform(0.0, 0.4)):
            assert what != "number" or name not in confirmed["number"]
            confirmed[what].add(name)
        with closing(sqlite3.connect(folder / "cache.sqlite")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            commands = {row[0] for row in connection.execute("SELECT command_id FROM outbox")}
            orders = {row[0] for row in connection.execute("SELECT id FROM work_order")}
            drafts = {row[0] for row in connection.execute("SELECT id FROM draft")}
        assert confirmed["command"] <= commands
        assert confirmed["order"] <= orders
        assert confirmed["draft"] <= drafts
    with a_desk(folder, server) as desk:
        assert desk.store.set_aside is None
        assert desk.store.reserve_number(DAY) not in confirmed["number"]
    assert len(confirmed["order"]) > ROUNDS
