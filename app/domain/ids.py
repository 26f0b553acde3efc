"""Identifiers: time-ordered for what people make, derived for what several parties would make alike."""

import secrets
import time
from uuid import UUID, uuid5

STREAM_CLASSES = ("work", "people", "staff", "security")

_STEWARD = UUID("6f1f2a52-3b52-5d5e-9c61-6a1d0e7b9f10")
COMPANY_STREAM = str(uuid5(_STEWARD, "company"))


def new_id() -> str:
    """A UUIDv7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then 74 random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))


def derived_id(parent: str, *parts: object) -> str:
    """The id of a row that follows from ``parent``, the same wherever it is made."""
    return str(uuid5(UUID(parent), ":".join(map(str, parts))))


def named_id(*parts: object) -> str:
    """The id of a row named by words alone, as an imported row is by its source and key."""
    return str(uuid5(_STEWARD, "\x1f".join(map(str, parts))))


def stream_id(site_id: str, stream_class: str) -> str:
    """The stream that carries the rows of one class of one site (a stream is the unit of read permission)."""
    if stream_class not in STREAM_CLASSES:
        raise ValueError(stream_class)
    return derived_id(site_id, stream_class)
