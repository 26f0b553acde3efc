"""How sync stands, as a person is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.errors import OpsError

CLOCK_TOLERANCE = timedelta(minutes=2)
"""A clock that is off by more is told of."""


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """How far a first fetch has come."""

    rows: int
    total: int | None = None
    """``None`` while nobody knows."""


@dataclass(frozen=True, slots=True)
class SyncState:
    """A moment of sync; a new one is told whenever anything of it changes."""

    is_online: bool = False
    pending: int = 0
    """Commands that the server has not answered."""
    refused: int = 0
    """Commands that came back and wait for their author."""
    last_synced_at: datetime | None = None
    """When cache and server last agreed."""
    fetching: FetchProgress | None = None
    clock_offset: timedelta | None = None
    """How far this PC's clock is behind the server's, when that is worth a word."""
    notice: OpsError | None = None
    """What a person must do before sync can go on: sign in, update the program, ask an administrator."""
