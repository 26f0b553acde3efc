"""Rows as they stand on the wire: columns once, values as the database holds them, time in microseconds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, Table, select, type_coerce

from app.db.base import UtcTime
from app.protocol import TablePage

PAGE_BYTES = 4 * 1024 * 1024

Values = tuple[Any, ...]


@dataclass(slots=True)
class Budget:
    """How much more fits on a page."""

    rows: int
    bytes: int = PAGE_BYTES

    @property
    def is_spent(self) -> bool:
        """Whether the page is full."""
        return self.rows <= 0 or self.bytes <= 0

    def spend(self, rows: Sequence[Values]) -> None:
        """Count rows that are on the page now; every value but a text as a few bytes."""
        self.rows -= len(rows)
        self.bytes -= sum(len(value.encode()) if isinstance(value, str) else 8 for row in rows for value in row)


@dataclass(slots=True)
class Tables:
    """Rows gathered by table."""

    rows: dict[str, list[Values]] = field(default_factory=dict)

    def add(self, table: Table, rows: Sequence[Values]) -> None:
        """Take in rows of :func:`select_images`."""
        self.rows.setdefault(table.name, []).extend(rows)

    def pages(self, metadata_tables: Sequence[Table]) -> dict[str, TablePage]:
        """The gathered rows, a page each table, in the order of ``metadata_tables``."""
        return {
            table.name: page(table, self.rows[table.name]) for table in metadata_tables if self.rows.get(table.name)
        }


def select_images(table: Table) -> Select[Any]:
    """All columns of a table, as the database holds them."""
    return select(
        *(
            type_coerce(column, column.type.impl) if isinstance(column.type, UtcTime) else column
            for column in table.columns
        )
    )


def page(table: Table, rows: Sequence[Values]) -> TablePage:
    """Rows of :func:`select_images` under the names of their columns; not validated again, they are our own."""
    return TablePage.model_construct(columns=tuple(table.columns.keys()), rows=tuple(rows))
