"""What a cache remembers of its console and server, under the keys of ``meta``."""

from collections.abc import Mapping
from typing import NamedTuple

from app.store import meta
from app.store.store import Store

SERVER = "server_id"
EPOCH = "epoch"
LEASE = "lease"
ADDRESS = "server_address"


class Identity(NamedTuple):
    """Who this console is, and whose."""

    console_id: str
    """``""`` before enrolment, and for a copy that must enrol anew."""
    lease: str
    server_id: str
    epoch: int
    """0 before the first handshake."""
    address: str
    """Where the server was last reached."""


def identity_of(store: Store) -> Identity:
    """What the cache remembers."""
    with store.reading() as session:
        console_id, lease, server_id, epoch, address = (
            meta.get(session, key) or "" for key in (meta.CONSOLE, LEASE, SERVER, EPOCH, ADDRESS)
        )
    return Identity(console_id, lease, server_id, int(epoch or 0), address)


def forget_console(store: Store) -> None:
    """Have this console enrol anew at the next sign-in: another machine goes by its id."""
    values: Mapping[str, str | None] = {meta.CONSOLE: None, LEASE: None}
    store.remember(values)
