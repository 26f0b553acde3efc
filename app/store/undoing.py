"""What takes back a command, or gives back one that was taken back."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.command import Command, FieldsCommand
from app.commands.registry import parse
from app.domain.errors import RefusedError
from app.store.applying import packed
from app.store.changing import Given
from app.store.outbox import REFUSED
from app.store.tables import Outbox


def inverses(session: Session, command_id: str) -> Iterable[tuple[Command, Given]]:
    """The commands that undo one, as they were computed when it was last applied; they name what they undo.

    Computed step by step, each on the rows as the one before left them. Raises ``RefusedError`` when there is nothing
    to undo.
    """
    row = session.scalar(select(Outbox).where(Outbox.command_id == command_id))
    if row is None or row.status == "discarded":
        raise RefusedError("undo_not_possible")
    if row.status in REFUSED:
        raise RefusedError("undo_was_refused")
    undone = parse(row.kind, row.version, row.body)
    for step in _steps(session, row):
        yield _still_standing(session, undone, _unpacked(step)), Given(undoes=command_id)


def _steps(session: Session, row: Outbox) -> Sequence[dict[str, Any]]:
    if row.inverse:
        return row.inverse
    first = row.undoes and session.scalar(select(Outbox).where(Outbox.command_id == row.undoes))
    if not first:
        raise RefusedError("undo_not_possible")
    # An undo without an inverse of its own, as a step withdrawn, is taken back by doing the first thing again.
    return [packed(parse(first.kind, first.version, first.body))]


def _unpacked(step: dict[str, Any]) -> Command:
    return parse(step["kind"], step["version"], step["body"])


def _still_standing(session: Session, undone: Command, inverse: Command) -> Command:
    """The inverse without the fields that somebody has changed again since: they are left as they are."""
    if not isinstance(undone, FieldsCommand) or not isinstance(inverse, FieldsCommand):
        return inverse
    target, meant = inverse.target(session), undone.wanted()
    changed = {name for name in inverse.wanted() if name in meant and getattr(target, name) != meant[name]}
    if not changed:
        return inverse
    step = packed(inverse)
    step["body"]["set"] = {name: value for name, value in step["body"]["set"].items() if name not in changed}
    if not step["body"]["set"]:
        raise RefusedError("undo_nothing_left")
    return _unpacked(step)
