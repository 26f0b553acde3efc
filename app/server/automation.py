"""What the server does by itself: clocks brought up to date after an edit, and old things forgotten.

One process at a time does it, under a lease. What changes rows goes through the same door as everybody's commands.
"""

import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from app.commands.policies import RECOMPUTE_LIMIT, RecomputeClocks
from app.commands.registry import body_of
from app.db.companies import CalendarDay, Category, ServiceCalendar, Site, SlaPolicy, SlaPolicyVersion
from app.db.work_orders import WorkOrder
from app.domain.clock import Clock, to_micros
from app.domain.errors import OpsError
from app.domain.ids import COMPANY_STREAM, new_id
from app.domain.work_orders import CLOSED_STATES
from app.protocol import Envelope
from app.server.database import Database
from app.server.passwords import forget_attempts
from app.server.push import Sender, push
from app.server.tables import AUTOMATION_USER, SERVER_CONSOLE, Change, Console, Handled, Lease, Stream, TokenPair

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
INTERVAL_S = 5.0
RESULTS_KEPT = timedelta(days=90)
REMOVALS_KEPT = timedelta(days=180)
_A_DAY = timedelta(days=1)
_RULE_TABLES = tuple(
    table.__tablename__ for table in (CalendarDay, Category, ServiceCalendar, Site, SlaPolicy, SlaPolicyVersion)
)
"""What the clocks of an order are read by, besides its own lines."""


class Automation:
    """A thread that looks every few seconds whether anything is to be done, until it is closed."""

    def __init__(self, database: Database, clock: Clock, interval_s: float = INTERVAL_S) -> None:
        self._database = database
        self._clock = clock
        self._interval_s = interval_s
        self._holder = new_id()
        self._stop = threading.Event()
        self._is_failing = False
        self._thread = threading.Thread(target=self._run, name="automation")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End, after what is under way is done."""
        self._stop.set()
        self._thread.join()

    def run_once(self) -> None:
        """Do what is due, unless another process is at it."""
        with self._database.read() as session:
            head = session.get_one(Stream, COMPANY_STREAM).seq
            is_edited = head > _cursor(session, "clocks")
            is_late = to_micros(self._clock.now() - _A_DAY) > _cursor(session, "forget")
        if is_edited and self._take("clocks"):
            self._recompute(head)
        if is_late and self._take("forget"):
            with self._database.write() as session:
                forget(session, self._clock.now())
                session.get_one(Lease, "forget").cursor = to_micros(self._clock.now())

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.run_once()
            except Exception:
                if not self._is_failing:
                    logger.exception("automation waits and tries again")
                self._is_failing = True
            else:
                if self._is_failing:
                    logger.info("automation goes on")
                self._is_failing = False
            self._stop.wait(self._interval_s)

    def _take(self, task: str) -> bool:
        """Take or renew the lease of a task; ``False`` while another process has it."""
        at = self._clock.now()
        with self._database.write() as session:
            lease = session.scalars(select(Lease).where(Lease.task == task).with_for_update()).one_or_none()
            if lease is None:
                lease = Lease(task=task, holder=self._holder, until_at=at, cursor=0)
                session.add(lease)
            elif lease.holder != self._holder and lease.until_at > at:
                return False
            lease.holder, lease.until_at = self._holder, at + LEASE
            return True

    def _recompute(self, head: int) -> None:
        """Read the clocks of all open orders anew, if what they are read by was edited; it is noted once all are."""
        with self._database.read() as session:
            query = (
                select(func.count())
                .select_from(Change)
                .where(
                    Change.stream_id == COMPANY_STREAM,
                    Change.seq > _cursor(session, "clocks"),
                    Change.seq <= head,
                    Change.table_name.in_(_RULE_TABLES),
                )
            )
            is_edited = session.scalars(query).one() > 0
            sites = session.scalars(select(Site.id).order_by(Site.id)).all() if is_edited else ()
        for site_id in sites:
            for order_ids in self._open_orders(site_id):
                if self._stop.is_set() or not self._take("clocks"):
                    return
                self._send(RecomputeClocks(site_id=site_id, work_order_ids=order_ids))
        with self._database.write() as session:
            session.get_one(Lease, "clocks").cursor = head

    def _open_orders(self, site_id: str) -> Iterator[tuple[str, ...]]:
        """The open orders of a site that have clocks, so many at once."""
        after = ""
        while True:
            with self._database.read() as session:
                order_ids = tuple(session.scalars(_page_of_open(site_id, after)))
            if not order_ids:
                return
            yield order_ids
            after = order_ids[-1]

    def _send(self, command: RecomputeClocks) -> None:
        with self._database.read() as session:
            sequence = session.get_one(Console, SERVER_CONSOLE).last_sequence + 1
            streams = tuple(sorted(set(command.streams(session))))
        envelope = Envelope(
            command_id=new_id(),
            sequence=sequence,
            kind=type(command).__name__,
            version=command.version,
            stream_ids=streams,
            user_id=AUTOMATION_USER,
            made_at=self._clock.now(),
            body=body_of(command),
        )
        (result,) = push(self._database, Sender(AUTOMATION_USER, SERVER_CONSOLE), [envelope], self._clock).results
        if result.error is not None:
            raise OpsError(result.error.code, **result.error.params)


def forget(session: Session, at: datetime) -> None:
    """Drop what nobody asks for any more: old results, tokens that ran out, failed sign-ins, long-past removals.

    A console that was away longer than removals are kept finds its cursor below the stream's floor.
    """
    session.execute(delete(Handled).where(Handled.handled_at < at - RESULTS_KEPT))
    session.execute(delete(TokenPair).where(TokenPair.expires_at <= at))
    forget_attempts(session, at)
    old = (Change.op == "remove", Change.removed_at < at - REMOVALS_KEPT)
    floors = select(Change.stream_id, func.max(Change.seq)).where(*old).group_by(Change.stream_id)
    for stream_id, seq in sorted(session.execute(floors)):
        stream = session.scalars(select(Stream).where(Stream.id == stream_id).with_for_update()).one()
        stream.floor_seq = max(stream.floor_seq, seq)
    session.execute(delete(Change).where(*old))


def _cursor(session: Session, task: str) -> int:
    lease = session.get(Lease, task)
    return lease.cursor if lease else 0


def _page_of_open(site_id: str, after: str) -> Select[str]:
    query = select(WorkOrder.id).where(WorkOrder.site_id == site_id, WorkOrder.has_clocks == 1, WorkOrder.id > after)
    return query.where(WorkOrder.state.not_in(sorted(CLOSED_STATES))).order_by(WorkOrder.id).limit(RECOMPUTE_LIMIT)
