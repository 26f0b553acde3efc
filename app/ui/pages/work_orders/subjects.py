"""The orders that a form is about: that of the reading pane, or those that are checked."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.domain.numbers import short_number
from app.store.queries.crews import Stand
from app.store.queries.order import OrderDetail


def stand_of(order: OrderDetail) -> Stand:
    """The order of the reading pane."""
    crew = tuple(member.staff_id or member.supplier_id or "" for member in order.crew)
    return Stand(order.id, order.number, order.site_id, order.state, crew)


def subjects_title(title: str, subjects: Sequence[Stand], year: int) -> str:
    """``完工 0916-07-015``, or ``挂起 3 张``."""
    if len(subjects) == 1:
        return f"{title} {short_number(subjects[0].number, year)}"
    return f"{title} {QCoreApplication.translate('Subjects', '%n order(s)', None, len(subjects))}"
