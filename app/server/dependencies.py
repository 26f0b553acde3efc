"""What a route needs to know of its request: who asks, from where, and the database to answer from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from app.domain.clock import Clock
from app.domain.errors import SignInError
from app.protocol import HEADER_CONSOLE, HEADER_PROTOCOL, PROTOCOL_MIN
from app.server.database import Database
from app.server.problems import OutdatedError
from app.server.tokens import Caller, identify_caller, retire_predecessor

_bearer = HTTPBearer(auto_error=False)


@dataclass(frozen=True, slots=True)
class Services:
    """What all requests share."""

    database: Database
    clock: Clock
    app_version: str
    server_id: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Door:
    """A request before anybody has looked who it is from."""

    services: Services
    address: str
    token: str
    console_id: str
    protocol: int

    def now(self) -> datetime:
        """The server's time."""
        return self.services.clock.now()

    def require_protocol(self) -> None:
        """Raise ``OutdatedError`` for a console that speaks too old a protocol; pushes are taken all the same."""
        if self.protocol < PROTOCOL_MIN:
            raise OutdatedError("upgrade_required")

    def caller(self) -> Caller:
        """Who asks. Raises ``SignInError`` and ``ForbiddenError``."""
        with self.reading() as (_, caller):
            return caller

    @contextmanager
    def reading(self) -> Iterator[tuple[Session, Caller]]:
        """A snapshot in which it is known who asks: what they may see cannot change under the answer."""
        if not self.token:
            raise SignInError("sign_in_needed")
        with self.services.database.read() as session:
            caller = identify_caller(session, self.token, self.console_id, self.now())
            yield session, caller
        if caller.is_first_use:
            with self.services.database.write() as session:
                retire_predecessor(session, caller.token_hash)


def _door(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    console_id: Annotated[str, Header(alias=HEADER_CONSOLE)] = "",
    protocol: Annotated[int, Header(alias=HEADER_PROTOCOL)] = PROTOCOL_MIN,
) -> Door:
    return Door(
        services=request.app.state.services,
        address=request.client.host if request.client else "",
        token=credentials.credentials if credentials else "",
        console_id=console_id,
        protocol=protocol,
    )


FromDoor = Annotated[Door, Depends(_door)]
