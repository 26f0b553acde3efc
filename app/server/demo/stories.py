"""The story of one order: each step makes the rows that the command of that step would make."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.commands.lines import dump
from app.db.base import Synced
from app.db.residents import OrderReporter
from app.db.work_orders import Assignment, DataError, Notice, Timeline, WorkOrder
from app.domain.errors import Param
from app.domain.ids import derived_id, named_id, stream_id
from app.domain.permissions import Role
from app.domain.words import listed
from app.domain.work_orders import CHASES_TO_SUPERVISOR, CrewState, HoldReason, Source, State
from app.server.demo.bare import bare
from app.server.demo.desks import desk_of
from app.server.demo.estates import Estate
from app.server.demo.kinds import Team
from app.server.demo.matters import Matter
from app.server.demo.residents import Caller
from app.server.demo.workers import FIRM_NAMES, Worker, supplier_id

_REMEMBERED = (
    *(
        "state",
        "held_from",
        "hold_reason",
        "cancel_reason",
        "duplicate_of_id",
        "result",
        "cause_id",
        "minutes",
        "round",
    ),
)
_REMEMBERED_TIMES = ("done_at", "closed_at", "reopened_at")
_MEMBER = {
    State.ACCEPTED: CrewState.ACCEPTED,
    State.ON_SITE: CrewState.ON_SITE,
    State.DONE: CrewState.FINISHED,
    State.TRIAGED: CrewState.REFUSED,
}
_GONE = (CrewState.REFUSED, CrewState.REMOVED)
_ACTIVE = (CrewState.ASSIGNED, CrewState.ACCEPTED, CrewState.ON_SITE)


class Entry(NamedTuple):
    """Who enters a line, and when, if later than it happened."""

    by: Worker
    recorded_at: datetime | None = None
    is_by_phone: bool = False
    is_offline: bool = False


class Finish(NamedTuple):
    """What is said at the end of the work."""

    result: str
    cause_id: str | None
    minutes: int


class Story:
    """An order and all that hangs on it. ``keeps_undo``: its steps can be withdrawn, as those of open orders."""

    def __init__(self, estate: Estate, number: str, *, keeps_undo: bool = False) -> None:
        self._estate = estate
        self._keeps_undo = keeps_undo
        self._people_stream = stream_id(estate.row.id, "people")
        self.order = bare(
            WorkOrder,
            id=self.id_of(number),
            stream_id=stream_id(estate.row.id, "work"),
            site_id=estate.row.id,
            number=number,
            has_clocks=1,
            round=0,
            chase_count=0,
        )
        self.lines: list[Timeline] = []
        self.crew: list[Assignment] = []
        self.others: list[Synced] = []
        self._acting = 0
        self._found: dict[str, dict[str, Any]] = {}
        """Line → how its step found the order."""

    def rows(self) -> list[Synced]:
        """Every row, the order first."""
        left = self._facts()
        for line in reversed(self.lines):
            if line.id in self._found:
                found = self._found[line.id]
                line.undo = dump({"before": found, "after": left, "lines": []})
                left = found
        return [self.order, *self.crew, *self.lines, *self.others]

    @property
    def state(self) -> State:
        """Where the order stands."""
        return State(self.order.state)

    @property
    def last_recorded_at(self) -> datetime:
        """When the latest line was entered."""
        return max(line.recorded_at for line in self.lines)

    @staticmethod
    def id_of(number: str) -> str:
        """The id of the order with a number."""
        return named_id("demo", "order", number)

    def report(self, at: datetime, by: Worker, matter: Matter, caller: Caller | None, priority: str = "") -> None:
        """The call is taken; with no caller it was seen on a round."""
        order, where = self.order, matter.where
        order.building_id, order.unit_id = where.building_id, where.unit_id
        order.place_id, order.asset_id, order.place_label = where.place_id, where.asset_id, where.label
        order.description, order.category_id = matter.description, matter.kind.id
        order.priority = priority or matter.kind.priority
        order.source = Source.PHONE if caller else Source.DESK
        order.state = State.REPORTED
        order.steward_user_id = order.reported_by_user_id = by.user_id
        order.reported_at = at
        if caller:
            self.add_caller(order.id, caller)
        self._step(at, Entry(by), "line_reported", {}, State.REPORTED, undoable=False)

    def add_caller(self, row_id: str, caller: Caller) -> None:
        """Who reported, or joined an order that was open already."""
        self.others.append(
            bare(
                OrderReporter,
                id=row_id,
                stream_id=self._people_stream,
                work_order_id=self.order.id,
                resident_id=caller.resident_id,
                name=caller.name,
                phone=caller.phone,
            )
        )

    def desk_step(self, to: State, at: datetime, by: Worker, note: str = "") -> None:
        """Triage, verify or close."""
        if to is State.CLOSED:
            self.order.closed_at = at
        self._step(at, Entry(by), f"line_{to}", {"note": note}, to)

    def send(self, at: datetime, by: Worker, *to: Worker | Team) -> None:
        """Somebody, several, or an outside firm are sent in place of whoever was before."""
        names = listed([self._called(one) for one in to])
        self._step(at, Entry(by), "line_dispatched", {"names": names, "note": ""}, State.DISPATCHED)
        for member in self.crew:
            if member.state not in _GONE:
                member.state = CrewState.REMOVED
        self._acting = len(self.crew)
        for sort, one in enumerate(to):
            self.crew.append(
                bare(
                    Assignment,
                    id=named_id(self.order.id, "member", len(self.crew)),
                    stream_id=self.order.stream_id,
                    work_order_id=self.order.id,
                    staff_id=one.id if isinstance(one, Worker) else None,
                    supplier_id=None if isinstance(one, Worker) else supplier_id(one),
                    state=CrewState.ASSIGNED,
                    assigned_at=at,
                    sort=sort,
                )
            )
        self._show_lead()

    def crew_step(self, to: State, at: datetime, entry: Entry, note: str = "", finish: Finish | None = None) -> None:
        """The first of those sent accepts, arrives, finishes, or gives it back (``to`` is triaged)."""
        if finish is not None:
            note = finish.result
        code = "line_refused" if to is State.TRIAGED else f"line_{to}"
        self._step(at, entry, code, {"note": note}, to, crew=True)
        self.crew[self._acting].state = _MEMBER[to]
        if finish is not None:
            self.order.result = finish.result or self.order.result
            self.order.cause_id = finish.cause_id or self.order.cause_id
            self.order.minutes = (self.order.minutes or 0) + finish.minutes
            self.order.done_at = at
        self._show_lead()

    def hold(self, at: datetime, entry: Entry, reason: HoldReason, note: str = "") -> None:
        """The order waits for something."""
        held_from = self.order.state
        self._step(
            at,
            entry,
            "line_on_hold",
            {"reason": f"@hold.{reason}", "note": note},
            State.ON_HOLD,
            crew=entry.is_by_phone,
        )
        self.order.held_from, self.order.hold_reason = held_from, reason

    def resume(self, at: datetime, entry: Entry) -> None:
        """The wait is over: back to where it was."""
        self._step(at, entry, "line_resumed", {}, State(self.order.held_from or ""), crew=entry.is_by_phone)
        self.order.held_from = self.order.hold_reason = None

    def cancel(self, at: datetime, by: Worker, reason: str, duplicate_of: str | None = None) -> None:
        """The order is called off."""
        self._step(at, Entry(by), "line_cancelled", {"reason": f"@cancel.{reason}", "note": ""}, State.CANCELLED)
        self.order.cancel_reason, self.order.closed_at = reason, at
        self.order.held_from = self.order.hold_reason = None
        self.order.duplicate_of_id = duplicate_of

    def reopen(self, at: datetime, by: Worker, note: str) -> None:
        """It was not right after all."""
        params: dict[str, Param] = {"note": note, "round": self.order.round + 1}
        self._step(at, Entry(by), "line_reopened", params, State.REOPENED)
        for member in self.crew:
            if member.state not in _GONE:
                member.state = CrewState.REMOVED
        self._show_lead()
        self.order.round += 1
        self.order.reopened_at, self.order.done_at, self.order.closed_at = at, None, None

    def answer(self, at: datetime, by: Worker, note: str) -> None:
        """The first answer to a complaint or opinion."""
        self._line("answer", at, Entry(by), "line_answer", {"note": note})

    def comment(self, at: datetime, by: Worker, note: str) -> None:
        """A remark."""
        self._line("comment", at, Entry(by), "line_comment", {"note": note})

    def chase(self, at: datetime, by: Worker, note: str = "", *, is_late: bool = False) -> None:
        """The caller asks again; from the second time, or once late, the supervisor is told."""
        self.order.chase_count += 1
        self.order.chased_at = at
        for member in self.crew:
            if member.state in _ACTIVE:
                member.chased_at = at
        params: dict[str, Param] = {"count": self.order.chase_count, "note": note}
        self._line("chased", at, Entry(by), "line_chased", params)
        if self.order.chase_count >= CHASES_TO_SUPERVISOR or is_late:
            self._tell_supervisor(at, "notice_chased_late" if is_late else "notice_chased")

    def merge_caller(self, at: datetime, by: Worker, caller: Caller, note: str) -> None:
        """Another caller reports the same, and joins."""
        self.add_caller(named_id(self.order.id, "caller", len(self.others)), caller)
        self._line("merged", at, Entry(by), "line_merged_caller", {"note": note})

    def merge_order(self, at: datetime, by: Worker, number: str) -> None:
        """Another order turned out to be the same."""
        self._line("merged", at, Entry(by), "line_merged_in", {"number": number})

    def raise_priority(self, at: datetime, by: Worker, priority: str) -> None:
        """The supervisor finds it more pressing."""
        params = {"fields": "priority", "priority": priority, "old_priority": self.order.priority}
        self._line("edited", at, Entry(by), "line_edited", params)
        self.order.priority = priority

    def correct(self, at: datetime, by: Worker, fact: str) -> None:
        """A fact of the report was wrong and is mended."""
        field = {"place": "place_label", "description": "description"}.get(fact, "reporter")
        self._line("edited", at, Entry(by), "line_edited", {"fields": field})
        self._data_error(at, by, fact, "corrected")

    def asked_again(self, at: datetime, by: Worker, fact: str) -> None:
        """The caller had to say something that was on record."""
        self._data_error(at, by, fact, "asked_again")

    def read_notices(self, by: Worker, after: timedelta) -> None:
        """The supervisor has seen what there was to see."""
        for row in self.others:
            if isinstance(row, Notice):
                row.read_at, row.read_by_user_id = row.made_at + after, by.user_id

    def _step(
        self,
        at: datetime,
        entry: Entry,
        code: str,
        params: Mapping[str, Param],
        to: State,
        *,
        crew: bool = False,
        undoable: bool = True,
    ) -> None:
        member = self.crew[self._acting] if crew else None
        self._line(
            "step",
            at,
            entry,
            code,
            params,
            state=to,
            staff_id=member.staff_id if member else None,
            supplier_id=member.supplier_id if member else None,
        )
        if self._keeps_undo and undoable:
            self._found[self.lines[-1].id] = self._facts()
        self.order.state = to

    def _line(
        self, kind: str, at: datetime, entry: Entry, code: str, params: Mapping[str, Param], **more: str | None
    ) -> None:
        line = bare(
            Timeline,
            id=named_id(self.order.id, len(self.lines)),
            stream_id=self.order.stream_id,
            work_order_id=self.order.id,
            kind=kind,
            code=code,
            params=dump(params),
            happened_at=at,
            recorded_at=entry.recorded_at or at,
            user_id=entry.by.user_id,
            is_by_phone=int(entry.is_by_phone),
            is_offline=int(entry.is_offline),
            is_withdrawn=0,
            origin=desk_of(entry.by),
            **more,
        )
        self.lines.append(line)

    def _facts(self) -> dict[str, Any]:
        """What a step may change, as ``withdrawals.remember`` keeps it."""
        order = self.order
        times = {name: getattr(order, name) for name in _REMEMBERED_TIMES}
        before: dict[str, Any] = {name: getattr(order, name) for name in _REMEMBERED}
        before |= {name: moment.isoformat() if moment else None for name, moment in times.items()}
        return {**before, "crew": {member.id: member.state for member in self.crew}}

    def _called(self, to: Worker | Team) -> Param:
        return self._estate.say(to.name) if isinstance(to, Worker) else FIRM_NAMES[to]._asdict()

    def _show_lead(self) -> None:
        first = next((member for member in self.crew if member.state not in _GONE), None)
        self.order.lead_staff_id = first.staff_id if first else None
        self.order.lead_supplier_id = first.supplier_id if first else None

    def _data_error(self, at: datetime, by: Worker, fact: str, kind: str) -> None:
        self.others.append(
            DataError(
                id=derived_id(self.order.id, "data_error", fact, kind),
                stream_id=self.order.stream_id,
                work_order_id=self.order.id,
                field=fact,
                kind=kind,
                noted_at=at,
                user_id=by.user_id,
            )
        )

    def _tell_supervisor(self, at: datetime, code: str) -> None:
        order = self.order
        params = {"number": order.number, "count": order.chase_count, "place": order.place_label}
        self.others.append(
            Notice(
                id=named_id(order.id, "notice", order.chase_count),
                stream_id=order.stream_id,
                work_order_id=order.id,
                site_id=order.site_id,
                role=Role.SUPERVISOR,
                code=code,
                params=dump(params),
                made_at=at,
            )
        )
