"""The queue page over 100,000 orders: the real page in a real window, drawn offscreen."""

import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from app.domain.ids import stream_id
from app.store.queries.queue import QueueFilter, QueueRow, queue_ids, queue_rows
from app.store.queries.queue_sort import BY_TIME_LEFT, Sort, SortKey
from app.store.store import Store
from app.ui.actions import Actions
from app.ui.changes import ChangesBridge
from app.ui.desk import Desk, Person
from app.ui.pages.work_orders.page import WorkOrdersPage
from app.ui.preferences import PreferencesFile
from app.ui.tasks import Tasks
from app.ui.theme.apply import apply_theme
from app.ui.theme.theme import make_theme
from tests.benchmarks.figures import ROUNDS, Figure, timed_ms
from tests.benchmarks.pages import has_rows_in_sight
from tests.benchmarks.queue_cache import COLUMNS, ORDERS, PAGE, WORD, order_row, pull_of
from tests.benchmarks.windows import Painted
from tests.clocks import HandClock
from tests.factories import CLERK, NOON, SITE, rights

PULLED = 5_000
ALL = QueueFilter(states=())
STREAMS = frozenset({stream_id(SITE, "work"), stream_id(SITE, "people")})


def measure() -> list[Figure]:
    """Fill a cache in a process of its own, then measure the page over it in this one."""
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder:
        _run("tests.benchmarks.queue_cache", folder)
        empty_mb = float(_run("tests.benchmarks.empty_window").split()[-1])
        opened_mb, all_mb = map(float, _run("tests.benchmarks.queue", folder).split())
        return QueueBench(Path(folder)).run(empty_mb, opened_mb, all_mb)


