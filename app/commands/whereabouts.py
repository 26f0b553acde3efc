"""Where an order is: its place columns, which are of its site, and the words for them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.db.places import Asset, Building, Place, Unit
from app.domain.errors import InvalidError
from app.domain.work_orders import check_text

_TABLES: dict[str, Any] = {"building_id": Building, "unit_id": Unit, "place_id": Place, "asset_id": Asset}
PLACE_IDS = tuple(_TABLES)


def check_places(session: Session, site_id: str, values: Mapping[str, Any]) -> None:
    """Raise ``InvalidError`` for a place among ``values`` that is not of the site."""
    for field, table in _TABLES.items():
        row_id = values.get(field)
        row = session.get(table, row_id) if row_id is not None else None
        if row_id is not None and (row is None or row.site_id != site_id):
            raise InvalidError("place_of_other_site")


def whereabouts(session: Session, site_id: str, given: Mapping[str, str | None], note: str) -> dict[str, str | None]:
    """The place columns of a new order, the wider ones filled from the narrower, and its label.

    Raises ``InvalidError`` for a place of another site.
    """
    check_places(session, site_id, given)
    ids = dict(given)
    asset = session.get(Asset, ids["asset_id"]) if ids["asset_id"] else None
    if asset is not None:
        for field in ("building_id", "unit_id", "place_id"):
            ids[field] = ids[field] or getattr(asset, field)
    unit = session.get(Unit, ids["unit_id"]) if ids["unit_id"] else None
    place = session.get(Place, ids["place_id"]) if ids["place_id"] else None
    if unit is not None:
        ids["building_id"] = unit.building_id
    elif place is not None:
        ids["building_id"] = ids["building_id"] or place.building_id
    building = session.get(Building, ids["building_id"]) if ids["building_id"] else None
    called = asset.name if asset else unit.label if unit else place.name if place else building.name if building else ""
    label = " ".join(part for part in (called, check_text("place", note)) if part)
    return {**ids, "place_label": label}
