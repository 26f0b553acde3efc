"""Asks where the list is to be written, shows how far it is, and says where it is."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import OpsError
from app.store.queries.queue import QueueRow
from app.ui.desk import LOCAL_ZONE, Desk, Said
from app.ui.models.columns import Column
from app.ui.pages.work_orders.export import export_columns, file_name, write_list
from app.ui.tasks import Job
from app.ui.widgets.bars import TaskPart
from app.ui.widgets.table import Table

_FOLDER = "queue.export_folder"


class Exporting(QObject):
    """One export at a time."""

    def __init__(self, desk: Desk, table: Table, task: TaskPart) -> None:
        super().__init__(table)
        self._desk, self._table, self._task = desk, table, task
        self._job: Job | None = None
        task.cancelled.connect(self.cancel)

    def ask(self, title: str, window: QWidget) -> None:
        """Ask for a file in a dialog that does not hold up the program."""
        if self._job is not None:
            return
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = self._desk.preferences.state(_FOLDER) or documents
        dialog = QFileDialog(window, self.tr("Export this list"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["Excel (*.xlsx)", "CSV (*.csv)"])
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(file_name(title, self._desk.clock.now().astimezone(self._desk.zone())))
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "xlsx"))
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: Path) -> None:
        """Write the list to ``path``."""
        ids = list(self._table.rows.ids())
        columns = export_columns(self._shown())
        self._desk.preferences.keep_state(_FOLDER, str(path.parent))
        self._job = self._desk.tasks.start(
            write_list,
            self._desk.store,
            path,
            ids,
            columns,
            LOCAL_ZONE,
            done=self._on_done,
            failed=self._on_failed,
        )
        self._job.progressed.connect(self._on_progressed)
        self._job.ended.connect(self._on_ended)
        self._on_progressed(0, len(ids))

    def _shown(self) -> Sequence[Column[QueueRow]]:
        """The visible columns as they stand."""
        header = self._table.header
        sections = [header.logicalIndex(place) for place in range(header.count())]
        return [self._table.rows.columns[section] for section in sections if not header.isSectionHidden(section)]

    def cancel(self) -> None:
        """Stop it; nothing is left of the file."""
        if self._job is not None:
            self._job.cancel()

    def _on_progressed(self, done: int, total: int) -> None:
        self._task.say(self.tr("Exporting"), done, max(total, 1))

    def _on_ended(self) -> None:
        self._job = None
        self._task.hide()

    def _on_done(self, path: Path) -> None:
        self._desk.said.emit(Said(self.tr("Written to {path}").format(path=path)))

    def _on_failed(self, error: OpsError) -> None:
        self._desk.complain(error)
