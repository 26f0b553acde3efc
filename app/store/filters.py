"""Filters of a list that a person keeps under a name, at this PC."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.changes import Changes
from app.domain.errors import NotFoundError
from app.store.tables import SavedFilter
from app.store.writing import Writer


class FilterItem(NamedTuple):
    """A filter under its name."""

    id: str
    user_id: str
    page: str
    name: str
    body: Mapping[str, Any]
    """What the page understands: conditions, columns, sort."""
    is_starred: bool = False
    sort: int = 0


def list_filters(session: Session, user_id: str, page: str) -> list[FilterItem]:
    """A person's filters of one page, in the order they want."""
    query = select(SavedFilter).where(SavedFilter.user_id == user_id, SavedFilter.page == page)
    rows = session.scalars(query.order_by(SavedFilter.sort, SavedFilter.name, SavedFilter.id))
    return [
        FilterItem(row.id, row.user_id, row.page, row.name, row.body, bool(row.is_starred), row.sort) for row in rows
    ]


class Filters:
    """Keeps saved filters; on disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def save(self, item: FilterItem) -> None:
        """Keep a filter, new or changed."""

        def task(session: Session, changes: Changes) -> None:
            row = session.get(SavedFilter, item.id) or SavedFilter(id=item.id)
            row.user_id, row.page, row.name, row.body = item.user_id, item.page, item.name, dict(item.body)
            row.is_starred, row.sort = int(item.is_starred), item.sort
            session.add(row)
            changes.add(SavedFilter.__tablename__, [item.id])

        self._writer.run(task)

    def remove(self, filter_id: str) -> FilterItem:
        """Delete a filter; returns it, so that it can be saved again. Raises ``NotFoundError``."""

        def task(session: Session, changes: Changes) -> FilterItem:
            row = session.get(SavedFilter, filter_id)
            if row is None:
                raise NotFoundError("filter_gone")
            session.delete(row)
            changes.add(SavedFilter.__tablename__, [filter_id])
            return FilterItem(row.id, row.user_id, row.page, row.name, row.body, bool(row.is_starred), row.sort)

        return self._writer.run(task)
