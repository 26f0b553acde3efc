"""Measure: python -m tests.benchmarks NAME [--json FILE]; NAME is a module of this folder with ``measure()``."""

import argparse
import importlib
import os
from pathlib import Path

from tests.benchmarks.figures import Figure, calibration, table, write_json

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The benchmarks there are: every module that measures."""
    found = (path for path in FOLDER.glob("*.py") if path.stem != "__main__")
    return sorted(path.stem for path in found if "\ndef measure(" in path.read_text("utf-8"))


def main() -> None:
    """Measure one thing, print it, and keep it where asked for."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure, and print a table.")
    parser.add_argument("name", choices=names())
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as one flat JSON object")
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    measured: list[Figure] = [calibration(), *importlib.import_module(f"tests.benchmarks.{asked.name}").measure()]
    print(table(measured))
    if asked.json is not None:
        write_json(asked.json, measured)


if __name__ == "__main__":
    main()
