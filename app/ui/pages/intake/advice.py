"""What the program suggests for an order from what was typed: category, priority, and why."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.categories import suggest_category
from app.domain.work_orders import Priority
from app.store.queries.intake_choices import CategoryChoice, known_categories
from app.ui.pages.intake.entry import Entry

USUAL = Priority.P3
"""The priority of an order whose category says none."""
_RANKED = tuple(Priority)


class Advice(NamedTuple):
    """A category, if any, and a priority; with what led to them."""

    category: CategoryChoice | None
    word: str
    """The caller's word that says so; empty when the category was chosen by hand."""
    priority: str
    raised_by: str
    """The exemption that raised the suggested priority; empty when it did not, or a priority was chosen by hand."""


def advise(entry: Entry, choices: Sequence[CategoryChoice], exemptions: Sequence[str]) -> Advice:
    """What holds for ``entry``: what was chosen by hand, else what is suggested.

    A caller with an exemption flag gets one step more urgent than the category says.
    """
    category, word = _category(entry, choices)
    suggested = category.priority if category is not None and category.priority in _RANKED else USUAL
    if entry.priority:
        return Advice(category, word, entry.priority, "")
    if exemptions and suggested != _RANKED[0]:
        return Advice(category, word, _RANKED[_RANKED.index(Priority(suggested)) - 1], exemptions[0])
    return Advice(category, word, suggested, "")


def _category(entry: Entry, choices: Sequence[CategoryChoice]) -> tuple[CategoryChoice | None, str]:
    by_id = {choice.id: choice for choice in choices}
    if entry.category_id in by_id:
        return by_id[entry.category_id], ""
    found = suggest_category(entry.description, known_categories(choices))
    return (by_id[found.category_id], found.word) if found else (None, "")
