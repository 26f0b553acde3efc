"""``steward self-test``: a server of this very program, and a console that signs in and syncs with it."""

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.cli.embedded import EmbeddedServer
from app.cli.terminal import Terminal
from app.domain.clock import SystemClock
from app.domain.errors import OpsError
from app.store.store import Store
from app.sync.engine import SyncEngine
from app.sync.sign_in import SignIn

LOGIN, PASSWORD = "self-test", "self-test-password"
Prepare = Callable[[str, str, str], None]
"""Makes a database at an address, with an account of that login and password that sees every site."""


def check_server(terminal: Terminal, prepare: Prepare) -> None:
    """Start a server over a new database, sign in, and fetch all there is. Raises the ``OpsError`` of what fails."""
    with tempfile.TemporaryDirectory(prefix="steward-self-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        database = f"sqlite:///{(folder / 'server.sqlite').as_posix()}"
        prepare(database, LOGIN, PASSWORD)
        with closing(EmbeddedServer(database, folder / "server.log")) as server:
            rows = _sync(folder / "console", server.address)
    if not rows:
        raise OpsError("cli.self_test.nothing_came")
    terminal.say("cli.self_test.ok", what="@cli.self_test.server")


def _sync(folder: Path, address: str) -> int:
    """Set up a console, sign in and sync; returns the rows that came."""
    folder.mkdir()
    clock = SystemClock()
    with closing(Store.open(folder, clock)) as store:
        sign_in = SignIn(store, address, clock)
        sign_in.online(LOGIN, PASSWORD)
        with closing(SyncEngine(store, sign_in, clock)) as engine:
            rows = engine.sync_once().rows
        sign_in.sign_out()
    return rows
