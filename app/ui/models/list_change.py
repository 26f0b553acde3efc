"""How one list of ids becomes another: what leaves, what comes, in as few stretches as can be told to a view."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

MOST_STRETCHES = 400
"""Above it a reset is quicker than taking rows out and putting them in, stretch by stretch."""


_LONG = 5_000
_PROBES = 64


class ListChange:
    """How one list of ids becomes another: the stretches that leave, by their old places, and those that come."""

    def __init__(self, old: list[str], new: list[str], old_places: dict[str, int], new_places: dict[str, int]) -> None:
        first, tail = same_ends(old, new)
        self._count = len(new)
        self.leaving: list[tuple[int, int]] = []
        self.coming: list[tuple[int, int]] = []
        self.is_near = not _strays(old, first, len(old) - tail, new_places)
        if not self.is_near:
            return
        leaving = _missing(old, first, len(old) - tail, old_places, new_places)
        coming = _missing(new, first, len(new) - tail, new_places, old_places)
        self.leaving = list(islice(runs(leaving), MOST_STRETCHES + 1))
        self.coming = list(islice(runs(coming), MOST_STRETCHES + 1))
        stretches = len(self.leaving) + len(self.coming)
        self.is_near = len(leaving) < len(old) and stretches <= MOST_STRETCHES

    def staying(self) -> Iterator[tuple[int, int]]:
        """The stretches of the new list that were in the old one."""
        start = 0
        for first, last in self.coming:
            if first > start:
                yield start, first - 1
            start = last + 1
        if start < self._count:
            yield start, self._count - 1


def _strays(old: list[str], first: int, end: int, new_places: dict[str, int]) -> bool:
    """Whether a long list is another one altogether, by a few probes: to compare it whole takes longer than a reset."""
    span = end - first
    if span < _LONG:
        return False
    probes = range(first, end, span // _PROBES)
    far = sum(abs(new_places.get(old[place], -span) - place) > span // 10 for place in probes)
    return far > _PROBES // 4


def _missing(ids: list[str], first: int, end: int, places: dict[str, int], others: dict[str, int]) -> Sequence[int]:
    """The places from ``first`` to ``end`` whose ids are not among the others."""
    if end - first < _LONG:
        return [place for place in range(first, end) if ids[place] not in others]
    return sorted(places[row_id] for row_id in places.keys() - others.keys())


def places_of(ids: Sequence[str]) -> dict[str, int]:
    """The place of each id."""
    return dict(zip(ids, range(len(ids)), strict=True))


def moved_row(old: list[str], new: list[str]) -> tuple[int, int] | None:
    """Old and new place of the one row whose move makes ``new`` of ``old``; ``None`` if more differs, or nothing."""
    first, tail = same_ends(old, new)
    last = len(old) - tail - 1
    if len(old) != len(new) or first >= last:
        return None
    if old[first + 1 : last + 1] == new[first:last]:
        return first, last
    if old[first:last] == new[first + 1 : last + 1]:
        return last, first
    return None


def same_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many ids are the same at the beginning and at the end."""
    most = min(len(old), len(new))
    first = _same(most, lambda start, end: old[start:end] == new[start:end])
    tail = _same(most - first, lambda start, end: _end(old, start, end) == _end(new, start, end))
    return first, tail


def _same(most: int, is_same: Callable[[int, int], bool]) -> int:
    """How many of ``most`` are the same from the beginning.

    Stretches are compared whole, as slices compare faster than a loop: each is twice as long as the last until one
    differs, then half as long. Lists that differ at once cost next to nothing.
    """
    found, step, is_growing = 0, 1, True
    while step:
        if found + step <= most and is_same(found, found + step):
            found += step
        else:
            is_growing = False
        step = 2 * step if is_growing else step // 2
    return found


def _end(ids: list[str], start: int, end: int) -> list[str]:
    """A stretch counted from the end."""
    return ids[len(ids) - end : len(ids) - start]


def runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches of neighbours in sorted places: 1 2 3 7 → (1, 3) (7, 7)."""
    if not places:
        return
    first = last = places[0]
    for place in places[1:]:
        if place != last + 1:
            yield first, last
            first = place
        last = place
    yield first, last
