"""Consoles killed at any moment while somebody takes calls and edits: what the window said was kept is there.

What it said is read off what it showed. A row of the list, or the number of an order that is open: it is on disk. The
dock's "draft kept 14:30:59", when it was not there a moment ago: on disk is what had been typed then.
"""

import json
import random
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from app.db.work_orders import WorkOrder
from app.server.database import open_database
from app.store.cache_file import CACHE_NAME
from tests.conftest import IS_LONG
from tests.end_to_end.consoles import ConsoleProcess, EndedError, Screen
from tests.end_to_end.programs import ServerProcess

ROUNDS = 200 if IS_LONG else 20
WU = "13800132046"
MORE = "，黑得很，请快些来"
ASKED = 36
"""How often a console is asked for something in one round, at most."""
ROW = re.compile(r"(Reported|Triaged), (\S+), (P\d), ([^,]+), ")


class Order(NamedTuple):
    """What can be seen of an order."""

    state: str
    priority: str
    text: str

    def is_as_new_as(self, shown: "Order") -> bool:
        """Whether no field is as it was before what was shown; what was under way may be done or not."""
        return (
            self.state >= shown.state  # Reported, then Triaged
            and self.priority <= shown.priority  # P3, then P2
            and self.text in (shown.text, edited(turn_of(shown.text)))
        )


class Disk(NamedTuple):
    """What the cache holds."""

    orders: dict[str, Order]
    """By the number as it is shown."""
    drafts: list[str]
    """What was typed into each."""
    left_over: str | None
    """What was typed into the one that was being typed last, if any was."""


class Confirmed:
    """All that the windows have said was kept."""

    def __init__(self) -> None:
        self.orders: dict[str, Order] = {}
        self.numbers: set[str] = set()
        self.typed: set[str] = set()

    def read(self, screens: Sequence[Screen]) -> None:
        """Take what a console showed, from first to last."""
        for before, screen in pairwise(screens):
            for row in filter(None, map(ROW.search, screen.lines)):
                self.orders[row[2]] = Order(row[1], row[3], row[4])
            if number := screen.find(r"(\S+) is (?:open, |saved: )"):
                self.numbers.add(number[1])
            kept, typed = screen.find("^draft kept .*"), before.find("^> What: (.*灯不亮.*)")
            if kept and typed and kept[0] not in before.lines:
                self.typed.add(typed[1])

    def check(self, disk: Disk) -> None:
        """Hold it against what is there."""
        assert self.numbers | self.orders.keys() <= disk.orders.keys()
        stale = {number for number, shown in self.orders.items() if not disk.orders[number].is_as_new_as(shown)}
        assert not stale
        reported = {turn_of(order.text) for order in disk.orders.values()}
        not_there = [text for text in self.typed if not any(draft.startswith(text) for draft in disk.drafts)]
        assert {turn_of(text) for text in not_there} <= reported
        assert reported.isdisjoint(map(turn_of, filter(None, disk.drafts)))  # or somebody would report it twice


def called_in(turn: int) -> str:
    """What a caller says at first."""
    return f"{turn} 号楼灯不亮"


def edited(turn: int) -> str:
    """What becomes of it."""
    return f"{turn} 号楼灯管要换"


def turn_of(text: str) -> int:
    return int(text.partition(" ")[0])


def work(console: ConsoleProcess, turn: int, left_over: str | None) -> None:
    """Take a call, typing in bursts, and save the order; then edit its words and its priority, and take a step."""
    if left_over is not None:
        console.see("^The order you were typing is still there")
        console.press("Ctrl+N")
        console.see(f"What: {left_over}" if left_over else "^Phone intake")
    console.press("Ctrl+N")
    console.see(r"^> Who calls\?$")
    console.type(WU)
    console.press("Return")
    console.see("^> What they add")
    console.press("Ctrl+J")
    console.see("^> What$")
    console.type(called_in(turn))
    console.see("^draft kept")
    for sign in MORE:
        console.type(sign)
    console.press("Ctrl+Return")
    number = console.see(r"(\S+) is open, ")[1]
    console.see(f"^Reported, {number}, ")
    console.press("Escape", "End")
    console.see(rf"^\d\d{number}$")
    console.press("F2")
    console.see("^> What: ")
    console.type(edited(turn))
    console.press("Return")
    console.see(f"^> Reported, {number}, P3, {edited(turn)}, ")
    console.press("P")
    console.press("2")
    console.see(f"^> Reported, {number}, P2, ")
    console.press("Ctrl+D")
    console.see(f"^> Triaged, {number}, P2, ")


def on_disk(folder: Path) -> Disk:
    """Open the cache as the next start will find it."""
    with closing(sqlite3.connect(folder / CACHE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        orders = connection.execute("SELECT number, state, priority, description FROM work_order").fetchall()
        drafts = connection.execute("SELECT body, parked_at FROM draft ORDER BY updated_at").fetchall()
    typed = [(json.loads(body).get("description", ""), parked_at is None) for body, parked_at in drafts]
    return Disk(
        {number[2:]: Order(state.capitalize(), *rest) for number, state, *rest in orders},
        [text for text, _ in typed],
        next((text for text, is_being_typed in reversed(typed) if is_being_typed), None),
    )


def a_round(console: ConsoleProcess, turn: int, left_over: str | None, chance: random.Random) -> None:
    """Work at a console until it is killed."""
    console.sign_in("lin", is_known=True)
    console.kill_at(len(console.screens) + chance.randint(1, ASKED), chance.uniform(0, 0.2))
    with suppress(EndedError):
        work(console, turn, left_over)
        console.kill()


@pytest.mark.slow
@pytest.mark.timeout(120 + 15 * ROUNDS)
def test_nothing_that_the_window_confirmed_is_missing_after_a_kill(
    company: str, server: ServerProcess, folder: Path
) -> None:
    with closing(ConsoleProcess(folder, server.address)) as console:
        console.sign_in("lin")
        console.see("Online all in step")
        console.take_call(WU, called_in(0))
    confirmed, chance = Confirmed(), random.Random(20260916)
    for turn in range(1, ROUNDS + 1):
        with closing(ConsoleProcess(folder, server.address)) as console:
            a_round(console, turn, on_disk(folder).left_over, chance)
        confirmed.read(console.screens)
        confirmed.check(on_disk(folder))
    assert len(confirmed.orders) > ROUNDS / 4
    assert not list(folder.glob("*.bad"))
    with closing(ConsoleProcess(folder, server.address)) as console:
        console.sign_in("lin", is_known=True)
        console.see("Online all in step")
        confirmed.read(console.screens)
    assert confirmed.numbers <= confirmed.orders.keys()
    database = open_database(company)
    with database.read() as session:
        held = session.scalars(select(WorkOrder.number)).all()
    database.close()
    assert sorted(number[2:] for number in held) == sorted(on_disk(folder).orders)
