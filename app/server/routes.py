"""The addresses under /v1: each reads its request, calls one service and answers."""

from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Response

from app.commands import registry
from app.domain.errors import SignInError
from app.protocol import (
    PAGE_ROWS,
    PROTOCOL_MAX,
    PROTOCOL_MIN,
    HandshakeReply,
    HandshakeRequest,
    HealthReply,
    PasswordRequest,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    RefreshReply,
    RefreshRequest,
    Reply,
    SignInReply,
    SignInRequest,
    SnapshotReply,
    Text,
)
from app.server import sign_in as signing
from app.server.consoles import OFFLINE_DAYS, note_online, offline_until, rotate_lease
from app.server.dependencies import Door, FromDoor
from app.server.identity import identity_of
from app.server.pull import SnapshotQuestion, pull, snapshot
from app.server.push import Sender, push
from app.server.replies import sealed
from app.server.scopes import scope_of
from app.server.tables import Account
from app.server.tokens import end_family, family_of, rotate

router = APIRouter(prefix="/v1")
AnyReply = TypeVar("AnyReply", bound=Reply)


@router.get("/health", response_model=HealthReply)
def say_health(door: FromDoor) -> Response:
    """What server this is; needs no sign-in."""
    with door.services.database.read() as session:
        company = identity_of(session).company
    return sealed(
        _reply(
            door,
            HealthReply,
            server_id=door.services.server_id,
            company=company,
            app_version=door.services.app_version,
            protocol_min=PROTOCOL_MIN,
            protocol_max=PROTOCOL_MAX,
        )
    )


@router.post("/sign-in", response_model=SignInReply)
def sign_in(request: SignInRequest, door: FromDoor) -> Response:
    """A password for a pair of tokens; a console that is not known enrols."""
    person = signing.sign_in(door.services.database, request, door.address, door.services.clock)
    return sealed(
        _reply(
            door,
            SignInReply,
            **{name: value for name, value in person._asdict().items() if name not in ("tokens", "number_prefix")},
            number_prefix=person.number_prefix or "",
            **person.tokens._asdict(),
            offline_days=OFFLINE_DAYS,
        )
    )


@router.post("/refresh", response_model=RefreshReply)
def refresh(request: RefreshRequest, door: FromDoor) -> Response:
    """A refresh token for the next pair."""
    with door.services.database.write() as session:
        tokens = rotate(session, request.refresh_token, door.now())
    if isinstance(tokens, SignInError):
        raise tokens
    return sealed(_reply(door, RefreshReply, **tokens._asdict()))


@router.post("/sign-out", response_model=Reply)
def sign_out(door: FromDoor) -> Response:
    """None of the tokens of this sign-in is good for anything any more."""
    caller = door.caller()
    with door.services.database.write() as session:
        end_family(session, family_of(session, caller.token_hash))
    return sealed(_reply(door, Reply))


@router.post("/password", response_model=Reply)
def change_password(request: PasswordRequest, door: FromDoor) -> Response:
    """The caller's own new password; everywhere else they are signed out."""
    signing.change_password(door.services.database, door.caller(), request, door.address, door.services.clock)
    return sealed(_reply(door, Reply))


@router.post("/handshake", response_model=HandshakeReply)
def handshake(request: HandshakeRequest, door: FromDoor) -> Response:
    """What each side speaks, a new lease for the console, and the scope of who is signed in."""
    caller = door.caller()
    with door.services.database.write() as session:
        console = rotate_lease(session, caller.console_id, request.lease)
        note_online(session, console, caller.user_id, door.now())
        lease, last_sequence = console.lease, console.last_sequence
        scope = scope_of(session, session.get_one(Account, caller.user_id))
    return sealed(
        _reply(
            door,
            HandshakeReply,
            server_id=door.services.server_id,
            lease=lease,
            protocol_min=PROTOCOL_MIN,
            protocol_max=PROTOCOL_MAX,
            command_versions=registry.versions(),
            last_sequence=last_sequence,
            scope=scope,
            offline_until=offline_until(door.now()),
        )
    )


@router.post("/push", response_model=PushReply)
def take_commands(request: PushRequest, door: FromDoor) -> Response:
    """Commands of one console, in its order; a result for each."""
    caller = door.caller()
    sender = Sender(caller.user_id, caller.console_id)
    pushed = push(door.services.database, sender, request.batch, door.services.clock)
    return sealed(_reply(door, PushReply, **pushed._asdict()))


@router.post("/pull", response_model=PullReply)
def give_changes(request: PullRequest, door: FromDoor) -> Response:
    """What changed since the cursors."""
    door.require_protocol()
    with door.reading() as (session, caller):
        pulled = pull(session, caller.user_id, request)
    return sealed(_reply(door, PullReply, **pulled._asdict()), is_long=True)


@router.get("/snapshot", response_model=SnapshotReply)
def give_table(
    door: FromDoor,
    stream: str,
    table: str,
    after: Text | None = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_ROWS)] = PAGE_ROWS,
) -> Response:
    """One page of a first fetch."""
    door.require_protocol()
    with door.reading() as (session, caller):
        found = snapshot(session, caller.user_id, SnapshotQuestion(stream, table, after, limit))
    return sealed(_reply(door, SnapshotReply, stream_id=stream, table=table, **found._asdict()), is_long=True)


def _reply(door: Door, kind: type[AnyReply], **parts: Any) -> AnyReply:
    """A reply with what every reply carries."""
    return kind(server_time=door.now(), epoch=door.services.epoch, **parts)
