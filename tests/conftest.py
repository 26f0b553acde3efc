"""What every test gets: an offscreen Qt, temporary folders, databases, and the watch over logs, threads and network."""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from typing_extensions import override

from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.leftovers import Leftovers
from tests.postgres import PostgresServer

ROOT = Path(__file__).parent.parent
IS_LONG = os.environ.get("STEWARD_LONG") == "1"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # nobody's real keyring

hypothesis.settings.register_profile("short", deadline=None, max_examples=50, print_blob=True)
hypothesis.settings.register_profile("long", deadline=None, max_examples=2000, print_blob=True)
hypothesis.settings.load_profile("long" if IS_LONG else "short")

_leftovers = Leftovers()
_leftovers.install()


class _Listener(logging.Handler):
    """Keeps every record at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.levelname}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a warning in the log that `@pytest.mark.expects_log(pattern, …)` does not name, or names in vain."""
    patterns = [pattern for marker in request.node.iter_markers("expects_log") for pattern in marker.args]
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    surprises = [line for line in listener.lines if not any(re.search(pattern, line) for pattern in patterns)]
    missing = [pattern for pattern in patterns if not any(re.search(pattern, line) for line in listener.lines)]
    assert not surprises, f"unexpected in the log: {surprises}"
    assert not missing, f"expected in the log and not there: {missing}"


@pytest.fixture(autouse=True)
def no_dangling_threads() -> Iterator[None]:
    """Fail if the test leaves a thread or a timer running, and name who started it."""
    before = _leftovers.running()
    yield
    left = _leftovers.left(before)
    assert not left, f"left running: {left}"


@pytest.fixture(scope="session", autouse=True)
def _folders_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point the folders of the person who runs the tests to a temporary one."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The PostgreSQL of this run, started when first asked for."""
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Where to get databases from, on each kind in turn; for tests that need several."""
    if request.param == "sqlite":
        return SqliteDatabases(tmp_path_factory.mktemp("databases"))
    return PostgresDatabases(request.getfixturevalue("postgres"))


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """Yield the address of an empty database, on each kind in turn."""
    url = databases.create()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def records() -> Path:
    """The folder of real records, or the test is skipped, saying so."""
    folder = Path(os.environ.get("STEWARD_RECORDS", ROOT.parent / "shared" / "data" / "records"))
    if not folder.is_dir():
        pytest.skip(f"the real records are not at hand: no {folder}; STEWARD_RECORDS can name another folder")
    return folder
