"""Statuses of justificatifs as codes, whatever their label; the date since which a piece waits under its own name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_CODES = {
    "En attente de contrôle": "en_attente",
    "Conforme": "conforme",
    "Non conforme": "non_conforme",
    "Reçue": "recue",
    "En attente d'une nouvelle PJ": "nouvelle_pj",
}


def upgrade() -> None:
    for table in ("justificatif", "suivi"):
        op.execute(f"ALTER TABLE {table} RENAME COLUMN file_le TO attend_depuis")
    op.drop_index("ix_justificatif_file", "justificatif")
    attendues = sa.text("a_controler")
    op.create_index("ix_justificatif_attente", "justificatif", ["attend_depuis", "id"], sqlite_where=attendues)
    _coder("justificatif")
    _coder_le_suivi()
    _coder_les_filtres()


def _coder(table: str) -> None:
    statut = sa.column("statut", sa.String())
    op.execute(
        sa.update(sa.table(table, statut)).where(statut.in_(_CODES)).values(statut=sa.case(_CODES, value=statut))
    )


def _coder_le_suivi() -> None:
    """Recode the history; its triggers refuse changes, so they are dropped and created again with the new names."""
    declencheurs = op.get_bind().execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'suivi'")
    )
    gardes = declencheurs.all()
    for nom, _ in gardes:
        op.execute(f"DROP TRIGGER {nom}")
    _coder("suivi")
    for _, sql in gardes:
        op.execute(sql)


def _coder_les_filtres() -> None:
    for libelle, code in _CODES.items():
        op.get_bind().execute(
            sa.text(
                "UPDATE filtre_garde SET filtre = json_replace(filtre, '$.statut', :code) "
                "WHERE filtre ->> 'statut' = :libelle"
            ),
            {"libelle": libelle, "code": code},
        )
