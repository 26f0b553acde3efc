"""The columns that the list of orders can have."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.store.queries.queue_sort import SortKey


@dataclass(frozen=True, slots=True)
class QueueColumn:
    """A column: ``width`` and ``width_en`` are px at 100 %, 0 takes what is left; ``sort`` is what its header does."""

    id: str
    width: int
    width_en: int
    sort: SortKey | None = None
    is_fixed: bool = False
    """It cannot be hidden."""


COLUMNS: dict[str, QueueColumn] = {
    column.id: column
    for column in (
        QueueColumn("check", 28, 28, is_fixed=True),
        QueueColumn("state", 28, 28, SortKey.STATE),
        QueueColumn("number", 92, 100, SortKey.NUMBER, is_fixed=True),
        QueueColumn("priority", 32, 32, SortKey.PRIORITY),
        QueueColumn("text", 0, 0, SortKey.TEXT, is_fixed=True),
        QueueColumn("category", 96, 112),
        QueueColumn("place", 112, 92, SortKey.PLACE),
        QueueColumn("site", 104, 112),
        QueueColumn("assignee", 68, 68, SortKey.ASSIGNEE),
        QueueColumn("reported", 92, 104, SortKey.REPORTED),
        QueueColumn("left", 116, 116, SortKey.DUE),
    )
}
DEFAULT_COLUMNS = ("check", "state", "number", "priority", "text", "place", "assignee", "left")
SORTED_BY = {column.sort: column.id for column in COLUMNS.values() if column.sort is not None}


def column_title(column_id: str) -> str:
    """What a column is called, also where its header shows no words."""
    titles = {
        "check": QCoreApplication.translate("QueueColumns", "Selected"),
        "state": QCoreApplication.translate("QueueColumns", "State"),
        "number": QCoreApplication.translate("QueueColumns", "No."),
        "priority": QCoreApplication.translate("QueueColumns", "Priority"),
        "text": QCoreApplication.translate("QueueColumns", "What"),
        "category": QCoreApplication.translate("QueueColumns", "Category"),
        "place": QCoreApplication.translate("QueueColumns", "Where"),
        "site": QCoreApplication.translate("QueueColumns", "Site"),
        "assignee": QCoreApplication.translate("QueueColumns", "Assigned"),
        "reported": QCoreApplication.translate("QueueColumns", "Reported"),
        "left": QCoreApplication.translate("QueueColumns", "Time left"),
    }
    return titles[column_id]


def header_title(column_id: str) -> str:
    """What the header of a column shows; narrow columns show nothing."""
    return "" if column_id in ("check", "state", "priority") else column_title(column_id)


def valid_columns(ids: object) -> tuple[str, ...]:
    """The columns of a saved filter that exist, with those that cannot be hidden; the usual ones for none."""
    known = [name for name in ids if name in COLUMNS] if isinstance(ids, list | tuple) else []
    if not known:
        return DEFAULT_COLUMNS
    missing = [name for name in DEFAULT_COLUMNS if COLUMNS[name].is_fixed and name not in known]
    return (*missing, *dict.fromkeys(known))
