"""The schema: one history, guarded migrations, and what the database itself refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from outils.store import (
    ajouter_candidat,
    ajouter_candidature,
    ajouter_message,
    ajouter_version,
    brut,
    codes,
    consigner,
    nouveau_store,
    photo,
)
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.store.modele.tables import Candidature, Table
from cyclades_tui.store.sqlite import migrations, moteur
from cyclades_tui.store.sqlite.migration import migrer
from cyclades_tui.store.sqlite.store import StoreSqlite

SUIVANTE = f"{int(migrations.REVISION) + 1:04d}"
ENTETE = f"""
import sqlalchemy as sa
from alembic import op

revision = "{SUIVANTE}"
down_revision = "{migrations.REVISION}"


def upgrade():
"""


def store_rempli(dossier: Path, cle: str | None = None) -> StoreSqlite:
    store = nouveau_store(dossier, cle)
    with store.ecrire() as unite:
        candidat = ajouter_candidat(unite, "Martin", "martin@exemple.fr")
        ajouter_candidature(unite, candidat)
        ajouter_message(unite, candidat)
    store.fermer()
    return store


def scripts_avec(dossier: Path, corps: str) -> Path:
    """The shipped migrations and one more, whose upgrade() is `corps`."""
    scripts = dossier / "scripts 100 %"
    shutil.copytree(migrations.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    lignes = "".join(f"    {ligne}\n" for ligne in corps.splitlines())
    (scripts / "versions" / f"{SUIVANTE}_essai.py").write_text(ENTETE + lignes)
    return scripts


def test_the_tables_are_what_the_migrations_make(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    with store.lire() as unite:
        contexte = MigrationContext.configure(unite.session.connection(), opts={"compare_type": True})
        assert compare_metadata(contexte, Table.metadata) == []


def test_this_release_s_revision_is_the_last_migration() -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(migrations.SCRIPTS))
    configuration.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(configuration).get_heads() == [migrations.REVISION]


@pytest.mark.parametrize("cle", [None, "clé d'essai"])
def test_a_good_migration_runs_once_and_keeps_a_copy(tmp_path: Path, cle: str | None) -> None:
    store = store_rempli(tmp_path, cle)
    avant = photo(store)
    scripts = scripts_avec(tmp_path, 'op.add_column("message", sa.Column("canal", sa.String(), nullable=True))')
    migrer(store.fichier, cle, scripts=scripts)
    migrer(store.fichier, cle, scripts=scripts)
    apres = photo(store)
    assert apres["alembic_version"] == [(SUIVANTE,)]
    assert apres["message"] == [(*ligne, None) for ligne in avant["message"]]
    (copie,) = store.chemin.glob("*-revision-*")
    assert copie.name == f"cyclades-revision-{migrations.REVISION}.db"
    shutil.copytree(store.chemin, tmp_path / "retour")
    shutil.copy(copie, tmp_path / "retour" / "cyclades.db")
    retour = StoreSqlite.ouvrir(tmp_path / "retour", cle=cle)
    assert photo(retour) == avant


@pytest.mark.parametrize(
    ("corps", "constat"),
    [
        ('with op.batch_alter_table("candidat", recreate="always") as lot:\n    pass', "déclencheur"),
        ('with op.batch_alter_table("version", recreate="always") as lot:\n    pass', "version_fige_update"),
        ('op.execute("DELETE FROM message")', "la table « message » passe de 1 à 0 lignes"),
        ('op.drop_table("message")', "la table « message » passe de 1 à 0 lignes"),
        ('op.execute("UPDATE message SET candidat_id = 999")', "désignent une ligne absente"),
    ],
)
def test_a_migration_that_loses_something_changes_nothing(tmp_path: Path, corps: str, constat: str) -> None:
    store = store_rempli(tmp_path)
    avant = photo(store)
    with pytest.raises(StoreInutilisable, match=constat) as refus:
        migrer(store.fichier, None, scripts=scripts_avec(tmp_path, corps))
    assert codes(refus.value) == {"migration.perte"}
    assert photo(store) == avant
    assert photo(StoreSqlite.ouvrir(store.chemin)) == avant


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    store = store_rempli(tmp_path)
    avant = photo(store)
    corps = 'op.execute("DELETE FROM message")\nraise ValueError("panne")'
    with pytest.raises(ValueError, match="panne"):
        migrer(store.fichier, None, scripts=scripts_avec(tmp_path, corps))
    assert photo(store) == avant


def test_a_store_in_use_is_not_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_rempli(tmp_path)
    monkeypatch.setattr(moteur, "ATTENTE", 0.05)
    with store.lire() as unite:
        unite.session.execute(text("SELECT 1 FROM candidat"))
        with pytest.raises(StoreInutilisable) as refus:
            migrer(store.fichier, None, scripts=scripts_avec(tmp_path, "pass"))
    assert codes(refus.value) == {"store.occupe"}


@pytest.mark.parametrize(
    "ordre",
    [
        "INSERT OR REPLACE INTO version SELECT * FROM version WHERE id = 2",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 3",
    ],
)
def test_what_must_not_change_is_not_replaced_either(tmp_path: Path, ordre: str) -> None:
    store = store_rempli(tmp_path)
    with store.ecrire() as unite:
        candidature = unite.session.exec(select(Candidature)).one()
        _, document = ajouter_version(unite, candidature, 2)
        unite.session.delete(document)  # so that only the trigger prevents the deletion of the version
        consigner(unite)
        unite.session.execute(text("DELETE FROM journal_detail"))
        consigner(unite)
    avant = photo(store)
    with pytest.raises(IntegrityError), store.ecrire() as unite:
        unite.session.execute(text(ordre))
    assert photo(store) == avant


def test_a_raw_reader_sees_what_was_written(tmp_path: Path) -> None:
    with brut(store_rempli(tmp_path)) as connexion:
        assert connexion.execute("SELECT numero, formation FROM candidat").fetchall() == [("02699000000", 1)]
