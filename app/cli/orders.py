"""``steward orders``: sees, opens and steps orders in a console's cache, without a window."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from app.cli.steps import Step, make_step
from app.cli.terminal import Terminal, UsageError
from app.commands.command import Command
from app.commands.work_orders import PriorityName, Reporter, ReportWorkOrder
from app.config import data_folder
from app.domain.clock import SystemClock
from app.domain.errors import NotFoundError
from app.domain.ids import new_id
from app.domain.words import Language, say
from app.domain.work_orders import OPEN_STATES, CrewState, Source, State
from app.store.changing import Author
from app.store.queries import lookup
from app.store.queries.order import CrewMember, OrderDetail, order_detail
from app.store.queries.queue import QueueFilter, QueueRow, Viewer, queue_ids, queue_rows
from app.store.queries.queue_sort import Sort, SortKey
from app.store.store import Store, open_reader
from app.store.users import KnownUser, recognise

_TEXT_SHOWN = 40
_GONE = (CrewState.REFUSED, CrewState.REMOVED)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Do the action that was named."""
    actions: Mapping[str, Callable[[argparse.Namespace, Terminal], None]] = {
        "list": _list,
        "show": _show,
        "new": _new,
        "step": _step,
    }
    actions[arguments.action](arguments, terminal)
    return 0


# ---- looking


def _list(arguments: argparse.Namespace, terminal: Terminal) -> None:
    with _looking(arguments, terminal) as (session, user):
        sites = (lookup.find_site(session, arguments.site, user.streams).id,) if arguments.site else ()
        states = tuple(State(state) for state in arguments.state or OPEN_STATES)
        wanted = QueueFilter(states=states, site_ids=sites, text=arguments.search)
        sort = Sort(SortKey.REPORTED, is_descending=True)
        ids = queue_ids(session, wanted, sort, _viewer(user))
        rows = queue_rows(session, ids[: arguments.limit])
        zones = {site.id: ZoneInfo(site.timezone) for site in lookup.sites_seen(session, user.streams)}
    if arguments.json:
        terminal.json([_row_json(row) for row in rows])
    elif not rows:
        terminal.say("cli.no_orders")
    else:
        terminal.table([_row_cells(row, zones, terminal.language) for row in rows])
        if len(ids) > len(rows):
            terminal.say("cli.more_orders", count=len(ids))


def _row_cells(row: QueueRow, zones: Mapping[str, ZoneInfo], language: Language) -> tuple[str, ...]:
    reported_at = row.reported_at.astimezone(zones.get(row.site_id))
    text = " ".join(row.text.split())
    return (
        row.number,
        row.priority,
        say(f"state.{row.state}", None, language),
        f"{reported_at:%Y-%m-%d %H:%M}",
        row.place,
        row.assignee_zh if language is Language.CHINESE else row.assignee_en,
        text if len(text) <= _TEXT_SHOWN else f"{text[:_TEXT_SHOWN]}…",
    )


def _row_json(row: QueueRow) -> dict[str, Any]:
    names = ("id", "number", "source_number", "site_id", "state", "priority", "text", "place")
    moments = {name: _iso(getattr(row, name)) for name in ("reported_at", "due_at")}
    return {**{name: getattr(row, name) for name in names}, "assignee": row.assignee_zh, **moments}


def _show(arguments: argparse.Namespace, terminal: Terminal) -> None:
    with _looking(arguments, terminal) as (session, user):
        found = lookup.find_order(session, arguments.order, user.streams)
        order = order_detail(session, found.id, user.streams, SystemClock().now())
    if arguments.json:
        terminal.json(_order_json(order))
        return
    language = terminal.language
    zone = ZoneInfo(order.timezone)
    category = " / ".join(name[language.value] for name in order.category) or "-"
    terminal.line(f"{order.number}  {order.priority}  {say(f'state.{order.state}', None, language)}")
    terminal.line(f"{order.site[language.value]}  {order.place}  {category}")
    for caller in order.callers:
        terminal.line(f"{caller.name}  {caller.phone}".strip())
    terminal.line(order.description)
    for line in order.lines:
        said = say(line.code, line.params, language)
        who = line.who[language.value] + (f" ({line.entered_by})" if line.entered_by else "")
        happened = f"{line.happened_at.astimezone(zone):{'%Y-%m-%d' if line.is_day else '%Y-%m-%d %H:%M'}}"
        terminal.line("  ".join(filter(None, (happened, who, said, line.note))))


def _order_json(order: OrderDetail) -> dict[str, Any]:
    names = ("id", "number", "source_number", "site_id", "state", "priority", "description", "place", "chase_count")
    moments = {name: _iso(getattr(order, name)) for name in ("reported_at", "due_at")}
    lines = [
        {
            "kind": line.kind,
            "code": line.code,
            "params": line.params,
            "state": line.state,
            "who": line.who["zh"],
            "entered_by": line.entered_by,
            "happened_at": _iso(line.happened_at),
            "recorded_at": _iso(line.recorded_at),
            "is_by_phone": line.is_by_phone,
            "is_offline": line.is_offline,
        }
        for line in order.lines
    ]
    return {
        **{name: getattr(order, name) for name in names},
        **moments,
        "category": list(order.category),
        "callers": [{"name": caller.name, "phone": caller.phone} for caller in order.callers],
        "crew": [{"name": member.name["zh"], "state": member.state} for member in order.crew],
        "timeline": lines,
    }


