"""The order of the reading pane, as a command must name it."""

from app.store.queries.crews import Stand
from app.store.queries.order import OrderDetail


def stand_of(order: OrderDetail) -> Stand:
    """The order of the reading pane."""
    crew = tuple(member.staff_id or member.supplier_id or "" for member in order.crew)
    return Stand(order.id, order.number, order.site_id, order.state, crew)
