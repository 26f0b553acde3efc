"""Saved filters as values: those that come with the program, and how a person's own are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.work_orders import OPEN_STATES, State
from app.store.queries.queue import Due, QueueFilter
from app.store.queries.queue_choices import QueueChoices
from app.store.queries.queue_sort import BY_TIME_LEFT, Sort, SortKey
from app.ui.theme.tokens import Tone
from app.ui.translation import spoken

CATEGORIES_SHOWN = 4
_SEVEN_DAYS = 7


class Group(StrEnum):
    """Where a saved filter stands in the side list."""

    STARRED = "starred"
    TEAM = "team"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class View:
    """A filter under a name, with its own columns and order."""

    id: str
    name: str
    wanted: QueueFilter
    group: Group
    sort: Sort = BY_TIME_LEFT
    arrangement: str = ""
    """Its columns, as the table's header keeps them; empty for the usual ones."""
    tone: Tone | None = None
    """What a count other than 0 means, if trouble."""
    is_strong: bool = False
    is_own: bool = False
    """A person saved it, and can rename, star and delete it."""

    @property
    def has_count(self) -> bool:
        """Counts are kept for what people look at all day."""
        return self.group is not Group.OTHER


def built_in_views(choices: QueueChoices) -> list[View]:
    """The filters that come with the program, in the language of the moment."""
    newest = Sort(SortKey.REPORTED, is_descending=True)
    tops = [node for node in choices.categories if node.depth == 0][:CATEGORIES_SHOWN]
    closed = QueueFilter(states=(State.CLOSED, State.CANCELLED))
    words = view_names()
    return [
        View("mine", words["mine"], QueueFilter(is_mine=True), Group.STARRED),
        View("today", words["today"], QueueFilter(due=Due.TODAY), Group.STARRED),
        View("overdue", words["overdue"], QueueFilter(due=Due.OVERDUE), Group.STARRED, tone="danger"),
        View("chased", words["chased"], QueueFilter(is_chased=True), Group.STARRED),
        View("open", words["open"], QueueFilter(), Group.TEAM),
        View("unassigned", words["unassigned"], QueueFilter(is_unassigned=True), Group.TEAM, is_strong=True),
        View("emergency", words["emergency"], QueueFilter(priorities=("P1",)), Group.TEAM, tone="danger"),
        View("held", words["held"], QueueFilter(states=(State.ON_HOLD,)), Group.TEAM),
        View("to_verify", words["to_verify"], QueueFilter(states=(State.DONE,)), Group.TEAM, newest),
        View("reopened", words["reopened"], QueueFilter(reopened_within_days=_SEVEN_DAYS), Group.TEAM),
        *(View(f"of:{top.id}", spoken(top.name), QueueFilter(category_ids=(top.id,)), Group.OTHER) for top in tops),
        View("closed", words["closed"], closed, Group.OTHER, newest),
    ]


def view_names() -> dict[str, str]:
    """What each filter that comes with the program is called, in the language of the moment."""
    return {
        "mine": QCoreApplication.translate("QueueViews", "Needs me"),
        "today": QCoreApplication.translate("QueueViews", "Due today"),
        "overdue": QCoreApplication.translate("QueueViews", "Overdue"),
        "chased": QCoreApplication.translate("QueueViews", "Chased"),
        "open": QCoreApplication.translate("QueueViews", "All open"),
        "unassigned": QCoreApplication.translate("QueueViews", "Unassigned"),
        "emergency": QCoreApplication.translate("QueueViews", "Emergency P1"),
        "held": QCoreApplication.translate("QueueViews", "On hold"),
        "to_verify": QCoreApplication.translate("QueueViews", "To verify"),
        "reopened": QCoreApplication.translate("QueueViews", "Reopened in 7 days"),
        "closed": QCoreApplication.translate("QueueViews", "Closed"),
    }


def view_body(view: View) -> dict[str, Any]:
    """A view as it is kept."""
    wanted = view.wanted
    found: dict[str, Any] = {
        "states": [str(state) for state in wanted.states],
        "site_ids": list(wanted.site_ids),
        "priorities": list(wanted.priorities),
        "category_ids": list(wanted.category_ids),
        "staff_ids": list(wanted.staff_ids),
        "is_unassigned": wanted.is_unassigned,
        "is_mine": wanted.is_mine,
        "is_chased": wanted.is_chased,
        "reopened_within_days": wanted.reopened_within_days,
        "reported_within_days": wanted.reported_within_days,
        "due": str(wanted.due),
        "text": wanted.text,
    }
    sort = {"key": str(view.sort.key), "is_descending": view.sort.is_descending}
    return {"filter": found, "sort": sort, "columns": view.arrangement}


def filter_of(body: Mapping[str, Any]) -> QueueFilter:
    """The filter that :func:`view_body` kept; what another version kept and this one does not know is left out."""
    kept: Mapping[str, Any] = body.get("filter", {})
    states = kept.get("states")
    return QueueFilter(
        states=OPEN_STATES if states is None else tuple(State(state) for state in states if state in set(State)),
        site_ids=tuple(kept.get("site_ids", ())),
        priorities=tuple(kept.get("priorities", ())),
        category_ids=tuple(kept.get("category_ids", ())),
        staff_ids=tuple(kept.get("staff_ids", ())),
        is_unassigned=bool(kept.get("is_unassigned")),
        is_mine=bool(kept.get("is_mine")),
        is_chased=bool(kept.get("is_chased")),
        reopened_within_days=kept.get("reopened_within_days"),
        reported_within_days=kept.get("reported_within_days"),
        due=Due(kept["due"]) if kept.get("due") in set(Due) else Due.ANY,
        text=str(kept.get("text", "")),
    )


def own_view(row_id: str, name: str, body: Mapping[str, Any], *, is_starred: bool) -> View:
    """A person's own filter from what is kept of it."""
    sort: Mapping[str, Any] = body.get("sort", {})
    key = SortKey(sort["key"]) if sort.get("key") in set(SortKey) else SortKey.DUE
    return View(
        id=row_id,
        name=name,
        wanted=filter_of(body),
        group=Group.STARRED if is_starred else Group.OTHER,
        sort=Sort(key, bool(sort.get("is_descending"))),
        arrangement=str(body.get("columns", "")),
        is_own=True,
    )
