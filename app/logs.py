"""The log: a file that turns over in the data folder, the error stream for scripts, and no secret in either."""

import logging
import re
import sys
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override

LOG_FILE = "steward.log"
_FILE_BYTES = 2 * 1024 * 1024
_FILES_KEPT = 5
_LINE = "%(asctime)s.%(msecs)03dZ %(levelname)-7s %(threadName)s %(name)s: %(message)s"
_HIDDEN = "***"

_SECRETS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w~+/.=-]+"), rf"\1 {_HIDDEN}"),
    (re.compile(r"(://[^\s:/@]*:)[^\s@]+@"), rf"\1{_HIDDEN}@"),
    (
        re.compile(
            r"(?i)([\w-]*(?:password|passwd|token|secret|lease|authorization)[\w-]*[\"']?\s*[:=]\s*)"
            r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^\s,;&)}\]]+)"
        ),
        rf"\1{_HIDDEN}",
    ),
    (re.compile(r"(?<![\w.-])(?:\+?86[ -]?)?(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?![\w-])"), rf"\1{_HIDDEN}\2"),
    (re.compile(r"(?<![\w.-])\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?(\d{4})(?![\w-])"), rf"{_HIDDEN}\1"),
)


def redact(text: str) -> str:
    """``text`` without passwords, tokens and telephone numbers."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class RedactingFormatter(logging.Formatter):
    """Formats a record whole, its traceback included, and then takes the secrets out."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def log_to_file(folder: Path, name: str = LOG_FILE) -> logging.Handler:
    """Send the log from INFO on to a file in ``folder``; raises ``OSError`` if it cannot be made."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / name, maxBytes=_FILE_BYTES, backupCount=_FILES_KEPT, encoding="utf-8")
    return _install(handler, logging.INFO)


def log_to_stderr(level: int = logging.WARNING) -> logging.Handler:
    """Send the log from ``level`` on to the error stream."""
    return _install(logging.StreamHandler(sys.stderr), level)


def stop_logging(handler: logging.Handler) -> None:
    """Undo one of the above."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def _install(handler: logging.Handler, level: int) -> logging.Handler:
    formatter = RedactingFormatter(_LINE, datefmt="%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    handler.setLevel(level)
    root = logging.getLogger()
    root.addHandler(handler)
    if root.level > level or root.level == logging.NOTSET:
        root.setLevel(level)
    return handler
