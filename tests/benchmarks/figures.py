"""Figures, and how they are told: a table for people, one flat JSON object for programs."""

import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ROUNDS = 5
_STEPS = 2_000_000


class Figure(NamedTuple):
    """A number, what it may be at most (or at least), and what it says."""

    name: str
    value: float
    limit: float | None = None
    says: str = ""
    is_least: bool = False
    """The limit is the least it must be."""

    @property
    def is_kept(self) -> bool:
        """Whether it keeps to its limit."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.is_least else self.value <= self.limit


def calibration() -> Figure:
    """A fixed loop in plain Python: how fast this machine is just now."""
    return Figure("calibration_ms", median_ms(_count), says=f"a loop of {_STEPS:,} steps")


def _count() -> None:
    total = 0
    for step in range(_STEPS):
        total += step & 3


def median_ms(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of how long ``run`` takes, in ms."""
    return statistics.median(timed_ms(run) for _ in range(rounds))


def timed_ms(run: Callable[[], object]) -> float:
    """How long one ``run`` takes, in ms."""
    begun = time.perf_counter()
    run()
    return (time.perf_counter() - begun) * 1000


def table(figures: Sequence[Figure]) -> str:
    """The figures for people."""
    width = max(len(figure.name) for figure in figures)
    return "\n".join(_line(figure, width) for figure in figures)


def _line(figure: Figure, width: int) -> str:
    value = f"{figure.value:>10,.{_digits(figure)}f}"
    if figure.limit is None:
        return f"{figure.name:<{width}} {value}            {figure.says}".rstrip()
    sign, mark = ("≥" if figure.is_least else "≤"), ("" if figure.is_kept else "  MISSED")
    return f"{figure.name:<{width}} {value}  {sign} {figure.limit:<7,g}  {figure.says}{mark}".rstrip()


def _digits(figure: Figure) -> int:
    return 2 if figure.name.endswith("_s") else 1


def write_json(path: Path, figures: Iterable[Figure]) -> None:
    """Write one flat object: figure → number."""
    found = {figure.name: round(figure.value, 2) for figure in figures}
    path.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
