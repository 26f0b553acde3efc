"""Runs the server until it is told to end: by a signal, or by the end of the one who started it."""

import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import uvicorn
from typing_extensions import override

from app.domain.clock import Clock, SystemClock
from app.domain.errors import RefusedError
from app.server.application import make_application
from app.server.automation import Automation
from app.server.database import Database, migrate, open_database, require_current

logger = logging.getLogger(__name__)

_BACKLOG = 2048
_SHUTDOWN_S = 5


@dataclass(frozen=True, slots=True)
class Serving:
    """How a server is to run."""

    database_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    """0: any that is free."""
    is_migrating: bool = False
    """Bring the database up to date first, as a server of one PC does; a SQLite file always is."""
    parent: BinaryIO | None = None
    """End when this ends: what the process that started this one holds the other end of."""


def serve(serving: Serving, announce: Callable[[str], None] | None = None, clock: Clock | None = None) -> None:
    """Serve until told to end. ``announce`` is called with the address as soon as it answers.

    Raises ``StorageError`` when the database cannot be used, ``RefusedError`` when the port is taken.
    """
    clock = clock or SystemClock()
    database = open_database(serving.database_url)
    try:
        if serving.is_migrating or database.file is not None:
            migrate(database)
        require_current(database)
        _run(serving, database, clock, announce or (lambda _address: None))
    finally:
        database.close()


def _run(serving: Serving, database: Database, clock: Clock, announce: Callable[[str], None]) -> None:
    with _listen(serving) as listener:
        config = uvicorn.Config(
            make_application(database, clock),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=_SHUTDOWN_S,
        )
        host, port = listener.getsockname()[:2]
        server = _Server(config, announce, f"http://{f'[{host}]' if ':' in host else host}:{port}")
        automation = Automation(database, clock)
        automation.start()
        try:
            if serving.parent is not None:
                threading.Thread(target=server.end_with, args=(serving.parent,), name="parent", daemon=True).start()
            server.run(sockets=[listener])
        finally:
            automation.close()


class _Server(uvicorn.Server):
    """Says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[str], None], address: str) -> None:
        super().__init__(config)
        self._announce = announce
        self._address = address

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        logger.info("serving at %s", self._address)
        self._announce(self._address)

    def end_with(self, parent: BinaryIO) -> None:
        """Wait until the parent is gone, then end in order."""
        while parent.read(1):
            pass
        self.should_exit = True


def _listen(serving: Serving) -> socket.socket:
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    try:
        return socket.create_server((serving.host, serving.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise RefusedError("port_not_free", host=serving.host, port=serving.port) from error
