"""How long to wait before the next try."""

import random

_LONGEST_S = 60.0


def back_off_s(failures: int, longest_s: float = _LONGEST_S) -> float:
    """A random time up to 2ⁿ seconds, at most ``longest_s``, after ``failures`` ≥ 1 in a row.

    Random from zero, so that consoles that lost the server together do not come back together.
    """
    return random.uniform(0, min(longest_s, 2.0 ** min(failures, 16)))  # noqa: S311  # nothing secret


def polite_s(seconds: float) -> float:
    """What a busy server asked for, and up to a fifth more."""
    return seconds * random.uniform(1, 1.2)  # noqa: S311
