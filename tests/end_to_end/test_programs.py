"""The program as a shell sees it: from an empty database to an order that went there and back."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from app.cli.embedded import EmbeddedServer
from app.domain.clock import SystemClock
from app.domain.errors import OutOfReachError
from app.sync.credentials import Credentials
from app.sync.transport import Transport
from tests.end_to_end.programs import ROOT, ServerProcess, steward


def is_there(address: str) -> bool:
    """Whether a server answers there."""
    transport = Transport(address, Credentials(), SystemClock())
    try:
        transport.health()
    except OutOfReachError:
        return False
    finally:
        transport.close()
    return True


@pytest.mark.slow
def test_an_administrator_sets_up_a_company_and_a_clerk_works_there(tmp_path: Path) -> None:
    database = f"sqlite:///{(tmp_path / 'new' / 'company.sqlite').as_posix()}"
    assert steward("users", "list", "--database", database).code == 1  # nothing is made without being asked for
    assert steward("migrate", "--database", database).code == 0
    assert (
        steward("users", "add", "admin", "--name", "管理员", "--role", "administrator", "--database", database).code
        == 0
    )
    assert "admin" in steward("users", "list", "--database", database).out
    server = ServerProcess(database)
    try:
        synced = steward(
            "sync", "--once", "--data", tmp_path / "pc", "--server", server.address, "--user", "admin", "--json"
        )
        assert synced.code == 0, synced.err
        assert synced.json["rows"] == 1  # the administrator
    finally:
        server.close()
    assert not is_there(server.address)


@pytest.mark.slow
def test_two_pcs_work_while_the_server_is_killed_and_comes_back(company: str, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    server = ServerProcess(company)
    at = ("--server", server.address)
    for data in (folder, other):
        assert steward("sync", "--once", "--data", data, "--user", "lin", *at).code == 0
    server.kill()
    mine = ("--data", folder, "--user", "lin")
    made = steward("orders", "new", *mine, "--description", "厨房漏水", "--unit", "3 幢 1502", "--json")
    assert made.code == 0, made.err
    assert steward("sync", "--once", *mine, *at).code == 3
    server = ServerProcess(company, server.port)
    try:
        assert steward("sync", "--once", *mine, *at).code == 0
        assert steward("sync", "--once", "--data", other, "--user", "lin", *at).code == 0
        seen = steward("orders", "show", made.json["number"], "--data", other, "--user", "lin", "--json")
        assert seen.json["description"] == "厨房漏水"
    finally:
        server.close()


def test_a_console_brings_a_server_of_its_own_and_takes_it_along(company: str, tmp_path: Path) -> None:
    server = EmbeddedServer(company, tmp_path / "logs" / "server.log")
    assert is_there(server.address)
    server.close()
    assert not is_there(server.address)
    assert "serving at" in (tmp_path / "logs" / "server.log").read_text("utf-8")


def test_a_server_that_cannot_start_is_told_with_where_to_look(tmp_path: Path) -> None:
    (tmp_path / "not-a-database").write_text("nothing of ours" * 100)
    with pytest.raises(OutOfReachError, match="server_did_not_start"):
        EmbeddedServer(f"sqlite:///{(tmp_path / 'not-a-database').as_posix()}", tmp_path / "server.log")
    assert (tmp_path / "server.log").read_text("utf-8")


def test_a_server_of_ones_own_ends_when_its_console_is_killed(company: str, tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from app.cli.embedded import EmbeddedServer;"
        f"server = EmbeddedServer({company!r}, pathlib.Path({str(tmp_path / 'server.log')!r}));"
        "print(server.address, server._process.pid, flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
    assert parent.stdout
    assert parent.stdin
    address, pid = parent.stdout.readline().split()
    server = psutil.Process(int(pid))
    assert is_there(address)
    parent.kill()
    parent.wait(30)
    server.wait(30)
    assert not is_there(address)
    parent.stdin.close()
    parent.stdout.close()
