"""Runs the console's migrations over a connection that the caller lends."""

import warnings

from alembic import context

from app.db import ownership
from app.store.tables import SEARCH_TEXT, LocalBase


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the full-text table and what it keeps beside it: no class stands for them."""
    return not (kind == "table" and name is not None and name.startswith(SEARCH_TEXT))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[ownership.Base.metadata, LocalBase.metadata],  # ownership knows every shared table
    include_name=is_ours,
    user_module_prefix="",
    render_as_batch=True,  # SQLite cannot alter most of a table in place
)
with context.begin_transaction(), warnings.catch_warnings():
    # Indexes over expressions are written by hand, because on SQLite they cannot be read back and compared.
    warnings.filterwarnings("ignore", message=".*expression-based index")
    context.run_migrations()
