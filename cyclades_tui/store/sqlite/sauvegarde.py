"""An online backup: a folder that opens like a store, so restoring means copying it back (decision 9)."""

from __future__ import annotations

import errno
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from cyclades_tui.domaine.avertissements import avertir
from cyclades_tui.domaine.disque import (
    copier_en_entier,
    creer_dossier,
    dossier_entier,
    ecrire_en_entier,
    ecriture_entiere,
)
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable, raison
from cyclades_tui.domaine.lecture_de_fichiers import COFFRE_AU_PLUS, lire_en_entier
from cyclades_tui.domaine.temps import PARIS
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.store.cle_du_journal import FICHIER_CLE
from cyclades_tui.store.modele.unite import Progres
from cyclades_tui.store.requetes.verification import INFORMATIONS, compter_les_fichiers, empreintes
from cyclades_tui.store.sqlite.moteur import connecter, erreurs_en_clair
from cyclades_tui.store.sqlite.store import COFFRE, FICHIER, StoreSqlite
from cyclades_tui.store.temoins import MANIFESTE

PARAMETRAGE = "parametrage"  # the folder of the local settings in a backup

_DITES_AU_PLUS = 20
_ABIMEE = frozenset({11, 26})  # SQLite's codes for a page that it cannot follow
# SQLite's code, while it copies -> the error of the system. It names no file, and only the copy is written.
_DE_LA_DESTINATION = {8: errno.EROFS, 10: errno.EIO, 13: errno.ENOSPC, 14: errno.EACCES}
_DE_LA_SOURCE = frozenset({266, 522, 8458})  # could not read, short read, damaged file system


def sauvegarder(
    store: StoreSqlite,
    destination: Path,
    progres: Progres | None = None,
    *,
    parametrage: Path,
    etats: Collection[str],
    instant: datetime,
) -> Path:
    """Copy store and local settings while others write, check the copy, and only then give it its name.

    A damaged store is copied all the same: what is damaged in it is told (`avertir`), and only what its copy alone has
    refuses the copy.

    Returns its folder, `cyclades-AAAAMMJJ-HHMMSS`, `instant` in Paris time. The copy of an encrypted store has the same
    key; a `parametrage` that does not exist is skipped. `destination` may be on a network disk. `etats` is for the
    check; `progres` gets the number of files copied and their total, the database counting as one.
    Raises StoreInutilisable: destination not a folder or inside what is copied, name taken, its disk full or failing,
    copy not as sound as the store.
    """
    cible = destination / f"cyclades-{instant.astimezone(PARIS):%Y%m%d-%H%M%S}"
    try:
        _preparer(destination, (store.chemin, parametrage))
        _refuser_existante(cible)
        with dossier_entier(cible) as provisoire:
            _copier(store, provisoire, etats, instant, progres or (lambda _fait, _total: None))
            _copier_parametrage(parametrage, provisoire / PARAMETRAGE)
    except OSError as erreur:
        message = f"La sauvegarde n'a pas pu être faite : {raison(erreur)} (« {erreur.filename or destination} »)."
        remede = "Vérifiez la place et les droits de ce disque, puis recommencez."
        raise StoreInutilisable(Faute("sauvegarde.ecriture", "", message, remede)) from erreur
    return cible


def _preparer(destination: Path, copies: tuple[Path, ...]) -> None:
    """Create the destination folder, which must be outside what is copied."""
    for copie in copies:
        if destination.resolve().is_relative_to(copie.resolve()):
            message = f"« {destination} » est dans le dossier à sauvegarder, « {copie} »."
            remede = "Donnez un dossier ailleurs, de préférence sur un autre disque."
            raise StoreInutilisable(Faute("sauvegarde.destination", "", message, remede))
    try:
        destination.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as erreur:
        message = f"« {destination} » ne peut pas être un dossier : il y a là un fichier."
        raise StoreInutilisable(Faute("sauvegarde.destination", "", message, "Donnez un dossier.")) from erreur


def _refuser_existante(chemin: Path) -> None:
    if chemin.exists() or chemin.is_symlink():
        message = f"Le dossier « {chemin} » existe déjà."
        raise StoreInutilisable(
            Faute("sauvegarde.existe", "", message, "Effacez ce dossier ou donnez-en un autre, puis recommencez.")
        )


