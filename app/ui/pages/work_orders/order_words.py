"""An order said for its reading pane: the track, both clocks, and the lines of its timeline."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from app.domain.clock_words import say_length, say_remaining
from app.domain.errors import Param
from app.domain.numbers import short_number
from app.domain.sla import Remaining, SlaClock, Standing, Verdict, remaining
from app.domain.words import say
from app.domain.work_orders import CLOSED_STATES, State
from app.store.queries.order import OrderDetail
from app.store.queries.order import TimelineLine as Line
from app.ui.glyphs.marks import Tag
from app.ui.glyphs.sla import Pill, PillKind
from app.ui.glyphs.standing import pill_of
from app.ui.translation import joined, listed_here, say_here, spoken, spoken_language
from app.ui.widgets.clocks import ClockRow
from app.ui.widgets.texts import Span
from app.ui.widgets.timeline import TimelineLine
from app.ui.widgets.track import StepState, TrackStep

_ICONS = {
    "line_reported": "inbox",
    "line_triaged": "check",
    "line_dispatched": "route",
    "line_added": "user-plus",
    "line_removed": "user",
    "line_accepted": "check",
    "line_on_site": "map-pin",
    "line_done": "circle-check",
    "line_all_done": "circle-check",
    "line_refused": "arrow-back-up",
    "line_recalled": "arrow-back-up",
    "line_verified": "checklist",
    "line_closed": "archive",
    "line_on_hold": "player-pause",
    "line_resumed": "player-play",
    "line_cancelled": "ban",
    "line_reopened": "refresh",
    "line_withdrawn": "arrow-back-up",
    "line_chased": "bell-ringing",
    "line_comment": "message",
    "line_answer": "message",
    "line_edited": "pencil",
    "line_moved": "arrow-right",
    "line_merged_in": "git-merge",
    "line_merged_caller": "git-merge",
}
_FIELD_WORDS = {
    "description": "description",
    "priority": "priority",
    "category_id": "category",
    "building_id": "place",
    "unit_id": "place",
    "place_id": "place",
    "asset_id": "asset",
    "place_label": "place",
    "appointment_at": "appointment",
    "steward_user_id": "steward",
    "result": "result",
    "cause_id": "cause",
    "minutes": "minutes",
    "reporter": "reporter",
}


def when(at: datetime, today: date, zone: tzinfo, *, has_year: bool = True) -> str:
    """``09:14`` today, ``9-15`` on another day of the year, ``2025-12-31`` before; ``12-31`` without its year."""
    local = at.astimezone(zone)
    if local.date() == today:
        return f"{local:%H:%M}"
    return day_of(local.date(), today if has_year else local.date())


def day_of(day: date, today: date) -> str:
    """``9-15`` in the year, ``2025-12-31`` before."""
    return f"{day.month}-{day.day}" if day.year == today.year else f"{day:%Y-%m-%d}"


def when_exactly(at: datetime, today: date, zone: tzinfo) -> str:
    """The same with the time on any day: ``9-15 09:14``."""
    local, day = at.astimezone(zone), when(at, today, zone)
    return day if local.date() == today else f"{day} {local:%H:%M}"


def track_of(order: OrderDetail, today: date, zone: tzinfo) -> list[TrackStep]:
    """The eight steps with their times."""
    current = next((place for place, step in enumerate(order.track) if step.is_current), -1)
    found = []
    for place, step in enumerate(order.track):
        if step.is_current:
            state = StepState.CURRENT if order.state is not State.CLOSED else StepState.TAKEN
        elif step.at is not None:
            state = StepState.TAKEN
        else:
            state = StepState.SKIPPED if place < current or order.state in CLOSED_STATES else StepState.AHEAD
        time = when(step.at, today, zone, has_year=False) if step.at else ""
        found.append(TrackStep(say_here(f"step.{step.state}"), time, state))
    return found


def clock_rows(order: OrderDetail, now: datetime) -> list[ClockRow]:
    """Both clocks, as far as there is something promised."""
    if order.clocks is None:
        return []
    named = (("response", order.clocks.response), ("resolution", order.clocks.resolution))
    paused_since = order.clocks.paused_since
    rows = (_clock_row(name, clock, paused_since, order.hold_reason, now) for name, clock in named)
    return [row for row in rows if row is not None]


def _clock_row(
    name: str, clock: SlaClock, paused_since: datetime | None, hold_reason: str | None, now: datetime
) -> ClockRow | None:
    target = clock.target
    if not target:
        return None
    if clock.stopped_at is not None and clock.verdict is None:
        return None
    language = spoken_language()
    warn = (clock.warn_minutes or target) / target
    limit = say("clock_limit", {"length": say_length(target, language)}, language)
    share = clock.elapsed / target
    pill = verdict_pill(clock) or pill_of(standing_of(clock, paused_since, now), hold_reason)
    if pill is None:
        return None
    return ClockRow(say(f"clock.{name}", None, language), share, warn, limit, pill)


def standing_of(clock: SlaClock, paused_since: datetime | None, now: datetime) -> Remaining:
    """How a clock of a pane stands at ``now``."""
    paused = paused_since if clock.stopped_at is None else None
    return remaining(now, clock.due_at, clock.warn_at, paused, clock.verdict)


def verdict_pill(clock: SlaClock) -> Pill | None:
    """How a clock ended, with the minutes it took; ``None`` while it runs."""
    language = spoken_language()
    if clock.verdict is Verdict.MET:
        length = say_length(clock.elapsed, language)
        return Pill(PillKind.MET, say("clock_met_in", {"length": length}, language))
    if clock.verdict is Verdict.BREACHED:
        over = max(1, clock.elapsed - (clock.target or 0))
        return Pill(PillKind.OVERDUE, say_remaining(Remaining(Standing.OVERDUE, over), None, language))
    return None


def timeline_lines(order: OrderDetail, today: date, zone: tzinfo) -> list[TimelineLine]:
    """The lines, the newest first."""
    return [_line(line, today, zone) for line in order.lines]


def _line(line: Line, today: date, zone: tzinfo) -> TimelineLine:
    happened = line.happened_at.astimezone(zone)
    time = day_of(happened.date(), today) if line.is_day else when(happened, today, zone)
    is_said = happened.date() == today or line.is_day
    spans = [] if is_said else [Span(f"{happened:%H:%M}  ", token="text_muted")]
    if line.kind != "history":  # nobody here did what an imported order went through elsewhere
        spans += [Span(spoken(line.who) or say_here("role.automation"), is_bold=True), Span(" ")]
    spans += [Span(part) for part in _sentence(line, today)]
    icon = "phone-incoming" if line.is_by_phone and line.kind == "comment" else _ICONS.get(line.code, "note")
    return TimelineLine(time, icon, spans, _tag(line, today, zone))


def _sentence(line: Line, today: date) -> Iterator[str]:
    params = dict(line.params)
    if line.code == "line_comment":
        yield line.note
        return
    if isinstance(params.get("number"), str):
        params["number"] = short_number(str(params["number"]), today.year)
    yield say(line.code, params, spoken_language())
    if line.code == "line_edited":
        yield f" {listed_here(_edited(params))}"
    if line.note:
        yield QCoreApplication.translate("QueueOrderWords", ": {note}").format(note=line.note)


def _edited(params: Mapping[str, Param]) -> list[str]:
    """The names of the fields, with both values where they say something by themselves."""
    found: dict[str, None] = {}
    for field in str(params.get("fields", "")).split():
        words = say_here(f"field.{_FIELD_WORDS.get(field, field)}")
        if field == "priority":
            words = f"{words} {params.get('old_priority', '')} → {params.get('priority', '')}"
        found[words] = None
    return list(found)


def _tag(line: Line, today: date, zone: tzinfo) -> Tag | None:
    """Who entered it for whom and when, and that it was entered without a network."""
    words = []
    if line.is_by_phone or line.entered_by:
        text = QCoreApplication.translate("QueueOrderWords", "by {name} {time}")
        if line.is_by_phone:
            text = QCoreApplication.translate("QueueOrderWords", "by {name} {time}, phone")
        words.append(
            text.format(name=line.entered_by or spoken(line.who), time=when_exactly(line.recorded_at, today, zone))
        )
    if line.is_offline:
        words.append(QCoreApplication.translate("QueueOrderWords", "offline"))
    return Tag(joined(*words)) if words else None
