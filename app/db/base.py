"""What every table stands on: the metadata, its naming, and the few column types that cross the wire."""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, Dialect, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from app.domain.clock import from_micros, to_micros

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """An aware moment, kept as microseconds since 1970 UTC."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_micros(value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else from_micros(value)


Id = Annotated[str, mapped_column(String(36))]
"""UUID as text, lower case."""
Moment = Annotated[datetime, mapped_column(UtcTime)]
LongText = Annotated[str, mapped_column(Text)]
Number = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    """The tables that console and server share."""

    metadata = MetaData(naming_convention=NAMING)


class Synced:
    """A row that travels: made by whoever makes it, numbered by the server alone.

    ``version`` counts the changes of the row, ``seq`` is its place in the stream; both stay 0 until the server
    has seen the row, and a local command leaves them alone.
    """

    id: Mapped[Id] = mapped_column(primary_key=True)
    stream_id: Mapped[Id] = mapped_column(active_history=True)  # the server must know which stream a row leaves
    version: Mapped[Number] = mapped_column(default=0)
    seq: Mapped[Number] = mapped_column(default=0)
