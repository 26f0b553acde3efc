"""Words that the list and the reading pane share."""

from datetime import datetime

from app.domain.clock_words import say_remaining
from app.store.queries.queue import QueueRow
from app.ui.glyphs.standing import how_it_stands
from app.ui.translation import say_here, spoken_language


def state_text(state: str) -> str:
    """A state in words."""
    return say_here(f"state.{state}")


def left_words(row: QueueRow, now: datetime) -> str:
    """The pill of a row in words, also for an order that ended too late, which shows none."""
    return say_remaining(how_it_stands(row, now), row.hold_reason, spoken_language())
