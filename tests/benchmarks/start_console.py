"""The console with a clerk before it: python -m tests.benchmarks.start_console console … as ``steward console …``."""

import importlib
import sys
from collections.abc import Callable

import app.__main__ as steward
from app.config import Config


def main() -> None:
    """Do what the command line says. The clerk comes once the program has loaded what it needs, and in its order."""
    load_console = steward.load_console

    def load_watched() -> Callable[[Config], int]:
        run = load_console()
        clerk = importlib.import_module("tests.benchmarks.start_clerk")
        importlib.import_module(run.__module__).Program = clerk.WatchedProgram  # type: ignore[attr-defined]
        return run

    steward.load_console = load_watched
    sys.argv[1:] = sys.argv[sys.argv.index("console") :]
    sys.exit(steward.main())


if __name__ == "__main__":
    main()
