"""``steward call``: hands a telephone call to the console that runs on this PC."""

import argparse

from app.cli.terminal import Terminal
from app.config import data_folder
from app.store.doorbell import ring


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Ring at the console of the data folder."""
    ring(data_folder(arguments.data), arguments.number)
    terminal.say("cli.called", number=arguments.number)
    return 0
