"""The rows that an order's clocks depend on, read into a story for the literal reading of the clocks.

It shares no code with ``app.commands``: a line is read by the words of the rules.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.db.base import Base
from app.domain.calendars import CalendarKind, DayKind, ServiceCalendar
from app.domain.sla_history import Change, ClockEvent, FirstAnswer, Start, Step
from app.domain.sla_policies import OrderCategory, PolicyVersion, Selector, Subject
from app.domain.work_orders import State
from tests.unit.domain.literal_sla import Story, cut

Line = Row[Any]


def rows_of(session: Session, table: str, **where: Any) -> list[Row[Any]]:
    """The rows of a table with these values."""
    columns = Base.metadata.tables[table]
    query = select(columns).where(*(columns.c[name] == value for name, value in where.items()))
    return list(session.execute(query.order_by(columns.c.id)))


class Facts:
    """What an order is at first, by the report, and what the company's tables make of it."""

    def __init__(self, session: Session) -> None:
        self.sites = {site.id: site for site in rows_of(session, "site")}
        self.categories = {category.id: category for category in rows_of(session, "category")}

    def category(self, category_id: str | None) -> OrderCategory:
        """A category with those above it."""
        path: list[str] = []
        above = category_id or None
        while above is not None:
            path.append(above)
            above = self.categories[above].parent_id
        if not path:
            return OrderCategory()
        own = self.categories[path[0]]
        return OrderCategory(tuple(path), own.needs_visit == 1, own.is_opinion == 1)

    def subject(self, site_id: str, priority: str, category_id: str | None) -> Subject:
        """An order as the policies see it."""
        return Subject(site_id, self.sites[site_id].kind, priority, self.category(category_id))


def story_of(session: Session, order_id: str, reported_as: Mapping[str, Any]) -> Story:
    """Everything the clocks of an order depend on; ``reported_as`` is the body of its report."""
    facts = Facts(session)
    lines = [line for line in rows_of(session, "timeline", work_order_id=order_id) if not line.is_withdrawn]
    lines.sort(key=_moment)
    (report,) = (line for line in lines if line.code == "line_reported")
    others = [line for line in lines if line is not report]
    subject = facts.subject(reported_as["site_id"], reported_as["priority"], reported_as["category_id"])
    events = chain(_steps(others), _changes(others, facts), _answers(others))
    policies = rows_of(session, "sla_policy")
    return Story(
        start=Start(report.happened_at, subject),
        events=tuple(events),
        selectors={row.id: Selector(row.site_id, row.property_kind, row.category_id, row.priority) for row in policies},
        versions=tuple(map(_version, rows_of(session, "sla_policy_version"))),
        calendars=_calendars(session, facts),
    )


def _moment(line: Line) -> tuple[datetime, datetime, int, str]:
    """Steps enter at the minute they happened; within it they came as they were entered."""
    return cut(line.happened_at), line.recorded_at, line.position, line.id


def _steps(lines: Iterable[Line]) -> Iterator[Step]:
    """The steps of the order: its own, and what those of its crew make of it."""
    for turn in _rounds([line for line in lines if line.kind in ("step", "crew")]):
        finished = [line for line in turn if line.code == "line_done"]
        for line in turn:
            if line.kind == "step":
                # It was done when the last of its crew had finished, whoever was heard of last.
                last = max([line, *finished], key=_moment) if line.state == "done" else line
                reason = json.loads(line.params).get("reason", "") if line.state == "on_hold" else ""
                yield Step(last.happened_at, last.recorded_at, State(line.state), reason.removeprefix("@hold."))
        yield from _first(turn, State.ON_SITE, ["on_site"])
        yield from _first(turn, State.ACCEPTED, ["accepted", "on_site"])


def _rounds(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Cut wherever the order was reopened."""
    turn: list[Line] = []
    for line in lines:
        if line.code == "line_reopened":
            yield turn
            turn = []
        turn.append(line)
    yield turn


def _first(turn: Sequence[Line], to: State, reached_by: Sequence[str]) -> Iterator[Step]:
    """The order follows the first to accept and to arrive, whoever it was and whenever it was heard of."""
    own = [line for line in turn if line.kind == "crew" and line.code == f"line_{to.value}"]
    reached = [line for line in turn if line.kind == "step" and line.state in reached_by]
    if own and (not reached or _moment(own[0]) < _moment(reached[0])):
        yield Step(own[0].happened_at, own[0].recorded_at, to)


def _changes(lines: Iterable[Line], facts: Facts) -> Iterator[Change]:
    """What was changed about the order that a policy may look at."""
    for line in lines:
        params = json.loads(line.params)
        if line.kind in ("edited", "moved") and params.keys() & {"priority", "category_id", "site_id"}:
            site_id = params.get("site_id")
            yield Change(
                line.happened_at,
                line.recorded_at,
                priority=params.get("priority"),
                category=facts.category(params["category_id"]) if "category_id" in params else None,
                site_id=site_id,
                property_kind=facts.sites[site_id].kind if site_id else None,
            )


def _answers(lines: Iterable[Line]) -> Iterator[ClockEvent]:
    """The answers to somebody who complained."""
    return (FirstAnswer(line.happened_at, line.recorded_at) for line in lines if line.kind == "answer")


def _version(row: Row[Any]) -> PolicyVersion:
    return PolicyVersion(
        row.policy_id,
        row.from_at,
        row.calendar_id,
        row.response_minutes,
        row.resolution_minutes,
        row.warn_percent,
        frozenset(row.pausing_reasons.split()),
    )


def _calendars(session: Session, facts: Facts) -> dict[tuple[str, str], ServiceCalendar]:
    """Each calendar at each site: the days of its country, and over them those of the site."""
    days = rows_of(session, "calendar_day")
    found = {}
    for calendar in rows_of(session, "service_calendar"):
        for site in facts.sites.values():
            own = [day for day in days if day.site_id == site.id]
            common = [day for day in days if day.site_id is None]
            kinds = {
                date.fromisoformat(day.day): DayKind(day.kind)
                for day in [*common, *own]
                if day.country == calendar.country
            }
            found[calendar.id, site.id] = ServiceCalendar(
                CalendarKind(calendar.kind), calendar.opens_minute, calendar.closes_minute, site.timezone, kinds
            )
    return found
