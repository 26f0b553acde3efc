"""What tests of the server stand on: a small company's database, and desks that send commands to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.commands.command import Command, FieldsCommand
from app.commands.registry import body_of
from app.db.base import Base
from app.db.companies import AppUser
from app.domain.ids import new_id
from app.domain.permissions import Role
from app.protocol import Envelope, Result
from app.server.accounts import NewUser, add_user, grant_role
from app.server.consoles import enrol, note_online
from app.server.database import Database, migrate, open_database
from app.server.publishing import publish
from app.server.push import Pushed, Sender, push
from tests.clocks import HandClock
from tests.factories import (
    ADMINISTRATOR,
    CLERK,
    OTHER_SITE,
    SITE,
    SUN,
    SUPERVISOR,
    TECHNICIAN,
    a_report,
    an_id,
    small_world,
)

PASSWORD = "one two three"
OTHER_CLERK = an_id("other clerk")
LOGINS: Mapping[str, tuple[str, Role, str]] = {
    CLERK: ("lin", Role.CLERK, SITE),
    OTHER_CLERK: ("he", Role.CLERK, OTHER_SITE),
    TECHNICIAN: ("sun", Role.TECHNICIAN, SITE),
    SUPERVISOR: ("luo", Role.SUPERVISOR, ""),
    ADMINISTRATOR: ("admin", Role.ADMINISTRATOR, ""),
}


def prepare(url: str) -> None:
    """Make the database of a small company: its tables, rows, people and what they may do."""
    database = open_database(url)
    migrate(database)
    with database.write() as session:
        publish(session, [row for row in small_world() if not isinstance(row, AppUser)])
        for user_id, (login, role, site_id) in LOGINS.items():
            staff_id = SUN if user_id == TECHNICIAN else None
            add_user(session, NewUser(login, login.title(), PASSWORD, staff_id, user_id=user_id))
            grant_role(session, login, role, site_id)
    database.close()


class Desk:
    """A console with people at it, that sends commands in order and keeps nothing."""

    def __init__(self, database: Database, clock: HandClock, *users: str, has_desk: bool = True) -> None:
        self._database = database
        self._clock = clock
        self.sequence = 0
        with database.write() as session:
            console = enrol(session, "", "desk", clock.now(), has_desk=has_desk)
            for user_id in users or (CLERK,):
                note_online(session, console, user_id, clock.now())
            self.console_id, self.prefix = console.id, console.number_prefix
        self.sender = Sender((users or (CLERK,))[0], self.console_id)

    def envelope(self, command: Command, **over: Any) -> Envelope:
        """The command on its way, under the next sequence; ``over`` replaces what the desk would say."""
        self.sequence += 1
        with self._database.read() as session:
            streams = () if "stream_ids" in over else tuple(sorted(set(command.streams(session))))
            reads = []
            for table, row_id in command.reads():
                version = session.connection().scalar(
                    Base.metadata.tables[table]
                    .select()
                    .with_only_columns(Base.metadata.tables[table].c.version)
                    .where(Base.metadata.tables[table].c.id == row_id)
                )
                reads.append({"table": table, "id": row_id, "version": version or 0})
            base = {}
            if isinstance(command, FieldsCommand):
                row = command.target(session)
                base = {field: getattr(row, field) for field in command.wanted()}
        given: dict[str, Any] = {
            "command_id": new_id(),
            "sequence": self.sequence,
            "kind": type(command).__name__,
            "version": command.version,
            "stream_ids": streams,
            "user_id": self.sender.user_id,
            "made_at": self._clock.now(),
            "reads": reads,
            "base": base,
            "body": body_of(command),
            **over,
        }
        return Envelope.model_validate_json(Envelope(**given).model_dump_json())

    def push(self, *batch: Envelope) -> Pushed:
        """Send envelopes, whatever they are."""
        return push(self._database, self.sender, batch, self._clock)

    def do(self, *commands: Command) -> Sequence[Result]:
        """Send commands as one batch."""
        return self.push(*[self.envelope(command) for command in commands]).results

    def report(self, **values: Any) -> str:
        """Open an order that must be accepted, and return its id."""
        command = a_report(number=f"260916-{self.prefix}-{self.sequence + 1:03d}", **values)
        (result,) = self.do(command)
        assert result.status == "accepted", result
        return command.id
