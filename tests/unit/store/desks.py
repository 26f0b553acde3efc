"""A desk: one store with somebody signed in, that pushes to and pulls from a little server when told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.domain.changes import Changes
from app.domain.ids import COMPANY_STREAM, stream_id
from app.domain.permissions import Rights, Role
from app.protocol import Scope
from app.store.changing import Author
from app.store.outbox import Item, outbox_items
from app.store.scopes import cursors, next_fetches
from app.store.settling import News
from app.store.store import Store
from app.store.users import Person, verifier_of
from tests.clocks import HandClock
from tests.factories import CLERK, SITE, a_report
from tests.unit.store.little_server import LittleServer, Rows, a_scope, rows_of

PASSWORD = "correct horse"
WORK, PEOPLE = stream_id(SITE, "work"), stream_id(SITE, "people")
STREAMS = frozenset({COMPANY_STREAM, WORK, PEOPLE})
DAY = date(2026, 9, 16)


class Desk:
    """What a person does at a console, and what sync would do."""

    def __init__(self, folder: Path, server: LittleServer, clock: HandClock | None = None) -> None:
        self.clock = clock or HandClock()
        self.server = server
        self.store = Store.open(folder, self.clock)
        self.heard: list[Changes] = []
        self.store.subscribe(self.heard.append)

    def enrol(self, desk: str = "07", scope: Scope | None = None) -> None:
        """Sign in online for the first time, and fetch everything."""
        self.store.enrol(f"console {desk}", desk, {})
        until = self.clock.now() + timedelta(days=14)
        self.store.users.remember(Person(CLERK, "lin", "林晓雨"), verifier_of(PASSWORD), until)
        self.take_scope(scope or a_scope(SITE))
        self.fetch()
        self.heard.clear()

    def take_scope(self, scope: Scope, user_id: str = CLERK) -> Changes:
        return self.store.settle(News(scope=scope, user_id=user_id))

    def fetch(self) -> None:
        while fetches := self.read(next_fetches):
            page = self.server.snapshot(*fetches[0])
            self.store.settle(News(snapshot=page))

    def author(self, *roles: Role, is_offline: bool = False) -> Author:
        return Author(CLERK, Rights(CLERK, None, {SITE: frozenset(roles or (Role.CLERK, Role.SUPERVISOR))}), is_offline)

    def do(self, command: Any, **more: Any) -> str:
        return self.store.execute(command, self.author(), **more).command_id

    def report(self, **values: Any) -> str:
        """Open an order; returns its id."""
        command = a_report(number=self.store.reserve_number(DAY), **values)
        self.do(command)
        return command.id

    def push(self) -> Changes:
        return self.store.settle(News(results=self.server.push(self.store.take_batch())))

    def pull(self) -> Changes:
        return self.store.settle(News(pull=self.server.pull(self.read(cursors))))

    def sync(self) -> None:
        while self.store.take_batch():
            self.push()
        self.pull()

    def read(self, query: Any, *arguments: Any) -> Any:
        with self.store.reading() as session:
            return query(session, *arguments)

    def items(self, *statuses: str) -> list[Item]:
        found: list[Item] = self.read(outbox_items, *([statuses] if statuses else []))
        return found

    def rows(self) -> Rows:
        found: Rows = self.read(rows_of, list(STREAMS))
        return found

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        return self.rows()[table, row_id]

    def count(self, table: str) -> int:
        with self.store.reading() as session:
            found: int = session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            return found


@contextmanager
def a_desk(folder: Path, server: LittleServer) -> Iterator[Desk]:
    """Lend a desk on a data folder, and close it."""
    desk = Desk(folder, server)
    try:
        yield desk
    finally:
        desk.store.close()
