"""The local settings decide who may register when: a file changed outside the commands is told by `verifier`."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from cyclades_tui.actes.socle.acte import acte, lecture
from cyclades_tui.actes.socle.noms import SansDroit, SansTrace
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import Faute, ReferentielFautif
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.chargement import fichiers_lus, lire_un_fichier
from cyclades_tui.store.requetes import reglages_pris

JAMAIS_PRIS = "reglages.jamais_pris"  # mere information: no acte has ever spoken of this file
DROITS = "reglages.droits"  # mere information: the folder is not as open, or as closed, as the store
SANS_DOSSIER = "reglages.sans_dossier"  # mere information too: a backup that is opened where it lies has none
_ECRITURE_DES_AUTRES = stat.S_IWGRP | stat.S_IWOTH
_REMEDE = "S'il a été changé exprès, un administrateur le dit par « cyclades service accepter »."


def accepter(poste: Poste) -> dict[str, str]:
    """Take the local settings files as they are now, and journal their digests; returns path -> digest.

    Raises ActeRefuse if the caller lacks the right, ReferentielFautif if one cannot be read, StoreInutilisable.
    """
    with acte(poste, Droit.ENTRETENIR, "service.accepter") as a:
        fichiers = fichiers_de(poste.parametrage)
        reglages_pris.prendre(a.unite, fichiers, a.instant, tous=True)
        a.consigner("service", {"fichiers": fichiers})
    return fichiers


def fautes(poste: Poste) -> list[Faute]:
    """The settings files that are not as an acte left them, and those that no acte ever spoke of."""
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        pris = reglages_pris.lire(acces.unite)
    if pris and not poste.parametrage.exists():
        message = f"Le dossier de réglages « {poste.parametrage} » est absent : une sauvegarde ne le contient pas."
        return [Faute(SANS_DOSSIER, "", message, "Remettez-le à sa place avant d'inscrire avec ce store.")]
    try:
        trouves = fichiers_de(poste.parametrage)
    except ReferentielFautif as erreur:
        return list(erreur.fautes)
    dites = _fautes_des_droits(poste)
    for chemin in sorted(pris.keys() | trouves.keys()):
        lieu = f"Le fichier de réglages « {poste.parametrage / chemin} »"
        if chemin not in pris:
            dites.append(Faute(JAMAIS_PRIS, "", f"{lieu} n'a été accepté par aucun acte.", _REMEDE))
        elif chemin not in trouves:
            dites.append(Faute("reglages.absent", "", f"{lieu}, accepté par un acte, est absent.", _REMEDE))
        elif trouves[chemin] != pris[chemin]:
            dites.append(Faute("reglages.modifie", "", f"{lieu} n'est plus comme un acte l'a laissé.", _REMEDE))
    return dites


def _fautes_des_droits(poste: Poste) -> list[Faute]:
    """That the settings folder is closed to those who share the store, or that others than they may write in it."""
    if os.name == "nt" or not poste.parametrage.is_dir():
        return []
    store, sien = poste.store.chemin.stat(), poste.parametrage.stat()
    partage = store.st_mode & stat.S_IRWXG
    ferme = partage and (store.st_gid != sien.st_gid or sien.st_mode & partage != partage)
    if not (ferme or sien.st_mode & ~store.st_mode & _ECRITURE_DES_AUTRES):
        return []
    message = f"Le dossier de réglages « {poste.parametrage} » n'a pas le groupe et les droits du dossier du store."
    return [Faute(DROITS, "", message, f"Donnez-lui ceux de « {poste.store.chemin} », par chgrp et chmod.")]


def fichiers_de(parametrage: Path) -> dict[str, str]:
    """Path in the folder -> digest of each local file that the référentiel reads. Raises ReferentielFautif."""
    empreintes = {}
    for chemin in sorted(fichiers_lus(parametrage)):
        with suppress(FileNotFoundError):  # gone since it was listed
            empreintes[chemin.relative_to(parametrage).as_posix()] = empreinte(lire_un_fichier(chemin))
    return empreintes
