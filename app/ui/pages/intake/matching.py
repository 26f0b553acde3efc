"""Which letters of what was found are those that were typed, so that they can be marked."""

from collections.abc import Sequence

from app.domain.phones import phone_digits

Stretch = tuple[int, int]
"""Where marked letters begin, and how many they are."""


def marks_in_text(text: str, typed: str) -> list[Stretch]:
    """Every part of ``typed`` that stands in ``text`` as it was typed, in any case."""
    found = []
    for part in typed.casefold().split():
        place = text.casefold().find(part)
        if place >= 0:
            found.append((place, len(part)))
    return found


def marks_in_spelling(syllables: Sequence[str], typed: str) -> list[Stretch]:
    """Where initials (``wgf``) or the beginning of the full spelling (``weiguo``) stand in ``wei guo fu``.

    The places are those in the syllables joined by one space. Names are found without their surname too.
    """
    wanted = "".join(typed.casefold().split())
    if not wanted.isascii() or not wanted.isalpha():
        return []
    starts = [sum(len(syllable) + 1 for syllable in syllables[:place]) for place in range(len(syllables))]
    for first in range(min(2, len(syllables))):
        rest = syllables[first:]
        if "".join(syllable[0] for syllable in rest).startswith(wanted):
            return [(starts[first + place], 1) for place in range(len(wanted))]
        if "".join(rest).startswith(wanted):
            return _along(rest, starts[first:], len(wanted))
    return []


def _along(syllables: Sequence[str], starts: Sequence[int], letters: int) -> list[Stretch]:
    found = []
    for syllable, start in zip(syllables, starts, strict=True):
        taken = min(letters, len(syllable))
        if taken:
            found.append((start, taken))
        letters -= taken
    return found


def marks_in_number(shown: str, typed: str) -> list[Stretch]:
    """Where the digits typed stand in a number shown with spaces between."""
    digits = phone_digits(typed)
    places = [place for place, char in enumerate(shown) if char.isdigit()]
    start = "".join(shown[place] for place in places).find(digits) if digits else -1
    if start < 0:
        return []
    return [(place, 1) for place in places[start : start + len(digits)]]
