"""What the queue page must hold before it counts as shown."""

from app.ui.pages.work_orders.page import WorkOrdersPage


def has_rows_in_sight(page: WorkOrdersPage) -> bool:
    """Whether every row that can be seen has been read."""
    rows = page.listing.rows
    ids = rows.ids()
    return (
        page.listing.is_loaded and bool(ids) and all(rows.row(ids[at]) is not None for at in page.table.visible_rows())
    )
