"""A real server in this process: the application over a database, served by uvicorn on a loopback port."""

import socket
import threading

import pytest
import uvicorn
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from app.db.base import Synced
from app.db.companies import AppUser
from app.domain.clock import Clock
from app.domain.permissions import Role
from app.server import accounts, passwords
from app.server.application import make_application
from app.server.database import migrate, open_database
from app.server.identity import identify, name_company
from app.server.publishing import publish
from app.store import users
from tests.clocks import START
from tests.factories import ADMINISTRATOR, CLERK, SITE, SUN, SUPERVISOR, TECHNICIAN, small_world

PASSWORD = "correct horse"


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords in no time: how well they are hashed is tested elsewhere."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", cheap)
    monkeypatch.setattr(passwords, "_NOBODY", cheap.hash("nobody has this password"))
    monkeypatch.setattr(users, "_HASHER", cheap)


PEOPLE = (
    accounts.NewUser("lin", "林晓雨", PASSWORD, user_id=CLERK, title_zh="前台", title_en="Front desk"),
    accounts.NewUser("sun", "孙志远", PASSWORD, user_id=TECHNICIAN, staff_id=SUN),
    accounts.NewUser("luo", "罗建平", PASSWORD, user_id=SUPERVISOR),
    accounts.NewUser("admin", "管理员", PASSWORD, user_id=ADMINISTRATOR),
)
GRANTS = (
    ("lin", Role.CLERK, SITE),
    ("sun", Role.TECHNICIAN, SITE),
    ("luo", Role.SUPERVISOR, ""),
    ("admin", Role.ADMINISTRATOR, ""),
)


def prepare(url: str) -> None:
    """Make the database of a small company with four people who sign in, all with the same password."""
    database = open_database(url)
    migrate(database)
    with database.write() as session:
        identify(session, START)
        name_company(session, "澜湾物业")
        publish(session, _places_and_rules())
        _add_people(session)
    database.close()


def _places_and_rules() -> list[Synced]:
    """The small world without those who sign in: their accounts make them."""
    return [row for row in small_world() if not isinstance(row, AppUser)]


def _add_people(session: Session) -> None:
    for person in PEOPLE:
        accounts.add_user(session, person)
    for login, role, site_id in GRANTS:
        accounts.grant_role(session, login, role, site_id)


class RunningServer:
    """Serves one database until closed."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.database = open_database(url)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        application = make_application(self.database, clock)
        settings = uvicorn.Config(application, log_config=None, access_log=False, lifespan="off")
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="server")
        self._thread.start()

    def close(self) -> None:
        """Stop serving and close the database; returns when the thread has ended."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self.database.close()
