"""A filter facet by facet: how each is said on a chip, and what taking it off leaves."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.domain.work_orders import OPEN_STATES
from app.store.queries.queue import Due, QueueFilter
from app.store.queries.queue_choices import QueueChoices
from app.ui.pages.work_orders.phrasing import state_text
from app.ui.translation import listed_here, spoken

_MOST_NAMED = 2
ANYTHING = QueueFilter(states=())
_FIELDS: dict[str, tuple[str, ...]] = {
    "site": ("site_ids",),
    "state": ("states",),
    "priority": ("priorities",),
    "category": ("category_ids",),
    "assignee": ("staff_ids", "is_unassigned"),
    "mine": ("is_mine",),
    "due": ("due",),
    "chased": ("is_chased",),
    "reopened": ("reopened_within_days",),
    "reported": ("reported_within_days",),
    "text": ("text",),
}
"""Facet → the fields of the filter that are its."""


class Facet(NamedTuple):
    """A facet that is on, as its chip shows it."""

    id: str
    key: str
    value: str


def without(wanted: QueueFilter, facet_id: str) -> QueueFilter:
    """The filter with one facet taken off."""
    return replace(wanted, **{field: getattr(ANYTHING, field) for field in _FIELDS[facet_id]})


def facets_on(wanted: QueueFilter, choices: QueueChoices) -> list[Facet]:
    """The facets that ask for something, in the order of their chips."""
    titles = facet_titles()
    values = {
        "site": _some([spoken(choices.site_name(row_id)) for row_id in wanted.site_ids]),
        "state": _states(wanted),
        "priority": listed_here(wanted.priorities),
        "category": _some([spoken(choices.category_name(row_id)) for row_id in wanted.category_ids]),
        "assignee": _assignees(wanted, choices),
        "mine": _yes("mine") if wanted.is_mine else "",
        "due": due_titles()[wanted.due] if wanted.due is not Due.ANY else "",
        "chased": _yes("chased") if wanted.is_chased else "",
        "reopened": _days(wanted.reopened_within_days),
        "reported": _days(wanted.reported_within_days),
        "text": wanted.text,
    }
    return [Facet(facet_id, titles[facet_id], value) for facet_id, value in values.items() if value]


def facet_titles() -> dict[str, str]:
    """What each facet is called, in the language of the moment."""
    return {
        "site": QCoreApplication.translate("QueueFacets", "Site"),
        "state": QCoreApplication.translate("QueueFacets", "State"),
        "priority": QCoreApplication.translate("QueueFacets", "Priority"),
        "category": QCoreApplication.translate("QueueFacets", "Category"),
        "assignee": QCoreApplication.translate("QueueFacets", "Assigned"),
        "mine": QCoreApplication.translate("QueueFacets", "Waits for"),
        "due": QCoreApplication.translate("QueueFacets", "Due"),
        "chased": QCoreApplication.translate("QueueFacets", "Chased"),
        "reopened": QCoreApplication.translate("QueueFacets", "Reopened"),
        "reported": QCoreApplication.translate("QueueFacets", "Reported"),
        "text": QCoreApplication.translate("QueueFacets", "Text"),
    }


def due_titles() -> dict[Due, str]:
    """What each way to stand by the clocks is called."""
    return {
        Due.ANY: QCoreApplication.translate("QueueFacets", "any"),
        Due.OVERDUE: QCoreApplication.translate("QueueFacets", "overdue"),
        Due.DUE_SOON: QCoreApplication.translate("QueueFacets", "due soon"),
        Due.TODAY: QCoreApplication.translate("QueueFacets", "today"),
    }


def unassigned_title() -> str:
    """What an order without anybody is called."""
    return QCoreApplication.translate("QueueFacets", "nobody")


def open_title() -> str:
    """All states but closed and cancelled."""
    return QCoreApplication.translate("QueueFacets", "open")


def days_title(days: int) -> str:
    """A number of days back from now."""
    return QCoreApplication.translate("QueueFacets", "in {days} d").format(days=days)


def _yes(facet_id: str) -> str:
    words = {
        "mine": QCoreApplication.translate("QueueFacets", "me"),
        "chased": QCoreApplication.translate("QueueFacets", "yes"),
    }
    return words[facet_id]


def _states(wanted: QueueFilter) -> str:
    if set(wanted.states) == set(OPEN_STATES):
        return open_title()
    return _some([state_text(state) for state in wanted.states])


def _assignees(wanted: QueueFilter, choices: QueueChoices) -> str:
    names = [choices.staff_name(row_id) for row_id in wanted.staff_ids]
    return _some([unassigned_title(), *names] if wanted.is_unassigned else names)


def _days(days: int | None) -> str:
    return "" if days is None else days_title(days)


def _some(names: Sequence[str]) -> str:
    """The first names, and how many there are besides."""
    shown = listed_here(names[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else f"{shown} +{len(names) - _MOST_NAMED}"
