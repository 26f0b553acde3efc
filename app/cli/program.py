"""Runs what the command line asks for, and says how it went: by words, and by the exit code."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from app.cli.arguments import named_language, parse
from app.cli.terminal import Terminal, UsageError, language_of
from app.domain.errors import OpsError, OutOfReachError
from app.logs import log_to_stderr, stop_logging

logger = logging.getLogger(__name__)

DONE, REFUSED, USAGE, OUT_OF_REACH = range(4)
"""Exit codes."""
Program = Callable[[argparse.Namespace, Terminal], int]

_LOGGING_THEMSELVES = frozenset({"console", "demo", "server"})


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


# Each is imported by the command that needs it: a telephone that rings does not wait for what an import needs
# (docs/decisions/0012).


def _call(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from app.cli.calls import run as call  # noqa: PLC0415

    return call(arguments, terminal)


def _import(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from app.cli.imports import run as take_in  # noqa: PLC0415

    return take_in(arguments, terminal)


def _orders(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from app.cli.orders import run as see_to_orders  # noqa: PLC0415

    return see_to_orders(arguments, terminal)


def _sync(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from app.cli.syncing import run as sync  # noqa: PLC0415

    return sync(arguments, terminal)


_OWN: Mapping[str, Program] = {"call": _call, "import": _import, "orders": _orders, "sync": _sync}
