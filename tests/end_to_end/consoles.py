"""Real consoles with a window of their own, each with nothing but a keyboard before it and eyes upon it."""

import contextlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.end_to_end.programs import PASSWORD, ROOT


class EndedError(Exception):
    """The console was killed as it had been arranged."""


class Screen(NamedTuple):
    """What was shown at a moment."""

    lines: tuple[str, ...]
    """A line a part; before what has the keyboard stands ``> ``."""

    def find(self, pattern: str) -> "re.Match[str] | None":
        """The first line in which the pattern is found."""
        return next((found for line in self.lines if (found := re.search(pattern, line))), None)


class ConsoleProcess:
    """``steward console`` in English, over a data folder. What is asked when it is killed raises ``EndedError``."""

    def __init__(self, data: Path, server: str) -> None:
        command = [sys.executable, "-m", "tests.end_to_end.driven_console", "--data", str(data), "--server", server]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
        self._doom: tuple[int, float] | None = None
        self.screens: list[Screen] = []
        """What it showed, after everything that was asked of it."""

    def press(self, *keys: str) -> None:
        """Press keys, each as it is written in the menus."""
        self._ask("press", *keys)

    def type(self, text: str) -> None:
        """Type a text to whatever has the keyboard."""
        self._ask("type", text)

    def see(self, pattern: str) -> "re.Match[str]":
        """Wait until a line is shown in which the pattern is found."""
        self._ask("see", pattern)
        found = self.screens[-1].find(pattern)
        assert found is not None, "\n".join([f"no {pattern!r} in", *self.screens[-1].lines])
        return found

    def draw(self, file: Path) -> None:
        """Draw its windows, for whoever wonders what it shows."""
        self._ask("draw", str(file))

    def sign_in(self, login: str, *, is_known: bool = False) -> None:
        """Say who one is; where this console has seen nobody else, the password is enough."""
        if is_known:
            self.see("> Password")
        else:
            self.see("> Employee number")
            self.type(login)
            self.press("Tab")
        self.type(PASSWORD)
        self.press("Return")
        self.see("^New order")

    def take_call(self, caller: str, matter: str) -> str:
        """Open an order for somebody who rings and has none open; returns its number as it is shown."""
        self.press("Ctrl+N")
        self.see(r"^> Who calls\?$")
        self.type(caller)
        self.press("Return")
        self.see("^> What$")
        self.type(matter)
        self.press("Ctrl+Return")
        number = self.see(r"(\S+) is open, ")[1]
        self.press("Escape")
        self.see("^> Orders")
        return number

    def kill_at(self, turn: int, seconds: float) -> None:
        """Arrange that it is killed a moment after it will have been asked ``turn`` times in all."""
        self._doom = (turn, seconds)

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process.poll() is None, "it ended before it was killed"
        self._process.kill()
        self._read()
        self._let_go()

    def close(self) -> None:
        """Close its window, unless it is gone already."""
        assert self._process.stdin
        if not self._process.stdin.closed:
            self._process.stdin.close()
            self._process.wait(60)
            self._let_go()

    def _ask(self, *words: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        if self._doom is not None and len(self.screens) + 1 >= self._doom[0]:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(self._doom[1])
            self.kill()
            raise EndedError
        assert self._read(), "it ended by itself"

    def _read(self) -> bool:
        """Take the answer, if it has been given whole."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line.endswith("\n"):
            return False
        self.screens.append(Screen(tuple(json.loads(line))))
        return True

    def _let_go(self) -> None:
        self._process.wait(30)
        assert self._process.stdin
        assert self._process.stdout
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.stdout.close()
