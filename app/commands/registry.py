"""Every kind of command: how its body is read, and how a body of an older version is brought up to date."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from app.commands import contacts, crews, imports, places, policies, residents, steps, withdrawals, work_orders
from app.commands.command import Command
from app.domain.errors import InvalidError

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

_MODULES = (contacts, crews, imports, places, policies, residents, steps, withdrawals, work_orders)
KINDS: Mapping[str, type[Command]] = {kind.__name__: kind for module in _MODULES for kind in module.KINDS}
UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}
"""(kind, version) → what turns a body of that version into the next."""


class UnsupportedError(InvalidError):
    """A kind or version that this program is too old to know."""


def versions() -> dict[str, int]:
    """Kind → the version this program speaks, for the handshake."""
    return {kind: model.version for kind, model in KINDS.items()}


def parse(kind: str, version: int, body: Mapping[str, Any]) -> Command:
    """The command in an envelope: upcast first, then validated strictly, nothing extra allowed.

    Raises ``UnsupportedError`` for a kind or version not known yet, ``InvalidError`` for a body of another form.
    """
    model = KINDS.get(kind)
    if model is None or version > model.version:
        raise UnsupportedError("command_unknown", kind=kind)
    raw = dict(body)
    for older in range(version, model.version):
        raw = UPCASTERS[kind, older](raw)
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise InvalidError("command_malformed", detail=error.reason) from error
    if size > model.size_limit:
        raise InvalidError("command_too_large", size=size // 1024, limit=model.size_limit // 1024)
    try:
        return model.model_validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InvalidError("command_malformed", detail=f"{where}: {first['msg']}") from error


def body_of(command: Command) -> dict[str, Any]:
    """The body of an envelope for ``command``, only what was set."""
    return command.model_dump(mode="json", exclude_unset=True)
