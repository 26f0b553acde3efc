"""What one run was told by its command line and the environment; nothing here is changed while it runs."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

DATA_VARIABLE = "STEWARD_DATA"
SERVER_VARIABLE = "STEWARD_SERVER"
DATABASE_VARIABLE = "STEWARD_DATABASE"
LANGUAGE_VARIABLE = "STEWARD_LANGUAGE"


@dataclass(frozen=True, slots=True)
class Config:
    """Where this run keeps its things and whom it speaks to."""

    data: Path
    """The data folder: cache, log and settings of this PC."""
    server_url: str | None = None
    """``None``: what the settings of this PC say, and where they say nothing, whom its first run is told of."""
    language: str | None = None
    """``zh`` or ``en``; ``None``: what the settings say, and the system's where they say nothing."""
    account: tuple[str, str] | None = None
    """Login and password of whoever is signed in at once, as in the demo."""


def data_folder(named: str | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """The data folder: the one named, else that of ``STEWARD_DATA``, else the usual place of this system."""
    where = named or environment.get(DATA_VARIABLE)
    return Path(where).expanduser().absolute() if where else platformdirs.user_data_path("steward", appauthor=False)


def database_url(named: str | None, data: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The server's database: the one named, else that of ``STEWARD_DATABASE``, else a SQLite file in ``data``."""
    where = named or environment.get(DATABASE_VARIABLE)
    return where or f"sqlite:///{(data / 'server' / 'steward.sqlite').as_posix()}"
