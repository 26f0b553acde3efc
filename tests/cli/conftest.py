"""What the tests of the command line share: a company, and a way to run a command."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.cli.program import run as run_program
from tests.clocks import HandClock
from tests.databases import Databases, SqliteDatabases
from tests.plant import Plant, running_plant
from tests.served import PASSWORD, cheap_passwords, prepare

__all__ = ["cheap_passwords"]


class Ran(NamedTuple):
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document it printed."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``steward`` with these words, in English; ``stdin`` is the password."""

    def ran(*words: str, stdin: str = f"{PASSWORD}\n") -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        try:
            code = run_program(["--language", "en", *words], {})
        except SystemExit as error:
            code = int(error.code or 0)
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Where to get databases from; the command line does not care of which kind."""
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def plant(sqlite: Databases, tmp_path: Path, cheap_passwords: None) -> Iterator[Plant]:
    """A small company."""
    url = sqlite.create(prepare)
    with running_plant(url, tmp_path, HandClock(datetime.now(UTC))) as found:
        yield found
