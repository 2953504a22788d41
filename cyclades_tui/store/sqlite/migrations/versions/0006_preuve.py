"""The keyed chain of what each transaction wrote, the settings files accepted, the pieces of older dossiers to ask."""

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
    _demander_aux_anciennes()


def _demander_aux_anciennes() -> None:
    """Put in a lot the active candidatures whose last version was saved before pieces were asked."""
    connexion = op.get_bind()
    anciennes = connexion.execute(
        sa.text(
            "SELECT candidature.id FROM candidature JOIN version ON version.candidature_id = candidature.id "
            "AND version.numero = candidature.version WHERE candidature.etat IN ('Inscrit', 'À compléter') "
            "AND NOT EXISTS (SELECT 1 FROM justificatif WHERE justificatif.candidature_id = candidature.id) "
            "AND CASE WHEN json_valid(contenu) THEN json_type(contenu, '$.pieces') IS NULL ELSE 0 END ORDER BY 1"
        )
    ).scalars()
    if not (ids := list(anciennes)):
        return
    instant = connexion.scalar(sa.text("SELECT max(instant) FROM journal"))
    lot = connexion.scalar(
        sa.text(
            "INSERT INTO lot (nature, criteres, acteur, cree_le) VALUES ('pieces', '{}', 'systeme', :instant) "
            "RETURNING id"
        ),
        {"instant": instant or ""},
    )
    elements = sa.table("lot_element", sa.column("lot_id"), sa.column("candidature_id"))
    connexion.execute(sa.insert(elements), [{"lot_id": lot, "candidature_id": id_} for id_ in ids])
