"""Accounts with a password and an activation, messages with a code, a journal searched by subject."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("compte", sa.Column("mot_de_passe", sa.String(), nullable=False, server_default=""))
    op.add_column("compte", sa.Column("active_le", sa.String(), nullable=True))
    op.add_column("compte", sa.Column("code_empreinte", sa.String(), nullable=True))
    # Accounts that exist were never asked to be activated: mark them active, or they would be deleted.
    op.execute("UPDATE compte SET active_le = cree_le")
    op.add_column("message", sa.Column("code", sa.String(), nullable=True))
    op.create_index(op.f("ix_journal_sujet"), "journal", ["sujet"])
