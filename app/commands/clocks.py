"""Brings the SLA clocks stored on an order up to what its timeline and the policies say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.lines import read_params, standing_lines
from app.db.companies import CalendarDay, Category, ServiceCalendar, Site, SlaPolicy, SlaPolicyVersion
from app.db.work_orders import Timeline, WorkOrder
from app.domain import calendars, sla
from app.domain.sla_history import Change, ClockEvent, FirstAnswer, Start, Step
from app.domain.sla_policies import OrderCategory, PolicyBook, PolicyVersion, Selector, Subject
from app.domain.work_orders import CLOSED_STATES, State

NO_CATEGORY = OrderCategory()
_RULEBOOK = "rulebook"
_CALENDAR_KINDS = frozenset(kind.value for kind in calendars.CalendarKind)
_DAY_KINDS = frozenset(kind.value for kind in calendars.DayKind)
_STATES = frozenset(state.value for state in State)
_CLOCK_COLUMNS = (
    *(f"{clock}_{part}" for clock in ("response", "resolution") for part in ("due_at", "warn_at", "target", "verdict")),
    "paused_since",
    "due_at",
    "warn_at",
)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything but the timeline that the clocks of any order depend on, read once."""

    policies: PolicyBook
    categories: Mapping[str, OrderCategory]
    property_kinds: Mapping[str, str]
    """Site id → property kind."""

    def subject(self, site_id: str, priority: str, category_id: str | None) -> Subject:
        """What the policies see of an order."""
        category = self.categories.get(category_id or "", NO_CATEGORY)
        return Subject(site_id, self.property_kinds.get(site_id, ""), priority, category)


def read_rulebook(session: Session) -> Rulebook:
    """Policies, calendars, categories and sites as they stand now."""
    sites = {site.id: site for site in session.scalars(select(Site))}
    selectors = {
        policy.id: Selector(policy.site_id, policy.property_kind, policy.category_id, policy.priority)
        for policy in session.scalars(select(SlaPolicy))
    }
    versions = [
        PolicyVersion(
            policy_id=row.policy_id,
            from_at=row.from_at,
            calendar_id=row.calendar_id,
            response_minutes=row.response_minutes,
            resolution_minutes=row.resolution_minutes,
            warn_percent=row.warn_percent,
            pausing_reasons=frozenset(row.pausing_reasons.split()),
        )
        for row in session.scalars(select(SlaPolicyVersion))
    ]
    return Rulebook(
        policies=PolicyBook(selectors, versions, _calendars(session, sites)),
        categories=_categories(session),
        property_kinds={site.id: site.kind for site in sites.values()},
    )


def read_clocks(
    session: Session, order: WorkOrder, rulebook: Rulebook, now: datetime | None = None
) -> sla.SlaClocks | None:
    """Both clocks of an order at ``now``, or as the rows alone say; ``None`` while an imported order has none."""
    lines = standing_lines(session, order.id)
    return clocks_of_lines(order, lines, rulebook, now)


def clocks_of_lines(
    order: WorkOrder, lines: Sequence[Timeline], rulebook: Rulebook, now: datetime | None = None
) -> sla.SlaClocks | None:
    """:func:`read_clocks` over lines already at hand."""
    first = next((line for line in lines if line.kind == "step"), None)
    if first is None:
        return None
    facts = {"site_id": order.site_id, "priority": order.priority, "category_id": order.category_id or ""}
    for line in reversed(lines):  # the oldest word on each fact is what the order began as
        params = read_params(line.params)
        facts |= {fact: params[f"old_{fact}"] for fact in facts if f"old_{fact}" in params}
    start = Start(first.happened_at, rulebook.subject(facts["site_id"], facts["priority"], facts["category_id"]))
    return sla.compute(start, _events(lines, first, rulebook), rulebook.policies, now)


def refresh_clocks(session: Session, order: WorkOrder, rulebook: Rulebook | None = None) -> None:
    """Store what both clocks say now, so that queues can sort by it."""
    session.flush()
    clocks = read_clocks(session, order, rulebook or _rulebook_of(session))
    store_clocks(order, clocks)


def forget_rulebook(session: Session) -> None:
    """Have the next clocks of this session read policies, calendars and categories anew: one of them was edited."""
    session.info.pop(_RULEBOOK, None)


def _rulebook_of(session: Session) -> Rulebook:
    """The rulebook as this session read it first: a hundred orders assigned at once ask for it a hundred times."""
    found = session.info.get(_RULEBOOK)
    if not isinstance(found, Rulebook):
        found = session.info[_RULEBOOK] = read_rulebook(session)
    return found


