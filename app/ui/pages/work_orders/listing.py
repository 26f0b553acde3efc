"""The list behind the table: asks for ids and rows, and follows what changes, row by row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.domain.errors import OpsError
from app.store.queries.queue import (
    Due,
    QueueFilter,
    QueuePage,
    QueueRow,
    QueueUpdate,
    Viewer,
    queue_page,
    queue_rows,
    queue_update,
)
from app.store.queries.queue_choices import NO_CHOICES, QueueChoices
from app.store.queries.queue_sort import BY_TIME_LEFT, Sort
from app.ui.desk import Desk
from app.ui.models.row_table import RowTable
from app.ui.pages.work_orders.columns import SORT_KEYS, queue_columns

FIRST_ROWS = 40
"""Rows that come with the ids, so that the first paint has no placeholders."""
MOST_TOUCHED = 300
"""From here on sorting anew costs less than placing each."""
_NAMES = ("staff", "supplier", "category", "site")
"""Tables whose names stand in rows."""


@dataclass(slots=True)
class _Base:
    """All that pass a filter without its text."""

    wanted: QueueFilter
    sort: Sort
    ids: list[str]
    is_old: bool = False
    """Orders have changed since."""


class _Asked(NamedTuple):
    """What was asked for, and which rows have changed besides; ``None``: any may have."""

    wanted: QueueFilter
    sort: Sort
    touched: frozenset[str] | None
    is_old: bool
    """It was picked from a list from before a change."""


class Listing(QObject):
    """Holds the table's model. One reading is under way at a time; what changes meanwhile is looked at after it."""

    loaded = Signal()
    """The list was read anew."""
    updated = Signal()
    """Rows came, went or changed."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted, self._sort = QueueFilter(), BY_TIME_LEFT
        self._choices = NO_CHOICES
        self.current = ""
        """The order that stays in sight when the list is another one."""
        self.is_taking = False
        """Rows come and go just now: the current row may change though nobody moved."""
        self._is_busy = self._is_loaded = False
        self._is_stale = self._is_all_stale = False
        self._reading, self._is_one_abandoned = 0, False
        """The number of the reading whose result is wanted; an earlier one may still be under way."""
        self._base: _Base | None = None
        self.shown = (self._wanted, self._sort)
        """Filter and order of the rows in the model, which may be those from before the last :meth:`show`."""
        self._orders: set[str] = set()
        self._members: set[str] = set()
        self._unsynced: set[str] = set()
        """Rows known to wait to be sent: the outbox tells only of commands."""
        columns = queue_columns(desk.clock.now, desk.zone(), self.choices, self._may_send)
        self.rows: RowTable[QueueRow] = RowTable(columns, self._fetch, parent=self)
        self.rows.sort_requested.connect(self._on_sort)
        desk.changed.connect(self._on_changed)

    def _may_send(self, row: QueueRow) -> bool:
        """Whether somebody may be sent to it from here."""
        return self._desk.person.rights.may_send(row.site_id, row.priority)

    # ------------------------------------------------------------------------------------------------------- asking

    @property
    def wanted(self) -> QueueFilter:
        """The filter that is shown."""
        return self._wanted

    @property
    def sort(self) -> Sort:
        """What it is sorted by."""
        return self._sort

    @property
    def is_reading(self) -> bool:
        """Whether a reading is under way or due."""
        return self._is_busy or self._is_stale

    @property
    def is_loaded(self) -> bool:
        """Whether the list has come at least once."""
        return self._is_loaded

    def choices(self) -> QueueChoices:
        """Names of sites, for the rows."""
        return self._choices

    def set_choices(self, choices: QueueChoices) -> None:
        """Take other names."""
        self._choices = choices
        self.rows.retranslate()

    def show(self, wanted: QueueFilter, sort: Sort) -> None:
        """Show another filter, or in another order."""
        self._wanted, self._sort = wanted, sort
        if self._is_busy and not self._is_one_abandoned:
            # What somebody asks for now does not wait for what is no longer wanted; but no more than one is left.
            self._is_one_abandoned, self._is_busy = True, False
            self._reading += 1
        self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        self._is_stale = True
        self._next()

    def _on_sort(self, column: str, is_descending: bool) -> None:  # a signal's value
        sort = Sort(SORT_KEYS[column], is_descending)
        if sort != self._sort:
            self.show(self._wanted, sort)

    def _fetch(self, ids: Sequence[str], deliver: Callable[[Sequence[QueueRow]], None]) -> None:
        self._desk.read(queue_rows, list(ids), done=partial(self._on_rows, deliver))

    def _on_rows(self, deliver: Callable[[Sequence[QueueRow]], None], rows: Sequence[QueueRow]) -> None:
        self._note(rows)
        deliver(rows)

    def _note(self, rows: Sequence[QueueRow]) -> None:
        self._unsynced.difference_update(row.id for row in rows)
        self._unsynced.update(row.id for row in rows if row.is_unsynced)

    # ---------------------------------------------------------------------------------------------------- following

    def _on_changed(self, changes: Changes) -> None:
        if changes.everything:
            self._is_stale = self._is_all_stale = True
        if self._base is not None and changes.touches("work_order", "assignment", *_NAMES):
            self._base.is_old = True
        self._orders |= changes.of("work_order")
        self._members |= changes.of("assignment")
        if changes.touches("outbox"):
            self._orders |= self._unsynced
        if changes.touches(*_NAMES):
            self._is_stale = self._is_all_stale = True
        self._next()

    def minute_passed(self) -> None:
        """A filter by time lets in what has become due meanwhile."""
        if self._wanted.due is not Due.ANY:
            self.reload()

    def _next(self) -> None:
        """Begin the reading that is due, unless one is under way."""
        if self._is_busy or not (self._is_stale or self._orders or self._members):
            return
        self._is_busy = True
        viewer, orders, members = self._desk.viewer(), self._orders, self._members
        self._orders, self._members = set(), set()
        if self._is_stale or len(orders) + len(members) > MOST_TOUCHED:
            self._read_page(viewer, None if self._is_all_stale or members else frozenset(orders))
            return
        self._desk.read(
            queue_update,
            list(self.rows.ids()),
            orders,
            members,
            self._wanted,
            self._sort,
            viewer,
            done=partial(self._on_update, self._reading, orders),
            failed=partial(self._on_failed, self._reading),
        )

    def _read_page(self, viewer: Viewer, touched: frozenset[str] | None) -> None:
        base = self._known_base()
        is_old = base is not None and base.is_old
        asked = _Asked(self._wanted, self._sort, touched, is_old)
        # Picked from what was known before a change: shown at once, and read anew right after.
        self._is_stale, self._is_all_stale = is_old, False
        self._base = None
        done = partial(self._on_page, self._reading, asked)
        ids = base.ids if base is not None else None
        self._desk.read(
            queue_page,
            self._wanted,
            self._sort,
            viewer,
            FIRST_ROWS,
            self.current,
            ids,
            done=done,
            failed=partial(self._on_failed, self._reading),
        )

    def _known_base(self) -> "_Base | None":
        """What the text only picks from, if it is known."""
        base = self._base
        is_same = base is not None and (base.wanted, base.sort) == (self._plain(), self._sort)
        return base if is_same and self._wanted.text else None

    def _plain(self) -> QueueFilter:
        return replace(self._wanted, text="")

    def _on_page(self, reading: int, asked: "_Asked", page: QueuePage) -> None:
        is_wanted = self._has_landed(reading)
        if is_wanted and (asked.wanted, asked.sort) == (self._wanted, self._sort):
            self._show_page(asked, page)
        elif asked.touched is None:
            self._is_stale = self._is_all_stale = True
        else:
            self._orders |= asked.touched
        self._next()

    def _show_page(self, asked: "_Asked", page: QueuePage) -> None:
        self._is_loaded = True
        self.shown = (asked.wanted, asked.sort)
        if not asked.is_old:
            is_old = bool(self._orders or self._members)
            self._base = _Base(self._plain(), self._sort, page.base, is_old)
        self._note(page.rows)
        self._take(page.ids, page.rows)
        here = {row.id for row in page.rows}
        self.rows.refresh(set(page.ids if asked.touched is None else asked.touched) - here)
        self.loaded.emit()

    def _on_update(self, reading: int, orders: set[str], update: QueueUpdate) -> None:
        if self._has_landed(reading) and not self._is_stale:
            self._note(update.rows)
            self._take(update.ids, update.rows)
            if self._base is not None and not self._wanted.text and not (self._orders or self._members):
                self._base = _Base(self._plain(), self._sort, list(update.ids))
            self.updated.emit()
        else:
            self._orders |= orders
        self._next()

    def _has_landed(self, reading: int) -> bool:
        """Note that a reading is over; tells whether its result is wanted still."""
        if reading != self._reading:
            self._is_one_abandoned = False
            return False
        self._is_busy = False
        return True

    def _take(self, ids: Sequence[str], rows: Sequence[QueueRow]) -> None:
        self.is_taking = True
        self.rows.set_ids(ids)
        self.rows.update(rows)
        self.is_taking = False

    def _on_failed(self, reading: int, error: OpsError) -> None:
        self._has_landed(reading)
        self._desk.complain(error)
        self._next()
