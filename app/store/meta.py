"""What this console knows of itself: its id, desk number, lease, server; and the numbers it gives to orders."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.domain.errors import StorageError
from app.domain.numbers import format_number
from app.store.tables import Counter, Meta

CONSOLE = "console_id"
DESK = "number_prefix"


def get(session: Session, key: str) -> str | None:
    """One thing kept under a key, or ``None``."""
    row = session.get(Meta, key)
    return row.value if row else None


def put(session: Session, values: Mapping[str, str | None]) -> None:
    """Keep values under their keys; ``None`` forgets one."""
    for key, value in values.items():
        row = session.get(Meta, key)
        if value is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(Meta(key=key, value=value))
        else:
            row.value = value
    session.flush()


def desk(session: Session) -> str:
    """The desk number, or ``""`` before enrolment."""
    return get(session, DESK) or ""


def reserve_number(session: Session, day: date) -> str:
    """The next order number of this desk for a local day; never given twice, gaps allowed."""
    prefix = desk(session)
    if not prefix:
        raise StorageError("not_enrolled")
    row = session.get(Counter, day.isoformat())
    if row is None:
        row = Counter(day=day.isoformat(), value=0)
        session.add(row)
    row.value += 1
    return format_number(day, prefix, row.value)
