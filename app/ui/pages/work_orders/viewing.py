"""Which orders are listed: the saved filter, what a person changed of it, its order and its columns."""

import json
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QRect, QTimer, Signal

from app.store.queries.queue import Due, Emptiness, QueueFilter, emptiness, queue_counts
from app.store.queries.queue_choices import NO_CHOICES, QueueChoices
from app.store.queries.queue_sort import Sort, SortKey
from app.ui.desk import Desk
from app.ui.pages.work_orders.columns import SORTED_BY
from app.ui.pages.work_orders.facets import facets_on, without
from app.ui.pages.work_orders.filter_picker import FilterPicker, Option, options
from app.ui.pages.work_orders.list_pane import ListPane
from app.ui.pages.work_orders.listing import Listing
from app.ui.pages.work_orders.side import SavedViews
from app.ui.pages.work_orders.views import Group, View
from app.ui.translation import joined

FIRST_VIEW = "open"
_LAST, _COLUMNS = "queue.view", "queue.columns"
_PAUSE_MS = 200


class Viewing(QObject):
    """Connects saved filters, chips, header and list."""

    arrived = Signal()
    """Another list is shown, as somebody asked."""

    def __init__(self, desk: Desk, saved: SavedViews, listing: Listing, pane: ListPane) -> None:
        super().__init__(pane)
        self._desk, self._saved, self._listing, self._pane = desk, saved, listing, pane
        self._view = View("", "", QueueFilter(), Group.TEAM)
        self._wanted = QueueFilter()
        self._choices = NO_CHOICES
        self._is_new = False
        self._picker: FilterPicker | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        saved.chosen.connect(self.show_view)
        saved.listed.connect(self._on_listed)
        saved.save_wanted.connect(self.save)
        pane.chips.changed.connect(self._on_filter)
        pane.chips.pick_asked.connect(self._on_pick_asked)
        pane.chips.cleared.connect(self.reset)
        pane.filter_reset_wanted.connect(self.reset)
        pane.all_open_wanted.connect(self.show_all_open)
        pane.table.header.columns_changed.connect(self._on_columns)
        listing.rows.sort_requested.connect(self._on_sorted)
        listing.loaded.connect(self._on_loaded)
        listing.updated.connect(self._on_updated)
        desk.site_changed.connect(self._on_site)

    @property
    def view(self) -> View:
        """The saved filter that is followed."""
        return self._view

    def wanted(self) -> QueueFilter:
        """The filter as it is asked, with the site of the top bar."""
        return self._saved.at_site(self._wanted)

    def title(self) -> str:
        """What the list is called."""
        return self._view.name

    def set_choices(self, choices: QueueChoices) -> None:
        """Take other names for chips."""
        self._choices = choices
        self._show_chips()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        again = self._saved.view(self._view.id)
        if again is not None:
            self._view = replace(self._view, name=again.name)
        self._show_chips()
        self._say_sort(self._listing.sort)
        if self._view.id:
            self._on_updated()

    # ------------------------------------------------------------------------------------------------------ choosing

    def _on_listed(self) -> None:
        if not self._view.id:
            last = self._saved.view(self._desk.preferences.state(_LAST))
            first = last or self._saved.view(FIRST_VIEW)
            if first is not None:
                self.show_view(first)

    def show_view(self, view: View) -> None:
        """Follow a saved filter."""
        self._view, self._wanted = view, view.wanted
        self._desk.preferences.keep_state(_LAST, view.id)
        self._saved.choose(view.id)
        header = self._pane.table.header
        header.lay_out()
        arrangement = view.arrangement or self._desk.preferences.state(f"{_COLUMNS}.{view.id}")
        if arrangement:
            header.arrange(_without_sort(arrangement))
        self._show(view.sort)

    def show_all_open(self) -> None:
        """Follow the filter that hides least."""
        view = self._saved.view(FIRST_VIEW)
        if view is not None:
            self.show_view(view)

    def reset(self) -> None:
        """Go back to the saved filter as it is kept."""
        self._wanted = self._view.wanted
        self._pane.chips.search.clear()
        self._show(self._listing.sort)

    def _show(self, sort: Sort) -> None:
        self._is_new = True
        header = self._pane.table.header
        header.show_sorted(SORTED_BY[sort.key], is_descending=sort.is_descending)
        self._show_chips()
        self._say_sort(sort)
        self._pane.header.set_title(self._view.name)
        self._pane.show_tags(0, 0)
        self._listing.show(self.wanted(), sort)

    def _on_filter(self, wanted: QueueFilter) -> None:
        """Take a filter from the chips, where the site of the top bar is one."""
        site = self._desk.site_id
        if site is not None and wanted.site_ids == (site,):
            wanted = without(wanted, "site")
        elif site is not None:
            self._wanted = wanted
            self._desk.choose_site(None)
        self._wanted = wanted
        self._show(self._listing.sort)

    def _on_pick_asked(self, facet_id: str, anchor: QRect) -> None:
        done = partial(self._open_picker, facet_id, anchor)
        self._desk.tasks.run(options, facet_id, self.wanted(), self._choices, done=done, failed=self._desk.complain)

    def _open_picker(self, facet_id: str, anchor: QRect, found: list[Option]) -> None:
        if self._picker is None:
            self._picker = FilterPicker(self._pane.window())
            self._picker.chosen.connect(self._on_filter)
            self._picker.closed.connect(self._pane.focus_table)
        self._picker.ask(facet_id, self.wanted(), found, anchor)

    def _on_site(self) -> None:
        self._show(self._listing.sort)

    def _show_chips(self) -> None:
        self._pane.chips.show_filter(self.wanted(), self._choices)
        self._pane.chips.set_clearable(is_clearable=self._wanted != self._view.wanted)

    # ------------------------------------------------------------------------------------------- order and columns

    def _on_sorted(self) -> None:
        self._say_sort(self._listing.sort)
        self._keep()

    def _say_sort(self, sort: Sort) -> None:
        words = {
            SortKey.DUE: self.tr("by time left"),
            SortKey.NUMBER: self.tr("by number"),
            SortKey.PRIORITY: self.tr("by priority"),
            SortKey.STATE: self.tr("by state"),
            SortKey.TEXT: self.tr("by text"),
            SortKey.PLACE: self.tr("by place"),
            SortKey.ASSIGNEE: self.tr("by assignee"),
            SortKey.REPORTED: self.tr("by report time"),
        }
        self._pane.chips.say_sort(words[sort.key])

    def _on_columns(self) -> None:
        self._keep()

    def _keep(self) -> None:
        """Keep how this filter is arranged."""
        arrangement = self._pane.table.header.arrangement()
        if self._view.is_own:
            self._view = replace(self._view, arrangement=arrangement, sort=self._listing.sort)
            self._saved.keep(self._view)
        elif self._view.id:
            self._desk.preferences.keep_state(f"{_COLUMNS}.{self._view.id}", arrangement)

    def save(self) -> None:
        """Ask for a name and keep the filter as it is now."""
        view = replace(
            self._view,
            wanted=self._wanted,
            sort=self._listing.sort,
            arrangement=self._pane.table.header.arrangement(),
        )

        def named(name: str) -> None:
            if name.strip():
                self._saved.save(view, name.strip())

        self._saved.ask_name(self.tr("Save this filter"), self._suggested_name(), named)

    def _suggested_name(self) -> str:
        return joined(*(facet.value for facet in facets_on(self._wanted, self._choices) if facet.id != "state"))

    # ------------------------------------------------------------------------------------------------------- telling

    def _on_loaded(self) -> None:
        if self._is_new and self._listing.wanted == self.wanted():
            self._is_new = False
            self.arrived.emit()
        self._on_updated()

    def _on_updated(self) -> None:
        count = len(self._listing.rows.ids())
        self._pane.header.set_title(self._view.name, f"{count:,}")
        self._pane.show_checked()
        if count:
            self._pane.show_list()
        else:
            self._desk.read(emptiness, self._desk.person.streams, done=self._on_empty, latest="queue.empty")
        if not self._pause.isActive():
            self._pause.start()

    def minute_passed(self) -> None:
        """Count what has become due meanwhile."""
        self._listing.minute_passed()
        self._saved.count()
        self._count()

    def _count(self) -> None:
        wanted = self.wanted()
        filters = [replace(wanted, due=due) for due in (Due.OVERDUE, Due.DUE_SOON)]
        self._desk.read(queue_counts, filters, self._desk.viewer(), done=self._on_counts, latest="queue.tags")

    def _on_counts(self, counts: list[int]) -> None:
        self._pane.show_tags(*counts)

    def _on_empty(self, found: Emptiness) -> None:
        if self._listing.rows.ids():
            return
        if found.is_fetching:
            self._pane.show_fetching()
        elif found.has_no_orders:
            self._pane.show_none_yet()
        else:
            facets = joined(*(facet.value for facet in facets_on(self.wanted(), self._choices)))
            self._pane.show_no_hits(self._view.name, facets, self._saved.counted_words(FIRST_VIEW))


def _without_sort(arrangement: str) -> str:
    """The arrangement of columns alone: the order is kept beside it."""
    try:
        return json.dumps({**json.loads(arrangement), "sort": None})
    except (ValueError, TypeError):
        return ""
