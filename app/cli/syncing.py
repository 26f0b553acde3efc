"""``steward sync --once``: sends and fetches all there is, for scripts and for PCs without a window."""

import argparse
from contextlib import closing
from typing import Any

from app.cli.terminal import Terminal
from app.config import data_folder
from app.domain.clock import SystemClock
from app.domain.errors import Param
from app.domain.words import say
from app.protocol import PAGE_ROWS
from app.store.outbox import REFUSED, Item, outbox_items
from app.store.store import Store
from app.sync.engine import SyncEngine
from app.sync.sign_in import SignIn
from app.sync.transport import checked_address


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Sign in, sync, say what came of it; 1 if a command was refused."""
    address = checked_address(arguments.server)
    password = terminal.password(arguments.user)
    clock = SystemClock()
    with closing(Store.open(data_folder(arguments.data), clock)) as store:
        sign_in = SignIn(store, address, clock)
        sign_in.online(arguments.user, password)
        with closing(SyncEngine(store, sign_in, clock, page_rows=PAGE_ROWS)) as engine:
            report = engine.sync_once()
        sign_in.sign_out()
        with store.reading() as session:
            refused = outbox_items(session, REFUSED)
    _tell(arguments, terminal, report._asdict() | {"pending": engine.state.pending}, refused)
    if engine.state.notice is not None:
        terminal.complain(engine.state.notice.code, engine.state.notice.params)
    return int(report.refused > 0 or engine.state.notice is not None)


def _tell(arguments: argparse.Namespace, terminal: Terminal, counts: dict[str, int], refused: list[Item]) -> None:
    if arguments.json:
        terminal.json({**counts, "refused_commands": [_refused_json(item, terminal) for item in refused]})
        return
    params: dict[str, Param] = dict(counts)
    terminal.say("cli.synced", **params)
    for item in refused:
        terminal.say("cli.sync_refused", kind=item.kind, reason=_reason(item, terminal))


def _refused_json(item: Item, terminal: Terminal) -> dict[str, Any]:
    return {
        "command_id": item.command_id,
        "kind": item.kind,
        "code": item.error.code if item.error else None,
        "reason": _reason(item, terminal),
        "by": item.by,
    }


def _reason(item: Item, terminal: Terminal) -> str:
    if item.error is None:
        return say("cli.sync_blocked", None, terminal.language)
    return say(item.error.code, item.error.params, terminal.language)
