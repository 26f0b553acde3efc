"""Words that the list and the reading pane share."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.clock_words import say_remaining
from app.domain.words import say
from app.store.queries.queue import QueueRow
from app.ui.glyphs.standing import how_it_stands
from app.ui.translation import spoken_language


def spoken(name: Mapping[str, str]) -> str:
    """A name that is data, in the language of the windows; in Chinese where the other is missing."""
    return name.get(spoken_language().value) or name.get("zh", "")


def spoken_path(path: Sequence[Mapping[str, str]]) -> str:
    """Names from the top of a tree down: ``水电维修 / 下水``."""
    return " / ".join(spoken(name) for name in path)


def short_name(name: str) -> str:
    """A name for a narrow column: ``Sun Zhiyuan`` is ``Sun Z.``; a Chinese name is short as it is."""
    first, _, rest = name.partition(" ")
    return f"{first} {rest.strip()[0]}." if name.isascii() and rest.strip() and not rest.isdecimal() else name


def say_here(code: str, **params: str | int) -> str:
    """The sentence of a code in the language of the windows."""
    return say(code, params, spoken_language())


def state_text(state: str) -> str:
    """A state in words."""
    return say_here(f"state.{state}")


def left_words(row: QueueRow, now: datetime) -> str:
    """The pill of a row in words, also for an order that ended too late, which shows none."""
    return say_remaining(how_it_stands(row, now), row.hold_reason, spoken_language())
