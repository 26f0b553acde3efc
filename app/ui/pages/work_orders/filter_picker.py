"""The popover that filters by what is too long for a menu: one category of many, one colleague of many."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QWidget

from app.store.pinyin import answers, spellings, syllables
from app.store.queries.queue import QueueFilter
from app.store.queries.queue_choices import CategoryNode, QueueChoices
from app.ui.pages.work_orders.facets import facet_titles, unassigned_title
from app.ui.pages.work_orders.forms.pick_list import Pick, PickList
from app.ui.theme.layouts import row
from app.ui.translation import spoken
from app.ui.widgets.popover import Popover

PICKED = ("category", "assignee")
"""The facets that are picked here."""
_WIDTH = 320
_NOBODY = ""
"""The row that stands for orders without anybody."""


class Option(NamedTuple):
    """What can be picked, and how else it is found: by its name in Chinese, and by all that is typed for it."""

    id: str
    name: str
    detail: str
    chinese: str = ""
    letters: str = ""


def options(facet_id: str, wanted: QueueFilter, choices: QueueChoices) -> list[Option]:
    """What there is to pick; slow the first time, as it spells every name."""
    return _categories(choices.categories) if facet_id == "category" else _people(wanted, choices)


def _categories(nodes: Sequence[CategoryNode]) -> list[Option]:
    found, path = [], list[str]()
    for node in nodes:
        path = [*path[: node.depth], spoken(node.name)]
        spelt = syllables(node.name["zh"])
        letters = f"{''.join(spelt)} {''.join(syllable[0] for syllable in spelt)}"
        found.append(Option(node.id, path[-1], " › ".join(path[:-1]), node.name["zh"], letters))
    return found


def _people(wanted: QueueFilter, choices: QueueChoices) -> list[Option]:
    sites = {site.id: spoken(site.name) for site in choices.sites if site.id in wanted.site_ids or not wanted.site_ids}
    here = [(one.id, one.name, sites[one.site_id]) for one in choices.staff if one.site_id in sites]
    return [
        Option(row_id, name, site if len(sites) > 1 else "", name, " ".join(spellings(name)))
        for row_id, name, site in here
    ]


class FilterPicker(Popover):
    """Type to find, Space or a press to check: the list follows at once."""

    chosen = Signal(object)
    """The :class:`QueueFilter` with what is checked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, icon="filter", key="Esc", width=_WIDTH)
        self._facet, self._wanted = "", QueueFilter()
        self._options: dict[str, Option] = {}
        self.list = PickList(self._answers, placeholder="")
        self.list.changed.connect(self._on_changed)
        self.list.picked.connect(self.leave)
        self.add(row((self.list, 1), margins=12))

    def ask(self, facet_id: str, wanted: QueueFilter, found: Sequence[Option], anchor: QRect) -> None:
        """Open under ``anchor`` for one facet of a filter."""
        self._facet, self._wanted = facet_id, wanted
        nobody = [Option(_NOBODY, unassigned_title(), "")] if facet_id == "assignee" else []
        self._options = {option.id: option for option in (*nobody, *found)}
        self.set_title(facet_titles()[facet_id])
        self.list.search.clear()
        self.list.search.set_placeholder(self.tr("Name, pinyin or initials"))
        self.list.set_picks([Pick(option.id, option.name, option.detail) for option in self._options.values()])
        self.list.set_checked(self._checked())
        self.open_at(anchor, self.list.search)

    def _answers(self, option_id: str, typed: str) -> bool:
        option = self._options[option_id]
        return answers(typed, (option.name, option.detail, option.chinese), option.letters)

    def _checked(self) -> list[str]:
        if self._facet == "category":
            return list(self._wanted.category_ids)
        return [_NOBODY] if self._wanted.is_unassigned else list(self._wanted.staff_ids)

    def _on_changed(self) -> None:
        checked = self.list.checked()
        if self._facet == "category":
            self._wanted = replace(self._wanted, category_ids=tuple(checked))
        else:
            # An order has somebody or nobody: what was checked last counts.
            is_nobody = checked[-1:] == [_NOBODY]
            staff = () if is_nobody else tuple(one for one in checked if one != _NOBODY)
            self._wanted = replace(self._wanted, is_unassigned=is_nobody, staff_ids=staff)
            self.list.set_checked(self._checked())
        self.chosen.emit(self._wanted)
