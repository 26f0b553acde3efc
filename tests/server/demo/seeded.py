"""A seeded world as the tests read it: all rows by table, and the timeline of each order in its order."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, TypeVar

from sqlalchemy import select

from app.db.base import Synced
from app.db.companies import Category
from app.db.work_orders import Timeline, WorkOrder
from app.domain.work_orders import State
from app.server.database import Database
from app.server.demo.kinds import KIND_BY_CODE, Kind
from app.server.demo.workers import Worker
from app.server.demo.world import World

Row = TypeVar("Row", bound=Synced)


class Job(NamedTuple):
    """Somebody's time at a place, read off a timeline."""

    worker: Worker
    kind: Kind
    start: datetime
    end: datetime | None


@dataclass
class Seeded:
    """A world and the database it was written to."""

    database: Database
    world: World

    def all(self, table: type[Row]) -> list[Row]:
        """Every row of a table."""
        with self.database.read() as session:
            session.expire_on_commit = False
            rows = list(session.scalars(select(table)))
            session.expunge_all()
            return rows

    @cached_property
    def orders(self) -> list[WorkOrder]:
        """Every order, oldest first."""
        return sorted(self.all(WorkOrder), key=lambda order: (order.reported_at, order.id))

    @cached_property
    def lines(self) -> dict[str, list[Timeline]]:
        """Order id → its lines as they happened."""
        found: dict[str, list[Timeline]] = defaultdict(list)
        for line in self.all(Timeline):
            found[line.work_order_id].append(line)
        for lines in found.values():
            lines.sort(key=lambda line: (line.happened_at, line.recorded_at, line.id))
        return found

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Category id → the kind of order."""
        return {
            category.id: KIND_BY_CODE[category.code.split(".")[1]]
            for category in self.all(Category)
            if category.parent_id
        }

    @cached_property
    def workers(self) -> dict[str, Worker]:
        """Staff id → the person."""
        return {worker.id: worker for worker in self.world.workforce.workers}

    @cached_property
    def users(self) -> dict[str, Worker]:
        """User id → the person."""
        return {worker.user_id: worker for worker in self.world.workforce.workers}

    def kind(self, order: WorkOrder) -> Kind:
        """What kind of order it is."""
        return self.kinds[order.category_id or ""]

    def steps(self, order: WorkOrder) -> list[Timeline]:
        """The steps of an order, as they happened."""
        return [line for line in self.lines[order.id] if line.kind == "step"]

    def jobs(self) -> Iterator[Job]:
        """When somebody was at a place, for orders that ask for it."""
        for order in self.orders:
            begun: Timeline | None = None
            last_staff = ""
            for line in self.steps(order):
                last_staff = line.staff_id or last_staff
                if begun is not None and line.state != State.ON_SITE:
                    if last_staff in self.workers:
                        yield Job(self.workers[last_staff], self.kind(order), begun.happened_at, line.happened_at)
                    begun = None
                if line.state == State.ON_SITE:
                    begun = line
            if begun is not None and last_staff in self.workers:
                yield Job(self.workers[last_staff], self.kind(order), begun.happened_at, None)


def read(database: Database, world: World) -> Seeded:
    """The world in its database."""
    return Seeded(database, world)
