"""The filters that agents save as queues of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "filtre_garde",
        sa.Column("agent_id", sa.Integer(), nullable=False),
        *(sa.Column(nom, sa.String(), nullable=False) for nom in ("nom", "filtre", "garde_le")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_filtre_garde_agent_id_agent")),
        sa.PrimaryKeyConstraint("agent_id", "nom", name=op.f("pk_filtre_garde")),
    )
