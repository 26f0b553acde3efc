"""Two windows and a server, each a process of its own, while the network of one is gone and its power too."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from app.db.base import Base
from app.db.ownership import CLASS_OF
from app.db.session import open_sqlite
from app.server.database import open_database
from app.store.cache_file import CACHE_NAME
from tests.end_to_end.consoles import ConsoleProcess
from tests.end_to_end.programs import ServerProcess
from tests.fault_proxy import FaultProxy

Rows = dict[tuple[str, str], tuple[Any, ...]]


class Pc:
    """A computer with a console on it, and a network cable that can be pulled."""

    def __init__(self, folder: Path, server: ServerProcess) -> None:
        self.folder = folder
        self.cable = FaultProxy(server.port)
        self.console = ConsoleProcess(folder, self.cable.address)

    def restart(self) -> None:
        """Start the program again after it was killed."""
        self.console = ConsoleProcess(self.folder, self.cable.address)

    def rows(self) -> Rows:
        """What the cache holds of orders."""
        engine = open_sqlite(self.folder / CACHE_NAME, enforce_keys=False, is_read_only=True)
        with engine.connect() as connection:
            found = rows_of(connection)
        engine.dispose()
        return found

    def close(self) -> None:
        """Close the program and take the computer away."""
        self.console.close()
        self.cable.close()


def rows_of(connection: Connection) -> Rows:
    """All orders with everything that belongs to them, by table and id."""
    found: Rows = {}
    for name in CLASS_OF:
        table = Base.metadata.tables[name]
        if name == "work_order" or "work_order_id" in table.c:
            found |= {(name, row.id): tuple(row) for row in connection.execute(select(table))}
    return found


@pytest.fixture
def pcs(server: ServerProcess, tmp_path: Path) -> Iterator[tuple[Pc, Pc]]:
    """Two computers whose consoles have just been started for the first time."""
    with ExitStack() as stack:
        first, second = (stack.enter_context(closing(Pc(tmp_path / name, server))) for name in "ab")
        yield first, second


def read_last(console: ConsoleProcess, number: str) -> None:
    """Go to the last order of the list, which is the newest, and read it."""
    console.press("End")
    console.see(rf"> \w+, {number}, ")
    console.see(rf"^\d\d{number}$")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_what_two_desks_do_apart_both_show_once_they_are_together_again(
    company: str, server: ServerProcess, pcs: tuple[Pc, Pc]
) -> None:
    a, b = pcs
    a.console.sign_in("lin")
    b.console.sign_in("luo")
    a.console.see("Online all in step")
    b.console.see("Online all in step")
    leak = b.console.take_call("13922075518", "厨房漏水")
    a.console.see(rf"Reported, {leak}, P3, 厨房漏水, ")

    a.cable.go_down()
    a.console.see("^Offline")
    dark = a.console.take_call("wgf", "楼道灯不亮")
    a.console.see(rf"Reported, {dark}, P3, 楼道灯不亮, .*3 幢 1502")

    read_last(b.console, leak)
    b.console.press("F2")
    b.console.see("> What: 厨房漏水")
    b.console.type("厨房漏水，已漏到楼下")
    b.console.press("Return")
    b.console.see(rf"{leak}, P3, 厨房漏水，已漏到楼下, ")
    b.console.press("Ctrl+D")
    b.console.see(rf"Triaged, {leak}, ")

    a.console.kill()
    a.restart()
    a.console.see("sign in on this computer")
    a.console.sign_in("lin", is_known=True)
    a.console.see("^Offline")
    a.console.see(rf"Reported, {dark}, P3, 楼道灯不亮, ")
    a.console.see(rf"Reported, {leak}, P3, 厨房漏水, ")

    a.cable.come_back()
    a.console.see("Online all in step")
    for console in (a.console, b.console):
        console.see(rf"Triaged, {leak}, P3, 厨房漏水，已漏到楼下, ")
        console.see(rf"Reported, {dark}, P3, 楼道灯不亮, ")
        read_last(console, dark)
        console.see("^楼道灯不亮$")
        console.see("^吴桂芳 138 0013 2046$")
        console.press("Up")
        console.see(rf"^\d\d{leak}$")
        console.see("^厨房漏水，已漏到楼下$")
        console.see("罗建平 Triaged")

    database = open_database(company)
    with database.read() as session:
        held = rows_of(session.connection())
    database.close()
    assert [table for table, _ in held].count("work_order") == 2
    assert a.rows() == held
    assert b.rows() == held
