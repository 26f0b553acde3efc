"""SLA policies: which one rules an order, and which of its versions at a given minute."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.calendars import ServiceCalendar
from app.domain.clock import cut_to_minute


class ClockKind(StrEnum):
    """The two clocks of an order."""

    RESPONSE = "response"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class OrderCategory:
    """What the clocks ask of a category; the default stands for an order that has none yet.

    ``path`` holds its id, then those of its ancestors, the nearest first.
    """

    path: tuple[str, ...] = ()
    needs_visit: bool = True
    is_opinion: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What an order is at a minute, as far as the choice of its policy goes."""

    site_id: str
    property_kind: str
    priority: str
    category: OrderCategory = OrderCategory()


@dataclass(frozen=True, slots=True)
class Selector:
    """The orders a policy is for; ``None`` means any. A category stands for those below it as well."""

    site_id: str | None = None
    property_kind: str | None = None
    category_id: str | None = None
    priority: str | None = None

    def rank(self, subject: Subject) -> tuple[int, ...] | None:
        """How closely this fits ``subject``, higher is closer; ``None`` when it does not fit.

        The site weighs more than the category (the nearer ancestor wins), that more than the priority, and that more
        than the property kind.
        """
        path = subject.category.path
        pairs = (
            (self.site_id, (subject.site_id,)),
            (self.category_id, path),
            (self.priority, (subject.priority,)),
            (self.property_kind, (subject.property_kind,)),
        )
        if any(wanted is not None and wanted not in found for wanted, found in pairs):
            return None
        return tuple(0 if wanted is None else len(found) - found.index(wanted) for wanted, found in pairs)


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """What a policy asks from the minute of ``from_at`` until its next version.

    Targets are in open minutes, ``None`` for a clock without one; ``warn_percent`` is the share of the target from
    which a clock is due soon; an order held for one of ``pausing_reasons`` is paused.
    """

    policy_id: str
    from_at: datetime
    calendar_id: str
    response_minutes: int | None
    resolution_minutes: int | None
    warn_percent: int = 80
    pausing_reasons: frozenset[str] = frozenset()

    def target(self, clock: ClockKind) -> int | None:
        """The open minutes allowed for ``clock``."""
        return self.response_minutes if clock is ClockKind.RESPONSE else self.resolution_minutes

    def warning(self, clock: ClockKind) -> int | None:
        """The open minutes after which ``clock`` is due soon: the first whole minute at ``warn_percent`` or past it."""
        target = self.target(clock)
        return None if target is None else -(-target * self.warn_percent // 100)


class Ruling(NamedTuple):
    """What rules an order at a minute: the version in force and its calendar at the order's site."""

    version: PolicyVersion
    calendar: ServiceCalendar


class PolicyBook:
    """Every policy of the company with its versions, and the calendars at the sites in question.

    ``selectors`` by policy id; ``calendars`` by (calendar id, site id), because hours and holidays are local. A version
    whose calendar is not there rules nothing: a console may hold a policy before its calendar.
    """

    def __init__(
        self,
        selectors: Mapping[str, Selector],
        versions: Iterable[PolicyVersion],
        calendars: Mapping[tuple[str, str], ServiceCalendar],
    ) -> None:
        self._selectors = selectors
        self._calendars = calendars
        self._known: dict[Subject, list[list[PolicyVersion]]] = {}
        self._versions: dict[str, list[PolicyVersion]] = {}
        for version in sorted(versions, key=lambda version: version.from_at):
            self._versions.setdefault(version.policy_id, []).append(version)

    def ruling(self, subject: Subject, minute: datetime) -> Ruling | None:
        """What rules ``subject`` at ``minute``, or ``None`` when no policy fits it.

        Of the policies that fit and have begun, the closest; of its versions, the latest from ``minute`` or before. A
        minute before any of them began is read by the closest one's first version.
        """
        fitting = self._fitting(subject)
        begun = (version for versions in fitting for version in reversed(versions) if _start(version) <= minute)
        version = next(begun, fitting[0][0] if fitting else None)
        if version is None:
            return None
        calendar = self._calendars.get((version.calendar_id, subject.site_id))
        return None if calendar is None else Ruling(version, calendar)

    def edits(self, subject: Subject) -> list[datetime]:
        """The minutes at which the ruling of ``subject`` may change, oldest first."""
        return sorted({_start(version) for versions in self._fitting(subject) for version in versions})

    def _fitting(self, subject: Subject) -> list[list[PolicyVersion]]:
        """The versions of each policy that fits, the closest policy first; equals go by id."""
        if subject not in self._known:
            ranked = [
                (rank, policy_id)
                for policy_id, selector in sorted(self._selectors.items())
                if policy_id in self._versions and (rank := selector.rank(subject)) is not None
            ]
            ranked.sort(key=lambda found: found[0], reverse=True)
            self._known[subject] = [self._versions[policy_id] for _, policy_id in ranked]
        return self._known[subject]


def _start(version: PolicyVersion) -> datetime:
    return cut_to_minute(version.from_at)
