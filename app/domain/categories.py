"""Suggests what kind of order a caller's words mean."""

from collections.abc import Iterable
from typing import NamedTuple


class KnownCategory(NamedTuple):
    """A category and the words that speak for it."""

    id: str
    keywords: tuple[str, ...]


class Suggestion(NamedTuple):
    """The category that fits best, and the word that says so."""

    category_id: str
    word: str


def suggest_category(text: str, categories: Iterable[KnownCategory]) -> Suggestion | None:
    """The category whose words are found in ``text``, or ``None``.

    Each word counts by its length (a long one says more), once; between equals the one found earlier in the text wins.
    """
    said = text.casefold()
    best: tuple[int, int, Suggestion] | None = None
    for category in categories:
        found = [(word, said.find(word.casefold())) for word in category.keywords if word]
        found = [(word, place) for word, place in found if place >= 0]
        if not found:
            continue
        weight = sum(len(word) for word, _ in found)
        longest = max(found, key=lambda hit: len(hit[0]))
        rank = (weight, -min(place for _, place in found), Suggestion(category.id, longest[0]))
        if best is None or rank[:2] > best[:2]:
            best = rank
    return best[2] if best else None
