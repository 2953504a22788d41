"""Agents, justificatifs with files and history, lots, the sender of a message, why a candidature is set aside."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("candidature", sa.Column("motif", sa.String(), nullable=False, server_default=""))
    op.add_column("message", sa.Column("expediteur", sa.String(), nullable=False, server_default=""))
    op.add_column("document", sa.Column("contenu", sa.String(), nullable=True))
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"])
    _agents()
    _justificatifs()
    _lots()
    for evenement in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER suivi_fige_{evenement.lower()} BEFORE {evenement} ON suivi "
            "BEGIN SELECT RAISE(ABORT, 'un suivi ne change pas'); END"
        )


def _textes(*noms: str) -> list[Any]:
    return [sa.Column(nom, sa.String(), nullable=False) for nom in noms]


def _peut_etre(*noms: str) -> list[Any]:
    return [sa.Column(nom, sa.String(), nullable=True) for nom in noms]


def _entiers(*noms: str) -> list[Any]:
    return [sa.Column(nom, sa.Integer(), nullable=False) for nom in noms]


def _oui_non(*noms: str) -> list[Any]:
    return [sa.Column(nom, sa.Boolean(), nullable=False) for nom in noms]


def _fk(table: str, colonne: str, cible: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([colonne], [f"{cible}.id"], name=op.f(f"fk_{table}_{colonne}_{cible}"))


def _pk(table: str, *colonnes: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*colonnes or ("id",), name=op.f(f"pk_{table}"))


def _ix(table: str, *colonnes: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(colonnes)}"), table, list(colonnes))


def _agents() -> None:
    op.create_table(
        "agent",
        *_entiers("id"),
        *_textes("identifiant", "nom", "role", "academies", "etablissement", "mot_de_passe", "cree_le"),
        *_peut_etre("desactive_le", "bloque_jusqu"),
        *_entiers("echecs"),
        _pk("agent"),
        sa.UniqueConstraint("identifiant", name=op.f("uq_agent_identifiant")),
        sqlite_autoincrement=True,
    )


def _justificatifs() -> None:
    op.create_table(
        "justificatif",
        *_entiers("id", "candidature_id"),
        *_textes("examen", "session", "academie", "piece", "precision", "code", "libelle", "sigle", "mode"),
        *_entiers("rang"),
        *_oui_non("obligatoire"),
        *_textes("statut", "commentaire"),
        *_peut_etre("limite", "recue_le"),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        *_peut_etre("valide_le"),
        *_oui_non("a_controler"),
        *_textes("file_le", "affecte_a", "ouverte_par", "ouverte_le"),
        *_oui_non("sans_objet"),
        *_entiers("version", "revision"),
        _fk("justificatif", "candidature_id", "candidature"),
        _pk("justificatif"),
        sa.UniqueConstraint(
            "candidature_id", "piece", "precision", name=op.f("uq_justificatif_candidature_id_piece_precision")
        ),
        sqlite_autoincrement=True,
    )
    for nom, colonnes in _FILES.items():
        op.create_index(nom, "justificatif", colonnes, sqlite_where=sa.text("a_controler"))
    ouvertes = sa.text("ouverte_par != ''")
    op.create_index("ix_justificatif_ouverte", "justificatif", ["ouverte_par"], sqlite_where=ouvertes)
    op.create_table(
        "depot",
        *_entiers("id", "justificatif_id"),
        *_textes("nom", "format"),
        *_entiers("taille", "pages"),
        *_textes("sha256", "analyse", "depose_le", "acteur"),
        *_peut_etre("retire_le"),
        _fk("depot", "justificatif_id", "justificatif"),
        _pk("depot"),
        sqlite_autoincrement=True,
    )
    _ix("depot", "justificatif_id")
    _ix("depot", "sha256")
    op.create_table(
        "suivi",
        *_entiers("id", "justificatif_id"),
        *_textes("acte", "statut", "commentaire"),
        *_peut_etre("limite", "recue_le"),
        sa.Column("depot_id", sa.Integer(), nullable=True),
        *_peut_etre("valide_le"),
        *_oui_non("a_controler"),
        *_textes("file_le", "acteur", "acteur_nature", "instant"),
        sa.Column("annule", sa.Integer(), nullable=True),
        _fk("suivi", "justificatif_id", "justificatif"),
        _pk("suivi"),
        sqlite_autoincrement=True,
    )
    _ix("suivi", "justificatif_id")
    _ix("suivi", "acteur", "instant")


_FILES = {
    "ix_justificatif_file": ["file_le", "id"],
    "ix_justificatif_tri": [
        "examen",
        "session",
        "academie",
        "mode",
        "file_le",
        "id",
        "statut",
        "affecte_a",
        "piece",
        "a_controler",
    ],
}


def _lots() -> None:
    op.create_table(
        "lot",
        *_entiers("id"),
        *_textes("nature", "criteres", "acteur", "cree_le"),
        *_peut_etre("termine_le"),
        _pk("lot"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "lot_element",
        *_entiers("lot_id", "candidature_id"),
        *_peut_etre("fait_le"),
        _fk("lot_element", "lot_id", "lot"),
        _fk("lot_element", "candidature_id", "candidature"),
        _pk("lot_element", "lot_id", "candidature_id"),
    )
