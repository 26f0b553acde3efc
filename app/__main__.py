"""Steward: reads the command line and starts the one program that it names."""

import argparse
import logging
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing import freeze_support
from pathlib import Path

from app.cli.embedded import READY, EmbeddedServer
from app.cli.program import run
from app.cli.terminal import Terminal
from app.config import Config, data_folder, database_url
from app.domain.clock import SystemClock
from app.domain.permissions import Role
from app.logs import log_to_file, log_to_stderr, stop_logging

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
    from app.ui.application.program import run as run_console  # noqa: PLC0415
    from app.ui.preferences import PreferencesFile  # noqa: PLC0415

    data = data_folder(arguments.data)
    data.mkdir(parents=True, exist_ok=True)
    handler = log_to_file(data)
    address = arguments.server or PreferencesFile(data).read().server
    server = None if address else _own_server(data)
    try:
        return run_console(Config(data, server.address if server else address, arguments.language))
    finally:
        if server is not None:
            server.close()
        stop_logging(handler)


def _own_server(data: Path) -> EmbeddedServer | None:
    """A server of the console's own, where somebody has made its database; otherwise the console asks for a server."""
    url = database_url(None, data)
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return None
    return EmbeddedServer(url, data / "server" / "server.log")


def _demo(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The console on the invented estate, beside a server of its own; pictures of it where there is no display."""
    from app.ui.application import pictures  # noqa: PLC0415
    from app.ui.application.program import run as run_console  # noqa: PLC0415

    folder = Path(arguments.data or "demo-data").absolute()
    if not pictures.has_display():
        terminal.say("cli.demo_without_display", folder="demo-shots")
        return pictures.draw_all(folder, Path("demo-shots").absolute(), terminal.line)
    language = terminal.language
    server = _demo_server(folder, language.value, terminal, arguments.port)
    try:
        data = folder / f"console-{language.value}"
        data.mkdir(parents=True, exist_ok=True)
        handler = log_to_file(data)
        try:
            return run_console(Config(data, server.address, language.value, is_demo=True))
        finally:
            stop_logging(handler)
    finally:
        server.close()


def _demo_server(folder: Path, language: str, terminal: Terminal, port: int = 0) -> EmbeddedServer:
    """A server over the seeded estate in ``folder``, seeded now where it is not yet."""
    from app.server.database import migrate, open_database  # noqa: PLC0415
    from app.server.demo.seeding import seed_database  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{(folder / f'server-{language}.sqlite').as_posix()}"
    database = open_database(url)
    try:
        migrate(database)
        terminal.say("cli.demo_seeding")
        seed_database(database, datetime.now(UTC), terminal.language)
    finally:
        database.close()
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
    from app.cli.self_test import check_server  # noqa: PLC0415
    from app.ui.application import pictures  # noqa: PLC0415

    check_server(terminal, _prepare)
    return pictures.self_test(terminal.line)


def _prepare(url: str, login: str, password: str) -> None:
    """Make a server's database with one account that sees every site."""
    from app.server import accounts  # noqa: PLC0415
    from app.server.database import migrate, open_database  # noqa: PLC0415

    with closing(open_database(url)) as database:
        migrate(database)
        with database.write() as session:
            accounts.add_user(session, accounts.NewUser(login, login, password))
            accounts.grant_role(session, login, Role.ADMINISTRATOR)


def _database(arguments: argparse.Namespace) -> str:
    """The server's database; the folder of the usual file is made."""
    url = database_url(arguments.database, data_folder())
    if arguments.database is None and url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return url


if __name__ == "__main__":
    sys.exit(main())
