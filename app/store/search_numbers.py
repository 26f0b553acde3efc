"""The numbers of search documents: they rise with the time of what is found, so that the newest need no sorting."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from app.domain.clock import to_micros

_BLOCK = 1 << 16
"""Numbers a minute; when they are used up, those of the next minute are taken."""
_DATELESS = 1 << 24
"""Blocks before the first minute: the numbers of what has no time."""
_MINUTE_US = 60_000_000


def free_numbers(connection: Connection, times: Sequence[datetime | None]) -> list[int]:
    """A number nobody has for each of these times."""
    free = _free(connection, {_block(at) for at in times})
    numbers = []
    for at in times:
        block = _block(at)
        while _has_no_room(connection, free, block):
            block += 1
        numbers.append(free[block])
        free[block] += 1
    return numbers


def _has_no_room(connection: Connection, free: dict[int, int], block: int) -> bool:
    if block not in free:
        free.update(_free(connection, {block}))
    return free[block] >= _end(block)


def _free(connection: Connection, blocks: Iterable[int]) -> dict[int, int]:
    """Block → the number after the last that is taken in it."""
    bounds = [(block, block * _BLOCK, _end(block)) for block in blocks]
    query = """
        SELECT value ->> 0, (
            SELECT coalesce(max(doc) + 1, value ->> 1)
            FROM search_document WHERE doc >= value ->> 1 AND doc < value ->> 2
        ) FROM json_each(?)
    """
    return dict(connection.exec_driver_sql(query, (json.dumps(bounds),)).all())


def is_number_of(number: int, at: datetime | None) -> bool:
    """Whether this number is one that something of this time gets."""
    return _block(at) * _BLOCK <= number < _end(_block(at))


def _block(at: datetime | None) -> int:
    return 0 if at is None else _DATELESS + max(0, to_micros(at) // _MINUTE_US)


def _end(block: int) -> int:
    return _DATELESS * _BLOCK if block == 0 else (block + 1) * _BLOCK
