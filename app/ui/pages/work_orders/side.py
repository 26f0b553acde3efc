"""The saved filters at the left of the queue, with counts; a person's own can be renamed, starred and deleted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QWidget

from app.domain.changes import Changes
from app.domain.ids import new_id
from app.store.filters import FilterItem, list_filters
from app.store.queries.queue import COUNT_CAP, QueueFilter, queue_counts
from app.store.queries.queue_choices import QueueChoices
from app.ui.desk import Desk, Said
from app.ui.pages.work_orders.specs import PAGE
from app.ui.pages.work_orders.views import Group, View, built_in_views, own_view, view_body
from app.ui.theme.style import current_theme
from app.ui.widgets.side_list import SideGroup, SideItem, SideList

SAVE = "save"
NAME_LIMIT = 40
_PAUSE_MS = 250
_DIALOG_WIDTH = 360


class SavedViews(QObject):
    """Knows the saved filters and how many orders pass each; the side list shows them."""

    chosen = Signal(object)
    """A :class:`View` a person chose."""
    save_wanted = Signal()
    listed = Signal()
    """The filters have been read; the first time, one of them can be shown."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._choices = QueueChoices((), (), ())
        self._items: Sequence[FilterItem] = ()
        self._views: list[View] = []
        self._counts: dict[str, int] = {}
        self.list = SideList("", parent)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self.list.chosen.connect(self._on_chosen)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.count)
        desk.changed.connect(self._on_changed)
        desk.site_changed.connect(self.count)
        self._read()

    # -------------------------------------------------------------------------------------------------- what there is

    def view(self, view_id: str) -> View | None:
        """A saved filter by its id."""
        return next((view for view in self._views if view.id == view_id), None)

    def set_choices(self, choices: QueueChoices) -> None:
        """Take other categories."""
        self._choices = choices
        self._show()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.list.setAccessibleName(self.tr("Saved filters"))
        self._show()

    def choose(self, view_id: str) -> None:
        """Show which one the list follows; none when it follows none."""
        self.list.choose(view_id)

    def count_of(self, view_id: str) -> int | None:
        """How many orders pass a filter, if it was counted."""
        return self._counts.get(view_id)

    def _read(self) -> None:
        self._desk.read(list_filters, self._desk.person.user_id, PAGE, done=self._on_items, latest="queue.filters")

    def _on_items(self, items: list[FilterItem]) -> None:
        self._items = items
        self._show()
        self.listed.emit()
        self.count()

    def _show(self) -> None:
        own = [own_view(item.id, item.name, item.body, is_starred=item.is_starred) for item in self._items]
        built_in = built_in_views(self._choices)
        starred = [view for view in built_in if view.group is Group.STARRED]
        starred += [view for view in own if view.group is Group.STARRED]
        team = [view for view in built_in if view.group is Group.TEAM]
        other = [view for view in (*built_in, *own) if view.group is Group.OTHER]
        self._views = [*starred, *team, *other]
        save = SideItem(SAVE, self.tr("Save this filter"), is_action=True)
        groups = [
            SideGroup(self.tr("Starred"), [self._item(view) for view in starred]),
            SideGroup(self.tr("Team"), [self._item(view) for view in team]),
            SideGroup(self.tr("Other"), [*(self._item(view) for view in other), save]),
        ]
        self.list.set_groups(groups)

    def _item(self, view: View) -> SideItem:
        count = self._counts.get(view.id, 0) if view.has_count and self._counts else None
        return SideItem(view.id, view.name, count, tone=view.tone, is_strong=view.is_strong and bool(count))

    # ------------------------------------------------------------------------------------------------------ counting

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("saved_filter"):
            self._read()
        if changes.touches("work_order", "assignment") and not self._pause.isActive():
            self._pause.start()

    def count(self) -> None:
        """Count anew."""
        counted = [view for view in self._views if view.has_count]
        filters = [self.at_site(view.wanted) for view in counted]
        done = partial(self._on_counts, [view.id for view in counted])
        self._desk.read(queue_counts, filters, self._desk.viewer(), done=done, latest="queue.counts")

    def _on_counts(self, ids: list[str], counts: list[int]) -> None:
        self._counts = dict(zip(ids, counts, strict=True))
        self._show()

    def at_site(self, wanted: QueueFilter) -> QueueFilter:
        """The filter at the site that is chosen in the top bar, unless it names its own."""
        if self._desk.site_id is None or wanted.site_ids:
            return wanted
        return replace(wanted, site_ids=(self._desk.site_id,))

    def counted_words(self, view_id: str) -> str:
        """A count as it is said on a button, empty if it was not counted."""
        count = self._counts.get(view_id)
        if count is None:
            return ""
        return str(count) if count < COUNT_CAP else f"{COUNT_CAP - 1}+"

    # ------------------------------------------------------------------------------------------------------- keeping

    def save(self, view: View, name: str) -> None:
        """Keep a filter under a name, as a person's own."""
        item = FilterItem(new_id(), self._desk.person.user_id, PAGE, name[:NAME_LIMIT], view_body(view))
        done = partial(self._on_saved, name)
        self._desk.tasks.run(self._desk.store.filters.save, item, done=done, failed=self._desk.complain)

    def _on_saved(self, name: str, _result: None) -> None:
        self._desk.said.emit(Said(self.tr("Saved as {name}").format(name=name)))

    def keep(self, view: View) -> None:
        """Keep how a person's own filter is arranged now."""
        item = next((item for item in self._items if item.id == view.id), None)
        if item is not None and item.body != view_body(view):
            self._save(item._replace(body=view_body(view)))

    def _save(self, item: FilterItem) -> None:
        self._desk.tasks.run(self._desk.store.filters.save, item, failed=self._desk.complain)

    def _on_chosen(self, view_id: str) -> None:
        if view_id == SAVE:
            self.save_wanted.emit()
            return
        view = self.view(view_id)
        if view is not None:
            self.chosen.emit(view)

    def _on_menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        row = index.data(Qt.ItemDataRole.UserRole)
        item = next((item for item in self._items if isinstance(row, SideItem) and item.id == row.id), None)
        if item is not None:
            self.menu(item).popup(self.list.viewport().mapToGlobal(place))

    def menu(self, item: FilterItem) -> QMenu:
        """What can be done with a filter of one's own."""
        menu = QMenu(self.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        star = self.tr("Take the star off") if item.is_starred else self.tr("Star")
        starred = item._replace(is_starred=not item.is_starred)
        menu.addAction(star).triggered.connect(lambda: self._save(starred))
        menu.addAction(self.tr("Rename…")).triggered.connect(lambda: self._rename(item))
        menu.addAction(self.tr("Delete")).triggered.connect(lambda: self._remove(item))
        return menu

    def ask_name(self, title: str, name: str, done: Callable[[str], object]) -> None:
        """Ask for a name in a small dialog that does not hold up the program."""
        dialog = QInputDialog(self.list)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(self.tr("Name"))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.setTextValue(name)
        dialog.setOkButtonText(self.tr("Save"))
        dialog.resize(current_theme().px(_DIALOG_WIDTH), dialog.sizeHint().height())
        dialog.textValueSelected.connect(done)
        dialog.open()

    def _rename(self, item: FilterItem) -> None:
        def renamed(name: str) -> None:
            if name.strip():
                self._save(item._replace(name=name.strip()[:NAME_LIMIT]))

        self.ask_name(self.tr("Rename the filter"), item.name, renamed)

    def _remove(self, item: FilterItem) -> None:
        done = self._on_removed
        self._desk.tasks.run(self._desk.store.filters.remove, item.id, done=done, failed=self._desk.complain)

    def _on_removed(self, gone: FilterItem) -> None:
        words = self.tr("{name} deleted").format(name=gone.name)
        back = (self.tr("Put it back"), partial(self._save, gone))
        self._desk.said.emit(Said(words, tone="info", buttons=(back,)))
