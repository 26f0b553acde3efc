"""A desk at a cache of its own, for tests of the queue page: the small world, a clock to crank, orders on demand."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.commands.command import Command
from app.domain.changes import Changes
from app.domain.ids import stream_id
from app.domain.permissions import Rights, Role
from app.store.changing import Author
from app.store.store import Done, Store
from app.ui.actions import Actions
from app.ui.changes import ChangesBridge
from app.ui.desk import Desk, Person, Said
from app.ui.preferences import PreferencesFile
from app.ui.tasks import Tasks
from tests.clocks import HandClock
from tests.factories import CLERK, NOON, OTHER_SITE, SITE, SUN, a_report, an_assignment, small_world

STREAMS = frozenset(stream_id(site, kind) for site in (SITE, OTHER_SITE) for kind in ("work", "people"))


def clerk_rights(*roles: Role) -> Rights:
    """A clerk's rights at both sites."""
    held = frozenset(roles or (Role.CLERK,))
    return Rights(CLERK, None, {SITE: held, OTHER_SITE: held})


class QueueDesk:
    """Everything a page stands on; close it when done."""

    def __init__(
        self, folder: Path, *, rights: Rights | None = None, streams: frozenset[str] = STREAMS, at: datetime = NOON
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.clock = HandClock(at)
        self.store = Store.open(folder, self.clock)
        self.store.enrol("0191f0a0-0000-7000-8000-000000000001", "07", {})
        self.put(small_world())
        self.tasks, self.changes, self.actions = Tasks(), ChangesBridge(), Actions()
        self._unsubscribe = self.store.subscribe(self.changes.deliver)
        self.preferences = PreferencesFile(folder)
        person = Person(CLERK, "lin", "林晓雨", {"zh": "前台", "en": "Front desk"}, rights or clerk_rights(), streams)
        self.desk = Desk(
            self.store,
            self.clock,
            person,
            tasks=self.tasks,
            changes=self.changes,
            actions=self.actions,
            preferences=self.preferences,
        )
        self.said: list[Said] = []
        self.desk.said.connect(self.said.append)

    def put(self, rows: Iterable[Any]) -> None:
        """Put rows into the cache as a pull would."""

        def task(session: Session, changes: Changes) -> None:
            for row in rows:
                session.merge(row)
                session.flush()
                changes.add(row.__tablename__, [row.id])

        self.store._writer.run(task)

    def do(self, command: Command, *, author: Author | None = None, base: Mapping[str, Any] | None = None) -> Done:
        """Give a command as somebody at another window would."""
        return self.store.execute(command, author or self.desk.author(), base=base)

    def order(self, text: str = "厨房下水管漏水", *, minutes_ago: float = 0, **values: Any) -> str:
        """An order reported ``minutes_ago``; its id."""
        now = self.clock.now()
        number = self.store.reserve_number(self.desk.today())
        made = a_report(description=text, number=number, happened_at=now - timedelta(minutes=minutes_ago), **values)
        self.do(made)
        return made.id

    def sent(self, text: str = "厨房下水管漏水", *staff: str, minutes_ago: float = 10, **values: Any) -> str:
        """An order that 孙志远, or others, were sent to."""
        order_id = self.order(text, minutes_ago=minutes_ago, **values)
        at = self.clock.now() - timedelta(minutes=minutes_ago - 1)
        self.do(an_assignment(order_id, *(staff or (SUN,)), happened_at=at))
        return order_id

    def read(self, query: Callable[..., Any], *args: Any) -> Any:
        """Run a query now."""
        with self.store.reading() as session:
            return query(session, *args)

    def grant(self, rights: Rights) -> None:
        """Give the person other rights, before a page is made."""
        self.desk.person = replace_person(self.desk.person, rights)

    def close(self) -> None:
        """Let go of everything."""
        self._unsubscribe()
        self.tasks.close()
        self.store.close()


def replace_person(person: Person, rights: Rights) -> Person:
    """The same person with other rights."""
    return person._replace(rights=rights)
