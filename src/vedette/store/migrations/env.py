"""Runs the ledger's migrations on the connection that `ledger.migrate` hands over."""

from alembic import context

from vedette.store.ledger_tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
