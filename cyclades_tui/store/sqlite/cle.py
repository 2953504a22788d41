"""Another key for a store: it is written anew beside itself, checked, and only then takes its place (decision 8).

A run that is killed before it sets its mark leaves the store as it was; the next try goes on from what it had written.
Once the mark is set, the next opening of the store finishes the exchange, which needs no key.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from cyclades_tui.domaine.disque import (
    creer_dossier,
    deplacer,
    ecrire_en_entier,
    ecriture_entiere,
    seul_ici,
    synchroniser,
    vider,
)
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable, raison
from cyclades_tui.store.coffre import Coffre
from cyclades_tui.store.requetes.verification import INFORMATIONS
from cyclades_tui.store.sqlite.moteur import connecter, erreurs_en_clair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cyclades_tui.store.sqlite.store import StoreSqlite

MARQUE = ".cle-a-echanger"
_CHANTIER = ".nouvelle-cle"
_BASE, _COFFRE, _ANCIEN_COFFRE = "cyclades.db", "coffre", "ancien-coffre"
_JOURNAUX = ("-wal", "-shm", "-journal")


def changer_la_cle(
    store: StoreSqlite,
    nouvelle: str,
    *,
    etats: Collection[str],
    consigner: Callable[[StoreSqlite], None],
) -> None:
    """Encrypt a store, closed by this call, with another key, or with its first one.

    `consigner` journals it in the new store before that takes the place; `etats` is for its check. Raises
    StoreInutilisable: open elsewhere, not sound, disk full or failing; the store is then as it was.
    """
    store.fermer()
    try:
        with _verrou(store) as ancienne:
            chantier = _ouvrir_le_chantier(store.chemin)
            _recopier_le_coffre(store.coffre, Coffre(chantier / _COFFRE, nouvelle))
            with ecriture_entiere(chantier / _BASE, mode=None) as provisoire:
                _exporter(ancienne, provisoire.name, nouvelle)
            _controler(type(store)(chantier, nouvelle, store.fichier_cle), etats, consigner)
            ecrire_en_entier(store.chemin / MARQUE, b"", mode=None)
            ancienne.execute("PRAGMA journal_mode=DELETE")  # so that no -wal file outlives the old database
            vider(store.fichier)  # a poste that waits for the lock finds nothing to write in
        terminer_l_echange(store.chemin)
    except OSError as erreur:
        message = f"La clé n'a pas pu être changée : {raison(erreur)} (« {erreur.filename or store.chemin} »)."
        remede = "Vérifiez la place et les droits de ce disque, puis recommencez avec la même clé."
        raise StoreInutilisable(Faute("cle.ecriture", "", message, remede)) from erreur


def terminer_l_echange(chemin: Path) -> None:
    """Finish the exchange of a store whose mark is there; do nothing otherwise. Raises StoreInutilisable."""
    if not (chemin / MARQUE).exists():
        return
    try:
        with seul_ici(chemin):
            if (chemin / MARQUE).exists():  # no other process has just finished
                _echanger(chemin, chemin / _CHANTIER)
    except OSError as erreur:
        message = f"Le changement de clé de « {chemin} » n'a pas pu être terminé : {raison(erreur)}."
        remede = "Vérifiez la place et les droits de ce disque, puis rouvrez le store avec la nouvelle clé."
        raise StoreInutilisable(Faute("cle.echange", "", message, remede)) from erreur


def _echanger(chemin: Path, chantier: Path) -> None:
    """Each step finds what a former try, killed after it, has already done."""
    if (chantier / _COFFRE).exists():
        if (chemin / _COFFRE).exists():
            deplacer(chemin / _COFFRE, chantier / _ANCIEN_COFFRE)
        deplacer(chantier / _COFFRE, chemin / _COFFRE)
    if (chantier / _BASE).exists():
        for suffixe in _JOURNAUX:
            (chemin / f"{_BASE}{suffixe}").unlink(missing_ok=True)
        deplacer(chantier / _BASE, chemin / _BASE)
    for copie in chemin.glob("cyclades-revision-*.db"):  # of before a migration, under the old key or in clear
        copie.unlink()
    synchroniser(chemin)
    if chantier.exists():
        shutil.rmtree(chantier)
    (chemin / MARQUE).unlink()
    synchroniser(chemin)


@contextmanager
def _verrou(store: StoreSqlite) -> Iterator[Any]:
    """A connection that alone has the database, until the block ends."""
    with erreurs_en_clair(store.fichier, store.cle):
        connexion = connecter(store.fichier, store.cle)
        try:
            connexion.execute("PRAGMA busy_timeout=0")
            connexion.execute("PRAGMA locking_mode=EXCLUSIVE")  # keeps the lock until the connection closes
            try:
                connexion.execute("BEGIN EXCLUSIVE")
            except dbapi2.OperationalError as erreur:
                if "locked" not in str(erreur):
                    raise
                message = f"Un poste travaille sur « {store.chemin} » : sa clé n'a pas été changée."
                remede = "Quittez la borne et le guichet, puis recommencez."
                raise StoreInutilisable(Faute("cle.ouvert", "", message, remede)) from erreur
            connexion.execute("COMMIT")
            yield connexion
        finally:
            with suppress(dbapi2.Error):
                connexion.close()


def _ouvrir_le_chantier(chemin: Path) -> Path:
    """The folder of the new store, with what a former try has done of its coffre."""
    chantier = chemin / _CHANTIER
    if chantier.is_symlink():
        chantier.unlink()
    if not chantier.is_dir():
        creer_dossier(chantier, chemin.stat().st_mode & 0o7777)
    for reste in chantier.iterdir():
        if reste.is_dir() and reste.name != _COFFRE:
            shutil.rmtree(reste)
        elif not reste.is_dir():
            reste.unlink()
    return chantier


def _recopier_le_coffre(ancien: Coffre, neuf: Coffre) -> None:
    if not neuf.est_prepare():
        shutil.rmtree(neuf.racine, ignore_errors=True)
        neuf.preparer()
    for sha256 in ancien.parcourir():
        if not _se_lit(neuf, sha256):
            neuf.oublier(sha256)
            with suppress(StoreInutilisable):  # missing or damaged: the check of the whole names it, if a row needs it
                neuf.deposer(ancien.lire(sha256))


def _se_lit(coffre: Coffre, sha256: str) -> bool:
    if not coffre.contient(sha256):
        return False
    try:
        coffre.lire(sha256)
    except StoreInutilisable:
        return False
    return True


def _exporter(connexion: Any, chemin: str, cle: str) -> None:
    connexion.execute("ATTACH DATABASE ? AS nouvelle KEY ?", (chemin, cle))
    try:
        connexion.execute("SELECT sqlcipher_export('nouvelle')")
    finally:
        connexion.execute("DETACH DATABASE nouvelle")


def _controler(neuf: StoreSqlite, etats: Collection[str], consigner: Callable[[StoreSqlite], None]) -> None:
    try:
        fautes = [faute for faute in neuf.verifier(etats=etats) if faute.code not in INFORMATIONS]
        if fautes:
            raise StoreInutilisable(fautes)
        consigner(neuf)
    finally:
        neuf.fermer()