def store_clocks(order: WorkOrder, clocks: sla.SlaClocks | None) -> None:
    """Write both clocks onto the row of their order."""
    order.has_clocks = int(clocks is not None)
    if clocks is None:
        for name in _CLOCK_COLUMNS:
            setattr(order, name, None)
        return
    for name, clock in (("response", clocks.response), ("resolution", clocks.resolution)):
        setattr(order, f"{name}_due_at", clock.due_at)
        setattr(order, f"{name}_warn_at", clock.warn_at)
        setattr(order, f"{name}_target", clock.target)
        setattr(order, f"{name}_elapsed", clock.elapsed)
        setattr(order, f"{name}_verdict", clock.verdict)
    order.paused_since = clocks.paused_since
    running = [] if order.state in CLOSED_STATES else [clocks.response, clocks.resolution]
    order.due_at = min((clock.due_at for clock in running if clock.due_at), default=None)
    order.warn_at = min((clock.warn_at for clock in running if clock.warn_at), default=None)


def _events(lines: Iterable[Timeline], first: Timeline, rulebook: Rulebook) -> list[ClockEvent]:
    events: list[ClockEvent] = []
    for line in lines:
        params = read_params(line.params)
        if line.kind == "answer":
            events.append(FirstAnswer(line.happened_at, line.recorded_at))
        elif line.kind == "step" and line.state in _STATES and (line is not first or line.state != State.REPORTED):
            reason = str(params.get("reason", "")).removeprefix("@hold.")
            events.append(Step(line.happened_at, line.recorded_at, State(line.state or ""), reason))
        elif line.kind in ("edited", "moved") and params.keys() & {"priority", "category_id", "site_id"}:
            events.append(_change(line, params, rulebook))
    return events


def _change(line: Timeline, params: Mapping[str, str], rulebook: Rulebook) -> Change:
    category_id, site_id = params.get("category_id"), params.get("site_id")
    return Change(
        line.happened_at,
        line.recorded_at,
        priority=params.get("priority"),
        category=None if category_id is None else rulebook.categories.get(category_id, NO_CATEGORY),
        site_id=site_id,
        property_kind=rulebook.property_kinds.get(site_id) if site_id else None,
    )


def _categories(session: Session) -> dict[str, OrderCategory]:
    rows = {row.id: row for row in session.scalars(select(Category))}
    found: dict[str, OrderCategory] = {}
    for row in rows.values():
        path = [row.id]
        while (parent := rows.get(path[-1])) and parent.parent_id and parent.parent_id not in path:
            path.append(parent.parent_id)
        found[row.id] = OrderCategory(tuple(path), bool(row.needs_visit), bool(row.is_opinion))
    return found


def _calendars(session: Session, sites: Mapping[str, Site]) -> dict[tuple[str, str], calendars.ServiceCalendar]:
    days = session.scalars(select(CalendarDay)).all()
    found = {}
    for calendar in session.scalars(select(ServiceCalendar)):
        for site in sites.values():
            # A newer server may send a kind or a zone not known here: such a calendar rules nothing, and harms nobody.
            if calendar.kind in _CALENDAR_KINDS and is_zone(site.timezone):
                found[calendar.id, site.id] = _calendar(calendar, site, days)
    return found


def _calendar(calendar: ServiceCalendar, site: Site, days: Iterable[CalendarDay]) -> calendars.ServiceCalendar:
    of_site = [day for day in days if day.country == calendar.country and day.site_id in (None, site.id)]
    of_site.sort(key=lambda day: day.site_id is not None)  # a site's own day outweighs its country's
    return calendars.ServiceCalendar(
        kind=calendars.CalendarKind(calendar.kind),
        opens_minute=calendar.opens_minute,
        closes_minute=calendar.closes_minute,
        timezone=site.timezone,
        days={date.fromisoformat(day.day): calendars.DayKind(day.kind) for day in of_site if day.kind in _DAY_KINDS},
    )


def is_zone(name: str) -> bool:
    """Whether ``name`` is a time zone that this machine knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def local_time(session: Session, site_id: str, moment: datetime) -> str:
    """``HH:MM`` as the clocks of the site show it."""
    site = session.get(Site, site_id)
    return f"{moment.astimezone(ZoneInfo(site.timezone if site else 'Asia/Shanghai')):%H:%M}"
