"""Alembic's entry: it runs on the connection and in the transaction that `migration.migrer` opened."""

from __future__ import annotations

from alembic import context

from cyclades_tui.store.modele.tables import Table

context.configure(
    connection=context.config.attributes["connexion"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
