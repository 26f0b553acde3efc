"""Random histories of a desk and of somebody else, against a literal reading of rebase.

After each pull the cache must equal the server's rows with every command still pending applied on top, in the order in
which they were given, each if it can be; after the last, with all refused or settled, it must equal the server alone.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.commands.contacts import ChaseWorkOrder, CommentWorkOrder
from app.commands.registry import parse
from app.commands.steps import StepWorkOrder
from app.commands.work_orders import EditWorkOrder, Reporter, WorkOrderFields
from app.db.base import Base
from app.domain.errors import OpsError
from app.domain.work_orders import State
from app.store.applying import context_of
from app.store.rows import put_back
from app.store.settling import News
from app.store.tables import Outbox
from tests.conftest import IS_LONG
from tests.factories import a_report, an_assignment, an_id
from tests.unit.store.desks import STREAMS, Desk, a_desk
from tests.unit.store.little_server import LittleServer, Rows, rows_of

ORDERS = [an_id(f"order {number}") for number in range(3)]


def report(number: int) -> Any:
    reporter = Reporter(name="王小明", phone="13800132046")
    return a_report(id=ORDERS[number], number=f"260916-99-00{number}", reporter=reporter)


def edit(number: int) -> Any:
    return EditWorkOrder(id=ORDERS[number], set=WorkOrderFields(description=f"漏水 {number}", priority="P2"))


def triage(number: int) -> Any:
    return StepWorkOrder(work_order_id=ORDERS[number], from_state=State.REPORTED, to=State.TRIAGED)


def assign(number: int) -> Any:
    return an_assignment(ORDERS[number])


def comment(number: int) -> Any:
    return CommentWorkOrder(work_order_id=ORDERS[number], text=f"第 {number} 次")


def chase(number: int) -> Any:
    return ChaseWorkOrder(work_order_id=ORDERS[number])


COMMANDS: dict[str, Callable[[int], Any]] = {
    make.__name__: make for make in (report, edit, triage, assign, comment, chase)
}
REFUSABLE = ("EditWorkOrder", "ReportWorkOrder", "StepWorkOrder")


class History:
    """One history: what each step's name does."""

    def __init__(self, folder: Path, server: LittleServer) -> None:
        self.folder = folder
        self.server = server
        self.desk = Desk(folder, server)

    def step(self, name: str, number: int) -> None:
        if name in COMMANDS:
            with suppress(OpsError):
                self.desk.do(COMMANDS[name](number))
        elif name.startswith("their "):
            with suppress(OpsError):
                self.server.do(COMMANDS[name.removeprefix("their ")](number))
        else:
            getattr(self, name)(number)
        self.desk.clock.forward(seconds=1)

    def push(self, number: int) -> None:
        results, before = self.server.push(self.desk.store.take_batch(number + 1)), self.desk.rows()
        self.desk.store.settle(News(results=results))
        if all(result.status == "accepted" for result in results):
            assert self.desk.rows() == before

    def push_without_hearing(self, number: int) -> None:
        self.server.push(self.desk.store.take_batch(number + 1))

    def pull(self, _number: int = 0) -> None:
        self.desk.pull()
        assert self.desk.rows() == self.expected()

    def undo(self, number: int) -> None:
        items = self.desk.items()
        if items:
            self.desk.store.undo([items[-1 - number % len(items)].command_id], self.desk.author())

    def refuse(self, number: int) -> None:
        self.server.refuse = set(REFUSABLE[:number])

    def retry(self, number: int) -> None:
        refused = self.desk.items("rejected", "blocked")
        if refused:
            with suppress(OpsError):
                self.desk.store.retry(refused[number % len(refused)].command_id, self.desk.author())

    def restart(self, _number: int) -> None:
        clock = self.desk.clock
        self.desk.store.close()
        self.desk = Desk(self.folder, self.server, clock)

    def expected(self) -> Rows:
        """The server's rows with what is pending applied on top, read literally."""
        engine = create_engine("sqlite://")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            for (table, _), row in self.server.rows(list(STREAMS)).items():
                put_back(session.connection(), Base.metadata.tables[table], [row])
            with self.desk.store.reading() as here:
                waiting = select(Outbox).where(Outbox.status.in_(("pending", "sent")))
                for one in here.scalars(waiting.order_by(Outbox.position)):
                    command = parse(one.kind, one.version, one.body)
                    with suppress(OpsError, IntegrityError), session.begin_nested():
                        command.apply(session, context_of(one, command, "07"))
                        session.flush()
            found = rows_of(session, list(STREAMS))
        engine.dispose()
        return found

    def heal(self) -> None:
        """Drain the outbox and let go of what was refused."""
        self.server.refuse = set()
        while self.desk.store.take_batch():
            self.push(50)
        self.pull()
        for item in self.desk.items():
            self.desk.store.discard(item.command_id)
        assert self.desk.items() == []
        assert self.desk.rows() == self.server.rows(list(STREAMS))
        assert self.desk.count("base_row") == self.desk.count("made_row") == 0


STEPS = [
    *COMMANDS,
    *(f"their {name}" for name in COMMANDS),
    *("push", "push_without_hearing", "undo", "refuse", "retry", "restart"),
    *("push", "pull") * 3,
]
NUMBERS = st.integers(0, 2)


@pytest.mark.timeout(3600 if IS_LONG else 180)
@settings(max_examples=400 if IS_LONG else 25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), NUMBERS), min_size=8, max_size=30))
def test_the_cache_is_the_server_with_what_is_pending_on_top(fetched: Path, steps: list[tuple[str, int]]) -> None:
    server = LittleServer()
    with tempfile.TemporaryDirectory() as place:
        history = History(Path(shutil.copytree(fetched, Path(place, "data"))), server)
        try:
            for name, number in [("their report", 0), ("pull", 0), ("report", 1), *steps]:
                history.step(name, number)
            history.heal()
        finally:
            history.desk.store.close()
            server.close()


@pytest.mark.timeout(3600 if IS_LONG else 180)
@settings(max_examples=200 if IS_LONG else 15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from([*COMMANDS]), NUMBERS), min_size=4, max_size=20))
def test_when_all_is_refused_every_row_is_as_the_server_has_it(fetched: Path, steps: list[tuple[str, int]]) -> None:
    server = LittleServer()
    with (
        tempfile.TemporaryDirectory() as place,
        a_desk(Path(shutil.copytree(fetched, Path(place, "data"))), server) as desk,
    ):
        server.do(report(0))
        desk.pull()
        before, documents = desk.rows(), desk.count("search_document")
        for name, number in [("report", 1), *steps]:
            with suppress(OpsError):
                desk.do(COMMANDS[name](number))
        server.refuse = {item.kind for item in desk.items()}
        while desk.store.take_batch():
            desk.push()
        assert desk.rows() == before == server.rows(list(STREAMS))
        assert desk.count("search_document") == documents
        assert {item.status for item in desk.items()} <= {"rejected", "blocked"}
    server.close()
