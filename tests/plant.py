"""A whole small company in one process: a real server, any number of consoles, and a clock cranked by hand.

``plant.console("A").offline().do(a_report())`` reads as what it does.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, select

from app.commands.command import Command
from app.db.base import Base
from app.db.ownership import CLASS_OF
from app.domain.errors import OutOfReachError
from app.domain.ids import new_id
from app.store.changing import Author
from app.store.outbox import Item, outbox_items
from app.store.store import Store
from app.sync.engine import SyncEngine, SyncReport
from app.sync.sign_in import Session, SignIn
from app.sync.state import SyncState
from tests.clocks import ConsoleClock, HandClock
from tests.factories import a_report
from tests.fault_proxy import Fault, FaultProxy
from tests.served import PASSWORD, RunningServer

Rows = dict[tuple[str, str], tuple[Any, ...]]
"""Table and id → the values of a row."""


class Console:
    """One PC with a console on it, and a network cable that can be pulled."""

    def __init__(self, plant: "Plant", name: str, login: str, folder: Path, machine: str = "") -> None:
        self.name = name
        self.login = login
        self.folder = folder
        self.clock = ConsoleClock(plant.clock)
        self.proxy = FaultProxy(plant.server.port)
        self.machine = machine or name
        self.given: list[str] = []
        """Ids of the commands given here."""
        self.states: list[SyncState] = []
        """What the engines have told."""
        self.start()

    @property
    def is_offline(self) -> bool:
        """Whether the cable is out."""
        return self.proxy.is_down

    def offline(self) -> Self:
        """Pull the cable."""
        self.proxy.go_down()
        return self

    def online(self) -> Self:
        """Put the cable back."""
        self.proxy.come_back()
        return self

    def fault(self, *faults: Fault) -> Self:
        """Have these happen to the next requests."""
        self.proxy.faults.extend(faults)
        return self

    def do(self, command: Command, **more: Any) -> Self:
        """Have the person signed in do it; raises what forbids it."""
        self.given.append(self.store.execute(command, self.author, **more).command_id)
        return self

    def report(self, **values: Any) -> str:
        """Open an order with the next number of this desk; returns its id."""
        day = self.clock.now().date()
        order_id = new_id()
        self.do(a_report(**{"id": order_id, "number": self.store.reserve_number(day), **values}))
        return order_id

    @property
    def author(self) -> Author:
        """Who gives the commands, with the rights the cache knows of."""
        now = self.sign_in.session(self.session.user_id, is_offline=self.is_offline)
        return Author(now.user_id, now.rights, self.is_offline)

    def sync(self) -> SyncReport:
        """One whole round. Raises what stands in the way."""
        return self.engine.sync_once()

    def sync_if_possible(self) -> None:
        """One whole round, or as much as the network lets through."""
        try:
            self.sync()
        except OutOfReachError:
            return

    def switch_to(self, login: str) -> Self:
        """Have somebody else sign in at this PC."""
        self.engine.close()
        self.login = login
        self._begin()
        return self

    def stop(self) -> Path:
        """End the program; the PC stays, and what lies in the folder that is returned."""
        self.engine.close()
        self.store.close()
        return self.folder

    def restart(self) -> Self:
        """End the program, start it again and sign in as before, without the network if it is not there."""
        self.stop()
        return self.start()

    def start(self) -> Self:
        """Start the program on what lies in the folder, and sign in."""
        self.store = Store.open(self.folder, self.clock)
        self.sign_in = SignIn(self.store, self.proxy.address, self.clock, machine=self.machine)
        self._begin()
        return self

    def outbox(self, *statuses: str) -> list[Item]:
        """The commands that are not done, of these statuses or of any."""
        with self.store.reading() as session:
            return outbox_items(session, statuses) if statuses else outbox_items(session)

    def rows(self) -> Rows:
        """All synced rows of the cache, as a person sees them: without version and seq."""
        with self.store.reading() as session:
            return _rows(session.connection(), None)

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        """One row of the cache."""
        names = [column.name for column in Base.metadata.tables[table].columns]
        return dict(zip(names, self.rows()[table, row_id], strict=True))

    def close(self) -> None:
        """Stop everything of this PC."""
        self.stop()
        self.proxy.close()

    def _begin(self) -> None:
        self.session: Session = self.sign_in.sign_in(self.login, PASSWORD)
        self.engine = SyncEngine(self.store, self.sign_in, self.clock, self.states.append, page_rows=50)


class Plant:
    """The company: begin with one console, ask for more by name."""

    def __init__(
        self, database_url: str, folder: Path, clock: HandClock | None = None, ready: Path | None = None
    ) -> None:
        self.clock = clock or HandClock()
        self.ready = ready
        """Where data folders of consoles lie that were set up beforehand, as ``NAME-LOGIN``."""
        self.database_url = database_url
        self.server = RunningServer(database_url, self.clock)
        self.consoles: dict[str, Console] = {}
        self.folder = folder

    def console(self, name: str, login: str = "lin", *, is_fetched: bool = True) -> Console:
        """The console of that name; one not known yet is set up, signed in by ``login``, and fetches all there is."""
        if name not in self.consoles:
            ready = self.ready / f"{name}-{login}" if self.ready and is_fetched else None
            if ready is not None and ready.exists():
                shutil.copytree(ready, self.folder / name)
            self.consoles[name] = Console(self, name, login, self.folder / name)
            if is_fetched:
                self.consoles[name].sync()
        return self.consoles[name]

    def copy(self, name: str, to: str, *, is_whole_machine: bool = False) -> Console:
        """Copy a console's folder to another PC, or the whole PC with it, and start both."""
        source = self.consoles[name]
        source.stop()
        shutil.copytree(source.folder, self.folder / to)
        source.start()
        machine = source.machine if is_whole_machine else to
        self.consoles[to] = Console(self, to, source.login, self.folder / to, machine)
        return self.consoles[to]

    def sync(self) -> None:
        """Let every console that is online send and fetch, until all have what all have sent."""
        for _ in range(2):
            for console in self.consoles.values():
                if not console.is_offline:
                    console.sync()

    def restart_server(self) -> None:
        """Stop the server and start it again on the same database."""
        self.server.close()
        self.server = RunningServer(self.database_url, self.clock)
        for console in self.consoles.values():
            console.proxy.point_to(self.server.port)

    def rows(self, streams: Iterable[str]) -> Rows:
        """The server's rows of these streams."""
        with self.server.database.read() as session:
            return _rows(session.connection(), frozenset(streams))

    def assert_agreed(self) -> None:
        """Sync, and hold every cache against the server, row for row."""
        self.sync()
        for console in self.consoles.values():
            streams = console.sign_in.session(console.session.user_id, is_offline=False).streams
            assert console.rows() == self.rows(streams), console.name

    def close(self) -> None:
        """Stop everything."""
        for console in self.consoles.values():
            console.close()
        self.server.close()


@contextmanager
def running_plant(
    database_url: str, folder: Path, clock: HandClock | None = None, ready: Path | None = None
) -> Iterator[Plant]:
    """A plant that is closed at the end."""
    plant = Plant(database_url, folder, clock, ready)
    try:
        yield plant
    finally:
        plant.close()


def _rows(connection: Connection, streams: frozenset[str] | None) -> Rows:
    found: Rows = {}
    for name in CLASS_OF:
        table = Base.metadata.tables[name]
        query = select(table) if streams is None else select(table).where(table.c.stream_id.in_(streams))
        found |= {(name, row.id): tuple(row) for row in connection.execute(query)}
    return found