def _copier(store: StoreSqlite, dossier: Path, etats: Collection[str], instant: datetime, progres: Progres) -> None:
    _copier_base(store, dossier / FICHIER)
    # Opened without the checks for a working store: nobody else uses the copy, which may be on a network disk.
    if not store.fichier_cle.is_relative_to(store.chemin):
        fichier_cle: Path | None = store.fichier_cle  # kept elsewhere on purpose
    else:
        fichier_cle = None
        if (cle := _octets(store.fichier_cle)) is not None:
            ecrire_en_entier(dossier / FICHIER_CLE, cle)
    copie = StoreSqlite(dossier, store.cle, fichier_cle)
    try:
        _copier_fichiers(store, copie, progres)
        if (tete := copie.tete_signee(instant)) is not None:
            ecrire_en_entier(dossier / MANIFESTE, tete.encode() + b"\n")
        fautes = [faute for faute in copie.verifier(etats=etats) if faute.code not in INFORMATIONS]
    finally:
        copie.fermer()
    if fautes:
        _comparer_au_store(store, copie, fautes, etats)


def _comparer_au_store(store: StoreSqlite, copie: StoreSqlite, fautes: Sequence[Faute], etats: Collection[str]) -> None:
    """Tell of the faults that the store has itself. Raises StoreInutilisable for those of the copy alone."""

    def sans_lieu(faute: Faute) -> str:
        """What is said of a fault, wherever its file lies; of a file of the coffre, only which one it is."""
        dit = faute.message.replace(str(copie.chemin), str(store.chemin))
        return dit.partition(" du coffre")[0] if faute.code.startswith("coffre.") else dit

    connues = {sans_lieu(faute): faute for faute in store.verifier(etats=etats)}
    propres = [faute for faute in fautes if sans_lieu(faute) not in connues]
    if propres:
        raise StoreInutilisable(propres)
    nombre = denombrer(len(fautes), "faute")
    constat = f"Ce store est abîmé, et sa sauvegarde l'est comme lui : {nombre}."
    avertir(Faute("sauvegarde.abime", "", constat, "Gardez aussi vos sauvegardes d'avant."))
    for faute in fautes[:_DITES_AU_PLUS]:
        avertir(connues[sans_lieu(faute)])


def _copier_fichiers(store: StoreSqlite, copie: StoreSqlite, progres: Progres) -> None:
    with copie.lire() as unite:
        total = 1 + compter_les_fichiers(unite)
        progres(1, total)
        copies = store.coffre.copier(empreintes(unite), copie.chemin / COFFRE)
        with suppress(StoreInutilisable):  # there is no coffre any more: the check of the copy says so
            for rang, _ in enumerate(copies, start=2):
                progres(rang, total)


def _copier_base(store: StoreSqlite, fichier: Path) -> None:
    """Copy one state of the database, still encrypted. Raises OSError of the copy's disk; StoreInutilisable."""
    with erreurs_en_clair(store.fichier, store.cle):
        connexion = connecter(store.fichier, store.cle, lecture=True)
        try:
            connexion.execute("PRAGMA query_only=OFF")  # which forbids VACUUM INTO as well
            with ecriture_entiere(fichier, mode=None) as provisoire:
                connexion.execute("VACUUM INTO ?", (provisoire.name,))
        except dbapi2.Error as refus:
            code = getattr(refus, "sqlite_errorcode", 0)
            if code & 0xFF in _ABIMEE:
                _copier_les_pages(connexion, store.fichier, fichier)
            elif code & 0xFF in _DE_LA_DESTINATION and code not in _DE_LA_SOURCE:
                raise OSError(_DE_LA_DESTINATION[code & 0xFF], "", str(fichier.parent.parent)) from refus
            else:
                raise
        finally:
            connexion.close()


def _copier_les_pages(connexion: Any, base: Path, fichier: Path) -> None:
    """Copy a database as it lies, where a damaged page keeps its rows from being copied one by one."""
    with suppress(dbapi2.Error):  # a disk that nobody can write needs no lock
        connexion.execute("BEGIN IMMEDIATE")
    for suffixe in ("-wal", ""):
        source = base.with_name(f"{base.name}{suffixe}")
        if source.exists():
            copier_en_entier(source, fichier.with_name(f"{fichier.name}{suffixe}"), mode=None)


def _copier_parametrage(source: Path, cible: Path) -> None:
    """Copied after the database, so that every window in the copied journal is in the copied settings."""
    if not source.is_dir():
        return
    creer_dossier(cible)
    for chemin in sorted(source.rglob("*")):
        copie = cible / chemin.relative_to(source)
        if chemin.is_dir():
            creer_dossier(copie)
        elif chemin.is_file():  # a file being written may be renamed after the listing
            octets = _octets(chemin)
            if octets is None:
                message = f"Le fichier de réglages « {chemin} » ne se lit pas : il manque à la sauvegarde."
                avertir(Faute("sauvegarde.reglages", "", message, "Vérifiez ce fichier et son disque."))
            else:
                ecrire_en_entier(copie, octets)


def _octets(chemin: Path) -> bytes | None:
    """The bytes of a file of the store; None if it cannot be read, which does not keep the rest from being saved."""
    try:
        return lire_en_entier(chemin, COFFRE_AU_PLUS)
    except OSError:
        return None
