"""An online backup: a folder that opens like a store, so restoring means copying it back (decision 9)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from cyclades_tui.domaine.disque import creer_dossier, dossier_entier, ecrire_en_entier, ecriture_entiere
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable, raison
from cyclades_tui.domaine.temps import PARIS
from cyclades_tui.store.cle_du_journal import FICHIER_CLE
from cyclades_tui.store.modele.unite import Progres
from cyclades_tui.store.requetes.verification import INFORMATIONS, compter_les_fichiers, empreintes
from cyclades_tui.store.sqlite.moteur import connecter, erreurs_en_clair
from cyclades_tui.store.sqlite.store import COFFRE, FICHIER, StoreSqlite
from cyclades_tui.store.temoins import MANIFESTE

PARAMETRAGE = "parametrage"  # the folder of the local settings in a backup


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

    Returns its folder, `cyclades-AAAAMMJJ-HHMMSS`, `instant` in Paris time. The copy of an encrypted store has the same
    key; a `parametrage` that does not exist is skipped. `destination` may be on a network disk. `etats` is for the
    check; `progres` gets the number of files copied and their total, the database counting as one.
    Raises StoreInutilisable: destination not a folder or inside what is copied, name taken, disk full or failing, file
    of the coffre missing, copy not sound.
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
        if store.fichier_cle.exists():
            ecrire_en_entier(dossier / FICHIER_CLE, store.fichier_cle.read_bytes())
    copie = StoreSqlite(dossier, store.cle, fichier_cle)
    try:
        _copier_fichiers(store, copie, progres)
        if (tete := copie.tete_signee(instant)) is not None:
            ecrire_en_entier(dossier / MANIFESTE, tete.encode() + b"\n")
        fautes = [faute for faute in copie.verifier(etats=etats) if faute.code not in INFORMATIONS]
    finally:
        copie.fermer()
    if fautes:
        raise StoreInutilisable(fautes)


def _copier_fichiers(store: StoreSqlite, copie: StoreSqlite, progres: Progres) -> None:
    with copie.lire() as unite:
        total = 1 + compter_les_fichiers(unite)
        progres(1, total)
        copies = store.coffre.copier(empreintes(unite), copie.chemin / COFFRE)
        for rang, _ in enumerate(copies, start=2):
            progres(rang, total)


def _copier_base(store: StoreSqlite, fichier: Path) -> None:
    with erreurs_en_clair(store.fichier, store.cle), ecriture_entiere(fichier, mode=None) as provisoire:
        connexion = connecter(store.fichier, store.cle)
        try:
            connexion.execute("VACUUM INTO ?", (provisoire.name,))  # one state of the store, still encrypted
        finally:
            connexion.close()


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
            ecrire_en_entier(copie, chemin.read_bytes())
