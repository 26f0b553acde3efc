"""Runs the server's migrations over a connection that the caller lends."""

from alembic import context

from app.db import ownership
from app.server.tables import ServerBase

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[ownership.Base.metadata, ServerBase.metadata],  # ownership knows every shared table
    user_module_prefix="",
    render_as_batch=True,  # SQLite cannot alter most of a table in place
)
with context.begin_transaction():
    context.run_migrations()