@contextmanager
def _looking(arguments: argparse.Namespace, terminal: Terminal) -> Iterator[tuple[Any, KnownUser]]:
    """A session that only reads, also beside a running console, and who looks."""
    password = terminal.password(arguments.user)
    with closing(open_reader(data_folder(arguments.data))) as reader, reader.reading() as session:
        yield session, recognise(session, arguments.user, password, SystemClock().now())


def _viewer(user: KnownUser) -> Viewer:
    now = SystemClock().now()
    return Viewer(user.person.user_id, user.person.staff_id, user.streams, now, now + timedelta(days=1))


# ---- doing


def _new(arguments: argparse.Namespace, terminal: Terminal) -> None:
    with _doing(arguments, terminal) as (store, author, user):
        with store.reading() as session:
            site = _site(session, arguments.site, user, terminal.language)
            table, wanted = ("unit", arguments.unit) if arguments.unit else ("place", arguments.place)
            place = lookup.find_place(session, wanted, table, [site.id]) if wanted else None
            category, suggested = (
                lookup.find_category(session, arguments.category) if arguments.category else (None, "P3")
            )
        now = SystemClock().now()
        happened_at = _moment(arguments.at, site.timezone, now)
        command = ReportWorkOrder(
            id=new_id(),
            number=store.reserve_number(now.astimezone(ZoneInfo(site.timezone)).date()),
            site_id=site.id,
            unit_id=place.id if place and arguments.unit else None,
            place_id=place.id if place and arguments.place else None,
            description=arguments.description,
            category_id=category,
            priority=cast("PriorityName", arguments.priority or suggested),
            source=Source.SCRIPT,
            reporter=Reporter(name=arguments.name, phone=arguments.phone),
            happened_at=happened_at,
        )
        store.execute(command, author)
    if arguments.json:
        terminal.json({"id": command.id, "number": command.number})
    else:
        terminal.say("cli.order_new", number=command.number)


def _site(session: Any, wanted: str | None, user: KnownUser, language: Language) -> lookup.SiteFound:
    if wanted is not None:
        return lookup.find_site(session, wanted, user.streams)
    sites = lookup.sites_seen(session, user.streams)
    if not sites:
        raise NotFoundError("cli.no_site")
    if len(sites) > 1:
        names = (site.name_zh if language is Language.CHINESE else site.name_en for site in sites)
        raise UsageError("cli.site_missing", sites=", ".join(names))
    return sites[0]


def _step(arguments: argparse.Namespace, terminal: Terminal) -> None:
    with _doing(arguments, terminal) as (store, author, user):
        now = SystemClock().now()
        with store.reading() as session:
            found = lookup.find_order(session, arguments.order, user.streams)
            order = order_detail(session, found.id, user.streams, now)
            crew = tuple(member for member in order.crew if member.state not in _GONE)
            whose = _whose(session, arguments, crew)
        step = Step(
            order_id=order.id,
            state=order.state,
            crew=crew,
            whose=whose,
            is_by_phone=whose is not None and (whose.staff_id is None or whose.staff_id != user.person.staff_id),
            happened_at=_moment(arguments.at, order.timezone, now),
            reason=arguments.reason,
            note=arguments.note,
        )
        command: Command = make_step(arguments.state, step)
        store.execute(command, author)
        with store.reading() as session:
            after = order_detail(session, order.id, user.streams, now).state
    if arguments.json:
        terminal.json({"id": order.id, "number": order.number, "state": after})
    else:
        terminal.say("cli.order_stepped", number=order.number, state=f"@state.{after}")


def _whose(session: Any, arguments: argparse.Namespace, crew: tuple[CrewMember, ...]) -> lookup.Assignee | None:
    """Who takes the step: the one named, or the only one who was sent."""
    if arguments.for_whom:
        ids = [member.staff_id or member.supplier_id or "" for member in crew]
        return lookup.find_assignee(session, arguments.for_whom, ids)
    if len(crew) == 1 and arguments.state != State.DISPATCHED:
        return lookup.Assignee(crew[0].staff_id, crew[0].supplier_id, crew[0].name["zh"])
    return None


def _moment(clock: str | None, timezone: str, now: datetime) -> datetime | None:
    """The last time it was ``clock`` (``HH:MM``) at the site. Raises ``UsageError``."""
    if clock is None:
        return None
    try:
        wanted = time.fromisoformat(clock)
    except ValueError as error:
        raise UsageError("cli.time_wrong", time=clock) from error
    local = now.astimezone(ZoneInfo(timezone))
    at = local.replace(hour=wanted.hour, minute=wanted.minute, second=0, microsecond=0)
    return at if at <= local else at - timedelta(days=1)


@contextmanager
def _doing(arguments: argparse.Namespace, terminal: Terminal) -> Iterator[tuple[Store, Author, KnownUser]]:
    """The cache, locked, and who does something with it."""
    password = terminal.password(arguments.user)
    with closing(Store.open(data_folder(arguments.data), SystemClock())) as store:
        user = store.users.unlock(arguments.user, password)
        yield store, Author(user.person.user_id, user.rights, is_offline=True), user


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
