"""A server of the console's own: a child process that ends with its parent."""

import logging
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from app.domain.errors import OutOfReachError

logger = logging.getLogger(__name__)

READY = "ready "
"""What a server writes before its address, on a line of its own, when a program started it."""
UNTIL_STDIN_ENDS = "--until-stdin-ends"
_START_S = 60.0
_STOP_S = 15.0


class EmbeddedServer:
    """Runs ``steward server`` over a database until closed; it also ends when this process dies, however it does."""

    def __init__(self, database_url: str, log: Path, port: int = 0) -> None:
        """Start it and wait until it answers. Raises ``OutOfReachError`` if it does not."""
        log.parent.mkdir(parents=True, exist_ok=True)
        command = [*own_command(), "server", "--database", database_url, "--port", str(port), UNTIL_STDIN_ENDS]
        with log.open("ab") as errors:
            self._process = subprocess.Popen(  # noqa: S603  # our own program
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # on Windows
            )
        self.address = self._wait(log)

    def close(self) -> None:
        """Have it finish what it is doing and end."""
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: S101, PT018  # both are pipes
        self._process.stdin.close()
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            logger.warning("the server did not end when it was told to")
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def _wait(self, log: Path) -> str:
        """The address, once the server has said that it is ready."""
        assert self._process.stdout is not None  # noqa: S101  # it is a pipe
        said: list[str] = []
        reader = threading.Thread(target=_read_ready, args=(self._process.stdout, said), name="embedded-server")
        reader.start()
        reader.join(_START_S)
        if not said:
            self._process.kill()
            reader.join()
            self.close()
            raise OutOfReachError("cli.server_did_not_start", log=str(log))
        return said[0]


def own_command() -> list[str]:
    """What starts this very program again."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]


def _read_ready(output: IO[str], said: list[str]) -> None:
    for line in output:
        if line.startswith(READY):
            said.append(line.removeprefix(READY).strip())
            return
