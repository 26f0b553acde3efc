"""What scripts and people at a terminal share: the language, the password, plain tables, JSON."""

import getpass
import json
import locale
import os
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from app.config import LANGUAGE_VARIABLE
from app.domain.errors import OpsError, Param
from app.domain.words import Language, say

_PASSWORD_LENGTH = 1_000


def language_of(named: str | None, environment: Mapping[str, str] = os.environ) -> Language:
    """The language named, else that of ``STEWARD_LANGUAGE``, else that of the system."""
    candidates = (named, *(environment.get(key) for key in (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")))
    wanted = next(filter(None, candidates), None) or locale.getlocale()[0] or ""
    return Language.CHINESE if wanted.lower().startswith(("zh", "chinese")) else Language.ENGLISH


class UsageError(OpsError):
    """The command line makes no sense as it stands."""


class Terminal:
    """Where a command's words go, in the language asked for."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, code: str, **params: Param) -> None:
        """Write a sentence."""
        print(say(code, params, self.language), flush=True)

    def complain(self, code: str, params: Mapping[str, Param] | None = None) -> None:
        """Write a sentence where errors go."""
        reason = say(code, params, self.language)
        print(say("cli.failed", {"reason": reason}, self.language), file=sys.stderr, flush=True)

    def line(self, text: str) -> None:
        """Write a line as it is."""
        print(text)

    def json(self, value: Any) -> None:
        """Write a JSON document."""
        print(json.dumps(value, ensure_ascii=False, indent=2))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Write rows in columns, each as wide as its widest cell on a terminal (Chinese takes two places)."""
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
            print("  ".join(cells).rstrip())

    def password(self, user: str) -> str:
        """The password: typed unseen at a terminal, else the first line of standard input.

        Raises ``UsageError`` when there is none.
        """
        if sys.stdin.isatty():
            return getpass.getpass(say("cli.password_prompt", {"user": user}, self.language))
        password = sys.stdin.readline(_PASSWORD_LENGTH).rstrip("\r\n")
        if not password:
            raise UsageError("cli.password_missing")
        return password


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
