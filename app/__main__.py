"""Steward: reads the command line and starts the one program that it names."""

import argparse
import gc
import importlib
import logging
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from multiprocessing import freeze_support
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.embedded import READY, EmbeddedServer, own_command
from app.cli.program import run
from app.cli.terminal import Terminal
from app.config import Config, data_folder, database_url
from app.domain.clock import SystemClock
from app.domain.errors import StorageError
from app.domain.words import Language
from app.logs import log_to_file, log_to_stderr, stop_logging

_DEMO_CLERK = "0203"
_SHOTS = "demo-shots"
_SELF_TEST_DAYS = 2

# Window and server are imported by the command that needs them: each takes longer to load than most commands to run
# (docs/decisions/0012).


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit code."""
    freeze_support()
    programs = {
        "console": _console,
        "demo": _demo,
        "server": _server,
        "migrate": _migrate,
        "users": _users,
        "self-test": _self_test,
    }
    return run(sys.argv[1:] if argv is None else argv, programs)


def _console(arguments: argparse.Namespace, _terminal: Terminal) -> int:
    run_console = load_console()
    from app.ui.preferences import PreferencesFile  # noqa: PLC0415

    data = data_folder(arguments.data)
    handler = _log_of(data)
    address = arguments.server or PreferencesFile(data).read().server
    server = None if address else _own_server(data)
    try:
        return run_console(Config(data, server.address if server else address, arguments.language))
    finally:
        if server is not None:
            server.close()
        stop_logging(handler)


def _log_of(data: Path) -> logging.Handler:
    """The log in the data folder; elsewhere if need be: what is wrong with the folder is said in a window."""
    try:
        return log_to_file(data)
    except OSError:
        return log_to_stderr()


def load_console() -> Callable[[Config], int]:
    """What shows the console, loaded as fast as can be.

    Nothing is garbage while modules load, so nobody looks for any; Qt comes last, as it slows every import after it.
    """
    gc.disable()
    try:
        importlib.import_module("app.sync.sign_in")
        from app.ui.application.program import run as run_console  # noqa: PLC0415
    finally:
        gc.enable()
    gc.freeze()
    return run_console


def _own_server(data: Path) -> EmbeddedServer | None:
    """A server of the console's own, where somebody has made its database; otherwise the console asks for a server."""
    url = database_url(None, data)
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return None
    return EmbeddedServer(url, data / "server" / "server.log")


def _demo(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The console on the invented estate, beside a server of its own; pictures of it where there is no display."""
    from app.ui.application.visit import has_display  # noqa: PLC0415

    folder = Path(arguments.data or "demo-data").absolute()
    if has_display():
        return _demo_window(folder, terminal, arguments.port)
    if arguments.language:
        return _demo_pictures(terminal)
    terminal.say("cli.demo_without_display", folder=_SHOTS)
    children = [subprocess.Popen([*own_command(), "--language", language, "demo"]) for language in Language]  # noqa: S603
    return max(child.wait() for child in children)


def _demo_window(folder: Path, terminal: Terminal, port: int) -> int:
    from app.server.demo.seeding import PASSWORD  # noqa: PLC0415

    run_console = load_console()
    name = f"{terminal.language.value}-{datetime.now(UTC):%Y%m%d}"  # yesterday's estate would be late with everything
    data = folder / name / "console"
    data.mkdir(parents=True, exist_ok=True)
    for other in folder.glob(f"{terminal.language.value}-*"):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    terminal.say("cli.demo_seeding")
    with closing(_demo_server(folder / name, terminal.language, port=port)) as server:
        handler = _log_of(data)
        try:
            return run_console(Config(data, server.address, terminal.language.value, (_DEMO_CLERK, PASSWORD)))
        finally:
            stop_logging(handler)


def _demo_pictures(terminal: Terminal) -> int:
    """Pictures of every page in one language, of an estate seeded for them."""
    from app.server.demo.seeding import PASSWORD  # noqa: PLC0415
    from app.ui.application.pictures import Estate, draw  # noqa: PLC0415
    from app.ui.application.visit import Account  # noqa: PLC0415

    with TemporaryDirectory(prefix="steward-demo-", ignore_cleanup_errors=True) as name, ExitStack() as parts:
        server = _demo_server(Path(name), terminal.language)
        parts.callback(server.close)
        people = (Account(login, PASSWORD) for login in (_DEMO_CLERK, "0204", "0101"))
        config = Config(Path(name, "console"), None, terminal.language.value)
        draw(config, Estate(server.address, server.close, *people), Path(_SHOTS).absolute(), terminal.line)
    return 0


def _demo_server(folder: Path, language: Language, *, port: int = 0, days: int | None = None) -> EmbeddedServer:
    """A server over the seeded estate in ``folder``, seeded now where it is not yet, with orders of so many days."""
    from app.server.database import migrate, open_database  # noqa: PLC0415
    from app.server.demo.seeding import seed_database  # noqa: PLC0415
    from app.server.demo.world import DAYS  # noqa: PLC0415

    url = f"sqlite:///{(folder / 'server.sqlite').as_posix()}"
    with closing(open_database(url)) as database:
        migrate(database)
        seed_database(database, datetime.now(UTC), language, days=days or DAYS)
    return EmbeddedServer(url, folder / "server.log", port)


def _server(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from app.server.serving import Serving, serve  # noqa: PLC0415

    is_child = arguments.until_stdin_ends
    handler = log_to_stderr(logging.INFO)
    serving = Serving(
        database_url=_database(arguments),
        host=arguments.host,
        port=arguments.port,
        is_migrating=is_child,
        parent=sys.stdin.buffer if is_child else None,
    )

    def ready(address: str) -> None:
        if is_child:
            sys.stdout.write(f"{READY}{address}\n")
            sys.stdout.flush()
        else:
            terminal.say("cli.server_ready", address=address)

    try:
        serve(serving, ready)
    finally:
        stop_logging(handler)
    return 0


def _migrate(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from app.server.database import migrate, open_database  # noqa: PLC0415

    database = open_database(_database(arguments))
    try:
        migrate(database)
    finally:
        database.close()
    terminal.say("cli.migrated")
    return 0


def _users(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from app.server.administration import Administration  # noqa: PLC0415
    from app.server.database import open_database, require_current  # noqa: PLC0415

    database = open_database(_database(arguments))
    try:
        require_current(database)
        for line in Administration(database, SystemClock(), terminal.language, terminal.password).run(arguments):
            terminal.line(line)
    finally:
        database.close()
    return 0


def _self_test(_arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Every part of the program on seeded data, as a frozen copy must prove before it ships."""
    from app.server.demo.seeding import PASSWORD  # noqa: PLC0415
    from app.ui.application.self_test import check  # noqa: PLC0415
    from app.ui.application.visit import Account  # noqa: PLC0415

    with TemporaryDirectory(prefix="steward-self-test-", ignore_cleanup_errors=True) as name, ExitStack() as parts:
        server = parts.enter_context(closing(_demo_server(Path(name), Language.CHINESE, days=_SELF_TEST_DAYS)))
        config = Config(Path(name, "console"), None, terminal.language.value)
        check(config, server.address, Account(_DEMO_CLERK, PASSWORD), terminal.line)
    return 0


def _database(arguments: argparse.Namespace) -> str:
    """The server's database; the folder of the usual file is made."""
    url = database_url(arguments.database, data_folder())
    if arguments.database is None and url.startswith("sqlite:///"):
        try:
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError("database_unusable", detail=str(error)) from error
    return url


if __name__ == "__main__":
    sys.exit(main())
