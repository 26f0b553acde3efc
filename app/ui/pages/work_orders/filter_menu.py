"""The menu that puts a filter on, all of it by keyboard."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.work_orders import OPEN_STATES, Priority, State
from app.store.queries.queue import Due, QueueFilter
from app.store.queries.queue_choices import QueueChoices
from app.ui.pages.work_orders.facets import days_title, due_titles, facet_titles, open_title
from app.ui.pages.work_orders.filter_picker import PICKED
from app.ui.pages.work_orders.phrasing import state_text
from app.ui.pages.work_orders.views import view_names
from app.ui.translation import spoken

_DAYS = (1, 7, 30, 90)
_ORDER = ("site", "state", "priority", "category", "assignee", "due", "reported", "reopened")


def _toggled(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value) if value in values else (*values, value)


class FilterMenu(QObject):
    """Makes menus over one filter; ``chosen`` tells the filter with what was chosen in or out."""

    chosen = Signal(object)
    """The new :class:`QueueFilter`."""
    pick_asked = Signal(str)
    """Ask in a popover, with a field to find in, for this facet."""
    text_asked = Signal()
    """Go to the search field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self._wanted = QueueFilter()
        self._choices = QueueChoices((), (), ())

    def menu(self, wanted: QueueFilter, choices: QueueChoices, facet_id: str = "") -> QMenu:
        """The menu of all facets, or that of one."""
        self._wanted, self._choices = wanted, choices
        titles = facet_titles()
        if facet_id and facet_id in self._fillers():
            menu = QMenu(titles[facet_id], self._widget)
            self._fillers()[facet_id](menu)
        else:
            menu = QMenu(self._widget)
            for name in _ORDER:
                if name in PICKED:
                    action = menu.addAction(self.tr("{facet}…").format(facet=titles[name]))
                    action.triggered.connect(partial(self.pick_asked.emit, name))
                else:
                    self._fillers()[name](menu.addMenu(titles[name]))
            menu.addSeparator()
            views = view_names()
            for name, field in (("chased", "is_chased"), ("mine", "is_mine")):
                is_on = getattr(wanted, field)
                self._add(menu, views[name], is_on=is_on, made=self._with(**{field: not is_on}))
            menu.addAction(self.tr("{facet}…").format(facet=titles["text"])).triggered.connect(self.text_asked)
        return menu

    def _fillers(self) -> dict[str, Callable[[QMenu], None]]:
        return {
            "site": self._fill_sites,
            "state": self._fill_states,
            "priority": self._fill_priorities,
            "due": self._fill_due,
            "reported": self._fill_reported,
            "reopened": self._fill_reopened,
        }

    def _with(self, **fields: object) -> QueueFilter:
        return replace(self._wanted, **fields)  # type: ignore[arg-type]  # fields of the filter by name

    def _add(self, menu: QMenu, text: str, *, is_on: bool, made: QueueFilter) -> None:
        action = QAction(text.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(is_on)
        action.setData(made)
        action.triggered.connect(self._on_triggered)
        menu.addAction(action)

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(action.data())

    def _add_many(self, menu: QMenu, field: str, options: Iterable[tuple[str, str]]) -> None:
        """Options of which several can be on."""
        values: tuple[str, ...] = getattr(self._wanted, field)
        for value, text in options:
            self._add(menu, text, is_on=value in values, made=self._with(**{field: _toggled(values, value)}))

    def _fill_sites(self, menu: QMenu) -> None:
        self._add_many(menu, "site_ids", [(site.id, spoken(site.name)) for site in self._choices.sites])

    def _fill_states(self, menu: QMenu) -> None:
        is_open = set(self._wanted.states) == set(OPEN_STATES)
        self._add(menu, open_title(), is_on=is_open, made=self._with(states=OPEN_STATES))
        menu.addSeparator()
        chosen = () if is_open else self._wanted.states
        for state in State:
            states = tuple(State(one) for one in _toggled(chosen, state))
            self._add(menu, state_text(state), is_on=state in chosen, made=self._with(states=states))

    def _fill_priorities(self, menu: QMenu) -> None:
        self._add_many(menu, "priorities", [(priority.value, priority.value) for priority in Priority])

    def _fill_due(self, menu: QMenu) -> None:
        for due, text in due_titles().items():
            if due is not Due.ANY:
                is_on = self._wanted.due is due
                self._add(menu, text, is_on=is_on, made=self._with(due=Due.ANY if is_on else due))

    def _fill_reported(self, menu: QMenu) -> None:
        self._fill_days(menu, "reported_within_days")

    def _fill_reopened(self, menu: QMenu) -> None:
        self._fill_days(menu, "reopened_within_days")

    def _fill_days(self, menu: QMenu, field: str) -> None:
        for days in _DAYS:
            is_on = getattr(self._wanted, field) == days
            self._add(menu, days_title(days), is_on=is_on, made=self._with(**{field: None if is_on else days}))
