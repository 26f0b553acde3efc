"""Which number of a desk and day comes next, by the orders that are there."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.work_orders import WorkOrder
from app.domain.numbers import format_number


def highest_counter(session: Session, day: date, desk: str) -> int:
    """The counter of the latest number of ``desk`` for a local day; 0 when there is none."""
    prefix = format_number(day, desk, 0)[:-3]
    query = (
        select(WorkOrder.number)
        # The bounds are for the index; digits sort alike in every collation, and the prefix then decides.
        .where(WorkOrder.number.between(prefix + "0", prefix + "9" * 12), WorkOrder.number.startswith(prefix))
        .order_by(func.length(WorkOrder.number).desc(), WorkOrder.number.desc())
        .limit(1)
    )
    number = session.scalars(query).first()
    return int(number.removeprefix(prefix)) if number else 0
