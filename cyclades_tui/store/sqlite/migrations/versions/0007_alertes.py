"""What a machine read in a given file that an agent must look at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("depot", sa.Column("alertes", sa.String(), nullable=False, server_default=""))
