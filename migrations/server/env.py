"""Runs the server's migrations over a connection that the caller lends."""

import warnings

from alembic import context

from app.db import ownership
from app.server.tables import ServerBase

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[ownership.Base.metadata, ServerBase.metadata],  # ownership knows every shared table
    user_module_prefix="",
    render_as_batch=True,  # SQLite cannot alter most of a table in place
)
with context.begin_transaction(), warnings.catch_warnings():
    # Indexes over expressions are written by hand, because on SQLite they cannot be read back and compared.
    warnings.filterwarnings("ignore", message=".*expression-based index")
    context.run_migrations()
