"""Runs what the command line asks for, and says how it went: by words, and by the exit code."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from app.cli import calls, imports, orders, syncing
from app.cli.arguments import named_language, parse
from app.cli.terminal import Terminal, UsageError, language_of
from app.domain.errors import OpsError, OutOfReachError
from app.logs import log_to_stderr, stop_logging

logger = logging.getLogger(__name__)

DONE, REFUSED, USAGE, OUT_OF_REACH = range(4)
"""Exit codes."""
Program = Callable[[argparse.Namespace, Terminal], int]

_LOGGING_THEMSELVES = frozenset({"console", "demo", "server"})
_OWN: Mapping[str, Program] = {
    "import": imports.run,
    "call": calls.run,
    "orders": orders.run,
    "sync": syncing.run,
}


def run(argv: Sequence[str], programs: Mapping[str, Program]) -> int:
    """Do what ``argv`` says and return the exit code; ``programs`` are those that are not the command line's own."""
    language = language_of(named_language(argv))
    arguments = parse(argv, language)
    terminal = Terminal(language)
    handler = log_to_stderr(logging.ERROR) if arguments.command not in _LOGGING_THEMSELVES else None
    try:
        code = {**_OWN, **programs}[arguments.command](arguments, terminal)
        sys.stdout.flush()
    except UsageError as error:
        return _failed(terminal, error, USAGE)
    except OutOfReachError as error:
        return _failed(terminal, error, OUT_OF_REACH)
    except OpsError as error:
        return _failed(terminal, error, REFUSED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that nothing is written at exit either
        return REFUSED
    except KeyboardInterrupt:
        return REFUSED
    finally:
        if handler is not None:
            stop_logging(handler)
    return code


def _failed(terminal: Terminal, error: OpsError, code: int) -> int:
    terminal.complain(error.code, error.params)
    return code
