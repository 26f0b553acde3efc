"""What the queue can be filtered by: sites, categories and people, as they are now."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.companies import Category, Site, Staff
from app.domain.ids import stream_id
from app.store.queries.order import Named


class SiteChoice(NamedTuple):
    """A site the viewer may read."""

    id: str
    name: Named


class CategoryNode(NamedTuple):
    """A category in the tree, parents before children."""

    id: str
    name: Named
    depth: int
    """0 at the top."""


class StaffChoice(NamedTuple):
    """Somebody who works, active or not: old orders are filtered by them too."""

    id: str
    name: str
    site_id: str


class QueueChoices(NamedTuple):
    """All of them."""

    sites: tuple[SiteChoice, ...]
    categories: tuple[CategoryNode, ...]
    staff: tuple[StaffChoice, ...]

    def site_name(self, row_id: str) -> Named:
        """What a site is called; a question mark for one that is not visible."""
        return next((site.name for site in self.sites if site.id == row_id), {"zh": "?", "en": "?"})

    def category_name(self, row_id: str) -> Named:
        """What a category is called."""
        return next((node.name for node in self.categories if node.id == row_id), {"zh": "?", "en": "?"})

    def staff_name(self, row_id: str) -> str:
        """What somebody is called."""
        return next((one.name for one in self.staff if one.id == row_id), "?")


NO_CHOICES = QueueChoices((), (), ())


def queue_choices(session: Session, streams: Collection[str]) -> QueueChoices:
    """Everything to filter by that somebody who reads ``streams`` may see."""
    sites = [
        SiteChoice(site.id, {"zh": site.name_zh, "en": site.name_en})
        for site in session.scalars(select(Site).order_by(Site.name_zh))
        if stream_id(site.id, "work") in streams
    ]
    staff = session.execute(select(Staff.id, Staff.name, Staff.home_site_id).order_by(Staff.name))
    return QueueChoices(tuple(sites), tuple(_tree(session)), tuple(StaffChoice(*row) for row in staff))


def _tree(session: Session) -> list[CategoryNode]:
    below: dict[str | None, list[Category]] = {}
    for row in session.scalars(select(Category).where(Category.is_active == 1).order_by(Category.sort, Category.code)):
        below.setdefault(row.parent_id, []).append(row)
    found: list[CategoryNode] = []

    def add(parent_id: str | None, depth: int) -> None:
        for row in below.pop(parent_id, []):
            found.append(CategoryNode(row.id, {"zh": row.name_zh, "en": row.name_en}, depth))
            add(row.id, depth + 1)

    add(None, 0)
    return found
