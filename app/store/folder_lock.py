"""The lock on a data folder: one console at a time, freed by the system when the program dies."""

import sys
from pathlib import Path
from typing import IO

from app.domain.errors import StorageError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FolderLock:
    """Holds ``steward.lock`` in a folder until closed."""

    def __init__(self, folder: Path) -> None:
        """Make the folder if need be and lock it.

        Raises ``StorageError``: another console holds it, or it cannot be written.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file: IO[str] = (folder / "steward.lock").open("a", encoding="ascii")
        except OSError as error:
            raise StorageError("folder_not_writable", folder=str(folder), detail=error.strerror or "") from error
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise StorageError("folder_locked", folder=str(folder)) from error

    def close(self) -> None:
        """Let go of the folder."""
        self._file.close()


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
