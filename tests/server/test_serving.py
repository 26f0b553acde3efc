"""A server in a process's own hands: started, asked, ended."""

import json
import os
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from app.domain.errors import RefusedError, StorageError
from app.server.serving import Serving, serve
from tests.postgres import PostgresServer


@contextmanager
def served(url: str, host: str = "127.0.0.1") -> Iterator[str]:
    """Lend the address of a server that ends when its parent's pipe does."""
    ours, theirs = os.pipe()
    addresses: list[str] = []
    is_up = threading.Event()

    def announce(address: str) -> None:
        addresses.append(address)
        is_up.set()

    with os.fdopen(ours, "rb") as parent, os.fdopen(theirs, "wb") as held:
        serving = Serving(url, host=host, port=0, is_migrating=True, parent=parent)
        thread = threading.Thread(target=serve, args=(serving, announce))
        thread.start()
        assert is_up.wait(timeout=30)
        yield addresses[0]
        held.write(b"still here")
        held.close()
        thread.join(timeout=30)
        assert not thread.is_alive()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_server_answers_until_its_parent_is_gone(tmp_path: Path, host: str) -> None:
    url = f"sqlite:///{tmp_path}/steward.sqlite"
    with served(url, host) as address, urllib.request.urlopen(f"{address}/v1/health") as answer:
        assert json.load(answer)["marker"] == "steward/1"
        assert "Server" not in answer.headers
    with pytest.raises(OSError, match="refused"), urllib.request.urlopen(f"{address}/v1/health"):
        pass


def test_a_taken_port_is_said_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RefusedError, match="port_not_free"):
            serve(Serving(f"sqlite:///{tmp_path}/steward.sqlite", port=port))


def test_a_server_without_a_parent_waits_for_no_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def end_at_once(_server: uvicorn.Server) -> None:
        return

    monkeypatch.setattr(uvicorn.Server, "main_loop", end_at_once)
    addresses: list[str] = []
    serve(Serving(f"sqlite:///{tmp_path}/steward.sqlite", port=0), addresses.append)
    serve(Serving(f"sqlite:///{tmp_path}/steward.sqlite", port=0))
    assert len(addresses) == 1


@pytest.mark.postgres
def test_a_shared_database_is_migrated_by_whoever_is_told_to(postgres: PostgresServer) -> None:
    name = postgres.create()
    with pytest.raises(StorageError, match="database_not_migrated"):
        serve(Serving(postgres.url(name), port=0))
    postgres.drop(name)
