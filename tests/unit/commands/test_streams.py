"""A command names every stream it touches: the server locks these and no others."""

from typing import Any

import pytest
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from app.commands.registry import KINDS
from app.db.base import Synced
from tests.factories import do
from tests.unit.commands.every_command import CASES, later, peopled


def watched(session: Session) -> set[str]:
    """The streams of every row that the session writes from now on; of a row that moves, both."""
    streams: set[str] = set()

    @event.listens_for(session, "before_flush")
    def _note(session: Session, _context: Any, _instances: Any) -> None:
        changed = [row for row in session.dirty if session.is_modified(row)]
        for row in (*session.new, *session.deleted, *changed):
            assert isinstance(row, Synced)
            history = inspect(row).attrs.stream_id.history
            streams.update((*history.added, *history.unchanged, *history.deleted))

    return streams


def test_every_kind_has_a_case() -> None:
    assert {name.partition(",")[0] for name in CASES} == set(KINDS)


@pytest.mark.parametrize("name", CASES)
def test_whatever_a_command_writes_is_in_a_stream_that_it_names(session: Session, name: str) -> None:
    command = CASES[name](peopled(session))
    session.flush()
    named = set(command.streams(session))
    touched = watched(session)
    do(session, command, later(command))
    assert touched
    assert touched <= named


@pytest.mark.parametrize("name", CASES)
def test_what_undoes_a_command_stays_within_its_streams(session: Session, name: str) -> None:
    command = CASES[name](peopled(session))
    session.flush()
    named = set(command.streams(session))
    context = later(command)
    inverse = command.inverse(session, context)
    do(session, command, context)
    touched = watched(session)
    for step in inverse:
        assert set(step.streams(session)) <= named
        do(session, step, later(step, minutes=61))
    assert touched <= named
