"""Real processes of the program, as a shell starts them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

PASSWORD = "correct horse"
PYTHON = [sys.executable, "-m", "app", "--language", "en"]
ROOT = Path(__file__).parents[2]


class Ran(NamedTuple):
    """How a program ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document it printed."""
        return json.loads(self.out)


def steward(*words: object, stdin: str = f"{PASSWORD}\n") -> Ran:
    """Run a command to its end."""
    command = [*PYTHON, *map(str, words)]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)
    return Ran(done.returncode, done.stdout, done.stderr)


def start(*words: object) -> "subprocess.Popen[str]":
    """Start a command that is fed and ended by the test."""
    command = [*PYTHON, *map(str, words)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)


class ServerProcess:
    """``steward server`` over a database, as an administrator runs it."""

    def __init__(self, database: str, port: int = 0) -> None:
        self._process = start("server", "--database", database, "--port", port)
        assert self._process.stdout
        self.address = self._process.stdout.readline().split()[-1]
        self.port = int(self.address.rpartition(":")[2])

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def close(self) -> None:
        """End it in order."""
        self._end(signal.SIGTERM)

    def _end(self, how: int) -> None:
        if self._process.poll() is None:
            os.kill(self._process.pid, how)
        self._process.wait(30)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
