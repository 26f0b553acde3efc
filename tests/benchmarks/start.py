"""From the command line to a usable queue: the real program over the demo estate, watched from within.

``start_s`` is what a person waits for: from spawning ``steward console --data D --server URL`` to a sign-in page that
is painted and awaits the password, and from the Return key after it to a queue whose rows and reading pane are painted;
the second in which the password is typed is not counted. The cache is there, the server is up and asked, and Python has
compiled the modules at an earlier start. ``frozen_start_s`` is the same of dist/steward, if it has been built.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from app.cli.embedded import EmbeddedServer, own_command
from app.domain.words import Language
from app.server.database import migrate, open_database
from app.server.demo.seeding import PASSWORD, seed_database
from tests.benchmarks.figures import ROUNDS, Figure
from tests.benchmarks.start_clerk import AWAITS_PASSWORD, HAS_QUEUE, PRESSES_RETURN

ROOT = Path(__file__).parents[2]
FROZEN = ROOT / "dist" / "steward" / "steward"
LOGIN = "0203"
_MODULE = "tests.benchmarks.start_console"
# A frozen program runs no code but its own, and what multiprocessing would start in it: words that begin like these.
_WATCH_FROZEN = (
    f"from multiprocessing.resource_tracker import main; import sys; sys.path.append({str(ROOT)!r}); "
    f"from {_MODULE} import main; main()"
)


class Start(NamedTuple):
    """One start, in seconds."""

    page: float
    """Until the password could be typed."""
    queue: float
    """From then on, without the typing."""
    processor: float

    @property
    def whole(self) -> float:
        """What the person waits for."""
        return self.page + self.queue


def measure() -> list[Figure]:
    """Seed a server, fetch a cache from it, and start consoles on it, one after another."""
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder, _estate(Path(folder)) as options:
        _let_python_keep_what_it_compiles(Path(folder))
        source = [sys.executable, "-m", _MODULE, *options]
        _start(source)
        figures = _figures("", [_start(source) for _ in range(ROUNDS)])
        empty = statistics.median(_empty_start() for _ in range(ROUNDS))
        figures.append(Figure("empty_start_s", empty, says="an empty window of Qt, until it is painted"))
        if FROZEN.exists():
            frozen = [str(FROZEN), "-S", "-B", "-I", "-c", _WATCH_FROZEN, *options]
            figures += _figures("frozen_", [_start(frozen) for _ in range(ROUNDS)])
    return figures


def _let_python_keep_what_it_compiles(folder: Path) -> None:
    """As it does for everybody who has not told it not to; apart from the source files."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")


def _figures(name: str, starts: Sequence[Start]) -> list[Figure]:
    pages, queues, wholes, processors = (
        statistics.median(found)
        for found in zip(*((*start[:2], start.whole, start[2]) for start in starts), strict=True)
    )
    return [
        Figure(f"{name}start_s", wholes, 1.5, "from the command line to a usable queue, without the typing"),
        Figure(f"{name}start_page_s", pages, says="of it until the sign-in page awaits the password"),
        Figure(f"{name}start_queue_s", queues, says="of it from Return until queue and pane are painted"),
        Figure(f"{name}start_processor_s", processors, says="time of a processor that it takes"),
    ]


@contextmanager
def _estate(folder: Path) -> Iterator[list[str]]:
    """A server over the demo estate, and the words that start a console whose cache was fetched from it."""
    url = f"sqlite:///{(folder / 'server.sqlite').as_posix()}"
    with closing(open_database(url)) as database:
        migrate(database)
        seed_database(database, datetime.now(UTC), Language.CHINESE)
    with closing(EmbeddedServer(url, folder / "server.log")) as server:
        options = ["--data", str(folder / "console"), "--server", server.address]
        syncing = [*own_command(), "sync", "--once", *options, "--user", LOGIN]
        subprocess.run(syncing, input=PASSWORD, check=True, stdout=subprocess.DEVNULL, text=True)
        yield ["console", *options]


def _start(command: Sequence[str]) -> Start:
    """Start a console, type the password, and watch until the queue is there."""
    begun = time.perf_counter()
    with _spawn(command) as program:
        assert program.stdin
        assert program.stdout
        program.stdin.write(f"{PASSWORD}\n")
        program.stdin.flush()
        seen, processor = {}, 0.0
        for line in program.stdout:
            mark, said = line.split()
            seen[mark], processor = time.perf_counter() - begun, float(said)
    if program.returncode:
        raise RuntimeError(f"the console ended with {program.returncode}")
    return Start(seen[AWAITS_PASSWORD], seen[HAS_QUEUE] - seen[PRESSES_RETURN], processor)


def _empty_start() -> float:
    begun = time.perf_counter()
    with _spawn([sys.executable, "-m", "tests.benchmarks.empty_window"]) as program:
        assert program.stdout
        program.stdout.readline()
        taken = time.perf_counter() - begun
        program.stdout.read()
    return taken


def _spawn(command: Sequence[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