def _run(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class QueueBench:
    """A desk at the filled cache."""

    def __init__(self, folder: Path) -> None:
        self._application = QApplication.instance() or QApplication([])
        apply_theme(QApplication.instance(), make_theme("light", "zh"))  # type: ignore[arg-type]
        self._store = Store.open(folder, HandClock(NOON))
        self._tasks, self._bridge = Tasks(), ChangesBridge()
        self._unsubscribe = self._store.subscribe(self._bridge.deliver)
        person = Person(CLERK, "clerk", "林晓雨", {"zh": "前台", "en": "Front desk"}, rights(), STREAMS)
        self._folder, self._person = folder, person
        self._chance = random.Random(2)
        self._version = 1

    def run(self, empty_mb: float, opened_mb: float, all_mb: float) -> list[Figure]:
        """All figures, in the order in which they can be taken."""
        first = [self._first_paint() for _ in range(ROUNDS)]
        self.open()
        self.list_all()
        sort = self._sort_ms()
        figures = [
            Figure("first_paint_ms", statistics.median(first), 300, "page made and shown until its rows are painted"),
            Figure("sort_ms", sort, 100, f"all {ORDERS:,} by another column until painted"),
            Figure("filter_ms", self._filter_ms(), 100, "from all to one priority until painted"),
            Figure("search_ms", self._search_ms(), 50, "a word of two characters until painted"),
            Figure("search_during_pull_ms", self._search_during_pull_ms(), 100, f"while {PULLED:,} rows are pulled"),
            Figure("change_ms", self._change_ms(), 50, "one order pulled until its row is painted"),
            Figure("memory_mb", opened_mb - empty_mb, 150, f"beyond an empty window of {empty_mb:.0f} MB"),
            Figure("memory_all_mb", all_mb - empty_mb, says=f"the same with all {ORDERS:,} listed"),
            Figure("sort_ratio", self._proxy_sort_ms() / sort, 40, "a proxy's sort of the same rows", is_least=True),
        ]
        self.close()
        return figures

    # ---- the page

    def _desk(self) -> Desk:
        return Desk(
            self._store,
            HandClock(NOON),
            self._person,
            tasks=self._tasks,
            changes=self._bridge,
            actions=Actions(),
            preferences=PreferencesFile(self._folder),
        )

    def _first_paint(self) -> float:
        def show() -> None:
            self._page = WorkOrdersPage(self._desk())
            self._page.resize(1376, 828)
            self._painted = Painted(self._page.table.viewport())
            self._page.show()
            self._painted.wait(self._is_settled)

        taken = timed_ms(show)
        self._page.hide()
        self._page.deleteLater()
        return taken

    def open(self) -> None:
        """Open the page as a person finds it: with the open orders."""
        self._page = WorkOrdersPage(self._desk())
        self._page.resize(1376, 828)
        self._painted = Painted(self._page.table.viewport())
        self._page.show()
        self._painted.wait(self._is_settled)

    def list_all(self) -> None:
        """List all orders, closed ones too."""
        self._rest(ALL, BY_TIME_LEFT)

    def close(self) -> None:
        """Let go of everything."""
        self._page.hide()
        self._unsubscribe()
        self._tasks.close()
        self._store.close()

    def _rest(self, wanted: QueueFilter, sort: Sort) -> None:
        """Show something and let everything come to rest, so that only what follows is measured."""
        self._show(wanted, sort)
        self._painted.wait(lambda: not self._page.listing.is_reading and self._is_settled(wanted, sort))

    def _show(self, wanted: QueueFilter, sort: Sort) -> None:
        self._page.listing.show(wanted, sort)
        self._painted.wait(lambda: self._is_settled(wanted, sort))

    def _is_settled(self, wanted: QueueFilter | None = None, sort: Sort | None = None) -> bool:
        """Whether what was asked for is there, with every row in sight."""
        listing = self._page.listing
        asked = (wanted or listing.wanted, sort or listing.sort)
        return listing.shown == asked and has_rows_in_sight(self._page)

    # ---- the figures

    def _sort_ms(self) -> float:
        taken = []
        for _ in range(ROUNDS):
            self._rest(ALL, BY_TIME_LEFT)
            taken.append(timed_ms(lambda: self._show(ALL, Sort(SortKey.TEXT))))
        return statistics.median(taken)

    def _filter_ms(self) -> float:
        taken = []
        for _ in range(ROUNDS):
            self._rest(ALL, BY_TIME_LEFT)
            wanted = QueueFilter(states=(), priorities=("P2",))
            taken.append(timed_ms(lambda wanted=wanted: self._show(wanted, BY_TIME_LEFT)))  # type: ignore[misc]
        return statistics.median(taken)

    def _search(self) -> float:
        if self._page.listing.shown != (ALL, BY_TIME_LEFT):
            self._show(ALL, BY_TIME_LEFT)
        return timed_ms(lambda: self._show(QueueFilter(states=(), text=WORD), BY_TIME_LEFT))

    def _search_ms(self) -> float:
        taken = []
        for _ in range(ROUNDS):
            self._rest(ALL, BY_TIME_LEFT)
            taken.append(self._search())
        return statistics.median(taken)

    def _search_during_pull_ms(self) -> float:
        taken: list[float] = []
        while len(taken) < ROUNDS:
            pulling = threading.Thread(target=self._pull, args=(self._fresh_rows(PULLED),))
            pulling.start()
            while pulling.is_alive():
                took = self._search()
                if pulling.is_alive():
                    taken.append(took)
            pulling.join()
        return statistics.median(taken)

    def _fresh_rows(self, count: int) -> list[tuple[Any, ...]]:
        self._version += 1
        numbers = self._chance.sample(range(ORDERS), count)
        return [order_row(number, self._chance, self._version) for number in numbers]

    def _pull(self, rows: Sequence[tuple[Any, ...]]) -> None:
        for start in range(0, len(rows), PAGE):
            self._store.settle(pull_of(rows[start : start + PAGE]))

    def _change_ms(self) -> float:
        self._rest(ALL, BY_TIME_LEFT)
        return statistics.median(self._change(place) for place in range(ROUNDS))

    def _change(self, place: int) -> float:
        rows = self._page.listing.rows
        row = rows.row(rows.ids()[place])
        assert row is not None
        self._version += 1
        text = f"改过 {self._version}"
        with self._store.reading() as session:
            kept = session.connection().exec_driver_sql(
                f"SELECT {', '.join(COLUMNS)} FROM work_order WHERE id = ?",
                (row.id,),  # columns of ours
            )
            values = dict(zip(COLUMNS, kept.one(), strict=True))
        news = pull_of([tuple({**values, "description": text, "version": self._version, "seq": 10**9}.values())])

        def is_there() -> bool:
            found = rows.row(row.id)
            return found is not None and found.text == text

        settling = threading.Thread(target=self._store.settle, args=(news,))
        begun = time.perf_counter()
        settling.start()
        self._painted.wait(is_there)
        taken = (time.perf_counter() - begun) * 1000
        settling.join()
        return taken

    def _proxy_sort_ms(self) -> float:
        """The same sort by Qt's proxy over a model that holds the same rows in Python; once, as it takes long."""
        viewer = self._page._desk.viewer()
        with self._store.reading() as session:
            ids = queue_ids(session, ALL, BY_TIME_LEFT, viewer)
            rows = [row for start in range(0, len(ids), PAGE) for row in queue_rows(session, ids[start : start + PAGE])]
        model, proxy = _PlainModel(rows), QSortFilterProxyModel()
        proxy.setSourceModel(model)
        place = QueueRow._fields.index("text")
        return timed_ms(lambda: proxy.sort(place, Qt.SortOrder.AscendingOrder))


class _PlainModel(QAbstractTableModel):
    """Rows in Python, as one writes such a model first."""

    def __init__(self, rows: Sequence[QueueRow]) -> None:
        super().__init__()
        self._rows = rows

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(QueueRow._fields)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def _memory_mb() -> float:
    return float(psutil.Process().memory_info().rss / 1e6)


def main() -> None:
    """Open the page over the cache in the folder named, and print the memory it takes: opened, and with all listed."""
    bench = QueueBench(Path(sys.argv[1]))
    bench.open()
    opened = _memory_mb()
    bench.list_all()
    print(opened, _memory_mb())
    bench.close()


if __name__ == "__main__":
    main()
