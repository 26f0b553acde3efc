"""Makes rows that no session will hold, without the bookkeeping of one: a tenth of the time for a world of rows."""

from typing import Any, TypeVar

from sqlalchemy.orm.attributes import manager_of_class

from app.db.base import Synced

Row = TypeVar("Row", bound=Synced)


def bare(table: type[Row], **values: Any) -> Row:
    """A row of ``table`` with ``values``, as ``publish`` takes it; what is left out reads as ``None``."""
    row: Row = manager_of_class(table).new_instance()
    row.__dict__.update(values)
    return row
