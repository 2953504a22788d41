"""An online backup: a folder that opens as a store does, so that restoring is copying it back (decision 9)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.domaine.temps import PARIS
from cyclades_tui.store.base import COFFRE, FICHIER, Store
from cyclades_tui.store.disque import MODE_PRIVE, creer_dossier, mode_des_fichiers, synchroniser
from cyclades_tui.store.moteur import connecter, erreurs_en_clair
from cyclades_tui.store.verification import ORPHELIN, empreintes_des_documents, verifier


def sauvegarder(
    store: Store, destination: Path, progres: Callable[[int, int], None] | None = None, *, instant: datetime
) -> Path:
    """Copy the store while others write, check the copy, and only then give it its name; returns its folder.

    The name is `cyclades-AAAAMMJJ-HHMMSS`, `instant` in Paris time. The copy of an encrypted store has the same key.
    `destination` may be a network disk. `progres` is told the files copied and their number, the database being one.
    Raises StoreInutilisable: name taken, disk full or failing, file of the coffre missing, copy not sound.
    """
    cible = destination / f"cyclades-{instant.astimezone(PARIS):%Y%m%d-%H%M%S}"
    provisoire = destination / f".{cible.name}.en-cours"
    try:
        destination.mkdir(parents=True, exist_ok=True)
        _refuser_existante(cible, provisoire)
        creer_dossier(provisoire, MODE_PRIVE)
        try:
            _copier(store, provisoire, progres or (lambda _fait, _total: None))
            provisoire.rename(cible)
        finally:
            shutil.rmtree(provisoire, ignore_errors=True)
        synchroniser(destination)
    except OSError as erreur:
        raise StoreInutilisable(
            Faute(
                "sauvegarde.ecriture",
                "",
                f"La sauvegarde n'a pas pu être écrite dans « {destination} » : {erreur.strerror}.",
                "Vérifiez la place et les droits de ce disque, puis recommencez.",
            )
        ) from erreur
    return cible


def _refuser_existante(*chemins: Path) -> None:
    for chemin in chemins:
        if chemin.exists():
            raise StoreInutilisable(
                Faute(
                    "sauvegarde.existe",
                    "",
                    f"Le dossier « {chemin} » existe déjà.",
                    "Attendez la fin de la sauvegarde en cours, ou effacez ce dossier, puis recommencez.",
                )
            )


def _copier(store: Store, dossier: Path, progres: Callable[[int, int], None]) -> None:
    _copier_base(store, dossier / FICHIER)
    # Opened without the checks of a working store: it is alone on the copy, which may lie on a network disk.
    copie = Store(dossier, store.cle)
    try:
        with copie.lire() as unite:
            empreintes = list(empreintes_des_documents(unite))
        total = 1 + len(empreintes)
        progres(1, total)
        for rang, _ in enumerate(store.coffre.copier(iter(empreintes), dossier / COFFRE), start=2):
            progres(rang, total)
        fautes = [faute for faute in verifier(copie) if faute.code != ORPHELIN]
    finally:
        copie.fermer()
    if fautes:
        raise StoreInutilisable(fautes)
    synchroniser(dossier)


def _copier_base(store: Store, fichier: Path) -> None:
    with erreurs_en_clair(store.fichier, store.cle):
        connexion = connecter(store.fichier, store.cle)
        try:
            connexion.execute("VACUUM INTO ?", (str(fichier),))  # one state of the store, encrypted as it is
        finally:
            connexion.close()
    fichier.chmod(mode_des_fichiers(fichier.parent))
    synchroniser(fichier)
