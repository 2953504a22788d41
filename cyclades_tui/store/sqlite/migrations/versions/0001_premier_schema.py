"""The first schema, with triggers that protect what must not change."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _store()
    _journal()
    _personnes()
    _candidatures()
    _echanges()
    for nom, corps in _DECLENCHEURS.items():
        op.execute(f"CREATE TRIGGER {nom} {corps}")


def _id() -> list[Any]:
    return [sa.Column("id", sa.Integer(), nullable=False)]


def _textes(*noms: str) -> list[Any]:
    return [sa.Column(nom, sa.String(), nullable=False) for nom in noms]


def _entiers(*noms: str) -> list[Any]:
    return [sa.Column(nom, sa.Integer(), nullable=False) for nom in noms]


def _pk(table: str, *colonnes: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*colonnes, name=op.f(f"pk_{table}"))


def _uq(table: str, *colonnes: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*colonnes, name=op.f(f"uq_{table}_{'_'.join(colonnes)}"))


def _fk(table: str, colonne: str, cible: str, cle: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([colonne], [f"{cible}.{cle}"], name=op.f(f"fk_{table}_{colonne}_{cible}"))


def _ix(table: str, *colonnes: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(colonnes)}"), table, list(colonnes))


def _store() -> None:
    op.create_table(
        "identite_store",
        *_textes("id", "cree_le"),
        *_entiers("format"),
        _pk("identite_store", "id"),
    )
    op.create_table(
        "plage",
        *_id(),
        *_entiers("debut", "fin", "prochain"),
        sa.Column("formation", sa.Boolean(), nullable=False),
        *_textes("ajoutee_le"),
        _pk("plage", "id"),
        sqlite_autoincrement=True,
    )


def _journal() -> None:
    op.create_table(
        "journal",
        *_entiers("seq"),
        *_textes("instant", "acte", "acteur_nature", "face", "poste", "sujet", "empreinte", "precedent", "hachage"),
        _pk("journal", "seq"),
    )
    op.create_table(
        "journal_detail",
        *_entiers("seq"),
        *_textes("sel", "valeurs"),
        _fk("journal_detail", "seq", "journal", "seq"),
        _pk("journal_detail", "seq"),
    )
    op.create_table(
        "tete_journal",
        *_entiers("ligne", "seq"),
        *_textes("hachage"),
        sa.CheckConstraint("ligne = 1", name=op.f("ck_tete_journal_une_ligne")),
        _pk("tete_journal", "ligne"),
    )


def _personnes() -> None:
    op.create_table(
        "candidat",
        *_id(),
        *_textes("numero"),
        sa.Column("formation", sa.Boolean(), nullable=False),
        *_textes("civilite", "nom", "nom_usage", "prenoms", "naissance"),
        *_textes("naissance_pays", "naissance_departement", "naissance_commune"),
        *_textes("cle_nom", "cle_personne", "email"),
        sa.Column("email_cle", sa.String(), nullable=True),
        *_entiers("dernier_numero_inscription"),
        *_textes("cree_le"),
        _pk("candidat", "id"),
        _uq("candidat", "numero"),
        _uq("candidat", "cle_personne"),
        _uq("candidat", "email_cle"),
        sqlite_autoincrement=True,
    )
    _ix("candidat", "cle_nom")
    op.create_table(
        "compte",
        *_id(),
        sa.Column("candidat_id", sa.Integer(), nullable=True),
        *_textes("email", "email_cle", "cree_le"),
        _fk("compte", "candidat_id", "candidat"),
        _pk("compte", "id"),
        _uq("compte", "candidat_id"),
        _uq("compte", "email_cle"),
        sqlite_autoincrement=True,
    )


def _candidatures() -> None:
    op.create_table(
        "candidature",
        *_id(),
        *_entiers("candidat_id", "numero"),
        *_textes("examen", "session", "academie", "specialite", "etat"),
        *_entiers("version"),
        *_textes("cree_le", "maj_le"),
        sa.Column("formation", sa.Boolean(), nullable=False),
        _fk("candidature", "candidat_id", "candidat"),
        _pk("candidature", "id"),
        _uq("candidature", "candidat_id", "numero"),
        sqlite_autoincrement=True,
    )
    _ix("candidature", "etat", "examen", "session", "academie")
    op.create_table(
        "version",
        *_id(),
        *_entiers("candidature_id", "numero"),
        *_textes("contenu", "sha256", "referentiel_sha256", "enregistree_le", "acteur"),
        *_entiers("journal_seq"),
        _fk("version", "candidature_id", "candidature"),
        _fk("version", "journal_seq", "journal", "seq"),
        _pk("version", "id"),
        _uq("version", "candidature_id", "numero"),
        sqlite_autoincrement=True,
    )
    _ix("version", "journal_seq")
    op.create_table(
        "document",
        *_id(),
        *_entiers("candidature_id", "version_id"),
        *_textes("nature", "libelle"),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("taille", sa.Integer(), nullable=True),
        *_textes("cree_le"),
        sa.Column("rendu_le", sa.String(), nullable=True),
        _fk("document", "candidature_id", "candidature"),
        _fk("document", "version_id", "version"),
        _pk("document", "id"),
        _uq("document", "version_id", "nature"),
        sqlite_autoincrement=True,
    )
    _ix("document", "candidature_id")
    op.create_index("ix_document_a_rendre", "document", ["id"], sqlite_where=sa.text("sha256 IS NULL"))


def _echanges() -> None:
    op.create_table(
        "message",
        *_id(),
        *_entiers("candidat_id"),
        sa.Column("candidature_id", sa.Integer(), nullable=True),
        *_textes("objet", "corps", "cree_le"),
        sa.Column("envoye_le", sa.String(), nullable=True),
        sa.Column("lu_le", sa.String(), nullable=True),
        _fk("message", "candidat_id", "candidat"),
        _fk("message", "candidature_id", "candidature"),
        _pk("message", "id"),
        sqlite_autoincrement=True,
    )
    _ix("message", "candidat_id")
    op.create_table(
        "brouillon",
        *_id(),
        sa.Column("candidat_id", sa.Integer(), nullable=True),
        *_textes("cle", "saisie", "onglet", "focus", "referentiel_sha256"),
        sa.Column("ecran", sa.String(), nullable=True),
        *_textes("maj_le"),
        _fk("brouillon", "candidat_id", "candidat"),
        _pk("brouillon", "id"),
        _uq("brouillon", "cle"),
    )


def _refus(moment: str, message: str, condition: str = "") -> str:
    quand = f" WHEN {condition}" if condition else ""
    return f"{moment}{quand} BEGIN SELECT RAISE(ABORT, '{message}'); END"


# The row of a candidat can only be checked once it has its id, hence after the insert.
_ADRESSE_D_UN_COMPTE = (
    "EXISTS (SELECT 1 FROM compte WHERE compte.email_cle = NEW.email_cle AND compte.candidat_id IS NOT NEW.id)"
)
_ADRESSE_D_UN_CANDIDAT = (
    "EXISTS (SELECT 1 FROM candidat WHERE candidat.email_cle = NEW.email_cle AND candidat.id IS NOT NEW.candidat_id)"
)

_DECLENCHEURS = {
    "version_fige_update": _refus("BEFORE UPDATE ON version", "une version ne change pas"),
    "version_fige_delete": _refus("BEFORE DELETE ON version", "une version ne s efface pas"),
    "journal_fige_update": _refus("BEFORE UPDATE ON journal", "le journal ne change pas"),
    "journal_fige_delete": _refus("BEFORE DELETE ON journal", "le journal ne s efface pas"),
    "journal_detail_fige_update": _refus("BEFORE UPDATE ON journal_detail", "un detail du journal ne change pas"),
    "document_fige_update": _refus(
        "BEFORE UPDATE OF sha256 ON document",
        "un document rendu ne change pas",
        "OLD.sha256 IS NOT NULL AND NEW.sha256 IS NOT OLD.sha256",
    ),
    "candidat_email_insert": _refus(
        "AFTER INSERT ON candidat", "adresse deja prise par un compte", _ADRESSE_D_UN_COMPTE
    ),
    "candidat_email_update": _refus(
        "AFTER UPDATE OF email_cle ON candidat", "adresse deja prise par un compte", _ADRESSE_D_UN_COMPTE
    ),
    "compte_email_insert": _refus(
        "AFTER INSERT ON compte", "adresse deja prise par un candidat", _ADRESSE_D_UN_CANDIDAT
    ),
    "compte_email_update": _refus(
        "AFTER UPDATE OF email_cle, candidat_id ON compte",
        "adresse deja prise par un candidat",
        _ADRESSE_D_UN_CANDIDAT,
    ),
}
