"""The keyed chain of what each transaction wrote, and the settings files that actes have accepted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "ecriture",
        *(sa.Column(nom, sa.Integer(), nullable=False) for nom in ("id", "journal_seq")),
        *(sa.Column(nom, sa.String(), nullable=False) for nom in ("lignes", "hachage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecriture")),
    )
    for evenement in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER ecriture_figee_{evenement.lower()} BEFORE {evenement} ON ecriture "
            "BEGIN SELECT RAISE(ABORT, 'une écriture ne change pas'); END"
        )
    op.create_table(
        "fichier_de_reglages",
        *(sa.Column(nom, sa.String(), nullable=False) for nom in ("chemin", "sha256", "pris_le")),
        sa.PrimaryKeyConstraint("chemin", name=op.f("pk_fichier_de_reglages")),
    )
