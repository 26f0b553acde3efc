"""The columns of the list of orders."""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication

from app.domain.numbers import short_number
from app.domain.work_orders import OPEN_STATES
from app.store.queries.queue import QueueRow
from app.store.queries.queue_choices import QueueChoices
from app.store.queries.queue_sort import SortKey
from app.ui.glyphs.marks import Tag, chase_tag
from app.ui.glyphs.sla import Pill
from app.ui.glyphs.standing import row_pill
from app.ui.models.columns import CellKind, Column
from app.ui.pages.work_orders.order_words import when_exactly
from app.ui.pages.work_orders.phrasing import left_words, state_text
from app.ui.translation import short_name, spoken

SORT_KEYS: Mapping[str, SortKey] = {
    "state": SortKey.STATE,
    "number": SortKey.NUMBER,
    "priority": SortKey.PRIORITY,
    "text": SortKey.TEXT,
    "place": SortKey.PLACE,
    "assignee": SortKey.ASSIGNEE,
    "reported": SortKey.REPORTED,
    "left": SortKey.DUE,
}
"""Column → what its header sorts by."""
SORTED_BY = {key: column for column, key in SORT_KEYS.items()}
URGENT = ("P1", "P2")


def queue_columns(
    now: Callable[[], datetime],
    zone: tzinfo,
    choices: Callable[[], QueueChoices],
    may_send: Callable[[QueueRow], bool],
) -> tuple[Column[QueueRow], ...]:
    """The columns; ``now`` and ``may_send`` are asked each time a cell is painted."""

    def short(row: QueueRow) -> str:
        return row.source_number or short_number(row.number, now().astimezone(zone).year)

    def pill(row: QueueRow) -> Pill | None:
        return row_pill(row, now())

    def left(row: QueueRow) -> str:
        return left_words(row, now())

    def site(row: QueueRow) -> str:
        return spoken(choices().site_name(row.site_id))

    def reported(row: QueueRow) -> str:
        return when_exactly(row.reported_at, now().astimezone(zone).date(), zone)

    return (
        Column("check", _title_check, short, CellKind.CHECK, width=28, is_sortable=False, is_fixed=True),
        Column("state", _title_state, _state, CellKind.STATE, width=28, shows_title=False, tip=_state_words),
        Column("number", _title_number, short, width=101, is_fixed=True, token=_number_token, tip=_number_tip),
        Column("priority", _title_priority, _priority, CellKind.PRIORITY, width=32, shows_title=False),
        Column("text", _title_text, _text, is_fixed=True, least=132, is_bold=_is_urgent, tag=_chased, tip=_text),
        Column("category", _title_category, _category, width=104, is_hidden=True, is_sortable=False),
        Column("place", _title_place, _place, width=112, token="text_secondary"),
        Column("site", _title_site, site, width=104, is_hidden=True, is_sortable=False),
        Column(
            "assignee",
            _title_assignee,
            _assignee,
            CellKind.LINK,
            width=76,
            call=_assign,
            calls=lambda row: row.state in OPEN_STATES and may_send(row),
            tip=_whole_assignee,
        ),
        Column("reported", _title_reported, reported, width=92, is_hidden=True, token="text_secondary"),
        Column("left", _title_left, pill, CellKind.PILL, width=116, words=left, token="text_secondary"),
    )


def _state(row: QueueRow) -> tuple[str, str]:
    return row.state, state_text(row.state)


def _state_words(row: QueueRow) -> str:
    return state_text(row.state)


def _number_token(row: QueueRow) -> str:
    return "text_muted" if row.is_unsynced else "text"


def _number_tip(row: QueueRow) -> str:
    whole = f"{row.number} ({row.source_number})" if row.source_number else row.number
    if not row.is_unsynced:
        return whole
    return QCoreApplication.translate("QueueColumns", "{number}, waits to be sent").format(number=whole)


def _priority(row: QueueRow) -> str:
    return row.priority


def _text(row: QueueRow) -> str:
    return " ".join(row.text.split())


def _is_urgent(row: QueueRow) -> bool:
    return row.priority in URGENT


def _chased(row: QueueRow) -> Tag | None:
    if not row.chase_count:
        return None
    word = QCoreApplication.translate("QueueColumns", "chased {count}").format(count=row.chase_count)
    return chase_tag(row.chase_count, word)


def _category(row: QueueRow) -> str:
    return spoken({"zh": row.category_zh, "en": row.category_en})


def _place(row: QueueRow) -> str:
    return row.place


def _assignee(row: QueueRow) -> str:
    name = short_name({"zh": row.assignee_zh, "en": row.assignee_en})
    return f"{name} +{row.others}" if row.others else name


def _whole_assignee(row: QueueRow) -> str:
    return spoken({"zh": row.assignee_zh, "en": row.assignee_en})


def _assign() -> str:
    return QCoreApplication.translate("QueueColumns", "assign")


def _title_check() -> str:
    return QCoreApplication.translate("QueueColumns", "Selected")


def _title_state() -> str:
    return QCoreApplication.translate("QueueColumns", "State")


def _title_number() -> str:
    return QCoreApplication.translate("QueueColumns", "No.")


def _title_priority() -> str:
    return QCoreApplication.translate("QueueColumns", "Priority")


def _title_text() -> str:
    return QCoreApplication.translate("QueueColumns", "What")


def _title_category() -> str:
    return QCoreApplication.translate("QueueColumns", "Category")


def _title_place() -> str:
    return QCoreApplication.translate("QueueColumns", "Where")


def _title_site() -> str:
    return QCoreApplication.translate("QueueColumns", "Site")


def _title_assignee() -> str:
    return QCoreApplication.translate("QueueColumns", "Assigned")


def _title_reported() -> str:
    return QCoreApplication.translate("QueueColumns", "Reported")


def _title_left() -> str:
    return QCoreApplication.translate("QueueColumns", "Time left")
