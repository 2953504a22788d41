"""Brings a store's file to the schema of this release, or leaves it unchanged (decision 8).

Imports Alembic, which is slow: import this module late.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, StaticPool, create_engine, func, select, table, text
from sqlcipher3 import dbapi2

from cyclades_tui.domaine.disque import ecriture_entiere
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.store.cle_du_journal import CleDuJournal
from cyclades_tui.store.sqlite.migrations import SCRIPTS
from cyclades_tui.store.sqlite.moteur import connecter, erreurs_en_clair
from cyclades_tui.store.sqlite.preuve import noter_l_etat, reprendre_l_etat


@dataclass(frozen=True, slots=True)
class _Contenu:
    """What a migration must not lose: the number of rows per table, and the triggers with their tables."""

    lignes: dict[str, int]
    declencheurs: frozenset[tuple[str, str]]


def migrer(fichier: Path, cle: str | None, preuve: CleDuJournal | None = None, *, scripts: Path = SCRIPTS) -> None:
    """Copy the file, then run the migrations of `scripts` on it in one exclusive transaction.

    With the journal's key, what the migration writes is proved as what an acte writes.

    Raises StoreInutilisable, with nothing changed, if another desk has the store open or if rows, triggers or
    references would be lost. The copy stays, as `cyclades-revision-NNNN.db`. A new, empty file is not copied.
    """
    with erreurs_en_clair(fichier, cle):
        pilote = connecter(fichier, cle)
        moteur = create_engine(
            "sqlite://", module=dbapi2, creator=lambda: pilote, poolclass=StaticPool, hide_parameters=True
        )
        try:
            with moteur.connect() as connexion:
                _verrouiller(connexion)
                configuration = _configurer(connexion, scripts)
                revision = _lire_revision(connexion)
                # Another desk may have migrated it while this one waited for the lock.
                if revision != ScriptDirectory.from_config(configuration).get_current_head():
                    _copier(connexion, fichier, revision)
                    _transformer(connexion, configuration, preuve, revision)
        finally:
            moteur.dispose()


def est_ouvert_ailleurs(fichier: Path, cle: str | None) -> bool:
    """Whether another process has the store's file open; False if there is no such file."""
    try:
        pilote = connecter(fichier, cle)
    except dbapi2.DatabaseError:
        return False
    try:
        pilote.execute("PRAGMA busy_timeout=0")
        pilote.execute("PRAGMA locking_mode=EXCLUSIVE")
        pilote.execute("BEGIN EXCLUSIVE")
        pilote.execute("COMMIT")
    except dbapi2.OperationalError as erreur:
        return "locked" in str(erreur)
    except dbapi2.DatabaseError:
        return False
    finally:
        pilote.close()
    return False


@cache
def declencheurs() -> dict[str, str]:
    """The triggers of this release's schema, name -> SQL, as the migrations create them in an empty database."""
    moteur = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: dbapi2.connect(":memory:", isolation_level=None),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    try:
        with moteur.connect() as connexion:
            command.upgrade(_configurer(connexion, SCRIPTS), "head")
            lignes = connexion.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
            return {ligne.name: ligne.sql for ligne in lignes}
    finally:
        moteur.dispose()


def _verrouiller(connexion: Connection) -> None:
    for ordre in (
        "PRAGMA foreign_keys=OFF",  # otherwise rebuilding a table deletes its child rows
        "PRAGMA legacy_alter_table=ON",  # otherwise it fails on triggers of other tables that name the table
        "PRAGMA locking_mode=EXCLUSIVE",  # keeps the lock until the connection closes
        "BEGIN EXCLUSIVE",
        "COMMIT",
    ):
        connexion.exec_driver_sql(ordre)


def _configurer(connexion: Connection, scripts: Path) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(scripts).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    configuration.attributes["connexion"] = connexion
    return configuration


def _copier(connexion: Connection, fichier: Path, revision: str | None) -> None:
    if revision is None:
        return
    copie = fichier.with_name(f"{fichier.stem}-revision-{revision}{fichier.suffix}")
    with ecriture_entiere(copie, mode=None) as provisoire:
        connexion.exec_driver_sql("VACUUM INTO ?", (provisoire.name,))  # SQLite accepts an empty file


def _transformer(
    connexion: Connection, configuration: Config, preuve: CleDuJournal | None, revision: str | None
) -> None:
    connexion.exec_driver_sql("BEGIN EXCLUSIVE")
    avant = _contenu(connexion)
    pilote = connexion.connection.driver_connection
    if preuve is not None:
        noter_l_etat(pilote, preuve, revision or "")
    command.upgrade(configuration, "head")
    pertes = [*_pertes(avant, _contenu(connexion)), *_references_rompues(connexion)]
    if pertes:
        connexion.rollback()
        raise StoreInutilisable(pertes)
    if preuve is not None:
        reprendre_l_etat(pilote, preuve)
    connexion.commit()


def _lire_revision(connexion: Connection) -> str | None:
    """The revision of the schema; None if the file holds no schema."""
    tables = connexion.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").all()
    return connexion.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if tables else None


def _contenu(connexion: Connection) -> _Contenu:
    objets = connexion.exec_driver_sql("SELECT type, name, tbl_name FROM sqlite_master").all()
    tables = [
        nom
        for type_, nom, _ in objets
        if type_ == "table" and not nom.startswith("sqlite_") and nom != "alembic_version"
    ]
    return _Contenu(
        lignes={nom: connexion.scalar(select(func.count()).select_from(table(nom))) or 0 for nom in tables},
        declencheurs=frozenset((nom, porteuse) for type_, nom, porteuse in objets if type_ == "trigger"),
    )


def _pertes(avant: _Contenu, apres: _Contenu) -> list[Faute]:
    pertes = [
        f"la table « {nom} » passe de {lignes} à {apres.lignes.get(nom, 0)} lignes"
        for nom, lignes in avant.lignes.items()
        if apres.lignes.get(nom, 0) < lignes  # a migration may add rows
    ]
    pertes += [
        f"le déclencheur « {nom} » de la table « {porteuse} » disparaît"
        for nom, porteuse in sorted(avant.declencheurs - apres.declencheurs)
    ]
    return [_faute(perte) for perte in pertes]


def _references_rompues(connexion: Connection) -> list[Faute]:
    rompues = connexion.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [_faute(f"{len(rompues)} lignes désignent une ligne absente")] if rompues else []


def _faute(constat: str) -> Faute:
    return Faute(
        "migration.perte",
        "",
        f"La mise à jour du store est annulée : {constat}.",
        "Le store est inchangé : gardez la version précédente du logiciel et prévenez son fournisseur.",
    )
